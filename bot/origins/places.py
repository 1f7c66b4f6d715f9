"""Which English documents a translated one may be of: by path, label and content, through renames."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from bot.messages import Message
from bot.origins.fingerprint import Fingerprint, likeness
from bot.origins.scoring import Prints
from bot.repositories.versions import Version, Versions

_NUMBER = re.compile(r"\d+[-_. ]+")
"""Matches the number before the name of a chapter, ``05-``, which translators put there or leave out."""

RENAMED = 0.5
"""Share of common features from which a file that came in the commit that removed another is the same document (a
guess, git's own default for lines)."""

ALIKE = 0.3
"""Share of common features from which a document with another path is worth showing to a person (a guess)."""

LEAD = 0.1
"""By how much the likest document must exceed the next one to be taken without asking (a guess)."""

LEAST = 10.0
"""Weight of the features of a document from which its content tells where it belongs (a guess)."""


@dataclass(frozen=True)
class Place:
    """An English document; ``why`` it may be the right one, and whether that is beyond doubt."""

    path: str
    why: str
    sure: bool


class Places:
    """The English documents of all times, to look up; ``today`` has the blobs of those that exist now."""

    def __init__(self, versions: Versions, today: Mapping[str, str], prints: Prints) -> None:
        self.versions, self.living, self.prints = versions, today, prints

    def of(self, own: str, print_: Fingerprint) -> tuple[Place, ...]:
        """The English documents that a translated one may be of, the likeliest first; ``own`` has its path."""
        why = Message("same path")
        known = self._unnumbered.get(_unnumbered(own), [])
        if own not in self.versions and len(known) == 1:
            own, why = known[0], Message("same path but for a number")
        if own in self.versions:
            past = [
                Place(p, Message("{path} before it was renamed", path=own), True) for p in self._renamed(own, back=True)
            ]
            later = [Place(p, Message("{path} was renamed", path=own), True) for p in self._renamed(own, back=False)]
            return (Place(own, why, True), *past, *later)
        labels = [text for (kind, text) in print_.features if kind == "label"]
        labelled = {p for label in labels for p in self._labels.get(_label(label), ())}
        ranked = sorted(((likeness(print_, last), p) for p, last in self._last.items()), reverse=True)[:5]
        found = [(share, p) for share, p in ranked if share >= ALIKE or p in labelled]
        return tuple(self._by_content(found, labelled if print_.size >= LEAST else set(), print_.size >= LEAST))

    def _by_content(self, found: list[tuple[float, str]], labelled: set[str], enough: bool) -> Iterator[Place]:
        for n, (share, path) in enumerate(found):
            leads = n == 0 and share >= RENAMED and (len(found) == 1 or share - found[1][0] >= LEAD)
            why = Message("{percent}% alike", percent=f"{share * 100:.0f}")
            why = Message("same label, {alike}", alike=why) if path in labelled else why
            yield Place(path, why, enough and leads and (path in labelled or share >= 0.7))

    def today(self, version: Version) -> tuple[Place, ...]:
        """Where the document of a version is now: itself, what it became, or candidates where that is in doubt."""
        path = version.path
        if path in self.living:
            return (Place(path, "", True),)
        last = self.versions[path][-1] if path in self.versions else version
        heads = {p: self.prints.of(blob) for p, blob in self.living.items()}
        own = {_title(self.prints.of(v.blob)) for v in (version, last)} - {""}
        named = [p for p, head in heads.items() if _title(head) in own]
        renamed = [p for p in self._renamed(path, back=False) if p in heads]
        # Sure if all labels that the document had, and its renames, lead to one and the same document.
        agreed = len(own) == len(named) == 1 and set(renamed) <= set(named)
        labelled = [Place(p, Message("has its label {label}", label=_title(heads[p])), agreed) for p in named]
        same = PurePosixPath(path).name
        moved = [Place(p, Message("renamed"), not named and PurePosixPath(p).name == same) for p in renamed]
        print_ = self.prints.of(last.blob)
        ranked = sorted(((likeness(print_, head), p) for p, head in heads.items()), reverse=True)
        near = [
            Place(p, Message("{percent}% alike", percent=f"{share * 100:.0f}"), False)
            for share, p in ranked[:2]
            if share >= ALIKE
        ]
        found: dict[str, Place] = {}
        for place in (*labelled, *moved, *near):
            found.setdefault(place.path, place)
        sure = [place for place in found.values() if place.sure]
        return tuple(sure[:1] or found.values())

    def _renamed(self, path: str, *, back: bool) -> list[str]:
        """The paths that the document had before (``back``) or got later, nearest first."""
        found: list[str] = []
        here = path
        for _ in range(8):
            if here not in self.versions:  # of a commit that people named, on another branch
                break
            mine = self.versions[here]
            end = mine[0] if back else max(mine, key=lambda v: (bool(v.ended), v.time))
            turn = end.oldest if back else end.ended
            others = (self._ending if back else self._starting).get(turn, []) if turn else []
            scores = [
                (likeness(self.prints.of(end.blob), self.prints.of(v.blob)), v.path)
                for v in others
                if v.path not in (path, *found)
            ]
            best = max(scores, default=(0.0, ""))
            if best[0] < RENAMED:
                break
            here = best[1]
            found.append(here)
        return found

    @cached_property
    def _unnumbered(self) -> dict[str, list[str]]:
        """The paths by themselves without the number at the start of the name."""
        found = defaultdict(list)
        for path in self.versions:
            found[_unnumbered(path)].append(path)
        return found

    @cached_property
    def _starting(self) -> dict[str, list[Version]]:
        """The first versions of paths, by the commit that added them."""
        found = defaultdict(list)
        for mine in self.versions.values():
            found[mine[0].oldest].append(mine[0])
        return found

    @cached_property
    def _ending(self) -> dict[str, list[Version]]:
        """The versions of paths that are gone, by the commit that ended them."""
        found = defaultdict(list)
        for path, mine in self.versions.items():
            if path not in self.living:
                for version in mine:
                    found[version.ended].append(version)
        return found

    @cached_property
    def _last(self) -> dict[str, Fingerprint]:
        """The fingerprint of the newest version of each path."""
        return {path: self.prints.of(mine[-1].blob) for path, mine in self.versions.items()}

    @cached_property
    def _labels(self) -> dict[str, set[str]]:
        found = defaultdict(set)
        for path, last in self._last.items():
            for kind, text in last.features:
                if kind == "label":
                    found[_label(text)].add(path)
        return found


def _unnumbered(path: str) -> str:
    folder, _, name = path.rpartition("/")
    number = _NUMBER.match(name)
    return f"{folder}/{name[number.end() if number else 0 :]}"


def _title(print_: Fingerprint) -> str:
    """The first label of a text, which names its section."""
    return next((_label(text) for kind, text in print_.features if kind == "label"), "")


def _label(text: str) -> str:
    """A label in a form that survives a change of style: ``sec_language-model`` is ``sec_language_model``."""
    return text.replace("-", "_").casefold()
