"""The order of the sentences of a block in which people moved some by hand: as people have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from bot.alignment.bitext import Bitext
from bot.document.sentences import normal
from bot.messages import Message
from bot.planning.carry_over import Human, Unit
from bot.planning.flags import shortened

NOWHERE = -1
"""The place of what is new, or comes from another block."""

Placed = tuple[int, Unit]
"""A unit, and where in the translation is what it keeps or replaces."""


def earlier_places(bitext: Bitext, held: Sequence[Human], blocks: Sequence[int]) -> Mapping[int, int]:
    """Where sentences were (by their present starts) before people moved some of them; empty if they moved none.

    ``held`` are those that are kept in a new English block: they are mostly from one block of the translation, not
    always the one of ``blocks``, in which it was.
    """
    count = Counter(human.block for human in held) or Counter(blocks[:1])
    return bitext.was(max(count, key=lambda t: count[t])) if count else {}


def in_hand_order(fields: Mapping[int, Sequence[Placed]], was: Mapping[int, int], cells: bool) -> dict[int, list[Unit]]:
    """The units of each field: in the order in which the translation has what they keep or replace.

    ``was`` has for each place in the translation the one before people moved something. What is new follows what it
    follows in the English. Of ``cells``, whole fields are put in that order; new ones replace those that are left.
    Where ``was`` is empty, people moved nothing, and the order is that of the English.
    """
    if not was:
        return {number: [unit for _, unit in placed] for number, placed in fields.items()}
    if not cells:
        return {number: [unit for _, unit in _sorted(placed)] for number, placed in fields.items()}
    places = {number: placed[0][0] for number, placed in fields.items()}
    left = sorted(set(was).difference(places.values()), key=lambda place: was[place])
    new = [number for number, place in places.items() if place == NOWHERE]
    places |= dict(zip(new, left, strict=True)) if len(left) == len(new) else {}
    slots = [number for number, place in places.items() if place != NOWHERE]
    order = dict(zip(slots, sorted(slots, key=lambda number: places[number]), strict=True))
    return {number: [unit for _, unit in fields[order.get(number, number)]] for number in fields}


def _sorted(placed: Sequence[Placed]) -> list[Placed]:
    runs: list[list[Placed]] = []
    for place, unit in placed:
        if runs and place == NOWHERE:
            runs[-1].append((place, unit))
        else:
            runs.append([(place, unit)])
    # What is before the first sentence that is known has no place, and stays there.
    return [one for run in sorted(runs, key=lambda run: run[0][0]) for one in run]


def moved_apart(fields: Mapping[int, Sequence[Placed]], was: Mapping[int, int]) -> bool:
    """Whether English moved sentences of a block in another way than people did."""
    places = [place for placed in fields.values() for place, _ in placed if place != NOWHERE]
    return _moved(places) and _moved([was[place] for place in places])


def kept_order(fields: Mapping[int, Sequence[Unit]]) -> Message:
    """What people are to know where the order is theirs although English has another one."""
    kept = " ".join(normal(u.text) for units in fields.values() for u in units if isinstance(u, Human))
    text = "English and translators moved sentences differently; the order of the translation stays: {text}"
    return Message(text, text=shortened(kept))


def _moved(places: Sequence[int]) -> bool:
    return any(a > b for a, b in pairwise(places))
