"""The plan of one document: what an English change means for its translation.

Values only: ``plan_document`` reads three texts and answers with the new translation as a sequence of
parts, human text as strings and what is left to translate as segments, beside everything that people
should know about it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, groupby

from bot.alignment.bitext import Bitext
from bot.alignment.blocks import align_versions, identity
from bot.contracts import SmallEdits
from bot.document.flavours import Flavour, common
from bot.document.markdown import PROSE, Document, parse
from bot.document.references import explicit, labels
from bot.document.segment import Segment
from bot.document.segmentation import block_sentences, document_sentences
from bot.planning.adoption import adopted_blocks
from bot.planning.block_plan import BlockPlanner, Flag
from bot.planning.carry_over import Carried, Human, Kept, carry
from bot.planning.layout import Item, join
from bot.planning.placing import hang, in_target_order
from bot.planning.tracing import trace
from bot.style.rules import Lines


@dataclass(frozen=True)
class DocumentPlan:
    """What becomes of one translated document.

    ``parts`` in order give its text: a string is final, a segment waits for its translation. ``kept``
    lists human sentences that stay although their English was edited. ``reused`` counts the blocks of
    the translation that stay byte for byte; ``flavour`` is that of the Markdown.
    """

    target: str
    parts: tuple[str | Segment, ...]
    kept: tuple[Kept, ...] = ()
    flags: tuple[Flag, ...] = ()
    reused: int = 0
    flavour: Flavour | None = None

    @property
    def segments(self) -> tuple[Segment, ...]:
        """What is left to translate, in reading order."""
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
) -> DocumentPlan:
    """Plans how ``target``, a translation of ``old``, becomes one of ``new``; all three are whole texts.

    ``lines`` tells whether drafted sentences have a line each or share one; ``keep``: as the others around them.
    ``flavour`` is that of the book's Markdown; None where the texts show it.
    """
    flavour = flavour or common((new, old, target))
    if old == new:
        return DocumentPlan(target, (target,), reused=len(parse(target, flavour).blocks), flavour=flavour)
    bitext = Bitext(parse(old, flavour), parse(target, flavour), source_language, language)
    return replace(_Planner(bitext, parse(new, flavour), small_edits, lines).plan(), flavour=flavour)


def plan_new(
    new: str, *, language: str, lines: Lines = "keep", source_language: str = "en", flavour: Flavour | None = None
) -> DocumentPlan:
    """Plans the translation of a document that has none: every sentence of prose is a segment."""
    empty = Document("", ())
    bitext = Bitext(empty, empty, source_language, language)
    return replace(_Planner(bitext, parse(new, flavour), "translate", lines).plan(), flavour=flavour)


class _Planner:
    """One planning under way; the steps in the order of ``plan``."""

    def __init__(self, bitext: Bitext, new: Document, small_edits: SmallEdits, lines: Lines) -> None:
        self.bitext, self.old, self.target, self.new = bitext, bitext.source, bitext.target, new
        self.small_edits: SmallEdits = small_edits
        self.lines: Lines = lines
        self.origin: dict[int, int] = {}
        self.flags: list[Flag] = []

    def plan(self) -> DocumentPlan:
        self.find_origins()
        self.find_moves()
        self.find_unchanged()
        carried = self.carry_sentences()
        units = sorted(carried.units.items(), key=lambda unit: unit[0], reverse=True)
        stays = {u.block: j for (j, _), said in units for u in said if isinstance(u, Human)}
        items = hang(in_target_order(self.walk(carried), self.bitext), self.bitext, stays)
        parts = join(items, self.target, self.new)
        numbered = _numbered(parts, self._context(), labels(self.new))
        self.report_missing()
        return DocumentPlan(
            self.target.text, numbered, carried.kept, tuple(self.flags), sum(i.untouched for i in items)
        )

    def find_origins(self) -> None:
        """Which old English block each new one comes from."""
        for old, new in align_versions(self.old.blocks, self.new.blocks):
            if old and new:
                self.origin[new[0]] = old[0]

    def find_moves(self) -> None:
        """Blocks that stand elsewhere now: equal content among those without a partner."""
        paired = set(self.origin.values())
        gone = [i for i in range(len(self.old.blocks)) if i not in paired]
        places: dict[tuple[str, str], deque[int]] = {}
        for i in gone:
            places.setdefault(identity(self.old.blocks[i]), deque()).append(i)
        for j, block in enumerate(self.new.blocks):
            if j not in self.origin and len(block.text) > 24 and (found := places.get(identity(block))):
                self.origin[j] = found.popleft()
                self.flags.append(Flag("moved", block.text.strip().splitlines()[0][:120]))

    def find_unchanged(self) -> None:
        """Groups whose English is all there, the same and in a row: their translation stays as it is."""
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
        """What the changed blocks' sentences become."""
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
        pairs = [
            p
            for g, (left, _) in enumerate(self.bitext.groups)
            if g not in settled and any(self.old.blocks[i].kind in PROSE for i in left)
            for p in self.bitext.pairs(g)
        ]
        return carry(pairs, new, old, trace(old, new, later), self.target.text, self.small_edits)

    def walk(self, carried: Carried) -> list[Item]:
        """The new English in order, each block as what it becomes in the translation."""
        blocks = BlockPlanner(self.bitext, self.new, self.origin, carried, self.lines)
        adopted = adopted_blocks(self.bitext, self.new, self.origin, carried)
        group_at = {j: g for g, places in self.unchanged.items() for j in places}
        items: list[Item] = []
        for j in range(len(self.new.blocks)):
            if j in group_at:
                g = group_at[j]
                if self.unchanged[g][0] == j:
                    items += blocks.untouched(self.bitext.groups[g][1], self.unchanged[g][-1])
            elif j in adopted:
                items += blocks.untouched((adopted[j],), j)
                self.flags.append(Flag("ahead", self.new.blocks[j].text.strip()[:120]))
            else:
                items += blocks.changed(j)
        self.flags += blocks.flags
        return items

    def _context(self) -> Iterator[tuple[str, str, str]]:
        """The sentences of the new English in order, each between its neighbours."""
        every = (s.text for s in document_sentences(self.new, self.bitext.languages[0]))
        before, here = "", next(every, "")
        for after in chain(every, [""]):
            yield before, here, after
            before, here = here, after

    def report_missing(self) -> None:
        """Old drift: English that the translation never had, told once and blocking nothing."""
        lost = Counter(
            self.old.blocks[i].kind for left, right in self.bitext.groups if left and not right for i in left
        )
        if lost:
            kinds = ", ".join(f"{n} {kind}" for kind, n in sorted(lost.items()))
            self.flags.append(Flag("missing", f"the translation did not have these before this change: {kinds}"))


def _numbered(
    parts: list[str | Segment], sentences: Iterator[tuple[str, str, str]], known: frozenset[str]
) -> tuple[str | Segment, ...]:
    """Parts with neighbouring strings joined; segments counted, each with the ``sentences`` around it.

    ``known`` are the keys of reference links that the new English defines.
    """
    around = list(sentences)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for n, (_, here, _) in enumerate(around):
        places[here].append(n)
    out: list[str | Segment] = []
    number, place = 0, -1
    for final, run in groupby(parts, key=lambda part: isinstance(part, str)):
        if final:
            out.append("".join(part for part in run if isinstance(part, str)))
            continue
        for part in run:
            if isinstance(part, Segment):
                number += 1
                before = after = ""
                if found := places.get(part.source):
                    # The next one with these words; entries may be in another order than in the English.
                    after_it = bisect_right(found, place)
                    place = found[after_it if after_it < len(found) else 0]
                    before, _, after = around[place]
                asked = explicit(part.source, known)
                asked = "" if asked == part.source else asked
                out.append(replace(part, number=number, before=before, after=after, explicit=asked))
    return tuple(out)
