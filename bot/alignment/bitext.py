"""Sentence pairs of an English document and its translation: used by the planner, and stored in the translation memory.

A ``Pair`` joins the English sentences of one bead with the stretch of target text that translates them.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.alignment import gale_church
from bot.alignment.blocks import align_translation
from bot.alignment.columns import TablePair, table_pairs, translation_cost
from bot.alignment.followed import Followed, Moved
from bot.alignment.gale_church import Bead
from bot.alignment.gather import gathered
from bot.alignment.table_cells import align_cells
from bot.document import front_matter
from bot.document.model import PROSE, Block, Document
from bot.document.phrases import has_phrases
from bot.document.recent import Recent
from bot.document.segmentation import WHOLE, Sentence, block_sentences
from bot.document.sentences import letters
from bot.document.tables import cell_texts, column_fields

if TYPE_CHECKING:
    from bot.alignment.lexicon import Lexicon


@dataclass(frozen=True)
class Pair:
    """Source and target sentences that translate each other; either side may be empty."""

    source: tuple[Sentence, ...]
    target: tuple[Sentence, ...]

    @cached_property
    def source_text(self) -> str:
        return " ".join(s.text for s in self.source)


_SWAYED = 1.2
"""From how many times the scale without what people added that of the whole is no scale of a translation (a guess)."""


def _texts(blocks: Sequence[Block]) -> list[str]:
    """The prose of each block; empty if it has none."""
    return ["\n".join(b.contents) if b.kind in PROSE else "" for b in blocks]


def _prose(document: Document) -> list[str]:
    """The texts of the blocks with prose."""
    return ["\n".join(b.contents) for b in document.blocks if b.kind in PROSE and b.fields]


_kept = Recent[list[Bead]](1_000_000)  # the plan and the parallel data ask for those of the same documents


def _layout(document: Document) -> tuple[Hashable, ...]:
    """What the flavour makes of the text of a document."""
    return tuple((b.kind, b.info, b.within, b.nesting, len(b.text), b.fields) for b in document.blocks)


def _form(block: Block) -> tuple[str, ...]:
    return block.kind, block.info, block.within, block.nesting


class Bitext:
    """A document and its translation; blocks are aligned at once, sentences on demand."""

    def __init__(
        self,
        source: Document,
        target: Document,
        source_language: str,
        target_language: str,
        lexicon: Lexicon | None = None,
        added: Callable[[str], bool] = lambda text: False,
        recorded: Document | None = None,
    ) -> None:
        """``added`` tells which sentences of the target are known to translate nothing of the source.

        ``recorded`` is the target when the source was recorded for it, if it has changed since: where people moved
        blocks, or sentences in one, those of then are aligned, and followed to where they are now. ``order`` has the
        numbers of the blocks of the target in the order of then; None if people moved none.
        """
        self.added = added
        self.source, self.target = source, target
        self.languages = source_language, target_language
        self.lexicon = lexicon
        self._followed = Followed(recorded, target, target_language) if recorded else None
        self._moved: dict[tuple[int, ...], Moved | None] = {}
        self.order = self._followed.order() if self._followed else None
        self.groups = self._aligned_blocks(self.order)
        self.group_of = {i: g for g, (left, _) in enumerate(self.groups) for i in left}

    def _aligned_blocks(self, order: Sequence[int] | None = None) -> list[Bead]:
        """The groups of blocks that translate each other; ``order`` is that of the target when it was recorded."""
        shorter = self._shorter
        places = order or range(len(self.target.blocks))
        blocks = [shorter.get(t, self.target.blocks[t]) for t in places]
        evidence = self.lexicon.between(_texts(self.source.blocks), _texts(blocks)) if self.lexicon else None
        if not order and not evidence and not shorter:
            return _kept.get(
                f"{self.source.text}\0{self.target.text}",
                hash((_layout(self.source), _layout(self.target))),
                lambda: align_translation(self.source.blocks, blocks),
            )
        groups = align_translation(self.source.blocks, blocks, evidence)
        if not order:
            return groups
        now = [(left, tuple(sorted(order[t] for t in right))) for left, right in groups]
        # Blocks that translate one another together are neighbours.
        apart = any(right and right[-1] - right[0] >= len(right) for _, right in now)
        return self._aligned_blocks() if apart else now

    @cached_property
    def _shorter(self) -> dict[int, Block]:
        """The blocks that people only made longer, as they were recorded: they translate what they did."""
        if not self._followed:
            return {}
        before, language, found = self._followed.before, self.languages[1], dict[int, Block]()
        for t, block in enumerate(self.target.blocks):
            said = [s.text for s in block_sentences(self.target, t, language)]
            rest = [text for text in said if not self.added(text)]
            if not rest or len(rest) == len(said) or (b := self._followed.origins.get(t)) is None:
                continue
            was = [letters(s.text) for s in block_sentences(before, b, language)]
            if list(map(letters, rest)) == was and _form(before.blocks[b]) == _form(block):
                found[t] = before.blocks[b]
        return found

    @cached_property
    def scale(self) -> float:
        """Target characters per source character in the prose of this document."""
        return gale_church.ratio(*(map(gale_church.piece, _prose(side)) for side in (self.source, self.target)))

    @cached_property
    def _scale_of_the_rest(self) -> float:
        """The scale without what people added."""
        target, language = self.target, self.languages[1]
        prose = (i for i, b in enumerate(target.blocks) if b.kind in PROSE and b.fields)
        rest = (t.text for i in prose for t in block_sentences(target, i, language) if not self.added(t.text))
        return gale_church.ratio(map(gale_church.piece, _prose(self.source)), map(gale_church.piece, rest))

    @cached_property
    def tables(self) -> dict[int, TablePair]:
        """The tables of both sides with their columns, by the header in the source."""
        rows = [(left[0], right[0]) for left, right in self.groups if len(left) == len(right) == 1]
        documents = (self.source, self.target)
        sides = [["\n".join(b.contents) for b in d.blocks if b.kind in PROSE and b.kind != "row"] for d in documents]
        # Columns that only one side has would sway the scale.
        scale = gale_church.ratio(*(map(gale_church.piece, texts) for texts in sides)) if all(sides) else self.scale
        return table_pairs(self.source, self.target, rows, translation_cost(scale))

    @cached_property
    def table_of(self) -> tuple[dict[int, TablePair], dict[int, TablePair]]:
        """For each row of the source, and of the target, that is in a table of both: the pair of that table."""
        found = self.tables.values()
        return {i: p for p in found for i in p.table.lines}, {t: p for p in found for t in p.other.lines}

    def pairs(self, group: int) -> tuple[Pair, ...]:
        """The sentence pairs of one group of blocks, in source order."""
        left, right = self.groups[group]
        source = [s for i in left for s in block_sentences(self.source, i, self.languages[0])]
        target = [s for j in right for s in block_sentences(self.target, j, self.languages[1])]
        if not source or not target:
            return tuple(Pair((s,), ()) for s in source) + tuple(Pair((), (t,)) for t in target)
        if self.source.blocks[left[0]].kind == "front_matter":
            return tuple(self._by_key(left[0], right[0], source, target))
        if moved := self._moved_in(tuple(right)):
            return tuple(_now(self._paired(left, source, list(moved.before)), moved))
        return self._by_column(left, source, target) or self._paired(left, source, target)

    def was(self, block: int) -> Mapping[int, int]:
        """Where each sentence of the group of a target block (by its start) was when recorded, if people moved one."""
        moved = self._moved_in(self._together.get(block, (block,)))
        return moved.places if moved else {}

    @cached_property
    def _together(self) -> dict[int, tuple[int, ...]]:
        return {t: right for _, right in self.groups for t in right}

    def _moved_in(self, blocks: tuple[int, ...]) -> Moved | None:
        if blocks not in self._moved:
            self._moved[blocks] = self._followed.moved(blocks) if self._followed and blocks else None
        return self._moved[blocks]

    def _paired(self, left: Sequence[int], source: list[Sentence], target: list[Sentence]) -> tuple[Pair, ...]:
        whole = any(self.source.blocks[i].kind in WHOLE for i in left)
        own = [] if whole else [t for t in target if self.added(t.text)]
        if not own or not self._needless(source, target, own):
            own = [] if whole else _notes(source, target)
        target = [t for t in target if t not in own]
        return tuple(_beside(self._aligned(left, source, target), own))

    def _needless(self, source: Sequence[Sentence], target: Sequence[Sentence], own: Sequence[Sentence]) -> bool:
        """Whether the others alone are as many as the English, or have a length nearer to it and fit it better.

        Most sentences that people add translate what a translation of the same English lacked: of 61 in Chinese, all
        but two. In a short document what they added sways its scale, which then is that of the others.
        """
        others = [t for t in target if t not in own]
        if len(others) >= len(source):
            return True
        rest_scale, ours = self._scale_of_the_rest, [gale_church.piece(s.text) for s in source]
        scale = self.scale if self.scale < _SWAYED * rest_scale else rest_scale
        theirs, rest = ([gale_church.piece(t.text) for t in side] for side in (target, others))
        english = scale * sum(len(s.text) for s in source)
        whole, left = (sum(len(t.text) for t in side) for side in (target, others))
        nearer = bool(others) and abs(left - english) < abs(whole - english)
        return nearer and gale_church.misfit(ours, rest, rest_scale) < gale_church.misfit(ours, theirs, self.scale)

    def _aligned(self, left: Sequence[int], source: list[Sentence], target: list[Sentence]) -> tuple[Pair, ...]:
        if has_phrases(self.languages[1]):
            target = gathered(source, target, self.scale)
        alone = len(source) == len(target) == 1
        if alone or (len(source) == len(target) and all(self.source.blocks[i].kind in WHOLE for i in left)):
            return tuple(Pair((s,), (t,)) for s, t in zip(source, target, strict=True))
        ours, theirs = ([gale_church.piece(s.text) for s in side] for side in (source, target))
        row = len(left) == 1 and self.source.blocks[left[0]].kind == "row"
        if row:
            beads = align_cells(ours, theirs, self.scale)
        elif (lexicon := self.lexicon) and len(source) + len(target) > 2:
            evidence = lexicon.between([s.text for s in source], [t.text for t in target])
            beads = gale_church.align_sentences(
                ours, theirs, self.scale, evidence, lambda n: lexicon.evidence(source[n].text, target[n].text) > 0
            )
        else:
            beads = gale_church.align_sentences(ours, theirs, self.scale)
        pairs = [Pair(tuple(source[n] for n in a), tuple(target[n] for n in b)) for a, b in beads]
        return tuple(pairs if row else _balanced(pairs))

    def _by_column(
        self, left: Sequence[int], source: Sequence[Sentence], target: Sequence[Sentence]
    ) -> tuple[Pair, ...]:
        """The pairs of the cells of a row, by the columns of its table; none if it is in no table of both sides."""
        found = self.table_of[0].get(left[0]) if len(left) == 1 else None
        if found is None or any(self.table_of[1].get(t.block) is not found for t in target):
            return ()
        sides = (self.source.blocks[left[0]], found.table), (self.target.blocks[target[0].block], found.other)
        if len({t.block for t in target}) > 1 or any(len(cell_texts(b)) > table.width for b, table in sides):
            return ()
        theirs, ours = (column_fields(block) for block, _ in sides)
        by_column = {ours[t.field]: t for t in target}
        partners = [by_column.pop(found.columns[theirs[s.field]], None) for s in source]
        pairs = [Pair((s,), (t,) if t else ()) for s, t in zip(source, partners, strict=True)]
        return (*pairs, *(Pair((), (t,)) for t in by_column.values()))

    def _by_key(self, i: int, j: int, source: list[Sentence], target: list[Sentence]) -> Iterator[Pair]:
        """The pairs of a front matter: the values of the same key translate each other."""
        partner = front_matter.partners(self.source.blocks[i].text, self.target.blocks[j].text)
        for number in range(len(self.source.blocks[i].fields)):
            left = tuple(s for s in source if s.field == number)
            right = tuple(t for t in target if t.field == partner.get(number, -1))
            if len(left) == len(right):
                yield from (Pair((s,), (t,)) for s, t in zip(left, right, strict=True))
            else:
                yield Pair(left, right)


_NOTE = re.compile(r"(?![(\[]\*\*)[(（\[【〔].*[)）\]】〕][.。]?|([*_])(?![\s*_]).*(?<![\s*_])\1", re.DOTALL)


def _notes(source: Sequence[Sentence], target: Sequence[Sentence]) -> list[Sentence]:
    """Whole sentences in brackets or in emphasis that only the translation has: notes of the translators.

    Not if the English has one too, or if too few others are left for the English (a guess).
    """
    own = [t for t in target if _NOTE.fullmatch(t.text) and not t.atoms]
    noted = any(_NOTE.fullmatch(s.text) for s in source)
    return own if own and not noted and len(target) - len(own) >= len(source) else []


def _beside(pairs: Sequence[Pair], own: Sequence[Sentence]) -> Iterator[Pair]:
    """The pairs, and those of the translators' ``own`` sentences that are not between two sentences of one pair.

    What is between them is in that pair too: a draft keeps all of its stretch, and would have it twice.
    """
    for pair in pairs:
        first, last = (pair.target[0].start, pair.target[-1].start) if pair.target else (0, 0)
        between = [t for t in own if first < t.start < last]
        own = [t for t in own if t not in between]
        yield Pair(pair.source, tuple(sorted((*pair.target, *between), key=lambda t: t.start))) if between else pair
    yield from (Pair((), (t,)) for t in own)


def _now(pairs: Sequence[Pair], moved: Moved) -> Iterator[Pair]:
    """The pairs of the target as it was recorded, with its sentences as they are now, in source order.

    Those of one pair stay neighbours: what is between them now is in that pair too.
    """
    beads: list[tuple[list[int], tuple[Sentence, ...]]] = [
        (sorted({m for t in p.target for m in moved.within(t.start, t.end)}), p.source) for p in pairs
    ]
    known = {m for places, _ in beads for m in places}
    beads += [([m], ()) for m in range(len(moved.now)) if m not in known]
    runs: list[tuple[int, int, list[Sentence]]] = [(0, 0, list(said)) for places, said in beads if not places]
    for places, sentences in sorted((bead for bead in beads if bead[0]), key=lambda bead: bead[0][0]):
        if places[0] < (runs[-1][1] if runs else 0):
            start, end, others = runs.pop()
            runs.append((start, max(end, places[-1] + 1), [*others, *sentences]))
        else:
            runs.append((places[0], places[-1] + 1, list(sentences)))
    for start, end, said in sorted(runs, key=lambda run: min((s.start for s in run[2]), default=sys.maxsize)):
        if said:
            yield Pair(tuple(sorted(said, key=lambda s: s.start)), moved.now[start:end])
        else:
            yield from (Pair((), (t,)) for t in moved.now[start:end])


def _balanced(pairs: list[Pair]) -> list[Pair]:
    """Joins neighbours if one lacks an atom that is surplus in the other, since that bead was split wrongly."""
    out: list[Pair] = []
    before = _drift(Pair((), ()))
    for pair in pairs:
        here = _drift(pair)
        if before[0] & here[1] or before[1] & here[0]:
            out[-1] = Pair(out[-1].source + pair.source, out[-1].target + pair.target)
            before = _drift(out[-1])
        else:
            out.append(pair)
            before = here
    return out


def _drift(pair: Pair) -> tuple[Counter[str], Counter[str]]:
    """The atoms that are missing in the target, and those that are surplus."""
    source, target = _atoms(pair.source), _atoms(pair.target)
    if source == target:
        return Counter(), Counter()
    return Counter(source) - Counter(target), Counter(target) - Counter(source)


def _atoms(side: tuple[Sentence, ...]) -> list[str]:
    return [a for s in side for a in s.atoms]
