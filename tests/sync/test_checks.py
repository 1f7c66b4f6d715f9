"""What the bot reports on the head of its pull request: whole runs against the emulated GitHub."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.github import Fault, GitHub
from support.hubs import ENGLISH, Hub, Hubs
from support.worlds import CHAPTER

from bot.contracts import BRANCH

FIRST = "Some boats are rowed by tired people."
MORE = "# More\n\nSee `more` and [here](boats.md). Nobody has ever sailed it alone.\n"


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.forges.github.connection.BETWEEN_WRITES", 0.0)


def changed(folder: Path, github: GitHub) -> Hub:
    """English has changed in two documents."""
    made = Hub(folder, github)
    github.permit("book/es", "ana", "write")
    made.push(ENGLISH, {"boats.md": CHAPTER.replace("It has a hull and a mast.", FIRST), "more.md": MORE})
    return made


@pytest.fixture
def book(hubs: Hubs) -> Iterator[Hub]:
    with hubs.hub(changed) as hub:
        yield hub


def statuses(book: Hub) -> dict[str, tuple[str, str | None]]:
    """State and words of the statuses of the head, by context."""
    repository = book.github.repository("book/es")
    return {s.context: (s.state, s.description) for s in repository.statuses.get(repository.git.branch(BRANCH), [])}


def written(book: Hub) -> int:
    return sum(w.operation == "repos/create-commit-status" for w in book.github.writes)


def test_the_structure_of_the_documents_is_reported_once_for_each_head(book: Hub) -> None:
    assert book.sync(here=True).status == 0
    assert statuses(book) == {"amts/structure": ("success", "structure: 2 of 2 documents")}
    assert book.sync(here=True).status == 0 and written(book) == 1
    # A translator loses a formula; the next run has nothing to plan, and sees it.
    book.edit("$A$", "A")
    assert statuses(book) == {}
    assert book.sync(here=True).status == 0 and written(book) == 2
    assert statuses(book) == {"amts/structure": ("failure", "structure: 1 of 2 documents")}


def test_a_sentence_that_stays_although_english_changed_is_no_fault_of_the_structure(book: Hub) -> None:
    edited = CHAPTER.replace("a hull and", "a hull :cite:`Sea.1` and").replace("The sail catches the wind.", FIRST)
    book.push(ENGLISH, {"boats.md": edited})
    assert book.sync(here=True).status == 0
    assert statuses(book) == {"amts/structure": ("success", "structure: 2 of 2 documents")}
    page = book.pulls()[0].body
    assert "structure: lacks citation" in page and "in text that stays although English changed" in page


@pytest.mark.parametrize("state", ["pending", "failure"])
def test_while_sentences_wait_the_pull_request_shows_it(book: Hub, state: str) -> None:
    book.configure(f"unfinished: {state}\n")
    assert book.sync(here=True).status == 0
    total = 4
    assert statuses(book)["amts/unfinished"] == (state, f"{total} of {total} sentences left")
    book.edit(FIRST, "Gente cansada rema en algunos barcos.")
    assert book.sync(here=True).status == 0
    assert statuses(book)["amts/unfinished"] == (state, f"{total - 1} of {total} sentences left")
    text = book.text(path="more.md")
    book.push(
        "book/es",
        {
            "more.md": text.replace("# More", "# Más")
            .replace("See", "Véase")
            .replace("and", "y")
            .replace("Nobody has ever sailed it alone.", "Nadie navega solo.")
        },
        BRANCH,
    )
    assert book.sync(here=True).status == 0
    assert statuses(book)["amts/unfinished"] == ("success", f"0 of {total} sentences left")


def test_a_command_in_a_comment_reports_on_what_it_pushed(book: Hub) -> None:
    book.configure("unfinished: pending\n")
    book.push(ENGLISH, {"third.md": f"# Three\n\n{FIRST}\n"})
    assert book.sync(here=True).status == 0
    book.edit(FIRST, "Gente cansada rema en algunos barcos.")
    assert statuses(book) == {}
    assert book.serve(book.comment("/retranslate third.md"), here=True).status == 0
    assert statuses(book)["amts/structure"] == ("success", "structure: 3 of 3 documents")
    assert statuses(book)["amts/unfinished"] == ("pending", "5 of 6 sentences left")


def test_a_token_that_may_not_write_statuses_costs_a_line_of_the_log(book: Hub) -> None:
    scopes = {"metadata": "read", "contents": "write", "issues": "write", "pull_requests": "write"}
    token = book.github.token("github-actions", {"book/es": "write"}, kind="actions", scopes=scopes)
    for _ in range(2):
        done = book.sync(token, here=True)
        assert done.status == 0 and "the token needs Statuses: write" in done.log
        assert not [c for c in done.commands if c.startswith(("::warning", "::error"))]
    assert len(book.pulls()) == 1 and statuses(book) == {}


def test_what_a_killed_run_could_not_report_the_next_does(book: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("urllib3.util.retry.time.sleep", lambda seconds: None)
    book.github.faults.append(Fault("repos/create-commit-status", "closed", times=99))
    assert book.sync(here=True).status == 0 and statuses(book) == {}
    book.github.faults.clear()
    assert book.sync(here=True).status == 0 and "amts/structure" in statuses(book)
