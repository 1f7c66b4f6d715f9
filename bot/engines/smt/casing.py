"""Letter case: writes words at the start of a sentence as they are written elsewhere, and restores capitals."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot import languages
from bot.engines.smt.tokens import PLACE

_END = (*".!?:", *languages.WIDE_STOPS, "：")


@dataclass(frozen=True)
class Casing:
    """How each word (by its lower-case form) is usually written inside sentences."""

    usual: Mapping[str, str]

    def everywhere(self, tokens: Sequence[str]) -> tuple[str, ...]:
        """Every word as it is usually written: for a source, where case carries no information."""
        return tuple(self.usual.get(_small(t), t) for t in tokens)

    def at_start(self, tokens: Sequence[str]) -> tuple[str, ...]:
        """Only the first word as it is usually written: for a target, where case must be preserved."""
        at = first_word(tokens)
        return tuple(self.usual.get(_small(t), t) if n == at else t for n, t in enumerate(tokens))


def learn(sentences: Iterable[Sequence[str]]) -> Casing:
    """The casing of tokenised sentences; a word that only occurs at their starts is taken to be lower-case."""
    inside: defaultdict[str, Counter[str]] = defaultdict(Counter)
    start: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for tokens in sentences:
        at = first_word(tokens)
        for n, token in enumerate(tokens):
            begins = n <= at or tokens[n - 1] in _END
            if token[:1].isalpha():
                (start if begins else inside)[_small(token)][token] += 1
    usual = {}
    for word in sorted({*inside, *start}):
        seen = inside.get(word)
        if seen:
            usual[word] = max(seen, key=lambda form: (seen[form], form))
        elif all(form == form.capitalize() for form in start[word]):
            usual[word] = word
    return Casing(usual)


def _small(word: str) -> str:
    """A word in small letters; the Turkish İ becomes an i, not an i with a second dot."""
    return word.lower().replace("i\u0307", "i")


def first_word(tokens: Sequence[str]) -> int:
    """The index of the word that may be capitalised; -1 if there is none, or an atom or a number comes first."""
    for n, token in enumerate(tokens):
        if token[:1].isalpha():
            return n
        if PLACE.fullmatch(token) and token[1] == "a":
            return -1
        if token[:1].isdigit():
            return -1
    return -1


def capitalised(tokens: Sequence[str], language: str) -> tuple[str, ...]:
    """The tokens with a capital letter at the start."""
    at = first_word(tokens)
    if at < 0:
        return tuple(tokens)
    return (*tokens[:at], languages.capitalised(tokens[at], language), *tokens[at + 1 :])
