"""Tokens of a sentence for repair: atoms, numbers, words and marks, with their positions in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bot.document.atoms import mask, plain_atom
from bot.document.guard import guard
from bot.languages import HAN, HANGUL, HIRAGANA, KHMER, LAO, MYANMAR, THAI, takes_endings

Kind = Literal["atom", "number", "word", "ending", "stop", "markup"]
"""``ending``: an ending behind an apostrophe, as in ``Python'da``; ``markup``: emphasis and the brackets of links."""

_DENSE = f"{HAN}{HIRAGANA}{THAI}{LAO}{KHMER}{MYANMAR}"
"""Scripts without spaces between words: each character is a token."""
_PRIVATE = "\ue000-\uf8ff"
_LETTER = rf"[^\W\d_{_DENSE}{_PRIVATE}]"
_TOKEN = re.compile(
    rf"(?P<atom>[{_PRIVATE}])"
    r"|(?P<number>\d+(?:[.,:/]\d+)*)"
    rf"|(?P<ending>(?<=[\w{_PRIVATE}])['’]{_LETTER}+)"
    rf"|(?P<word>[{_DENSE}]|{_LETTER}+(?:[-‐‑]{_LETTER}+)*)"
    r"|(?P<markup>[\[(](?:\*\*|~~)|(?:\*\*|~~)[\])]|\*+|_+|~~|[\[\]])"
    r"|(?P<stop>\S)"
)
_HANGUL = re.compile(f"[{HANGUL}]")
_STEM, _SYLLABLES = 5, 3
"""Letters of a word that count where words take endings (as in ``alignment.lexicon``), and Korean syllables: guesses."""

_CONTRACTIONS = (
    (re.compile(r"\b([Cc]a|[Ww]o|[Ss]ha)n['’]t\b"), lambda m: {"ca": "can", "wo": "will", "sha": "shall"}[m[1].lower()] + " not"),
    (re.compile(r"(?<=[a-z])n['’]t\b"), lambda m: " not"),
    (re.compile(r"\b([Ll]et)['’]s\b"), lambda m: m[1] + " us"),
    (re.compile(r"\b([Ii]t|[Tt]hat|[Tt]here|[Hh]ere|[Ww]hat|[Ww]ho|[Hh]ow)['’]s\b"), lambda m: m[1] + " is"),
    (re.compile(r"['’](re|ve|ll|d|m)\b"), lambda m: {"re": " are", "ve": " have", "ll": " will", "d": " would", "m": " am"}[m[1]]),
)

SMALL_WORDS = frozenset(
    "a an the this that these those it its he she they them their there here we our us you your i my me who which what "
    "whose is are was were be been being am do does did done has have had having will would can could shall to of in on "
    "at by for from with as into onto about over through during and or but so if then than also just very too such thus "
    "hence however therefore moreover furthermore namely indeed well now when where while since because although though "
    "how why let s t own same other another one's itself themselves ourselves yet still even only own per via upon among "
    "between within along across".split()
) - {"only"}
"""English words that carry little meaning by themselves. Words of the guard are not among them."""


@dataclass(frozen=True)
class Token:
    """A token: code points ``start`` to ``end`` of its text; ``form`` is what is compared and aligned."""

    text: str
    start: int
    end: int
    kind: Kind
    form: str

    @property
    def content(self) -> bool:
        """Whether it carries meaning: an atom, a number, or a word that is not a small one."""
        return self.kind in ("atom", "number") or (self.kind == "word" and self.form not in SMALL_WORDS)


@lru_cache(maxsize=4096)
def spelled_out(english: str) -> str:
    """English without contractions: ``let's`` and ``let us`` are no edit."""
    masked = mask(english)
    text = masked.text
    if "'" in text or "’" in text:
        for pattern, long in _CONTRACTIONS:
            text = pattern.sub(long, text)
    return masked.restore(text)


@lru_cache(maxsize=8192)
def tokens(text: str, language: str) -> tuple[Token, ...]:
    """The tokens of a text in order; what is between them is white space."""
    masked = mask(text)
    out: list[Token] = []
    shift = 0  # What atoms are longer than their masks, up to here.
    for match in _TOKEN.finditer(masked.text):
        kind: Kind = match.lastgroup  # type: ignore[assignment]
        start = match.start() + shift
        piece = match[0]
        if kind == "atom":
            piece = masked.restore(piece)
            shift += len(piece) - 1
        out.append(Token(piece, start, start + len(piece), kind, _form(piece, kind, language)))
    return tuple(out)


def _form(text: str, kind: Kind, language: str) -> str:
    if kind == "atom":
        return plain_atom(text)
    if kind == "word":
        word = re.sub("[-‐‑]", "", text).casefold().replace("i̇", "i")
        return lemma(word) if language == "en" else _stem(word, language)
    return text.casefold()


def _stem(word: str, language: str) -> str:
    if _HANGUL.match(word):
        return word[:_SYLLABLES]
    return word[:_STEM] if takes_endings(language) else word


LONG = 8
"""Letters from which a word of the guard may lose an ending: minimizing, but not larger."""
_ENDINGS = re.compile(r"(?<=[a-z]{3})(?:ies|es|s|ied|ed|ing|e|y)$")


@lru_cache(maxsize=16384)
def lemma(word: str) -> str:
    """An English word without its usual endings, crudely; a word of the guard stays as it is."""
    if word in SMALL_WORDS or word.endswith("ss") or (len(word) < LONG and guard().fullmatch(word)):
        return word
    return _ENDINGS.sub("", word)


def forms(found: Sequence[Token]) -> list[str]:
    """The forms of tokens."""
    return [t.form for t in found]
