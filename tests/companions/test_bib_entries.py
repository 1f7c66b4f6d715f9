"""Splitting BibTeX files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.companions.bib_entries import split

FILE = """\
This is a comment, and so is me@example.org.
@string{jml = "Journal of {ML}"}
@STRING( acm = {ACM} )
@preamble{ {\\providecommand{\\x}{}} }
@comment{ @book{hidden, title={No}} }
@article{Boat.2020,
  title = {The {Boat} in \\"{o} \\{ \\} water},
  note = "a {b} brace", month = jan,
  journal = jml # acm
}

@Book ( oars:1 , title = "On (two) oars", crossref = {sea/2} )
@misc{tides,author={A @ B}}@misc{sea/2}
"""


def test_entries_are_found_as_they_are_written() -> None:
    found = split(FILE)
    assert list(found.entries) == ["Boat.2020", "oars:1", "tides", "sea/2"] and not found.broken
    assert all(text in FILE and text[0] == "@" for text in found.entries.values())
    assert found.entries["oars:1"] == '@Book ( oars:1 , title = "On (two) oars", crossref = {sea/2} )'
    assert found.entries["tides"] == "@misc{tides,author={A @ B}}"
    assert list(found.macros) == ["jml", "acm"]
    assert found.used(found.entries["Boat.2020"]) == {"jml", "acm"}
    assert found.parents(found.entries["oars:1"]) == ("sea/2",)


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, title={x\n@misc{b, title={y}}\n",
        "@misc{a, title={x\n\n@misc{b, title={y}}\n@misc(c, z={}",
        "@misc{b, t={}}\n@misc{a, @misc{c}",
    ],
)
def test_an_entry_that_does_not_end_is_told_and_hides_no_other(text: str) -> None:
    found = split(text)
    assert list(found.entries) == ["b"] and found.broken.startswith("@misc{a,")


def test_the_first_of_two_counts() -> None:
    assert split("@misc{a, n={1}}\n@misc{a, n={2}}").entries == {"a": "@misc{a, n={1}}"}


def test_a_large_file_is_split_in_linear_time() -> None:
    for part in ("@a{", "@a{x,", "@misc{k, t={", "{", "@", "@a(x,\n", "@a \t\n", "@misc{a, t={x}}\n", "= a "):
        text = part * 100_000
        found = split(text)
        found.used(text[:200_000]), found.parents(text[:200_000])


@given(st.text('@{}(),=" \nabm', max_size=60))
def test_any_text_is_split_into_pieces_of_it(text: str) -> None:
    found = split(text)
    assert all(entry in text for entry in [*found.entries.values(), *found.macros.values()])
