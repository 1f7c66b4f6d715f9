"""The promises, on documents of every flavour: made of the examples of docs/flavours.md, filled with made-up words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.books import sentence, translated
from support.flavours import Construct, constructs
from support.plans import is_quiet

from bot.document.flavours import FLAVOURS, Flavour
from bot.document.markdown import parse
from bot.document.model import Document, render
from bot.document.sentences import speaks
from bot.drafting.draft import Draft, draft_document
from bot.planning.document_plan import plan_document

CONSTRUCTS = constructs()
ALONE = {"front_matter"}
"""Kinds that stand at the head of a document only."""

quick = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@dataclass(frozen=True)
class Part:
    """One construct of a made-up document, with a sentence for each of its fields."""

    construct: Construct
    sentences: tuple[str, ...]

    def text(self, said: Callable[[str], str]) -> str:
        """The construct with ``said(sentence)`` in its fields."""
        left = list(self.sentences)
        out = []
        for block in parse(self.construct.text, self.construct.flavour).blocks:
            out.append(block.frame[0])
            for content, behind in zip(block.contents, block.frame[1:], strict=True):
                out.append((said(left.pop(0)) if speaks(content) else content) + behind)
            out.append(block.gap)
        return "".join(out)


@st.composite
def parts(draw: st.DrawFn, flavour: Flavour) -> Part:
    """A construct of a flavour, or one that every flavour has."""
    able = [
        c
        for c in CONSTRUCTS
        if c.flavour in (flavour, "commonmark") and parse(c.text, flavour).blocks[0].kind not in ALONE
    ]
    construct = draw(st.sampled_from(able))
    fields = [c for block in parse(construct.text, construct.flavour).blocks for c in block.contents if speaks(c)]
    return Part(construct, tuple(draw(sentence()).replace("`", "") for _ in fields))


def english(book: list[Part]) -> str:
    return "\n".join(part.text(str) for part in book)


def held(book: list[Part]) -> str:
    return "\n".join(part.text(translated) for part in book)


def drafted(old: list[Part], new: list[Part], flavour: Flavour) -> Draft:
    before, after = english(old), english(new)
    plan = plan_document(before, after, held(old), language="ru", flavour=flavour)
    return draft_document(plan, {}, old=before, new=after)


def structure(document: Document) -> list[tuple[str, str]]:
    """What is not prose, in order."""
    return [(b.kind + b.nesting, piece) for b in document.blocks for piece in b.frame if piece.strip()]


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_lossless_however_the_lines_are_torn(flavour: Flavour) -> None:
    lines = [
        line for c in CONSTRUCTS if c.flavour in (flavour, "commonmark") for line in c.text.splitlines(keepends=True)
    ]

    @quick
    @given(st.lists(st.sampled_from(lines), max_size=30).map("".join), st.sampled_from(["\n", "\r\n", "\r"]))
    def check(text: str, ends: str) -> None:
        text = text.replace("\n", ends)
        document = parse(text, flavour)
        assert render(document) == text
        for block in document.blocks:
            spans = [span for lines in block.fields for span in lines]
            assert spans == sorted(spans) and all(0 <= a < b <= len(block.text) for a, b in spans)

    check()


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_an_untouched_construct_survives_and_the_structure_is_the_english_one(flavour: Flavour) -> None:
    @quick
    @given(st.data())
    def check(data: st.DataObject) -> None:
        old = data.draw(st.lists(parts(flavour), min_size=2, max_size=5))
        at = data.draw(st.integers(0, len(old) - 1))
        edit = data.draw(st.sampled_from(["add", "remove", "rewrite"]))
        new = list(old)
        if edit == "add":
            new.insert(at, data.draw(parts(flavour)))
        elif edit == "remove":
            del new[at]
        else:
            other = tuple(data.draw(sentence()).replace("`", "") for _ in old[at].sentences)
            new[at] = Part(old[at].construct, other)
        done = drafted(old, new, flavour)
        for part in old:
            if part in new:
                for said in part.sentences:
                    assert translated(said) in done.text
        assert structure(parse(done.text, flavour)) == structure(parse(english(new), flavour))

    check()


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_without_an_edit_nothing_changes(flavour: Flavour) -> None:
    @quick
    @given(st.lists(parts(flavour), min_size=1, max_size=5))
    def check(book: list[Part]) -> None:
        # A space behind the English: the planner must find out for itself that nothing changed.
        old, ours = english(book), held(book)
        plan = plan_document(old, old.replace(". ", ".  ") + "\n", ours, language="ru", flavour=flavour)
        assert is_quiet(plan)

    check()
