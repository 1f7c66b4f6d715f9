"""The plan of one document: what an English change means for its translation.

Pure functions: ``plan_document`` takes three texts and returns the new translation as a sequence of parts
(human text as strings, what is left to translate as segments), with everything that people should know
about it.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.alignment.bitext import Bitext, Pair
from bot.alignment.blocks import align_versions, identity
from bot.alignment.cells import named
from bot.alignment.followed import Followed
from bot.alignment.sequences import increasing
from bot.contracts import SmallEdits
from bot.document.cells import page_flavour, readable_text
from bot.document.flavours import Flavour
from bot.document.markdown import parse
from bot.document.model import PROSE, Document
from bot.document.segment import Segment
from bot.document.segmentation import block_sentences
from bot.document.structure import Drift
from bot.messages import Message, listed
from bot.planning.added_by_hand import notice_outdated, take_up
from bot.planning.adoption import adopted_blocks
from bot.planning.block_plan import BlockPlanner
from bot.planning.by_hand import NOTHING, ByHand
from bot.planning.carry_over import Carried, Human, Kept, carry
from bot.planning.drift import Own, drift
from bot.planning.dropped import Changes, dropped, dropped_comments
from bot.planning.flags import Flag, shortened
from bot.planning.in_place import in_place
from bot.planning.layout import Item, Place, join
from bot.planning.link_definitions import with_definitions
from bot.planning.moved_by_hand import moved_alike, moved_back, put_back, same_fixed
from bot.planning.moved_code import moved_code
from bot.planning.nesting import nested
from bot.planning.numbering import numbered
from bot.planning.orphans import without_orphans
from bot.planning.own_labels import labels_once
from bot.planning.own_rows import rows_beside
from bot.planning.pairs import paired
from bot.planning.placing import hang, in_target_order
from bot.planning.table_layout import layouts, moved_rows, row_cells
from bot.planning.tracing import trace
from bot.review.leftovers import is_left
from bot.style.preferences import Lines


@dataclass(frozen=True)
class DocumentPlan:
    """The plan of one translated document.

    ``parts`` in order give its text: a string is final, a segment waits for its translation. ``kept``
    lists human sentences that are kept although their English was edited. ``reused`` counts the blocks of
    the translation that stay identical byte for byte; ``flavour`` is the Markdown flavour. ``places`` is where the
    translation of each block of the new English starts; ``drift`` is where the translation differs from its English.
    """

    target: str
    parts: tuple[str | Segment, ...]
    kept: tuple[Kept, ...] = ()
    flags: tuple[Flag, ...] = ()
    reused: int = 0
    flavour: Flavour | None = None
    places: Mapping[int, Place] = field(default_factory=dict)
    drift: Drift = field(default_factory=Drift)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The segments left to translate, in reading order."""
        return tuple(p for p in self.parts if isinstance(p, Segment))


def plan_document(
    old: str,
    new: str,
    target: str,
    *,
    language: str,
    small_edits: SmallEdits = "keep",
    lines: Lines = "keep",
    source_language: str = "en",
    flavour: Flavour | None = None,
    by_hand: ByHand | None = None,
    comments: bool = False,
) -> DocumentPlan:
    """Plans how ``target``, a translation of ``old``, becomes a translation of ``new``; all three are whole texts.

    ``lines`` sets whether drafted sentences get a line each or share one; ``keep`` follows the sentences around
    them. ``flavour`` is the book's Markdown flavour; None detects it from the texts. Of notebooks, the texts are pages.
    ``by_hand`` is what people have changed in ``target`` since ``old`` was recorded: such sentences stay if they may
    follow ``new``. With ``comments``, those that English added to code are segments.
    """
    flavour = flavour or page_flavour((new, old, target))
    old, new, target = named(old, new, target)
    if old == new:
        return DocumentPlan(target, (target,), reused=len(parse(target, flavour).blocks), flavour=flavour)
    hand = NOTHING if by_hand is None else by_hand

    recorded = parse(hand.recorded, flavour) if hand.recorded else None

    def planned(text: str) -> DocumentPlan:
        sides = parse(old, flavour), parse(text, flavour)
        bitext = Bitext(*sides, source_language, language, added=hand.put_in, recorded=recorded)
        plan = _Planner(bitext, parse(new, flavour), small_edits, lines, hand, comments).plan()
        return replace(plan, target=target, flavour=flavour)

    if by_hand is not None:
        for undone, alike in ((put_back, same_fixed), (moved_back, moved_alike)):
            if back := undone(by_hand.recorded, target, flavour):
                plan = planned(back)
                if alike(target, "".join(p if isinstance(p, str) else p.source for p in plan.parts), flavour):
                    return plan
    return planned(target)


