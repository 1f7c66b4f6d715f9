"""Numbers the segments of a document, and gives each the sentences around it, for engines that read context."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, groupby

from bot.document.model import Document
from bot.document.references import explicit, labels
from bot.document.segment import Segment
from bot.document.segmentation import document_sentences


def numbered(parts: list[str | Segment], new: Document, language: str) -> tuple[str | Segment, ...]:
    """Joins neighbouring strings of ``parts`` and numbers segments; ``new`` is the English, whose code is ``language``.

    Each segment gets the English sentences before and after it, and the targets of links by reference.
    """
    known, around = labels(new), list(_around(new, language))
    places: defaultdict[str, list[int]] = defaultdict(list)
    for n, (_, here, _) in enumerate(around):
        places[here].append(n)
    out: list[str | Segment] = []
    number, place = 0, -1
    for final, run in groupby(parts, key=lambda part: isinstance(part, str)):
        if final:
            out.append("".join(part for part in run if isinstance(part, str)))
            continue
        for part in run:
            if isinstance(part, Segment):
                number += 1
                before = after = ""
                if found := places.get(part.source):
                    # The next sentence with this text; entries may be in a different order than in the English.
                    after_it = bisect_right(found, place)
                    place = found[after_it if after_it < len(found) else 0]
                    before, _, after = around[place]
                asked = explicit(part.source, known)
                asked = "" if asked == part.source else asked
                out.append(replace(part, number=number, before=before, after=after, explicit=asked))
    return tuple(out)


def _around(new: Document, language: str) -> Iterator[tuple[str, str, str]]:
    """The sentences of the new English in order, each with the sentence before and after it."""
    every = (s.text for s in document_sentences(new, language))
    before, here = "", next(every, "")
    for after in chain(every, [""]):
        yield before, here, after
        before, here = here, after
