"""Alignment of blocks: a document with its translation, and two versions of the English.

Both are monotone, except for entries that a translation has in another order (``order``); blocks that moved
between versions are found later by the planner. Blocks whose content survives translation (code, math,
labels, pictures) pin the alignment; the dynamic programming of ``gale_church`` decides between the pins.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise
from typing import Literal

from rapidfuzz.fuzz import ratio as text_ratio

from bot.alignment import gale_church
from bot.alignment.alone import paired, with_headers
from bot.alignment.gale_church import BELIEF, Bead, Costs, Evidence, Piece
from bot.alignment.moved_lists import with_moved_lists
from bot.alignment.parts import parts_of, put_together
from bot.alignment.sections import heading_key, within_sections
from bot.alignment.sequences import certain, stretches, unique_pairs
from bot.alignment.version_cost import VersionCost
from bot.document.cells import cell_name
from bot.document.model import PROSE, Block, BlockKind
from bot.document.sentences import normal
from bot.document.tables import UNDER_HEADER
from bot.languages import STOPS, WIDE_STOPS

Group = BlockKind | Literal["text"]
"""Groups of kinds of blocks that can translate each other; paragraphs and captions are ``text``."""

_GROUP: Mapping[BlockKind, Group] = {"row": "row", "caption": "text", "paragraph": "text", "admonition": "admonition"}

_LONG = 20_000
"""Characters of a block of which the similarity is that of its beginning: no block of a real document has so many."""

_MOVES = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2))
_SKIP = 3.0
"""Cost of leaving a block without a partner; a pair that costs more than two of them is refused."""


MARKS, ITEMS = 1 | 2, 4 | 8
"""Bits of a run of blocks: see ``_marks``."""

_STOP = re.compile(rf"[{STOPS}](?=\s|$)|[{WIDE_STOPS}]")


@dataclass(frozen=True)
class Face:
    """The features of a block that alignment uses; ``key`` is equal for content that translation leaves unchanged.

    ``stops`` counts ends of sentences; ``marked`` prose opens with emphasis or a bracket, as notes do; ``code`` is
    the whole text of a code block; ``cell`` is the name of the notebook cell that the block opens. Prose is in
    ``depth`` items and quotes.
    """

    group: Group
    key: str
    info: str
    prose: Piece
    tabs: frozenset[str]
    item: bool
    within: str = ""
    stops: int = 0
    marked: bool = False
    code: str = ""
    cell: str = ""
    depth: int = 0


def face(block: Block) -> Face:
    """The features of a block."""
    kind = block.kind
    item, cell = block.info == "item", cell_name(block)
    if kind == "code":
        key = _code_key(block.text)
        return Face("code", key, block.language, _EMPTY, block.tabs, item, block.within, code=block.text, cell=cell)
    if kind == "cell":
        return Face(kind, cell, block.info, _EMPTY, frozenset(), item, cell=cell)
    if kind in PROSE and block.fields:
        prose = gale_church.piece("\n".join(block.contents))
        key = normal("".join(block.frame)) if kind == "image" or kind == "admonition" else ""
        key = normal(block.contents[0]).casefold() if kind == "heading" else key
        text = block.contents[0]
        stops, marked = len(_STOP.findall(text)), text.startswith(("*", "_", "(", "（", "["))
        return Face(
            _GROUP.get(kind, kind),
            key,
            block.info,
            prose,
            frozenset(),
            item,
            block.within,
            stops,
            marked,
            depth=len(block.nesting),
        )
    return Face(kind, "".join(block.text.split()), block.info, _EMPTY, frozenset(), item, block.within)


_EMPTY = gale_church.piece("")
_STRING = re.compile(r"(\"[^\"]*\"|'[^']*')")
_REMARK = re.compile(r"(^|\s)(#(?!@tab)|//).*")
_FENCE = re.compile(r"`{3}|~{3}|\{[{%]")


@lru_cache(maxsize=512)
def _code_key(text: str) -> str:
    """Code without comments, strings and blank lines: the part that translators leave unchanged."""
    lines = []
    found = text.splitlines()
    for line in found[1:] if _FENCE.search(found[0]) else found:  # imports have no fence
        bare = _REMARK.sub("", _STRING.sub("''", line)).strip()
        if bare and bare.isascii():
            lines.append(bare)
    return "\n".join(lines)


@lru_cache(maxsize=1024)
def _shape(text: str) -> str:
    """The part of code without a language that translation keeps: indentation, marks of trees and diagrams."""
    return re.sub(r"[^\W_]+(?:[^\w\n\[\]{}<>|/\\=+*#$~`\u2190-\u2bff-]+[^\W_]+)*", "w", text.partition("\n")[2])


_SAME_CODE = 0.7
"""Likeness from which two blocks of code are the same one, although their tabs or languages differ (a guess)."""
_BENT = 0.12
"""Relative error of the length ratio from which blocks are aligned a second time."""


def align_translation(source: Sequence[Block], target: Sequence[Block], evidence: Evidence | None = None) -> list[Bead]:
    """Beads of the blocks of an English text and of its translation, in the order of the English, every block once.

    The target side is also in order, except for entries that the translation has in another order.
    """
    left, right = within_sections([face(b) for b in source], [face(b) for b in target])
    scale = gale_church.ratio([f.prose for f in left], [f.prose for f in right])
    parts = parts_of(source, target)

    def aligned(lefts: Sequence[int], rights: Sequence[int], scale: float) -> list[Bead]:
        words = evidence and partial(_picked, evidence, lefts, rights)
        return _aligned([left[i] for i in lefts], [right[j] for j in rights], scale, words)

    beads = put_together(parts, partial(aligned, scale=scale))
    better = _typical_ratio(left, right, beads)
    # Blocks that only one side has distort the first guess; if that may matter, align again without their effect.
    if abs(better / scale - 1) >= _BENT:
        beads = put_together(parts, partial(aligned, scale=better))
    beads = with_moved_lists(beads, source, target, (left, right), better)
    return with_headers(beads, source, target)


def _picked(evidence: Evidence, lefts: Sequence[int], rights: Sequence[int], i: int, di: int, j: int, dj: int) -> float:
    """The evidence for a selection of the blocks, by their indices in the selection."""
    whole = lefts[i + di - 1] - lefts[i] == di - 1 and rights[j + dj - 1] - rights[j] == dj - 1
    return evidence(lefts[i], di, rights[j], dj) if whole else 0.0


def _typical_ratio(left: Sequence[Face], right: Sequence[Face], beads: Sequence[Bead]) -> float:
    """The length ratio over the middle half of the pairs of prose blocks."""
    pairs = [
        (left[a[0]].prose, right[b[0]].prose)
        for a, b in beads
        if len(a) == len(b) == 1 and left[a[0]].group == right[b[0]].group == "text"
    ]
    pairs.sort(key=lambda pair: pair[1].length / pair[0].length)
    middle = pairs[len(pairs) // 4 : len(pairs) - len(pairs) // 4]
    return gale_church.ratio([a for a, _ in middle], [b for _, b in middle]) if pairs else 1.0


def _aligned(left: Sequence[Face], right: Sequence[Face], scale: float, evidence: Evidence | None) -> list[Bead]:
    beads: list[Bead] = []
    i = j = 0
    for pin_i, pin_j in [*_pinned(left, right, scale), (len(left), len(right))]:
        cost = TranslationCost(left[i:pin_i], right[j:pin_j], scale, evidence and partial(_shifted, evidence, i, j))
        found = gale_church.best_path(pin_i - i, pin_j - j, cost, _MOVES)
        beads += [(tuple(i + k for k in a), tuple(j + k for k in b)) for a, b in found]
        if pin_i < len(left):
            beads.append(((pin_i,), (pin_j,)))
        i, j = pin_i + 1, pin_j + 1
    return paired(beads, left, right)


def _pins(left: Sequence[Face], right: Sequence[Face]) -> list[tuple[int, int]]:
    """Pairs of equal content that occurs once on each side and in the same order on both; cells pair by their names."""

    def key(face: Face) -> Hashable:
        if face.cell:
            return face.group, face.cell
        if face.group == "heading":
            return heading_key(face)
        return (face.group, face.key, face.info, face.within, *sorted(face.tabs)) if len(face.key) > 6 else None

    return unique_pairs([key(f) for f in left], [key(f) for f in right])


def _pinned(left: Sequence[Face], right: Sequence[Face], scale: float) -> list[tuple[int, int]]:
    """The pins, and in large gaps between them, prose whose numbers and atoms are unique there."""
    pins: list[tuple[int, int]] = []
    i = j = 0
    for pin in [*_pins(left, right), (len(left), len(right))]:
        pins += [(i + a, j + b) for a, b in _anchors(left[i : pin[0]], right[j : pin[1]], scale)]
        pins.append(pin)
        i, j = pin[0] + 1, pin[1] + 1
    return pins[:-1]


def _anchors(left: Sequence[Face], right: Sequence[Face], scale: float) -> list[tuple[int, int]]:
    if len(left) * len(right) <= gale_church.WHOLE:
        return []
    sides = [[(f.group, f.prose.hard) if f.prose.hard else None for f in faces] for faces in (left, right)]
    return [
        (i, j) for i, j in unique_pairs(*sides) if gale_church.distance(left[i].prose, right[j].prose, scale) < _SKIP
    ]


def _texts(faces: Sequence[Face]) -> dict[int, list[Piece | None]]:
    """By length: the runs of one and of two neighbours as one piece; None if one of them is not text."""
    single = [f.prose if f.group == "text" else None for f in faces]
    double = [gale_church.joined((a, b)) if a and b else None for a, b in pairwise(single)]
    return {1: single, 2: double}


def _marks(faces: Sequence[Face]) -> dict[int, list[int]]:
    """By length: of the runs of one and of two neighbours, whether some are marked (1) and some not (2).

    And whether some are items (4) and some are not (8).
    """
    single = [(1 if f.marked else 2) | (4 if f.item else 8) for f in faces]
    return {1: single, 2: [a | b for a, b in pairwise(single)]}


def _shifted(evidence: Evidence, rows: int, columns: int, i: int, di: int, j: int, dj: int) -> float:
    return evidence(i + rows, di, j + columns, dj)


class TranslationCost:
    """Cost of treating blocks as translations of each other."""

    def __init__(self, left: Sequence[Face], right: Sequence[Face], scale: float, evidence: Evidence | None) -> None:
        self.left, self.right, self.scale, self.evidence = left, right, scale, evidence
        self.texts = _texts(left), _texts(right)
        self.notes = _marks(left), _marks(right)
        self.later = min(0.01, 1 / (len(right) + 1))

    def at_once(self) -> Costs:
        """The same costs, found for many pairs at once."""
        from bot.alignment.grids import TranslationGrid

        return TranslationGrid(self)

    def __call__(self, i: int, di: int, j: int, dj: int) -> float:
        if not di or not dj:
            return _SKIP
        if di == dj == 1:
            # The earlier of two equal blocks is the partner: additions of a translation come after it.
            cost = self.pair(self.left[i], self.right[j]) + self.later * j
            return cost - self.words(i, 1, j, 1) if cost < 99 and self.has_words(i) else cost
        a, b = self.texts[0][di][i], self.texts[1][dj][j]
        if a is None or b is None:
            return 99.0
        ours, theirs = self.notes[0][di][i], self.notes[1][dj][j]
        cost = 3.2 + gale_church.distance(a, b, self.scale)
        cost += (1.0 if (ours ^ theirs) & MARKS else 0.0) + (0.0 if ours & theirs & ITEMS else 1.5)
        return cost - self.words(i, di, j, dj) if self.evidence else cost

    def has_words(self, i: int) -> bool:
        """Whether a source block has prose."""
        return self.left[i].prose is not _EMPTY

    def words(self, i: int, di: int, j: int, dj: int) -> float:
        """What the evidence of words takes off a cost."""
        return BELIEF * self.evidence(i, di, j, dj) if self.evidence else 0.0

    def pair(self, a: Face, b: Face) -> float:
        """The cost of one block on each side, without the evidence of words."""
        if a.group != b.group:
            return 99.0
        if a.group == "code":
            alike = _likeness(a.key, b.key) / 100 if a.key or b.key else 1.0
            if a.tabs != b.tabs and not (_tabs_meet(a.tabs, b.tabs) and alike > _SAME_CODE):
                return 99.0
            if a.info != b.info:  # translators add the language of code, or correct it
                return 5.0 * (1 - alike) + 1 if a.key and alike > _SAME_CODE else 99.0
            if alike > 0.3:
                return 5.0 * (1 - alike) - (1 if a.tabs == b.tabs else 0)
            # Words, mostly in another script: only the shape of the lines can be compared.
            words = min(len(a.key), len(b.key)) < max(len(a.key), len(b.key)) / 2
            return 4.5 if words and _likeness(_shape(a.code), _shape(b.code)) > 70 else 7.0
        if a.group in ("front_matter", "cell"):  # a text has one front matter only, however different in size
            return -3.0 if a.group == "front_matter" else -1.0
        if a.group in ("math", "html", "markup", "directive", "rule"):
            if a.group == "directive" and (a.info, a.within) != (b.info, b.within):
                return 99.0
            return 6.5 * (1 - _likeness(a.key, b.key) / 100) - 1
        cost = gale_church.distance(a.prose, b.prose, self.scale)
        if a.group == "heading":
            return cost * 0.5 + (0.0 if a.info == b.info else 4.0) - 1
        if a.group in ("image", "admonition"):
            if _EMPTY in (a.prose, b.prose):  # only one of them has a title
                cost = 0.0
            return min(cost, 5.0) + 4 * (1 - _likeness(a.key, b.key) / 100) - 1.5
        cost += 0.3 * min(3, abs(a.stops - b.stops)) + (0.0 if a.marked == b.marked else 0.7)
        cost = cost + (0.0 if a.item == b.item else 1.5) + (0.0 if a.within == b.within else 3.0)
        return cost + (0.0 if a.depth == b.depth else 1.0)


def _likeness(one: str, other: str) -> float:
    """The similarity (0 to 100) of two texts, of their beginnings if they are very long."""
    return text_ratio(one[:_LONG], other[:_LONG])


def _tabs_meet(source: frozenset[str], target: frozenset[str]) -> bool:
    """Whether translators may have added the name of their framework to those of the English, or named them at all."""
    return bool(source & target) or (source <= {"all"} and (len(target) > 1 or (not source and "all" in target)))


def align_versions(old: Sequence[Block], new: Sequence[Block]) -> list[Bead]:
    """Beads of at most one block per side: the same block in two versions of one text, in order."""
    beads: list[Bead] = []
    keys = [identity(b) for b in old], [identity(b) for b in new]
    for part in certain(stretches(*keys), *keys):
        a, b = part.a, part.b
        if part.same:
            beads += [((a + k,), (b + k,)) for k in range(part.a_end - a)]
        else:
            cost = VersionCost(old[a : part.a_end], new[b : part.b_end])
            path = gale_church.best_path(part.a_end - a, part.b_end - b, cost, _MOVES[:3])
            beads += [(tuple(a + k for k in x), tuple(b + k for k in y)) for x, y in path]
    return beads


def identity(block: Block) -> tuple[str, str]:
    """Equal for two blocks that differ only in white space other than hard breaks (in code: trailing white space)."""
    if block.kind == "code":
        return "code" + block.nesting, "\n".join(line.rstrip() for line in block.text.strip().splitlines())
    if block.info in ("begin_tab", "end_tab") and not block.fields:
        return block.info, block.within
    if block.kind == "front_matter":
        return block.kind, block.text.rstrip()
    if block.kind == "markup" and UNDER_HEADER.fullmatch(block.text):
        return block.kind + block.nesting, re.sub(r"-+", "-", "".join(block.text.split()))
    # The two ways to write a hard break are equal; one more or less is a change.
    text = " ".join((*block.contents, *block.frame)).replace("  \n", " \\\n") if block.fields else block.text
    return block.kind + block.nesting, normal(text)
