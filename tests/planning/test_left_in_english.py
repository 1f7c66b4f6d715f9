"""English that a draft left in a translation is not taken for what people wrote."""

from __future__ import annotations

import pytest

from bot.planning.document_plan import plan_document

OLD = "# Bees\n\nWe use it in forty weather stations. The bees came back late.\n"
HALF = "# Abejas\n\nWe use it in forty weather stations. Las abejas volvieron tarde.\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [("forty weather", "forty old weather"), ("forty weather stations", "forty Weather Stations")],
)
def test_it_becomes_the_new_english(before: str, after: str) -> None:
    new = OLD.replace(before, after)
    plan = plan_document(OLD, new, HALF, language="es", small_edits="keep")
    assert [s.source for s in plan.segments] == [new.splitlines()[2].partition(" The bees")[0]]
    assert not plan.kept
    assert "Las abejas volvieron tarde." in "".join(p for p in plan.parts if isinstance(p, str))


@pytest.mark.parametrize(
    ("before", "after"), [("forty", "fifty"), ("Monday", "Sunday"), ("January", "February"), ("hot", "cold")]
)
def test_words_that_turn_a_sentence_round_are_no_small_edit(before: str, after: str) -> None:
    old = "On a Monday in January the forty hives by the river were rather hot in the long summer, he said.\n"
    plan = plan_document(old, old.replace(before, after), "Un lunes de enero.\n", language="es", small_edits="keep")
    assert len(plan.segments) == 1 and not plan.kept
