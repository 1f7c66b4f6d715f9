"""An answer that breaks the structure of its English never reaches the translation."""

from __future__ import annotations

import pytest

from bot.drafting.draft import Draft, draft_document
from bot.engines import Answer
from bot.planning.document_plan import plan_document

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
