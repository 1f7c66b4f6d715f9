"""Finds comments and docstrings that English added to code, as segments (the setting ``translate_code_comments``).

Wrapped lines of one comment are one segment, whose further lines begin as in the English. Strings are part of the
program and stay; so do commented-out code, directives for tools (``# noqa``) and lines of marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.document.segment import Segment
from bot.document.sentences import speaks
from bot.planning.code_lines import Item, items, wordy
from bot.planning.token_merge import squeezed

_OPENING = r"/\*+!?|<!--|\{-|\(\*|--\[\[|\"{3}|'{3}"
_MARK = r"(?:#+'?|//[/!]?|--|%+|;+|!|'|\*)(?=[ \t])"
_BEFORE = re.compile(rf"[ \t]*(?:(?P<opening>{_OPENING})|(?P<mark>{_MARK}))?[ \t]*")
_AFTER = re.compile(r"[ \t]*(?P<closing>\*+/|-->|-\}|\*\)|\]\]|\"{3}|'{3})?[ \t]*(?:\r\n|\r|\n)?\Z")
_ENTRY = re.compile(r"(?:[-*+•]|\d{1,3}[.)])\s")
_CODE = re.compile(
    r"(?:noqa|type:|pylint|pragma|eslint|prettier|ts-|fmt:|isort|mypy|nolint|clang-|(?:end)?region\b|coding[:=]|[@%|!:])"
    r"|-\*-|vim?:|SPDX-\w|CHECKSTYLE:|frozen_string_literal:|webpack\w+:|(?:biome|deno-lint)-ignore\b"
    r"|(?:istanbul|c8|v8|shellcheck|hadolint) (?:ignore|disable|source)\b"
    r"|(?:yapf|ruff|black|flake8|pyright|cython|doctest|renovate|rubocop|swiftlint|tslint|yaml-language-server):\s?\S"
    r"|(?:syntax|escape|check)=\S+\Z|(?:tag|end)::|\[!code\b"
    r"|(?:ANCHOR(?:_END)?|snippet-\w+|docs?-\w+|highlight-[\w-]+|sphinx-[\w-]+)(?::|\Z)"
    r"|[\w-]+ = \S"
    r"|.*(?:/\*|\*/|<!--|-->|\{-|-\}|\"{3}|'{3}).*"
    r"|[\w.\[\]()'\", *]+\s(?:=|[-+*/]=|:=|==|->|<-)\s"
    r"|import\s+[\w.]+(?:\s+as\s+\w+)?\Z|from\s+[\w.]+\s+import\b"
    r"|(?:import|from|return|def|class|if|for|while|const|let|var|print)\b.*[():;={].*"
    r"|.*[;{}\\]\Z",
    re.IGNORECASE | re.DOTALL,
)
"""Comments that are code, hold another comment, or are for a tool (a guess)."""

_LONE = re.compile(
    r"(?!Arg(?:ument)?s|Attributes|Examples?|Notes?|Parameters|Raises|Returns|Yields)[A-Z][a-z]{3,}[.:!]?"
)
"""A word alone that says something, and is no heading that tools look for in docstrings."""

_WORDS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class _Line:
    """A line of a comment: what is before its words, the words, and what is after them."""

    before: str
    words: str
    after: str
    opens: bool
    marked: bool
    closes: bool = False


def comment_segments(text: str, english: str, had: str, language: str) -> tuple[str | Segment, ...]:
    """A drafted code block as code and segments; ``language`` is a Pygments name.

    A comment is a segment if it is that of the new ``english`` block, and the block of the translation (``had``, empty
    if there is none) did not have it.
    """
    if wordy(language):
        return (text,)
    new, old = squeezed(english), squeezed(had)
    out: list[str | Segment] = []
    for item in items(text, language):
        for part in _split(item):
            words = part.source.split("\n") if isinstance(part, Segment) else []
            arrived = all(squeezed(w) in new for w in words) and not all(squeezed(w) in old for w in words)
            out.append(part if isinstance(part, str) or (arrived and _is_prose(part.source)) else _as_it_is(part))
    return tuple(out)


def _as_it_is(segment: Segment) -> str:
    return segment.laid_out(segment.source)


def _split(item: Item) -> Iterator[str | Segment]:
    """The parts of a run of comment lines, or of a line of code with comments behind it."""
    if item.comment:
        # A blank line in a docstring ends the item, not the docstring.
        yield from _grouped([_line(line) for line in item.text.splitlines(keepends=True)], item.key == '"')
        return
    at = 0
    for piece in item.pieces:
        line = _line(item.words(piece))
        if piece.comment and line.words and (line.opens or line.marked):
            yield item.text[at : piece.start] + line.before
            yield Segment(line.words, "code", eol=" ")  # a second line would be code
            yield line.after
            at = piece.end
    yield item.text[at:]


def _line(text: str) -> _Line:
    before = _BEFORE.match(text)
    start = before.end() if before else 0
    after = _AFTER.search(text, start)
    end = after.start() if after else len(text)
    return _Line(
        text[:start],
        text[start:end],
        text[end:],
        bool(before and before["opening"]),
        bool(before and before["mark"]),
        bool(after and after["closing"]),
    )


def _grouped(lines: list[_Line], inside: bool) -> Iterator[str | Segment]:
    """The parts of comment lines; lines that continue a sentence are in one segment.

    ``inside``: they need no mark, since the comment has begun before.
    """
    run: list[_Line] = []
    for line in lines:
        inside = inside or line.opens
        if not (inside or line.marked):  # the mark of something else: ``#|`` in front of an option
            line = _Line("", "", line.before + line.words + line.after, False, False)
        inside = inside and not line.closes
        if run and not _continues(run, line):
            yield from _parts(run)
            run = []
        run.append(line)
    if run:
        yield from _parts(run)


def _continues(run: list[_Line], line: _Line) -> bool:
    first, last = run[0], run[-1]
    if not speaks(line.words) or not speaks(last.words) or line.opens or last.after.rstrip("\r\n"):
        return False
    if _ENTRY.match(line.words) or _CODE.match(line.words) or _CODE.match(last.words):
        return False
    margin = run[1].before if len(run) > 1 else first.before
    if len(run) == 1 and first.opens:
        return line.before.strip() in ("", "*")
    return line.before == margin


def _parts(run: list[_Line]) -> Iterator[str | Segment]:
    first, last = run[0], run[-1]
    if not first.words:
        yield from (line.before + line.words + line.after for line in run)
        return
    ending = re.search(r"\r\n|\r|\n", first.after)
    margin = run[1].before if len(run) > 1 else first.before
    if len(run) == 1 and first.opens:
        margin = re.sub(r"\S", " ", margin)
    segment = Segment("\n".join(line.words for line in run), "code", indent=margin, eol=ending[0] if ending else "\n")
    whole = "".join(line.before + line.words + line.after for line in run)
    if first.before + _as_it_is(segment) + last.after != whole:  # lines with different ends
        yield whole
        return
    yield first.before
    yield segment
    yield last.after


def _is_prose(text: str) -> bool:
    """Whether a comment says something, and is not code itself."""
    if _CODE.match(text) or not speaks(text):
        return False
    return len(_WORDS.findall(text)) > 1 or bool(_LONE.fullmatch(text))
