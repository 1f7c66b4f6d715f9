"""Where the words of an English edit are in the old translation: what it removes or replaces, and where words go in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.repair.dense import is_attached
from bot.repair.difference import Hunk
from bot.repair.links import CLAIM, Links
from bot.repair.tokens import Token
from bot.repair.wording import AROUND

FURTHER = 0.7
"""Least mean link of further words that an edit removes."""
SURE = 0.4
"""Least mean link of words that an edit removes where no spaces separate words: half of a word is worse than none."""
LEANING = 0.08
"""Least link of a word that belongs to nothing else, beside words that an edit removes (a guess)."""
GAP = 3
"""Most words that belong to nothing between two that belong together (a guess)."""
_PAUSES = (",", "，", "、")
_COMMAS = (",", "，", "、", "(", "（")
_QUOTES = {**AROUND, "{": "}", '"': '"', "“": "”"}
_WORDS = ("word", "ending", "number")

_COORDINATORS = frozenset({"and", "or", "nor", "but", "so", "yet"})
DENSE_COORDINATORS = frozenset("和 与 與 及 或 或者 以及 并 并且 や と および 及び または 又は もしくは".split())
"""Those of Chinese and Japanese, of which few links are sure; in other languages a book links them."""
_LINKING = frozenset(
    "to of in on at by for from with as into onto about over through during via per upon among between within along "
    "across than because although though since while where when which that who whose".split()
)
"""Words that begin a phrase about what is before it."""
_PAUSING = ("(", ",", ";", ":")


@dataclass(frozen=True)
class Stretches:
    """The tokens ``before`` of the old English, ``after`` of the new, ``ours`` of the old translation.

    ``links`` are those of the old pair; ``earlier`` has the old position of each new token that stays; ``missing`` are
    the old English tokens that nothing in the translation belongs to. ``spaced`` if there are spaces between words;
    ``explains_before`` as in ``bot.languages``.
    """

    before: Sequence[Token]
    after: Sequence[Token]
    ours: Sequence[Token]
    links: Links
    earlier: Mapping[int, int]
    spaced: bool
    missing: Collection[int]
    explains_before: bool = False

    def of(self, hunk: Hunk) -> tuple[range, ...]:
        """The stretches of the translation for the English words that went, the one with most of them first."""
        gone = [k for k in hunk.old if self.before[k].content]
        if whole := self._bracketed(hunk, gone) or self._clause(hunk):
            return (whole,)
        found: list[range] = []
        for j in self.links.owned(gone):
            between = range(found[-1].stop, j) if found else range(0)
            free = all(self.links.owners[k] in (-1, *hunk.old) and self.ours[k].kind in _WORDS for k in between)
            if found and free and len(between) <= GAP:
                found[-1] = range(found[-1].start, j + 1)
            else:
                found.append(range(j, j + 1))
        if not self.spaced:
            found = [run for run in found if self._mean(run, gone) >= SURE and not is_attached(self._text(run))]
        found = [run for run in found if not any(map(self._shared, run))]
        if not found:
            return ()
        found = [self._widened(run, gone) for run in found]
        found = [self._coordinated(range(self._first(run.start, hunk.old), run.stop), hunk) for run in found]
        main = max(found, key=lambda run: self.links.mass(gone, run))
        # The last word of a sentence is often a verb that many English words are linked to.
        last = max((j for j, token in enumerate(self.ours) if token.kind == "word"), default=-1)
        further = [run for run in found if run is not main and last not in run and self._mean(run, gone) >= FURTHER]
        return tuple(self._opened(run) for run in (main, *further))

    def _coordinated(self, run: range, hunk: Hunk) -> range:
        """A stretch with the *and* beside it that went with it, which would join nothing any more."""
        words = [k for k in hunk.old if self.before[k].kind in _WORDS]
        edges = {k for k in (words[0], words[-1]) if self.before[k].form in _COORDINATORS} if words else set()
        for j in range(run.start - 1, max(-1, run.start - 3), -1):
            if self._joins(j, edges):
                return range(j, run.stop)
            if self.links.owners[j] not in (-1, *hunk.old) or self.ours[j].kind not in _WORDS:
                break
        if run.stop < len(self.ours) and self._joins(run.stop, edges):
            return range(run.start, run.stop + 1)
        return run

    def _joins(self, j: int, edges: Collection[int]) -> bool:
        """Whether a word of the translation is the *and* of one of the English tokens ``edges``."""
        return self.links.owners[j] in edges or (bool(edges) and self.ours[j].text in DENSE_COORDINATORS)

    def staying(self, hunk: Hunk, runs: Sequence[range]) -> Iterator[range]:
        """The English words that went, in runs, whose translation is known and not in the stretches ``runs``."""
        inside = {j for run in runs for j in run}
        came = {self.after[k].form for k in hunk.new}
        stays = [
            k
            for k in hunk.old
            if (self.before[k].content or (self.before[k].qualifies and self.before[k].form not in came))
            and (owned := self.links.owned([k]))
            and not inside.intersection(owned)
        ]
        for _, group in groupby(enumerate(stays), lambda pair: pair[1] - pair[0]):
            numbers = [k for _, k in group]
            yield range(numbers[0], numbers[-1] + 1)

    def span(self, run: range, *, ending: bool = True) -> tuple[int, int]:
        """The code points of a stretch, with the ``ending`` behind its last word or without it."""
        hung_on = ending and run.stop < len(self.ours) and self.ours[run.stop].kind == "ending"
        return self.ours[run.start].start, self.ours[run.stop - 1 + hung_on].end

    def with_marks(self, run: range) -> range:
        """A stretch with the brackets, quotes or emphasis around it, which would be left empty."""
        while run.start > 0 and run.stop < len(self.ours):
            if _QUOTES.get(self.ours[run.start - 1].text) != self.ours[run.stop].text:
                break
            run = range(run.start - 1, run.stop + 1)
        return run

    def place(self, hunk: Hunk) -> int | None:
        """The code point where the translation gets what was put in; None for the end of a sentence that no space ends.

        Japanese has its verb there.
        """
        if hunk.new.start == 0 or not self.ours:
            return 0
        first = self.after[hunk.new.start]
        if any(self.after[k].kind not in ("stop", "markup") for k in range(hunk.new.stop, len(self.after))):
            ways = (self._behind, self._before) if self._follows(first) else (self._before, self._behind)
            at = next((at for way in ways if (at := way(hunk)) is not None), None)
        else:
            at = self._behind(hunk) if first.text == "(" else None
        if at is not None:
            return at
        if not self.spaced:
            return None
        if self.explains_before and first.kind != "stop" and first.text.casefold() not in _COORDINATORS:
            # Also the verb of a sentence comes behind what English puts at its end, but not behind another clause.
            owners = (self._owned(k) for k in range(hunk.new.start - 1, -1, -1) if self.after[k].content)
            at = next((owned[0] for owned in owners if owned), None)
            if at == 0 or (at and self.ours[at - 1].end < self.ours[at].start):  # not into a link, quotes or emphasis
                return self.ours[at].start
        return self.end

    @property
    def end(self) -> int:
        """The code point behind the last word of the translation, before the marks that end it."""
        words = [token for token in self.ours if token.kind != "stop"]
        return words[-1].end if words else len(self.ours)

    def _follows(self, first: Token) -> bool:
        """Whether what begins with this English token belongs to what is before it, in the translation too."""
        phrase = self.spaced and not self.explains_before and first.form in _LINKING
        return first.text in _PAUSING or first.form in _COORDINATORS or phrase

    def _before(self, hunk: Hunk) -> int | None:
        """The code point before what the next English word that stays became."""
        for k in range(hunk.new.stop, len(self.after)):
            if self.after[k].content and (owned := self._owned(k)):
                marked = any(self.after[n].kind == "markup" for n in range(hunk.new.stop, k))
                return self.ours[self._first(owned[0], marked=marked)].start
        return None

    def _behind(self, hunk: Hunk) -> int | None:
        """The code point behind what the last English word that stays became."""
        for k in range(hunk.new.start - 1, -1, -1):
            if self.after[k].content and (owned := self._owned(k)):
                return self.span(range(owned[-1], owned[-1] + 1))[1]
        return None

    def listed(self, hunk: Hunk) -> int | None:
        """The code point behind a link or an atom that stays, if what was put in behind it is one more of its kind."""
        new = [self.after[k] for k in hunk.new]
        while new and new[0].kind in ("word", "stop") and not new[0].content:
            del new[0]
        depth = 0
        for token in new:
            depth += (token.text == "[") - (token.text == "]")
            if token.content and token.kind == "word" and not depth:
                return None
        last = hunk.new.start - 1
        if not new or new[-1].kind != "atom" or last < 0 or self.after[last].kind != "atom":
            return None
        owned = self._owned(last)
        return self.ours[owned[0]].end if len(owned) == 1 and self.ours[owned[0]].kind == "atom" else None

    def _owned(self, k: int) -> list[int]:
        """The tokens of the translation that belong to a new English token that stays."""
        return self.links.owned([self.earlier[k]]) if k in self.earlier else []

    def _first(self, j: int, gone: Collection[int] = (), *, marked: bool = False) -> int:
        """Token ``j`` of the translation, or the first of what touches it: clipped words, and marks if ``marked``.

        A clipped word that translates another English word than those ``gone`` is no part of it.
        """
        while j and self.ours[j - 1].end == self.ours[j].start:
            owner = self.links.owners[j - 1]
            own = owner == -1 or owner in gone or not self.before[owner].content
            if not (self.ours[j - 1].clipped and own) and not (marked and self.ours[j - 1].kind == "markup"):
                break
            j -= 1
        return j

    def _shared(self, j: int) -> bool:
        """Whether a token also translates a word that stays and has no other, as in a compound: it says both."""
        owner = self.links.owners[j]
        lonely = (i for i in self.earlier.values() if i in self.missing and self.before[i].content)
        return owner >= 0 and any(self.links.weights[i][j] >= CLAIM * self.links.weights[owner][j] for i in lonely)

    def _text(self, run: range) -> str:
        return "".join(self.ours[j].text for j in run)

    def _mean(self, run: range, gone: Sequence[int]) -> float:
        return sum(max(self.links.weights[i][j] for i in gone) for j in run) / len(run)

    def _bracketed(self, hunk: Hunk, gone: Sequence[int]) -> range | None:
        """The brackets of the translation, if all words that went were in English brackets that went too."""
        for opening, closing in (("{", "}"), ("(", ")")):
            opened = [k for k in hunk.old if self.before[k].text == opening]
            closed = [k for k in hunk.old if self.before[k].text == closing]
            if not (len(opened) == len(closed) == 1 and all(opened[0] < k < closed[0] for k in gone)):
                continue
            left = [j for j, token in enumerate(self.ours) if token.text in (opening, "（")]
            right = [j for j, token in enumerate(self.ours) if token.text in (closing, "）")]
            if len(left) != len(right):
                continue
            fits = [
                range(a, b + 1)
                for a, b in zip(left, right, strict=True)
                if a < b and self._holds(range(a + 1, b), range(opened[0], closed[0] + 1))
            ]
            if len(fits) == 1:
                return fits[0]
        return None

    def _clause(self, hunk: Hunk) -> range | None:
        """The first clause of the translation with its comma, if an edit removes the first one of the English."""
        if hunk.new or hunk.old.start or len(hunk.old) < 2 or self.before[hunk.old[-1]].text != ",":
            return None
        comma = next((j for j, token in enumerate(self.ours) if token.text in _PAUSES), 0)
        if comma and not self.spaced and self._holds(range(comma), hunk.old):
            return range(comma + 1)
        return None

    def _holds(self, run: range, english: range) -> bool:
        """Whether a stretch belongs to these English tokens rather than to others."""
        owners = {self.links.owners[j] for j in run} - {-1}
        return sum(i in english for i in owners) > len(owners) / 2

    def _widened(self, run: range, gone: Sequence[int]) -> range:
        """A stretch with its neighbours that belong to nothing but lean towards the words that went."""

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

    def _opened(self, run: range) -> range:
        """A stretch with what belongs to nothing before it, if that goes back to a comma or the start: On the other."""
        start = run.start
        while start and self.links.owners[start - 1] == -1 and self.ours[start - 1].kind in ("word", "ending"):
            start -= 1
        free = start == 0 or self.ours[start - 1].text in _COMMAS
        return range(start, run.stop) if free else run
