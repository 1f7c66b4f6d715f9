"""Finds blocks that a translation already has although its baseline does not, so that they are not added twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from bot.alignment import gale_church
from bot.alignment.bitext import Bitext
from bot.alignment.blocks import Group, align_translation, face
from bot.alignment.sequences import increasing
from bot.document.atoms import apart
from bot.document.boxes import boxes
from bot.document.model import Block, Document
from bot.document.references import labels
from bot.document.segmentation import block_sentences
from bot.document.sentences import normal
from bot.document.structure import pieces
from bot.planning.adopted_tables import SAME, adopt_tables
from bot.planning.by_hand import NOTHING, ByHand
from bot.planning.carry_over import Carried, Human

_SPEAKING: frozenset[Group] = frozenset({"text", "heading", "row"})
"""Groups of blocks that can be matched to their English by their words."""


def adopted_blocks(
    bitext: Bitext, new: Document, origin: Mapping[int, int], carried: Carried, by_hand: ByHand = NOTHING
) -> dict[int, int]:
    """Maps blocks of the ``new`` English that the translation already has to their blocks in the translation.

    ``origin`` maps new English blocks to old ones; blocks in it are skipped. What people rewrote ``by_hand`` where the
    old English is gone may be one too.
    """
    stays = set(origin.values())
    own = [
        t
        for left, right in bitext.groups
        for t in right
        if t not in carried.held
        if not left or (by_hand and stays.isdisjoint(left) and _is_by_hand(t, bitext, by_hand))
    ]
    if not own or len(origin) == len(new.blocks):
        return {}
    place = {}
    for j in origin:
        right = bitext.groups[bitext.group_of[origin[j]]][1]
        if right:
            place[j] = right
    # What moved is between no others.
    kept = {j for j, _ in increasing([(j, place[j][0]) for j in sorted(place)])}
    place = {j: right for j, right in place.items() if j in kept}
    count = len(new.blocks)
    lows = list(accumulate((place[j][-1] if j in place else -1 for j in range(count)), max))
    ends = len(bitext.target.blocks)
    highs = list(accumulate((place[j][0] if j in place else ends for j in reversed(range(count))), min))[::-1]
    adopted: dict[int, int] = {}
    keys = labels(new), labels(bitext.target)
    runs: dict[tuple[int, int], list[int]] = {}
    for j in range(count):
        if j not in origin and new.blocks[j].kind != "front_matter" and not _is_traced(j, new, bitext, carried):
            runs.setdefault((lows[j], highs[j]), []).append(j)
    for (low, high), run in runs.items():
        free = [t for t in own if low < t < high]
        theirs = [bitext.target.blocks[t] for t in free]
        for left, right in align_translation([new.blocks[j] for j in run], theirs) if free else ():
            if not len(left) == len(right) == 1:
                continue
            j, t = run[left[0]], free[right[0]]
            texts = [s.text for s in block_sentences(new, j, bitext.languages[0])]
            there = _is_by_hand(t, bitext, by_hand, texts)
            sides = new.blocks[j], bitext.target.blocks[t]
            english, ours = (pieces((block,), known) for block, known in zip(sides, keys, strict=True))
            if (there or not english - ours) and _says_the_same(
                *sides, bitext.scale, there, alike=bool(english) and english == ours
            ):
                adopted[j] = t
        _adopt_rows(adopted, [j for j in run if j not in adopted], free, new, bitext.target)
    gaps = {j: gap for gap, run in runs.items() for j in run}
    adopt_tables(adopted, {*own}, origin, gaps, (new, bitext.target), bitext.scale)
    _keep_whole_tabs(adopted, new, bitext.target)
    _keep_whole_boxes(adopted, origin, new, bitext.target)
    return adopted


def _adopt_rows(
    adopted: dict[int, int], run: Sequence[int], free: Sequence[int], new: Document, target: Document
) -> None:
    """Adopts rows by a first cell that needs no translation: what the others say may differ, by a typo or so."""
    done = set(adopted.values())
    sides: list[dict[tuple[str, int], list[int]]] = [{}, {}]
    for found, places, document in zip(sides, (run, free), (new, target), strict=True):
        for k in places:
            block = document.blocks[k]
            if block.kind == "row" and len(block.fields) > 1 and any(map(str.isalnum, block.contents[0])):
                found.setdefault((normal(block.contents[0]), len(block.fields)), []).append(k)
    for head, rows in sides[0].items():
        if len(rows) == len(sides[1].get(head, ())) == 1 and sides[1][head][0] not in done:
            adopted[rows[0]] = sides[1][head][0]


def _keep_whole_tabs(adopted: dict[int, int], new: Document, target: Document) -> None:
    """Removes the lines that open or close a tab of prose where the translation does not have the tab as a whole."""
    ends = {j: t for j, t in adopted.items() if new.blocks[j].info == "end_tab"}
    for j, t in tuple(adopted.items()):
        if new.blocks[j].info == "begin_tab":
            end, there = _end_of_tab(new, j), _end_of_tab(target, t)
            if adopted.get(end, -1) == there:
                ends.pop(end, None)
            else:
                del adopted[j]
    for j in ends:
        del adopted[j]


def _keep_whole_boxes(adopted: dict[int, int], origin: Mapping[int, int], new: Document, target: Document) -> None:
    """Removes the lines that open or close a box where the translation does not have the box as a whole.

    With one of them alone, what is in the box of the translation would be outside of it.
    """
    theirs, ours = boxes(new), boxes(target)
    for begin, end in theirs.items():
        if begin in origin or end in origin:
            continue
        if begin not in adopted or adopted.get(end, -1) != ours.get(adopted[begin], -2):
            adopted.pop(begin, None)
            adopted.pop(end, None)


def _end_of_tab(document: Document, begin: int) -> int:
    blocks = document.blocks
    return next((n for n in range(begin, len(blocks)) if blocks[n].info == "end_tab"), len(blocks))


def _is_by_hand(t: int, bitext: Bitext, by_hand: ByHand, english: Sequence[str] = ()) -> bool:
    """Whether people wrote a block of the translation by hand, when it was to translate this English."""
    said = block_sentences(bitext.target, t, bitext.languages[1]) if by_hand else ()
    return any(by_hand.wrote_anew(s.text) and (not english or by_hand.follows(s.text, "", english)) for s in said)


def _is_traced(j: int, new: Document, bitext: Bitext, carried: Carried) -> bool:
    return any(
        isinstance(u, Human) or u.old_source
        for s in block_sentences(new, j, bitext.languages[0])
        for u in carried.units.get((s.block, s.start), [])
    )


def _says_the_same(source: Block, target: Block, scale: float, by_hand: bool, *, alike: bool) -> bool:
    """Whether a block translates an English one; ``alike``: they have the same code, math, references and the like."""
    a, b = face(source), face(target)
    if (a.group, a.tabs, a.within) != (b.group, b.tabs, b.within):
        return False
    if a.group not in _SPEAKING:
        return a.key == b.key
    if alike and not any(map(str.isalpha, "".join(apart("".join(source.contents))[1]))):
        return True  # a formula, in which the two may differ where that does not show
    cost = gale_church.mismatch([a.prose], [b.prose], scale)
    shared = any(not item.startswith("<") for item, _ in a.prose.hard & b.prose.hard)  # a tag is in any text
    if by_hand or shared or a.prose.words & b.prose.words:
        return cost < SAME
    # Length alone is weak evidence: accept it only for a long paragraph with the same number of sentences.
    return cost < SAME / 4 and a.stops == b.stops and min(a.prose.length, b.prose.length * 2) > 80
