"""The text of a pull request on GitHub: the bot's part of it, and what people and other bots write around that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.github import Fault, GitHub
from support.hubs import ENGLISH, TRANSLATIONS, Hub, Hubs
from support.worlds import CHAPTER

from bot.contracts import BRANCH
from bot.forges import LIMIT, marker

FIRST = "Some boats are rowed by tired people."
SECOND = "A torn old canvas hardly ever catches any wind."
ONCE = CHAPTER.replace("It has a hull and a mast.", FIRST)
TWICE = ONCE.replace("The sail catches the wind.", SECOND)
ABOVE = "Closes #7, please ask Ana first.\r\n\r\n"
BELOW = "\r\n## Summary by another bot\r\n\r\nTwo documents.\r\n"


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.forges.github.connection.BETWEEN_WRITES", 0.0)
    monkeypatch.setattr("bot.clock.time.sleep", lambda seconds: None)


def changed(folder: Path, github: GitHub) -> Hub:
    """A translation that wants a label and a reviewer; English has changed."""
    made = Hub(folder, github)
    github.permit("book/es", "ana", "write")
    made.push("book/es", {"amts.yml": f"{made.settings()}    labels: [sync]\n    reviewers: [ana]\n"})
    # A change of code that translators have changed too is noted, with a link to its line among the changes.
    made.push("book/es", {"boats.md": TRANSLATIONS["es"].replace("area = 3 * 4", "superficie = 3 * 4")})
    made.push(ENGLISH, {"boats.md": ONCE.replace("area = 3 * 4", "area = 3 * 5")})
    return made


def opened(folder: Path, github: GitHub) -> Hub:
    """The same with its pull request."""
    made = changed(folder, github)
    assert made.sync(here=True).status == 0
    return made


@pytest.fixture
def fresh(hubs: Hubs) -> Iterator[Hub]:
    with hubs.hub(changed) as hub:
        yield hub


@pytest.fixture
def book(hubs: Hubs) -> Iterator[Hub]:
    with hubs.hub(opened) as hub:
        yield hub


def body(book: Hub) -> str:
    (pull,) = book.pulls()
    return str(pull.body)


def test_what_people_and_other_bots_write_around_it_stays(book: Hub) -> None:
    (pull,) = book.pulls()
    pull.body = f"{ABOVE}{pull.body}{BELOW}"
    book.push(ENGLISH, {"boats.md": TWICE})
    assert book.sync(here=True).status == 0
    assert body(book).startswith(f"{ABOVE}{marker.BEGIN}") and body(book).endswith(BELOW)
    assert body(book).count(SECOND) == 1 and body(book).count("Summary by another bot") == 1


@pytest.mark.parametrize("theirs", ["Only my own words now.", marker.BEGIN + "\n", "<!-- amts:v1 {} -->\n"])
def test_a_text_without_the_bots_part_gets_one_below(book: Hub, theirs: str) -> None:
    (pull,) = book.pulls()
    pull.body = theirs
    for text in (TWICE, TWICE.replace("# Boats", "# All the many boats that we know")):
        book.push(ENGLISH, {"boats.md": text})
        assert book.sync(here=True).status == 0
        assert body(book).startswith(theirs.strip()) and body(book).count(SECOND) == 1


def test_what_others_add_does_not_open_a_closed_one_again(book: Hub) -> None:
    (pull,) = book.pulls()
    pull.body = f"{pull.body}{BELOW}"
    book.github.close("book/es", 1)
    assert book.sync(here=True).status == 0 and not book.pulls()


@pytest.mark.parametrize("branch", ["left", "deleted"])
def test_a_text_that_people_emptied_does_not_open_a_closed_one_again(book: Hub, branch: str) -> None:
    book.edit("# Barcos", "# Los barcos")
    (pull,) = book.pulls()
    pull.body = "Not in this way."
    book.github.close("book/es", 1)
    if branch == "deleted":
        book.clones["book/es"].git.push("origin", "--delete", BRANCH)
    done = book.sync(here=True)
    assert done.status == 0 and not book.pulls() and "reopen it there" in done.log
    book.push(ENGLISH, {"boats.md": TWICE})
    assert book.sync(here=True).status == 0 and [p.number for p in book.pulls()] == [2]


@pytest.mark.parametrize("theirs", ["Mine alone.", "x" * LIMIT], ids=["emptied", "filled"])
def test_no_engine_makes_a_draft_that_no_run_would_end(book: Hub, theirs: str) -> None:
    (pull,) = book.pulls()
    own = str(pull.body)
    pull.body = theirs if len(theirs) < LIMIT else own + theirs[len(own) :]
    before = pull.body
    forge = book.site().language("es", "memory_only").forge
    request = forge.current().pull_request
    assert request is not None
    for waiting in (True, False):
        forge.announce(request, waiting=waiting)
        assert not pull.draft and pull.body == before


@pytest.mark.parametrize("left", [5000, 400, 150, 0])
def test_it_gives_way_to_the_words_of_people(book: Hub, left: int) -> None:
    (pull,) = book.pulls()
    marks = len(marker.replaced("", "", dict(marker.parse(str(pull.body)))))
    theirs = "é" * (LIMIT - marks - left)
    pull.body = marker.replaced("", "", dict(marker.parse(str(pull.body)))) + theirs
    many = "".join(f"\n## Boat {n}\n\nThis is the boat with the number {n}.\n" for n in range(80))
    book.push(ENGLISH, {"boats.md": TWICE + many})
    assert book.sync(here=True).status == 0
    assert body(book).endswith(theirs) and len(body(book)) <= LIMIT
    assert ("Translate" in body(book)) == (left > 0) and marker.parse(body(book))["fingerprint"]
    # The plan that people refuse is known all the same.
    book.github.close("book/es", 1)
    assert book.sync(here=True).status == 0 and not book.pulls()


def test_where_there_is_no_room_at_all_people_are_told(book: Hub) -> None:
    (pull,) = book.pulls()
    pull.body = theirs = "x" * LIMIT
    book.push(ENGLISH, {"boats.md": TWICE})
    done = book.sync(here=True)
    assert done.status == 0 and "leaves no room" in done.log
    assert body(book) == theirs and SECOND in book.text()


OF_A_NEW_ONE = ("pulls/request-reviewers", "issues/add-labels", "pulls/update")
"""What is written to GitHub after a pull request was opened, in order."""


@pytest.mark.parametrize("newer", [False, True], ids=["nothing to plan", "English changed again"])
@pytest.mark.parametrize("died", range(3))
def test_what_a_run_that_died_left_to_do_for_a_new_one_is_done_by_the_next(fresh: Hub, died: int, newer: bool) -> None:
    for operation in OF_A_NEW_ONE[died:]:
        fresh.github.faults.append(Fault(operation, "closed", times=99))
    fresh.sync(here=True)
    fresh.github.faults.clear()
    comparison, page = (f"({fresh.github.git_url}/book/es/{x}#" for x in ("compare/main...amts/sync", "pull/1/files"))
    assert (comparison in body(fresh), page in body(fresh)) == (True, False)
    if newer:
        fresh.push(ENGLISH, {"boats.md": TWICE.replace("area = 3 * 4", "area = 3 * 5")})
    assert fresh.sync(here=True).status == 0
    (pull,) = fresh.pulls()
    assert (comparison in body(fresh), page in body(fresh)) == (False, not newer)
    assert "incomplete" not in marker.parse(body(fresh)) and (SECOND in body(fresh)) == newer
    assert ([x.name for x in pull.labels], [x.login for x in pull.reviewers]) == (["sync"], ["ana"])
    writes = len(fresh.github.writes)
    assert fresh.sync(here=True).status == 0 and len(fresh.github.writes) == writes
