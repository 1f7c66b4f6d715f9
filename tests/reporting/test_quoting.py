"""Names of a book in messages of commits: one that GitHub would act upon is not named there."""

from __future__ import annotations

import pytest

from bot.reporting.quoting import is_plain


@pytest.mark.parametrize(
    "name",
    ["@ana.md", "fixes #7.md", "GH-7.md", "a\n/reviewed", "[skip ci].md", "[CI skip]/a.md", "[no ci].md",
     "[skip actions].md", "[actions  skip].md", "skip-checks: true.md"],
)  # fmt: skip
def test_a_name_with_an_effect_is_not_plain(name: str) -> None:
    assert not is_plain(name)


@pytest.mark.parametrize("name", ["docs/boats.md", "[slug]/a b.md", "第一章.md", "skip/ci.md"])
def test_other_names_are(name: str) -> None:
    assert is_plain(name)
