"""The old English of a translation that has it in comments: what the comments say, and what both languages share.

A comment is English if English has its words, or had them once: all others are notes of people. Code, shortcodes and
the like have no comment where they are the same in both languages. What English has now is taken for what it always
had wherever the document does not tell: then the translation stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz.fuzz import ratio as text_ratio

from bot.alignment.blocks import align_translation, align_versions, face, identity
from bot.alignment.gale_church import ratio
from bot.baselines import comments
from bot.document.cells import page_flavour
from bot.document.markdown import parse
from bot.document.model import PROSE, Block, BlockKind, Document
from bot.document.sentences import normal, speaks
from bot.errors import AmtsError
from bot.planning.commented_front import commented_keys, keys_of, old_front
from bot.planning.likely_comments import Comments, around, lengths, likely_english
from bot.planning.past_english import Past, PastEnglish
from bot.planning.placing import is_note
from bot.planning.uncommented import partners

_ALIKE = 75
"""Least likeness, in percent, of a comment and a block of the English that it is an older version of (a guess)."""

_TABLE: frozenset[BlockKind] = frozenset({"row", "markup"})
"""Kinds of the lines of a table."""


def name_of(block: Block) -> tuple[str, str]:
    """Equal for the same block in a comment and in its document, where it may be nested."""
    return block.kind, identity(block)[1]


def old_english(target: str, new: str, past: Past = lambda: ()) -> str:
    """The English that ``target`` translates, by its comments; ``new``, today's English, if they say just that.

    Raises AmtsError if no comment is English, or if a paragraph has none and English has one that may be its.
    """
    return new if comments.is_current(target, new) else _Reading(target, new, past).english()


def english_comments(document: Document, english: Document) -> dict[int, tuple[int, ...]]:
    """The comments of a translation (by the number of their block) that hold parts of its ``english``, as blocks of it.

    ``english`` is what ``old_english`` read there.
    """
    names = [name_of(b) for b in english.blocks]
    known = set(names)
    found: dict[int, tuple[int, ...]] = {}
    at = 0
    for t, inner in commented(document):
        own = [name_of(b) for b in inner if b.kind != "front_matter"]
        if not own or not known.issuperset(own):
            continue
        here: list[int] = []
        for name in own:  # code that has no comment may be between
            place = next((n for n in range(here[-1] + 1 if here else at, len(names)) if names[n] == name), -1)
            if place < 0:
                break
            here.append(place)
        else:
            found[t] = tuple(here)
            at = here[-1] + 1
    return found


def commented(document: Document) -> Iterator[tuple[int, tuple[Block, ...]]]:
    """The comments of a document that are blocks of their own, with their words as blocks; none with front matter."""
    for t, block in enumerate(document.blocks):
        if block.kind == "html" and (comment := comments.read(block.text)) and not (t < 3 and keys_of(comment)):
            yield t, parse(comment.english + "\n", page_flavour((document.text,))).blocks


@dataclass(frozen=True)
class _Unit:
    """A block of English that the translation shows: in the comment that is its block ``at``, or as that block."""

    block: Block
    at: int
    in_comment: bool


def _said(kept: Sequence[tuple[_Unit, int]]) -> list[str]:
    """What the comments say, block by block."""
    return [normal(unit.block.text) for unit, _ in kept if unit.in_comment]


def _insert(kept: list[tuple[_Unit, int]], unit: _Unit, j: int) -> None:
    """Puts a unit where block ``j`` of the new English is."""
    before = [n for n, (_, k) in enumerate(kept) if 0 <= k < j]
    kept.insert(before[-1] + 1 if before else 0, (unit, j))


class _Reading:
    def __init__(self, target: str, new: str, past: Past) -> None:
        flavour = page_flavour((new, target))
        self.target, self.new = parse(target, flavour), parse(new, flavour)
        self.past = PastEnglish(past, self.new, flavour)
        self.now = Counter(name_of(b) for b in self.new.blocks)

    def english(self) -> str:
        blocks = self.target.blocks
        said = {t: inner for t, inner in commented(self.target) if name_of(blocks[t]) not in self.now}
        keys = commented_keys(self.target)
        ours = {t: inner for t, inner in said.items() if self._is_english(inner)}
        self._check_marks(ours)
        if not ours and not keys:
            raise AmtsError(
                "no comment in it is English of the book",
                why="its baseline is in comments, each with the English of the paragraph behind it",
                fix="write it there: amts adopt --write does so for documents without any",
            )
        likely = likely_english(self.target, ours, said)
        while True:
            covered = self._covered(ours, likely)
            kept, added = self._read(ours, covered, said)
            opened = self._open(covered, kept, added, said)
            if not (more := around(likely, ours, [*opened])):
                break
            ours = dict(sorted((ours | more).items()))
        best = self.past.best(_said(kept))
        pairs = partners(self.target.blocks, self.new.blocks, opened, self._scale(ours)) if self.past.known else {}
        if lines := [self._line(t) for t in opened if t not in pairs]:
            raise AmtsError(
                f"line {lines[0]} is translated, but no comment before it has its English",
                why="English has a paragraph there that may be the one, or may be new",
                fix="write its English in a comment before it",
            )
        for t, j in pairs.items():
            _insert(kept, _Unit(self.past.then(j, best), t, False), j)
        self._add_silent(kept, added)
        return self._composed(old_front(self.target, self.new, keys[1] if keys else None), kept)

    def _read(self, ours: Comments, covered: set[int], said: Comments) -> tuple[list[tuple[_Unit, int]], list[int]]:
        """What the old English had, as ``_kept`` says, by the comments that are ``ours`` of all that are ``said``."""
        units: list[_Unit] = []
        for t, block in enumerate(self.target.blocks):
            if t in ours:
                units += [_Unit(inner, t, True) for inner in ours[t]]
            elif self._may_be_shared(t, block, covered, said):
                units.append(_Unit(block, t, False))
        return self._kept(units)

    def _is_english(self, inner: Sequence[Block]) -> bool:
        own = [b for b in inner if b.text.strip()]
        if any(name_of(b) in self.now for b in own):
            return True
        prose = [normal(b.text) for b in self.new.blocks if b.kind in PROSE]
        words = [normal(b.text) for b in own if b.kind in PROSE and speaks(b.text)]
        if any(text_ratio(text, other) >= _ALIKE for text in words for other in prose):
            return True
        return any(self.past.had(normal(b.text)) for b in own)

    def _check_marks(self, ours: Comments) -> None:
        for t, block in enumerate(self.target.blocks):
            if t not in ours and re.match(r"\s*<!--", block.text) and not comments.read(block.text):
                inside = comments.inside(block.text)
                if inside and comments.has_english(block.text) and self._is_english(parse(inside).blocks):
                    raise AmtsError(
                        f"the comment in line {self._line(t)} is not alone in its lines",
                        why="in Markdown the text behind it belongs to the comment",
                        fix="begin a new line behind the comment",
                    )

    def _covered(self, ours: Comments, likely: Comments) -> set[int]:
        """The blocks that translate what the comment before them says; a ``likely`` one ends what they can be."""
        found: set[int] = set()
        places = [*sorted(ours | likely), len(self.target.blocks)]
        for t, end in pairwise(places):
            run = self._run(t, end, sum(b.kind == "heading" for b in ours[t])) if t in ours else ()
            for left, right in align_translation(ours[t], run) if run else ():
                if left:
                    found.update(t + 1 + n for n in right)
        return found

    def _run(self, t: int, end: int, headings: int) -> tuple[Block, ...]:
        """The blocks behind a comment before block ``end``, up to a heading for which it has no English."""
        behind = range(t + 1, end)
        found = [n for n in behind if self.target.blocks[n].kind == "heading"]
        return self.target.blocks[t + 1 : found[headings] if len(found) > headings else end]

    def _may_be_shared(self, t: int, block: Block, covered: set[int], said: Comments) -> bool:
        if t in covered or block.kind == "front_matter":
            return False
        if name_of(block) in self.now:
            return True
        if t in said:  # a note of people, if English never had it as a comment
            return self.past.had(normal(block.text))
        return block.kind not in PROSE or not any(map(speaks, block.contents))

    def _kept(self, units: Sequence[_Unit]) -> tuple[list[tuple[_Unit, int]], list[int]]:
        """The units that the old English had, each with its block of the new English or -1; new blocks without one."""
        later = self.new.blocks
        beads = align_versions([u.block for u in units], later)
        partner = {a[0]: b[0] for a, b in beads if a and b}
        free = {b[0] for a, b in beads if b and not a}
        owner = {j: units[n].at for n, j in partner.items() if units[n].in_comment}
        kept: list[tuple[_Unit, int]] = []
        strays: list[tuple[_Unit, int]] = []
        for n, unit in enumerate(units):
            j = partner.get(n, -1)
            if unit.in_comment or (j >= 0 and name_of(unit.block) == name_of(later[j])):
                kept.append((unit, j))
            elif j < 0 and (inner := self._between(unit, units, owner, free)) >= 0:
                free.discard(inner)
                strays.append((unit if self.past.lost(unit.block) else replace(unit, block=later[inner]), inner))
            elif j < 0 and (same := self._same(unit.block, free)) >= 0:  # English moved it
                free.discard(same)
                kept.append((replace(unit, block=later[same]), -1))
            elif self.past.lost(unit.block):
                kept.append((unit, j))
            elif j >= 0:  # the translation has its own, or English changed it before anyone noted it
                kept.append((replace(unit, block=later[j]), j))
        for unit, j in sorted(strays, key=lambda pair: pair[1]):
            _insert(kept, unit, j)
        return kept, sorted(free)

    def _add_silent(self, kept: list[tuple[_Unit, int]], added: Sequence[int]) -> None:
        """Adds code, shortcodes and the like that the translation has in another form, or left out.

        They are not new if English had them in every version that the comments fit best.
        """
        new = self._in_new_tabs(added)
        silent = [j for j in added if self.new.blocks[j].kind not in PROSE and j not in new]
        if not silent:
            return
        best = self.past.best(_said(kept))
        for j in silent:
            if self.past.always_had(self.new.blocks[j], best):
                _insert(kept, _Unit(self.new.blocks[j], -1, False), j)

    def _in_new_tabs(self, added: Sequence[int]) -> set[int]:
        """The blocks of tabs of which the translation has nothing, and that hold prose: their lines are as new."""
        found: set[int] = set()
        missing = set(added)
        start = -1
        for j, block in enumerate(self.new.blocks):
            if block.info == "begin_tab":
                start = j
            elif block.info == "end_tab" and start >= 0:
                tab = range(start, j + 1)
                if missing.issuperset(tab) and any(self.new.blocks[k].kind in PROSE for k in tab):
                    found.update(tab)
                start = -1
        return found

    def _between(self, unit: _Unit, units: Sequence[_Unit], owner: Mapping[int, int], free: set[int]) -> int:
        """The block of the new English that a unit is between paragraphs that one comment holds; -1 for none."""
        over = max((u.at for u in units if u.in_comment and u.at < unit.at), default=-1)
        for j in sorted(free):
            before = max((k for k in owner if k < j), default=-1)
            behind = min((k for k in owner if k > j), default=-1)
            block = self.new.blocks[j]
            if owner.get(before, -2) == owner.get(behind) == over and (block.kind, block.info) == (
                unit.block.kind,
                unit.block.info,
            ):
                return j
        return -1

    def _same(self, block: Block, free: set[int]) -> int:
        for j in sorted(free):
            other = self.new.blocks[j]
            if name_of(block) == name_of(other):
                return j
            if block.kind == other.kind == "code" and face(block).key == face(other).key:
                return j
        return -1

    def _open(
        self, covered: set[int], kept: Sequence[tuple[_Unit, int]], added: Sequence[int], said: Comments
    ) -> dict[int, Collection[int]]:
        """The translated paragraphs without English, where English has some without translation, with these.

        It must have had that when the comments were written. A section of the translators' own, whose heading can
        be none of English, says nothing that English has.
        """
        shown = {unit.at for unit, _ in kept} | covered
        free = [j for j in added if self.new.blocks[j].kind in PROSE and any(map(speaks, self.new.blocks[j].contents))]
        found: dict[int, Collection[int]] = {}
        own = 0  # the level of the heading of a section of the translators' own
        for t, block in enumerate(self.target.blocks):
            if block.kind == "heading" and int(block.info or 0) <= own:
                own = 0
            if t in shown or t in said or block.kind not in PROSE - {"front_matter"} or is_note(block) or own:
                own = 0 if t in shown else own
                continue
            if not any(map(speaks, block.contents)):
                continue
            low = max((j for unit, j in kept if unit.at < t), default=-1)
            high = min((j for unit, j in kept if unit.at > t and j >= 0), default=len(self.new.blocks))
            there = {j for j in free if low < j < high}
            if block.kind == "heading" and not any(self.new.blocks[j].kind == "heading" for j in there):
                own = int(block.info or 0)
            elif there and (then := there & self.past.had_then(self.past.best(_said(kept)))):
                found[t] = then
        return found

    def _scale(self, ours: Comments) -> float:
        """Characters of the translation for each of the comments, which are ``ours``."""
        places = [*sorted(ours), len(self.target.blocks)]
        sides = [lengths(self.target, t, places, ours[t]) for t in ours]
        return ratio([english for english, _ in sides], [said for _, said in sides])

    def _line(self, t: int) -> int:
        return self.target.text.count("\n", 0, self.target.starts[t]) + 1

    def _composed(self, front: str, kept: Sequence[tuple[_Unit, int]]) -> str:
        later = self.new.blocks
        own = [j for _, j in kept]
        fronts = 1 if later[:1] and later[0].kind == "front_matter" else 0
        same = own == list(range(fronts, len(later))) and all(
            name_of(unit.block) == name_of(later[j]) for unit, j in kept
        )
        if same and front == (later[0].text + later[0].gap if fronts else ""):
            return self.new.text
        parts = [self.new.lead, front]
        for n, (unit, j) in enumerate(kept):
            gap = unit.block.gap
            behind = kept[n + 1][0] if n + 1 < len(kept) else None
            if behind and behind.at == unit.at and _TABLE.issuperset((unit.block.kind, behind.block.kind)):
                pass  # an empty line would end the table
            elif j >= 0:
                following = own[n + 1] if n + 1 < len(own) else len(later)
                gap = later[j].gap if following == j + 1 else later[j].gap or "\n"
            elif not gap and (behind is None or behind.at != unit.at):
                gap = "\n"
            parts += [unit.block.text if unit.block.text.endswith(("\n", "\r")) else unit.block.text + "\n", gap]
        return "".join(parts)
