"""Sentences of a translation as segments in their places: everything between them stays byte for byte."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.alignment.bitext import Bitext, Pair
from bot.document import front_matter
from bot.document.references import explicit, labels
from bot.document.segment import Segment
from bot.document.segmentation import document_sentences


def in_place(bitext: Bitext, pairs: Sequence[Pair]) -> tuple[str | Segment, ...]:
    """The parts of the translation, with a segment for each of ``pairs``, which are in the order of their targets."""
    text = bitext.target.text
    parts: list[str | Segment] = []
    around = _neighbours(bitext)
    known = labels(bitext.source)
    place = 0
    for number, pair in enumerate(pairs, 1):
        start, end = pair.target[0].start, pair.target[-1].end
        block = bitext.target.blocks[pair.target[0].block]
        first, last = pair.source[0], pair.source[-1]
        segment = Segment(
            pair.source_text,
            block.kind,
            indent=block.continuation,
            eol=bitext.target.eol,
            number=number,
            before=around[first.start][0],
            after=around[last.start][1],
            explicit=explicit(pair.source_text, known),
            present=text[start:end],
        )
        if block.kind == "front_matter":
            indent, quoting = front_matter.layout(block.text, pair.target[0].field)
            segment = replace(segment, indent=indent, quoting=quoting)
        parts += [text[place:start], segment]
        place = end
    return (*parts, text[place:])


def _neighbours(bitext: Bitext) -> dict[int, tuple[str, str]]:
    """The English sentences before and after each sentence, by where it starts."""
    every = list(document_sentences(bitext.source, bitext.languages[0]))
    texts = ["", *(s.text for s in every), ""]
    return {s.start: (texts[n], texts[n + 2]) for n, s in enumerate(every)}
