"""The promises, on documents that nobody thought of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from support.books import Piece, books, sentence, source, target, translated
from support.calls import calls
from support.examples import examples

from bot.document.atoms import mask
from bot.document.markdown import parse
from bot.document.model import render
from bot.document.segmentation import Sentence, block_sentences
from bot.document.sentences import normal
from bot.document.structure import segment_problem
from bot.drafting.draft import Draft, draft_document
from bot.engines import Answer
from bot.planning.document_plan import plan_document

PROSE = ("paragraph", "item", "heading")
quick = examples(150)

MARKDOWN = st.lists(
    st.sampled_from(
        [
            "# A\n",
            "## B ##\n",
            "text\n",
            "text. More text.\n",
            "\n",
            "\r\n",
            "\r",
            "  \n",
            "* a\n",
            "  * b\n",
            "1. c\n",
            "> q\n",
            ">\n",
            "```python\n",
            "```\n",
            "~~~\n",
            "$$\n",
            "$$x$$\n",
            "\t\tcode\n",
            "    code\n",
            "| a | b |\n",
            "|---|:-:|\n",
            ":label:`x`\n",
            ":begin_tab:`a`\n",
            ":end_tab:\n",
            ":Caption here\n",
            "```{note} T\n",
            ":::{tip}\n",
            ":::\n",
            "---\n",
            "title: x\n",
            "<div>\n",
            "<!-- c\n",
            "-->\n",
            "![a](b.svg)\n",
            ":width:`3px`\n",
            "[x]: http://y\n",
            "[^1]: note\n",
            "a\0b\n",
            "\ufeff",
            "`",
            "$",
            "\\",
            "é中文。",
            "\u2028",
            "\x0b",
            "no end",
        ]
    ),
    max_size=40,
).map("".join)


def drafted(old: str, new: str, held: str) -> Draft:
    return draft_document(plan_document(old, new, held, language="ru"), {}, old=old, new=new)


@quick
@given(MARKDOWN | st.text())
def test_lossless(text: str) -> None:
    document = parse(text)
    assert render(document) == text
    for start, block in zip(document.starts, document.blocks, strict=True):
        assert document.text[start : start + len(block.text)] == block.text
        spans = [span for lines in block.fields for span in lines]
        assert spans == sorted(spans) and all(0 <= a < b <= len(block.text) for a, b in spans)
        assert len(block.frame) == len(block.fields) + 1


@quick
@given(MARKDOWN | st.text(), st.sampled_from(["en", "zh", "ja", "tr", "de", "xx"]))
def test_sentences_are_ranges_in_order(text: str, language: str) -> None:
    document = parse(text)
    for index in range(len(document.blocks)):
        at = 0
        for found in block_sentences(document, index, language):
            assert at <= found.start < found.end
            assert normal(document.text[found.start : found.end]).split()[0] in normal(found.text)
            at = found.end


@quick
@given(MARKDOWN | st.text())
def test_masks_are_restored(text: str) -> None:
    masked = mask(text)
    assert masked.restore() == text
    assert masked.restore(masked.text[::-1]).count("`") == text.count("`")


@quick
@given(MARKDOWN, MARKDOWN)
def test_without_an_english_change_nothing_changes(english: str, held: str) -> None:
    assert drafted(english, english, held).text == held


@quick
@given(MARKDOWN, MARKDOWN, MARKDOWN)
def test_any_three_texts_are_planned(old: str, new: str, held: str) -> None:
    done = drafted(old, new, held)
    assert len(done.segments) == len(done.plan.segments)
    assert done.text == "".join(p if isinstance(p, str) else p.laid_out(p.source) for p in done.plan.parts)


@quick
@given(books())
def test_reflow_and_contractions_cost_nothing(book: list[Piece]) -> None:
    old = source(book)
    new = "\n".join(
        line if line.startswith(("#", "$", "`", ":")) or " = " in line else line.replace(". ", ".\n")
        for line in old.split("\n")
    )
    done = drafted(old, new, target(book))
    assert not done.segments and done.text == target(book)


EDITS = st.sampled_from(["replace", "insert", "delete", "add", "remove", "move", "code"])


@st.composite
def edited(draw: st.DrawFn) -> tuple[list[Piece], list[Piece]]:
    """A book and what became of it in one to three edits."""
    old = draw(books())
    new = list(old)
    for kind in draw(st.lists(EDITS, min_size=1, max_size=3)):
        at = draw(st.integers(0, len(new) - 1))
        block = new[at]
        if kind == "add":
            new.insert(at, Piece("paragraph", (draw(sentence()),)))
        elif kind == "remove" and len(new) > 1:
            del new[at]
        elif kind == "move":
            new.insert(draw(st.integers(0, len(new) - 1)), new.pop(at))
        elif kind == "code" and block.kind == "code":
            new[at] = Piece("code", (*block.sentences, "\nextra = 2"))
        elif block.kind in ("paragraph", "item"):
            sentences = list(block.sentences)
            n = draw(st.integers(0, len(sentences) - 1))
            if kind == "replace":
                sentences[n] = draw(sentence())
            elif kind == "insert":
                sentences.insert(n, draw(sentence()))
            elif kind == "delete" and len(sentences) > 1:
                del sentences[n]
            new[at] = Piece(block.kind, tuple(sentences))
    return old, new


def prose(pieces: list[Piece]) -> Counter[str]:
    return Counter(s.rstrip(".") for p in pieces if p.kind in PROSE for s in p.sentences)


@quick
@given(edited())
def test_human_text_survives_and_is_not_doubled(books: tuple[list[Piece], list[Piece]]) -> None:
    old, new = books
    before, after = prose(old), prose(new)
    assume(before.total() == len(before) and after.total() == len(after))
    done = drafted(source(old), source(new), target(old))
    said = [normal(s.text) for s in all_sentences(done.text, "ru")]
    waiting = {normal(s.segment.source).rstrip(".") for s in done.segments}
    kept_new = {part for k in done.plan.kept for part in normal(k.new).rstrip(".").split(". ")}
    kept_old = {part for k in done.plan.kept for part in normal(k.old).rstrip(".").split(". ")}
    for english in before:
        count = sum(s.rstrip(".") == translated(english) for s in said)
        assert count == (1 if english in after or english in kept_old else 0), english
    for english in after:
        assert english in before or english in waiting or english in kept_new, english


def all_sentences(text: str, language: str) -> list[Sentence]:
    document = parse(text)
    return [s for n in range(len(document.blocks)) for s in block_sentences(document, n, language)]


@quick
@given(edited())
def test_structure_follows_the_english(books: tuple[list[Piece], list[Piece]]) -> None:
    old, new = books
    done = drafted(source(old), source(new), target(old))
    assert done.divergences == () or done.plan.kept or done.plan.flags


@quick
@given(edited())
def test_a_second_run_plans_nothing(books: tuple[list[Piece], list[Piece]]) -> None:
    old, new = books
    first = drafted(source(old), source(new), target(old))
    again = drafted(source(new), source(new), first.text)
    assert again.text == first.text and not again.segments


@quick
@given(edited(), st.integers(0, 11))
def test_what_only_the_translation_has_stays(books: tuple[list[Piece], list[Piece]], at: int) -> None:
    old, new = books
    mine = ["```python\n#@tab mine\nmine = 1\n```", "*Примечание переводчика: это написали мы.*"]
    held = [p.target() for p in old]
    held[at % len(held) + 1 : at % len(held) + 1] = mine
    done = drafted(source(old), source(new), "\n\n".join(held) + "\n")
    assert all(done.text.count(m) == 1 for m in mine)
    assert done.text.index(mine[0]) < done.text.index(mine[1])


@quick
@given(books(), st.data())
def test_an_answer_that_breaks_atoms_stays_english(book: list[Piece], data: st.DataObject) -> None:
    extra = data.draw(sentence())
    new = [*book, Piece("paragraph", (extra,))]
    plan = plan_document(source(book), source(new), target(book), language="ru")
    broken = data.draw(st.sampled_from(["", "  ", extra + " `more`", extra.replace("`", ""), "a\n\nb"]))
    done = draft_document(plan, {1: Answer(broken, "engine")}, old=source(book), new=source(new))
    if segment_problem(extra, broken):
        assert done.segments[0].origin == "english" and extra in done.text
    good = draft_document(plan, {1: Answer(translated(extra), "engine")}, old=source(book), new=source(new))
    assert good.text == target(new)


ODD: dict[str, Callable[[int], str]] = {
    "one long line": lambda n: "word " * 100 * n,
    "one long paragraph": lambda n: "a\n" * 5 * n,
    "one long list": lambda n: "* a\n" * n,
    "code marks": lambda n: "`" * 5 * n,
    "math marks": lambda n: "$" * 5 * n + "$",
    "brackets": lambda n: "[" * 3 * n + "](" * 3 * n,
    "labels": lambda n: ":label:`x`\n" * 2 * n,
    "fences": lambda n: "```\n" * 2 * n + "```\n",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_large_and_odd_texts_parse(text: Callable[[int], str]) -> None:
    large = text(20_000)
    assert render(parse(large)) == large


def test_what_is_nested_deeply_parses() -> None:
    text = "> " * 2_000 + "deep\n"
    assert render(parse(text)) == text


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_parsing_is_linear(text: Callable[[int], str]) -> None:
    """Twice the text is about twice the work, which is counted in calls of functions: time depends on the machine."""
    parse(text(1))
    once, twice = (calls(partial(parse, text(n))) for n in (500, 1_000))
    assert twice < 2.2 * once + 100, (once, twice)


def test_a_large_document_is_planned() -> None:
    old = "".join(f"Paragraph {n} of this book is here. It says so.\n\n```python\nx = 1\n```\n\n" for n in range(500))
    new = old.replace("Paragraph 300 of this book is here.", "Nothing like it was ever seen before, they said.")
    assert len(drafted(old, new, translated(old)).segments) == 1
