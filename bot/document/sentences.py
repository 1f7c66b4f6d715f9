"""The sentences of a text and its white space: splits a field of a block into segments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import sentencex

from bot.document.atoms import ATOM, apart, kind
from bot.document.attributes import TITLED
from bot.document.phrases import has_phrases, phrases
from bot.document.recent import Recent
from bot.languages import STOPS, WIDE_STOPS, base_language, joins_lines, separates_sentences

LONG = 1500
"""Code points beyond which a sentence (usually a list of names) is split at its commas."""

_AT_ONCE = 10_000
"""Code points that sentencex gets at once; paragraphs of real documents have fewer."""

_ALWAYS = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|al|Figs?|Eqs?|Sec|Chap|Ref|resp|approx|Dr|Mr|Mrs|Prof|St|No|Vol|pp?"
    r"|[Bb]kz|[öÖ]rn|vb|Şek|ör|p\. ?ej|[Ff]ig|aprox|pág|v\.d|[A-Z])|^\d+)\.$"
)
"""Abbreviations after which no sentence ends."""

_NUMBERED = re.compile(
    r"\b(?:[Tt]ab|[Tt]bl|[Aa]pp|[Tt]hms?|[Dd]efs?|[Ss]ects?|[Aa]lgs?|[Pp]rops?|[Ll]em|[Cc]or|[Aa]ss|[Cc]onj|[Ee]x"
    r"|[Rr]em|[Cc]hs?|[Cc]hap|[Pp]ar|[Pp]t|[Ss]upp|[Nn]os?|[Nn]r|[Ll]l?|vol|ed|ver|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?"
    r"|Oct|Nov|Dec|[Aa]bb|[Kk]ap|[Aa]bschn|[Aa]nh|[Ss]atz|[Cc]ap|[Tt]eor|[Tt]h|[Tt]eo|[Ss]ez)\.$"
)
"""Abbreviations after which no sentence ends if a number or a single capital follows: Thm. 3, App. B, Jan. 5."""

_LETTERED = re.compile(r"\b(?:(?:[A-Z][a-z]{1,5}\.)|Appendix|Annex|Table|Figure|Section|Part|Chapter) [A-Z]\.$")
"""A capital that names a part and ends its sentence; not an initial of a name."""

_COUNTED = re.compile(r"(?:\d|[A-Z](?![^\W_]))")
_FULL_STOP = re.compile(rf"(?<=[{WIDE_STOPS}])(?=[^{WIDE_STOPS}”’」』）)\]\s])")
_UNSPACED = WIDE_STOPS + STOPS.strip(".!?") + "．៕"
"""Marks that end a sentence even where no space follows; ``.!?`` in the middle of a word do not."""
_STOPPED = re.compile(rf"[.!?:;…{_UNSPACED}]$")
_HELD, _NOTE, _NEW_LINE, _PICTURE = "\0", "\1", "\2", "\3"
"""Placeholders for each character of an atom; of an atom that belongs to the text before it (a footnote mark or a
closing tag); of a tag ``<br>``; and of a picture."""
_CLOSING_TAG = re.compile(r"</|\{\{[<%]?-?\s*/|\{%-?\s*end|\{/")
_CLOSED = re.compile(rf"([.!?](?=[*_~)\]{_HELD}{_NOTE}]+(?:\s|$))|[{WIDE_STOPS}])([*_~)\]）」』”’{_HELD}{_NOTE}]+)")
_NOTE_BEHIND = re.compile(rf"([.!?])(\s+)({_NOTE}+)(?=\s|$)")
_CLOSING = re.compile(r"([*_)\]}”’»」』）】\"']+)(?=\s|$)")
"""Characters that still belong to the sentence before: the ends of emphasis, quotes and brackets that it opened."""
_CLOSERS = f"*_~)]}}”’»」』）】\"'{_HELD}{_NOTE}"

_IMAGE = re.compile(rf"!\[[^\[\]]*\]{_HELD}+")
_LINK = re.compile(rf"\[[^\[\]]*\](?={_HELD})")
_INNER_STOP = re.compile(rf"[.!?{WIDE_STOPS}](?!\])")
_ASIDE = re.compile(r"\s*\(([^()\n.!?]*)\)")
_ITEM = 60
"""Code points up to which a line may be an item of a list without markers (a guess)."""
_RUNS_ON = re.compile(rf"[.!?,;:]\s|[.!?,;:，、；：]$|[{_UNSPACED}]|\b(?:and|or|of|the|a|to|is|for|with)$")
"""Characters that a line of prose has and an item of such a list does not."""
_PIECE = rf"(?:!?\[[^\[\]\n]*+\]{_HELD}++|{_PICTURE}++)"
_LINKS = re.compile(rf"[\s|·•/,*_~-]*+(?:{_PIECE}[\s|·•/,*_~-]*+)++")
"""A line that consists of links and pictures."""
_OPENING_PICTURE = re.compile(rf"({_PICTURE}++)\s+(?=\w)")
_PICTURES = re.compile(rf"\s*+(?:{_PICTURE}++\s*+)++")
"""A line that consists of pictures."""
_ATTRIBUTES = re.compile(r"\s*+\{:[^{}\n]*+\}\s*+")
"""A line that gives its paragraph attributes: ``{: .summary}``."""


def normal(text: str) -> str:
    """``text`` with every run of white space as one space: equal for two texts that differ in wrapping."""
    return " ".join(text.split())


_LETTERS = re.compile(r"[^\W_]+")
_NO_LETTERS = {code: None for code in range(128) if not chr(code).isalnum()}


def letters(text: str) -> str:
    """A text without white space, punctuation and case."""
    # Of English that takes a tenth of the time.
    return (text.translate(_NO_LETTERS) if text.isascii() else "".join(_LETTERS.findall(text))).casefold()


def runs(text: str) -> list[str]:
    """What white space and punctuation separate in a text, without case: together its ``letters``."""
    return [run.casefold() for run in _LETTERS.findall(text)]


_BREAK = re.compile(r"([ ]{2,}\n|(?<!\\)\\\n)")


def unwrapped(text: str) -> str:
    """``text`` with every run of white space as one space, except for hard breaks."""
    return "".join(part if n % 2 else normal(part) for n, part in enumerate(_BREAK.split(text)))


_WRAPPED = re.compile(r"[ \t]*(?:(?<!\\)\\)?(?:\r\n|\r|\n)[ \t]*")


def one_line(text: str) -> str:
    """``text`` on one line: wrapped lines are joined by a space, or directly between Chinese or Japanese characters."""

    def join(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        return "" if joins_lines(before) and joins_lines(after) else " "

    return normal(_WRAPPED.sub(join, text))


def speaks(text: str) -> bool:
    """Whether there is a word to translate: a number, a formula or a code span alone has none, ``{ref}`x <y>``` has."""
    return has_free_words(text) or any(map(str.isalpha, shown_words(text)))


def shown_words(text: str) -> str:
    """What a text says outside of atoms, and in roles that have words of their own."""
    pieces, rest = apart(text)
    return " ".join([rest, *(found["words"] for atom in pieces if (found := TITLED.fullmatch(atom)))])


def has_free_words(text: str) -> bool:
    """Whether there is a word that an engine may translate: those within atoms stay as they are."""
    return any(map(str.isalpha, apart(text)[1]))


Ranges = tuple[tuple[int, int], ...]

_kept = Recent[Ranges](2_000_000)  # 40,000 paragraphs, 15 MB in all; each step of a sync asks for those of a book


def sentences(text: str, language: str) -> Ranges:
    """Ranges of the sentences of ``text``, without the white space between them.

    Uses sentencex (with its rules per language) on text whose atoms are hidden, with exceptions for
    technical prose: no split before a small letter, inside a word or a link, or after an abbreviation.
    Lines that end in a hard break, and the lines of a list without markers, are always split.
    """
    return _kept.get(text, language, lambda: _found(text, language))


def _found(text: str, language: str) -> Ranges:
    flat = ATOM.sub(_hidden, text)
    flat = _LINK.sub(lambda m: _INNER_STOP.sub("X", m[0]), _IMAGE.sub(lambda m: _PICTURE * len(m[0]), flat))
    spans = [span for start, end in _stretches(text, flat) for span in _spans(flat[start:end], start, language)]
    return tuple(piece for span in spans for piece in _cut(flat, *span))


def _hidden(match: re.Match[str]) -> str:
    """The placeholder for an atom: of the same length, and white space for a hard break."""
    found = kind(match)
    if found == "break":
        return " " * (len(match[0]) - 1) + "\n"
    new_line = found == "tag" and re.match(r"<br\b", match[0], re.IGNORECASE)
    behind = found == "footnote" or _CLOSING_TAG.match(match[0])
    return (_NEW_LINE if new_line else _NOTE if behind else _HELD) * len(match[0])


def is_laid_out(before: str, between: str, after: str) -> bool:
    """Whether the white space between two sentences is layout that must stay as the author wrote it.

    It is at a hard break, after a line that is not a sentence (in a list without markers), and next to pictures.
    """
    if is_hard_break(between):
        return True
    bare = ATOM.sub("", before).rstrip(_CLOSERS + " ")
    return ("\n" in between and not _STOPPED.search(bare)) or "![" in before or "![" in after


def is_hard_break(between: str) -> bool:
    """Whether the white space (or backslash) at the end of a line makes it a hard break."""
    return bool(re.match(r"(?:[ ]{2,}|[ ]*\\)(?:\r|\n)", between))


def _stretches(text: str, flat: str) -> Iterator[tuple[int, int]]:
    """Ranges of ``text`` that no sentence crosses: lines that belong together."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", flat)]
    listed = _is_list([flat[a:b] for a, b in lines])
    start = 0
    for (a, end), (begin, after) in pairwise(lines):
        broken = text[begin - 3 : begin] == "  \n" or text[begin - 2 : begin] == "\\\n"
        alone = any(_PICTURES.fullmatch(flat[slice(*line)]) for line in ((a, end), (begin, after)))
        marked = any(_ATTRIBUTES.fullmatch(text[slice(*line)]) for line in ((a, end), (begin, after)))
        if listed or marked or ((broken or alone) and not flat[begin:after].lstrip()[:1].islower()):
            yield start, end
            start = begin
    if lines:
        yield start, len(flat)


