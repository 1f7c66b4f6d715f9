"""What English removes: a move where there is a successor, else named first, with the way to the text of the people."""

from __future__ import annotations

import re
from pathlib import Path

import git
import pytest
from support.worlds import CAPITULO, CHAPTER, World, commit, world

OARS = "# Oars\n\nAn oar is a lever of the first kind.\n\nIt is made of ash or of spruce.\n"
REMOS = "# Remos\n\nUn remo es una palanca de primer género.\n\nSe hace de fresno o de abeto.\n"
TIDES = "# Tides\n\nThe water rises twice a day.\n"


@pytest.fixture
def book(tmp_path: Path) -> World:
    """A world with a second chapter, translated by people."""
    found = world(tmp_path)
    found.push({"oars.md": OARS}, "Oars")
    commit(found.spanish, {"oars.md": REMOS, "oars_origin.md": OARS}, "Remos")
    return found


def merge(book: World) -> None:
    book.spanish.git.execute(["git", "-c", "user.name=A", "-c", "user.email=a@b.c", "merge", "--ff-only", "amts/sync"])


def test_what_is_deleted_is_named_first_with_the_way_to_its_text(book: World) -> None:
    base = book.spanish.heads["main"].commit.hexsha
    book.push({"oars.md": None, "boats.md": CHAPTER.replace("water", "quicksilver")})
    assert book.sync() == 0
    page = book.page()
    first = page[: page.index("<details>")]
    assert f"**This deletes 1 translated document ({len(REMOS)} characters)**" in first
    # What the page says to do shows the text of the people.
    command = re.search(r"`git show (\S+)`", first)
    assert command and command[1] == f"{base[:10]}:oars.md"
    assert book.spanish.git.show(command[1], strip_newline_in_stdout=False) == REMOS


def test_it_is_still_named_when_a_later_sync_continues_the_pull_request(book: World) -> None:
    base = book.spanish.heads["main"].commit.hexsha
    book.push({"oars.md": None})
    assert book.sync() == 0
    book.push({"boats.md": CHAPTER.replace("floats on water", "swims in quicksilver")})
    assert book.sync() == 0
    assert f"`git show {base[:10]}:oars.md`" in book.page()
    merge(book)
    book.push({"boats.md": CHAPTER.replace("floats on water", "flies in the air")})
    assert book.sync() == 0
    assert "deletes" not in book.page(2)


def test_what_was_only_in_the_pull_request_is_named_too(book: World) -> None:
    book.push({"tides.md": TIDES})
    assert book.sync() == 0
    head = book.branch()
    assert head
    book.push({"tides.md": None})
    assert book.sync() == 0
    assert f"`git show {head[:10]}:tides.md`" in book.page()


def test_a_moved_document_is_no_deletion_in_this_sync_or_a_later_one(book: World) -> None:
    book.push({"oars.md": None, "gear/oars.md": OARS + "\nKeep two of them in the boat.\n"})
    assert book.sync() == 0
    assert "Un remo es una palanca de primer género." in book.text("gear/oars.md")
    assert "deletes" not in book.page() and "- `oars.md` → `" in book.page()
    book.push({"boats.md": CHAPTER.replace("water", "quicksilver")})
    assert book.sync() == 0
    assert "deletes" not in book.page()


def test_a_dry_run_writes_nothing(book: World, capsys: pytest.CaptureFixture[str]) -> None:
    book.push({"oars.md": None})
    assert book.sync("--dry-run") == 0
    assert book.branch() is None and "removed" in capsys.readouterr().out


def test_the_text_stays_in_git(book: World) -> None:
    book.push({"oars.md": None})
    assert book.sync() == 0
    merge(book)
    spanish: git.Repo = book.spanish
    assert "oars.md" not in spanish.git.ls_files().split()
    assert spanish.git.show("main^:oars.md", strip_newline_in_stdout=False) == REMOS
    assert book.text("boats.md", "main") == CAPITULO
