"""JSON changed as text: what stays keeps its bytes, whoever laid it out."""

from __future__ import annotations

import pytest

from bot.document.json_text import Style, container, loads, rebuilt, restyled, style_of

ODD = '{ "a" : [1,2 ,  3\n, 4 ] ,\t"b":{ } , "a": "x\\u00e9" }'
LINES = Style("\n", "  ", ": ", ", ", False)


def test_entries_are_found_in_any_layout() -> None:
    whole = container(ODD, 0)
    assert [(e.key, ODD[e.value : e.end]) for e in whole.entries] == [
        ("a", "[1,2 ,  3\n, 4 ]"),
        ("b", "{ }"),
        ("a", '"x\\u00e9"'),
    ]
    assert whole["a"] == whole.entries[2]


@pytest.mark.parametrize(
    ("chosen", "done"),
    [
        ([(0, "1"), (1, "2"), (2, "3"), (3, "4")], "[1,2 ,  3\n, 4 ]"),
        ([(0, "1"), (1, "9"), (2, "3"), (3, "4")], "[1,9 ,  3\n, 4 ]"),
        ([(1, "2"), (2, "3")], "[2 ,  3 ]"),
        ([(0, "1"), (-1, "5"), (1, "2")], "[1,5,2 ]"),
        ([(3, "4"), (0, "1")], "[4,1 ]"),
        ([], "[]"),
    ],
)
def test_what_stands_between_neighbours_stays(chosen: list[tuple[int, str]], done: str) -> None:
    assert rebuilt(ODD, container(ODD, ODD.index("[")), chosen, LINES, 2) == done


def test_a_first_entry_is_laid_out_like_the_rest_of_the_text() -> None:
    assert rebuilt("[ ]", container("[ ]", 0), [(-1, "1"), (-1, "2")], LINES, 1) == "[\n  1,\n  2\n]"
    assert (
        rebuilt("{}", container("{}", 0), [(-1, '"a":1')], style_of('{"a":1,"b":2}', container('{"a":1,"b":2}', 0)), 1)
        == '{"a":1}'
    )


def test_numbers_and_surrogates_stay_as_they_are_written() -> None:
    assert restyled('{"a":[1.50,1e5,-0,NaN],"b":"\\ud800","c":"\\u00e9"}', LINES, 0) == (
        '{\n  "a": [\n    1.50,\n    1e5,\n    -0,\n    NaN\n  ],\n  "b": "\\ud800",\n  "c": "é"\n}'
    )


def test_nan_equals_itself() -> None:
    assert loads("[NaN, Infinity]") == loads("[NaN, Infinity]")
