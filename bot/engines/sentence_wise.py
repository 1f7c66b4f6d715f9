"""Segments taken apart into sentences, for engines that translate one at a time, and put together again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise, zip_longest

from bot.document.sentences import is_hard_break, sentences
from bot.languages import separates_sentences


def split(text: str, language: str) -> list[str]:
    """The sentences of a text."""
    return [text[a:b] for a, b in sentences(text, language)]


def joined(source: str, parts: Sequence[str], languages: tuple[str, str]) -> str:
    """The translations of the sentences of ``source`` as one text: with its hard breaks, spaced as the language is."""
    spans = sentences(source, languages[0])
    joint = " " if separates_sentences(languages[1]) else ""
    between = [source[a:b] if is_hard_break(source[a:b]) else joint for (_, a), (b, _) in pairwise(spans)]
    return "".join(chain.from_iterable(zip_longest(parts, between, fillvalue="")))
