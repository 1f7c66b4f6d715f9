"""Each fault at each write on GitHub, before and after it happened: in the end everything is there, and there once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import git
import pytest
from fakes.github import Fault, GitHub
from support.hubs import ENGLISH, Hub, Hubs
from support.pairwise import pairwise
from support.worlds import CHAPTER

from bot.contracts import BRANCH
from bot.errors import AmtsError

FAULTS = ["secondary", "limit", "primary", "invalid", "server", "gateway", "unavailable", "closed"]
OF_GIT = ["secondary", "limit", "server", "gateway", "unavailable", "closed"]
LASTING = ["limit", "server", "closed"]
REFUSALS = ["secondary", "limit", "primary", "invalid"]
WRITES = {
    "opened": ("git/receive-pack", "pulls/create"),
    "equipped": ("issues/add-labels", "pulls/request-reviewers"),
    "continued": ("git/receive-pack", "pulls/update"),
    "answered": ("issues/create-comment", "reactions/create-for-issue-comment"),
    "answered on a line": ("pulls/create-reply-for-review-comment", "reactions/delete-for-pull-request-comment"),
}
"""What a run writes to GitHub, by what for."""

FIRST = "Some boats are rowed by tired people."
SECOND = "A torn old canvas hardly ever catches any wind."
NEW = "# More\n\nSome boats are rowed by tired people.\n"
HUMAN = "Unos remeros cansados mueven barcos."


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.forges.github.connection.BETWEEN_WRITES", 0.0)
    monkeypatch.setattr("bot.clock.time.sleep", lambda seconds: None)
    monkeypatch.setattr("urllib3.util.retry.time.sleep", lambda seconds: None)


def changed(folder: Path, github: GitHub) -> Hub:
    """A translation that wants a label and a reviewer; English has changed."""
    made = Hub(folder, github)
    github.permit("book/es", "ana", "write")
    made.push("book/es", {"amts.yml": f"{made.settings()}    labels: [sync]\n    reviewers: [ana]\n"})
    made.push(ENGLISH, {"boats.md": CHAPTER.replace("It has a hull and a mast.", FIRST), "more.md": NEW})
    return made


def opened(folder: Path, github: GitHub) -> Hub:
    """The same with its pull request."""
    made = changed(folder, github)
    assert made.sync(here=True).status == 0
    return made


def finished(folder: Path, github: GitHub) -> Hub:
    """A pull request in which a translator has finished a draft, so that another try changes something."""
    made = opened(folder, github)
    made.edit(FIRST, HUMAN)
    return made


@pytest.fixture
def book(hubs: Hubs) -> Iterator[Hub]:
    with hubs.hub(changed) as hub:
        yield hub


@pytest.fixture
def open_book(hubs: Hubs) -> Iterator[Hub]:
    with hubs.hub(opened) as hub:
        yield hub


@pytest.fixture
def asked(hubs: Hubs) -> Iterator[Hub]:
    with hubs.hub(finished) as hub:
        yield hub


def branch(book: Hub) -> list[str]:
    """The subjects of the commits of the pull request, newest first."""
    bare = git.Repo(book.github.repository("book/es").path)
    return str(bare.git.log(f"main..{BRANCH}", format="%s")).splitlines()


def faults(operation: str, times: int) -> Iterator[Fault]:
    for kind in LASTING if times > 1 else OF_GIT if operation.startswith("git/") else FAULTS:
        # What a limit or a rule has refused has not happened.
        for after in (False,) if kind in REFUSALS else (False, True):
            yield Fault(operation, kind, times=times, after=after)


def matrix(writes: str) -> list[Fault]:
    """All faults at these writes once, and some of them until the run gives up."""
    return [f for operation in WRITES[writes] for times in (1, 99) for f in faults(operation, times)]


def case(writes: str, fault: Fault) -> tuple[str, str, bool, int]:
    """What a fault test is about: which write, what goes wrong, when, and how often."""
    return f"{writes} {fault.operation}", fault.kind, fault.after, fault.times


EVERY_PAIR = set(pairwise([case(writes, fault) for writes in WRITES for fault in matrix(writes)]))
"""The cases of every test run: each two of write, kind, when and how often. The nightly run has them all."""


def every(writes: str) -> pytest.MarkDecorator:
    """The faults of the matrix at these writes."""
    return pytest.mark.parametrize("fault", [chosen(writes, fault) for fault in matrix(writes)])


def chosen(writes: str, fault: Fault) -> Any:
    """A parameter, slow where the pairs of this case are met in others."""
    name = f"{fault.operation} {fault.kind} {'after' if fault.after else 'before'} {fault.times}"
    return pytest.param(fault, id=name, marks=() if case(writes, fault) in EVERY_PAIR else pytest.mark.slow)


@every("opened")
def test_a_pull_request_is_opened_once(book: Hub, fault: Fault) -> None:
    book.github.faults.append(fault)
    book.sync(here=True)
    book.github.faults.clear()
    assert book.sync(here=True).status == 0
    (pull,) = book.pulls()
    assert len(branch(book)) == 1 and FIRST in book.text() and FIRST in str(pull.body)
    assert pull.number == 1 and len(book.pulls(state="closed")) == 0
    writes = len(book.github.writes)
    assert book.sync(here=True).status == 0 and len(book.github.writes) == writes


@pytest.mark.parametrize(
    "requests", [pytest.param(n, marks=() if n in (11, 13, 15) else pytest.mark.slow) for n in range(20)]
)
def test_killed_after_any_request_the_next_run_leaves_nothing_undone(book: Hub, requests: int) -> None:
    book.github.faults.append(Fault("*", "closed", times=10_000, skip=requests))
    with suppress(AmtsError):
        book.sync(here=True)
    book.github.faults.clear()
    assert book.sync(here=True).status == 0
    (pull,) = book.pulls()
    assert len(branch(book)) == 1 and "incomplete" not in str(pull.body) and "/compare/" not in str(pull.body)
    assert ([x.name for x in pull.labels], [x.login for x in pull.reviewers]) == (["sync"], ["ana"])
    repository = book.github.repository("book/es")
    assert [s.context for s in repository.statuses[pull.head_sha]] == ["amts/structure"]
    writes = len(book.github.writes)
    assert book.sync(here=True).status == 0 and len(book.github.writes) == writes


@every("equipped")
def test_what_a_new_pull_request_gets_stops_nothing(book: Hub, fault: Fault) -> None:
    book.github.faults.append(fault)
    assert book.sync(here=True).status == 0
    book.github.faults.clear()
    assert book.sync(here=True).status == 0
    (pull,) = book.pulls()
    assert len(branch(book)) == 1
    assert [x.name for x in pull.labels] in ([], ["sync"]) and [x.login for x in pull.reviewers] in ([], ["ana"])


@every("continued")
def test_an_open_pull_request_is_continued_once(open_book: Hub, fault: Fault) -> None:
    book = open_book
    text = CHAPTER.replace("It has a hull and a mast.", FIRST).replace("The sail catches the wind.", SECOND)
    book.push(ENGLISH, {"boats.md": text})
    book.github.faults.append(fault)
    book.sync(here=True)
    book.github.faults.clear()
    assert book.sync(here=True).status == 0
    assert [p.number for p in book.pulls()] == [1] and len(branch(book)) == 2
    assert FIRST in book.text() and SECOND in book.text() and SECOND in str(book.pulls()[0].body)


DRAFTS = [
    (operation, kind, after)
    for operation in ("graphql/convertPullRequestToDraft", "graphql/markPullRequestReadyForReview", "pulls/update")
    for kind in ("server", "closed", "invalid")
    for after in (False, True)
]
DRAFT_PAIRS = set(pairwise(DRAFTS))


@pytest.mark.parametrize(
    ("operation", "kind", "after"),
    [pytest.param(*case, marks=() if case in DRAFT_PAIRS else pytest.mark.slow) for case in DRAFTS],
)
def test_no_draft_is_left_behind(open_book: Hub, operation: str, kind: str, after: bool) -> None:
    book = open_book
    fault = Fault(operation, kind, times=99, after=after)
    forge = book.site().language("es", "memory_only").forge
    for waiting in (True, False):
        book.github.faults.append(fault)
        with suppress(AmtsError):
            request = forge.current().pull_request
            assert request
            forge.announce(request, waiting=waiting)
    book.github.faults.clear()
    # The next run has nothing to plan, but ends what is waiting.
    assert book.sync(here=True).status == 0
    (pull,) = book.pulls()
    assert not pull.draft and "waiting" not in str(pull.body)


@every("answered")
def test_a_comment_is_answered_once(asked: Hub, fault: Fault) -> None:
    answered_once(asked, asked.comment("/retranslate more.md"), fault)


@pytest.mark.parametrize("fault", list(faults("git/receive-pack", 99)), ids=lambda f: f"{f.kind} {f.after}")
def test_the_answer_is_true_when_nothing_can_be_pushed(asked: Hub, fault: Fault) -> None:
    asked.github.faults.append(fault)
    asked.serve(asked.comment("/retranslate more.md"), here=True)
    asked.github.faults.clear()
    (answer,) = asked.answers()
    assert ("Nothing was changed" in answer) == (HUMAN not in asked.text(path="more.md"))
    asked.serve(asked.comment("/retranslate more.md\nAgain, please."), here=True)
    assert HUMAN in asked.text(path="more.md") and len(asked.answers()) == 2
    assert len([s for s in branch(asked) if s.startswith("Retranslate")]) == 1


@every("answered on a line")
def test_a_comment_on_a_line_is_answered_once(asked: Hub, fault: Fault) -> None:
    answered_once(asked, asked.on_line("/retranslate", 3, path="more.md"), fault)


def answered_once(book: Hub, comment: object, fault: Fault) -> None:
    book.github.faults.append(fault)
    book.serve(comment, here=True)
    book.github.faults.clear()
    assert book.serve(comment, here=True).status == 0
    assert HUMAN in book.text(path="more.md")
    assert len([s for s in branch(book) if s.startswith("Retranslate")]) == 1
    (answer,) = book.answers()
    assert "1 draft made anew" in answer or "done in an earlier run" in answer
    reactions = book.reactions(comment)
    # A face is worth no second try.
    assert len(reactions) == len(set(reactions)) and (fault.operation.startswith("reactions/") or "rocket" in reactions)


@pytest.mark.parametrize("operation", ["pulls/list", "issues/list-comments", "pulls/list-review-comments"])
def test_what_comes_in_pages_is_read_to_the_end(asked: Hub, operation: str) -> None:
    said = [asked.comment("Looks good.") for _ in range(3)]
    comment = asked.comment("/retranslate more.md")
    for _ in range(2):
        asked.github.faults.append(Fault(operation, "truncated", times=99))
        assert asked.serve(comment, here=True).status == 0 and asked.sync(here=True).status == 0
    assert len(asked.answers()) == 1 and [p.number for p in asked.pulls()] == [1] and len(said) == 3


def test_a_server_that_does_not_answer_is_given_up_and_tried_again(book: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.forges.github.connection.PATIENCE", 1)
    book.github.faults.append(Fault("pulls/create", "slow", seconds=1.5, times=99))
    book.sync(here=True)
    book.github.faults.clear()
    assert book.sync(here=True).status == 0
    assert [p.number for p in book.pulls()] == [1] and len(branch(book)) == 1


def test_two_who_push_at_the_same_time_lose_nothing(asked: Hub) -> None:
    """Somebody pushes while a run is between its plan and its push."""
    text = CHAPTER.replace("It has a hull and a mast.", FIRST).replace("The sail catches the wind.", SECOND)
    asked.push(ENGLISH, {"boats.md": text})
    asked.github.faults.append(Fault("git/receive-pack", "slow", seconds=1.5))

    def insist() -> None:
        try:
            asked.edit("# Barcos", "# Los barcos")
        except git.GitCommandError:  # on a busy machine the run was first
            asked.edit("# Barcos", "# Los barcos")

    other = threading.Timer(0.9, insist)
    other.start()
    done = asked.sync(here=True)
    other.join()
    assert done.status == 0, done.log
    assert "# Los barcos" in asked.text() and HUMAN in asked.text() and SECOND in asked.text()
