"""English removes and restores a document: its translation comes back byte for byte, as people left it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.worlds import CHAPTER, World, commit, world

from bot.cli.main import main

OARS = "# Oars\n\nAn oar moves the boat. It is made of wood.\n"
REMOS = "# Remos\n\nUn remo mueve   el barco. Es de madera.\n"


@pytest.fixture(params=["sibling", "lock"])
def book(tmp_path: Path, request: pytest.FixtureRequest) -> World:
    """A world with a second document, translated."""
    made = world(tmp_path, request.param)
    made.push({"oars.md": OARS})
    assert made.sync() == 0
    made.spanish.git.checkout("amts/sync")
    commit(made.spanish, {"oars.md": REMOS}, "Remos")
    made.spanish.git.checkout("main")
    made.spanish.git.merge("amts/sync")
    return made


def test_while_the_pull_request_is_open(book: World) -> None:
    book.push({"boats.md": CHAPTER.replace("It has a hull and a mast.", "It has a hull, a mast and a deck today.")})
    assert book.sync() == 0
    book.spanish.git.checkout("amts/sync")
    finished = REMOS.replace("Es de madera.", "Es de madera dura.")
    commit(book.spanish, {"oars.md": finished}, "Finish")
    book.spanish.git.checkout("main")
    book.push({"oars.md": None})
    assert book.sync() == 0
    with pytest.raises(Exception, match="oars"):
        book.text("oars.md")
    book.push({"oars.md": OARS})
    assert book.sync() == 0
    assert book.text("oars.md") == finished


def test_after_the_deletion_was_merged_and_with_an_edit(book: World) -> None:
    book.push({"oars.md": None})
    assert book.sync() == 0
    book.spanish.git.merge("amts/sync")
    book.push({"oars.md": OARS + "\nKeep two of them.\n"})
    assert book.sync() == 0
    assert book.text("oars.md") == REMOS + "\nKeep two of them.\n"
    assert main(["sync", "--config", str(book.config)]) == 0


def test_what_never_was_is_new(book: World) -> None:
    book.push({"anchors.md": "# Anchors\n\nIron.\n"})
    assert book.sync() == 0
    assert book.text("anchors.md") == "# Anchors\n\nIron.\n"


def test_branches_without_a_common_commit_say_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = world(tmp_path)
    book.push({"boats.md": CHAPTER.replace("It has a hull and a mast.", "It has a hull, a mast and a deck today.")})
    assert book.sync() == 0
    book.spanish.git.checkout("--orphan", "other")
    commit(book.spanish, {"LEEME.md": "Otra vez\n"}, "Rewritten")
    book.spanish.git.branch("-M", "other", "main")
    assert book.sync() == 1
    shown = capsys.readouterr().out
    assert "no commit in common" in shown and "fsck" not in shown
