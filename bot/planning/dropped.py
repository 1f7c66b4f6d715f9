"""Finds what people wrote that a draft no longer shows although its English was not simply deleted.

Such text is listed for the translators. It is what stood where English rewrote a paragraph beyond recognition, and
sentences that only the translation has. Those cannot be told reliably from translations, so where a paragraph has
more sentences than its English, whatever is dropped of it is listed (a guess: better one note too many).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.alignment.bitext import Bitext, Pair
from bot.document.markdown import PROSE, Document
from bot.document.segment import Segment
from bot.document.segmentation import Sentence, block_sentences
from bot.document.sentences import speaks
from bot.planning.carry_over import Carried, Human
from bot.planning.layout import Item
from bot.planning.token_merge import squeezed


@dataclass(frozen=True)
class Changes:
    """What is known of one change: the texts, the ``origin`` of new English blocks, and what sentences become.

    ``groups`` are the groups of blocks whose English changed.
    """

    bitext: Bitext
    new: Document
    origin: Mapping[int, int]
    carried: Carried
    groups: Sequence[int]


def dropped(changes: Changes, items: Sequence[Item], written: Collection[Human], filled: Collection[int]) -> list[str]:
    """What the draft ``items`` drop of the translation, in its order; neighbouring sentences are joined.

    ``written`` are the human stretches in the draft; ``filled`` are the blocks of the translation that it has
    sentence by sentence, all others in ``items`` it has as a whole.
    """
    bitext = changes.bitext
    whole = {t for item in items for t in range(item.first, item.last + 1) if t not in filled}
    shown = [(human.start, human.end) for human in written]
    units = [unit for said in changes.carried.units.values() for unit in said]
    before = {squeezed(unit.old_target) for unit in units if isinstance(unit, Segment) and unit.old_target}
    replaced = _replaced(changes)
    lost: list[Sentence] = []
    for group in changes.groups:
        left, right = bitext.groups[group]
        if not (left and right) or bitext.target.blocks[right[0]].kind == "front_matter":
            continue
        pairs = bitext.pairs(group)
        longer = sum(len(p.target) for p in pairs) > sum(len(p.source) for p in pairs)
        for pair in pairs:
            own = not pair.source or longer or not replaced.isdisjoint(left)
            if own and not any(_said(pair) in told for told in before):
                lost += (s for s in pair.target if s.block not in whole and not _within(s, shown))
    return [text for text in _stretches(bitext, lost) if speaks(text)]


def _said(pair: Pair) -> str:
    return squeezed("".join(s.text for s in pair.target))


def _within(sentence: Sentence, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(start <= sentence.start and sentence.end <= end for start, end in stretches)


def _replaced(changes: Changes) -> set[int]:
    """The old English blocks that became new English of which no sentence was traced to an old one."""
    fresh = {
        j
        for (j, _), units in changes.carried.units.items()
        if any(isinstance(u, Segment) and not u.old_source for u in units)
    }
    found = {i for j, i in changes.origin.items() if j in fresh}
    later = {i: j for j, i in changes.origin.items()}
    count = len(changes.new.blocks)
    place = -1
    for i, block in enumerate(changes.bitext.source.blocks):
        if i in later:
            place = later[i]
        elif block.kind in PROSE:
            here = place + 1
            while here < count and here not in changes.origin:
                if here in fresh:
                    found.add(i)
                here += 1
    return found


def _stretches(bitext: Bitext, lost: Sequence[Sentence]) -> Iterator[str]:
    """The text of sentences of the translation, those next to each other in one block together."""
    target = bitext.target
    every = [s for t in sorted({s.block for s in lost}) for s in block_sentences(target, t, bitext.languages[1])]
    ranges = [(s.start, s.end) for s in lost]
    for (_, gone), run in groupby(every, key=lambda s: (s.block, _within(s, ranges))):
        if gone:
            part = list(run)
            yield target.text[part[0].start : part[-1].end]