def plan_new(
    new: str,
    *,
    language: str,
    lines: Lines = "keep",
    source_language: str = "en",
    flavour: Flavour | None = None,
    comments: bool = False,
) -> DocumentPlan:
    """Plans a document that has no translation yet: all prose is segments, and with ``comments`` those in code too."""
    empty = Document("", ())
    bitext = Bitext(empty, empty, source_language, language)
    flavour = flavour or page_flavour((new,))
    return replace(_Planner(bitext, parse(new, flavour), "translate", lines, NOTHING, comments).plan(), flavour=flavour)


def plan_untranslated(
    english: str, target: str, *, language: str, source_language: str = "en", flavour: Flavour | None = None
) -> DocumentPlan:
    """Plans the sentences that are still English in ``target``, a translation of ``english``; all else stays."""
    flavour = flavour or page_flavour((english, target))
    english, _, target = named(english, english, target)
    bitext = Bitext(parse(english, flavour), parse(target, flavour), source_language, language)
    found = [
        pair
        for group, (_, right) in enumerate(bitext.groups)
        for pair in (bitext.pairs(group) if right else ())
        if pair.source and len({(t.block, t.field) for t in pair.target}) == 1
        if is_left(pair.source_text, target[pair.target[0].start : pair.target[-1].end])
    ]
    parts = in_place(bitext, sorted(found, key=lambda pair: pair.target[0].start))
    reused = len(bitext.target.blocks) - len({pair.target[0].block for pair in found})
    return DocumentPlan(target, parts, reused=reused, flavour=flavour)


