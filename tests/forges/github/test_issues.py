"""The status issue on GitHub: opened once, updated when it changes, never reopened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fakes.github import GitHub
from fakes.github.faults import Fault
from fakes.github.state import Issue
from support.hubs import Hub
from support.worlds import CHAPTER

from bot.cli.main import main
from bot.forges import marker

NAME = "book/es"


@dataclass
class Place:
    """A book on the host, and a checkout of its settings."""

    folder: Path
    hub: Hub

    def status(self) -> int:
        return main(["status", "--config", str(self.folder / "amts.yml"), "--issue"])

    def issues(self, language: str = "es") -> list[Issue]:
        return [i for i in self.hub.github.repository(f"book/{language}").issues.values() if type(i) is Issue]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    with GitHub(tmp_path / "hub") as github:
        hub = Hub(tmp_path / "book", github, ("es", "tr"))
        (tmp_path / "amts.yml").write_text(hub.settings(), encoding="utf-8")
        monkeypatch.setenv("GITHUB_API_URL", github.url)
        monkeypatch.setenv("GITHUB_SERVER_URL", github.git_url)
        monkeypatch.setenv("AMTS_TOKEN", hub.token())
        monkeypatch.setattr("bot.forges.github.connection.BETWEEN_WRITES", 0)
        yield Place(tmp_path, hub)
        assert not github.problems


def writes(place: Place) -> list[str]:
    return [w.operation for w in place.hub.github.writes]


def test_it_is_opened_once_in_each_translation(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert place.status() == 0
    assert "es: opened the status issue: " in capsys.readouterr().out
    assert place.status() == 0
    assert "es: the status issue says so already: " in capsys.readouterr().out
    for language in ("es", "tr"):
        (issue,) = place.issues(language)
        assert (issue.title, issue.state) == ("Translation status", "open")
        assert f"## {language}" in str(issue.body)
        assert "# Translation status" not in str(issue.body)
    assert len(place.hub.github.repository("book/en").issues) == 0
    assert writes(place) == ["issues/create"] * 2


def test_it_is_updated_only_when_the_status_changes(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.status()
    place.hub.push("book/en", {"README.txt": "not a document\n"})
    place.status()
    assert writes(place) == ["issues/create"] * 2
    place.hub.push("book/en", {"boats.md": CHAPTER.replace("a hull and a mast", "two masts")})
    assert place.status() == 0
    assert "es: updated the status issue: " in capsys.readouterr().out
    (issue,) = place.issues()
    assert "| `boats.md` | behind | 1 | 17 |" in str(issue.body)
    assert writes(place)[2:] == ["issues/update"] * 2


def test_one_that_people_closed_stays_closed_and_is_not_repeated(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    place.status()
    (issue,) = place.issues()
    issue.state, before = "closed", issue.body
    place.hub.push("book/en", {"boats.md": CHAPTER.replace("a hull and a mast", "two masts")})
    assert place.status() == 0
    assert "es: people closed the status issue, so it is left alone" in capsys.readouterr().out
    assert place.issues() == [issue]
    assert (issue.state, issue.body) == ("closed", before)
    issue.state = "open"
    place.status()
    assert issue.body != before


def test_an_issue_that_people_wrote_is_not_taken_for_it(place: Place) -> None:
    repository = place.hub.github.repository(NAME)
    mallory = place.hub.github.user("mallory")
    forged = marker.render("Mine", {"issue": "status es"})
    repository.issues[1] = Issue(
        1, 1, mallory, "Translation status", forged, "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"
    )
    place.status()
    assert [i.number for i in place.issues()] == [1, 2]
    assert repository.issues[1].body == forged


def test_what_github_does_to_line_ends_is_no_change(place: Place) -> None:
    place.status()
    (issue,) = place.issues()
    issue.body = str(issue.body).replace("\n", "\r\n").strip()
    place.status()
    assert writes(place) == ["issues/create"] * 2


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("kind", ["gateway", "closed"])
def test_an_answer_that_is_lost_opens_no_second_one(
    place: Place, monkeypatch: pytest.MonkeyPatch, kind: str, after: bool
) -> None:
    monkeypatch.setattr("bot.forges.github.retry.PAUSE", 0.0)
    place.hub.github.faults.append(Fault("issues/create", kind, after=after))
    assert place.status() == 0
    assert [len(place.issues(language)) for language in ("es", "tr")] == [1, 1]


def test_a_list_that_comes_in_pages_is_read_to_its_end(place: Place) -> None:
    place.status()
    repository = place.hub.github.repository(NAME)
    for number in range(2, 5):
        when = f"2026-01-0{number}T00:00:00Z"
        repository.issues[number] = Issue(number, number, place.hub.github.user("amts-bot"), "Other", None, when, when)
    place.hub.github.faults.append(Fault("issues/list-for-repo", "truncated", times=9))
    place.status()
    assert writes(place) == ["issues/create"] * 2


def test_a_token_that_may_not_write_issues_is_told_what_to_do(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scopes = {"contents": "write", "metadata": "read", "issues": "read"}
    names = {"book/en": "read", "book/es": "write", "book/tr": "write"}
    monkeypatch.setenv("AMTS_TOKEN", place.hub.github.token("amts-bot", names, scopes=scopes))
    assert place.status() == 1
    out = capsys.readouterr().out
    assert "es: book/es: its issue cannot be written" in out
    assert "let the token write issues there" in out
    assert "tr: book/tr" in out


def test_a_workflow_finds_its_own_issue_without_knowing_its_name(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    names = {"book/en": "read", "book/es": "write", "book/tr": "write"}
    monkeypatch.setenv("AMTS_TOKEN", place.hub.github.token("github-actions", names, kind="actions"))
    place.status()
    place.status()
    assert writes(place) == ["issues/create"] * 2
    assert place.issues()[0].user.kind == "Bot"


def test_what_people_write_around_the_status_stays(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.status()
    (issue,) = place.issues()
    issue.body = f"Ask Ana first.\r\n\r\n{issue.body}Thanks!"
    place.hub.push("book/en", {"boats.md": CHAPTER.replace("a hull and a mast", "two masts")})
    assert place.status() == 0
    assert str(issue.body).startswith("Ask Ana first.\r\n\r\n<!--") and str(issue.body).endswith("Thanks!")
    assert "| `boats.md` | behind | 1 | 17 |" in str(issue.body)
    issue.body = theirs = f"{issue.body}{'x' * (65_535 - len(str(issue.body)))}"
    place.hub.push(
        "book/en", {"boats.md": CHAPTER.replace("a hull and a mast", "two") + "\nNew.\n\n# Q\n\nMore.\n" * 9}
    )
    before = writes(place)
    assert place.status() == 1 and issue.body == theirs
    assert "leaves no room for the status" in capsys.readouterr().out
    assert writes(place)[len(before) :] == ["issues/update"]
