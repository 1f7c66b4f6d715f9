"""What is still English in a translation becomes segments in their places; every other byte stays."""

from __future__ import annotations

import pytest

from bot.drafting.draft import draft_document
from bot.engines import Answer
from bot.planning.document_plan import plan_untranslated

ENGLISH = (
    "# The boats of the river\n\nA boat floats on the water. Nobody has ever seen it sink.\nThe sail catches wind.\n\n"
    "- One item of the list\n- Another item of the list\n\n```python\nx = 1 # a comment in four words\n```\n"
)
HELD = (
    "# Los barcos\n\nUn barco flota.  Nobody has\never seen it sink.\nLa vela toma el viento.\n\nNota nuestra.\n\n"
    "- Un elemento\n-   Another item of the list\n\n```python\nx = 1 # a comment in four words\n```\n"
)
LEFT = {"Nobody has\never seen it sink.": "Nadie lo ha visto.", "Another item of the list": "Otro elemento."}


def drafted(english: str, held: str, language: str = "es", **answers: str) -> str:
    plan = plan_untranslated(english, held, language=language)
    made = {s.number: Answer(answers[f"n{s.number}"], "engine") for s in plan.segments if f"n{s.number}" in answers}
    return draft_document(plan, made, old=english, new=english).text


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
@pytest.mark.parametrize("held", [HELD, ENGLISH, ENGLISH.replace(" ", "  ")])
def test_without_a_draft_every_byte_stays(held: str, eol: str) -> None:
    held = held.replace("\n", eol)
    plan = plan_untranslated(ENGLISH, held, language="es")
    assert plan.segments and draft_document(plan, {}, old=ENGLISH, new=ENGLISH).text == held


def test_only_what_was_drafted_changes() -> None:
    one, two = LEFT
    assert drafted(ENGLISH, HELD, n1=LEFT[one]) == HELD.replace(one, LEFT[one])
    assert drafted(ENGLISH, HELD, n1=LEFT[one], n2=LEFT[two]) == HELD.replace(one, LEFT[one]).replace(two, LEFT[two])


def test_names_and_sentences_that_people_wrote_are_none_of_it() -> None:
    english = "# Deep Learning\n\nBoats float on the sea. Sails pull.\n"
    held = "# Deep Learning\n\nBoats sometimes float on the sea. Sails pull.\n"
    assert not plan_untranslated(english, held, language="es").segments


def test_a_draft_among_chinese_touches_what_is_around_it() -> None:
    english, held = "Ships float. Sails pull the ship on.\n", "船漂浮着。Sails pull the ship on.\n"
    assert drafted(english, held, "zh", n1="帆拉着船。") == "船漂浮着。帆拉着船。\n"
    more, behind = f"{english.strip()} Ropes hold.\n", f"{held.strip()} 绳子结实。\n"
    assert drafted(more, behind, "zh") == behind
    assert drafted(more, behind, "zh", n1="帆拉着船。") == "船漂浮着。帆拉着船。绳子结实。\n"