def _is_list(lines: list[str]) -> bool:
    """Whether lines are the items of a list without markers: all links, or three or more short ones without prose."""
    if len(lines) > 1 and all(_LINKS.fullmatch(line) for line in lines):
        return True
    return len(lines) > 2 and all(
        len(line) <= _ITEM
        and len(line) + sum(map(joins_lines, line)) <= _ITEM
        and not line.lstrip("*_~[( ")[:1].islower()
        and not _RUNS_ON.search(line.strip())
        for line in lines
    )


def _spans(flat: str, offset: int, language: str) -> Iterator[tuple[int, int]]:
    """The sentences of a stretch that begins at ``offset`` in a text, as ranges of that text."""
    # An aside that opens the text would hide every stop from sentencex.
    said = _ASIDE.sub(lambda m: m[0].replace("(", "X").replace(")", "X"), flat, count=1) if _ASIDE.match(flat) else flat
    # Closing marks after a full stop, and an atom that touches it, swap places with it, so that the split follows them.
    said = _CLOSED.sub(_closed_first, said.replace("\n", " ").replace("\r", " "))
    said = re.sub(f"[{_HELD}{_NOTE}{_NEW_LINE}{_PICTURE}]", "X", _NOTE_BEHIND.sub(r"\2\3\1", said))
    pieces = [piece for part in _parts(said) for piece in sentencex.segment(base_language(language), part)]
    if not separates_sentences(language):
        pieces = [part for piece in pieces for part in _FULL_STOP.split(piece) if part]
    if has_phrases(language):
        pieces = [part for piece in pieces for part in phrases(piece, language)]
    found: list[tuple[int, int]] = []
    for start, end in _trimmed(said, pieces):
        if found and _continues(flat[slice(*found[-1])], flat[found[-1][1] : start], flat[start:end], language):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
        # A picture is a sentence of its own if the next word begins a sentence.
        picture = _OPENING_PICTURE.match(flat, *found[-1])
        if picture and flat[picture.end()].isupper():
            found[-1:] = [(found[-1][0], picture.end(1)), (picture.end(), found[-1][1])]
    return ((offset + a, offset + b) for a, b in found)


