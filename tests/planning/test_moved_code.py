"""Code and tags that English moves and edits at once."""

from __future__ import annotations

from bot.planning.document_plan import plan_document

QUIZ = """<Quiz
  id="float"
  choices={[
    {text: "%s", explain: "%s"},
    {text: "%s", explain: "%s", correct: true},
  ]}
/>
"""
START, MIDDLE = "# Boats\n\nLook at this first.\n\n", "The mast is of wood and very tall.\n\n## Sails\n\nOf canvas.\n"
ANFANG, MITTE = "# Boote\n\nZuerst dies.\n\n", "Der Mast ist aus Holz und sehr hoch.\n\n## Segel\n\nAus Leinen.\n"


def test_a_tag_that_english_moves_and_edits_keeps_its_translated_strings() -> None:
    old = QUIZ % ("Wood floats.", "It is light.", "Iron floats.", "It is heavy.")
    ours = QUIZ % ("Holz schwimmt.", "Es ist leicht.", "Eisen schwimmt.", "Es ist schwer.")
    new, draft = (text.replace('"float"', '"floating"') for text in (old, ours))
    assert moved(old, new, ours) == f"{ANFANG}{MITTE}\n{draft}"


def test_a_formula_that_english_moves_and_edits_keeps_its_translated_words() -> None:
    old, ours = (f"$$\nF_b = \\rho g V_1 \\quad \\text{{{words}}}\n$$\n" for words in ("the lift", "der Auftrieb"))
    new, draft = (text.replace("V_1", "V_2") for text in (old, ours))
    assert moved(old, new, ours) == f"{ANFANG}{MITTE}\n{draft}"


def moved(old: str, new: str, ours: str) -> str:
    plan = plan_document(
        f"{START}{old}\n{MIDDLE}", f"{START}{MIDDLE}\n{new}", f"{ANFANG}{ours}\n{MITTE}", language="de"
    )
    return "".join(map(str, plan.parts))
