"""Which files of a book are synced, and what happens where the settings and the files do not fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.worlds import CHAPTER, commit, repository, world

from bot.cli.main import main


def test_an_include_that_covers_nothing_is_an_error_and_deletes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = world(tmp_path)
    text = book.config.read_text(encoding="utf-8")
    book.config.write_text(text.replace("repository: en", "repository: en\n  include: ['docs/**/*.md']"), "utf-8")
    assert book.sync() == 1
    shown = capsys.readouterr()
    assert "the English book has no document" in shown.out + shown.err
    assert book.branch() is None


def test_a_pattern_that_matches_nothing_is_mentioned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = world(tmp_path)
    text = book.config.read_text(encoding="utf-8")
    book.config.write_text(
        text.replace("repository: en", "repository: en\n  include: ['boats.md', 'boat/*.md']"), "utf-8"
    )
    assert book.sync() == 0
    assert "the pattern boat/*.md of source.include matches no file" in capsys.readouterr().out


def test_a_leading_dot_of_a_pattern_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = world(tmp_path)
    text = book.config.read_text(encoding="utf-8")
    book.config.write_text(text.replace("repository: en", "repository: en\n  include: ['./**/*.md']"), "utf-8")
    assert book.sync() == 0
    assert "matches no file" not in capsys.readouterr().out


def test_the_lock_keeps_entries_that_no_pattern_covers(tmp_path: Path) -> None:
    book = world(tmp_path, "lock")
    book.push({"more.md": "# More\n\nOne more page.\n"})
    assert book.sync() == 0
    book.spanish.git.merge("amts/sync")
    text = book.config.read_text(encoding="utf-8")
    book.config.write_text(text.replace("repository: en", "repository: en\n  exclude: ['more.md']"), "utf-8")
    book.push({"boats.md": CHAPTER.replace("floats on water", "swims on cold water")})
    assert book.sync() == 0
    assert '"more.md"' in book.text("amts.lock")


def test_a_document_named_like_the_baseline_of_another_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = world(tmp_path)
    book.push({"boats_origin.md": "# The origin of boats\n\nTrees.\n"})
    assert book.sync() == 1
    assert "English has both boats.md and boats_origin.md" in capsys.readouterr().out
    assert book.branch() is None


@pytest.mark.parametrize("suffix", [".mdx", ".qmd", ".Rmd", ".markdown"])
def test_documents_of_other_suffixes_are_synced(tmp_path: Path, suffix: str) -> None:
    book = world(tmp_path)
    english = "# Oars\n\nAn oar moves the boat. It is made of wood.\n"
    book.push({f"oars{suffix}": english})
    files = {f"oars{suffix}": "# Remos\n\nUn remo mueve el barco. Es de madera.\n", f"oars_origin{suffix}": english}
    commit(book.spanish, files, "Remos")
    book.push({f"oars{suffix}": english + "\nKeep two of them.\n"})
    assert book.sync() == 0
    text = book.text(f"oars{suffix}")
    assert "Un remo mueve el barco. Es de madera." in text and "Keep two of them." in text
    assert book.text(f"oars_origin{suffix}").endswith("Keep two of them.\n")


README = "# The boat book\n\nHow to build this book is described here.\n"


def test_what_is_beside_the_book_is_not_drafted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = world(tmp_path)
    commit(book.spanish, {"CONTRIBUTING.md": "# Participar\n"}, "Participar")
    book.push({"README.md": README, "CONTRIBUTING.md": README, ".github/PULL_REQUEST_TEMPLATE.md": README})
    assert book.sync() == 0 and book.branch() is None
    assert "CONTRIBUTING" not in capsys.readouterr().out
    # Whoever names them gets them.
    text = book.config.read_text(encoding="utf-8")
    book.config.write_text(
        text.replace("repository: en", "repository: en\n  include: ['boats.md', 'README.md']"), "utf-8"
    )
    assert book.sync() == 0
    assert book.text("README.md") == README and "CONTRIBUTING" not in book.page()


@pytest.mark.parametrize("kind", ["sibling", "lock"])
def test_what_people_translate_is_of_the_book_wherever_it_is(tmp_path: Path, kind: str) -> None:
    book = world(tmp_path, kind)
    book.push({"README.md": README})
    english = "repository: en\n  include: ['**/*.md']"
    text = book.config.read_text(encoding="utf-8")
    book.config.write_text(text.replace("repository: en", english), "utf-8")
    assert book.sync() == 0
    book.spanish.git.merge("--ff-only", "amts/sync")
    book.config.write_text(text, "utf-8")
    assert book.sync() == 0 and book.branch() == book.branch("main")
    book.push({"README.md": README + "\nIt needs git.\n"})
    assert book.sync() == 0
    assert "It needs git." in book.text("README.md")
    book.spanish.git.merge("--ff-only", "amts/sync")
    book.push({"README.md": None})
    assert book.sync() == 0 and "deletes 1 translated document" in book.page(3)


def test_a_repository_that_has_nothing_else_is_translated(tmp_path: Path) -> None:
    made = repository(
        tmp_path / "book", {"README.md": README, "README.zh-CN.md": "# 船\n\n这里说明如何构建本书。\n"}, "One"
    )
    entry = {"source": "README.md", "blob": made.head.commit.tree["README.md"].hexsha}
    lock = json.dumps({"version": 1, "documents": {"README.zh-CN.md": entry}})
    commit(made, {"amts.zh-CN.lock": lock}, "Record")
    (tmp_path / "amts.yml").write_text(
        "source: {repository: book}\ntranslations:\n"
        "  - {language: zh-CN, repository: book, layout: '{stem}.{lang}{ext}', baseline: lock}\n",
        encoding="utf-8",
    )
    commit(made, {"README.md": README + "\nIt needs git.\n"}, "Git")
    assert main(["sync", "--config", str(tmp_path / "amts.yml")]) == 0
    assert "It needs git." in made.git.show("amts/sync-zh-CN:README.zh-CN.md")
    # Without a baseline people are told, although it is a README.
    commit(made, {"amts.zh-CN.lock": None, "README.md": README}, "Forget")
    made.git.branch("-D", "amts/sync-zh-CN")
    assert main(["sync", "--config", str(tmp_path / "amts.yml")]) == 1
