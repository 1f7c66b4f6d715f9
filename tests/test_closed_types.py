"""Tables by kind, state, status or origin name every one that there is, and none twice."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, get_args

import pytest

from bot import findings
from bot.document.edits import MENDED, EditKind
from bot.document.structure import PieceKind
from bot.drafting import estimate, report
from bot.effort import effort_tables, post_editing
from bot.engines import Origin
from bot.parallel_data import filters, rules
from bot.planning.carry_over import KeptKind
from bot.planning.flags import FlagKind
from bot.repair import splice
from bot.reporting import terminal
from bot.reporting.wording import wording
from bot.review.record import State


def values(alias: Any) -> list[str]:
    """The strings of a Literal, or of a union of some."""
    return [value for part in get_args(alias) for value in ([part] if isinstance(part, str) else values(part))]


@pytest.mark.parametrize(
    ("table", "alias", "without"),
    [
        (report.STATES, report.State, ()),
        (estimate.BANDS, estimate.Band, ()),
        (filters.REASONS, filters.Reason, ()),
        (rules.RULES, rules.Rule, ()),
        (terminal._SIGNS, findings.State, ()),
        (MENDED, EditKind, ("same", "new", "changed", "small")),
        (effort_tables.ORIGIN_NAMES, post_editing.Origin, ()),
        (post_editing.ORIGINS, post_editing.Origin, ()),
    ],
)
def test_a_table_names_all(table: Collection[str], alias: Any, without: tuple[str, ...]) -> None:
    assert sorted([*table, *without]) == sorted(values(alias))


@pytest.mark.parametrize(
    ("prefix", "alias", "without"),
    [
        ("origin", Origin, ("english",)),
        ("state", State, ()),
        ("kept", KeptKind, ("same", "new", "changed")),
        ("piece", PieceKind, ()),
        ("flag", FlagKind, ("previous translation",)),
        ("repair", splice.ChangeKind, ()),
    ],
)
def test_the_wording_names_all(prefix: str, alias: Any, without: tuple[str, ...]) -> None:
    """What a page has words for, beside texts of another kind with the same prefix."""
    known = {key.removeprefix(f"{prefix}.") for key in wording("en").texts}
    assert set(values(alias)) - set(without) <= known