class _Planner:
    """State of one planning run; the methods are in the order in which ``plan`` calls them."""

    def __init__(
        self,
        bitext: Bitext,
        new: Document,
        small_edits: SmallEdits,
        lines: Lines,
        by_hand: ByHand = NOTHING,
        comments: bool = False,
    ) -> None:
        self.bitext, self.old, self.target, self.new = bitext, bitext.source, bitext.target, new
        self.small_edits: SmallEdits = small_edits
        self.lines: Lines = lines
        self.by_hand, self.comments = by_hand, comments
        self.origin: dict[int, int] = {}
        self.flags: list[Flag] = []
        self.pairs: dict[int, tuple[Pair, ...]] = {}
        self.own: list[Own] = []

    def plan(self) -> DocumentPlan:
        self.find_origins()
        self.find_moves()
        self.find_twins()
        self.find_unchanged()
        settled = {j for places in self.unchanged.values() for j in places}
        self.layouts = layouts(self.bitext, self.new, self.origin, settled)
        carried = self.carry_sentences()
        units = sorted(carried.units.items(), key=lambda unit: unit[0], reverse=True)
        stays = {u.block: j for (j, _), said in units for u in said if isinstance(u, Human)}
        items = hang(in_target_order(self.walk(carried), self.bitext), self.bitext, stays, self.new)
        items = [*self.rows.fitted(without_orphans(items, self.target, self.flags), self.flags)]
        self.flags += rows_beside(items, self.target, self.new)
        items, titles = paired(items, self.target, self.new)
        self.flags += [Flag("previous translation", title) for title in titles]
        items = with_definitions(items, self.target, self.new)
        items = labels_once(items, self.target, self.new)
        places: dict[int, Place] = {}
        parts = join(nested(items, self.target, self.new), self.target, self.new, places)
        listed = [flag.text for flag in self.flags if flag.kind == "previous translation"]
        comments = dropped_comments(self.bitext, parts, listed)
        self.flags += [Flag("previous translation", comment) for comment in comments]
        segments = numbered(parts, self.new, self.bitext.languages[0])
        self.report_missing()
        flags = tuple(replace(flag, place=places.get(flag.block) if flag.block >= 0 else None) for flag in self.flags)
        for group in self.unchanged.values():
            places |= {j: places[group[-1]] for j in group if group[-1] in places}
        reused = sum(i.untouched for i in items)
        differs = drift(self.bitext, self.new, self.pairs, carried, self.own)
        return DocumentPlan(self.target.text, segments, carried.kept, flags, reused, places=places, drift=differs)

    def find_origins(self) -> None:
        """Finds the old English block that each new one comes from.

        Where people moved blocks, so did English, perhaps, and what is similar and in the same place is another one.
        """
        if self.bitext.order:
            origins = Followed(self.old, self.new, self.bitext.languages[0]).origins
            self.origin = dict(sorted(origins.items()))
            stay = {j for j, _ in increasing(list(self.origin.items()))}
            for j in self.origin:
                if j not in stay and self.new.blocks[j].fields:
                    self.note_move(j)
            return
        for old, new in align_versions(self.old.blocks, self.new.blocks):
            if old and new:
                self.origin[new[0]] = old[0]

    def find_moves(self) -> None:
        """Finds blocks that moved: equal content among those without a partner, rows that begin alike, edited code."""
        paired = set(self.origin.values())
        gone = [i for i in range(len(self.old.blocks)) if i not in paired]
        places: dict[tuple[str, str], deque[int]] = {}
        for i in gone:
            places.setdefault(identity(self.old.blocks[i]), deque()).append(i)
        for j, block in enumerate(self.new.blocks):
            if j not in self.origin and len(block.text) > 24 and (found := places.get(identity(block))):
                self.origin[j] = found.popleft()
                self.note_move(j)
        here = {i for left, right in self.bitext.groups if right for i in left}.difference(self.origin.values())
        fresh = [j for j in range(len(self.new.blocks)) if j not in self.origin]
        moved = moved_code(self.old.blocks, self.new.blocks, here, fresh)
        for j, i in (moved | moved_rows(self.old, self.new, self.origin)).items():
            self.origin[j] = i
            self.note_move(j)

    def find_twins(self) -> None:
        """Where English had a block twice and has it once now: it comes from the one that has a translation.

        If it still has it twice, the one that English moved comes from that.
        """
        said = {i: bool(right) for left, right in self.bitext.groups for i in left}
        gone = set(said).difference(self.origin.values())
        twins = {identity(self.old.blocks[i]): i for i in sorted(gone, reverse=True) if said[i]}
        fresh = (identity(block) for j, block in enumerate(self.new.blocks) if twins and j not in self.origin)
        twins = {key: twins[key] for key in twins.keys() - set(fresh)}
        for j, i in self.origin.items() if twins else ():
            if not said[i] and (twin := twins.pop(identity(self.new.blocks[j]), None)) is not None:
                self.origin[j] = twin

    def note_move(self, j: int) -> None:
        """Lists a block that English moved."""
        lines = readable_text(self.new.blocks[j]).splitlines()
        first = 1 if self.new.blocks[j].kind in ("code", "math") and len(lines) > 2 else 0  # the fence says nothing
        self.flags += [Flag("moved", shortened(line), j) for line in lines[first : first + 1]]

    def find_unchanged(self) -> None:
        """Finds groups whose English is complete, unchanged and contiguous: their translation stays as it is."""
        later = {i: j for j, i in self.origin.items()}
        self.unchanged: dict[int, list[int]] = {}
        for number, (left, _) in enumerate(self.bitext.groups):
            places = [later.get(i, -1) for i in left]
            same = all(
                j >= 0 and identity(self.old.blocks[i]) == identity(self.new.blocks[j])
                for i, j in zip(left, places, strict=True)
            )
            if left and same and places == list(range(places[0], places[0] + len(places))):
                self.unchanged[number] = places

    def carry_sentences(self) -> Carried:
        """Decides what the sentences of changed blocks become."""
        group_of, settled = self.bitext.group_of, self.unchanged
        old = [
            s
            for i, block in enumerate(self.old.blocks)
            if block.kind in PROSE and group_of[i] not in settled
            for s in block_sentences(self.old, i, self.bitext.languages[0])
        ]
        done = {j for places in settled.values() for j in places}
        new = [
            s
            for j, block in enumerate(self.new.blocks)
            if block.kind in PROSE and j not in done
            for s in block_sentences(self.new, j, self.bitext.languages[0])
        ]
        later: dict[int, list[int]] = {}
        for j, i in self.origin.items():
            later.setdefault(i, []).append(j)
        self.pairs = {
            g: self.bitext.pairs(g)
            for g, (left, _) in enumerate(self.bitext.groups)
            if g not in settled and any(self.old.blocks[i].kind in PROSE for i in left)
        }
        pairs = [p for found in self.pairs.values() for p in found]
        text, by_hand = self.target.text, self.by_hand
        traced = trace(old, new, later, row_cells(self.layouts, self.old, self.new, self.origin))
        carried = carry(pairs, new, old, traced, text, self.small_edits, by_hand, self.bitext.languages[1])
        if by_hand:
            take_up(carried, pairs, new, by_hand, text, self.bitext.scale)
            same = [p for group in sorted(settled) for p in self.bitext.pairs(group)]
            notice_outdated(carried, same, by_hand, text)
        return carried

    def walk(self, carried: Carried) -> list[Item]:
        """Goes through the new English in order and plans what each block becomes in the translation."""
        blocks = BlockPlanner(self.bitext, self.new, self.origin, carried, self.layouts, self.lines, self.comments)
        self.rows = blocks.rows
        adopted = adopted_blocks(self.bitext, self.new, self.origin, carried, self.by_hand)
        group_at = {j: g for g, places in self.unchanged.items() for j in places}
        items = blocks.own_front_matter()
        for j in range(len(self.new.blocks)):
            if j in group_at:
                g = group_at[j]
                if self.unchanged[g][0] == j:
                    items += blocks.untouched(self.bitext.groups[g][1], self.unchanged[g][-1])
            elif j in adopted:
                items += blocks.untouched((adopted[j],), j)
                if self.new.blocks[j].kind != "cell":
                    self.flags.append(Flag("ahead", shortened(readable_text(self.new.blocks[j])), j))
            else:
                seen = len(blocks.flags)
                planned = blocks.changed(j)
                place = planned[0].source if planned else -1
                blocks.flags[seen:] = [replace(flag, block=place) for flag in blocks.flags[seen:]]
                items += planned
        self.flags += [*blocks.flags, *self.rows.doubts()]
        self.own = blocks.own
        changes = Changes(self.bitext, self.new, self.origin, carried, self.pairs)
        lost = dropped(changes, items, blocks.written, blocks.filled)
        self.flags += [Flag("previous translation", text) for text in lost]
        return items

    def report_missing(self) -> None:
        """Flags old drift, English that the translation never had: reported once, blocks nothing."""
        lost = Counter(
            self.old.blocks[i].kind for left, right in self.bitext.groups if left and not right for i in left
        )
        if lost:
            kinds = listed(
                Message("{kind} ({number})", number=n, kind=Message(kind)) for kind, n in sorted(lost.items())
            )
            text = Message("the translation did not have these before this change: {blocks}", blocks=kinds)
            self.flags.append(Flag("missing", text))
