"""Converts segments to an HTML document, and its translation back to segments.

Every segment is a paragraph with an id. Atoms are elements with ``translate="no"``, emphasis and links are tags, each
with an id of its own, so that the Markdown itself is never sent. The translated document is read as a stream of
tags and texts, not as a tree, so that a parser's repairs cannot hide what is broken.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Literal

from bot.document.runs import Run, runs
from bot.document.sentences import normal
from bot.engines.reassembly import Decoded, Piece, reassembled
from bot.messages import Message

Form = Literal["tags", "masks"]
FORMS: tuple[Form, ...] = ("tags", "masks")
"""``tags``: the form of parallel data. ``masks``: all Markdown hidden behind short names, for what failed as tags."""

_HEAD = '<!DOCTYPE html>\n<html lang="{}">\n<head><meta charset="utf-8"></head>\n<body>\n'
_FOOT = "</body>\n</html>\n"
_TAGS = {"*": "i", "_": "i", "[": "a", "!": "a", "<": "u"}
_SPACE = re.compile(r"\s+")


def encode(segments: Sequence[str], language: str, form: Form) -> str:
    """The document of ``segments`` (Markdown), in their order; their ids are s0, s1, …"""
    body = (f'<p id="s{n}">{fragment(text, f"s{n}", form)}</p>\n' for n, text in enumerate(segments))
    return "".join([_HEAD.format(html.escape(language)), *body, _FOOT])


def fragment(segment: str, name: str, form: Form) -> str:
    """The inside of a segment's element; the ids of its elements start with ``name``."""
    out = []
    ended: list[str] = []
    for n, run in enumerate(runs(segment)):
        if run.kind == "text":
            out.append(html.escape(_SPACE.sub(" ", run.text), quote=False))
        elif form == "tags" and (run.kind == "open" or run.kind == "close"):
            if run.kind == "open":
                ended.append(_TAGS.get(run.text[0], "b") if run.text not in ("**", "__") else "b")
                out.append(f'<{ended[-1]} id="{name}-{n}">')
            else:
                out.append(f"</{ended.pop()}>")
        else:
            shown = _SPACE.sub(" ", run.shown) if form == "tags" else f"X{n}"
            out.append(f'<span id="{name}-{n}" translate="no">{html.escape(shown, quote=False)}</span>')
    return "".join(out)


def decode(document: str, segments: Sequence[str], form: Form) -> list[Decoded]:
    """The result for each of ``segments``, of which ``document`` is the translation.

    Detects lost and doubled segments, lost, doubled, changed and unknown elements, broken nesting and text that
    left its segment. Elements may move within their segment, as word order differs between languages.
    """
    reader = _Reader()
    reader.feed(document)
    reader.close()
    out = []
    for n, text in enumerate(segments):
        found = reader.found.get(f"s{n}", [])
        if len(found) != 1:
            out.append(Decoded(None, "the service returned it twice" if found else "the service did not return it"))
        elif reader.stray[f"s{n}"]:
            out.append(Decoded(None, "the service put text outside of it"))
        else:
            out.append(_decoded(found[0], runs(text), f"s{n}", form))
    return out


@dataclass(frozen=True)
class _Event:
    """Text, or an element that begins (``open``), ends (``close``) or is kept whole (``atom``) with its text."""

    kind: Literal["text", "open", "close", "atom"]
    text: str
    name: str = ""


@dataclass
class _Reader(HTMLParser):
    """Collects the content of each segment's element; ``stray`` counts text after it that is in no element."""

    found: dict[str, list[list[_Event]]] = field(default_factory=dict)
    stray: Counter[str] = field(default_factory=Counter)
    _last: str = ""
    _inside: list[_Event] | None = None
    _open: list[tuple[str, str]] = field(default_factory=list)
    _kept: list[str] = field(default_factory=list)
    _kept_name: str = ""
    _kept_text: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        name = attributes.get("id") or ""
        if re.fullmatch(r"s\d+", name):
            self._inside, self._last, self._open, self._kept = [], name, [], []
            self.found.setdefault(name, []).append(self._inside)
        elif self._inside is None:
            return
        elif self._kept:
            self._kept.append(tag)
        elif attributes.get("translate") == "no":
            self._kept, self._kept_name, self._kept_text = [tag], name, []
        else:
            self._open.append((tag, name))
            self._inside.append(_Event("open", tag, name))

    def handle_endtag(self, tag: str) -> None:
        if self._inside is None:
            return
        if self._kept:
            if self._kept.pop() != tag:
                self._inside.append(_Event("close", tag, "?"))
            if not self._kept:
                self._inside.append(_Event("atom", "".join(self._kept_text), self._kept_name))
        elif tag == "p" and not self._open:
            self._inside = None
        else:
            name = self._open.pop()[1] if self._open and self._open[-1][0] == tag else "?"
            self._inside.append(_Event("close", tag, name))

    def handle_data(self, data: str) -> None:
        if self._kept:
            self._kept_text.append(data)
        elif self._inside is not None:
            self._inside.append(_Event("text", data))
        elif data.strip():
            self.stray[self._last or "s0"] += 1


def _decoded(events: Iterable[_Event], source: Sequence[Run], name: str, form: Form) -> Decoded:
    """The Markdown of one segment's events, if everything that was sent came back exactly once and intact."""
    sent = {f"{name}-{n}": run for n, run in enumerate(source)}
    closing = {run.pair: run for run in source if run.kind == "close"}
    seen: Counter[tuple[str, str]] = Counter()
    pieces: list[Piece] = []
    for event in events:
        if event.kind == "text":
            pieces.append(Piece("text", _SPACE.sub(" ", event.text)))
            continue
        run = sent.get(event.name)
        if run is None or run.kind == "text" or (event.kind == "atom") != _kept(run, form):
            return Decoded(None, Message("the service added or broke mark-up"))
        if event.kind == "atom" and normal(event.text) != normal(_shown(run, event.name, form)):
            return Decoded(None, Message("the service changed {piece}", piece=run.text))
        seen[event.name, "close" if event.kind == "close" else ""] += 1
        run = closing[run.pair] if event.kind == "close" else run
        pieces.append(Piece(run.kind, run.text))
    for element, run in sent.items():
        wanted = [""] if run.kind != "text" and (run.kind != "close" or _kept(run, form)) else []
        wanted += ["close"] if run.kind == "open" and not _kept(run, form) else []
        for side in wanted:
            if seen[element, side] != 1:
                if seen[element, side]:
                    return Decoded(None, Message("the service repeated {piece}", piece=run.text))
                return Decoded(None, Message("the service lost {piece}", piece=run.text))
    return reassembled(pieces, source)


def _kept(run: Run, form: Form) -> bool:
    """Whether a run is an element that must not be translated."""
    return run.kind == "atom" or run.kind == "mark" or form == "masks"


def _shown(run: Run, name: str, form: Form) -> str:
    return run.shown if form == "tags" else f"X{name.rpartition('-')[2]}"
