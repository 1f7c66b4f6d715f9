"""What the bot remembers at the end of its part of a text, and what people write around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.forges import marker

MARKS = [marker.BEGIN, "<!-- amts:begin -->", '<!-- amts:v1 {"fingerprint": "x"} -->', "<!-- amts:v1 {", "-->"]
PARTS = st.lists(st.sampled_from([*MARKS, "\r\n", "a"]), max_size=6).map("".join)
"""What people and other bots make of a text, marks of the bot among it."""


def test_what_is_rendered_is_parsed() -> None:
    text = marker.render("The words.\n", {"fingerprint": "abc", "number": 7})
    assert text == 'The words.\n\n<!-- amts:v1 {"fingerprint": "abc", "number": 7} -->\n'
    assert marker.parse(text) == {"fingerprint": "abc", "number": "7"}


@pytest.mark.parametrize("after", [" \r\n\n", "More words.", "\n\n## Summary\n\nBy another bot.\n<!-- its: marker -->"])
def test_whatever_follows_it_it_counts(after: str) -> None:
    assert marker.parse(marker.render("", {"waiting": "yes"}) + after) == {"waiting": "yes"}
    assert marker.parse(marker.replaced("", "A page.", {"waiting": "yes"}) + after) == {"waiting": "yes"}


def test_a_marker_in_a_book_does_not_count() -> None:
    forged = marker.replaced("", "A book.", {"fingerprint": "forged"})
    assert marker.parse(marker.render(forged, {"fingerprint": "ours"})) == {"fingerprint": "ours"}
    text = marker.replaced("", forged, {"fingerprint": "ours"})
    assert marker.parse(text) == {"fingerprint": "ours"}
    assert marker.replaced(f"{text}End.", "", {}) == marker.replaced("", "", {}) + "End."


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "<!-- amts:v1 -->",
        "<!-- amts:v1 {broken -->",
        "<!-- amts:v1 {] -->",
        '<!-- amts:v1 {"a": } -->',
        "<!-- amts:v2 {} -->",
        "<!-- amts:v1 [1] -->",
        '<!-- amts:v1 {"a": ' + "[" * 100_000 + "} -->",
    ],
)
def test_a_broken_one_is_none(broken: str) -> None:
    assert marker.parse(broken) == {} and marker.parse(f"{marker.BEGIN}\n{broken}") == {}


def test_values_are_text_whatever_people_made_of_them() -> None:
    assert marker.parse('<!-- amts:v1 {"number": "../x", "fingerprint": null, "of": [1]} -->') == {
        "number": "../x",
        "fingerprint": "None",
        "of": "[1]",
    }


@given(PARTS, PARTS, PARTS, st.text())
def test_what_people_write_around_the_bots_part_stays(before: str, after: str, body: str, value: str) -> None:
    text = marker.replaced("", "First.", {"value": value})
    assert marker.parse(text) == {"value": value} and marker.part(text) == "First."
    # Above, a beginning of the bot's part alone is none; one with an end would be another part.
    above = before.replace("amts:v1", "amts:v0")
    again = marker.replaced(f"{above}{text}{after}", body, {"value": value})
    assert again == above + marker.replaced("", body, {"value": value}) + after
    assert marker.parse(again) == {"value": value}
    assert len(marker.part(again)) == marker.room(again, {"value": value}, len(again))
    assert marker.with_values(again, {"n": 1}) == above + marker.replaced("", body, {"n": 1}) + after


@given(PARTS)
def test_nothing_is_lost_where_people_broke_the_bots_part(text: str) -> None:
    if marker.part(text) == "" and marker.with_values(text, {"n": 1}) == text:
        again = marker.replaced(text, "Page.", {"n": 2})
        assert again.startswith(text.rstrip()) and marker.parse(again) == {"n": "2"} and marker.part(again) == "Page."
