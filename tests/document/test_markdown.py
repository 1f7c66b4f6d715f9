"""Markdown to blocks and back, byte for byte."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.ruler import Ruler
from markdown_it.rules_block import paragraph
from support.books import Piece, books, source

from bot.document.block_rules import parser
from bot.document.markdown import parse
from bot.document.model import Block, render

quick = settings(max_examples=15, derandomize=True)


def kinds(text: str) -> list[str]:
    return [block.kind for block in parse(text).blocks]


def only(text: str) -> Block:
    (block,) = parse(text).blocks
    return block


@quick
@given(st.lists(st.sampled_from([*"a|\t \n\r\ufeffé", "# ", "* ", "> ", "`" * 3, "$$", ":::", "\r\n"])))
def test_any_text_comes_back(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert render(parse(text)) == text == parse(text).text


LINES = [
    *(
        "a",
        "7",
        "1. a",
        "- a",
        "* a",
        "+ a",
        "> a",
        "# a",
        "---",
        "***",
        "___",
        "===",
        "```",
        "~~~",
        "$$",
        ":::",
        "<div>",
    ),
    *(
        "+++",
        "|-|",
        "\\begin{align}a\\end{align}",
        "import a from 'b'",
        "export const a = 1",
        "[a]: b",
        "(a)=",
        "% a",
        "!!! a",
        "??? a",
    ),
    *("/// a", ": a", ":a: b", "{% raw %}", "    a", "- a--", "", "- ", "> - a", "      - a"),
]


@pytest.mark.parametrize("indented_code", [True, False])
def test_fewer_rules_find_the_blocks_that_all_rules_find(indented_code: bool) -> None:
    every = parser.__wrapped__(True, indented_code)
    every.block.ruler, few = Ruler(), every.block.ruler
    every.block.ruler.__rules__ = few.__rules__
    every.block.ruler.at("paragraph", paragraph)
    for first, second in product(LINES, LINES):
        text = f"{first}\n{second}\na\n{second}\n{first}\n\n> a\n{second}\n"
        found, wanted = (
            [(t.type, t.map, t.content, t.info) for t in p.parse(text, {}) if "paragraph" not in t.type]
            for p in (parser(True, indented_code), every)
        )
        assert found == wanted, text


@quick
@given(books())
def test_a_block_is_what_it_was_written_as(book: list[Piece]) -> None:
    as_block = {"item": "paragraph"}
    assert kinds(source(book)) == [as_block.get(p.kind, p.kind) for p in book]


@pytest.mark.parametrize(
    ("text", "kind", "contents"),
    [
        ("A boat\nfloats.\n", "paragraph", ("A boat\nfloats.",)),
        ("> A boat\n> floats.\n", "paragraph", ("A boat\nfloats.",)),
        ("* A boat\n  floats.\n", "paragraph", ("A boat\nfloats.",)),
        ("# A boat #\n", "heading", ("A boat",)),
        ("#\n", "markup", ()),
        ("![A boat](a.svg)\n", "image", ("A boat",)),
        ("![](a.svg)\n", "image", ()),
        ('![A [small] boat](a(1).svg "t") ![Two](b.svg)\n', "image", ("A [small] boat", "Two")),
        ("![A boat](a.svg) floats\n", "paragraph", ("![A boat](a.svg) floats",)),
        (":A boat at sea\n", "caption", ("A boat at sea",)),
        ("[^1]: A boat at sea\n", "caption", ("A boat at sea",)),
        (":label:`sec_boat`\n", "directive", ()),
        (":width:`400px`\n", "directive", ()),
        ("(sec-boat)=\n", "directive", ()),
        ("[boat]: https://a.b\n", "directive", ()),
        (":::\n", "directive", ()),
        (":numref:`sec_boat` floats.\n", "paragraph", (":numref:`sec_boat` floats.",)),
        (":numref:`sec_boat`\n", "paragraph", (":numref:`sec_boat`",)),
        ("$$\na = b\n$$\n", "math", ()),
        ("$$\na = b\n$$ (eq:boat)\n", "math", ()),
        ("$$\na\n=\nb\n$$ (boat)\n", "math", ()),
        ("$$ a = b $$ (eq-boat)\n", "math", ()),
        ("$$\na = b\n$$ {#eq-boat}\n", "math", ()),
        ("$$\n\na = b \\quad \\text{if a boat floats}\n\n$$\n", "math", ()),
        ("> $$\n> a = b\n> $$ (boat)\n", "math", ()),
        ("$$ a = b $$ (a boat floats)\n", "paragraph", ("$$ a = b $$ (a boat floats)",)),
        ("\\begin{align}\na = b\n\\end{align}\n", "math", ()),
        ("\\begin{align}a = b\\end{align}\n", "math", ()),
        ("> \\begin{align}\n> a = b\n> \\end{align}\n", "math", ()),
        ("```python\nx = 1\n```\n", "code", ()),
        ("    x = 1\n", "code", ()),
        ("```python\nx = 1\n", "code", ()),
        ("---\ntitle: A boat\n---\n", "front_matter", ("A boat",)),
        ("***\n", "rule", ()),
        ("<svg>\nA boat\n</svg>\n", "html", ()),
        ("*\n", "markup", ()),
    ],
)
def test_kinds_of_blocks(text: str, kind: str, contents: tuple[str, ...]) -> None:
    block = only(text)
    assert (block.kind, block.contents) == (kind, contents)


@pytest.mark.parametrize(
    "between", ["A boat floats.\n\n", "# Boats\n\n", "Ü $a$.\n\n一艘船。\n\n", "```\nx\n```\n\n", "[A](b.md)\n\n"]
)
def test_dollars_that_nobody_closed_take_no_prose_along(between: str) -> None:
    blocks = parse(f"$$\n\n{between}$$\na = b\n$$ (boat)\nIt floats.\n").blocks
    assert [b.text for b in blocks[-2:]] == ["$$\na = b\n$$ (boat)\n", "It floats.\n"]
    assert [b.kind for b in blocks[-2:]] == ["math", "paragraph"]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| a | b |", ("a", "b")),
        ("a | b", ("a", "b")),
        ("|a|  b  |", ("a", "b")),
        (r"| a \| b | c |", (r"a \| b", "c")),
        ("| a |  |", ("a",)),
        ("> | a | b |", ("a", "b")),
    ],
)
def test_the_cells_of_a_row(row: str, cells: tuple[str, ...]) -> None:
    mark = "> " if row.startswith(">") else ""
    first, *rest = parse(f"{row}\n{mark}|---|---|\n").blocks
    assert (first.kind, first.contents) == ("row", cells)
    assert [b.contents for b in rest] == [()]


def test_a_myst_directive_has_markdown_inside() -> None:
    opening, paragraph, end = parse("```{note} Mind this\nA boat\nfloats.\n```\n").blocks
    assert (opening.kind, opening.info, opening.contents) == ("admonition", "note", ("Mind this",))
    assert paragraph.contents == ("A boat\nfloats.",) and (end.kind, end.info) == ("directive", "end")
    assert kinds(":::{tip}\nA boat\n:::\n") == ["admonition", "paragraph", "directive"]
    assert only("```{code-cell} python\nx = 1\n```\n").kind == "code"
    assert parse("```{figure} a.svg\nA boat\n```\n").blocks[0].contents == (), "a path is no prose"


@pytest.mark.parametrize("around", ["{}", "````{{exercise}}\n{}````\n", "```{{exercise}}\n{}```\n"])
def test_a_directive_that_nothing_closes_has_markdown_inside(around: str) -> None:
    blocks = parse(around.format("```{hint}\n:class: wide\n\n* A boat\n* A mast\n")).blocks
    assert [(b.kind, b.contents) for b in blocks if b.text.startswith("*")] == [
        ("paragraph", ("A boat",)),
        ("paragraph", ("A mast",)),
    ]


def test_code_in_a_line_of_prose_is_no_directive() -> None:
    assert [b.kind for b in parse("```{note}``` is a box.\n\n```\nx\n```\n").blocks] == ["paragraph", "code"]


def test_blocks_know_their_tab() -> None:
    text = "Both\n\n:begin_tab:`mxnet, jax`\nA boat\n:end_tab:\n\nAll\n"
    assert [(b.info, b.within) for b in parse(text).blocks] == [
        ("", ""),
        ("begin_tab", "mxnet, jax"),
        ("", "mxnet, jax"),
        ("end_tab", "mxnet, jax"),
        ("", ""),
    ]


def test_a_tab_is_open_behind_prose_on_its_first_line() -> None:
    blocks = parse("Both\n\n:begin_tab:`jax` A boat\n\nA sail\n:end_tab:\n\nAll\n", "d2l").blocks
    assert [(b.contents, b.within) for b in blocks] == [
        (("Both",), ""),
        (("A boat",), "jax"),
        (("A sail",), "jax"),
        ((), "jax"),
        (("All",), ""),
    ]


@pytest.mark.parametrize(
    ("code", "tabs"),
    [
        ("#@tab mxnet, jax\nx = 1", {"mxnet", "jax"}),
        ("%%tab all\nx = 1", {"all"}),
        ("x = 1", set()),
    ],
)
def test_the_tabs_of_code(code: str, tabs: set[str]) -> None:
    assert only(f"```python\n{code}\n```\n").tabs == tabs
    assert only("#@tab mxnet\n").tabs == set()


def test_the_line_under_a_heading_is_markup() -> None:
    assert [(b.kind, b.info, b.contents) for b in parse("A boat\n======\n").blocks] == [
        ("heading", "1", ("A boat",)),
        ("markup", "", ()),
    ]


def test_headings_know_their_level_and_items_that_they_open_one() -> None:
    assert [b.info for b in parse("# a\n\n### b\n\n* d\n\n  e\n").blocks] == ["1", "3", "item", ""]


def test_blank_lines_are_the_gap_of_the_block_before() -> None:
    document = parse("\ufeff\n\none\n\n \n# two\nthree\n\n\n")
    assert document.lead == "\ufeff\n\n"
    assert [(b.text, b.gap) for b in document.blocks] == [("one\n", "\n \n"), ("# two\n", ""), ("three\n", "\n\n")]
    assert [document.text[s:].split("\n")[0] for s in document.starts] == ["one", "# two", "three"]


@pytest.mark.parametrize(
    ("text", "eol"), [("a\r\nb\n", "\r\n"), ("a\rb", "\r"), ("a\nb\r\n", "\n"), ("a", "\n"), ("", "\n")]
)
def test_the_line_end_is_that_of_the_first_line(text: str, eol: str) -> None:
    assert parse(text).eol == eol


@pytest.mark.parametrize(
    ("text", "continuation"),
    [
        ("A boat\n", ""),
        ("* A boat\n", "  "),
        ("* A boat\n  floats.\n", "  "),
        ("* A boat\nfloats.\n", ""),
        ("10. A boat\n", "    "),
        ("> A boat\n", "> "),
        ("> * A boat\n>   floats.\n", ">   "),
    ],
)
def test_what_a_further_line_starts_with(text: str, continuation: str) -> None:
    assert only(text).continuation == continuation


def test_places_in_a_field_are_places_in_the_text() -> None:
    block = only("> A boat\n> floats.\n")
    (content,) = block.contents
    for start in range(len(content)):
        for end in range(start + 1, len(content) + 1):
            a, b = block.raw(0, start, end)
            if not content[start:end].strip("\n"):
                continue
            assert block.text[a:b].replace("\n> ", "\n").strip("\n> ") == content[start:end].strip("\n "), (start, end)


def test_frame_and_contents_are_the_whole_block() -> None:
    block = parse("|  a|b  |\n|---|---|\n").blocks[0]
    pieces = [block.frame[0]]
    for content, after in zip(block.contents, block.frame[1:], strict=True):
        pieces += [content, after]
    assert "".join(pieces) == block.text
