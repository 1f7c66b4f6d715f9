"""The white space between the items of a document is what was there before."""

from __future__ import annotations

import pytest

from bot.document.markdown import parse
from bot.document.model import Document
from bot.planning.layout import Item, Segment, join

NONE = Document("", ())


def joined(items: list[Item], held: Document, new: Document) -> str:
    return "".join(p if isinstance(p, str) else p.laid_out(p.source) for p in join(items, held, new))


def own(document: Document, first: int, source: int, last: int | None = None) -> Item:
    """Blocks of the translation as they are."""
    last = first if last is None else last
    text = document.text[document.starts[first] : document.starts[last] + len(document.blocks[last].text)]
    return Item((text,), document.blocks[last].gap, first, last, source, True)


def fresh(document: Document, source: int) -> Item:
    """A block of the new English."""
    block = document.blocks[source]
    return Item((Segment(block.text.rstrip("\n"), "paragraph"),), block.gap, -1, -1, source)


@pytest.mark.parametrize(
    "text",
    [
        "one\n\n\n\ntwo\n \nthree\n",
        "\ufeff\n\none\n\ntwo",
        "one\r\n\r\ntwo\r\n\r\n\r\n",
        "one\n# two\nthree\n\n\n",
        "\n\n",
    ],
)
def test_all_blocks_as_they_were_are_the_text(text: str) -> None:
    held = parse(text)
    items = [own(held, n, n) for n in range(len(held.blocks))]
    for new in (held, parse("one\n\n\n\n\ntwo\n\n\n\n\nthree\n")):
        assert joined(items, held, new) == text


def test_a_new_document_is_laid_out_as_the_english() -> None:
    new = parse("\none\n\n\ntwo\n\nthree")
    assert joined([fresh(new, n) for n in range(3)], NONE, new) == new.text


def test_nothing_to_write_leaves_what_stands_before_the_first_block() -> None:
    assert joined([], parse("\ufeff\n\none\n"), parse("one\n")) == "\ufeff\n\n"
    assert joined([], NONE, parse("one\n")) == ""


def test_a_removed_block_takes_its_blank_lines_along() -> None:
    held, new = parse("uno\n\n\ndos\n\n\n\ntres\n"), parse("one\n\nthree\n")
    assert joined([own(held, 0, 0), own(held, 2, 1)], held, new) == "uno\n\n\ntres\n"


def test_a_new_block_between_two_is_set_off_as_in_english() -> None:
    held, new = parse("uno\n\n\ndos\n"), parse("one\n# new\n\ntwo\n")
    assert joined([own(held, 0, 0), fresh(new, 1), own(held, 1, 2)], held, new) == "uno\n# new\n\ndos\n"


def test_a_tight_list_stays_tight() -> None:
    held, new = parse("* uno\n* dos\n"), parse("* one\n* new\n* two\n")
    assert joined([own(held, 0, 0), fresh(new, 1), own(held, 1, 2)], held, new) == "* uno\n* new\n* dos\n"


def test_items_of_two_lists_are_set_off() -> None:
    """Behind the text of an item, ``3.`` would be part of that text."""
    held = parse("* uno\n* dos\n")
    for new, between in (("1. one\n2. two\n3. new\n", "\n"), ("* one\n* two\n* new\n", "")):
        found = parse(new)
        text = joined([own(held, 0, -1), fresh(found, 2)], held, found)
        assert text == f"* uno\n{between}{new.splitlines(keepends=True)[2]}"


def test_a_loose_list_stays_loose_where_english_has_no_gap_to_give() -> None:
    held, new = parse("uno\n\n\ndos\n"), parse("new\n# two\n")
    assert joined([fresh(new, 0), own(held, 1, 1)], held, new) == "new\n\n\ndos\n"


def test_a_new_block_before_the_first_is_set_off_as_in_english() -> None:
    held = parse("# dos\n")
    for text in ("new\n# two\n", "new\n\n\n# two\n"):
        new = parse(text)
        assert joined([fresh(new, 0), own(held, 0, 1)], held, new) == text.replace("two", "dos")


def test_blank_lines_of_new_blocks_have_the_line_ends_of_the_translation() -> None:
    held, new = parse("uno\r\n\r\ndos\r\n"), parse("one\n\ntwo\n\nthree\n")
    text = joined([own(held, 0, 0), own(held, 1, 1), fresh(new, 2)], held, new)
    assert text == "uno\r\n\r\ndos\r\n\r\nthree\r\n"


