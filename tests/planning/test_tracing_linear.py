"""Tracing the sentences of long documents compares each with a few others only."""

from __future__ import annotations

import pytest
from rapidfuzz.fuzz import ratio

from bot.document.segmentation import Sentence
from bot.planning.tracing import trace


def sentences(texts: list[str], block: int = 0) -> list[Sentence]:
    return [Sentence(block + n, 0, n, n + 1, text) for n, text in enumerate(texts)]


def test_edited_sentences_are_found_among_very_many(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def counted(a: str, b: str, score_cutoff: float | None = None) -> float:
        nonlocal compared
        compared += 1
        return ratio(a, b, score_cutoff=score_cutoff)

    monkeypatch.setattr("bot.planning.tracing.ratio", counted)
    count = 2000
    old = sentences([f"The option number{n} switches the cache of the parser on." for n in range(count)])
    new = sentences([f"The option number{n} switches the cache of parsers off." for n in reversed(range(count))], count)
    traced = trace(old, new, {})
    assert all(traced[n] == [count - 1 - n] for n in range(count))
    assert compared < 40 * count


def test_equal_sentences_are_traced_in_order() -> None:
    old, new = sentences(["Same words."] * 500), sentences(["Same words."] * 501, 1000)
    assert trace(old, new, {}) == {n: [n] for n in range(500)}
