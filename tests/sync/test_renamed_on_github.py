"""A translation that was renamed on GitHub, or given to another owner, while the settings have its old name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.github import GitHub
from support.hubs import ENGLISH, Hub, Hubs
from support.worlds import CHAPTER

from bot.cli.main import main

FIRST = "Some boats are rowed by tired people."
SECOND = "A torn old canvas hardly ever catches any wind."
ONCE = CHAPTER.replace("It has a hull and a mast.", FIRST)
TWICE = ONCE.replace("The sail catches the wind.", SECOND)
HUMAN = "Unos remeros cansados mueven barcos."


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.forges.github.connection.BETWEEN_WRITES", 0.0)


def finished(folder: Path, github: GitHub) -> Hub:
    """A pull request in which a translator has finished a draft, in a repository that is called otherwise now."""
    made = Hub(folder, github)
    made.push(ENGLISH, {"boats.md": ONCE})
    assert made.sync(here=True).status == 0
    made.edit(FIRST, HUMAN)
    return made


@pytest.fixture
def book(hubs: Hubs) -> Iterator[Hub]:
    with hubs.hub(finished) as hub:
        yield hub


NEW = pytest.mark.parametrize("new", ["book/spanish", "library/es"], ids=["renamed", "given away"])


@NEW
@pytest.mark.parametrize("by_app", [False, True], ids=["token", "app"])
def test_its_pull_request_is_continued_and_no_second_one_opened(book: Hub, new: str, by_app: bool) -> None:
    token = "" if by_app else book.token()
    app = book.github.app("amts", {"book/es": "write", ENGLISH: "read"})
    inputs = {"app_id": str(app.id), "app_private_key": app.key} if by_app else {}
    book.github.rename("book/es", new)
    book.push(ENGLISH, {"boats.md": TWICE})
    asked = len(book.github.requests)
    done = book.sync(token, here=True, **inputs)
    assert done.status == 0, done.log
    lookups = [r for r in book.github.requests[asked:] if r.operation == "apps/get-repo-installation"]
    # The list of an installation has English, and this one by its new name.
    assert len(lookups) == (2 if by_app else 0)
    (pull,) = book.github.repository(new).pulls
    assert (pull.number, pull.state) == (1, "open") and SECOND in str(pull.body)
    before = len(book.github.writes)
    assert book.sync(token, here=True, **inputs).status == 0
    assert {w.operation for w in book.github.writes[before:]} <= {"apps/create-installation-access-token"}


@NEW
def test_its_comments_are_answered(book: Hub, new: str) -> None:
    book.github.rename("book/es", new)
    comment = book.github.comment(new, 1, new.partition("/")[0], "/retranslate --force")
    payload = book.github.event(new, comment)
    token = book.github.token("github-actions", {new: "write"}, kind="actions")
    done = book.runner.run_here("issue_comment", payload, {"token": token}, new)
    assert done.status == 0, done.log
    assert [c.user.kind for c in book.github.repository(new).comments.values()] == ["User", "Bot"]


def test_one_that_people_closed_stays_closed(book: Hub) -> None:
    book.github.close("book/es", 1)
    token = book.token()
    book.github.rename("book/es", "library/es")
    assert book.sync(token, here=True).status == 0
    assert [p.state for p in book.github.repository("library/es").pulls] == ["closed"]


def test_a_clone_that_was_made_before_goes_on(book: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in book.runner.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AMTS_TOKEN", book.token())
    sync = ["sync", "--config", str(book.runner.workspace / "amts.yml")]
    assert main(sync) == 0
    book.github.rename("book/es", "library/es")
    book.push(ENGLISH, {"boats.md": TWICE})
    assert main(sync) == 0
    (pull,) = book.github.repository("library/es").pulls
    assert SECOND in str(pull.body)
