"""Figures that a draft refers to and the translation lacks: copied from English, byte for byte."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Sequence

from bot.companions import Companions, Note, Sides, Traveller
from bot.errors import AmtsError
from bot.messages import Message

MEDIA = (
    *(".apng", ".avif", ".bmp", ".eps", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp"),
    *(".mp3", ".mp4", ".ogg", ".ogv", ".pdf", ".wav", ".webm"),
)
"""The file name extensions of figures: pictures, sound and film; nothing that a site would run."""

LARGEST = 5_000_000
"""Bytes of the largest figure that is copied (a guess: GitHub warns from 50 MB on, pages are slow long before)."""

_REFERENCES = re.compile(
    r"""
    \]\(\s*+(?:<(?P<angled>[^<>\n]++)>|(?P<target>(?:[^()\s]++|\([^()\s]*+\))++))
    | ^[ ]{0,3}\[[^\[\]\n]++\]:[ \t]*+<?(?P<definition>[^\s<>]++)
    | \b(?:src|poster)\s*+=\s*+\{?\s*+(?:require\(\s*+)?
      (?:"(?P<double>[^"\n]++)" | '(?P<single>[^'\n]++)' | (?P<bare>[^\s"'<>{}]++))
    | (?:\{(?:figure|figure-md|image)\}|\.\.[ ](?:figure|image)::)[ \t]++(?P<directive>\S++)
    """,
    re.VERBOSE | re.MULTILINE,
)
"""Targets of links and images, attributes of tags and shortcodes, directives of MyST and reStructuredText."""

_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})++")
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*+:|//|\\")


def figures(documents: Sequence[Traveller], sides: Sides, taken: Collection[str]) -> Companions:
    """The figures of ``documents`` to copy. ``taken`` are the paths that the sync writes or deletes besides.

    Only what English itself refers to travels: a translator cannot ask for any other file of the English repository.
    A figure that English does not have is no business of a sync; one that cannot be read or written is ``left``.
    """
    files: dict[str, bytes] = {}
    carried = list[Note]()
    left = dict[str, str]()
    for document in documents:
        english = frozenset(references(document.english))
        for reference in dict.fromkeys(references(document.draft)):
            found = _places(reference, document, sides) if reference in english else None
            if not found:
                continue
            origin, place = found
            if place in sides.translation.files or place in files or place in taken or origin in left:
                continue
            if sides.together and sides.layout.translated(origin) != place:
                text = "{document} refers to it, and the layout has no place for it in the translation"
                left[origin] = Message(text, document=document.path)
            elif (
                why := Message("its place is outside the repository")
                if not place
                else sides.problem(place, [*files, *taken])
            ):
                left[origin] = why
            else:
                try:
                    data = sides.english.read(sides.english.files[origin])
                except AmtsError as error:
                    left[origin] = error.reason
                    continue
                if len(data) > LARGEST:
                    size, most = f"{len(data) / 1e6:,.1f}", f"{LARGEST / 1e6:,.0f}"
                    left[origin] = Message(
                        "it has {size} MB; the largest that is copied has {most}", size=size, most=most
                    )
                    continue
                files[place] = data
                carried.append(Note(place, Message("figure of {document}", document=document.path)))
    notes = (Note(path, Message("figure not copied: {reason}", reason=why)) for path, why in left.items())
    return Companions(files, tuple(carried), tuple(notes))


def references(text: str) -> Iterator[str]:
    """The figures of a text as it names them, in order; none on other hosts, and no data."""
    for match in _REFERENCES.finditer(text):
        found = next(group for group in match.groups() if group)
        if not _ELSEWHERE.match(found) and plain(found).lower().endswith(MEDIA):
            yield found


def _places(reference: str, document: Traveller, sides: Sides) -> tuple[str, str] | None:
    """Where a figure is in English, and where the draft looks for it: empty if that is outside the repository."""
    for name in dict.fromkeys((reference, plain(reference))):
        origin = inside(posixpath.dirname(document.source_path), name)
        if origin in sides.english.files:
            return origin, inside(posixpath.dirname(document.path), name)
    return None


def plain(reference: str) -> str:
    """A reference as a path: without a query or an anchor, and without escapes of URLs."""
    return _ESCAPED.sub(
        lambda m: bytes.fromhex(m[0].replace("%", "")).decode("utf-8", "replace"), re.split("[?#]", reference)[0]
    )


def inside(folder: str, name: str) -> str:
    """A path relative to ``folder``, or to the repository if it starts with a slash; empty if it leads outside."""
    path = posixpath.normpath(name.lstrip("/") if name.startswith("/") else posixpath.join(folder, name))
    return "" if path.startswith(("../", "/")) or path in ("..", ".") or not path.isprintable() else path
