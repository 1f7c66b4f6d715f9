"""Pull requests on GitHub: whole syncs over real HTTP and real git, against the emulated host."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import git
import pytest
from fakes.github import GitHub
from fakes.github.state import Pull
from support.worlds import CAPITULO, CHAPTER, commit

from bot.cli.main import main
from bot.contracts import BRANCH
from bot.forges import marker
from bot.reporting.wording import wording

NAME = "book/es"
ENGLISH = "book/en"
EDITED = CHAPTER.replace("It has a hull and a mast.", "Some boats are rowed by tired people.")
FRESH = "Some boats are rowed by tired people."


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.forges.github.connection.BETWEEN_WRITES", 0.0)


@dataclass
class Hosted:
    """An English book and a translation on the host, and people's clones of both."""

    folder: Path
    hub: GitHub
    english: git.Repo
    spanish: git.Repo

    def sync(self, *more: str) -> int:
        return main(["sync", "--config", str(self.folder / "amts.yml"), *more])

    def push(self, repo: git.Repo, files: dict[str, str | bytes | None], message: str = "Change") -> None:
        """A person's commit on the branch that is checked out, pushed."""
        commit(repo, files, message)
        repo.git.push("origin", f"HEAD:refs/heads/{repo.active_branch.name}")

    def text(self, path: str = "boats.md", branch: str = BRANCH) -> str:
        bare = git.Repo(self.hub.repository(NAME).path)
        return str(bare.git.show(f"{branch}:{path}", strip_newline_in_stdout=False))

    def pulls(self, state: str = "open") -> list[Pull]:
        return [p for p in self.hub.repository(NAME).pulls if p.state == state]


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hosted]:
    with GitHub(tmp_path / "hub") as hub:
        clones = []
        books = {ENGLISH: {"boats.md": CHAPTER}, NAME: {"boats.md": CAPITULO, "boats_origin.md": CHAPTER}}
        for name, files in books.items():
            bare = hub.repository(name).path
            repo = git.Repo.init(tmp_path / name.replace("/", "-"), initial_branch="main")
            commit(repo, dict(files), "First")
            repo.create_remote("origin", str(bare))
            repo.git.push("origin", "main")
            clones.append(repo)
        monkeypatch.setenv("GITHUB_API_URL", hub.url)
        monkeypatch.setenv("GITHUB_SERVER_URL", hub.git_url)
        monkeypatch.setenv("AMTS_TOKEN", hub.token("amts-bot", {NAME: "write", ENGLISH: "read"}))
        (tmp_path / "amts.yml").write_text(
            f"source:\n  repository: github:{ENGLISH}\npage_language: en\ntranslations:\n  - language: es\n"
            f"    repository: github:{NAME}\n    baseline: sibling\n",
            encoding="utf-8",
        )
        yield Hosted(tmp_path, hub, *clones)


def test_a_push_opens_a_pull_request_and_the_next_continues_it(book: Hosted) -> None:
    book.push(book.english, {"boats.md": EDITED})
    assert book.sync() == 0
    (pull,) = book.pulls()
    assert pull.title.startswith("Sync es with English") and FRESH in str(pull.body)
    assert FRESH in book.text() and book.text("boats_origin.md") == EDITED
    # A translator finishes a draft on the branch, English changes again.
    book.spanish.git.fetch("origin")
    book.spanish.git.checkout("-b", BRANCH, f"origin/{BRANCH}")
    book.push(book.spanish, {"boats.md": book.text().replace(FRESH, "Unos remeros cansados.")})
    book.push(book.english, {"boats.md": EDITED.replace("The sail catches", "A torn old canvas rarely catches")})
    assert book.sync() == 0
    assert len(book.pulls()) == 1 and "Unos remeros cansados." in book.text()
    assert "A torn old canvas" in book.text()


def test_nothing_to_do_writes_nothing(book: Hosted) -> None:
    assert book.sync() == 0
    book.push(book.english, {"boats.md": EDITED})
    book.sync()
    before = list(book.hub.writes)
    assert book.sync() == 0 and book.hub.writes == before


