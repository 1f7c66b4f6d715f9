"""Notebooks for tests: small ones written by hand, and made-up ones for properties."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from bot.document.notebook import read
from bot.drafting.draft import Draft, draft_document
from bot.engines import Answer
from bot.planning.document_plan import plan_document, plan_new
from support.books import piece, translated

Json = dict[str, Any]


def markdown(source: str, name: str = "", **more: Any) -> Json:
    """A Markdown cell, as Jupyter writes it."""
    return cell("markdown", source, name, **more)


def code(source: str, name: str = "", *, outputs: Sequence[Json] = (), count: int | None = None) -> Json:
    """A code cell."""
    return cell("code", source, name, execution_count=count, outputs=list(outputs))


def cell(kind: str, source: str, name: str = "", **more: Any) -> Json:
    named = {"id": name} if name else {}
    made = {"cell_type": kind, "metadata": {}, "source": source.splitlines(keepends=True), **named, **more}
    return dict(sorted(made.items()))


def stream(text: str) -> Json:
    """What a code cell printed."""
    return {"name": "stdout", "output_type": "stream", "text": text.splitlines(keepends=True)}


def notebook(*cells: Json, minor: int = 5, metadata: Mapping[str, Any] | None = None) -> Json:
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return {
        "cells": list(cells),
        "metadata": dict(metadata) if metadata is not None else kernel,
        "nbformat": 4,
        "nbformat_minor": minor,
    }


def text(value: Json, *, indent: int | str | None = 1, escaped: bool = False, end: str = "\n") -> str:
    """A notebook as its file."""
    return json.dumps(value, indent=indent, ensure_ascii=escaped) + end


def drafted(old: str, new: str, target: str, answers: Mapping[int, str] | None = None) -> Draft:
    """The draft for three files; the English stays where there are no ``answers`` (by the number of the segment)."""
    one, two, three = (read(file, "a.ipynb").page if file else "" for file in (old, new, target))
    plan = plan_document(one, two, three, language="ru") if target else plan_new(two, language="ru")
    said = {number: Answer(answer, "engine") for number, answer in (answers or {}).items()}
    return draft_document(plan, said, old=one, new=two)


def sources(file: str) -> list[str]:
    """The text of each cell."""
    return [cell.source for cell in read(file, "a.ipynb").cells]


def pieces_of(file: str) -> list[str]:
    """The JSON text of each cell."""
    return [file[cell.where.start : cell.where.end] for cell in read(file, "a.ipynb").cells]


@dataclass(frozen=True)
class Made:
    """A made-up cell: what it says in English and in the translation."""

    kind: str
    name: str
    english: str
    target: str

    def json(self, said: str, ids: bool, whole: bool) -> Json:
        name = self.name if ids else ""
        made = code(said, name, outputs=[stream(self.name)]) if self.kind == "code" else cell(self.kind, said, name)
        return {**made, "source": said} if whole else made


HOSTILE = (
    "",
    "",
    "",
    "\n\n```python\nopen",
    "\n\n<!-- open",
    "\n\n$$\nopen",
    "\n\n---",
    "\n\n<details>",
    "\n\n:::{note}",
)
"""Ends of cells that would reach into the next one if the cells were one text."""


@st.composite
def cells(draw: st.DrawFn) -> Made:
    number = draw(st.integers(0, 10**9))
    kind = draw(st.sampled_from(["markdown", "markdown", "markdown", "code", "code", "raw"]))
    if kind != "markdown":
        said = f"value_{number} = {draw(st.integers(0, 99))}\nprint(value_{number})"
        return Made(kind, f"i{number}", said, said)
    pieces = draw(st.lists(piece(), min_size=1, max_size=3))
    tail = f"\n\n{draw(st.sampled_from(HOSTILE))}".rstrip()
    english, target = ("\n\n".join(said) for said in ([p.source() for p in pieces], [p.target() for p in pieces]))
    lead = draw(st.sampled_from(["", "", "", "---\n", "+++\n"]))
    return Made(kind, f"i{number}", lead + english + tail, lead + target + tail)


@dataclass(frozen=True)
class Layout:
    """How a notebook is written."""

    indent: int | str | None
    escaped: bool
    whole: bool
    end: str
    crlf: bool

    def file(self, value: Json) -> str:
        made = text(value, indent=self.indent, escaped=self.escaped, end=self.end)
        return made.replace("\n", "\r\n") if self.crlf else made


layouts = st.builds(
    Layout,
    st.sampled_from([1, 2, 4, "\t", None]),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["\n", ""]),
    st.sampled_from([False, False, True]),
)


def books() -> st.SearchStrategy[list[Made]]:
    """The cells of notebooks, whose names are all different."""
    return st.lists(cells(), min_size=1, max_size=7, unique_by=lambda made: made.name)


def english(book: Sequence[Made], *, ids: bool, whole: bool = False) -> Json:
    return notebook(*(made.json(made.english, ids, whole) for made in book), minor=5 if ids else 4)


def translation(book: Sequence[Made], *, ids: bool, whole: bool = False) -> Json:
    return notebook(*(made.json(made.target, ids, whole) for made in book), minor=5 if ids else 4)


def edited(made: Made, sentence: str) -> Made:
    """A cell with another sentence at its start (in code: a line)."""
    if made.kind == "markdown":
        return replace(made, english=f"{sentence}\n\n{made.english}", target=f"{translated(sentence)}\n\n{made.target}")
    line = f"more = '{sentence[:6]}'\n"
    return replace(made, english=line + made.english, target=line + made.target)
