"""Text of a book in messages: words are words, and what GitHub would act upon is code, or not there."""

from __future__ import annotations

import pytest

from bot.reporting.quoting import is_plain, prose


@pytest.mark.parametrize(
    "name",
    ["@ana.md", "fixes #7.md", "GH-7.md", "a\n/reviewed", "[skip ci].md", "[CI skip]/a.md", "[no ci].md",
     "[skip actions].md", "[actions  skip].md", "skip-checks: true.md"],
)  # fmt: skip
def test_a_name_with_an_effect_is_not_plain(name: str) -> None:
    assert not is_plain(name)


@pytest.mark.parametrize("name", ["docs/boats.md", "[slug]/a b.md", "第一章.md", "skip/ci.md", "high-seas.md"])
def test_other_names_are(name: str) -> None:
    assert is_plain(name)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("A high-level view", "A high-level view"),
     ("the <i>mast</i>", "the &#60;i&#62;mast&#60;&#47;i&#62;"),
     ("mât[[a-high-mast]]", "mât&#91;&#91;a-high-mast&#93;&#93;"),
     ("see GH-12", "see <code>GH-12</code>"),
     ("see gh-12,", "see <code>gh-12,</code>")],
)  # fmt: skip
def test_only_what_github_acts_upon_is_code(text: str, shown: str) -> None:
    assert prose(text) == shown
