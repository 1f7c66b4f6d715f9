"""What a language model may answer, and what is refused."""

from __future__ import annotations

import json

import pytest

from bot.document.segment import Segment
from bot.engines.llm.answers import Reply, draft

SEGMENT = Segment("We call `turn(90)` and the **boat** goes about in [two lengths](a.md).", "paragraph")
LANGUAGES = ("en", "es")


def answered(translation: object, **more: object) -> str:
    return json.dumps({"translation": translation, **more})


def test_a_good_answer() -> None:
    said = "En [dos esloras](⟦3⟧) vira el **barco** al llamar a ⟦1⟧."
    got = draft(Reply(answered(f" {said}\n")), SEGMENT, LANGUAGES)
    assert got.text is None and "⟦3⟧" in got.problem, "names are counted in order"
    said = "En [dos esloras](⟦2⟧) vira el **barco** al llamar a ⟦1⟧."
    assert draft(Reply(answered(said)), SEGMENT, LANGUAGES).text == (
        "En [dos esloras](a.md) vira el **barco** al llamar a `turn(90)`."
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "not JSON"),
        ("Llamamos a ⟦1⟧", "not JSON"),
        ('{"translation": "Llamamos', "not JSON"),
        ("[]", "not JSON as requested"),
        (answered(7), "not JSON as requested"),
        (answered("Llamamos", tool="shell"), "not JSON as requested"),
        (answered(""), "lost"),
        (answered("Llamamos y el **barco** vira en [dos esloras](⟦2⟧)."), "lost `turn(90)`"),
        (answered("⟦1⟧ y ⟦1⟧ y el **barco** vira en [dos esloras](⟦2⟧)."), "repeated or added ⟦1⟧"),
        (answered("⟦1⟧ y ⟦9⟧ y el **barco** vira en [dos esloras](⟦2⟧)."), "repeated or added ⟦9⟧"),
        (answered("⟦1⟧ y el barco vira en [dos esloras](⟦2⟧) de largo."), "lost **"),
        (answered("⟦1⟧ y `rm` y el **barco** vira en [dos esloras](⟦2⟧)."), "read differently"),
        (answered("⟦1⟧ y <b>el</b> **barco** vira en [dos esloras](⟦2⟧)."), "read differently"),
        (answered("⟦1⟧ and the **boat** goes about in [two lengths](⟦2⟧)."), "mostly English"),
        (answered("We call ⟦1⟧ and the **boat** goes about in [two lengths](⟦2⟧)."), "is the English"),
        (answered("⟦1⟧ **a** [b](⟦2⟧)"), "too short"),
        (answered("⟦1⟧ **a** [b](⟦2⟧)" + " y una nota del modelo" * 20), "too long"),
        (answered("⟦1⟧ y el\n\n**barco** vira en [dos esloras](⟦2⟧)."), ""),
    ],
)
def test_what_is_refused(text: str, problem: str) -> None:
    got = draft(Reply(text), SEGMENT, LANGUAGES)
    assert (got.text is None) == bool(problem) and problem in got.problem, got
    assert got.text is None or "\n" not in got.text
