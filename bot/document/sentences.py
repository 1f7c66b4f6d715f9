"""The sentences of a text, and its white space: where a field of a block is cut into segments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import sentencex

from bot.document.atoms import ATOM
from bot.languages import WIDE_STOPS, base_language, joins_lines, separates_sentences

LONG = 1500
"""Code points beyond which a sentence (a list of names, mostly) is cut at its commas."""

_ABBREVIATIONS = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|al|Fig|Figs|Eq|Eqs|Sec|Chap|Ref|resp|approx|Dr|Mr|Mrs|Prof|St|No|Vol|pp?"
    r"|[Bb]kz|[öÖ]rn|vb|Şek|ör|p\. ?ej|[Ff]ig|aprox|pág|v\.d|[A-Z])|^\d+)\.$"
)


_FULL_STOP = re.compile(rf"(?<=[{WIDE_STOPS}])(?=[^{WIDE_STOPS}”’」』）)\]\s])")
_CLOSED = re.compile(rf"([.!?](?=[*_~)\]]+(?:\s|$))|[{WIDE_STOPS}])([*_~)\]）」』”’]+)")
_CLOSING = re.compile(r"([*_)\]}”’»」』）】\"']+)(?=\s|$)")
"""What still belongs to the sentence before: emphasis, quotes and brackets that it opened."""


def normal(text: str) -> str:
    """``text`` with every run of white space as one space: equal for two texts that differ in wrapping."""
    return " ".join(text.split())


_WRAPPED = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t]*")


def one_line(text: str) -> str:
    """``text`` on one line: a wrapped line is joined by a space, between Chinese or Japanese characters by nothing."""

    def join(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        return "" if joins_lines(before) and joins_lines(after) else " "

    return normal(_WRAPPED.sub(join, text))


def speaks(text: str) -> bool:
    """Whether there is a word to translate: a number, a formula or a code span alone has none."""
    return any(c.isalpha() for c in ATOM.sub("", text))


@lru_cache(maxsize=4096)
def sentences(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Ranges of the sentences of ``text``, without the white space between them.

    sentencex (its rules per language) on text whose atoms are blanked, with the exceptions of
    technical prose on top: no cut before a small letter or after an abbreviation.
    """
    flat = ATOM.sub(lambda m: "X" * len(m[0]), text).replace("\n", " ").replace("\r", " ")
    # Marks and brackets that close behind a full stop change places with it, so that the cut comes behind them.
    flat = _CLOSED.sub(_closed_first, flat)
    spans: list[tuple[int, int]] = []
    pieces = sentencex.segment(base_language(language), flat)
    if not separates_sentences(language):
        pieces = [part for piece in pieces for part in _FULL_STOP.split(piece) if part]
    for start, end in _trimmed(flat, list(pieces)):
        if spans and _continues(flat[spans[-1][0] : spans[-1][1]], flat[start:end], language):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple(piece for span in spans for piece in _cut(flat, *span))


def _closed_first(match: re.Match[str]) -> str:
    """A stop behind what closes there; emphasis that opens behind a full-width stop stays behind it."""
    mark = match[2][0]
    if mark in "*_~" and match[1] in WIDE_STOPS:
        before = re.findall(re.escape(mark) + "+", match.string[: match.start()])
        if len(before) % 2 == 0:
            return match[0]
    return match[2] + match[1]


def _trimmed(flat: str, pieces: list[str]) -> Iterator[tuple[int, int]]:
    at = 0
    for n, piece in enumerate(pieces):
        at = max(at, flat.find(piece, at))
        closing = _CLOSING.match(piece) if n else None
        if closing:
            yield at, at + len(closing[1])
            at += len(closing[1])
            piece = piece[len(closing[1]) :]
        bare = piece.strip()
        if bare:
            start = at + len(piece) - len(piece.lstrip())
            yield start, start + len(bare)
        at += len(piece)


def _continues(before: str, after: str, language: str) -> bool:
    if not separates_sentences(language):
        return not any(c.isalnum() for c in after)
    return after[0].islower() or not any(c.isalnum() for c in after) or bool(_ABBREVIATIONS.search(before[-9:]))


def _cut(flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if end - start > LONG:
        for comma in list(re.compile(r"[,，、;；](?=\s|\w)").finditer(flat, start, end)):
            yield start, comma.end()
            start = comma.end()
            while flat[start].isspace():
                start += 1
    yield start, end