def test_a_gap_with_blanks_stays_the_translators() -> None:
    held, new = parse("uno\n \ndos\n"), parse("one\n\nnew\n\ntwo\n")
    assert joined([own(held, 0, 0), fresh(new, 1), own(held, 1, 2)], held, new) == "uno\n \nnew\n\ndos\n"


def test_what_only_the_translation_has_keeps_its_gap() -> None:
    held, new = parse("uno\n\n\nnota\n\n\n\ndos\n"), parse("one\n\nnew\n\ntwo\n")
    items = [own(held, 0, 0), own(held, 1, -1), fresh(new, 1), own(held, 2, 2)]
    assert joined(items, held, new) == "uno\n\n\nnota\n\n\n\nnew\n\ndos\n"
    held, new = parse("nota\n\n\n\ndos\n"), parse("new\n\ntwo\n")
    assert joined([own(held, 0, -1), fresh(new, 0), own(held, 1, 1)], held, new) == "nota\n\n\n\nnew\n\ndos\n"


def test_blocks_that_change_places_never_run_together() -> None:
    held, new = parse("uno\n\ndos"), parse("two\n\none")
    assert joined([own(held, 1, 0), own(held, 0, 1)], held, new) == "dos\n\nuno"


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_the_end_is_that_of_the_translation(end: str) -> None:
    held, new = parse(f"uno{end}"), parse("one\n\nnew\n")
    assert joined([own(held, 0, 0), fresh(new, 1)], held, new).endswith(f"new{end}")
    shrunk = parse(f"uno\n\ndos{end}")
    assert joined([own(shrunk, 0, 0)], shrunk, parse("one\n")) == f"uno{end}"


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
def test_a_segment_is_laid_out_with_line_ends_and_indentation_of_its_place(break_: str) -> None:
    assert Segment("x", "paragraph", indent="  ", eol="\r\n").laid_out(f"one{break_}two") == "one\r\n  two"


@pytest.mark.parametrize(
    ("old", "target", "added", "draft"),
    [
        ("| A |\n|---|\n| `a` |\n", "| A |\n|---|\n| `a` |\n| mein |\n", "| new |\n", "| `a` |\n| mein |\n| new |\n"),
        ("- one\n- two\n", "- eins\n- zwei\n- mein\n", "- new\n", "- zwei\n- mein\n- new\n"),
        ("- one\n\n- two\n", "- eins\n\n- zwei\n\n- mein\n", "\n- new\n", "- zwei\n\n- mein\n\n- new\n"),
    ],
)
def test_no_blank_line_between_an_own_row_or_item_and_a_new_one(old: str, target: str, added: str, draft: str) -> None:
    held, new = parse(f"{target}\nEnde\n"), parse(f"{old}{added}\nend\n")
    count = len(parse(old).blocks)
    items = [own(held, n, n) for n in range(count)]
    end = own(held, count + 1, count + 1)
    text = joined([*items, own(held, count, -1), fresh(new, count), end], held, new)
    assert text.endswith(f"{draft.rstrip()}\n\nEnde\n")
    assert draft in text


def test_a_table_whose_first_row_is_gone_stays_a_table() -> None:
    held, new = parse("| A |\n|---|\n| alt |\n| mein |\n"), parse("| A |\n|---|\n| new |\n")
    items = [own(held, 0, 0), own(held, 1, 1), own(held, 3, -1), fresh(new, 2)]
    assert joined(items, held, new) == "| A |\n|---|\n| mein |\n| new |\n"


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
@pytest.mark.parametrize("lines", [["| A |", "|---|", "| a |", "| z |"], ["- a", "- b", "- z"]], ids=["table", "list"])
def test_what_is_behind_a_part_that_was_never_translated_stays_behind_a_blank_line(lines: list[str], eol: str) -> None:
    held, new = parse(eol.join([*lines, "", "Ende", ""])), parse("\n".join([*lines, "", "end", ""]))
    count = len(lines) - 1
    items = [*(own(held, n, n) for n in range(count)), own(held, count + 1, count + 1)]
    assert joined(items, held, new) == eol.join([*lines[:count], "", "Ende", ""])


def test_the_blank_line_behind_what_english_adds_has_the_line_end_of_the_translation() -> None:
    held, new = parse("eins\r\n\r\nzwei\r\n"), parse("one\n\nnew\n\ntwo\n")
    done = joined([own(held, 0, 0), fresh(new, 1), own(held, 1, 2)], held, new)
    assert done == "eins\r\n\r\nnew\r\n\r\nzwei\r\n"