def _parts(text: str) -> Iterator[str]:
    """``text``, cut at white space where it is so long that a quote which nobody closes would cost quadratic time."""
    at = 0
    while len(text) - at > _AT_ONCE:
        spaces = [text.rfind(mark, at + _AT_ONCE // 2, at + _AT_ONCE) for mark in (". ", " ")]
        cut = next((place + 1 for place in spaces if place > 0), at + _AT_ONCE)
        yield text[at:cut]
        at = cut
    yield text[at:]


def _closed_first(match: re.Match[str]) -> str:
    """Moves a stop after the closing marks that follow it; emphasis that opens after a full-width stop stays there."""
    mark = match[2][0]
    if match[1] in WIDE_STOPS and _HELD in match[2]:  # it may open the next sentence
        return match[0]
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


def _continues(before: str, between: str, after: str, language: str) -> bool:
    """Whether the next sentence according to sentencex belongs to the one ``before``."""
    if not any(c.isalnum() or c in (_HELD, _NEW_LINE, _PICTURE) for c in after):
        return True
    glued = not between and before.rstrip(_CLOSERS)[-1:] not in tuple(_UNSPACED)
    new_line = after[0] == _NEW_LINE and not after.lstrip(_NEW_LINE).startswith(" ")
    if glued and not new_line and not joins_lines(after[0]):
        return True
    if not separates_sentences(language):
        return bool(_ALWAYS.search(before[-9:])) and not joins_lines(after[0])
    if after[0].islower():
        return True
    if _ALWAYS.search(before[-9:]):
        return not _LETTERED.search(before[-16:])
    return bool(_NUMBERED.search(before[-9:]) and _COUNTED.match(after))


def _cut(flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if end - start > LONG:
        for comma in list(re.compile(r"[,，、;；](?=\s|\w)").finditer(flat, start, end)):
            yield start, comma.end()
            start = comma.end()
            while flat[start].isspace():
                start += 1
    yield start, end
