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


PAIRS = [
    (
        f"Part {n} of an oar is called by its own name, and so on.",
        f"La parte {n} de un remo tiene su propio nombre, etc.",
    )
    for n in range(12)
]


def long_chapter(book: World) -> str:
    """A third chapter, of twelve paragraphs, that people translated; its merged commit."""
    english, spanish = ("\n\n".join(["# " + head, *side]) + "\n" for head, side in zip(*LONG, strict=True))
    book.push({"parts.md": english}, "Parts")
    return commit(book.spanish, {"parts.md": spanish, "parts_origin.md": english}, "Partes")


LONG = ("Parts", "Partes"), tuple(zip(*PAIRS, strict=True))


def english_of(numbers: range, head: str = "Parts") -> str:
    return "\n\n".join([f"# {head}", *(PAIRS[n][0] for n in numbers)]) + "\n"


def test_what_english_renamed_and_then_deleted_is_named(book: World) -> None:
    base = book.spanish.heads["main"].commit.hexsha
    book.push({"oars.md": None, "gear/oars.md": OARS}, "Rename")
    book.push({"gear/oars.md": None}, "Delete")
    assert book.sync() == 0
    assert f"**This deletes 1 translated document ({len(REMOS)} characters)**" in book.page()
    assert f"`git show {base[:10]}:oars.md`" in book.page()


def test_a_move_that_becomes_a_deletion_is_named_where_people_merged_it(book: World) -> None:
    """English renames, a sync moves the translation, and before anybody merges that, English deletes it."""
    base = book.spanish.heads["main"].commit.hexsha
    book.push({"oars.md": None, "gear/oars.md": OARS}, "Rename")
    assert book.sync() == 0 and "**This moves 1 document**" in book.page()
    book.push({"gear/oars.md": None}, "Delete")
    assert book.sync() == 0
    assert "**This deletes 1 translated document" in book.page() and "moves" not in book.page()
    assert f"`git show {base[:10]}:oars.md`" in book.page()


def test_what_people_wrote_in_the_pull_request_before_its_english_was_deleted_is_named_too(book: World) -> None:
    book.push({"oars.md": None, "gear/oars.md": OARS + "\nKeep two of them.\n"}, "Rename")
    assert book.sync() == 0
    book.spanish.git.checkout("-q", "amts/sync")
    text = book.text("gear/oars.md").replace("Keep two of them.", "Guarda dos en la barca.")
    head = commit(book.spanish, {"gear/oars.md": text}, "Traducido")
    book.spanish.git.checkout("-q", "main")
    book.push({"gear/oars.md": None}, "Delete")
    assert book.sync() == 0
    assert f"`git show {head[:10]}:gear/oars.md`" in book.page()


def test_a_document_that_english_renamed_twice_is_one_move(book: World) -> None:
    book.push({"oars.md": None, "gear/oars.md": OARS}, "Rename")
    assert book.sync() == 0
    book.push({"gear/oars.md": None, "gear/rowing.md": OARS + "\nKeep two of them in the boat.\n"}, "Rename again")
    assert book.sync() == 0
    assert "Un remo es una palanca de primer género." in book.text("gear/rowing.md")
    assert "deletes" not in book.page()


def test_a_document_that_english_renamed_and_split_keeps_what_people_wrote_in_both_parts(book: World) -> None:
    long_chapter(book)
    book.push({"parts.md": None, "gear/parts.md": english_of(range(12))}, "Rename")
    book.push({"gear/parts.md": english_of(range(8)), "gear/blades.md": english_of(range(8, 12), "Blades")}, "Split")
    assert book.sync() == 0
    assert "deletes" not in book.page() and "- `parts.md` → `gear/parts.md`" in book.page()
    first, second = book.text("gear/parts.md"), book.text("gear/blades.md")
    assert all(PAIRS[n][1] in first for n in range(8)) and all(PAIRS[n][1] in second for n in range(8, 12))


def test_a_document_that_english_split_without_its_name_goes_to_the_larger_part(book: World) -> None:
    long_chapter(book)
    parts = {"shafts.md": english_of(range(5), "Shafts"), "blades.md": english_of(range(5, 12), "Blades")}
    book.push({"parts.md": None, **parts}, "Split")
    assert book.sync() == 0
    assert "deletes" not in book.page() and "- `parts.md` → `blades.md`" in book.page()
    assert all(PAIRS[n][1] in book.text("shafts.md") for n in range(5))
    assert all(PAIRS[n][1] in book.text("blades.md") for n in range(5, 12))
