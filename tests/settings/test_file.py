"""amts.yml is read strictly: one clear error that names file, key and what is allowed."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.errors import AmtsError
from bot.settings.file import load
from bot.settings.source import Source

GOOD = """\
source:
  repository: en
translations:
  - language: zh
    repository: ../zh.git
    baseline: sibling
"""


def test_defaults(tmp_path: Path) -> None:
    (tmp_path / "amts.yml").write_text(GOOD, encoding="utf-8")
    settings = load(tmp_path / "amts.yml")
    assert settings.engine == ("memory_only",) and settings.small_edits == "keep"
    assert settings.source.covers("a/b.md") and not settings.source.covers("a/b.py")
    assert settings.resolved("../zh.git") == (tmp_path.parent / "zh.git").resolve()
    assert settings.translation("zh").baseline == "sibling"


def test_include_and_exclude(tmp_path: Path) -> None:
    text = GOOD.replace("repository: en", "repository: en\n  include: ['chapter_*/**']\n  exclude: ['chapter_x/*.md']")
    (tmp_path / "amts.yml").write_text(text, encoding="utf-8")
    source = load(tmp_path / "amts.yml").source
    assert source.covers("chapter_a/b/c.md")
    assert not source.covers("README.md") and not source.covers("chapter_x/a.md")


def test_what_is_beside_the_book_is_aside_unless_something_is_set(tmp_path: Path) -> None:
    def source(more: str = "") -> Source:
        (tmp_path / "amts.yml").write_text(GOOD.replace("repository: en", f"repository: en{more}"), encoding="utf-8")
        return load(tmp_path / "amts.yml").source

    beside = ("README.md", "readme.zh.md", ".github/x.md", "docs/.hidden/x.md", "CONTRIBUTING.md", "Code_of_Conduct.md")
    for path in (*beside, "LICENSE.md", "SECURITY.md", "PULL_REQUEST_TEMPLATE.md"):
        assert source().aside(path) and source().covers(path)
        assert not source("\n  exclude: []").aside(path) and not source("\n  include: ['*.md']").aside(path)
    for path in ("docs/README.md", "index.md", "a/contributing.md", "x.github/y.md", "chapter_readme.md"):
        assert not source().aside(path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD + "colour: red\n", ["unknown key colour", "small_edits"]),
        (GOOD.replace("repository: en", "repositry: en"), ["source.repositry", "include"]),
        (GOOD.replace("sibling", "twin"), ["translations[0].baseline", "'front-matter' or 'comments'"]),
        (GOOD + "engine: amazone\n", ["engine", "memory_only"]),
        (GOOD + "small_edits: 3\n", ["small_edits", "'keep' or 'translate'"]),
        (GOOD + "pages: 3\n", ["pages", "string"]),
        (GOOD + "pages: ../x\n", ["pages", "'..'"]),
        (GOOD + "translations: []\n", ["line", "duplicate key"]),
        (GOOD + GOOD[GOOD.index("  - ") :], ["translations", "zh is listed twice"]),
        (GOOD.replace("    baseline: sibling\n", ""), ["translations[0].baseline is missing"]),
        (GOOD.replace("zh\n", "Chinese!\n", 1), ["translations[0].language"]),
        (GOOD.replace("../zh.git", "a/../../zh"), ["translations[0].repository"]),
        (
            GOOD + GOOD[GOOD.index("  - ") :].replace("zh\n", "zh-TW\n"),
            ["the same repository and layout", "set `layout`"],
        ),
        (GOOD.replace("../zh.git", "en"), ["the same repository and layout", "set `layout`"]),
        ("[" * 5000, ["nested too deeply"]),
        ("source: [\n", ["not valid YAML", "line"]),
        # A wrong indentation is noticed in the line after it.
        ("source:\n  repository: en\n   branch: main\n", ["line 3", "the indentation of the one before"]),
        ("", ["is empty", "translations"]),
        ("- a\n", ["is empty", "mapping"]),
        (GOOD + "folder: x\n", ["unknown key folder"]),
        (GOOD + "1: x\n", ["no text"]),
    ],
)
def test_errors_name_file_key_and_what_is_allowed(tmp_path: Path, text: str, words: list[str]) -> None:
    path = tmp_path / "amts.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AmtsError) as error:
        load(path)
    for word in ("amts.yml", *words):
        assert word in str(error.value)


def test_a_missing_file_and_one_that_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(AmtsError, match="cannot be read"):
        load(tmp_path / "amts.yml")
    (tmp_path / "amts.yml").write_bytes(b"\xff\xfe")
    with pytest.raises(AmtsError, match="cannot be read"):
        load(tmp_path / "amts.yml")


def test_the_documentation_lists_every_key() -> None:
    from bot.settings.engines import Amazon, Bedrock, DeepL, LibreTranslate, Neural, OpenAi
    from bot.settings.source import Source
    from bot.settings.values import Settings, TermList, Translation
    from bot.style.preferences import OPEN, Style

    page = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
    prefixes: list[tuple[type[BaseModel] | type[Style], str]] = [
        (Settings, ""),
        (Source, "source."),
        (Translation, "translations[]."),
        (TermList, "terminology."),
        (Style, "style."),
        (Amazon, "amazon."),
        (Neural, "neural."),
        (OpenAi, "openai."),
        (Bedrock, "bedrock."),
        (DeepL, "deepl."),
        (LibreTranslate, "libretranslate."),
    ]
    for model, prefix in prefixes:
        for name in model.model_fields if issubclass(model, BaseModel) else asdict(OPEN):
            if name not in (
                "folder",
                "source",
                "translations",
                "amazon",
                "neural",
                "openai",
                "bedrock",
                "deepl",
                "libretranslate",
            ):
                assert f"`{prefix}{name}`" in page, name
