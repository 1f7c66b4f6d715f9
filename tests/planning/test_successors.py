"""Where recorded documents go on, in books whose pages all move or are all written anew."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from support.calls import calls

from bot.baselines.records import Recorded
from bot.document.tree import Tree
from bot.planning.book_plan import Change
from bot.planning.room import blocked
from bot.planning.slices import Limits, sliced
from bot.planning.successors import successors


def page(name: str, edited: int = 0, lines: int = 10) -> str:
    texts = [f"{'New words' if n < edited else 'A sentence'} {n} about {name} and the sea." for n in range(lines)]
    return "\n\n".join([*texts, "All pages of this book say this."]) + "\n"


def found(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    return successors(
        Tree(new, str.encode),
        {path: Recorded(path, text) for path, text in old.items()},
        lambda path, record: record.blob,
    )


def test_a_short_page_goes_to_the_page_with_its_bytes_and_makes_room_for_another() -> None:
    short = "# Soon\n\nWhat follows is about oars.\n"
    old = {"1.md": page("knots"), "2.md": short, "3.md": page("oars")}
    new = {"1.md": page("tides"), "2.md": page("knots"), "3.md": short, "4.md": page("oars")}
    assert found(old, new) == {"1.md": "2.md", "2.md": "3.md", "3.md": "4.md"}
    # One that English edited as well, in the place of which is another page now.
    new["3.md"] = short + "\nThey are made of wood.\n"
    assert found(old, new) == {"1.md": "2.md", "2.md": "3.md", "3.md": "4.md"}
    # Nothing has come in its place.
    assert found({"2.md": short}, {"2.md": "# Soon\n\nAbout paddles, or so they say.\n"}) == {}


def test_a_page_in_whose_place_is_another_may_be_rewritten_where_it_is_now() -> None:
    old = {"1.md": page("knots"), "2.md": page("oars")}
    new = {"1.md": page("tides"), "2.md": page("knots"), "3.md": page("oars", edited=6)}
    assert found(old, new) == {"1.md": "2.md", "2.md": "3.md"}


def test_of_pages_with_the_same_text_each_stays_in_its_folder() -> None:
    old = {"now/1.md": page("knots"), "now/2.md": page("oars")}
    new = {"now/1.md": page("tides"), "now/2.md": page("knots"), "now/3.md": page("oars", edited=1)}
    new |= {"and/1.md": page("knots"), "and/2.md": page("oars", edited=1)}
    assert found(old, new) == {"now/1.md": "now/2.md", "now/2.md": "now/3.md"}


@pytest.mark.parametrize("edited", [0, 1, 9])
def test_the_work_is_in_proportion_to_the_book(edited: int) -> None:
    def work(number: int) -> int:
        old = {f"{n:04}.md": page(f"chapter {n}") for n in range(number)}
        new = {f"{n + 1:04}.md": page(f"chapter {n}", edited) for n in range(number)}
        return calls(lambda: found(old, new))

    assert work(200) < 5 * work(50)


def test_a_long_row_of_moves_is_followed_once() -> None:
    def moves(number: int) -> list[Change]:
        return [Change("rename", f"{n + 1:04}.md", f"{n:04}.md", f"{n + 1:04}.md") for n in range(number)]

    def work(number: int) -> int:
        changes = moves(number)
        full = Limits(sentences=9, used=9, opened=frozenset({"other.md"}))

        def chosen() -> None:
            assert len(sliced(changes, Limits())[0]) == number
            assert len(sliced(changes, full)[1]) == number
            assert len(blocked(changes, {f"{n:04}.md" for n in range(number + 1)})) == number

        return calls(chosen)

    assert work(200) < 5 * work(50)
