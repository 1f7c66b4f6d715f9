"""The setting ``translate_code_comments``, from the settings file to the page."""

from __future__ import annotations

import json
from pathlib import Path

from support.worlds import CHAPTER, World, world

from bot.cli.main import main

GROWN = CHAPTER.replace("area = 3 * 4", "area = 3 * 4  # of the whole sail\n# Square meters, not feet\nprint(area)")
ADDED = ["of the whole sail", "Square meters, not feet"]


def grown(folder: Path, **more: str) -> World:
    book = world(folder, **more)
    book.push({"boats.md": GROWN})
    return book


def asked(book: World) -> list[str]:
    """What an engine would get."""
    answers = book.folder / "plan.json"
    assert main(["plan", "--config", str(book.config), "--language", "es", "--json", str(answers)]) == 0
    (language,) = json.loads(answers.read_text())["languages"]
    return [segment["english"] for segment in language["segments"]]


def test_comments_in_code_are_left_alone_unless_people_want_them(tmp_path: Path) -> None:
    assert asked(grown(tmp_path)) == []


def test_comments_that_english_added_are_drafted_and_listed_where_people_want_them(tmp_path: Path) -> None:
    book = grown(tmp_path, translate_code_comments="true")
    assert asked(book) == ADDED
    assert book.sync() == 0
    assert "# Área de una vela\narea = 3 * 4  # of the whole sail\n# Square meters, not feet\n" in book.text("boats.md")
    assert "English added comments, check their drafts: of the whole sail; Square meters, not feet" in book.page()
    before = book.branch()
    assert book.sync() == 0 and book.branch() == before


def test_a_language_can_do_without_what_the_book_does(tmp_path: Path) -> None:
    book = grown(tmp_path, translate_code_comments="false")
    book.config.write_text(f"translate_code_comments: true\n{book.config.read_text()}")
    assert asked(book) == []


def test_a_new_document_has_its_comments_drafted(tmp_path: Path) -> None:
    book = world(tmp_path, translate_code_comments="true")
    book.push({"oars.md": "# Oars\n\n```python\n# An oar is a lever\nx = 1\n```\n"})
    assert asked(book) == ["Oars", "An oar is a lever"]


def test_what_people_wrote_in_code_that_english_deletes_is_on_the_page(tmp_path: Path) -> None:
    book = world(tmp_path)
    start = CHAPTER.index("```")
    end = CHAPTER.index("```", start + 3) + 4
    book.push({"boats.md": CHAPTER[:start] + CHAPTER[end:]})
    assert "# Área de una vela" in book.text("boats.md", branch="main")
    assert book.sync() == 0
    assert "# Área de una vela" not in book.text("boats.md")
    assert "its English was deleted or replaced" in book.page() and "Área de una vela</del>" in book.page()
