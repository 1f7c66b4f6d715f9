"""The promises, on made-up notebooks: laid out in many ways, with and without ids, their cells as hostile as can be."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import assume, example, given
from hypothesis import strategies as st
from support.books import sentence
from support.examples import examples
from support.notebooks import (
    Layout,
    Made,
    books,
    cells,
    drafted,
    edited,
    english,
    layouts,
    pieces_of,
    text,
    translation,
)

from bot.document.cells import page_cells
from bot.document.json_text import container, loads, rebuilt, restyled, style_of
from bot.document.markdown import parse
from bot.document.model import render
from bot.document.notebook import read
from bot.document.page import CELL
from bot.planning.notebook_merge import refilled

quick = examples(100)
PLAIN = Layout(1, False, False, "\n", False)

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@quick
@given(values, layouts, layouts)
@example("é\x7f", Layout(1, True, False, "", False), PLAIN)
@example("\\u1234", PLAIN, Layout(1, True, False, "", False))
def test_json_in_another_style_has_the_same_value(value: object, one: Layout, other: Layout) -> None:
    ours, theirs = (layout.file({"a": [1, 2], "b": value}) for layout in (one, other))
    style = style_of(ours, container(ours, 0))
    done = restyled(theirs, style, 0)
    assert json.loads(done) == json.loads(theirs)
    if not one.crlf and (one.escaped or style.ascii == one.escaped):
        escaped = style.ascii
        assert done == text({"a": [1, 2], "b": value}, indent=one.indent, escaped=escaped, end="")


@quick
@given(st.dictionaries(st.text(), values, min_size=1, max_size=5), layouts)
def test_a_container_of_its_own_entries_is_the_same(value: dict[str, object], layout: Layout) -> None:
    file = layout.file(value)
    whole = container(file, 0)
    chosen = [(n, file[e.start : e.end]) for n, e in enumerate(whole.entries)]
    assert rebuilt(file, whole, chosen, style_of(file, whole), 1) == file[: whole.end]
    assert {e.key: loads(file[e.value : e.end]) for e in whole.entries} == loads(file)


@quick
@given(
    st.lists(st.sampled_from([CELL, "markdown", "code python", "raw", " #a", "\n", "# A\n", "```\n", "---\n", "x "]))
)
def test_any_text_like_a_page_is_parsed_without_loss(parts: list[str]) -> None:
    page = CELL + "".join(parts)
    assert render(parse(page)) == page
    assert all(cell.source in page for cell in page_cells(page))


@quick
@given(books(), layouts, st.booleans())
def test_a_page_is_parsed_and_written_back_without_loss(book: list[Made], layout: Layout, ids: bool) -> None:
    file = layout.file(english(book, ids=ids, whole=layout.whole))
    notebook = read(file, "a.ipynb")
    assert render(parse(notebook.page)) == notebook.page
    assert refilled(notebook.page, notebook).text == file
    assert [cell.source for cell in page_cells(notebook.page)] == [made.english for made in book]


@quick
@given(books(), layouts, layouts, st.booleans(), st.booleans())
def test_nothing_happens_when_english_did_not_change(
    book: list[Made], layout: Layout, other: Layout, ids: bool, ours: bool
) -> None:
    file = layout.file(translation(book, ids=ids and ours, whole=layout.whole))
    old = PLAIN.file(english(book, ids=ids))
    assert drafted(old, old, file).text == file
    again = other.file(english(book, ids=ids, whole=other.whole))
    assert drafted(old, again, file).text == file


def changed(book: list[Made], data: st.DataObject) -> list[Made]:
    """The same notebook after English edited, added, removed or moved some of its cells."""
    new = list(book)
    for _ in range(data.draw(st.integers(1, 3))):
        n = data.draw(st.integers(0, len(new) - 1))
        act = data.draw(st.sampled_from(["edit", "add", "remove", "move"]))
        if act == "edit":
            new[n] = edited(new[n], data.draw(sentence()))
        elif act == "add":
            fresh = data.draw(cells())
            new[n:n] = [] if fresh.name in {m.name for m in new} else [fresh]
        elif act == "move":
            new.insert(data.draw(st.integers(0, len(new) - 1)), new.pop(n))
        elif len(new) > 1:
            new.pop(n)
    return new


@quick
@given(books(), st.data(), layouts, st.booleans())
def test_cells_that_english_did_not_touch_keep_their_bytes(
    book: list[Made], data: st.DataObject, layout: Layout, ids: bool
) -> None:
    new = changed(book, data)
    held = layout.file(translation(book, ids=ids, whole=layout.whole))
    old, now = (PLAIN.file(english(b, ids=ids)) for b in (book, new))
    done = drafted(old, now, held)
    before, after = pieces_of(held), pieces_of(done.text)
    where = dict(zip(book, before, strict=True))
    assert [where[made] for made in new if made in where] == [p for p in after if p in before]
    assert [(c["cell_type"], c.get("outputs"), c.get("id")) for c in json.loads(done.text)["cells"]] == [
        (c["cell_type"], c.get("outputs"), c.get("id")) for c in json.loads(now)["cells"]
    ]
    assert not done.divergences
    # A second sync has nothing to do, even if the shortcut does not show it.
    assert drafted(now, text(json.loads(now), indent=4), done.text).text == done.text
    assert drafted(old, now, held).text == done.text


@quick
@given(books(), books(), st.data(), layouts)
def test_cells_that_only_the_translation_has_keep_their_bytes(
    book: list[Made], own: list[Made], data: st.DataObject, layout: Layout
) -> None:
    extra = [replace(made, name=f"t{made.name}") for made in own]
    both = list(book)
    for made in extra:
        both.insert(data.draw(st.integers(0, len(both))), made)
    held = layout.file(translation(both, ids=True, whole=layout.whole))
    old, now = (PLAIN.file(english(b, ids=True)) for b in (book, changed(book, data)))
    done = drafted(old, now, held)
    # What says the same as new English is not the translation's alone.
    assume(all(flag.kind != "ahead" for flag in done.plan.flags))
    before, after = pieces_of(held), pieces_of(done.text)
    # They follow the cells before them, which may have moved.
    kept = [before[both.index(made)] for made in extra]
    assert sorted(piece for piece in after if piece in kept) == sorted(kept)
    assert drafted(now, text(json.loads(now), indent=4), done.text).text == done.text
