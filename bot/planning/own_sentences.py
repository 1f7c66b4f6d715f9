"""Sentences that only the translation has, put back into a block: also those that are the new English there already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.alignment.columns import agree
from bot.document.atoms import atoms
from bot.document.images import images
from bot.document.model import Block, Document
from bot.document.segment import Segment
from bot.document.segmentation import block_sentences
from bot.document.sentences import speaks
from bot.planning.carry_over import Human, Unit
from bot.planning.token_merge import squeezed

Filling = dict[int, list[Unit]]
"""What a block becomes, by the number of its field."""


def fill_cells(
    filling: Filling, english: Block, old: Block, target: Document, t: int, own: Iterable[Human]
) -> list[str]:
    """Fills cells that English added to a row with those that only the row ``t`` of the translation has there.

    Returns the English of these cells: the translation had them before.
    """
    row = target.blocks[t]
    if not (english.kind == row.kind == "row" and len(row.fields) == len(english.fields) > len(old.fields)):
        return []
    fields = {s.start: s.field for s in block_sentences(target, t, "")}
    found = []
    for extra in own:
        number = fields.get(extra.start, -1)
        units = filling.get(number, [])
        new = [unit.source for unit in units if isinstance(unit, Segment) and not unit.old_source]
        if new and len(new) == len(units) and agree(" ".join(new), extra.text):
            found += new
            filling[number] = [extra]
    return found


def own_columns(filling: Filling, target: Document, t: int, own: Iterable[Human], starts: Mapping[int, int]) -> Filling:
    """What the row ``t`` of the translation becomes, by its own cells: it has some in columns that English has not.

    ``starts`` is where what each field of ``filling`` keeps or replaces is in the translation. Empty if not every cell
    is known to stay in its column.
    """
    row = target.blocks[t]
    held = {id(unit) for units in filling.values() for unit in units}
    rest = [extra for extra in own if id(extra) not in held]
    if row.kind != "row" or not rest:
        return {}
    fields = {s.start: s.field for s in block_sentences(target, t, "")}
    places = [fields.get(starts.get(number, -1), -1) for number in sorted(filling)]
    ours: Filling = {fields.get(extra.start, -1): [extra] for extra in rest}
    if places != sorted({*places}) or sorted([*places, *ours]) != list(range(len(row.fields))):
        return {}
    found: Filling = {place: filling[number] for number, place in zip(sorted(filling), places, strict=True)}
    return found | ours


def drop_repeated(filling: Filling, before: Iterable[Block], ours: Iterable[Block]) -> list[str]:
    """Drops pictures, tags and the like that English added to a block and that the translation had there before.

    ``before`` are the old English blocks that ``ours`` translate. Returns what it dropped.
    """
    surplus, had = (Counter(a for b in side for text in b.contents for a in atoms(text)) for side in (ours, before))
    surplus -= had
    found = []
    for number, units in filling.items():
        if not any(isinstance(unit, Human) for unit in units):
            continue
        rest: list[Unit] = []
        for unit in units:
            if isinstance(unit, Human) or unit.old_source or speaks(unit.source):
                rest.append(unit)
                continue
            left = unit.source
            pictures = images(left, 0)
            for piece in [picture[0] for picture in pictures] or [left]:
                need = Counter(atoms(piece))
                if need and need <= surplus:
                    surplus -= need
                    found.append(piece)
                    left = left.replace(piece, "", 1).strip()
            rest += [replace(unit, source=left)] if left else []
        filling[number] = rest
    return found


def add_own(filling: Filling, own: Iterable[Human], target: str) -> None:
    """Inserts the translation's ``own`` sentences after those that they followed before, if they are not there yet."""
    for extra in own:
        homes = [(n, k, u) for n, units in filling.items() for k, u in enumerate(units)]
        if any(u is extra for _, _, u in homes):
            continue
        behind = [(n, k) for n, k, u in homes if isinstance(u, Segment) and _follows(extra, u, target)]
        if behind:
            n, k = behind[-1]
            filling[n].insert(k + 1, extra)
            continue
        before = [(u.end, n, k) for n, k, u in homes if isinstance(u, Human) and u.end <= extra.start]
        if before:
            _, n, k = max(before)
            filling[n].insert(k + 1, extra)
        else:
            filling[min(filling)].insert(0, extra)


def _follows(extra: Human, segment: Segment, target: str) -> bool:
    """Whether a sentence of the translation was directly behind what a segment replaces."""
    found = squeezed(segment.old_target)
    before = target[max(0, extra.start - 2 * len(segment.old_target) - 80) : extra.start]
    return bool(found) and squeezed(before).endswith(found)
