"""Notebooks as documents: what is read, what is refused, and the page that the rest of the program sees."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from support.notebooks import cell, code, markdown, notebook, text

from bot.document.cells import page_cells
from bot.document.markdown import parse
from bot.document.notebook import read
from bot.document.page import CELL, Page, check_alike, file_of
from bot.document.tree import decoded, readable
from bot.errors import AmtsError

BOATS = notebook(
    markdown("# Boats\n\nA boat floats.", "a"),
    code("# Area\nx = 1\n", "b"),
    cell("raw", "---\ntitle: x\n---", "c"),
    markdown("", "d"),
)


def page(value: dict[str, Any] = BOATS) -> Page:
    return read(text(value), "boats.ipynb").page


def test_each_cell_is_on_the_page_as_it_reads() -> None:
    found = [(c.type, c.source, c.name) for c in page_cells(page())]
    assert found == [
        ("markdown", "# Boats\n\nA boat floats.", "a"),
        ("code", "# Area\nx = 1\n", "b"),
        ("raw", "---\ntitle: x\n---", "c"),
        ("markdown", "", "d"),
    ]


def test_blocks_of_a_page() -> None:
    found = [(block.kind, block.contents) for block in parse(page()).blocks]
    assert found == [
        ("cell", ()),
        ("heading", ("Boats",)),
        ("paragraph", ("A boat floats.",)),
        ("code", ()),
        ("code", ()),
        ("cell", ()),
    ]


@pytest.mark.parametrize(
    "opener",
    ["```python\nx", "~~~", "<!-- so", "<details>\n", "$$\nx", "---", ":::{note}", ":begin_tab:`a`", "{% raw %}"],
)
def test_what_is_open_at_the_end_of_a_cell_ends_with_it(opener: str) -> None:
    both = page(notebook(markdown(f"One.\n\n{opener}", "a"), markdown("Two boats float.", "b")))
    last = parse(both).blocks[-1]
    assert last.kind == "paragraph" and last.contents == ("Two boats float.",) and not last.within


def test_a_cell_has_no_front_matter() -> None:
    blocks = parse(page(notebook(markdown("---\ntitle: Boats\n---\n\nText.", "a")))).blocks
    assert "front_matter" not in [b.kind for b in blocks] and blocks[-1].contents == ("Text.",)


def test_only_the_prose_shows_the_flavour() -> None:
    indented = notebook(
        markdown("A list:\n\n    x = 1", "a"), code("import Boat from './boat.js'\nexport default x", "b")
    )
    assert [b.kind for b in parse(page(indented)).blocks] == ["cell", "paragraph", "code", "code"]


def test_ids_that_occur_twice_or_are_invalid_name_nothing() -> None:
    twice = notebook(markdown("A", "a"), markdown("B", "a"), markdown("C", "not an id"), markdown("D", "d"))
    assert [c.name for c in page_cells(page(twice))] == ["", "", "", "d"]


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({}, "python"),
        ({"kernelspec": {"language": "R", "name": "ir"}}, "r"),
        ({"language_info": {"name": "julia"}}, "julia"),
        ({"kernelspec": {"language": 3}, "language_info": []}, "python"),
        ({"kernelspec": {"language": "a b\nc"}}, "python"),
    ],
)
def test_the_language_of_the_code(metadata: dict[str, Any], language: str) -> None:
    assert read(text(notebook(metadata=metadata)), "a.ipynb").language == language


@pytest.mark.parametrize("indent", [1, 4, None])
@pytest.mark.parametrize("whole", [False, True])
def test_lines_of_the_page_are_found_in_the_file(indent: int | None, whole: bool) -> None:
    value = notebook(markdown("First\n\nthird", "a"), code("one = 1\ntwo = 2", "b"))
    if whole:
        for made in value["cells"]:
            made["source"] = "".join(made["source"])
    file = text(value, indent=indent)
    shown, lines = read(file, "a.ipynb").page, file.split("\n")
    pairs = list(zip(shown.split("\n"), shown.lines, strict=False))
    assert len(shown.lines) == shown.count("\n")
    for said, line in pairs:
        assert said.startswith(CELL) or said in lines[line - 1]
    if indent and not whole:
        place = next(line for said, line in pairs if said == "two = 2")
        assert [shown.split("\n")[n - 1] for n in shown.at((place, place))] == ["two = 2", "two = 2"]
        assert shown.beside(lines)[1] == lines[shown.lines[1] - 1]
    assert shown.at((99999, 99999)) == (0, 0)


def test_a_page_survives_the_way_to_another_process() -> None:
    again = pickle.loads(pickle.dumps(page()))
    assert again == page() and file_of(again) == text(BOATS)


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ("", "not valid JSON"),
        ("{", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ("[]", "no nbformat"),
        ('"nbformat"', "no nbformat"),
        ("{}", "no nbformat"),
        (text({"nbformat": 3, "nbformat_minor": 0, "worksheets": []}), "nbformat is 3"),
        (text({"nbformat": "4", "cells": []}), "nbformat is '4'"),
        (text({"nbformat": 5, "cells": []}), "nbformat is 5"),
        (text({"nbformat": 4}), "no list of cells"),
        (text({"nbformat": 4, "cells": {}}), "no list of cells"),
        (text(notebook({"cell_type": "heading", "source": []})), "cell 1 is none of"),
        (text(notebook(markdown("A"), "B")), "cell 2 is none of"),  # type: ignore[arg-type]
        (text(notebook({"cell_type": "code", "metadata": {}})), "cell 1 has no source"),
        (text(notebook({"cell_type": "code", "source": ["a", 1]})), "cell 1 has no source"),
        (text(notebook(markdown(f"A{CELL}"))), "no character"),
        (text(notebook(markdown("A\ud800")), escaped=True), "no character"),
        (text(notebook(markdown("A\0"))), "no character"),
    ],
)
def test_what_is_no_notebook_is_an_expected_error(file: str, why: str) -> None:
    with pytest.raises(AmtsError) as caught:
        decoded(file.encode(), "boats.ipynb")
    assert "boats.ipynb" in caught.value.what and why in caught.value.why and caught.value.fix
    assert readable(file.encode(), "boats.ipynb") == ""


def test_only_the_name_of_a_file_makes_it_a_notebook() -> None:
    assert not isinstance(decoded(text(BOATS).encode(), "boats.md"), Page)
    assert isinstance(decoded(("\ufeff" + text(BOATS)).encode(), "boats.ipynb"), Page)


def test_a_notebook_and_markdown_are_not_versions_of_each_other() -> None:
    check_alike(page(), page(), page())
    check_alike("", "", "")
    with pytest.raises(AmtsError):
        check_alike("# Boats\n", page(), page())


def test_json_constants_are_read() -> None:
    value = notebook(code("x", "a", outputs=[{"data": {"y": [float("nan"), float("inf")]}}]))
    assert read(text(value), "a.ipynb").value == read(json.dumps(value), "a.ipynb").value
