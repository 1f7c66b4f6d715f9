"""Whether a document is translated."""

from __future__ import annotations

import pytest
from support.setups import CHINESE, ENGLISH, JAPANESE, SPANISH

from bot.document.prose import language_by_script, reading


@pytest.mark.parametrize("path", list(ENGLISH))
@pytest.mark.parametrize("language", ["es", "no", "ts", "ja", "zh", "ru"])
def test_english_is_english_whatever_its_folder_is_called(path: str, language: str) -> None:
    assert reading(ENGLISH[path], language) == "English"


@pytest.mark.parametrize(
    ("texts", "language"), [(JAPANESE, "ja"), (CHINESE, "zh"), (SPANISH, "es")], ids=["ja", "zh", "es"]
)
def test_translations_are_translated(texts: dict[str, str], language: str) -> None:
    assert {reading(text, language) for text in texts.values()} == {"translated"}


@pytest.mark.parametrize(
    "text", ["", "# Hola\n", "```python\nthe = of + and\n```\n", "---\ntitle: the of and to in\n---\n"]
)
def test_too_little_prose_is_unclear(text: str) -> None:
    assert reading(text, "es") == "unclear"


def test_code_and_addresses_do_not_count() -> None:
    code = "```sh\n# this is the way to do it, and it is for the best of you\n```\n" * 5
    assert reading(SPANISH["guide/run.md"] + code, "es") == "translated"
    assert reading(ENGLISH["guide/run.md"] + code.replace("the", "el"), "es") == "English"


def test_the_language_by_the_script() -> None:
    assert language_by_script(list(JAPANESE.values())) == "ja"
    assert language_by_script(list(CHINESE.values())) == "zh"
    assert language_by_script(list(SPANISH.values())) == language_by_script(list(ENGLISH.values())) == ""
    assert language_by_script(["Это руководство."]) == "", "Cyrillic has many languages"
    assert language_by_script([]) == ""
