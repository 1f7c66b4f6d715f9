"""Something that looks like a translation: the same words always become the same, in the target's script."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|\s+|.", re.DOTALL)
_UNSPACED = ("zh", "ja")
_ACCENTED = str.maketrans("aeiouAEIOU", "áéíóúÁÉÍÓÚ")
_CYRILLIC = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопярстувшжыз")


@dataclass(frozen=True)
class _Piece:
    text: str
    made: bool = False


def pseudo(text: str, language: str, terms: Mapping[str, str] | None = None) -> str:
    """``text`` word by word; whole words that are ``terms`` (as written) become what is asked for.

    Chinese and Japanese have no spaces next to words; punctuation and numbers stay.
    """
    pieces: list[_Piece] = []
    rest = 0
    for found in _alternatives(terms).finditer(text) if terms else ():
        pieces += _words(text[rest : found.start()], language)
        pieces.append(_Piece((terms or {})[found[0]], True))
        rest = found.end()
    pieces += _words(text[rest:], language)
    if language.partition("-")[0] in _UNSPACED:
        around = [_Piece(""), *pieces, _Piece("")]
        pieces = [
            piece
            for before, piece, after in zip(around, around[1:], around[2:], strict=False)
            # White space alone parts two elements, and stays.
            if piece.text.strip() or not (before.made or after.made)
        ]
    return "".join(piece.text for piece in pieces)


def used_terms(text: str, terms: Mapping[str, str]) -> list[str]:
    """The terms that occur in ``text``, in their order."""
    return list(dict.fromkeys(_alternatives(terms).findall(text))) if terms else []


def _alternatives(terms: Mapping[str, str]) -> re.Pattern[str]:
    longest_first = sorted(terms, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _words(text: str, language: str) -> list[_Piece]:
    return [
        _Piece(_word(token, language), True) if any(c.isalpha() for c in token) else _Piece(token)
        for token in _TOKEN.findall(text)
    ]


def _word(word: str, language: str) -> str:
    base = language.partition("-")[0]
    if base in _UNSPACED:
        return _drawn(f"{language} {word}", 0x4E00, 0x3000)
    if base == "ko":
        return _drawn(word, 0xAC00, 0x2BA0)
    if base in ("ru", "uk", "bg", "sr", "mk"):
        return "".join(c.lower().translate(_CYRILLIC).upper() if c.isupper() else c.translate(_CYRILLIC) for c in word)
    return word.translate(_ACCENTED)


def _drawn(seed: str, first: int, count: int) -> str:
    """Two characters of a range that belong to a word."""
    digest = hashlib.sha256(seed.encode()).digest()
    return "".join(chr(first + int.from_bytes(digest[n : n + 4]) % count) for n in (0, 4))
