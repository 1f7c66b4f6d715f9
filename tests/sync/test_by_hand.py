"""What people did without the bot: pages brought up to date by hand, baselines in part, English history rewritten."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.worlds import CAPITULO, CHAPTER, World, commit, world

from bot.cli.main import main

EDITED = CHAPTER.replace("It has a hull and a mast.", "Some boats are rowed by tired people.")
ADDED = CHAPTER.replace("## Sails", "An oar is a lever made of good ash wood, see :numref:`sec_boats`.\n\n## Sails")
BY_HAND = CAPITULO.replace("Tiene un casco y un mástil.", "Algunos barcos llevan remeros cansados.")
ADDED_BY_HAND = CAPITULO.replace(
    "*Nota", "Un remo es una palanca de buena madera de fresno, véase :numref:`sec_boats`.\n\n*Nota"
)


@pytest.fixture(params=["sibling", "lock"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    return world(tmp_path, request.param)


def test_a_paragraph_that_translators_added_by_hand_is_not_added_again(book: World) -> None:
    book.push({"boats.md": ADDED})
    commit(book.spanish, {"boats.md": ADDED_BY_HAND}, "A mano")
    assert book.sync() == 0
    assert book.text("boats.md") == ADDED_BY_HAND
    assert "ahead: ``An oar is a lever" in book.page()


def test_a_page_and_its_baseline_brought_up_to_date_by_hand_need_nothing(tmp_path: Path) -> None:
    book = world(tmp_path)
    book.push({"boats.md": EDITED})
    commit(book.spanish, {"boats.md": BY_HAND, "boats_origin.md": EDITED}, "A mano")
    assert book.sync() == 0 and [head.name for head in book.spanish.heads] == ["main"]


def test_a_page_brought_up_to_date_by_hand_after_a_draft_needs_nothing_more(book: World) -> None:
    book.push({"boats.md": EDITED})
    assert book.sync() == 0
    book.spanish.git.checkout("amts/sync")
    commit(book.spanish, {"boats.md": BY_HAND}, "A mano")
    book.spanish.git.checkout("main")
    assert book.sync() == 0
    assert book.text("boats.md") == BY_HAND
    book.push({"boats.md": EDITED.replace("catches the wind", "catches wind and sun")})
    assert book.sync() == 0
    assert "Algunos barcos llevan remeros cansados." in book.text("boats.md")


def test_a_sentence_that_was_updated_without_its_baseline_is_shown_where_it_was(book: World) -> None:
    """Nothing in the texts tells it from an old translation: the page has its words."""
    book.push({"boats.md": EDITED})
    commit(book.spanish, {"boats.md": BY_HAND}, "A mano")
    assert book.sync() == 0
    assert "Before: Algunos barcos llevan remeros cansados." in book.page()


def test_documents_without_a_baseline_are_named_and_the_others_synced(
    book: World, capsys: pytest.CaptureFixture[str]
) -> None:
    book.push({"boats.md": EDITED, "oars.md": "# Oars\n\nAn oar is a lever.\n"})
    commit(book.spanish, {"oars.md": "# Remos\n\nUn remo es una palanca.\n"}, "Remos")
    assert book.sync() == 0
    assert "oars.md; run amts adopt --language es" in capsys.readouterr().out
    changed = str(book.spanish.git.diff("--name-only", "main", "amts/sync")).splitlines()
    assert "boats.md" in changed and "oars.md" not in changed


def rewritten(book: World, text: str) -> None:
    """English with one commit, which has all of its history, and none of its old objects."""
    english = book.english
    english.git.checkout("--orphan", "fresh")
    commit(english, {"boats.md": text}, "All")
    english.git.branch("-D", "main")
    english.git.branch("-m", "main")
    english.git.reflog("expire", "--expire=now", "--all")
    english.git.gc("--prune=now", "--quiet")


def test_rewritten_history_of_english_costs_nothing_where_its_texts_are_the_same(book: World) -> None:
    rewritten(book, CHAPTER)
    assert book.sync() == 0 and [head.name for head in book.spanish.heads] == ["main"]


def test_english_that_its_rewritten_history_lacks_is_read_beside_the_translation(tmp_path: Path) -> None:
    book = world(tmp_path, "sibling")
    rewritten(book, EDITED)
    assert book.sync() == 0
    assert "Un barco flota en el agua. Some boats are rowed by tired people." in book.text("boats.md")


def test_a_lock_that_names_english_of_a_history_that_was_rewritten_fails_until_it_is_adopted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = world(tmp_path, "lock")
    rewritten(book, EDITED)
    assert book.sync() == 1
    assert "the baseline of boats.md does not exist in English history" in capsys.readouterr().out
    assert [head.name for head in book.spanish.heads] == ["main"]
    config = ["--config", str(tmp_path / "amts.yml"), "--language", "es"]
    assert main(["adopt", *config, "--write", "--replace"]) == 0
    assert book.spanish.git.diff("--name-only", "main", "amts/adopt") == "amts.lock"
