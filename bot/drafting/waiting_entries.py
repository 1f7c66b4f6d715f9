"""The entries of the review record that a draft brings: what the bot wrote, kept, or left in English.

What people settled last stays the old pair of a sentence, however many drafts replaced it since.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import get_args

from bot.document.cells import page_flavour
from bot.document.flavours import Flavour
from bot.document.sentences import normal
from bot.drafting.draft import Draft, DraftSegment
from bot.engines import Origin
from bot.planning.carry_over import Kept
from bot.review.record import UNWRITTEN, Entry, State
from bot.review.unfinished import Sentences, unfinished_of

REUSED: tuple[Origin, ...] = ("context", "exact")
"""Origins of drafts that people wrote in these words."""


def entries_after(
    path: str,
    entries: Sequence[Entry],
    draft: Draft,
    *,
    old: str,
    new: str,
    drafted: str,
    language: str,
    flavour: Flavour | None = None,
) -> tuple[Entry, ...]:
    """The entries of the document at ``path`` after ``draft``, whose text is ``drafted``; ``entries`` are those before.

    ``old`` and ``new`` are the English texts of the draft's plan.
    """
    flavour = flavour or page_flavour((new, drafted))
    before = _Before(entries, old, draft.plan.target, language, flavour)
    source, own = Sentences(new, "en", flavour), Sentences(drafted, language, flavour)
    fresh = [
        *(_of_segment(path, s, before, source, own) for s in draft.segments),
        *(entry for kept in draft.plan.kept if (entry := _of_kept(path, kept, before, source, own))),
    ]
    done = {e.source for e in fresh}
    fresh += [replace(e, path=path) for e in before.holding if e.source not in done]
    found = unfinished_of(source, own, _joined(fresh, source, own))
    return tuple(one.entry for one in found if one.entry)


def _joined(entries: Iterable[Entry], source: Sentences, own: Sentences) -> list[Entry]:
    """The entries about ``source``, with those that are in one sentence of the translation in one.

    A draft without a full stop runs into the next sentence.
    """
    entries = [e for e in entries if all(name in source.places for name in e.source)]
    use = Counter(name for entry in entries for name in entry.text)
    crowded = {name for name, number in use.items() if name in own.places and number > len(own.places[name])}
    out: list[Entry] = []
    for entry in sorted(entries, key=lambda e: source.places[e.source[0]][0]):
        before = out[-1] if out else entry
        if out and crowded.intersection(entry.text).intersection(before.text) and entry.source != before.source:
            old, target = (f"{a} {b}".strip() for a, b in zip(_pair(before), _pair(entry), strict=True))
            state = min(before.state, entry.state, key=_STATES.index)
            text = tuple(dict.fromkeys((*before.text, *entry.text)))
            repaired = before.repaired and entry.repaired
            out[-1] = Entry(before.path, state, (*before.source, *entry.source), text, old, target, repaired)
        else:
            out.append(entry)
    return out


_STATES = get_args(State)


def _pair(entry: Entry) -> tuple[str, str]:
    return entry.old_source, entry.old_target


def entries_redrafted(
    path: str,
    entries: Sequence[Entry],
    english: str,
    before: str,
    after: str,
    made: Iterable[tuple[DraftSegment, str, bool]],
    language: str,
    flavour: Flavour | None = None,
) -> tuple[Entry, ...]:
    """The entries after drafts were made again: each with the text that it replaced, and whether people wrote that."""
    flavour = flavour or page_flavour((english, after))
    known = _Before(entries, english, before, language, flavour)
    source, own = Sentences(english, "en", flavour), Sentences(after, language, flavour)
    fresh = []
    for segment, was, by_people in made:
        entry = known.of(segment.segment.source)
        pair = (entry.old_source, entry.old_target) if entry else ("", "")
        if by_people:
            pair = (segment.segment.source, was)
        keys = source.keys(segment.segment.source), own.keys(segment.text)
        fresh.append(Entry(path, _state(segment.origin), *keys, *pair, repaired=segment.origin == "repaired"))
    done = {e.source for e in fresh}
    fresh += [e for e in known.holding if e.source not in done]
    return tuple(one.entry for one in unfinished_of(source, own, fresh) if one.entry)


class _Before:
    """The entries that held before a draft, by the English that they are about."""

    def __init__(self, entries: Sequence[Entry], english: str, target: str, language: str, flavour: Flavour) -> None:
        self._english = Sentences(english, "en", flavour) if entries else None
        own = Sentences(target, language, flavour) if entries else None
        found = unfinished_of(self._english, own, entries) if self._english and own else ()
        self.holding = [one.entry for one in found if one.entry]
        self._of: Mapping[str, Entry] = {name: e for e in reversed(self.holding) for name in e.source}

    def of(self, english: str) -> Entry | None:
        """The entry about one of these English sentences."""
        if not english or self._english is None:
            return None
        return next((self._of[name] for name in self._english.keys(english) if name in self._of), None)


def _state(origin: Origin) -> State:
    return "english" if origin == "english" else "reused" if origin in REUSED else "draft"


def _of_segment(path: str, done: DraftSegment, before: _Before, source: Sentences, own: Sentences) -> Entry:
    """The entry of a draft, or of English that is left."""
    segment = done.segment
    pair = segment.old_source, segment.old_target
    if entry := before.of(segment.old_source or segment.source):
        if entry.state in UNWRITTEN or entry.old_target:
            pair = entry.old_source, entry.old_target
        elif entry.state == "kept":
            pair = entry.old_source, segment.old_target
    elif normal(pair[0]) == normal(pair[1]):
        pair = "", ""
    keys = (
        source.keys(segment.source),
        own.keys(segment.present or done.text if done.origin == "english" else done.text),
    )
    return Entry(path, _state(done.origin), *keys, *pair, repaired=done.origin == "repaired")


def _of_kept(path: str, kept: Kept, before: _Before, source: Sentences, own: Sentences) -> Entry | None:
    """The entry of a sentence whose English was edited: the old one, brought up to date, or a new one."""
    keys = source.keys(kept.new), own.keys(kept.target)
    if entry := before.of(kept.old):
        return replace(entry, path=path, source=keys[0], text=keys[1])
    return Entry(path, "kept", *keys, kept.old) if kept.kind != "cosmetic" else None
