"""English in comments, as text."""

from __future__ import annotations

import pytest

from bot.baselines import comments


@pytest.mark.parametrize(
    ("block", "english"),
    [
        ("<!--\n## Sails\n\nThey are white.\n-->\n", "## Sails\n\nThey are white."),
        ("<!---\ntitle: Sails\n-->\n", "title: Sails"),
        ("<!--\nTo end with it.\n--->\n", "To end with it."),
        ("  <!-- A sail. -->\n", "  A sail."),
        ("  <!--\nA sail.\nIt is white.\n  -->\n", "  A sail.\n  It is white."),
        ("1. <!-- Hoist it.\n   Then rest. -->\n", "1. Hoist it.\n   Then rest."),
        ("> <!-- Quoted. -->\n", "> Quoted."),
        ("<!-- a --&gt; b -->\n", "a --> b"),
    ],
)
def test_what_a_comment_says(block: str, english: str) -> None:
    found = comments.read(block)
    assert found is not None and found.english == english
    said = comments.read(found.saying(english, "\n"))
    assert said is not None and said.english == english


@pytest.mark.parametrize(
    "block", ["<!-- a --> text\n", "text <!-- a -->\n", "<!--\n", "<!-- -->\n", "<!-->\n", "<p>\n"]
)
def test_what_is_no_comment_alone(block: str) -> None:
    assert comments.read(block) is None


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("<!-- A sail. -->\n", "<!-- Two sails. -->\n"),
        ("<!--\n\nA sail.\n\n-->\n", "<!--\n\nTwo sails.\n\n-->\n"),
        ("<!---\nA sail.\n--->\n", "<!---\nTwo sails.\n--->\n"),
        ("<!-- A sail,\nwhite. -->\n", "<!--\nTwo sails.\n-->\n"),
    ],
)
def test_a_comment_keeps_its_form(block: str, expected: str) -> None:
    found = comments.read(block)
    assert found is not None
    said = found.saying("Two sails.", "\n")
    assert said == expected


def test_english_cannot_end_its_comment() -> None:
    for english in ("a --> b", "a --!> b", "a --->", "<!-- in it -->"):
        found = comments.read(comments.written(english, "", "\n"))
        assert found is not None and found.english == english


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!--\nThis is the way to go.\n-->\n这样走。\n", True),
        ("<!--\ntitle: Boats\n-->\n", True),
        ("<!-- body -->\n<!-- 注意 -->\n", False),
        ("<!-- Esta nota es para los traductores del libro. -->\n", False),
    ],
)
def test_english_is_told_from_notes(text: str, expected: bool) -> None:
    assert comments.has_english(text) is expected


ENGLISH = "---\ntitle: A\n---\n\n<!-- body -->\n\nThe boat.\n\n```\nrow\n```\n"
CHINESE = "---\ntitle: 甲\n---\n<!--\ntitle: A\n-->\n\n<!-- body -->\n\n<!--\nThe boat.\n-->\n船。\n\n```\nrow\n```\n"


@pytest.mark.parametrize(
    ("english", "target", "expected"),
    [
        (ENGLISH, CHINESE, True),
        (ENGLISH.replace("boat", "ship"), CHINESE, False),
        (ENGLISH.replace("row", "sail"), CHINESE, False),
        (ENGLISH.replace("```\nrow\n```\n", ""), CHINESE, False),
        (ENGLISH.replace("The boat.\n\n", ""), CHINESE, False),
        (ENGLISH, CHINESE.replace("boat.\n", "boat.\nIt floats.\n"), False),
    ],
)
def test_unchanged_english_is_seen_by_its_lines(english: str, target: str, expected: bool) -> None:
    assert comments.is_current(target, english) is expected