def test_a_dry_run_writes_nothing(book: Hosted) -> None:
    book.push(book.english, {"boats.md": EDITED})
    assert book.sync("--dry-run") == 0
    assert not book.hub.writes and not book.pulls()


def test_a_renamed_pull_request_keeps_its_name(book: Hosted) -> None:
    book.push(book.english, {"boats.md": EDITED})
    book.sync()
    pull = book.pulls()[0]
    pull.title = "My own name"
    book.push(book.english, {"boats.md": EDITED.replace("A boat floats", "An old red boat slowly floats")})
    assert book.sync() == 0
    assert [p.title for p in book.pulls()] == ["My own name"]


@pytest.mark.parametrize("own", [False, True])
def test_a_page_in_another_language_is_that_of_the_same_pull_request(book: Hosted, own: bool) -> None:
    # Its title and its text change; a title of people's own stays.
    config = book.folder / "amts.yml"
    for number, language in enumerate(("es", "ja", "en"), 1):
        config.write_text(re.sub("(?m)^page_language: .*$", f"page_language: {language}", config.read_text("utf-8")))
        book.push(book.english, {"boats.md": EDITED.replace("A boat floats", f"{number} old red boats slowly float")})
        assert book.sync() == 0
        (pull,) = book.pulls()
        commit = book.english.head.commit.hexsha[:10]
        title = wording(language)("title", language="es", commit=commit)
        assert pull.title == ("My own name" if own and number > 1 else title)
        assert wording(language)("intro", commit=f"`{commit}`") in str(pull.body)
        pull.title = "My own name" if own else pull.title


def test_a_title_from_before_titles_were_stored_is_the_bots_own(book: Hosted) -> None:
    book.push(book.english, {"boats.md": EDITED})
    book.sync()
    (pull,) = book.pulls()
    found = {key: value for key, value in marker.parse(str(pull.body)).items() if key != "title"}
    pull.body = marker.with_values(str(pull.body), found)
    before = pull.title
    book.push(book.english, {"boats.md": EDITED.replace("A boat floats", "An old red boat slowly floats")})
    assert book.sync() == 0
    assert pull.title != before and pull.title.startswith("Sync es with English")


def test_after_a_squash_the_next_one_starts_afresh(book: Hosted) -> None:
    book.push(book.english, {"boats.md": EDITED})
    book.sync()
    book.hub.merge(NAME, 1, squash=True)
    assert book.sync() == 0 and not book.pulls()
    book.push(book.english, {"boats.md": EDITED.replace("The sail catches", "A torn old canvas rarely catches")})
    assert book.sync() == 0
    assert [p.number for p in book.pulls()] == [2]
    assert "A torn old canvas" in book.text() and FRESH in book.text()


def test_closed_stays_closed_until_english_changes(book: Hosted) -> None:
    book.push(book.english, {"boats.md": EDITED})
    book.sync()
    book.hub.close(NAME, 1)
    assert book.sync() == 0 and not book.pulls()
    book.push(book.english, {"boats.md": EDITED.replace("The sail catches", "A torn old canvas rarely catches")})
    assert book.sync() == 0
    assert [p.number for p in book.pulls()] == [2]


def test_what_was_merged_and_taken_back_is_offered_again(book: Hosted) -> None:
    book.push(book.english, {"boats.md": EDITED})
    book.sync()
    book.hub.merge(NAME, 1)
    book.spanish.git.pull("--quiet", "origin", "main")
    book.push(book.spanish, {"boats.md": CAPITULO, "boats_origin.md": CHAPTER})
    assert book.sync() == 0
    assert [p.number for p in book.pulls()] == [2]


def test_a_conflict_leaves_both_sides_as_they_are_and_names_the_file(
    book: Hosted, capsys: pytest.CaptureFixture[str]
) -> None:
    book.push(book.english, {"boats.md": EDITED})
    book.sync()
    draft = book.text()
    book.push(book.spanish, {"boats.md": CAPITULO.replace("Tiene un casco y un mástil.", "Tiene casco.")})
    book.push(book.english, {"boats.md": EDITED.replace("The sail catches", "A torn old canvas rarely catches")})
    assert book.sync() == 1
    assert "conflict in boats.md" in capsys.readouterr().out
    assert book.text() == draft


