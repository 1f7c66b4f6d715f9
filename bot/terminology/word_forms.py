"""Finds a word in a text in its inflected forms: plurals of the source, endings of the target."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from bot.document.atoms import ATOM
from bot.languages import base_language, separates_nouns, takes_endings

_LONG = 6
"""Length above which a word is also searched in text without spaces: a shorter one would be found by chance."""

_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"[*~]+|(?<!\w)_+|_+(?!\w)")
_ATOM = "\ufffc"
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


def without_markup(text: str) -> str:
    """``text`` without emphasis, and with each atom replaced by a character that no word contains."""
    return _MARKS.sub("", ATOM.sub(_ATOM, text))


@lru_cache(maxsize=4096)
def split_words(text: str) -> tuple[str, ...]:
    """Words in lower case, alternating with the text between them: word, gap, word, …"""
    text = text.casefold().replace("’", "'")
    out: list[str] = []
    end = 0
    for match in _WORD.finditer(text):
        if out:
            gap = text[end : match.start()]
            out.append(" " if gap.strip() in ("", "-", "‐", "–") else gap)
        out.append(match[0])
        end = match.end()
    return tuple(out)


def inflected(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A form, and the same form with its last word in the other number (singular or plural)."""
    if words:
        yield words
        for last in _numbers(words[-1]):
            yield (*words[:-1], last)


_PLURALS = (("y", "ies"), ("is", "es"), ("ix", "ices"), ("ex", "ices"), ("um", "a"), ("", "es"), ("", "s"))
"""Regular singular and plural endings, and those of the Latin and Greek words of mathematics."""


def _numbers(word: str) -> Iterator[str]:
    """Plurals of what may be a noun, and singulars of what may be a plural; words that do not exist do no harm."""
    hissing = word.endswith(("s", "x", "z", "ch", "sh"))
    for one, many in _PLURALS:
        if word.endswith(many) and len(word) > len(many) + 2 and not word.endswith(("ss", "us", "is")):
            yield word[: len(word) - len(many)] + one
        if word.endswith(one) and len(word) > len(one) + 1 and (one or hissing == (many == "es")):
            yield word[: len(word) - len(one)] + many


class Target:
    """A translation in the forms used to search for words."""

    def __init__(self, text: str, language: str) -> None:
        self._language = base_language(language)
        plain = _folded(without_markup(text), self._language)
        self._solid = _solid(plain)
        self._words = _WORD.findall(plain)

    def uses(self, form: str) -> bool:
        """Whether the text has a form, possibly inflected as its language does."""
        folded = _folded(form, self._language)
        if not separates_nouns(self._language):
            return _solid(folded) in self._solid
        wanted = _WORD.findall(folded)
        if not takes_endings(self._language):
            return f" {' '.join(wanted)} " in f" {' '.join(self._words)} "
        solid = "".join(wanted)
        if len(solid) > _LONG and _stem(solid) in "".join(self._words):
            return True  # written together, apart or with a hyphen
        return all(any(word.startswith(_stem(w)) for word in self._words) for w in wanted)


def _solid(text: str) -> str:
    """``text`` without spaces and hyphens."""
    return re.sub(r"[-\s]+", "", text)


def _stem(word: str) -> str:
    """The beginning of a word that its endings do not change, not even by softened consonants or plural vowels.

    Its length is a guess that works for Turkish: one or two letters less, for a word of four letters or more.
    """
    return word if len(word) < 4 else word[: -1 if len(word) < 6 else -2]


def _folded(text: str, language: str) -> str:
    text = unicodedata.normalize("NFC", text).replace("İ", "i").casefold().replace("ı", "i")
    if language == "vi":
        text = unicodedata.normalize("NFD", text)
        # The tone mark of a syllable is on either of two vowels, by the older or the newer rule.
        text = re.sub(
            r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*", lambda m: _TONES.sub("", m[0]) + "".join(_TONES.findall(m[0])), text
        )
    return text
