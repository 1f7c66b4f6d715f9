"""The page about flavours says what the parser does."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from support.flavours import PAGE, Construct, constructs

from bot.document.atoms import atoms
from bot.document.flavours import Flavour, detect
from bot.document.markdown import parse
from bot.document.model import render
from bot.document.segmentation import block_sentences
from bot.document.sentences import normal, speaks

CONSTRUCTS = constructs()


def test_every_flavour_and_every_example_is_read() -> None:
    assert {c.flavour for c in CONSTRUCTS} == set(get_args(Flavour))
    assert len(CONSTRUCTS) == len(re.findall(r"^### ", PAGE.read_text(encoding="utf-8"), re.M))
    assert len({(c.flavour, c.name) for c in CONSTRUCTS}) == len(CONSTRUCTS)


@pytest.mark.parametrize("construct", CONSTRUCTS, ids=lambda c: f"{c.flavour}-{c.name}")
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_each_piece_is_what_the_page_says(construct: Construct, ends: str) -> None:
    text = construct.text.replace("\n", ends)
    document = parse(text, construct.flavour)
    assert render(document) == text
    sentences = [s for i in range(len(document.blocks)) for s in block_sentences(document, i, "en")]
    assert [normal(s.text) for s in sentences if speaks(s.text)] == list(construct.pieces.get("prose", ()))
    prose = [content for block in document.blocks for content in block.contents]
    for atom in construct.pieces.get("atom", ()):
        assert atom in [a for content in prose for a in atoms(content)]
    for piece in construct.pieces.get("structure", ()):
        assert any(piece in around for block in document.blocks for around in block.frame)
    for piece in construct.pieces.get("opaque", ()):
        assert any(piece in block.text and not block.fields for block in document.blocks)


@pytest.mark.parametrize("construct", CONSTRUCTS, ids=lambda c: f"{c.flavour}-{c.name}")
def test_a_construct_is_the_same_in_a_book_of_its_own(construct: Construct) -> None:
    """The flavour is seldom needed: without it the example alone is read in the same way."""
    told, shown = parse(construct.text, construct.flavour), parse(construct.text)
    assert [b.contents for b in told.blocks] == [b.contents for b in shown.blocks]


@pytest.mark.parametrize(
    ("text", "flavour"),
    [
        ("Just text with 50 % of words.\n", "commonmark"),
        ("import X from 'y';\n\nText\n", "mdx"),
        ("Text.\n\n```{note}\nx\n```\n", "myst"),
        ("Text.\n\n```{r}\nplot(x)\n```\n", "quarto"),
        ("```{block, type='note'}\nText.\n```\n", "quarto"),
        ("{{< ref >}}\n", "hugo"),
        ("!!! note\n    x\n", "mkdocs"),
        ("::: tip\nx\n:::\n", "vitepress"),
        (":label:`x`\n", "d2l"),
        ("{#if x}\ny\n{/if}\n", "svelte"),
    ],
)
def test_the_flavour_is_read_from_the_text(text: str, flavour: Flavour) -> None:
    assert detect(text) == flavour


def test_where_flavours_contradict_each_other_the_named_one_decides() -> None:
    comment = "% of the total is water.\n"
    assert parse(comment, "hugo").blocks[0].kind == "paragraph"
    assert parse(comment, "myst").blocks[0].kind == "directive"
    indented = "    Text.\n"
    assert parse(indented, "mdx").blocks[0].kind == "paragraph"
    assert parse(indented, "mkdocs").blocks[0].kind == "code"
    program = "export size\n"
    assert parse(program, "commonmark").blocks[0].kind == "paragraph"
