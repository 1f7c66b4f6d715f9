"""An answer that breaks the structure of its English never reaches the translation."""

from __future__ import annotations

import pytest

from bot.drafting.draft import Draft, draft_document
from bot.engines import Answer
from bot.planning.document_plan import plan_document
from bot.style.preferences import Lines

OLD = "# Wind\n\nWind moves air.\n"
NEW = "# Wind\n\nWind moves air. We call its speed $v$, see :numref:`sec_v` and `speed`.\n"
HELD = "# Viento\n\nEl viento mueve el aire.\n"
GOOD = "Llamamos $v$ a su velocidad, véase :numref:`sec_v` y `speed`."
ENGLISH = "We call its speed $v$, see :numref:`sec_v` and `speed`."


def drafted(answer: Answer) -> Draft:
    plan = plan_document(OLD, NEW, HELD, language="es")
    return draft_document(plan, {1: answer}, old=OLD, new=NEW)


def test_a_good_answer_stands() -> None:
    done = drafted(Answer(GOOD, "engine"))
    assert done.text == f"# Viento\n\nEl viento mueve el aire.\n{GOOD}\n"
    assert done.segments[0].origin == "engine" and done.divergences == ()


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (GOOD.replace("$v$", "v"), "lacks $v$"),
        (GOOD.replace(":numref:`sec_v`", ":numref:`sec_w`"), "sec_w"),
        (GOOD + " `more`", "adds `more`"),
        (GOOD.replace("`speed`", "`velocidad`"), "lacks `speed`"),
        ("", "empty"),
        (" \n", "empty"),
        (GOOD + "\n\nOtro párrafo.", "breaks its paragraph"),
    ],
)
def test_a_bad_answer_leaves_the_english(answer: str, told: str) -> None:
    done = drafted(Answer(answer, "engine"))
    assert done.segments[0].origin == "english" and told in done.segments[0].reason
    assert done.text == f"# Viento\n\nEl viento mueve el aire.\n{ENGLISH}\n"


@pytest.mark.parametrize("lines", ["keep", "paragraph"])
def test_english_left_among_sentences_that_touch_is_set_off(lines: Lines) -> None:
    old, new = "Ships float. Sails pull.\n", "Ships float. Who built it? Nobody knows. Sails pull.\n"
    plan = plan_document(old, new, "船漂浮着。MNIST拉着船。\n", language="zh", lines=lines)
    for answers, text in (
        ({}, "船漂浮着。Who built it? Nobody knows. MNIST拉着船。\n"),
        ({1: "谁造的？"}, "船漂浮着。谁造的？Nobody knows. MNIST拉着船。\n"),
        ({2: "没人知道。"}, "船漂浮着。Who built it? 没人知道。MNIST拉着船。\n"),
        ({1: "谁造的？", 2: "没人知道。"}, "船漂浮着。谁造的？没人知道。MNIST拉着船。\n"),
    ):
        made = {number: Answer(said, "engine") for number, said in answers.items()}
        assert draft_document(plan, made, old=old, new=new).text == text


def test_english_of_an_earlier_draft_stays_apart_from_what_comes_next() -> None:
    old, new = "Ships float. Nobody knows. Sails pull.\n", "Ships float. Sails pull.\n"
    held = "Ships float. Nobody knows. 帆拉着船。\n"
    text = draft_document(plan_document(old, new, held, language="zh"), {}, old=old, new=new).text
    assert text == "Ships float. 帆拉着船。\n"


def test_no_answer_leaves_the_english_with_its_reason() -> None:
    done = drafted(Answer(None, reason="too long"))
    assert done.segments[0].reason == "too long" and ENGLISH in done.text


def test_old_drift_blocks_nothing_and_new_divergence_is_told() -> None:
    drift = HELD.replace("aire", "aire de `antes`")
    plan = plan_document(OLD, NEW, drift, language="es")
    assert draft_document(plan, {1: Answer(GOOD, "engine")}, old=OLD, new=NEW).divergences == ()
    plain = plan_document("See `a` now.\n", "See `b` now.\n", "Véase a ahora.\n", language="es")
    told = draft_document(plain, {}, old="See `a` now.\n", new="See `b` now.\n").divergences
    assert any(d.text == "`b`" and d.missing for d in told)
