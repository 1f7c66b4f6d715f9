"""Whole runs of the action over real HTTP and git, with the emulated GitHub and the emulated Amazon.

The longest story and the one about time start a new process for each run, as GitHub does; the others do not.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes.github import Fault, GitHub
from support.accounts import SETTINGS, Account
from support.hubs import ENGLISH, Hub
from support.worlds import CHAPTER

from bot.contracts import BRANCH
from bot.errors import AmtsError
from bot.forges.github.pull_requests import HostedForge

ROWED = "Some boats are rowed by tired people."
ROPE = "Every sail needs **strong** rope, see :numref:`sec_boats`."
EDITED = CHAPTER.replace("It has a hull and a mast.", ROWED).replace("The sail catches the wind.", ROPE)
HUMAN = "Unos remeros cansados mueven barcos."


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.forges.github.connection.BETWEEN_WRITES", 0.0)


@pytest.fixture
def book(tmp_path: Path, github: GitHub) -> Hub:
    """One translation, and no engine."""
    made = Hub(tmp_path / "book", github)
    github.permit("book/es", "ana", "write")
    return made


@pytest.fixture
def book_with_engine(tmp_path: Path, github: GitHub, account: Account) -> Hub:
    """Two translations, and Amazon."""
    made = Hub(tmp_path / "book", github, ("es", "pt"), aws=dict(account.aws.environment))
    made.configure(SETTINGS)
    github.permit("book/es", "ana", "write")
    return made


def rowed(book: Hub) -> str:
    """What stands for that English sentence in the pull request."""
    return book.text().partition("Un barco flota en el agua.")[2].partition("*Nota")[0].strip()


def test_from_a_push_to_the_next_pull_request(book_with_engine: Hub, github: GitHub, account: Account) -> None:
    book = book_with_engine
    # A push: a pull request in each translation.
    book.push(ENGLISH, {"boats.md": EDITED, "more.md": f"# More\n\n{ROWED}\n"})
    done = book.sync()
    assert done.status == 0, done.log
    assert {n: len(book.pulls(n)) for n in book.languages} == {"es": 1, "pt": 1}
    assert set(done.json("pull-requests")) == {"es", "pt"} and done.json("failures") == []
    assert done.json("counts")["drafted"] == 4 and int(done.outputs["characters"]) == account.aws.billed > 0
    machine = rowed(book)
    assert machine and ROWED not in book.text() and "machine translation" in book.pulls()[0].body
    # A person edits a draft; another push continues the same pull request, and keeps the edit.
    book.edit(machine, HUMAN)
    book.push(ENGLISH, {"boats.md": EDITED.replace("We call its area", "People around here call its whole area")})
    assert book.sync().status == 0
    assert [p.number for p in book.pulls()] == [1] and HUMAN in book.text()
    # /retranslate on a line of the other document: the edit is in the parallel data, and shows in the draft.
    first = book.text(path="more.md")
    assert HUMAN not in first
    comment = book.on_line("/retranslate", 3, path="more.md")
    served = book.serve(comment)
    assert served.status == 0, served.log
    assert book.text(path="more.md") == first.replace(machine, HUMAN)
    assert book.reactions(comment) == ["rocket"]
    (answer,) = book.answers()
    assert "1 draft made anew" in answer and "1 pair that they wrote in this pull request" in answer
    # Squashed; the next push opens a new one from there.
    github.merge("book/es", 1, squash=True)
    book.push(ENGLISH, {"boats.md": EDITED.replace("# Boats", "# Boats and ships")})
    assert book.sync().status == 0
    assert [p.number for p in book.pulls()] == [2] and HUMAN in book.text() and HUMAN in book.text(branch="main")
    # A run with nothing to do makes not one write request.
    before, billed = list(github.writes), account.aws.billed
    done = book.sync()
    assert done.status == 0 and list(github.writes) == before and account.aws.billed == billed
    assert done.outputs["characters"] == "0"


def test_one_language_that_fails_is_loud_and_hides_no_other(tmp_path: Path, github: GitHub) -> None:
    book = Hub(tmp_path / "book", github, ("es", "pt"))
    book.push(ENGLISH, {"boats.md": EDITED})
    github.protect("book/pt", BRANCH)
    done = book.sync(here=True)
    assert done.status == 1 and done.json("failures") == ["pt"]
    assert book.pulls("es") and not book.pulls("pt")
    (told,) = (c for c in done.commands if c.startswith("::error title=AMTS pt::"))
    assert f"{BRANCH} of book/pt is a protected branch" in told and "FAILED" in done.summary
    assert "GH006" in told and "must be made through a pull request" in told and "(Settings, Branches)" in told
    assert "::group::es" in "".join(done.commands)


def test_a_ruleset_that_refuses_the_push_is_named(book: Hub, github: GitHub) -> None:
    book.push(ENGLISH, {"boats.md": EDITED})
    github.rule("book/es", BRANCH)
    done = book.sync(here=True)
    assert done.status == 1 and f"{BRANCH} of book/es is under a ruleset, by which the fine-grained token" in done.log
    assert "GH013" in done.log and "must be made through a pull request" in done.log and "bypass list" in done.log


def test_a_private_english_book_that_the_token_does_not_reach_is_named(book: Hub, github: GitHub) -> None:
    github.repository(ENGLISH).private = True
    own = github.token("github-actions", {"book/es": "write"}, kind="actions")
    done = book.sync(token=own, here=True)
    assert done.status == 1 and "book/en cannot be cloned with the token of a workflow or an App" in done.log
    assert "Repository not found" in done.log and "in the input `token` read book/en (Contents: read)" in done.log


def test_a_token_that_has_expired_is_no_matter_of_permissions(book: Hub, github: GitHub) -> None:
    token = book.token()
    forge = book.site(token).language("es", "memory_only").forge
    current = forge.current()
    github.expire(token)
    done = book.sync(token, here=True)
    assert done.status == 1 and "book/en cannot be cloned with the fine-grained token" in done.log
    assert "GitHub answers 401: it does not know it" in done.log and "has not expired" in done.log
    assert isinstance(forge, HostedForge)
    with pytest.raises(AmtsError, match="book/es cannot be pushed to with the fine-grained token") as caught:
        forge.remote.push(forge.repository, current.base, BRANCH, None)
    assert "has not expired" in caught.value.fix


def test_a_translation_that_the_token_may_not_write_to_is_named(book: Hub, github: GitHub) -> None:
    book.push(ENGLISH, {"boats.md": EDITED})
    own = github.token("amts[bot]", {"book/es": "read", ENGLISH: "read"}, kind="app")
    done = book.sync(token=own, here=True)
    assert done.status == 1 and "book/es cannot be pushed to with the token of a workflow or an App" in done.log
    assert "Permission to book/es.git denied" in done.log and "write to book/es (Contents: write)" in done.log


def test_a_translation_follows_english_with_its_own_token_alone(book: Hub, github: GitHub) -> None:
    book.push(ENGLISH, {"boats.md": EDITED})
    own = github.token("github-actions", {"book/es": "write"}, kind="actions")
    done = book.sync(token=own, here=True)
    assert done.status == 0, done.log
    assert book.pulls()


def test_review_pages_are_in_a_folder_of_the_workspace(tmp_path: Path, github: GitHub) -> None:
    book = Hub(tmp_path / "book", github, ("es", "pt"))
    done = book.sync(here=True)
    assert done.outputs["review-pages"] == ""
    book.push(ENGLISH, {"boats.md": EDITED})
    done = book.sync(here=True)
    folder = book.runner.workspace / done.outputs["review-pages"]
    assert sorted(p.name for p in folder.iterdir()) == ["es.html", "pt.html"] and folder.stat().st_mode & 0o077 == 0o055
    page = (folder / "es.html").read_text(encoding="utf-8")
    assert ROWED in page and "Tiene un casco y un mástil." in page and f"/edit/{BRANCH}/boats.md#L4" in page


def test_the_settings_of_a_translation_win_for_its_people(book: Hub, github: GitHub) -> None:
    own = book.settings().replace("baseline: sibling", "baseline: lock\n    labels: [sync]\n    reviewers: [ana]")
    book.push("book/es", {"amts.yml": own})
    book.push(ENGLISH, {"boats.md": EDITED})
    assert book.sync(here=True).status == 0
    (pull,) = book.pulls()
    assert [label.name for label in pull.labels] == ["sync"] and [u.login for u in pull.reviewers] == ["ana"]


def test_a_reviewer_who_cannot_be_asked_is_a_warning(book: Hub) -> None:
    own = book.settings().replace("baseline: sibling", "baseline: sibling\n    reviewers: [nobody-here]")
    book.push("book/es", {"amts.yml": own})
    book.push(ENGLISH, {"boats.md": EDITED})
    done = book.sync(here=True)
    assert done.status == 0 and book.pulls()
    assert any(c.startswith("::warning") and "nobody-here" in c for c in done.commands)


def test_a_dry_run_writes_nothing(book: Hub, github: GitHub) -> None:
    book.push(ENGLISH, {"boats.md": EDITED})
    done = book.sync(dry_run="true", here=True)
    assert done.status == 0 and not github.writes and ROWED in done.summary


def test_an_app_looks_its_installation_up_once(tmp_path: Path, github: GitHub) -> None:
    languages = ("es", "pt", "tr")
    book = Hub(tmp_path / "book", github, languages)
    app = github.app("amts", {ENGLISH: "read", **{f"book/{name}": "write" for name in languages}})
    book.push(ENGLISH, {"boats.md": EDITED})
    done = book.sync(token="", app_id=str(app.id), app_private_key=app.key, here=True)
    assert done.status == 0 and all(book.pulls(name) for name in languages), done.log
    asked = [r.operation for r in github.requests if r.operation.startswith("apps/")]
    assert asked.count("apps/get-repo-installation") == asked.count("apps/list-repos-accessible-to-installation") == 1
    # One to list the repositories, one for everything else.
    assert asked.count("apps/create-installation-access-token") <= 2


def test_a_run_outlives_the_tokens_of_its_app(book_with_engine: Hub, github: GitHub) -> None:
    book = book_with_engine
    app = github.app("amts", {"book/es": "write", "book/pt": "write", ENGLISH: "read"})
    github.hurry(seconds=1)
    book.push(ENGLISH, {"boats.md": EDITED})
    done = book.sync(token="", app_id=str(app.id), app_private_key=app.key, language="es,pt")
    assert done.status == 0, done.log
    assert book.pulls("es") and book.pulls("pt") and app.key not in done.raw
    minted = [
        r for r in github.requests if r.operation == "apps/create-installation-access-token"
    ]  # one for each account, and what ran out
    assert len(minted) > 2 and {r.status for r in minted} == {201}


@pytest.mark.parametrize("kind", ["server", "closed"])
def test_an_app_that_gets_no_token_now_says_so(
    book: Hub, github: GitHub, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("urllib3.util.retry.time.sleep", lambda seconds: None)
    app = github.app("amts", {"book/es": "write", ENGLISH: "read"})
    book.push(ENGLISH, {"boats.md": EDITED})
    github.faults.append(Fault("apps/create-installation-access-token", kind, times=99))
    done = book.sync(token="", app_id=str(app.id), app_private_key=app.key, here=True)
    assert done.status == 1 and "GitHub rejected App" in done.log and "Traceback" not in done.raw
    github.faults.clear()
    assert book.sync(token="", app_id=str(app.id), app_private_key=app.key, here=True).status == 0


def test_an_app_that_is_not_installed_says_so(book: Hub, github: GitHub) -> None:
    app = github.app("amts", {ENGLISH: "read"})
    book.push(ENGLISH, {"boats.md": EDITED})
    done = book.sync(token="", app_id=str(app.id), app_private_key=app.key, here=True)
    assert done.status == 1 and "book/es cannot be written to" in done.log and "not installed there" in done.log


def test_while_the_engine_works_the_pull_request_cannot_be_merged(book_with_engine: Hub, account: Account) -> None:
    book = book_with_engine
    book.push(ENGLISH, {"boats.md": EDITED})
    assert book.sync(language="es", here=True).status == 0 and not book.pulls()[0].draft
    book.push(ENGLISH, {"boats.md": EDITED, "more.md": "# More\n\nThis takes the engine a long time.\n"})
    done = book.sync(language="es", wait="false", here=True)
    assert done.status == 0 and "waiting" in done.log and book.pulls()[0].draft
    text = book.pulls()[0].body
    assert book.sync(language="es", here=True).status == 0
    (pull,) = book.pulls()
    assert not pull.draft and pull.body != text and "This takes" in str(pull.body)


def test_when_nothing_is_left_to_wait_for_it_can_be_merged_again(book_with_engine: Hub, account: Account) -> None:
    book = book_with_engine
    book.push(ENGLISH, {"boats.md": EDITED})
    assert book.sync(language="es", here=True).status == 0
    book.push(ENGLISH, {"boats.md": EDITED, "more.md": "# More\n\nThis takes the engine a long time.\n"})
    assert book.sync(language="es", wait="false", here=True).status == 0 and book.pulls()[0].draft
    # The new document goes again, and what changes beside it needs no engine.
    book.push(ENGLISH, {"boats.md": EDITED.replace("$A$", "$S$"), "more.md": None})
    assert book.sync(language="es", here=True).status == 0
    assert not book.pulls()[0].draft and "$S$" in book.text() and account.starts() == 2


def test_what_people_made_a_draft_stays_one(book_with_engine: Hub, account: Account) -> None:
    book = book_with_engine
    book.push(ENGLISH, {"boats.md": EDITED})
    assert book.sync(language="es", here=True).status == 0
    book.pulls()[0].draft = True
    book.push(ENGLISH, {"boats.md": EDITED, "more.md": "# More\n\nThis takes the engine a long time.\n"})
    assert book.sync(language="es", here=True).status == 0 and book.pulls()[0].draft


def test_what_was_merged_meanwhile_comes_into_the_pull_request(book: Hub, github: GitHub) -> None:
    book.push(ENGLISH, {"boats.md": EDITED})
    assert book.sync(here=True).status == 0
    book.push("book/es", {"LEEME.md": "Nuevo.\n"})
    book.push(ENGLISH, {"boats.md": EDITED.replace("# Boats", "# Boats and ships")})
    assert book.sync(here=True).status == 0
    assert book.text(path="LEEME.md") == "Nuevo.\n" and len(book.pulls()) == 1


@pytest.mark.parametrize("kind", ["secondary", "limit", "primary"])
def test_a_limit_is_waited_for(book: Hub, github: GitHub, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("urllib3.util.retry.time.sleep", waited.append)
    book.push(ENGLISH, {"boats.md": EDITED})
    for operation in ("pulls/create", "pulls/list"):
        github.faults.append(Fault(operation, kind, seconds=20))
    done = book.sync(here=True)
    assert done.status == 0, done.log
    assert len(book.pulls()) == 1 and len([s for s in waited if s >= 19]) == 2 and not github.faults
