"""Unknown words: another form of the same word, which the model has seen."""

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
"""The languages whose words have forms that Snowball's stemmers know, by the names that it calls them."""


@dataclass(frozen=True)
class Forms:
    """``known`` words, and for a stem the one among them that stands for it."""

    known: frozenset[str]
    usual: Mapping[str, str]
    stemmer: snowballstemmer.stemmer | None

    def familiar(self, tokens: Sequence[str]) -> tuple[str, ...]:
        """The tokens, with a known form of the same word for those in small letters that nobody has seen.

        What is written large may be a name, and stays.
        """
        if self.stemmer is None:
            return tuple(tokens)
        return tuple(
            t if t in self.known or not (t.isalpha() and t.islower()) else self.usual.get(self.stemmer.stemWord(t), t)
            for t in tokens
        )


def learn(words: Iterable[str], language: str) -> Forms:
    """The forms among words of a language; the shortest one stands for the others (a guess: it is the plainest)."""
    every = sorted({w for w in words if w.isalpha() and w.islower()}, key=lambda w: (-len(w), w))
    name = STEMMERS.get(base_language(language))
    if name is None:
        return Forms(frozenset(every), {}, None)
    stemmer = snowballstemmer.stemmer(name)
    return Forms(frozenset(every), dict(zip(stemmer.stemWords(every), every, strict=True)), stemmer)
