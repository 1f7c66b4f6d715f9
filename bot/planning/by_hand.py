"""What people changed in a translation without the bot, since the English that it corresponds to was recorded.

Texts are compared by sentence, not by line, and by their letters and digits alone: wrapping lines again or another
punctuation is no update, nor is another division of the same letters into sentences. ``by_hand`` finds who wrote a
sentence and what its English was then, from the versions of the document; ``ByHand.follows`` tells whether a sentence
may have been written for the English of today.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from bot.alignment import gale_church
from bot.alignment.sequences import Stretch, stretches
from bot.document.atoms import apart
from bot.document.cells import page_flavour
from bot.document.flavours import Flavour
from bot.document.markdown import parse
from bot.document.segmentation import Sentence, document_sentences
from bot.document.sentences import letters, normal
from bot.planning.held_sentences import LONG, Reading, brought, held_anywhere, holds, whole

_ALIKE = 50.0
"""Similarity (0 to 100) from which a sentence is taken for a new wording of another one (a guess)."""

_AROUND = 200
"""The most sentences of a stretch with which each new one is compared: those at about the same place (a guess)."""

_BESIDE = 2
"""Sentences before and behind one in which the rest of what it was part of is looked for (a guess)."""

_COMMAS = (",", "，", "、", ";", "；")

_WORD = re.compile(r"[A-Za-z]{4,}")

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class Edit:
    """A commit that changed a document: its texts before (empty: it was new) and after it.

    ``english`` reads the English document as it was then; empty if that is unknown.
    """

    bot: bool
    before: str
    after: str
    english: Callable[[], str]


@dataclass(frozen=True)
class ByHand:
    """The sentences that people wrote since the baseline was recorded, each with the English document of that time.

    ``english`` has both by their letters, ``recorded`` is the translation when the baseline was recorded. ``fresh`` are
    those sentences that resemble none that was there, and ``added`` those of them that replaced none. ``reading`` is
    how the English is read.
    """

    english: Mapping[str, str] = field(default_factory=dict)
    recorded: str = ""
    fresh: frozenset[str] = frozenset()
    added: frozenset[str] = frozenset()
    reading: Reading = field(default_factory=Reading)

    def __bool__(self) -> bool:
        return bool(self.english)

    def wrote(self, text: str) -> bool:
        """Whether people wrote a sentence since the baseline was recorded."""
        return letters(text) in self.english

    def wrote_anew(self, text: str) -> bool:
        """Whether people wrote a sentence that is no new wording of one that was there."""
        return letters(text) in self.fresh

    def put_in(self, text: str) -> bool:
        """Whether people added a sentence where there was none."""
        return letters(text) in self.added

    def follows(self, text: str, old: str, new: Sequence[str]) -> bool:
        """Whether people wrote ``text`` when the English was ``new`` already, or it shows what is new in that.

        Not if they translated English that was still in the document: that was the recorded one, ``old``. Nor if it
        shows what English removed, or no code or reference of what that brought: they changed an older sentence.
        """
        then = self.english.get(letters(text))
        if then is None or normal(text) in map(normal, new):
            return False
        shows = _shows(text, old, " ".join(new))
        if shows is not None:
            return shows
        untranslated = bool(old) and self._has(self.recorded, old)
        return bool(then) and not untranslated and all(self._has(then, sentence) for sentence in new)

    def outdated(self, text: str, english: Sequence[str]) -> bool:
        """Whether people wrote ``text`` when the document did not have its ``english``: that went, and came back.

        Not where that is unknown.
        """
        then = self.english.get(letters(text))
        return bool(then) and any(not self._has(then or "", e) for e in english)

    def _has(self, text: str, english: str) -> bool:
        """Whether a document has an English sentence, however its lines are wrapped."""
        return holds(text, letters(english), self.reading)


NOTHING = ByHand()


def by_hand(
    recorded: str,
    target: str,
    edits: Iterable[Edit],
    language: str,
    flavour: Flavour | None = None,
    source_language: str = "en",
) -> ByHand:
    """What people wrote in ``target`` since its text was ``recorded``; ``edits`` are its changes, newest first.

    A sentence counts as written by the newest commit that brought it; older ones than all of these are not asked for.
    """
    if whole(recorded) == whole(target):
        return NOTHING
    flavour = flavour or page_flavour((target, recorded))
    before, now = (list(document_sentences(parse(text, flavour), language)) for text in (recorded, target))
    old, new = [letters(s.text) for s in before], [letters(s.text) for s in now]
    steps = [step for step in stretches(old, new) if not step.same]
    wanted = {key for step in steps for key in _rewritten(old, new, step) if key}
    names = set(_names(now))
    wanted -= {*old, *(name for name in names if len(name) < LONG)}
    within = held_anywhere(recorded, wanted)
    cut = within.intersection(_cut(old, new, steps, within - names))
    wanted -= within - cut
    reading = Reading(language, flavour)
    found: dict[str, str] = {}
    last = "", set[str]()
    for edit in edits if wanted else ():
        # The text after a commit is most often the one before the next.
        after = last[1] & wanted if last[0] == edit.after else held_anywhere(edit.after, wanted - cut)
        last = edit.before, held_anywhere(edit.before, wanted - cut)
        if came := (after - last[1]) | brought(edit.before, edit.after, wanted, reading, cut):
            wanted -= came
            if not edit.bot:
                found |= dict.fromkeys(came, edit.english())
            if not wanted:
                break
    fresh, added = _anew(before, now, steps, found.keys() - cut)
    return ByHand(found, recorded, fresh, added, Reading(source_language, flavour))


def _anew(
    before: Sequence[Sentence], now: Sequence[Sentence], steps: Sequence[Stretch], found: Collection[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Those that people wrote anew of the sentences that they wrote, and those of these that replaced none."""
    fresh, added = set[str](), set[str]()
    for step in steps:
        ours = [(n, key) for n in range(step.b, step.b_end) if (key := letters(now[n].text)) in found]
        if not ours:
            continue
        there = [s.text for s in before[step.a : step.a_end]]
        plain = [letters(text) for text in there]
        bare = [_bare(text) for text in there] if any(len(key) < LONG for _, key in ours) else []
        alike: dict[str, float] = {}
        for n, key in ours:
            said = (key, plain) if len(key) >= LONG else (_bare(now[n].text), bare)
            alike[key] = _likeness(*said, (n - step.b) / (step.b_end - step.b))
        come = sorted((key for _, key in ours), key=lambda key: alike[key])
        fresh |= {key for key in come if alike[key] < _ALIKE}
        added |= fresh.intersection(come[: max(0, step.b_end - step.b - len(there))])
    return frozenset(fresh), frozenset(added)


