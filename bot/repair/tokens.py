"""Tokens of a sentence for repair: atoms, numbers, words and marks, with their positions in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple, cast

from bot.document.atoms import mask, plain_atom
from bot.document.guard import guard
from bot.languages import HAN, HANGUL, HIRAGANA, KANA, KHMER, LAO, MYANMAR, THAI, clips_words, takes_endings
from bot.repair.dense import pieces

Kind = Literal["atom", "number", "word", "ending", "stop", "markup"]
"""``ending``: what is hung on a word, as in ``Python'da``, or a Japanese particle; ``markup``: emphasis, slide marks,
brackets of links; ``stop``: any other character."""

_DENSE = f"{HAN}{KANA}{THAI}{LAO}{KHMER}{MYANMAR}"
"""Scripts without spaces between words."""
_PRIVATE = "\ue000-\uf8ff"
_LETTER = rf"[^\W\d_{_DENSE}{_PRIVATE}]"


def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<atom>[{_PRIVATE}])"
        r"|(?P<number>\d+(?:[.,:/]\d+)*|(?<![A-Za-z])(?:[IVX]{2,}|[IVX](?=:))(?![A-Za-z]))"
        rf"|(?P<ending>(?<=[\w{_PRIVATE}])['’]{_LETTER}+)"
        rf"|(?P<word>[{_DENSE}]+|{word})"
        r"|(?P<markup>[\[(](?:\*\*|~~)|(?:\*\*|~~)[\])]|\*+|_+|~~|[\[\]])"
        r"|(?P<stop>\S)"
    )


_TOKEN = _pattern(f"{_LETTER}+")
_CLIPPED = _pattern(f"{_LETTER}+(?:['’](?={_LETTER}))?")
"""For languages that clip a word before a vowel: the ``l'`` of ``l'eau`` is a word, and so is ``eau``."""
_IN_DENSE = re.compile(f"[{_DENSE}]")
_PARTICLE = re.compile(f"[{HIRAGANA}]+")
_INFLECTED = re.compile(f"(?<=[^{HIRAGANA}])[{HIRAGANA}]+$")
_HANGUL = re.compile(f"[{HANGUL}]")
_STEM, _SYLLABLES = 5, 3
"""Letters that count of a word that takes endings (as in ``alignment.lexicon``), and Korean syllables: guesses."""

_LONG = {"ca": "can", "wo": "will", "sha": "shall", "re": "are", "ve": "have", "ll": "will", "d": "would", "m": "am"}
_CONTRACTIONS = (
    (re.compile(r"\b(ca|wo|sha)n['’]t\b", re.IGNORECASE), lambda m: f"{_LONG[m[1].lower()]} not"),
    (re.compile(r"(?<=[a-z])n['’]t\b"), lambda m: " not"),
    (re.compile(r"\b(let)['’]s\b", re.IGNORECASE), lambda m: f"{m[1]} us"),
    (re.compile(r"\b(it|that|there|here|what|who|how)['’]s\b", re.IGNORECASE), lambda m: f"{m[1]} is"),
    (re.compile(r"['’](re|ve|ll|d|m)\b"), lambda m: f" {_LONG[m[1]]}"),
)

ARTICLES = frozenset(("a", "an", "the"))
_GRAMMAR = ARTICLES | frozenset(
    "this that these those it its he she they them their there here we our us you your i my me who which "
    "what whose is are was were be been being am do does did done has have had having will would let "
    "to of in on at by for from with as into onto and s t".split()
)
QUALIFIERS = frozenset(
    "about over through during or but so if then than also just very too such thus hence however therefore moreover "
    "furthermore namely indeed well now when where while since because although though how why own same other another "
    "itself themselves ourselves yet still even per via upon among between within along across can could shall".split()
)
"""Small words that change what a sentence says. A repair that leaves one out says so."""
SMALL_WORDS = _GRAMMAR | QUALIFIERS
"""English words that carry little meaning by themselves. Words of the guard of meaning are not among them."""

_GUARDED = 8
"""Letters from which a word of the guard may lose an ending: minimizing, but not larger (a guess)."""
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ies|es|s|ied|ed|ing|e|y)$")


class Token(NamedTuple):
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

    @property
    def qualifies(self) -> bool:
        """Whether it is one of the ``QUALIFIERS``."""
        return self.kind == "word" and self.form in QUALIFIERS

    @property
    def clipped(self) -> bool:
        """Whether it is a word without its last vowel, which cannot stand alone: the ``l'`` of ``l'eau``."""
        return self.kind == "word" and self.text[-1] in "'’"


@lru_cache(maxsize=512)
def spelled_out(english: str) -> str:
    """English without contractions: ``let's`` and ``let us`` are no edit."""
    masked = mask(english)
    text = masked.text
    if "'" in text or "’" in text:
        for pattern, long in _CONTRACTIONS:
            text = pattern.sub(long, text)
    return masked.restore(text)


@lru_cache(maxsize=512)
def tokens(text: str, language: str) -> tuple[Token, ...]:
    """The tokens of a text in order; what is between them is white space."""
    masked = mask(text)
    out: list[Token] = []
    longer = 0  # How many code points the atoms before are longer than their masks.
    for match in (_CLIPPED if clips_words(language) else _TOKEN).finditer(masked.text):
        kind = cast(Kind, match.lastgroup)
        start = match.start() + longer
        piece = match[0]
        if kind == "atom":
            piece = masked.atoms[ord(piece) - ord(_PRIVATE[0])]
            longer += len(piece) - 1
        for part in pieces(piece, language) if kind == "word" and _IN_DENSE.match(piece) else [piece]:
            own: Kind = "ending" if kind == "word" and _PARTICLE.fullmatch(part) and part != piece else kind
            out.append(Token(part, start, start + len(part), own, _form(part, own, language)))
            start += len(part)
    return tuple(out)


def words(found: Iterable[Token]) -> tuple[str, ...]:
    """The forms of the words among the tokens of a text, in order, as a word table knows them."""
    return tuple(t.form for t in found if t.kind in ("word", "ending"))


_PLAIN = re.compile(r"[^\W\d_]+")


def plain_words(english: str) -> frozenset[str]:
    """The forms of the words of an English text that are not small ones, found quickly: also those in its atoms."""
    return frozenset(map(_lemma, _PLAIN.findall(english.casefold()))) - SMALL_WORDS


def _form(text: str, kind: Kind, language: str) -> str:
    if kind == "atom":
        return plain_atom(text)
    if kind != "word":
        return text.casefold()
    word = text.casefold().replace("’", "'").replace("i\u0307", "i")  # the small form of the Turkish capital İ
    if language == "en":
        return _lemma(word)
    if _HANGUL.match(word):
        return word[:_SYLLABLES]
    if _IN_DENSE.match(word):
        return _INFLECTED.sub("", word)
    return word[:_STEM] if takes_endings(language) else word


@lru_cache(maxsize=16384)
def _lemma(word: str) -> str:
    """An English word without its usual endings, crudely; a short word of the guard stays as it is."""
    if word in SMALL_WORDS or word.endswith("ss") or (len(word) < _GUARDED and guard().fullmatch(word)):
        return word
    return _ENDING.sub("", word)
