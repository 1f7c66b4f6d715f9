"""Puts the Markdown of a translated sentence together from its pieces, and refuses what would read differently."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.document.runs import SHOWN, Kind, Run, runs
from bot.document.sentences import normal, unwrapped
from bot.messages import Message

_LATE = re.compile(r" [.,;:!?)\]}”’»%]")
"""A space that no language uses here; French uses no-break spaces."""


@dataclass(frozen=True)
class Decoded:
    """One segment that came back: its Markdown, or None and what is wrong with it."""

    text: str | None
    problem: str = ""


@dataclass(frozen=True)
class Piece:
    """Markdown of a segment that came back, and the kind of run that it belongs to."""

    kind: Kind
    text: str


def reassembled(pieces: Sequence[Piece], source: Sequence[Run]) -> Decoded:
    """The joined pieces; the result must have the same mark-up as what was sent."""
    if any(map(_says, source)) and not any(map(_says, pieces)):
        return Decoded(None, Message("the service returned nothing"))
    tidy = _tidied(pieces, source)
    wanted = _markup(source)
    # Emphasis that touches a word or a full-width mark may not be read as such: spaces outside of it help.
    for spaced in (tidy, [Piece(p.kind, _spaced(p)) for p in tidy]):
        text = unwrapped("".join(p.text for p in spaced))
        if _markup(runs(text)) == wanted:
            return Decoded(text)
    return Decoded(None, Message("its emphasis, links or code would read differently"))


def markup(text: str) -> Mapping[tuple[str, str], int]:
    """How often each piece of Markdown is in a text: code, links, marks of emphasis and the like."""
    return _markup(runs(text))


def _says(part: Run | Piece) -> bool:
    return part.kind in SHOWN and bool(part.text.strip())


def _spaced(piece: Piece) -> str:
    if piece.text.strip("*_ "):
        return piece.text
    return {"open": f" {piece.text}", "close": f"{piece.text} "}.get(piece.kind, piece.text)


def _markup(found: Iterable[Run]) -> Mapping[tuple[str, str], int]:
    return Counter((run.kind, normal(run.text)) for run in found if run.kind != "text")


def _tidied(pieces: Sequence[Piece], source: Sequence[Run]) -> list[Piece]:
    """Moves white space that the service put just inside emphasis or a link to the outside.

    A space before a closing punctuation mark is removed too, unless the English has one there.
    """
    out = list(pieces)
    for n in range(len(out) - 1):
        if out[n + 1].kind == "close" and _inner(out[n], "close") and out[n].text.endswith(" "):
            out[n : n + 2] = Piece(out[n].kind, out[n].text.rstrip(" ")), Piece("close", f"{out[n + 1].text} ")
    for n in reversed(range(1, len(out))):
        if out[n - 1].kind == "open" and _inner(out[n], "open") and out[n].text.startswith(" "):
            out[n - 1 : n + 1] = Piece("open", f" {out[n - 1].text}"), Piece(out[n].kind, out[n].text.lstrip(" "))
    if not any(run.kind == "text" and _LATE.match(run.text) for run in source):
        for n in range(1, len(out)):
            if out[n].kind == "text" and out[n - 1].kind != "text" and _LATE.match(out[n].text):
                before = out[n - 1]
                out[n - 1 : n + 1] = Piece(before.kind, before.text.rstrip(" ")), Piece("text", out[n].text[1:])
    return out


def _inner(piece: Piece, kind: Kind) -> bool:
    """Whether white space may move out of a piece: text, or emphasis next to emphasis, but not literal HTML."""
    return (
        bool(piece.text.strip())
        and (piece.kind == "text" or piece.kind == kind)
        and not piece.text.lstrip().startswith("<")
    )
