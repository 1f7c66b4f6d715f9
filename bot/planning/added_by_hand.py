"""Finds sentences that people wrote by hand for English that was added or rewritten, or that came back since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.alignment import gale_church
from bot.alignment.bitext import Pair
from bot.document.segment import Segment
from bot.document.segmentation import Sentence
from bot.planning.by_hand import ByHand
from bot.planning.carry_over import Carried, Human, Kept

_LIKELY = 1.0
"""Highest alignment cost at which a sentence that people added is taken for a new English one (a guess): it is in the
right place, and was written when that English was there."""


def take_up(
    carried: Carried, pairs: Sequence[Pair], new: Sequence[Sentence], by_hand: ByHand, target: str, scale: float
) -> None:
    """Replaces segments of ``carried`` by the sentences with which people translated them, between the same neighbours.

    ``target`` is the text of the translation, ``scale`` its characters for each English one.
    """
    free = sorted(_free(carried, pairs), key=lambda s: s.start)
    if not free:
        return
    windows = _windows(carried, new)
    for window, run in groupby(range(len(new)), key=windows.get):
        if window is None:
            continue
        fresh = [new[n] for n in run]
        ours = [s for s in free if window[0] <= s.start and s.end <= window[1]]
        sides = [[gale_church.piece(s.text) for s in side] for side in (fresh, ours)]
        for left, right in gale_church.align_sentences(sides[0], sides[1], scale) if ours else ():
            if len(left) != 1 or not right:
                continue
            cost = gale_church.mismatch([sides[0][left[0]]], [sides[1][n] for n in right], scale)
            english, said = fresh[left[0]], [ours[n] for n in right]
            if cost < _LIKELY and all(_follows(s.text, english.text, by_hand) for s in said):
                _settle(carried, english, said, target)


def notice_outdated(carried: Carried, pairs: Sequence[Pair], by_hand: ByHand, target: str) -> None:
    """Lists the translations of English that is as it was recorded, but was not when people wrote them."""
    for pair in pairs:
        english = [s.text for s in pair.source]
        if english and any(by_hand.outdated(s.text, english) for s in pair.target):
            text = target[pair.target[0].start : pair.target[-1].end]
            note = Kept("by hand", "", pair.source_text, text, 0.0, "", applied=False, was=text)
            carried.notes.append((pair.source[0].start, note))


def _follows(text: str, english: str, by_hand: ByHand) -> bool:
    """Another wording of what was there hardly translates English that nothing of the old English resembles."""
    return by_hand.wrote_anew(text) and by_hand.follows(text, "", [english])


def _free(carried: Carried, pairs: Sequence[Pair]) -> Iterator[Sentence]:
    """What no English sentence is known to stand for: it has gone, or there never was one."""
    held = [(u.start, u.end) for units in carried.units.values() for u in units if isinstance(u, Human)]
    for pair in pairs:
        for s in pair.target:
            if s.start not in carried.replaced and not any(start <= s.start and s.end <= end for start, end in held):
                yield s


def _windows(carried: Carried, new: Sequence[Sentence]) -> dict[int, tuple[int, int]]:
    """For each English sentence that came from none: where its translation has to be, between those of its neighbours.

    Only where these are in the order of the English.
    """
    places = [carried.places.get((s.block, s.start)) for s in new]
    lows, highs = [0] * len(new), [0] * len(new)
    low, high = 0, 1 << 60
    for n, place in enumerate(places):
        lows[n] = low
        low = place[1] if place else low
    for n in reversed(range(len(new))):
        highs[n] = high
        place = places[n]
        high = place[0] if place else high
    units = [carried.units.get((s.block, s.start), []) for s in new]
    return {
        n: (lows[n], highs[n])
        for n, unit in enumerate(units)
        if places[n] is None and any(isinstance(u, Segment) and not u.old_source for u in unit) and lows[n] < highs[n]
    }


def _settle(carried: Carried, english: Sentence, said: Sequence[Sentence], target: str) -> None:
    humans = [Human(s.start, s.end, s.block, target[s.start : s.end]) for s in said]
    carried.units[english.block, english.start] = list(humans)
    taken = {h.start for h in humans}
    carried.extras = [extra for extra in carried.extras if extra.start not in taken]
    text = " ".join(h.text for h in humans)
    carried.notes.append((english.start, Kept("by hand", "", english.text, text, 0.0, "", applied=False, was=text)))
