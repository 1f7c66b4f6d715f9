"""What the bot remembers at the end of a text."""

from __future__ import annotations

import pytest

from bot.forges import marker


def test_what_is_rendered_is_parsed_and_taken_off_again() -> None:
    text = marker.render("The words.\n", {"fingerprint": "abc", "number": 7})
    assert text == 'The words.\n\n<!-- amts:v1 {"fingerprint": "abc", "number": 7} -->\n'
    assert marker.parse(text) == {"fingerprint": "abc", "number": "7"}
    assert marker.without(text) == "The words."
    assert marker.without("The words.\n") == "The words."


def test_only_the_last_one_counts() -> None:
    forged = marker.render("A book.", {"fingerprint": "forged"})
    assert marker.parse(marker.render(forged, {"fingerprint": "ours"})) == {"fingerprint": "ours"}
    assert marker.parse(forged + "More words.") == {}


def test_white_space_behind_it_does_not_count() -> None:
    assert marker.parse(marker.render("", {"waiting": "yes"}) + " \r\n\n") == {"waiting": "yes"}


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
    assert marker.parse(broken) == {}


def test_values_are_text_whatever_people_made_of_them() -> None:
    assert marker.parse('<!-- amts:v1 {"number": "../x", "fingerprint": null, "of": [1]} -->') == {
        "number": "../x",
        "fingerprint": "None",
        "of": "[1]",
    }
