"""What a plan knows of old drift, and of what it keeps although English changed: the rest is the fault of a draft."""

from __future__ import annotations

import pytest

from bot.document.structure import Divergence
from bot.drafting.draft import draft_document
from bot.planning.document_plan import plan_document

BOAT, BARCO = "A boat floats on calm water near the old harbour.", "Un barco flota en aguas tranquilas junto al puerto."
SAIL, VELA = "A wide sail hangs from its mast in the wind.", "Una vela ancha cuelga de su mástil al viento."


def found(old: str, new: str, held: str) -> tuple[Divergence, ...]:
    return draft_document(plan_document(old, new, held, language="es"), {}, old=old, new=new).divergences


def page(*blocks: str) -> str:
    return "\n\n".join(blocks) + "\n"


def test_a_citation_that_english_added_to_a_kept_sentence_is_no_fault() -> None:
    new = BOAT.replace(" near", " :cite:`Sea.1` near")
    (one,) = found(page(BOAT, SAIL), page(new, SAIL), page(BARCO, VELA))
    assert one == Divergence("citation", ":cite:`Sea.1`", 1, True, kept=True)


def test_drift_that_goes_with_its_sentence_is_no_fault() -> None:
    """One sentence has a formula where English has a word, another a word where English has a formula."""
    old = page(f"{BOAT} It has 2 oars.", f"{SAIL} It has $2$ ropes.")
    held = page(f"{BARCO} Tiene $2$ remos.", f"{VELA} Tiene 2 cabos.")
    new = old.replace("It has 2 oars.", "Nobody knows who built the very first one of them.")
    assert found(old, new, held) == ()


def test_what_only_the_translation_lacks_is_no_fault_when_english_renames_it() -> None:
    old = page(f"{BOAT} See $a^\\mathrm{{th}}$.", SAIL)
    held = page(f"{BARCO} Ver $a$.", VELA)
    assert all(one.kept for one in found(old, old.replace("$a^\\mathrm{th}$", "$b^\\mathrm{th}$"), held))


def test_a_formula_that_both_changed_stays_and_is_no_fault() -> None:
    old, new = page(BOAT, "$$a = b + c$$", SAIL), page(BOAT, "$$a = b + d$$", SAIL)
    differences = found(old, new, page(BARCO, "$$a = b + e$$", VELA))
    assert differences and all(one.kept for one in differences)


@pytest.mark.parametrize("changed", ["$$a = d$$", "See `b` and `d` there."])
def test_what_the_translation_never_had_stays_away_and_is_no_fault(changed: str) -> None:
    was = "$$a = b$$" if changed.startswith("$") else "See `b` and `c` there."
    assert all(one.kept for one in found(page(BOAT, was, SAIL), page(BOAT, changed, SAIL), page(BARCO, VELA)))
