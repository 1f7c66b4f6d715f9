"""The page of an open pull request follows the work of people, also while English rests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.github import GitHub
from support.hubs import ENGLISH, Hub, Hubs
from support.worlds import CHAPTER, World, commit, world

ROWED = "Some boats are rowed by tired people."
ROPE = "Every sail needs **strong** rope."
HUMAN = "Unos remeros cansados mueven barcos."
EDITED = CHAPTER.replace("It has a hull and a mast.", ROWED).replace("The sail catches the wind.", ROPE)


def two_waiting(folder: Path, github: GitHub) -> Hub:
    made = Hub(folder, github)
    github.permit("book/es", "ana", "write")
    made.push(ENGLISH, {"boats.md": EDITED})
    assert made.sync(here=True).status == 0
    return made


@pytest.fixture
def book(hubs: Hubs) -> Iterator[Hub]:
    with hubs.hub(two_waiting) as hub:
        yield hub


def body(book: Hub) -> str:
    (pull,) = book.pulls()
    return str(pull.body)


def test_what_people_finish_disappears_and_all_else_stays(book: Hub, github: GitHub) -> None:
    before = body(book)
    assert ROWED.removesuffix(".") in before and "Translate 2 sentences" in before
    book.pulls()[0].body = f"Please hurry!\n\n{before}".replace("\n", "\r\n")
    # A line more above the other sentence.
    book.edit(ROWED, f"{HUMAN}\n")
    assert book.sync(here=True).status == 0
    after = body(book)
    assert after.startswith("Please hurry!") and "Translate 1 sentence" in after and "Translate 2" not in after
    assert ROWED.removesuffix(".") not in after and "strong" in after and "1 updated, 0 unchanged" in after
    line = next(n for n, text in enumerate(book.text().splitlines(), 1) if ROPE in text)
    assert f"/edit/amts/sync/boats.md#L{line}" in after
    # Nothing is left: no fold, and nothing that asks people to say that they have read it.
    book.edit(ROPE, "Cada vela necesita una cuerda **fuerte**.")
    assert book.sync(here=True).status == 0
    done = body(book)
    assert "<details>" not in done and "/reviewed" not in done and "Please hurry!" in done
    writes = len(github.writes)
    assert book.sync(here=True).status == 0 and len(github.writes) == writes and body(book) == done


def test_the_next_sync_keeps_what_the_page_said_of_sentences_that_wait(book: Hub) -> None:
    said = "Said of this sentence, and known to that sync alone."
    pull = book.pulls()[0]
    marked = [text for text in re.split(r"\n\n|\n(?=- )", str(pull.body)) if "rope" in text]
    assert len(marked) == 1
    pull.body = str(pull.body).replace(marked[0], f"{marked[0]}<br>\n{said}")
    book.push(ENGLISH, {"boats.md": EDITED.replace("# Boats", "# Boats and ships")})
    assert book.sync(here=True).status == 0
    assert body(book).count(said) == 1 and "Translate 3 sentences" in body(book)


def test_without_its_marks_a_page_is_left_to_people(book: Hub, github: GitHub) -> None:
    pull = book.pulls()[0]
    pull.body = str(pull.body).replace("<!-- amts:end -->", "")
    before, writes = str(pull.body), len(github.writes)
    book.edit(ROWED, HUMAN)
    assert book.sync(here=True).status == 0
    assert str(pull.body) == before and not any("pulls/update" in str(w) for w in github.writes[writes:])


def test_a_local_page_follows_too(tmp_path: Path) -> None:
    local: World = world(tmp_path, "sibling")
    local.push({"boats.md": EDITED})
    local.sync()
    assert "Translate 2 sentences" in local.page()
    text = local.text("boats.md")
    local.spanish.git.checkout("amts/sync")
    commit(local.spanish, {"boats.md": text.replace(ROWED, HUMAN)}, "Terminado")
    local.spanish.git.checkout("main")
    assert local.sync() == 0
    assert "Translate 1 sentence" in local.page() and ROWED.removesuffix(".") not in local.page()
    review = (tmp_path / "pull-requests" / "es-1.html").read_text(encoding="utf-8")
    assert f"Un barco flota en el agua. {HUMAN}" in review
