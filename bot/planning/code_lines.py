"""The lines of a code block and what people translate in them: comments, docstrings, strings and words.

Pygments separates comments and strings from code. A fence of words (a file tree, output, a diagram) has neither;
there, a line and its translation have the same shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, String, _TokenType
from pygments.util import ClassNotFound

from bot.alignment.sequences import Matcher
from bot.document.fence_language import PLAIN
from bot.planning.token_merge import has_words


@dataclass(frozen=True)
class Piece:
    """A string, or a comment after code: code points ``start`` to ``end`` of its line."""

    start: int
    end: int
    comment: bool


@dataclass(frozen=True)
class Item:
    """A line of code or a run of comment lines; keys are equal if only comments or strings differ."""

    key: str
    text: str
    comment: bool
    pieces: tuple[Piece, ...] = ()

    def words(self, piece: Piece) -> str:
        return self.text[piece.start : piece.end]

    def literals(self) -> Iterator[list[int]]:
        """The pieces grouped by comment or string: placeholders cut a string into several pieces."""
        group: list[int] = []
        for n, piece in enumerate(self.pieces):
            if group and not (
                piece.comment == self.pieces[n - 1].comment
                and _FILLED_IN.fullmatch(self.text, self.pieces[n - 1].end, piece.start)
            ):
                yield group
                group = []
            group.append(n)
        if group:
            yield group


_FILLED_IN = re.compile(r"(?:%[^\s%]*[A-Za-z%]|[#$]?\{.*\}|\$\w+|\\(?:\(.*\)|.))*")


_MAY_SPEAK = re.compile(r"#(?![@ ]?tab)|['\"%;*]|//|--|<!")


def may_speak(text: str) -> bool:
    """Whether ``text`` may hold a comment or a string in some language: a fast way to rule out most lines."""
    return bool(_MAY_SPEAK.search(text))


@lru_cache(maxsize=256)
def items(text: str, language: str) -> tuple[Item, ...]:
    """The items of a code block, whose first line is its fence; ``language`` is a Pygments name."""
    lines = text.splitlines(keepends=True)
    out: list[Item] = []
    for line, (key, comment, pieces) in zip(lines, _keys(lines, language), strict=True):
        if comment and out and out[-1].comment and out[-1].key == key:
            out[-1] = Item(key, out[-1].text + line, True)
        else:
            out.append(Item(key, line, comment, () if comment else pieces))
    return tuple(out)


_OPENING = re.compile(r"[ \t>]*+(?:[*+-] |\d++[.)] )?[ \t]*+(?:`{3}|~{3}|\{[{%]|:{3})")

_CLOSING = re.compile(r"[ \t>]*(?:`{3,}|~{3,}|:{3,}|\{.*\})[ \t]*")

_WORDY = frozenset({PLAIN, "markdown", "md", "rst", "restructuredtext", "console", "shell-session", "pycon"})
"""Languages in which any line may say something in words, not only comments and strings."""


def wordy(language: str) -> bool:
    """Whether any line of such a block may be words."""
    return language in _WORDY


@lru_cache(maxsize=256)
def wording(text: str, language: str, comments: bool = True) -> tuple[str, ...]:
    """What a block says in words, white space ignored: its comments and strings, or its lines if all may be words.

    Without ``comments`` only its strings, where not all may be words.
    """
    if language in _WORDY:
        lines = text.splitlines()
        if _OPENING.match(text):  # what is only indented has no fences
            lines = lines[1 : -1 if _CLOSING.fullmatch(lines[-1]) else None]
        found = [line for line in lines if not re.match(r"\s*(?:\$|>>>|\.\.\.) ", line)]
    else:
        every = items(text, language)
        found = [i.text for i in every if i.comment and comments]
        found += [i.words(p) for i in every for p in i.pieces if comments or not p.comment]
    return tuple(" ".join(said.split()) for said in found if has_words(said))


def twins(base: Sequence[Item], ours: Sequence[Item], language: str) -> dict[int, int]:
    """Pairs base items with their translated forms: by equal keys in the same order, words by shape and place."""
    matcher = Matcher(None, [i.key for i in base], [i.key for i in ours], autojunk=False)
    out: dict[int, int] = {}
    a = b = 0
    for start, at, size in matcher.get_matching_blocks():
        if start - a == at - b:
            for n, k in zip(range(a, start), range(b, at), strict=True):
                if _is_translation(base[n], ours[k], language):
                    out[n] = k
        out |= {start + k: at + k for k in range(size)}
        a, b = start + size, at + size
    return out


def _is_translation(base: Item, ours: Item, language: str) -> bool:
    """Whether lines with different words have the same shape, and the words are in another script or not code."""
    if base.comment or ours.comment or shape(base.text) != shape(ours.text):
        return False
    foreign = {c for c in ours.text if c.isalpha() and not c.isascii()} - set(base.text)
    if foreign or language != PLAIN or _IS_CODE.search(ours.text):
        return bool(foreign)
    english, words = (set(re.findall(r"\w+", text)) for text in (base.text, ours.text))
    return len(words) > 1 and len(english & words) * 2 < len(words)


_IS_CODE = re.compile(r"[/\\=$<>{}()\[\];_@]|--|\.\w|^\s*[$>#]")
_SHAPE = re.compile(r"[^\s\[\]{}<>|/\\=+*#$~`@^_\u2190-\u2bff-][^\[\]{}<>|/\\=+*#$~`@^_\u2190-\u2bff-]*")


def shape(line: str) -> str:
    """The structure of a line: its indentation and the marks of trees and diagrams, with ``w`` for words between."""
    indent = line[: len(line) - len(line.lstrip())]
    body = _SHAPE.sub("w", line.strip())
    return indent + re.sub(r"(\W)\1+", r"\1", re.sub(r"\s+", "", body))


Key = tuple[str, bool, tuple[Piece, ...]]
_FENCE = re.compile(r"\s*(`{3,}|~{3,}|:{3,})\s*$")
_OPTION = re.compile(r"\s*:[A-Za-z][\w-]*:[ \t]+")


def _keys(lines: list[str], language: str) -> list[Key]:
    """For each line: its code without comments and strings, whether it is only comment or docstring, its pieces."""
    keys = [line.rstrip() for line in lines]
    code = [not line.isspace() for line in lines]
    pieces: list[list[Piece]] = [[] for _ in lines]
    whole = '"""' in "".join(lines) or "'''" in "".join(lines)
    lexed = [n for n, line in enumerate(lines) if _needs_lexer(n, lines, language, whole)]
    for n in lexed:
        keys[n], code[n] = "", False
    _lex([lines[n].rstrip("\r\n") for n in lexed], lexed, language, keys, code, pieces)
    if lines:
        keys[0], code[0], pieces[0] = lines[0].strip(), True, []
    for n in range(1, len(lines)):
        # Options of a directive come before its code: ``:caption: A boat``.
        if "{" not in lines[0] or not (option := _OPTION.match(lines[n])):
            break
        end = len(lines[n].rstrip())
        if end > option.end():
            keys[n], code[n], pieces[n] = option[0].strip() + "'", True, [Piece(option.end(), end, False)]
    return [
        ("#" if "#" in key else '"', True, ())
        if not is_code and key.strip()
        else (key.rstrip(), False, tuple(Piece(p.start, p.end, p.comment) for p in own))
        for key, is_code, own in zip(keys, code, pieces, strict=True)
    ]


