"""Segments: the sentences of a field and the atoms (inline pieces never translated) inside them.

Atoms are found in one left-to-right pass, so none lies inside another and masking needs no order of
restoration: of `` [`nn.Linear`](url) `` the code span is one atom and ``(url)`` the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import sentencex

from bot.languages import WIDE_STOPS, base_language, joins_lines, separates_sentences

_PRIVATE = "\ue000-\uf8ff"
ATOM = re.compile(
    rf"""
    (?=[:{{`$(\[<&{_PRIVATE}]|http)(?:                            # a quick no for nearly every place
      :[A-Za-z][\w-]*:`[^`]*`                                    # role of Dive into Deep Learning
    | \{{[A-Za-z][\w:.-]*\}}`[^`]*`                              # role of MyST
    | (?P<ticks>`+)(?!`)(?:.|\n)+?(?<!`)(?P=ticks)(?!`)          # code span
    | (?<!\\)\$\$(?:\\.|[^$\\])+\$\$                             # display math inside a line
    | (?<![\\$])\$(?=[^\s$])(?:\\(?:.|\n)|[^$\\])*?(?<=\S)\$(?!\d)  # inline math
    | (?<![\\$])\$[ ](?:\\.|[^$\\\n]){{1,120}}?[ ]\$(?!\d)       # inline math written with spaces
    | (?<=\])\((?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"]*")?\)        # target of a link or an image
    | (?<=[^\s\[(]\])\[[^\]\n]*\]                                # label of a reference link
    | \[\^[^\]\s]+\]                                             # footnote reference
    | <(?:https?|mailto):[^<>\s]+>                               # autolink
    | </?[A-Za-z][^<>]*> | <!--(?:.|\n)*?-->                     # HTML
    | https?://[!-'*-;=?-Z\\^-~]*[\w/]                           # bare address
    | &(?:\#\d+|\#x[\da-fA-F]+|\w+);                             # entity
    | [{_PRIVATE}]                                               # would be mistaken for a mask
    )""",
    re.VERBOSE,
)
"""An inline piece that must not be translated."""

SLIDE = re.compile(r"[\[(](?:\*\*|~~)|(?:\*\*|~~)[\])]")
"""Markup of slides in Dive into Deep Learning: ``[**…**]``, ``(**…**)``, ``[~~…~~]``, ``(~~…~~)``."""

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


@dataclass(frozen=True)
class Masked:
    """Text with each atom replaced by one private-use character; ``atoms`` in order of appearance."""

    text: str
    atoms: tuple[str, ...]

    def restore(self, text: str | None = None) -> str:
        """``text`` (a translation, in which atoms may have moved) with its masks turned back into atoms.

        Raises KeyError for a mask that was never given out.
        """
        known = {chr(0xE000 + i): atom for i, atom in enumerate(self.atoms)}
        return re.sub(f"[{_PRIVATE}]", lambda m: known[m[0]], self.text if text is None else text)


def mask(text: str) -> Masked:
    """Replaces the atoms of ``text``: up to 6,400, the rest stays as it is."""
    found: list[str] = []

    def replace(match: re.Match[str]) -> str:
        found.append(match[0])
        return chr(0xE000 + len(found) - 1)

    return Masked(ATOM.sub(replace, text, count=6400), tuple(found))


def atoms(text: str) -> tuple[str, ...]:
    """The atoms of ``text`` in order, without the white space inside math."""
    return tuple(plain_atom(m[0]) for m in ATOM.finditer(text))


def apart(text: str) -> tuple[list[str], str]:
    """The atoms of ``text`` in order, and ``text`` with a space in place of each."""
    found: list[str] = []

    def replace(match: re.Match[str]) -> str:
        found.append(match[0])
        return " "

    return found, ATOM.sub(replace, text)


def plain_atom(atom: str) -> str:
    """An atom in the form in which two of them are compared: white space inside math does not count."""
    return ("" if atom.startswith("$") else " ").join(atom.split())


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
