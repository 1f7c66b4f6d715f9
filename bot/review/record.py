"""The review record: the sentences of a translation that wait for people, in a file that travels in its tree.

Every merge carries it: merge commit, squash or rebase. It holds for a sentence only where both texts agree with it
(``unfinished``), and no text is ever made from it. docs/review.md describes the format.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from bot.document.sentences import normal

State = Literal["english", "draft", "reused", "kept"]
"""Why a sentence waits: ``english``, nobody has translated it; ``draft``, no person wrote it; ``reused``, people wrote
it elsewhere; ``kept``, people wrote it for an English that was edited since. All others are settled."""

UNWRITTEN: tuple[State, ...] = ("english", "draft")
"""States of text that no person wrote in this language."""

_HEAD = "# Sentences that wait for people. amts writes this file and reads it again: it may be deleted, not edited.\n"

_STATES: tuple[str, ...] = get_args(State)


@dataclass(frozen=True)
class Entry:
    """One line of the record: a sentence of the document at ``path``.

    ``source`` and ``text`` are the keys of its English sentences and of those in the translation, as they were drafted
    or kept. ``old_source`` and ``old_target`` are the last English and translation of it that people settled (empty:
    there is none); of a ``kept`` sentence the old translation is the present one, and is left out. ``repaired``: the
    draft is an old translation, repaired.
    """

    path: str
    state: State
    source: tuple[str, ...]
    text: tuple[str, ...]
    old_source: str = ""
    old_target: str = ""
    repaired: bool = False


def key(sentence: str) -> str:
    """The key of a sentence, which does not depend on white space: 12 hex digits of a SHA-256."""
    return hashlib.sha256(normal(sentence).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def to_review(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Those that a review settles: what is still English needs a translation."""
    return tuple(entry for entry in entries if entry.state != "english")


def by_path(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """The entries of each document, in their order."""
    found = defaultdict[str, list[Entry]](list)
    for entry in entries:
        found[entry.path].append(entry)
    return {path: tuple(own) for path, own in found.items()}


def name_of(entries: Iterable[Entry]) -> str:
    """A name for a set of entries that no other set has: 12 hex digits."""
    lines = "".join(sorted(map(_line, entries)))
    return hashlib.sha256(lines.encode()).hexdigest()[:12]


def read(data: bytes) -> tuple[Entry, ...]:
    """The entries of a record. A line that is none is ignored: a broken record must not stop a sync."""
    lines = data.decode("utf-8", "replace").splitlines()
    return tuple(entry for line in lines if (entry := _entry(line)))


def written(entries: Iterable[Entry]) -> bytes:
    """The record: one line per sentence, sorted, so that equal entries give equal bytes and merges stay small."""
    return (_HEAD + "".join(sorted(map(_line, entries)))).encode()


def _line(entry: Entry) -> str:
    fields: dict[str, object] = {
        "path": entry.path,
        "english": entry.source,
        "text": entry.text,
        "state": entry.state,
    }
    if entry.old_source or entry.old_target:
        fields["old"] = (entry.old_source, entry.old_target)
    if entry.repaired:
        fields["repaired"] = True
    # Characters that some programs take for line ends must not end a line here.
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    if not text.isprintable():
        text = "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)
    return text + "\n"


def _entry(line: str) -> Entry | None:
    try:
        fields = json.loads(line)
        old_source, old_target = fields.get("old", ["", ""])
        texts = tuple(fields["english"]), tuple(fields["text"])
        repaired = fields.get("repaired") is True
        entry = Entry(fields["path"], fields["state"], *texts, old_source, old_target, repaired)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    words = (entry.path, entry.state, *entry.source, *entry.text, entry.old_source, entry.old_target)
    usable = all(isinstance(word, str) for word in words) and entry.state in _STATES and entry.source and entry.text
    return entry if usable else None
