"""Finds what people wrote that a draft no longer shows although its English was not simply deleted.

Such text is listed for the translators. It is what stood where English rewrote a paragraph beyond recognition, and
sentences that only the translation has. Those cannot be told reliably from translations, so where a paragraph has
more sentences than its English, or people added some, whatever is dropped of it is listed (a guess: better one note
too many). So is what goes with a paragraph that English deleted where it may be the translation of another one, and
what people wrote in comments there.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.alignment.bitext import Bitext, Pair
from bot.alignment.columns import agree
from bot.document.markdown import parse
from bot.document.model import PROSE, Document
from bot.document.remarks import inside, remarks
from bot.document.segment import Segment
from bot.document.segmentation import Sentence, block_sentences
from bot.document.sentences import normal, speaks
from bot.document.tables import column_fields
from bot.planning.carry_over import Carried, Human
from bot.planning.layout import Item

_FAR = 2.5
"""From how many times the usual length a text may be no translation of what it was aligned with (a guess)."""


@dataclass(frozen=True)
class Changes:
    """What is known of one change: the texts, the ``origin`` of new English blocks, and what sentences become.

    ``pairs`` are those of the groups of blocks whose English changed.
    """

    bitext: Bitext
    new: Document
    origin: Mapping[int, int]
    carried: Carried
    pairs: Mapping[int, Sequence[Pair]]


def dropped(changes: Changes, items: Sequence[Item], written: Collection[Human], filled: Collection[int]) -> list[str]:
    """What the draft ``items`` drop of the translation, in its order; neighbouring sentences are joined.

    ``written`` are the human stretches in the draft; ``filled`` are the blocks of the translation that it has
    sentence by sentence, all others in ``items`` it has as a whole.
    """
    bitext = changes.bitext
    whole = {t for item in items for t in range(item.first, item.last + 1) if t not in filled}
    shown = _Stretches((human.start, human.end) for human in written)
    replaced = _replaced(changes)
    loose = _loose_tables(bitext)
    doubtful = _doubtful(changes, loose)
    lost: list[Sentence] = []
    for group, pairs in changes.pairs.items():
        left, right = bitext.groups[group]
        if not right or bitext.target.blocks[right[0]].kind == "front_matter":
            continue
        own = sum(len(p.target) for p in pairs) > sum(len(p.source) for p in pairs)
        own = own or group in doubtful or any(bitext.added(t.text) for p in pairs for t in p.target)
        for pair in pairs:
            unshown = any(s.start in changes.carried.unshown for s in pair.target)
            if not pair.source or own or unshown or _of_doubt(bitext, pair, loose) or not replaced.isdisjoint(left):
                told = (s for s in pair.target if s.start not in changes.carried.replaced)
                lost += (s for s in told if s.block not in whole and not shown.have(s))
    return [text for text in _texts(bitext, lost) if speaks(text)]


def _doubtful(changes: Changes, loose: Collection[int]) -> set[int]:
    """The groups that English deleted of which the translation may be that of other English.

    What is beside them, or a row of the same table, has no partner, or people put it in; or one side is far longer than
    the other.
    """
    bitext = changes.bitext
    stays = set(changes.origin.values())
    prose = [g for g, (left, right) in enumerate(bitext.groups) if any(_texts_of(bitext, left, right))]
    found = set[int]()
    for n, group in enumerate(prose):
        left, right = bitext.groups[group]
        if left and right and stays.isdisjoint(left):
            theirs, ours = (sum(map(len, side)) for side in _texts_of(bitext, left, right))
            near = 1 / _FAR < ours / max(1.0, theirs * bitext.scale) < _FAR
            table = bitext.table_of[0].get(left[0])
            unsure = table is not None and table.table.header in loose and _unlike(bitext, left[0], right[0])
            beside = [*prose[max(0, n - 1) : n], *prose[n + 1 : n + 2]]
            if not near or unsure or any(_is_loose(bitext, *bitext.groups[g]) for g in beside):
                found.add(group)
    return found


def _of_doubt(bitext: Bitext, pair: Pair, loose: Collection[int]) -> bool:
    """Whether a cell may be the translation of one in another column, or in another row of its table."""
    cell = pair.source[0]
    found = bitext.table_of[0].get(cell.block)
    if found is None or not pair.target:
        return False
    column = column_fields(bitext.source.blocks[cell.block]).get(cell.field)
    unsure = found.table.header in loose and cell.block != found.table.header
    return column in found.doubtful or (unsure and _unlike(bitext, cell.block, pair.target[0].block))


def _loose_tables(bitext: Bitext) -> frozenset[int]:
    """The tables, by their headers in the English, of which either side has rows without a partner."""
    alone = (bead for bead in bitext.groups if not all(bead))
    found = (known.get(n) for bead in alone for known, side in zip(bitext.table_of, bead, strict=True) for n in side)
    return frozenset(pair.table.header for pair in found if pair)


def _unlike(bitext: Bitext, i: int, t: int) -> bool:
    """Whether no cell of a row tells that the other is its translation."""
    cells = bitext.source.blocks[i].contents, bitext.target.blocks[t].contents
    return not any(agree(a, b) for a in cells[0] for b in cells[1])


def _texts_of(bitext: Bitext, left: Sequence[int], right: Sequence[int]) -> tuple[list[str], list[str]]:
    """The prose of blocks of the English, and of the translation."""
    sides = ((bitext.source, left), (bitext.target, right))
    one, other = ([c for n in places for c in side.blocks[n].contents] for side, places in sides)
    return one, other


def _is_loose(bitext: Bitext, left: Sequence[int], right: Sequence[int]) -> bool:
    """Whether blocks have no partner, or people put in all that those of the translation say."""
    said = [s.text for t in right for s in block_sentences(bitext.target, t, bitext.languages[1])]
    return not left or not said or all(map(bitext.added, said))


class _Stretches:
    """Stretches of a text that do not overlap."""

    def __init__(self, found: Iterable[tuple[int, int]]) -> None:
        self.sorted = sorted(found)

    def have(self, sentence: Sentence) -> bool:
        """Whether a sentence is in one of them."""
        at = bisect_right(self.sorted, (sentence.start, sys.maxsize)) - 1
        return at >= 0 and sentence.end <= self.sorted[at][1]


def _replaced(changes: Changes) -> set[int]:
    """The old English blocks that became new English of which no sentence was traced to an old one."""
    fresh = {
        j
        for (j, _), units in changes.carried.units.items()
        if any(isinstance(u, Segment) and not u.old_source for u in units)
    }
    found = {i for j, i in changes.origin.items() if j in fresh}
    later = {i: j for j, i in changes.origin.items()}
    # Whether something fresh is in the run of new blocks behind each block that comes from an old one.
    behind: dict[int, bool] = {-1: False}
    place = -1
    for j in range(len(changes.new.blocks)):
        place = j if j in changes.origin else place
        behind[place] = (j not in changes.origin and j in fresh) or behind.get(place, False)
    place = -1
    for i, block in enumerate(changes.bitext.source.blocks):
        place = later.get(i, place)
        if i not in later and block.kind in PROSE and behind[place]:
            found.add(i)
    return found


def _texts(bitext: Bitext, lost: Sequence[Sentence]) -> Iterator[str]:
    """The text of sentences of the translation, those next to each other in one block together."""
    target = bitext.target
    every = [s for t in sorted({s.block for s in lost}) for s in block_sentences(target, t, bitext.languages[1])]
    stretches = _Stretches((s.start, s.end) for s in lost)
    for (_, gone), run in groupby(every, key=lambda s: (s.block, stretches.have(s))):
        if gone:
            part = list(run)
            yield target.text[part[0].start : part[-1].end]


def dropped_comments(bitext: Bitext, parts: Sequence[str | Segment], listed: Sequence[str]) -> list[str]:
    """The comments of people that a draft (``parts``) no longer has, in the order of the translation.

    Not those that English had there too, and not what people see: beside a segment, or in what is ``listed`` already.
    """
    ours = list(remarks(bitext.target))
    if not ours:
        return []
    draft = "".join(part for part in parts if isinstance(part, str))
    left = Counter(text for *_, text in remarks(parse(draft)))
    seen = [normal(text) for text in (*listed, *(part.old_target for part in parts if isinstance(part, Segment)))]
    groups = {t: g for g, (_, right) in enumerate(bitext.groups) for t in right}
    more = Counter(groups.get(t, -1) for t, *_ in ours)
    more.subtract(bitext.group_of.get(i, -1) for i, *_ in remarks(bitext.source))
    english = normal(bitext.source.text)
    found = []
    for t, _, text in ours:
        left[text] -= 1
        own = more[groups.get(t, -1)] > 0 and inside(text) not in english
        if left[text] < 0 and own and not any(text in one for one in seen):
            found.append(text)
    return found
