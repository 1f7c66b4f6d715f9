"""Tables of contents: what became of the documents of a sync becomes of their entries.

``toctree`` directives and ``SUMMARY.md`` are in documents, which are merged anyway. YAML files are merged by line; in
program text (``sidebars.js``) nothing is written, and people are told.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence

from bot.companions import Companions, Note, Sides, Traveller
from bot.companions.toc_entries import KINDS, read
from bot.companions.toc_merge import Merge
from bot.errors import AmtsError
from bot.messages import Message

PROGRAMS = tuple(f"sidebars.{suffix}" for suffix in ("js", "ts", "cjs", "mjs", "json"))
"""Tables of contents that are only looked at."""


def contents(documents: Sequence[Traveller], sides: Sides, places: Mapping[str, str]) -> Companions:
    """The tables of contents to write; ``places`` maps English paths of documents to those of their translations."""
    moved = [d for d in documents if d.was != d.path]
    files: dict[str, bytes] = {}
    carried: list[Note] = []
    left: list[Note] = []
    for source in sorted(sides.english.files) if moved else ():
        name, suffix = posixpath.splitext(posixpath.basename(source))
        table = name in KINDS and suffix in (".yml", ".yaml")
        place = sides.counterpart(source) if table or name + suffix in PROGRAMS else ""
        if not place:
            continue
        if not table:
            left += [Note(place, text) for text in _told(moved, sides, source, place)]
            continue
        try:
            made, merge = _merged(moved, sides, places, source, place)
        except AmtsError as error:
            names = ", ".join(d.path or d.was for d in moved)
            text = "{what}: {why}; check the entries of {documents}"
            left.append(Note(place, Message(text, what=error.what, why=error.why, documents=names)))
            continue
        left += [Note(place, text) for text in merge.left]
        if merge.done:
            files[place] = made
            carried += [Note(place, text) for text in merge.done]
    return Companions(files, tuple(carried), tuple(left))


def _merged(
    documents: Sequence[Traveller], sides: Sides, places: Mapping[str, str], source: str, place: str
) -> tuple[bytes, Merge]:
    """Raises AmtsError if one of the two tables cannot be read, or the result would not be what it should be."""
    english = read(sides.english.text(source), source, sides.english.files)
    own = sides.translation.text(place)
    everywhere = {p: places.get(p) or sides.layout.translated(p) for p in sides.english.files}
    everywhere |= {d.source_path: d.was for d in documents if d.was}
    known = {*sides.translation.files, *everywhere.values(), *(d.path for d in documents)} - {""}
    merge = Merge(english, read(own, place, known), everywhere)
    text = merge.merge(documents)
    if text != own:
        now = read(text, place, known).documents
        if (
            sorted(now) != sorted([*merge.expected(), *merge.added])
            or [path for path in now if path not in merge.added] != merge.expected()
        ):
            why = Message("an edit would change more than it should")
            raise AmtsError(Message("{path} cannot be merged", path=place), why=why, fix="edit it")
    return text.encode(), merge


def _told(documents: Sequence[Traveller], sides: Sides, source: str, place: str) -> Iterator[str]:
    """What a table of contents in program text should have, and what not, as far as can be seen."""
    try:
        english, own = sides.english.text(source), sides.translation.text(place)
    except AmtsError:
        return
    for document in documents:
        if document.path and _names(english, document.source_path) and not _names(own, document.path):
            yield Message("add an entry of {document}, as English has", document=document.path)
        elif not document.path and _names(own, document.was) and not _names(english, document.source_path):
            yield Message("remove the entry of {document}, as in English", document=document.was)


def _names(text: str, path: str) -> bool:
    """Whether a program names a document: its path without an extension, or the end of it, in quotation marks."""
    parts = posixpath.splitext(path)[0].split("/")
    ends = ("/".join(parts[n:]) for n in range(len(parts)))
    return any(f"{mark}{end}{mark}" in text for end in ends for mark in "'\"`")
