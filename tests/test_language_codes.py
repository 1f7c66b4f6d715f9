"""Codes of languages in the names of folders, files and repositories."""

from __future__ import annotations

import pytest

from bot.language_codes import in_name, suffixed, tag


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("zh", "zh"),
        ("zh-cn", "zh-CN"),
        ("zh_Hans", "zh-Hans"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("PT-br", "pt-BR"),
        ("es-419", "es-419"),
        ("cn", "zh"),
        ("CN", "zh"),
        ("jp", "ja"),
        ("no", "no"),
        ("en", "en"),
        ("fil", "fil"),
        ("js", ""),
        ("go", ""),
        ("api", ""),
        ("img", ""),
        ("cn-north", ""),
        ("english", ""),
        ("", ""),
        ("de/", ""),
    ],
)
def test_a_code_is_a_tag_or_nothing(code: str, language: str) -> None:
    assert tag(code) == language


@pytest.mark.parametrize(
    ("stem", "parts"),
    [
        ("README.zh-CN", ("README", ".", "zh-CN")),
        ("README_CN", ("README", "_", "CN")),
        ("a.b-pt_BR", ("a.b", "-", "pt_BR")),
        ("what-is", ("what", "-", "is")),
        ("README", ("", "", "")),
        ("data.min", ("", "", "")),
        ("zh", ("", "", "")),
    ],
)
def test_a_suffix(stem: str, parts: tuple[str, str, str]) -> None:
    assert suffixed(stem) == parts


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("book-zh.git", "zh"),
        ("zh-hans.react.dev", "zh-Hans"),
        ("docs_pt_BR", "pt-BR"),
        ("d2l-tr", "tr"),
        ("vue3-docs", ""),
        ("d2l-en", ""),
        ("ja", "ja"),
    ],
)
def test_the_name_of_a_repository(name: str, language: str) -> None:
    assert in_name(name) == language