def test_what_the_token_may_not_do_is_told_without_it(
    book: Hosted, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book.push(book.english, {"boats.md": EDITED})
    for permission in ({NAME: "read", ENGLISH: "read"}, {ENGLISH: "read"}):
        token = book.hub.token("reader", permission)
        monkeypatch.setenv("AMTS_TOKEN", token)
        assert book.sync() == 1
        told = capsys.readouterr()
        assert "fix:" in told.out + told.err and "Traceback" not in told.err
        assert token not in told.out + told.err
    configs = "".join(p.read_text(encoding="utf-8") for p in (book.folder / ".amts").rglob("config"))
    assert "extraheader" not in configs.lower() and "x-access-token" not in configs


def test_the_drafts_of_a_squash_are_found_when_its_branch_is_gone(book: Hosted) -> None:
    book.push(book.english, {"boats.md": EDITED})
    assert book.sync() == 0
    book.spanish.git.fetch()
    book.spanish.git.checkout("-b", BRANCH, f"origin/{BRANCH}")
    done = "Unos remeros cansados mueven barcos."
    book.push(book.spanish, {"boats.md": book.text().replace(FRESH, done)})
    book.hub.merge(NAME, 1, squash=True)
    book.spanish.git.push("origin", "--delete", BRANCH)
    place = book.folder / "effort.json"
    assert main(["effort", "--config", str(book.folder / "amts.yml"), "--json", str(place)]) == 0
    rows = {row["origin"]: row for row in json.loads(place.read_text(encoding="utf-8"))["months"]}
    assert (rows["all"]["pull_requests"], rows["all"]["unmeasured"]) == (1, 0)
    assert rows["english"]["sentences"] == 1 and rows["english"]["edited"] == len(done)


def test_baselines_are_recorded_in_a_pull_request_of_their_own(book: Hosted) -> None:
    book.push(book.english, {"boats.md": EDITED})
    assert book.sync() == 0
    book.push(book.spanish, {"boats_origin.md": None})
    adopt = ["adopt", "--config", str(book.folder / "amts.yml"), "--language", "es", "--write"]
    assert main(adopt) == 0
    found = {p.head: p for p in book.pulls()}
    assert set(found) == {BRANCH, "amts/adopt"}
    assert found["amts/adopt"].title == "Record the English version of 1 document"
    assert book.text("boats_origin.md", "amts/adopt") == CHAPTER and book.text(branch="amts/adopt") == CAPITULO
    before = list(book.hub.writes)
    assert main(adopt) == 0 and book.hub.writes == before


def test_tags_of_english_on_the_host_are_found(book: Hosted) -> None:
    other = CHAPTER.replace("area = 3 * 4", "area = 3 * 5").replace("$A$", "$B$")
    book.english.git.checkout("--orphan", "release")
    commit(book.english, {"boats.md": other}, "Release")
    book.english.git.push("origin", "HEAD:refs/tags/v0.1")
    book.push(
        book.spanish, {"boats.md": CAPITULO.replace("3 * 4", "3 * 5").replace("$A$", "$B$"), "boats_origin.md": None}
    )
    assert main(["adopt", "--config", str(book.folder / "amts.yml"), "--language", "es", "--write"]) == 0
    assert book.text("boats_origin.md", "amts/adopt") == other


def retarget(book: Hosted, base: str) -> None:
    """A person changes where the pull request goes."""
    bare = book.hub.repository(NAME).git
    (pull,) = book.pulls()
    pull.base, pull.base_sha = base, bare.branch(base)


def test_one_that_people_sent_into_another_branch_is_neither_doubled_nor_continued(
    book: Hosted, capsys: pytest.CaptureFixture[str]
) -> None:
    book.spanish.git.push("origin", "HEAD:refs/heads/staging")
    book.push(book.english, {"boats.md": EDITED})
    assert book.sync() == 0
    retarget(book, "staging")
    draft, before = book.text(), list(book.hub.writes)
    book.push(book.english, {"boats.md": EDITED.replace("The sail catches", "A torn old canvas rarely catches")})
    before = list(book.hub.writes)
    assert book.sync() == 1
    told = capsys.readouterr().out
    assert "pull/1 goes into staging" in told and "write `branch: staging`" in told
    assert [p.number for p in book.pulls()] == [1] and book.text() == draft and book.hub.writes == before
    # Either way out that the message names.
    settings = book.folder / "amts.yml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}    branch: staging\n", encoding="utf-8")
    assert book.sync() == 0 and [p.number for p in book.pulls()] == [1] and "A torn old canvas" in book.text()


