"""Unknown words: replaces them with a form of the same word that the model has seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import snowballstemmer

from bot.languages import base_language

STEMMERS = {
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "nl": "dutch",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}
"""Snowball's names for the languages that its stemmers support."""


@dataclass(frozen=True)
class Forms:
    """The ``known`` words, and in ``usual`` the one that represents each stem."""

    known: frozenset[str]
    usual: Mapping[str, str]
    stemmer: snowballstemmer.stemmer | None

    def familiar(self, tokens: Sequence[str]) -> tuple[str, ...]:
        """The tokens; unknown lower-case words are replaced with a known form of the same word.

        A capitalised word may be a name and is left unchanged.
        """
        if self.stemmer is None:
            return tuple(tokens)
        return tuple(
            t if t in self.known or not (t.isalpha() and t.islower()) else self.usual.get(self.stemmer.stemWord(t), t)
            for t in tokens
        )


def learn(words: Iterable[str], language: str) -> Forms:
    """The word forms of a language; the shortest one represents the others (a guess: it is the plainest)."""
    every = sorted({w for w in words if w.isalpha() and w.islower()}, key=lambda w: (-len(w), w))
    name = STEMMERS.get(base_language(language))
    if name is None:
        return Forms(frozenset(every), {}, None)
    stemmer = snowballstemmer.stemmer(name)
    return Forms(frozenset(every), dict(zip(stemmer.stemWords(every), every, strict=True)), stemmer)
