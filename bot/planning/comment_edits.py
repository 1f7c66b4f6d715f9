"""Brings the English in the comments of a drafted translation up to date, as edits of its text.

Each comment says what is translated between it and the next one. All text outside of comments stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.alignment.bitext import Bitext
from bot.alignment.blocks import align_versions
from bot.baselines import comments
from bot.document import front_matter
from bot.document.cells import page_flavour
from bot.document.markdown import parse
from bot.document.model import PROSE, Block
from bot.document.sentences import speaks
from bot.document.tables import UNDER_HEADER
from bot.planning.commented import commented, english_comments, name_of
from bot.planning.commented_front import commented_keys

if TYPE_CHECKING:
    from bot.planning.document_plan import DocumentPlan


@dataclass(frozen=True)
class TextEdit:
    """``text`` in place of ``old``, which is at ``start`` of a draft (in code points) and ``line`` (from 1)."""

    start: int
    line: int
    old: str
    text: str

    @property
    def lines(self) -> int:
        """By how many lines it moves what follows."""
        return self.text.count("\n") - self.old.count("\n")


def applied(text: str, edits: Sequence[TextEdit]) -> str:
    """``text`` with its edits, which are in order."""
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.text]
        at = edit.start + len(edit.old)
    return "".join([*parts, text[at:]])


def comment_edits(draft: str, target: str, old: str, new: str, places: Mapping[int, int]) -> tuple[TextEdit, ...]:
    """The edits after which the comments of ``draft`` say ``new``, where those of ``target`` said ``old``.

    ``places`` is where the translation of each block of ``new`` starts in ``draft``, as far as it has one.
    """
    found = _Comments(draft, target, old, new, places)
    edits = sorted([*found.rewritten(), *found.added(), *found.keys()], key=lambda edit: (edit[0], edit[1]))
    return tuple(TextEdit(a, draft.count("\n", 0, a) + 1, draft[a:b], text) for a, b, text in edits)


def first_comments(target: str, english: str, language: str) -> str:
    """A translation that has no English in comments yet, with that of each part before it."""
    flavour = page_flavour((english, target))
    bitext = Bitext(parse(english, flavour), parse(target, flavour), "en", language)
    starts = bitext.target.starts
    places = {i: starts[right[0]] for left, right in bitext.groups if right for i in left}
    return applied(target, comment_edits(target, "", "", english, places))


def is_idle(plan: DocumentPlan, old: str, new: str) -> bool:
    """Whether a plan changes nothing: neither the translation nor what its comments say."""
    if plan.segments or "".join(part for part in plan.parts if isinstance(part, str)) != plan.target:
        return False
    places = {j: at for j, (_, at) in plan.places.items() if j >= 0}
    return not comment_edits(plan.target, plan.target, old, new, places)


_UNDERLINE = re.compile(r"[ \t>]*(?:=+|-+)\s*")

_Change = tuple[int, int, str]
"""A stretch of the draft, and what becomes of it."""


class _Comments:
    def __init__(self, draft: str, target: str, old: str, new: str, places: Mapping[int, int]) -> None:
        flavour = page_flavour((new, old, target))
        self.draft, self.before, self.old, self.new = (parse(text, flavour) for text in (draft, target, old, new))
        self.places = places
        self.origin = {b[0]: a[0] for a, b in align_versions(self.old.blocks, self.new.blocks) if a and b}

    @cached_property
    def held(self) -> dict[int, tuple[int, ...]]:
        """The comments of the draft, by block, with the blocks of the old English that they say."""
        waiting: defaultdict[str, deque[tuple[int, ...]]] = defaultdict(deque)
        for t, places in english_comments(self.before, self.old).items():
            waiting[self.before.blocks[t].text.strip()].append(places)
        texts = ((t, block.text.strip()) for t, block in enumerate(self.draft.blocks) if block.kind == "html")
        return {t: waiting[text].popleft() for t, text in texts if waiting.get(text)}

    @cached_property
    def over(self) -> dict[int, int]:
        """For each new block that has a place: the comment before it, -1 for none."""
        starts = sorted((self.draft.starts[t], t) for t in self.held)
        return {j: max((t for start, t in starts if start < at), default=-1) for j, at in self.places.items()}

    @cached_property
    def members(self) -> dict[int, list[int]]:
        """The new blocks that each comment is to say."""
        holder = {i: t for t, old in self.held.items() for i in old}
        names = {t: Counter(name_of(self.old.blocks[i]) for i in old) for t, old in self.held.items()}
        found: dict[int, list[int]] = {t: [] for t in self.held}
        for j, block in enumerate(self.new.blocks):
            t = holder.get(self.origin.get(j, -1), -1)
            over = self.over.get(j, t)
            if over >= 0 and (over == t or (j in self.places and names[over][name_of(block)] and j in self.recorded)):
                found[over].append(j)
        for t, mine in found.items():
            # What is before the last of them cannot have a comment of its own: that would come between.
            before = [j for j, over in self.over.items() if over == t and mine and j < mine[-1]]
            mine += [j for j in before if j not in mine and self._is_added(j)]
            mine.sort()
        taken = {j: t for t, mine in found.items() for j in mine}
        for j in range(1, len(self.new.blocks)):
            t = taken.get(j - 1, -1)
            if j not in taken and t >= 0 and self._is_added(j) and self.over.get(j, t) == t and self._goes_on(j):
                taken[j] = t
                found[t].append(j)
        return found

    @cached_property
    def recorded(self) -> set[int]:
        """The new blocks whose old form a comment of the translation said."""
        commented_ = {i for places in english_comments(self.before, self.old).values() for i in places}
        return {j for j, i in self.origin.items() if i in commented_}

    def _is_added(self, j: int) -> bool:
        """Whether no text of the translation, in a comment or not, said a block before."""
        return j not in self.origin or j in self.recorded

    def _goes_on(self, j: int) -> bool:
        """Whether a comment cannot be put before a block: it is in the same list, table or quote as the one before.

        The line under a header, or under a heading, is a block of its own.
        """
        block, before = self.new.blocks[j], self.new.blocks[j - 1]
        if block.nesting and before.nesting:
            return True
        if before.gap or "row" not in (block.kind, before.kind):
            return not before.gap and before.kind == "heading" and bool(_UNDERLINE.fullmatch(block.text))
        return all(b.kind == "row" or UNDER_HEADER.fullmatch(b.text) for b in (block, before))

    def rewritten(self) -> Iterator[_Change]:
        """The comments that say something else now, or nothing any more."""
        for t, old in self.held.items():
            block, start = self.draft.blocks[t], self.draft.starts[t]
            mine = self.members[t]
            if [name_of(self.new.blocks[j]) for j in mine] == [name_of(self.old.blocks[i]) for i in old]:
                continue
            if not mine:
                yield start, start + len(block.text) + len(block.gap), ""
                continue
            comment = comments.read(block.text)
            if comment:
                kept = {name_of(b): b for _, inner in commented(parse(block.text)) for b in inner}
                blocks = [(j, kept.get(name_of(self.new.blocks[j]), self.new.blocks[j])) for j in mine]
                yield start, start + len(block.text), comment.saying(self._text(blocks), self.draft.eol)

    def added(self) -> Iterator[_Change]:
        """New comments before what no comment says."""
        taken = {j for mine in self.members.values() for j in mine}
        group: list[int] = []
        for j, block in enumerate(self.new.blocks):
            if j in taken or block.kind == "front_matter" or not self._is_added(j):
                continue
            if group and group[-1] == j - 1 and self._goes_on(j):
                group.append(j)
            elif j in self.places and block.kind in PROSE and any(map(speaks, block.contents)):
                yield from self._before(group)
                group = [j]
        yield from self._before(group)

    def _before(self, group: Sequence[int]) -> Iterator[_Change]:
        if not group:
            return
        at = self.places[group[0]]
        margin = re.compile(r"[ \t>]*").match(self.draft.text, at)
        text = self._text([(j, self.new.blocks[j]) for j in group])
        yield at, at, comments.written(text, margin[0] if margin else "", self.draft.eol)

    def _text(self, blocks: Sequence[tuple[int, Block]]) -> str:
        parts = []
        for n, (j, block) in enumerate(blocks):
            follows = n + 1 < len(blocks) and blocks[n + 1][0] == j + 1
            parts += [block.text, self.new.blocks[j].gap or ("" if follows else "\n")]
        return re.sub(r"\r\n|\r|\n", lambda _: self.draft.eol, "".join(parts).rstrip())

    def keys(self) -> Iterator[_Change]:
        """The comment with the English front matter."""
        first = self.new.blocks[:1]
        new = front_matter.read(first[0].text) if first and first[0].kind == "front_matter" else None
        if new is None or new.syntax != "yaml":
            return
        words = "".join(first[0].text[entry.start : entry.end] for entry in new.entries)
        there = self.draft.blocks[0] if self.draft.blocks and self.draft.blocks[0].kind == "front_matter" else None
        if not self.before.blocks:
            if there and new.fields:
                at = len(self.draft.lead) + len(there.text)
                yield at, at, comments.written(words, "", self.draft.eol)
            return
        found = commented_keys(self.draft)
        was = front_matter.read(self.old.blocks[0].text) if self.old.blocks[:1] else None
        if found is None or was is None or self.old.blocks[0].text == first[0].text:
            return
        t, noted = found
        comment = comments.read(self.draft.blocks[t].text)
        if comment is None:
            return
        today = {entry.key: first[0].text[entry.start : entry.end] for entry in new.entries}
        before = {entry.key for entry in was.entries}
        lines = [
            here if here.strip() == today[entry.key].strip() else today[entry.key]
            for entry in noted.entries
            if entry.key in today and (here := noted.text[entry.start : entry.end])
        ]
        have = {entry.key for entry in noted.entries}
        lines += [text for key, text in today.items() if key not in have and key not in before]
        at = self.draft.starts[t]
        body = comment.body.replace(noted.text[noted.start : noted.end].strip(), "".join(lines).strip())
        text = f"{comment.lead}{comment.opening}{body}{comment.closing}"
        if text != self.draft.blocks[t].text:
            yield at, at + len(self.draft.blocks[t].text), text
