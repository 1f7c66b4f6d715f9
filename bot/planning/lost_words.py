"""The words that people wrote in code, tags and directives, such as comments and strings, and that a draft lost."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from bot.document.fence_language import language_of
from bot.document.flavours import DIRECTIVE
from bot.document.model import Block, BlockKind, Document
from bot.document.page import CELL
from bot.document.sentences import letters, normal
from bot.planning.code_lines import Item, items, may_speak, wording, wordy
from bot.planning.held_sentences import held_anywhere
from bot.planning.tag_strings import strings
from bot.planning.token_merge import has_words

_MARKUP = frozenset[BlockKind]({"html", "markup", "directive", "admonition"})

_FEW = 200
"""Words up to which only the blocks that may have one of them are read, which is faster for few."""

_OPTION = re.compile(r"^[ \t>]*:[A-Za-z][\w-]*:[ \t]+(\S.*)", re.M)
"""An option of a directive: ``:alt: A boat``."""

_TEXT = re.compile(r"\\(?:text\w*|mbox)\s*\{([^{}]*)\}")
"""Words in a formula."""

_BETWEEN = re.compile(r">([^<>{}]*[^\W\d_][^<>{}]*)</")
"""What is between two tags in one line of code."""

_WORD = re.compile(r"[\W_]*[^\W\d_]{3,}[\W_]*")
"""A word by itself; shorter ones are codes, such as that of a language."""

_REMARK = re.compile(r"<!--.*?(?:-->|\Z)|\{/\*.*?(?:\*/\}|\Z)|\{# .*?(?:#\}|\Z)", re.DOTALL)
"""Comments of tags and templates, which are looked for by themselves."""

_LONG_STRING = re.compile(r"\"\"\"|'''|\\$", re.MULTILINE)
"""What opens a string of several lines in Python, or goes on in the next line."""

_LONG_WORD = re.compile(r"[^\W\d_]{3,}")


def lost_words(old: Document, now: Document, english: Document) -> Iterator[tuple[int, str]]:
    """What ``old`` says where nothing is prose, and neither ``now`` does nor the ``english`` that it translates.

    Each with the place of its block, in code points of ``old``, and with single spaces. What is elsewhere now, or has
    other marks, quotes or line breaks, is there: its letters all are. Of other code, such as a command, it is the lines
    with words that neither has anywhere.
    """
    same = {b.text for b in now.blocks if _may_say(b)}
    every = zip(old.starts, old.blocks, strict=True)
    changed = [(start, b) for start, b in every if _may_say(b) and b.text not in same]
    if changed:
        there = _lines(now.text) | _lines(english.text)
        read = [(start, b) for start, b in changed if _may_lose(b, there)]
        lost = [(start, said) for start, b in read for said in dict.fromkeys(words_beside_prose(b))]
        lines = [*_own_lines(changed, _vocabulary(now.text) | _vocabulary(english.text))]
        names = {letters(said) for _, said in lost}
        there = held_anywhere(now.text, names) | held_anywhere(english.text, names)
        if rest := names - there:
            ours, here, theirs = (_said(document, rest) for document in (old, now, english))
            there |= {letters(said) for said in (here - ours) | theirs}
            lines += [(start, said) for start, said in lost if said not in here and letters(said) not in there]
        yield from sorted(lines, key=lambda one: one[0])


def _lines(text: str) -> set[str]:
    """The lines of a text, without what is around each."""
    return {line.strip() for line in text.splitlines()}


def _may_lose(block: Block, there: Collection[str]) -> bool:
    """Whether a block has a line that says something and is not ``there``; reading the code of others would be slow."""
    gone = [line for line in block.text.splitlines() if line.strip() not in there]
    # Elsewhere, and in a long string, a line that says something may have no mark of its own.
    marked = block.kind == "code" and language_of(block).startswith("python") and not _LONG_STRING.search(block.text)
    return any(map(_may_speak, gone)) if marked else bool(gone)


def _may_speak(text: str) -> bool:
    return may_speak(text) or not text.isascii() or "</" in text


def _own_lines(blocks: Iterable[tuple[int, Block]], known: Collection[str]) -> Iterator[tuple[int, str]]:
    """The lines with words that are not ``known``, and that neither prose nor what is beside it has."""
    for start, block in blocks:
        rest = _vocabulary(block.text).difference(known)
        if rest := rest and rest.difference(*map(_vocabulary, (*block.contents, *words_beside_prose(block)))):
            lines = lines_beside_prose(block)
            yield from ((start, line) for line in dict.fromkeys(lines) if not rest.isdisjoint(_vocabulary(line)))


def _vocabulary(text: str) -> set[str]:
    return set(_LONG_WORD.findall(text.casefold()))


def _said(document: Document, names: Collection[str]) -> set[str]:
    """What a document says beside its prose, of blocks that may have one of ``names``, which are letters."""
    blocks = [b for b in document.blocks if _may_say(b)]
    if len(names) <= _FEW:
        blocks = [b for b in blocks if any(name in flat for flat in [letters(b.text)] for name in names)]
    return {said for b in blocks for said in words_beside_prose(b)}


def lines_beside_prose(block: Block) -> Iterator[str]:
    """The lines of a block of code, a formula, a tag or a directive, with single spaces."""
    lines = (_REMARK.sub("", block.text) if block.kind in _MARKUP else block.text).splitlines()
    fenced = block.kind == "code" and _fenced(block.text)
    return map(normal, lines[fenced:] if _may_say(block) else ())


def _fenced(text: str) -> bool:
    return text.lstrip(" \t>").startswith(("`", "~", ":", CELL))


def words_beside_prose(block: Block) -> Iterator[str]:
    """What a block of code, a formula, a tag or a directive says in words, with single spaces; no prose of it."""
    if not _may_say(block):
        return
    if block.kind == "math":
        found = iter(_TEXT.findall(block.text))
    elif block.kind in _MARKUP:
        prose = set(block.contents)
        said = (*strings(block.text), *_OPTION.findall(block.text), *_argument(block))
        found = (text for text in said if text not in prose and text[1:-1] not in prose)
    else:
        found = _in_code(block)
    yield from (normal(said) for said in found if has_words(said) or _WORD.fullmatch(said))


def _in_code(block: Block) -> Iterator[str]:
    """The comments and strings of code, also in its first line, its text between tags, and lines that are not ASCII.

    Where any line may be words, all lines.
    """
    language, text = language_of(block), block.text
    if not _fenced(text):
        text = f"```\n{text}```\n"  # code without a fence, such as indented code
    yield from strings(text.partition("\n")[0])  # such as its title
    yield from _argument(block)
    if wordy(language):
        yield from wording(text, language)
    elif _may_speak(text):
        for item in items(text, language):
            yield from item.text.splitlines() if item.comment else _in_line(item)


def _argument(block: Block) -> Iterator[str]:
    """The argument of a directive: ``{index} single: boat``."""
    line = block.text.lstrip(" \t>").partition("\n")[0]
    if (found := DIRECTIVE.match(line)) and found["argument"]:
        yield found["argument"]


def _in_line(item: Item) -> Iterator[str]:
    said = [*_pieces(item), *_BETWEEN.findall(item.text)]
    yield from said
    bare = item.text
    for text in said:
        bare = bare.replace(text, "")
    if not bare.isascii() and any(c.isalpha() and not c.isascii() for c in bare):
        yield item.text


def _pieces(item: Item) -> Iterator[str]:
    """The comments and strings of a line; some lexers cut a string at each space."""
    start = 0
    for n, piece in enumerate(item.pieces):
        after = item.pieces[n + 1] if n + 1 < len(item.pieces) else None
        joins = after and after.comment == piece.comment and item.text[piece.end : after.start].isspace()
        if not joins or item.text[piece.end - 1] in "\"'`":
            yield item.text[start or piece.start : piece.end]
            start = 0
        else:
            start = start or piece.start


def _may_say(block: Block) -> bool:
    return block.kind in ("code", "math") or block.kind in _MARKUP
