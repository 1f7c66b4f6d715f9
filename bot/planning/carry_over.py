"""Decides what happens to translated sentences when their English is edited: kept, mended or translated again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Literal

from bot.alignment import gale_church
from bot.alignment.bitext import Pair
from bot.contracts import SmallEdits
from bot.document.atoms import atoms
from bot.document.edits import MENDED, SMALL, Edit, EditKind, compare, mend, similarity, swap_named_links
from bot.document.emphasis import spans, uncarried
from bot.document.marks import marks
from bot.document.segment import Segment
from bot.document.segmentation import Sentence
from bot.document.sentences import normal, speaks
from bot.planning.ahead import is_ahead
from bot.planning.by_hand import NOTHING, ByHand
from bot.planning.tracing import Trace
from bot.review.leftovers import is_left


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
_REWORDED: tuple[EditKind, ...] = ("atoms", "small", "changed")


KeptKind = EditKind | Literal["by hand"]
"""The kind of the edit, or ``by hand``: people changed the sentence after its English had changed."""


@dataclass(frozen=True)
class Kept:
    """A human sentence that is kept although its English was edited; ``old`` is empty if that is new.

    ``applied`` means that the edit itself (an atom, a mark) was carried over into the translation, which was ``was``.
    """

    kind: KeptKind
    old: str
    new: str
    target: str
    similarity: float
    words: str
    applied: bool
    was: str = ""


@dataclass
class Carried:
    """Units by new English sentence (block, start); ``extras`` are sentences that only the translation has.

    ``replaced`` are the starts of the sentences of the translation that are shown beside the segments replacing them,
    ``unshown`` of those that something without words replaces. ``places`` is where the translation of a sentence was
    (start and end); ``absent`` are edits, before and after, of sentences that have no translation and get none.
    """

    units: dict[tuple[int, int], list[Unit]] = field(default_factory=dict)
    extras: list[Human] = field(default_factory=list)
    notes: list[tuple[int, Kept]] = field(default_factory=list)
    replaced: set[int] = field(default_factory=set)
    unshown: set[int] = field(default_factory=set)
    places: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    absent: list[tuple[str, str]] = field(default_factory=list)

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
    by_hand: ByHand = NOTHING,
    language: str = "",
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
        together = [new[k] for k in sorted(sentences)]
        _decide(together, [pairs[p] for p in sorted(beads)], target, small_edits, by_hand, language, out)
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


def _decide(
    new: Sequence[Sentence],
    pairs: Sequence[Pair],
    target: str,
    small_edits: SmallEdits,
    by_hand: ByHand,
    language: str,
    out: Carried,
) -> None:
    before = " ".join(s.text for p in pairs for s in p.source)
    after = " ".join(s.text for s in new)
    ours = [_human(p.target, target) for p in pairs if p.target]
    edit = compare(before, after) if pairs else Edit("new", 0.0, "")
    # As many blocks as before: translators combined several of them in one, and that translation still holds.
    # Cells of one row must not run together.
    fields = {(s.block, s.field) for s in new}, {(s.block, s.field) for p in pairs for s in p.source}
    together = len(fields[0]) == len(fields[1]) or (len(fields[0]) == 1 and all(f == 0 for _, f in fields[1]))
    if not together and (each := _one_by_one(new, pairs)):
        for sentence, pair in each:
            _decide([sentence], [pair], target, small_edits, by_hand, language, out)
        return
    keeps = together and edit.kind not in _REWRITTEN and (edit.kind != "small" or small_edits == "keep")
    if edit.kind == "small" and not _small_each(new, pairs):
        keeps = False
    english = [p for p in pairs if _is_english(p, target)]
    if english and _is_name(edit, before, after, ours, target):
        english = []
    if edit.kind != "same" and english:
        keeps = False  # English that an earlier draft left is no translation: it has to become the new English
    written = [s for p in pairs for s in p.target]
    for sentence in new:
        out.units[sentence.block, sentence.start] = []
        if written:
            out.places[sentence.block, sentence.start] = written[0].start, written[-1].end
    if edit.kind == "changed" and together and len(ours) == 1:
        text = swap_named_links(before, after, ours[0].text)
        if text is not None and text != ours[0].text:
            edit = Edit("atoms", edit.similarity, edit.words)
            out.units[new[0].block, new[0].start] = [replace(ours[0], text=text)]
            out.notes.append((new[0].start, _kept(edit.kind, edit, before, after, text, ours[0].text, applied=True)))
            return
    said = " ".join(_human(p.target, target).text for p in pairs if p.target and p not in english)
    if together and not english and edit.kind in _REWORDED and is_ahead(said, before, after, language):
        _stay(new, written, before, target, out)
        return
    if not keeps:
        follows = (by_hand.follows(s.text, before, [n.text]) for n in new for s in written)
        if together and not english and any(follows):
            for sentences, theirs in _by_hand(new, written, by_hand):
                if any(by_hand.follows(s.text, before, [n.text for n in sentences]) for s in theirs):
                    _stay(sentences, theirs, before, target, out)
                else:
                    _draft(sentences, theirs, before, " ".join(s.text for s in theirs), out)
            return
        _draft(new, written, before, said, out)
        return
    units, applied = _mended(edit, before, after, ours, target)
    if applied and _is_done(before, new, written, by_hand):
        _stay(new, written, before, target, out)
        return
    out.units[new[0].block, new[0].start] = list(units)
    if edit.kind == "same" and any(by_hand.outdated(s.text, [n.text for n in new]) for s in written):
        _stay(new, written, "", target, out)
    elif edit.kind != "same" and not units:
        out.absent.append((before, after))
    elif edit.kind != "same":
        said, was = (" ".join(h.text for h in side) for side in (units, ours))
        within = spans(said) != spans(was) and said.strip("*_") != was.strip("*_")
        if edit.kind == "cosmetic" and (within or uncarried(before, after, said)):
            edit = replace(edit, kind="markup")
        out.notes.append((new[0].start, _kept(edit.kind, edit, before, after, said, was, applied=applied)))


def _one_by_one(new: Sequence[Sentence], pairs: Sequence[Pair]) -> list[tuple[Sentence, Pair]]:
    """Sentences that English puts into several blocks, each with the translation in its place.

    None if their translation has not as many sentences, or if English rewrote one of them.
    """
    if len(pairs) != 1 or not len(new) == len(pairs[0].source) == len(pairs[0].target) > 1:
        return []
    both = [(n, Pair((s,), (t,))) for n, s, t in zip(new, pairs[0].source, pairs[0].target, strict=True)]
    return [] if any(compare(pair.source[0].text, n.text).kind in _REWRITTEN for n, pair in both) else both


def _draft(new: Sequence[Sentence], written: Sequence[Sentence], before: str, said: str, out: Carried) -> None:
    """Makes segments of sentences, which replace what was ``written`` for ``before``; ``said`` is shown beside them."""
    shown = any(speaks(sentence.text) for sentence in new)  # what says nothing is not sent, and has nothing beside it
    (out.replaced if shown else out.unshown).update(s.start for s in written)
    for sentence in new:
        edit = compare(before, sentence.text) if before else Edit("new", 0.0, "")
        segment = Segment(sentence.text, "", before, said, round(edit.similarity, 3), edit.words)
        out.units[sentence.block, sentence.start] = [segment]


def _stay(new: Sequence[Sentence], written: Sequence[Sentence], before: str, target: str, out: Carried) -> None:
    """Keeps what people wrote by hand for sentences, as it is."""
    ours = _one_stretch([_human([s], target) for s in written], target)
    out.units[new[0].block, new[0].start] = list(ours)
    after, said = " ".join(s.text for s in new), " ".join(h.text for h in ours)
    edit = compare(before, after)
    out.notes.append((new[0].start, _kept("by hand", edit, before, after, said, said, applied=False)))


def _by_hand(
    new: Sequence[Sentence], written: Sequence[Sentence], by_hand: ByHand
) -> Iterator[tuple[list[Sentence], list[Sentence]]]:
    """English sentences with their translations, as far apart as can be told, if people wrote only some by hand."""
    if len(new) == 1 or all(by_hand.wrote(s.text) for s in written):
        yield list(new), list(written)
        return
    sides = [[gale_church.piece(s.text) for s in side] for side in (new, written)]
    for left, right in gale_church.align_sentences(sides[0], sides[1], gale_church.ratio(sides[0], sides[1])):
        yield [new[n] for n in left], [written[n] for n in right]


def _is_done(before: str, new: Sequence[Sentence], written: Sequence[Sentence], by_hand: ByHand) -> bool:
    """Whether people have made an edit of atoms already: one that exchanged two of them would be undone."""
    ours = Counter(a for s in written for a in atoms(s.text))
    there = ours == Counter(a for s in new for a in atoms(s.text))
    return there and any(by_hand.follows(s.text, before, [n.text for n in new]) for s in written)


def _is_english(pair: Pair, target: str) -> bool:
    """Whether the translation of a pair is its English, however short: a name may be, but such edits are rare."""
    return bool(pair.target) and normal(_human(pair.target, target).text) == normal(pair.source_text)


def _is_name(edit: Edit, before: str, after: str, ours: list[Human], target: str) -> bool:
    """Whether a text that is the same in both languages, such as a name, becomes the new English by what is carried
    over: an id of a heading, the target of a link. It is no sentence that an earlier draft left.
    """
    if edit.kind not in ("atoms", "markup") or is_left(before, " ".join(h.text for h in ours)):
        return False
    units, applied = _mended(edit, before, after, ours, target)
    return applied and normal(" ".join(unit.text for unit in units)) == normal(after)


def _kept(kind: KeptKind, edit: Edit, before: str, after: str, text: str, was: str, *, applied: bool) -> Kept:
    return Kept(kind, before, after, text, round(edit.similarity, 3), edit.words, applied, was)


def _small_each(new: Sequence[Sentence], pairs: Sequence[Pair]) -> bool:
    """Whether each sentence on its own is similar to an old one: a long bead must not hide a rewritten one."""
    old = [s.text for p in pairs for s in p.source]
    return len(new) == len(old) == 1 or all(max(similarity(o, s.text) for o in old) >= SMALL for s in new)


def _one_stretch(ours: list[Human], target: str) -> list[Human]:
    """Joins neighbouring stretches of one block into one, including the text between them."""
    apart = any(a.block != b.block or a.end > b.start or target[a.end : b.start].strip() for a, b in pairwise(ours))
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
