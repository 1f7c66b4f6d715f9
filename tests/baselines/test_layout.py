"""Where the translation of a document is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.baselines.layout import SAME, Layout, problem

FOLDER = Layout("zh", "docs/{lang}/{path}", "docs/{lang}/{path}")
SUFFIX = Layout("zh-CN", "{stem}.{lang}{ext}")
SITE = Layout("ja", "i18n/{lang}/current/{path}", "docs/{path}")


@pytest.mark.parametrize(
    ("layout", "english", "translated"),
    [
        (SAME, "guide/a.md", "guide/a.md"),
        (FOLDER, "docs/en/guide/a.md", "docs/zh/guide/a.md"),
        (SUFFIX, "README.md", "README.zh-CN.md"),
        (SUFFIX, "guide/v1.2/a.mdx", "guide/v1.2/a.zh-CN.mdx"),
        (SITE, "docs/a.md", "i18n/ja/current/a.md"),
        (Layout("zh", "{path}", "docs/{path}"), "docs/a.md", "a.md"),
    ],
)
def test_paths_are_mapped_both_ways(layout: Layout, english: str, translated: str) -> None:
    assert layout.translated(english) == translated
    assert layout.english(translated) == english


def test_a_path_that_does_not_fit_is_not_mapped() -> None:
    assert not FOLDER.translated("README.md") and not FOLDER.english("docs/en/a.md") and not FOLDER.english("docs/zh/")
    assert not SUFFIX.english("README.md") and not SUFFIX.english("README.zh-TW.md") and not SUFFIX.english(".zh-CN.md")
    assert not FOLDER.covers_english("docs/zh/a.md") and FOLDER.covers_english("docs/en/a.md")


def test_of_two_layouts_the_more_specific_one_has_the_file() -> None:
    ja = Layout("ja", "docs/{lang}/{path}")
    zh = Layout("zh", "docs/{path}", apart=(ja,))
    assert zh.english("docs/a.md") == "a.md" and not zh.english("docs/ja/a.md") and ja.english("docs/ja/a.md") == "a.md"
    assert ja.weight > zh.weight


_NAMES = st.lists(st.text("ab.-é", min_size=1, max_size=4), min_size=1, max_size=3).map("/".join)


@given(_NAMES, st.sampled_from([".md", ".mdx"]), st.sampled_from([SAME, FOLDER, SUFFIX, SITE]))
def test_what_is_translated_leads_back(name: str, ext: str, layout: Layout) -> None:
    english = layout.source.replace("{lang}", "en").replace("{path}", name + ext)
    assert layout.english(layout.translated(english)) == english


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("docs/zh", "once"),
        ("{path}.{lang}", "should end with {path}"),
        ("{path}/{path}", "once"),
        ("{stem}", "once"),
        ("{path}.{name}", "unknown field {name}"),
        ("{stem}{ext}/a", "should end with {ext}"),
        ("../{path}", "inside the repository"),
        ("/{path}", "inside the repository"),
        ("{}/{path}", "unknown field {}"),
    ],
)
def test_a_pattern_that_cannot_be_used_says_why(pattern: str, why: str) -> None:
    assert why in problem(pattern)
    assert not any(map(problem, (FOLDER.target, SUFFIX.target, SITE.target, "{path}")))
