"""What a check found, with the remedy where something is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

State = Literal["good", "doubtful", "bad"]
"""``doubtful``: it may work all the same."""

NAMED = 3
"""How many findings that are like another one are named beside it."""


@dataclass(frozen=True)
class Finding:
    """What one check found, with a ``fix`` if it is not good."""

    what: str
    state: State
    detail: str
    fix: str = ""


def collapsed(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without repetition: of those wrong in the same way only the first, which names the rest."""
    alike: dict[tuple[str, ...], list[Finding]] = {}
    for number, one in enumerate(findings):
        key = (one.state, one.detail, one.fix) if one.state != "good" else (str(number),)
        alike.setdefault(key, []).append(one)
    return [replace(first, detail=first.detail + _more(rest)) for first, *rest in alike.values()]


def _more(rest: list[Finding]) -> str:
    names = ", ".join(one.what for one in rest[:NAMED]) + (", …" if len(rest) > NAMED else "")
    return f" (and {len(rest)} more: {names})" if rest else ""