def test_one_that_was_closed_on_another_branch_stays_closed(book: Hosted) -> None:
    book.spanish.git.push("origin", "HEAD:refs/heads/staging")
    book.push(book.english, {"boats.md": EDITED})
    assert book.sync() == 0
    retarget(book, "staging")
    book.hub.close(NAME, 1)
    assert book.sync() == 0 and not book.pulls()


def test_what_github_closed_with_its_base_branch_was_not_refused_by_people(
    book: Hosted, capsys: pytest.CaptureFixture[str]
) -> None:
    book.push(book.english, {"boats.md": EDITED})
    assert book.sync() == 0
    book.spanish.git.fetch("origin")
    book.spanish.git.checkout("-b", BRANCH, f"origin/{BRANCH}")
    book.push(book.spanish, {"boats.md": book.text().replace(FRESH, "Unos remeros cansados.")})
    # A person makes another branch the default one, and deletes the old one.
    repository = book.hub.repository(NAME)
    git.Repo(repository.path).git.branch("master", "main")
    git.Repo(repository.path).git.symbolic_ref("HEAD", "refs/heads/master")
    repository.default_branch = "master"
    book.spanish.git.push("origin", "--delete", "main")
    assert [p.state for p in book.hub.repository(NAME).pulls] == ["closed"]
    assert book.sync() == 0 and "amts/sync has work that is in no pull request" in capsys.readouterr().out
    book.push(book.english, {"boats.md": EDITED.replace("The sail catches", "A torn old canvas rarely catches")})
    assert book.sync() == 0
    assert [(p.number, p.base) for p in book.pulls()] == [(2, "master")]
    assert "Unos remeros cansados." in book.text() and "A torn old canvas" in book.text()


def test_what_was_merged_into_another_branch_is_offered_with_the_words_of_people(book: Hosted) -> None:
    book.spanish.git.push("origin", "HEAD:refs/heads/staging")
    book.push(book.english, {"boats.md": EDITED})
    assert book.sync() == 0
    book.spanish.git.fetch("origin")
    book.spanish.git.checkout("-b", BRANCH, f"origin/{BRANCH}")
    book.push(book.spanish, {"boats.md": book.text().replace(FRESH, "Unos remeros cansados.")})
    retarget(book, "staging")
    book.hub.merge(NAME, 1)
    book.push(book.english, {"boats.md": EDITED.replace("The sail catches", "A torn old canvas rarely catches")})
    assert book.sync() == 0
    assert [(p.number, p.base) for p in book.pulls()] == [(2, "main")]
    assert "Unos remeros cansados." in book.text() and "A torn old canvas" in book.text()


def test_a_default_branch_with_another_history_is_told_from_damage(
    book: Hosted, capsys: pytest.CaptureFixture[str]
) -> None:
    book.push(book.english, {"boats.md": EDITED})
    assert book.sync() == 0
    book.spanish.git.checkout("--orphan", "other")
    commit(book.spanish, {"boats.md": CAPITULO, "boats_origin.md": CHAPTER}, "Start again")
    book.spanish.git.push("--force", "origin", "HEAD:refs/heads/main")
    before = list(book.hub.writes)
    assert book.sync() == 1 and book.hub.writes == before
    told = capsys.readouterr().out
    assert "two branches have no commit in common" in told and "delete amts/sync there" in told and "fsck" not in told