def _lex(
    body: list[str],
    places: list[int],
    language: str,
    keys: list[str],
    code: list[bool],
    pieces: list[list[Piece]],
) -> None:
    """Fills in keys, presence of code, and pieces for the lines at ``places``, whose text is ``body``."""
    at = column = 0
    for _, kind, value in _lexer(language).get_tokens_unprocessed("\n".join([*body, ""])):
        for n, part in enumerate(value.split("\n")):
            if n:
                at, column = at + 1, 0
            if not part:
                continue
            line, start = places[at], column
            column += len(part)
            comment = _is_comment(kind) and not part.startswith(("#@", "#%"))
            if comment or kind in String.Doc:
                keys[line] = keys[line].rstrip() + ("#" if comment else '"')
                _add(pieces[line], part, start, comment)
            elif _is_string(kind):
                keys[line] += "" if keys[line].endswith("'") else "'"
                code[line] = True
                _add(pieces[line], part, start, False)
            else:
                keys[line] += part
                code[line] |= not part.isspace()


def _is_comment(kind: _TokenType) -> bool:
    """Whether it is a comment, not code that Pygments labels as one: ``#include``, ``#[derive]``, ``<?php``, ``#!``."""
    return kind in Comment and kind not in Comment.Preproc and kind not in (Comment.PreprocFile, Comment.Hashbang)


def _is_string(kind: _TokenType) -> bool:
    return kind in String and kind not in String.Interpol and kind not in String.Affix


def _add(pieces: list[Piece], part: str, start: int, comment: bool) -> None:
    """Adds a token, joined with an adjacent piece if there is one."""
    end = start + len(part)
    if comment:
        end, start = start + len(part.rstrip()), end - len(part.lstrip())
    if start >= end:
        return
    if pieces and pieces[-1].comment == comment and (pieces[-1].end == start or comment):
        pieces[-1] = Piece(pieces[-1].start, end, comment)
    else:
        pieces.append(Piece(start, end, comment))


def _needs_lexer(n: int, lines: list[str], language: str, whole: bool) -> bool:
    """Whether line ``n`` needs a lexer: Python lines without comments or strings do not, unless ``whole``."""
    if n == 0 or language == PLAIN or (n == len(lines) - 1 and _FENCE.match(lines[n])):
        return False
    return whole or not language.startswith("python") or any(c in lines[n] for c in "#'\"\\")


@lru_cache(maxsize=32)
def _lexer(language: str) -> Lexer:
    try:
        return get_lexer_by_name(language)
    except ClassNotFound:
        return get_lexer_by_name(PLAIN)
