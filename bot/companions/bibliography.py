"""Bibliography entries that a draft cites and the translation lacks: appended to its own ``.bib`` file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.companions import Companions, Note, Sides, Traveller
from bot.companions.bib_entries import Bibliography, split
from bot.document.tree import Tree
from bot.errors import AmtsError
from bot.messages import Message

LARGEST = 20_000_000
"""Bytes of the largest bibliography that is read (a guess; that of a book has less than one million)."""

_ROLE = re.compile(
    r"(?:\{(?:foot|full)*cite[a-z]*(?::[a-z]+)*\}|(?<![\w`]):(?:foot|full)*cite[a-z]*(?::[a-z]+)*:)`([^`]++)`"
)
_PANDOC = re.compile(r"(?<![\w.@/+\\])@(?:\{([^{}\s]++)\}|([A-Za-z0-9_](?:[\w:.#$%&+?<>~/-]*(?<=[A-Za-z0-9_/]))?))")
_BESIDE = re.compile(r"\{[^{}]*+\}")


def bibliography(documents: Sequence[Traveller], sides: Sides) -> Companions:
    """The ``.bib`` files to write. What a file has is never changed, and neither is its order.

    Only keys that English cites too are looked for. What is cited and cannot be added is ``left``; a key that no
    English bibliography has is no business of a sync.
    """
    places = {p: sides.counterpart(p) for p in sorted(sides.english.files) if p.endswith(".bib")}
    if sides.together:  # what has no version of its own there is shared
        places = {path: place for path, place in places.items() if place}
    cited: dict[str, None] = {}
    for document in documents:
        english = frozenset(citations(document.english))
        cited.update(dict.fromkeys(key for key in citations(document.draft) if key in english))
    if not places or not cited:
        return Companions()
    carried: list[Note] = []
    left: list[Note] = []
    unread: list[Note] = []
    its = places.values() if sides.together else [p for p in sides.translation.files if p.endswith(".bib")]
    own = {path: _text(sides.translation, path, unread) for path in sorted(its)}
    known = {key.casefold() for text in own.values() for key in split(text).entries}
    missing = {key for key in cited if key.casefold() not in known}
    files: dict[str, bytes] = {}
    for path, place in places.items():
        if not missing:
            break
        source = split(_text(sides.english, path, left))
        wanted = _with_parents(source, [key for key in cited if key in missing and key in source.entries], known)
        if not wanted:
            continue
        missing -= set(wanted)
        names = ", ".join(wanted)
        if not place:
            left.append(Note(path, _to_add(Message("the translation has no such file"), names)))
        elif why := [note.text for note in unread if note.path == place]:
            left.append(Note(place, _to_add(why[0], names)))
        elif broken := split(own[place]).broken:
            problem = Message("the entry that begins with {entry} does not end", entry=broken)
            left.append(Note(place, _to_add(problem, names)))
        else:
            files[place] = _appended(own[place], source, wanted).encode()
            carried.append(Note(place, Message("bibliography entries: {entries}", entries=names)))
    return Companions(files, tuple(carried), tuple(left))


def _to_add(problem: str, names: str) -> Message:
    return Message("{problem}; entries to add: {entries}", problem=problem, entries=names)


def citations(text: str) -> Iterator[str]:
    """The keys that a text may cite: in roles of Sphinx and MyST, and as in Pandoc and Quarto."""
    for role in _ROLE.finditer(text):
        yield from filter(None, (key.strip() for key in _BESIDE.sub("", role[1]).split(",")))
    for match in _PANDOC.finditer(text):
        yield match[1] or match[2]


def _with_parents(source: Bibliography, keys: Sequence[str], known: set[str]) -> list[str]:
    """``keys`` and the keys of entries that they take values from, in the order of the file, which BibTeX needs."""
    wanted = list(keys)
    for key in wanted:  # grows meanwhile
        for parent in source.parents(source.entries[key]):
            if parent in source.entries and parent not in wanted and parent.casefold() not in known:
                wanted.append(parent)
    return [key for key in source.entries if key in wanted]


def _appended(own: str, source: Bibliography, keys: Sequence[str]) -> str:
    """A bibliography with entries of another one at its end, and the macros that they use before them."""
    have = {name.casefold() for name in split(own).macros}
    used = {name for key in keys for name in source.used(source.entries[key])}
    used |= {name for macro in list(used) for name in source.used(source.macros[macro])}
    macros = [text for name, text in source.macros.items() if name in used and name.casefold() not in have]
    eol = "\r\n" if "\r\n" in own else "\n"
    new = "\n\n".join([*macros, *(source.entries[key] for key in keys)])
    gap = "" if not own or own.endswith(("\n\n", "\r\n\r\n")) else "\n" if own.endswith("\n") else "\n\n"
    return own + (gap + new + "\n").replace("\r\n", "\n").replace("\n", eol)


def _text(side: Tree, path: str, left: list[Note]) -> str:
    """The text of a bibliography; empty, with a note, for one that cannot be read."""
    try:
        data = side.read(side.files[path])
        if len(data) <= LARGEST:
            return data.decode("utf-8")
        why: str = Message("it has more than {size} MB", size=f"{LARGEST / 1e6:,.0f}")
    except AmtsError as error:
        why = error.reason
    except UnicodeDecodeError:
        why = Message("it is no UTF-8 text")
    left.append(Note(path, Message("bibliography not read: {reason}", reason=why)))
    return ""
