"""The segments of a document: the sentences of its blocks, with their positions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.document import front_matter
from bot.document.atoms import atoms
from bot.document.front_matter_values import BARE, Quoting, unquoted
from bot.document.model import PROSE, BlockKind, Document
from bot.document.sentences import sentences

WHOLE: frozenset[BlockKind] = frozenset({"heading", "row", "image", "admonition"})
"""Kinds whose fields are one segment each, regardless of the number of sentences."""


@dataclass(frozen=True)
class Sentence:
    """One segment of a document: its position (block, field, code points of the document) and its text."""

    block: int
    field: int
    start: int
    end: int
    text: str

    @cached_property
    def atoms(self) -> tuple[str, ...]:
        return atoms(self.text)


def block_sentences(document: Document, index: int, language: str) -> tuple[Sentence, ...]:
    """The segments of one block in reading order; none for a block without prose."""
    if document.blocks[index].kind not in PROSE:
        return ()
    known, place = document.sentences, (index, language)
    if place not in known:
        known[place] = tuple(_sentences(document, index, language))
    return known[place]


def _sentences(document: Document, index: int, language: str) -> Iterator[Sentence]:
    block, base = document.blocks[index], document.starts[index]
    for number, content in enumerate(block.contents):
        quoting: Quoting = ""
        if block.kind == "front_matter":
            quoting = front_matter.layout(block.text, number)[1]
        # A value without quotes may need quotes when it changes, so it is drafted as a whole.
        whole = block.kind in WHOLE or quoting in BARE
        for start, end in ((0, len(content)),) if whole else sentences(content, language):
            a, b = block.raw(number, start, end)
            text = unquoted(content[start:end], quoting)
            yield Sentence(index, number, base + a, base + b, text)


def document_sentences(document: Document, language: str) -> Iterator[Sentence]:
    """The segments of a whole document in reading order."""
    for index in range(len(document.blocks)):
        yield from block_sentences(document, index, language)
