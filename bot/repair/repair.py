"""Repairs the translation of a sentence whose English changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.document.structure import repair_problem
from bot.languages import capitalised, separates_words
from bot.repair.difference import Difference, Hunk, difference
from bot.repair.examples import Examples
from bot.repair.links import Links, links
from bot.repair.tokens import Token, spelled_out, tokens
from bot.repair.word_table import WordTable
from bot.repair.wording import Wordings

FURTHER = 0.7
"""Least mean link of further words that an edit takes out."""

LEANING = 0.08

UNCHANGED = 0.85
"""Least share of the new English that must have been in the old for a translation that stays as it was."""
AROUND = {("(", ")"), ("（", "）"), ("*", "*"), ("**", "**"), ("_", "_"), ('"', '"'), ("“", "”"), ("{", "}")}

EditKind = Literal["exchanged", "removed", "replaced", "inserted"]


@dataclass(frozen=True)
class Edit:
    """One change of the translation: code points ``start`` to ``end`` of the old one become ``text``."""

    kind: EditKind
    start: int
    end: int
    text: str
    old: str = ""
    new: str = ""
    english: bool = False


@dataclass(frozen=True)
class Repair:
    """A repaired translation; ``share`` is how much of the new English was in the old; ``left`` are English words that
    went and whose translation was not found."""

    text: str
    edits: tuple[Edit, ...]
    share: float
    left: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()


@dataclass
class _Repairer:
    old: str
    new: str
    target: str
    languages: tuple[str, str]
    table: WordTable
    fresh: str
    examples: Examples | None = None

    def __post_init__(self) -> None:
        self.before, self.after = (tokens(t, self.languages[0]) for t in (self.old, self.new))
        self.ours = tokens(self.target, self.languages[1])
        self.difference = difference(self.before, self.after)
        self.links = links(self.before, self.ours, self.table, claiming={a for a, _ in self.difference.kept})
        self.wordings = Wordings(self.new, self.after, self.table, self.languages[1], self.fresh, self.examples)
        self.edits: list[Edit] = []
        self.left: list[str] = []
        self.unsaid: list[str] = []

    def run(self) -> Repair | None:
        self.later = dict(self.difference.kept)
        self.earlier = {b: a for a, b in self.difference.kept}
        for hunk in self.difference.hunks:
            self.apply(hunk)
        text = self.spliced()
        return Repair(text, tuple(self.edits), self.difference.share, tuple(self.left), tuple(self.unsaid))

    def words(self, side: Sequence[Token], places: range, text: str) -> str:
        return text[side[places[0]].start : side[places[-1]].end] if len(places) else ""

    def apply(self, hunk: Hunk) -> None:
        gone = [k for k in hunk.old if self.before[k].content]
        come = [k for k in hunk.new if self.after[k].content]
        if not gone and not come:
            return
        names = self.words(self.before, hunk.old, self.old), self.words(self.after, hunk.new, self.new)
        if hunk.exchange:
            places = [j for j, i in enumerate(self.links.owners) if i == hunk.old[0]]
            if len(places) == 1:
                token = self.ours[places[0]]
                self.edits.append(Edit("exchanged", token.start, token.end, self.after[hunk.new[0]].text, *names))
                return
        runs = self.runs(hunk, gone)
        if not come:
            self.left += [] if runs else [names[0]]
            for run in runs:
                self.take_out(run, names)
            return
        piece = self.wordings.of(hunk.new)
        if not runs:
            self.left += [names[0]] if gone else []
            at = self.place(hunk, piece.text)
            self.edits.append(Edit("inserted", at, at, piece.text, *names, piece.english))
            return
        main = max(runs, key=lambda r: self.links.mass(gone, r))
        self.edits.append(Edit("replaced", self.ours[main[0]].start, self.end(main), piece.text, *names, piece.english))
        for run in runs:
            if run is not main:
                self.take_out(run, names)

    def end(self, run: range) -> int:
        last = run[-1]
        if last + 1 < len(self.ours) and self.ours[last + 1].kind == "ending":
            last += 1
        return self.ours[last].end

    def with_marks(self, run: range) -> range:
        """A stretch with the brackets or the emphasis around it, which would be left empty."""
        while run.start and run.stop < len(self.ours) and (self.ours[run.start - 1].text, self.ours[run.stop].text) in AROUND:
            run = range(run.start - 1, run.stop + 1)
        return run

    def take_out(self, run: range, names: tuple[str, str]) -> None:
        run = self.with_marks(run)
        self.edits.append(Edit("removed", self.ours[run[0]].start, self.end(run), "", *names))

    def runs(self, hunk: Hunk, gone: Sequence[int]) -> list[range]:
        """The stretches of the translation that belong to the English words that went: the main one, further ones."""
        if whole := self.bracketed(hunk):
            return [whole]
        owned = [j for j, i in enumerate(self.links.owners) if i in gone]
        found: list[range] = []
        for j in owned:
            between = range(found[-1].stop, j) if found else range(0)
            if found and all(
                self.links.owners[k] in (-1, *hunk.old) and self.ours[k].kind in ("word", "ending", "number") for k in between
            ) and len(between) <= 3:
                found[-1] = range(found[-1].start, j + 1)
            else:
                found.append(range(j, j + 1))
        if not found:
            return []
        found = [self.widened(run, gone) for run in found]
        found = [b for a, b in zip([None, *found], found, strict=False) if a is None or b.start >= a.stop]
        main = max(found, key=lambda r: self.links.mass(gone, r))
        last = max((j for j, t in enumerate(self.ours) if t.kind == "word"), default=-1)
        further = [
            r
            for r in found
            if r is not main and last not in r and sum(max(self.links.weights[i][j] for i in gone) for j in r) / len(r) >= FURTHER
        ]
        return sorted(map(self.opened, [main, *further]), key=lambda r: r.start)

    def bracketed(self, hunk: Hunk) -> range | None:
        """The brackets of the translation, if the English words that went are all in brackets that went too."""
        for opening, closing in ("{}", "()"):
            opened = [k for k in hunk.old if self.before[k].text == opening]
            closed = [k for k in hunk.old if self.before[k].text == closing]
            if len(opened) == len(closed) == 1 and opened[0] < closed[0]:
                if any(self.before[k].content and not opened[0] < k < closed[0] for k in hunk.old):
                    continue
                left = [j for j, t in enumerate(self.ours) if t.text in opening + ("（" if opening == "(" else "")]
                right = [j for j, t in enumerate(self.ours) if t.text in closing + ("）" if closing == ")" else "")]
                pairs = [(a, b) for a, b in zip(left, right, strict=False) if a < b]
                inside = [
                    (a, b)
                    for a, b in pairs
                    if any(opened[0] < i < closed[0] for i in self.links.owners[a:b])
                    and all(i == -1 or opened[0] <= i <= closed[0] for i in self.links.owners[a + 1 : b])
                ]
                if len(left) == len(right) and len(inside) == 1:
                    return range(inside[0][0], inside[0][1] + 1)
        return None

    def widened(self, run: range, gone: Sequence[int]) -> range:
        """A stretch with its neighbours that no English word owns but that lean towards the words that went."""

        def leans(j: int) -> bool:
            if not 0 <= j < len(self.ours) or self.links.owners[j] != -1 or self.ours[j].kind != "word":
                return False
            best = max(range(len(self.before)), key=lambda i: self.links.weights[i][j])
            return best in gone and self.links.weights[best][j] >= LEANING

        start, stop = run.start, run.stop
        while leans(start - 1):
            start -= 1
        while leans(stop):
            stop += 1
        return range(start, stop)

    def opened(self, run: range) -> range:
        """A stretch, with what no English word owns before it up to the start of the sentence or a comma."""
        start = run.start
        while start and self.links.owners[start - 1] == -1 and self.ours[start - 1].kind in ("word", "ending"):
            start -= 1
        free = start == 0 or self.ours[start - 1].text in (",", "，", "、", "(", "（")
        return range(start, run.stop) if free else run

    def place(self, hunk: Hunk, text: str) -> int:
        """Where the translation gets what was put in: a code point."""
        found = self.candidates(hunk)
        return self.at(found[0])

    def at(self, k: int) -> int:
        """The code point before token ``k`` of the translation, behind the white space."""
        if k >= len(self.ours):
            return self.ours[-1].end if self.ours else 0
        return self.ours[k].start

    def candidates(self, hunk: Hunk) -> list[int]:
        """Places for what was put in, as numbers of tokens before which it would be; the likeliest first."""
        words = [j for j, t in enumerate(self.ours) if t.kind in ("word", "number", "atom", "ending", "markup")]
        end = words[-1] + 1 if words else len(self.ours)
        if hunk.new.start == 0:
            return [0]
        bracket = self.after[hunk.new.start].text == "("
        def owned(k: int) -> list[int]:
            return [j for j, i in enumerate(self.links.owners) if i == self.earlier[k]]

        following = [owned(k) for k in range(hunk.new.stop, len(self.after)) if k in self.earlier and self.after[k].content]
        preceding = [owned(k) for k in range(hunk.new.start - 1, -1, -1) if k in self.earlier and self.after[k].content]
        following, preceding = [f for f in following if f], [p for p in preceding if p]
        before = [following[0][0]] if following else []
        behind = [self.past(preceding[0][-1])] if preceding else []
        further = [self.past(max(p[-1] for p in preceding[:3]))] if preceding else []
        drafted = self.drafted_place(hunk)
        rest = any(self.after[k].kind not in ("stop", "markup") for k in range(hunk.new.stop, len(self.after)))
        if bracket:
            found = [*behind, *further, *drafted, *before]
        elif rest:
            found = [*before, *drafted, *behind, *further]
        else:
            found = [*drafted, end, *behind, *further]
        return list(dict.fromkeys([*found, end]))[:5] or [end]

    def past(self, j: int) -> int:
        """The number of the token behind token ``j`` and its ending."""
        return j + 2 if j + 1 < len(self.ours) and self.ours[j + 1].kind == "ending" else j + 1

    def drafted_place(self, hunk: Hunk) -> list[int]:
        """Where a draft of the whole sentence has these words, by their neighbours there."""
        if not self.fresh:
            return []
        owners = self.wordings.draft_links.owners
        inside = [j for j, i in enumerate(owners) if i in hunk.new and self.after[i].content]
        if not inside:
            return []
        by_source: dict[int, list[int]] = {}
        for j, i in enumerate(self.links.owners):
            by_source.setdefault(i, []).append(j)
        for step in range(1, 5):
            right, left = inside[-1] + step, inside[0] - step
            if right < len(owners) and owners[right] in self.earlier and (ours := by_source.get(self.earlier[owners[right]])):
                return [ours[0]]
            if left >= 0 and owners[left] in self.earlier and (ours := by_source.get(self.earlier[owners[left]])):
                return [self.past(ours[-1])]
        return []

    def spliced(self) -> str:
        out = self.target
        spaced = separates_words(self.languages[1])
        done: list[Edit] = []
        taken: list[tuple[int, int]] = []
        for edit in sorted(self.edits, key=lambda e: e.kind == "removed"):
            if edit.start < edit.end and any(edit.start < b and a < edit.end for a, b in taken):
                continue
            taken.append((edit.start, edit.end))
            done.append(edit)
        self.edits = sorted(done, key=lambda e: (e.start, e.end))
        for edit in reversed(self.edits):
            before, after = out[: edit.start], out[edit.end :]
            text = edit.text
            if not text:
                if before.endswith(" ") and (not after or after[0] in " .,;:!?)"):
                    before = before[:-1]
                elif not before and after.startswith((" ", ",", "，")):
                    after = after.lstrip(" ,，")
                if not before.strip() and self.target[:1].isupper():
                    after = capitalised(after, self.languages[1])
            else:
                if not before.strip() and self.target[:1].isupper():
                    text = capitalised(text, self.languages[1])
                if spaced:
                    if before and not before[-1].isspace() and before[-1] not in "([{*_“\"'‘-/":
                        text = " " + text
                    if after and not after[0].isspace() and after[0] not in ".,;:!?)]}*_”\"'’-/…":
                        text += " "
            out = before + text + after
        return out


def repair(
    old: str, new: str, target: str, languages: tuple[str, str], table: WordTable, fresh: str = "", examples: Examples | None = None
) -> Repair | None:
    """The repaired ``target``; None if that would lose or break something."""
    made = _Repairer(spelled_out(old), spelled_out(new), target, languages, table, fresh, examples).run()
    if made is None or (made.text == target and made.share < UNCHANGED):
        return None
    return None if repair_problem(old, new, target, made.text) else made