def _cut(old: Sequence[str], new: Sequence[str], steps: Sequence[Stretch], keys: Collection[str]) -> Iterator[str]:
    """Those of ``keys`` that were part of a longer sentence, the rest of which is gone from beside them."""
    for step in steps:
        there = old[step.a : step.a_end]
        for n in range(step.b, step.b_end) if there and keys else ():
            if (key := new[n]) in keys:
                around = _around(there, (n - step.b) / (step.b_end - step.b))
                whole_ones = (sentence for sentence in around if key in sentence and key != sentence)
                beside = "".join(new[max(0, n - _BESIDE) : n + _BESIDE + 1])
                if any(part not in beside for part in next(whole_ones, key).split(key)):
                    yield key


def _names(sentences: Sequence[Sentence]) -> Iterator[str]:
    """What is between the commas of a long list, which is cut there: a name, no sentence."""
    for s, after in pairwise(sentences):
        if s.text.endswith(_COMMAS) and (s.block, s.field) == (after.block, after.field):
            yield letters(s.text)


def _rewritten(old: Sequence[str], new: Sequence[str], step: Stretch) -> Sequence[str]:
    """The new sentences of a stretch; none if it has the same letters as before, only other ends of sentences."""
    there, here = old[step.a : step.a_end], new[step.b : step.b_end]
    return () if "".join(there) == "".join(here) else here


def _bare(text: str) -> str:
    """The letters of a sentence without its code and formulas, which are most of a short one."""
    return letters(apart(text)[1])


def _likeness(key: str, there: Sequence[str], place: float) -> float:
    """The similarity (0 to 100) to the most similar of ``there``, around that share (0 to 1) of it where it is long."""
    around = _around(there, place)
    return extractOne(key, around, scorer=ratio)[1] if around else 0.0


def _around(there: Sequence[str], place: float) -> Sequence[str]:
    """Those of many sentences that are around that share (0 to 1) of them."""
    start = max(0, min(int(place * len(there)) - _AROUND // 2, len(there) - _AROUND))
    return there[start : start + _AROUND]


def _shows(text: str, old: str, new: str) -> bool | None:
    """Whether a sentence has all code, math, references and numbers that an edit brought, and none that it removed.

    Where it brought none of these, a new English word that is in the sentence will do, such as a name. None where
    nothing can be told: it has some of them, or there are none, or all that it lacks are numbers, which people write as
    words or with other marks, or it has such pieces of its own.
    """
    before, after, ours = (gale_church.piece(t).hard for t in (old, new, text))
    came, went = after - before, before - after
    if came and came <= ours and not went & ours:
        return True
    if came or went:
        lacks = ours <= before and any(not _DIGITS.fullmatch(item) for item, _ in came)
        return False if old and not came & ours and (went & ours or lacks) else None
    words = (frozenset(w.casefold() for w in _WORD.findall(t)) for t in (old, new, text))
    said, says, mine = words
    return True if old and (says - said) & mine else None
