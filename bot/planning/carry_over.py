"""Decides what happens to translated sentences when their English is edited: kept, mended or translated again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from bot.alignment.bitext import Pair
from bot.contracts import SmallEdits
from bot.document.edits import MENDED, SMALL, Edit, EditKind, compare, mend, similarity, swap_named_links
from bot.document.marks import marks
from bot.document.segment import Segment
from bot.document.segmentation import Sentence
from bot.document.sentences import normal
from bot.planning.tracing import Trace


@dataclass(frozen=True)
class Human:
    """A stretch of the translation that is kept: code points ``start`` to ``end``, in block ``block``.

    ``text`` differs from that stretch only where atoms or markup were carried over; ``lead`` is as in ``Segment``.
    """

    start: int
    end: int
    block: int
    text: str
    lead: str = ""


Unit = Human | Segment


_REWRITTEN: tuple[EditKind, ...] = ("new", "changed")


@dataclass(frozen=True)
class Kept:
    """A human sentence that is kept although its English was edited; ``kind`` is the edit kind from ``compare``.

    ``applied`` means that the edit itself (an atom, a mark) was carried over into the translation.
    """

    kind: EditKind
    old: str
    new: str
    target: str
    similarity: float
    words: str
    applied: bool


@dataclass
class Carried:
    """Units by new English sentence (block, start); ``extras`` are sentences that only the translation has.

    ``replaced`` are the starts of the sentences of the translation that are shown beside the segments replacing them.
    """

    units: dict[tuple[int, int], list[Unit]] = field(default_factory=dict)
    extras: list[Human] = field(default_factory=list)
    notes: list[tuple[int, Kept]] = field(default_factory=list)
    replaced: set[int] = field(default_factory=set)

    @cached_property
    def held(self) -> frozenset[int]:
        """The blocks of the translation of which a sentence is kept."""
        return frozenset(u.block for units in self.units.values() for u in units if isinstance(u, Human))

    @property
    def kept(self) -> tuple[Kept, ...]:
        """The kept sentences, in the order of the new English."""
        return tuple(k for _, k in sorted(self.notes, key=lambda note: note[0]))


def carry(
    pairs: Sequence[Pair],
    new: Sequence[Sentence],
    old: Sequence[Sentence],
    traced: Trace,
    target: str,
    small_edits: SmallEdits,
) -> Carried:
    """Decides what each ``new`` sentence becomes; ``target`` is the whole text of the translation."""
    out = Carried()
    pair_of = {(s.block, s.start): n for n, pair in enumerate(pairs) for s in pair.source}
    members: dict[int, set[int]] = {}
    parts_of: dict[int, set[int]] = {}
    for n in range(len(new)):
        found = {
            pair_of[old[m].block, old[m].start] for m in traced.get(n, ()) if (old[m].block, old[m].start) in pair_of
        }
        parts_of[n] = found
        for p in found:
            members.setdefault(p, set()).add(n)
    seen: set[int] = set()
    for n in range(len(new)):
        if n in seen:
            continue
        sentences, beads = _component(n, members, parts_of)
        seen |= sentences
        _decide([new[k] for k in sorted(sentences)], [pairs[p] for p in sorted(beads)], target, small_edits, out)
    out.extras = [_human(pair.target, target) for pair in pairs if not pair.source]
    return out


def _component(start: int, members: dict[int, set[int]], parts_of: dict[int, set[int]]) -> tuple[set[int], set[int]]:
    sentences, beads, todo = {start}, set[int](), [start]
    while todo:
        for p in parts_of[todo.pop()] - beads:
            beads.add(p)
            todo += members[p] - sentences
            sentences |= members[p]
    return sentences, beads


def _human(sentences: Sequence[Sentence], target: str) -> Human:
    start, end = sentences[0].start, sentences[-1].end
    return Human(start, end, sentences[0].block, target[start:end])


def _decide(new: Sequence[Sentence], pairs: Sequence[Pair], target: str, small_edits: SmallEdits, out: Carried) -> None:
    before = " ".join(s.text for p in pairs for s in p.source)
    after = " ".join(s.text for s in new)
    ours = [_human(p.target, target) for p in pairs if p.target]
    edit = compare(before, after) if pairs else Edit("new", 0.0, "")
    # As many blocks as before: translators combined several of them in one, and that translation still holds.
    # Cells of one row must not run together.
    fields = {(s.block, s.field) for s in new}, {(s.block, s.field) for p in pairs for s in p.source}
    together = len(fields[0]) == len(fields[1]) or (len(fields[0]) == 1 and all(f == 0 for _, f in fields[1]))
    keeps = together and edit.kind not in _REWRITTEN and (edit.kind != "small" or small_edits == "keep")
    if edit.kind == "small" and not _small_each(new, pairs):
        keeps = False
    english = [p for p in pairs if _is_english(p, target)]
    if edit.kind != "same" and english:
        keeps = False  # English that an earlier draft left is no translation: it has to become the new English
    for sentence in new:
        out.units[sentence.block, sentence.start] = []
    if edit.kind == "changed" and together and len(ours) == 1:
        text = swap_named_links(before, after, ours[0].text)
        if text is not None and text != ours[0].text:
            edit = Edit("atoms", edit.similarity, edit.words)
            out.units[new[0].block, new[0].start] = [replace(ours[0], text=text)]
            out.notes.append((new[0].start, _kept(edit, before, after, text, applied=True)))
            return
    if not keeps:
        said = " ".join(_human(p.target, target).text for p in pairs if p.target and p not in english)
        out.replaced.update(s.start for p in pairs for s in p.target)
        for sentence in new:
            single = edit if len(new) == 1 else (compare(before, sentence.text) if pairs else edit)
            segment = Segment(sentence.text, "", before, said, round(single.similarity, 3), single.words)
            out.units[sentence.block, sentence.start] = [segment]
        return
    units, applied = _mended(edit, before, after, ours, target)
    out.units[new[0].block, new[0].start] = list(units)
    if edit.kind != "same" and units:
        said = " ".join(h.text for h in units)
        out.notes.append((new[0].start, _kept(edit, before, after, said, applied=applied)))


def _is_english(pair: Pair, target: str) -> bool:
    """Whether the translation of a pair is its English, however short: a name may be, but such edits are rare."""
    return bool(pair.target) and normal(_human(pair.target, target).text) == normal(pair.source_text)


def _kept(edit: Edit, before: str, after: str, text: str, *, applied: bool) -> Kept:
    return Kept(edit.kind, before, after, text, round(edit.similarity, 3), edit.words, applied)


def _small_each(new: Sequence[Sentence], pairs: Sequence[Pair]) -> bool:
    """Whether each sentence on its own is similar to an old one: a long bead must not hide a rewritten one."""
    old = [s.text for p in pairs for s in p.source]
    return len(new) == len(old) == 1 or all(max(similarity(o, s.text) for o in old) >= SMALL for s in new)


def _one_stretch(ours: list[Human], target: str) -> list[Human]:
    """Joins neighbouring stretches of one block into one, including the text between them."""
    apart = any(a.block != b.block or target[a.end : b.start].strip() for a, b in pairwise(ours))
    first, last = ours[0], ours[-1]
    return ours if apart else [Human(first.start, last.end, first.block, target[first.start : last.end])]


def _mended(edit: Edit, before: str, after: str, ours: list[Human], target: str) -> tuple[list[Human], bool]:
    """The human text, with those parts of the edit that can be carried over without guessing."""
    if len(ours) > 1 and edit.kind in MENDED:
        ours = _one_stretch(ours, target)
    if len(ours) != 1:
        return ours, False
    human = ours[0]
    text = mend(edit.kind, before, after, human.text)
    if text is None:
        return ours, False
    done = text != human.text or (edit.kind == "atoms" and bool(set(marks(after)) - set(marks(before))))
    return [Human(human.start, human.end, human.block, text)], done
