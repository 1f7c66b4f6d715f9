"""The rolling pull request of a repository on disk: opened, continued, merged, closed, raced."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import git
import pytest
from support.worlds import commit

from bot.contracts import BOT_EMAIL, BRANCH
from bot.errors import AmtsError
from bot.forges import Forge, Moved, Page, PullRequest
from bot.forges.local import LocalForge
from bot.repositories.repository import Repository

LINES = [f"line {n}\n" for n in range(9)]


def text(**changed: str) -> str:
    """Nine lines, some of them changed: ``text(l3="x")``."""
    return "".join(changed.get(f"l{n}", line.strip()) + "\n" for n, line in enumerate(LINES))


START: Mapping[str, str | bytes | None] = {
    "x.md": text(),
    "x_origin.md": "old English\n",
    "y_origin.md": "old English\n",
    "amts.lock": text(),
}
DRAFT: Mapping[str, bytes | None] = {"x.md": text(l1="draft").encode(), "x_origin.md": b"new English\n"}


@dataclass
class Place:
    """A translation repository, the checkout people work in, and the forge that looks at it."""

    repository: Repository
    people: git.Repo
    forge: Forge
    pages: Path

    def publish(self, changes: Mapping[str, bytes | None] = DRAFT, fingerprint: str = "f1") -> PullRequest:
        return self.forge.publish(
            self.forge.current(),
            changes,
            Page("Sync", lambda *_: "# Sync\n"),
            message="Sync\n",
            fingerprint=fingerprint,
        )

    def push(self, branch: str, files: Mapping[str, str | bytes | None]) -> str:
        """A person's commit on a branch."""
        self.people.git.fetch("--prune")
        self.people.git.checkout("--quiet", "-B", "mine", f"origin/{branch}")
        made = commit(self.people, files, "By a person")
        self.people.git.push("origin", f"mine:{branch}")
        return made

    def merge(self, how: str) -> None:
        """A person merges the pull request."""
        self.people.git.fetch("--prune")
        self.people.git.checkout("--quiet", "-B", "mine", "origin/main")
        if how == "squash":
            self.people.git.merge("--squash", f"origin/{BRANCH}")
            commit(self.people, {}, "Squashed")
        elif how == "rebase":
            self.people.git.cherry_pick("--no-ff", f"origin/main..origin/{BRANCH}", env={"GIT_COMMITTER_NAME": "p"})
        else:
            self.people.git.merge(f"--{how}", f"origin/{BRANCH}")
        self.people.git.push("origin", "mine:main")

    def delete(self) -> None:
        self.people.git.push("origin", "--delete", BRANCH)

    def read(self, revision: str, path: str = "x.md") -> str:
        return self.repository.read(self.repository.files(revision)[path]).decode()

    def now(self, name: str = BRANCH) -> str:
        found = self.repository.branch(name)
        assert found is not None
        return found


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "A person")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "person@example.org")
    first = git.Repo.init(tmp_path / "first", initial_branch="main")
    commit(first, START, "First")
    first.clone(str(tmp_path / "zh.git"), bare=True)
    people = git.Repo.clone_from(str(tmp_path / "zh.git"), str(tmp_path / "people"))
    repository = Repository.open(tmp_path / "zh.git")
    pages = tmp_path / "pull-requests"
    return Place(repository, people, LocalForge(repository, "zh", None, pages), pages)


def test_it_starts_from_the_default_branch(place: Place) -> None:
    current = place.forge.current()
    assert (current.commit, current.expected, current.pull_request) == (place.now("main"), None, None)
    assert not place.pages.exists() and place.forge.closed("f1") is None


def test_a_pull_request_is_a_branch_and_a_page(place: Place) -> None:
    base = place.now("main")
    request = place.publish()
    assert (request.number, request.head) == (1, place.now())
    assert place.read(BRANCH) == DRAFT["x.md"].decode() and place.now("main") == base  # type: ignore[union-attr]
    page = Path(request.location)
    assert page == place.pages / "zh-1.md" and "# Sync" in page.read_text(encoding="utf-8")
    marker = re.search(r"<!-- amts:v1 (.*) -->\n\Z", page.read_text(encoding="utf-8"))
    assert marker and json.loads(marker[1]) == {
        "number": 1,
        "head": request.head,
        "fingerprint": "f1",
        "shown": request.head,
        "into": "main",
    }
    assert f"git push origin --delete {BRANCH}" in page.read_text(encoding="utf-8")  # from a clone of a bare repository
    assert [p.name for p in place.pages.glob("*.md")] == ["zh-1.md"]


def test_what_people_write_in_a_page_stays(place: Place) -> None:
    page = Path(place.publish().location)
    page.write_bytes(b"Ask Ana\xff first.\r\n\r\n" + page.read_bytes() + b"Thanks!")
    place.publish({"x_origin.md": b"newer English\n"}, "f2")
    text = page.read_bytes()
    assert text.startswith(b"Ask Ana\xff first.\r\n\r\n<!-- ") and text.endswith(b"-->\nThanks!")
    assert text.count(b"# Sync") == 1 and b'"fingerprint": "f2"' in text


def test_an_open_one_is_continued_on_top_of_what_people_committed(place: Place) -> None:
    place.publish()
    theirs = place.push(BRANCH, {"x.md": text(l1="by a person")})
    current = place.forge.current()
    assert current.commit == theirs and current.pull_request and current.pull_request.number == 1
    request = place.publish({"x_origin.md": b"newer English\n"}, "f2")
    assert request.number == 1 and place.read(BRANCH) == text(l1="by a person")
    assert place.repository.is_ancestor(theirs, place.now())
    assert [p.name for p in place.pages.glob("*.md")] == ["zh-1.md"]


def test_what_the_base_gained_is_merged_in_first(place: Place) -> None:
    place.publish()
    before = place.now()
    moved = place.push("main", {"x.md": text(l7="on main")})
    current = place.forge.current()
    assert place.read(current.commit) == text(l1="draft", l7="on main")
    assert place.now() == before, "looking moves nothing"
    request = place.publish({"x_origin.md": b"newer English\n"}, "f2")
    assert request.number == 1
    for old in (before, moved):
        assert place.repository.is_ancestor(old, place.now())


def test_a_conflict_leaves_both_alone_and_names_the_files(place: Place) -> None:
    place.publish()
    place.push("main", {"x.md": text(l1="on main")})
    branches = place.now(), place.now("main")
    with pytest.raises(AmtsError, match=r"conflict in x\.md"):
        place.forge.current()
    assert branches == (place.now(), place.now("main"))


@pytest.mark.parametrize("deleted", [True, False])
@pytest.mark.parametrize("how", ["ff-only", "no-ff", "squash", "rebase"])
def test_after_a_merge_the_next_one_starts_from_the_base(place: Place, how: str, deleted: bool) -> None:
    place.publish()
    place.push(BRANCH, {"x.md": text(l1="finished")})
    place.merge(how)
    old = place.now()
    if deleted:
        place.delete()
    place.push("main", {"x.md": text(l1="finished", l8="later")})
    current = place.forge.current()
    assert current.pull_request is None and current.expected == (None if deleted else old)
    assert place.read(current.commit) == text(l1="finished", l8="later")
    assert place.forge.closed("f2") is None
    request = place.publish({"x_origin.md": b"newer English\n"}, "f2")
    assert request.number == 2 and place.read(BRANCH) == text(l1="finished", l8="later")
    assert deleted or place.repository.is_ancestor(old, place.now()), "never forced"
    again = place.forge.current()
    assert again.commit == place.now() and again.pull_request and again.pull_request.number == 2


def test_a_squash_counts_though_the_base_has_moved_on_since(place: Place) -> None:
    place.publish()
    place.merge("squash")
    place.push("main", {"x.md": text(l1="better"), "x_origin.md": "mended English\n"})
    current = place.forge.current()
    assert current.pull_request is None and place.read(current.commit) == text(l1="better")


@pytest.mark.parametrize("record", ["amts.lock", "x_origin.md"])
def test_baselines_that_people_record_on_the_base_close_no_open_one(place: Place, record: str) -> None:
    """They used to count as a squash merge, and the translators' text went."""
    changes = {"x.md": text(l1="draft").encode(), record: text(l0="bot").encode()}
    place.push("main", {record: text()})
    place.publish(changes)
    place.push(BRANCH, {"x.md": text(l1="by a person")})
    place.push("main", {record: text(l8="on main")})
    current = place.forge.current()
    assert current.pull_request and current.pull_request.number == 1
    assert place.read(current.commit) == text(l1="by a person")
    assert place.read(current.commit, record) == text(l0="bot", l8="on main")


def test_only_some_baselines_taken_over_is_no_merge(place: Place) -> None:
    place.publish({**DRAFT, "y_origin.md": b"new English\n"})
    place.push("main", {"x_origin.md": "new English\n"})
    assert place.forge.current().pull_request is not None


def test_a_closed_one_stays_closed_until_the_plan_differs(place: Place) -> None:
    place.publish()
    place.delete()
    assert place.forge.current().pull_request is None
    refused = place.forge.closed("f1")
    assert refused and refused.number == 1
    assert place.forge.closed("f2") is None
    assert place.publish(fingerprint="f2").number == 2
    assert sorted(p.name for p in place.pages.glob("*.md")) == ["zh-1.md", "zh-2.md"]


def test_a_closed_one_says_how_to_have_it_anew(place: Place) -> None:
    place.publish()
    place.delete()
    refused = place.forge.closed("f1")
    assert refused and "delete its page" in refused.notes[0]
    Path(refused.location).unlink()
    assert place.forge.closed("f1") is None


def test_it_still_stays_closed_when_git_forgot_its_commits(place: Place) -> None:
    place.publish()
    place.delete()
    git.Repo(place.repository.path).git.gc("--prune=now", "--quiet")
    assert place.forge.current().expected is None and place.forge.closed("f1") is not None


@pytest.mark.parametrize(
    "marker",
    [
        "",
        "<!-- amts:v1 {broken -->",
        "<!-- amts:v1 {] -->",
        "<!-- amts:v1 {} -->",
        '<!-- amts:v1 {"fingerprint":[1]} -->',
        "<!-- amts:v2 {} -->",
        '<!-- amts:v1 {"number": "../x", "fingerprint": null} -->',
        "ÿþ",
    ],
)
def test_a_broken_marker_is_no_crash(place: Place, marker: str) -> None:
    page = Path(place.publish().location)
    page.write_bytes(marker.encode("latin-1"))
    current = place.forge.current()
    assert current.pull_request and current.pull_request.number == 1, "git knows that it is open"
    assert place.publish({"x_origin.md": b"newer English\n"}, "f2").number == 1
    page.write_bytes(marker.encode("latin-1"))
    place.delete()
    assert place.forge.closed("f2") is None and place.publish(fingerprint="f2").number == 2


def test_a_folder_in_place_of_a_page_is_no_crash(place: Place) -> None:
    (place.pages / "zh-1.md").mkdir(parents=True)
    assert place.forge.closed("f1") is None and place.publish().number == 2


def test_only_the_last_marker_counts_not_one_in_the_text(place: Place) -> None:
    place.forge.publish(
        place.forge.current(),
        DRAFT,
        Page("Sync", lambda *_: '<!-- amts:v1 {"number": 7, "fingerprint": "forged"} -->'),
        message="Sync\n",
        fingerprint="f1",
    )
    place.delete()
    assert place.forge.closed("forged") is None and place.forge.closed("f1") is not None


def test_pages_of_other_languages_are_others(place: Place) -> None:
    place.pages.mkdir()
    for name in ("zh-TW-9.md", "es-9.md", "zh-x.md", "zh-9.md.bak"):
        (place.pages / name).write_text("")
    assert place.publish().number == 1


@pytest.mark.parametrize("opened", [True, False])
def test_a_branch_that_moved_meanwhile_is_told_and_kept(place: Place, opened: bool) -> None:
    if opened:
        place.publish()
    current = place.forge.current()
    if not opened:
        place.people.git.push("origin", f"origin/main:refs/heads/{BRANCH}")
    theirs = place.push(BRANCH, {"x.md": text(l5="just now")})
    pages = sorted(place.pages.glob("*.md"))
    with pytest.raises(Moved):
        place.forge.publish(current, DRAFT, Page("t", lambda *_: "b"), message="m\n", fingerprint="f9")
    assert place.now() == theirs and sorted(place.pages.glob("*.md")) == pages
    assert place.publish({"x_origin.md": b"newer English\n"}, "f9").number == 1
    assert place.read(BRANCH).splitlines()[5] == "just now"


def test_a_branch_deleted_meanwhile_is_told(place: Place) -> None:
    place.publish()
    current = place.forge.current()
    place.delete()
    with pytest.raises(Moved):
        place.forge.publish(current, DRAFT, Page("t", lambda *_: "b"), message="m\n", fingerprint="f1")
    assert place.repository.branch(BRANCH) is None and place.forge.closed("f1") is not None


def test_without_its_page_no_branch_moves(place: Place) -> None:
    """Else the page would be missing for good: the next sync has nothing to do."""
    place.pages.write_text("a file")
    with pytest.raises(AmtsError, match="the pages in"):
        place.publish()
    assert place.repository.branch(BRANCH) is None
    place.pages.unlink()
    assert Path(place.publish().location).exists()


def test_a_page_is_never_written_through_a_symbolic_link(place: Place, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    page = Path(place.publish().location)
    page.unlink()
    for name in ("zh-1.md", "zh-1.md.new"):
        (place.pages / name).symlink_to(victim)
    place.publish({"x_origin.md": b"newer English\n"}, "f2")
    assert victim.read_text() == "mine" and not page.is_symlink()


def test_a_page_with_a_path_that_is_no_utf8(place: Place) -> None:
    request = place.forge.publish(
        place.forge.current(), DRAFT, Page("t", lambda *_: "caf\udce9.md"), message="m\n", fingerprint="f1"
    )
    assert "caf\\udce9.md" in Path(request.location).read_text(encoding="utf-8")


def test_another_default_branch(place: Place) -> None:
    place.people.git.push("origin", "origin/main:refs/heads/release")
    theirs = place.push("release", {"x.md": text(l0="release")})
    assert LocalForge(place.repository, "zh", "release", place.pages).current().commit == theirs
    with pytest.raises(AmtsError, match="has no branch nope"):
        LocalForge(place.repository, "zh", "nope", place.pages).current()


def test_the_branch_itself_is_no_default_branch(place: Place) -> None:
    place.publish()
    with pytest.raises(AmtsError, match="is the default branch"):
        LocalForge(place.repository, "zh", BRANCH, place.pages).current()


def test_an_empty_repository(tmp_path: Path) -> None:
    git.Repo.init(tmp_path / "empty", bare=True, initial_branch="main")
    with pytest.raises(AmtsError, match="has no branch main"):
        LocalForge(Repository.open(tmp_path / "empty"), "zh", None, tmp_path / "pages").current()


def test_a_branch_with_nothing_in_common(place: Place) -> None:
    alone = place.people.git.commit_tree("HEAD^{tree}", "-m", "alone")
    place.people.git.push("origin", f"{alone}:refs/heads/{BRANCH}")
    with pytest.raises(AmtsError, match="no commit in common"):
        place.forge.current()


def test_a_checkout_stays_as_it_is(place: Place) -> None:
    repository = Repository.open(Path(place.people.working_dir))
    forge = LocalForge(repository, "zh", None, place.pages)
    forge.publish(forge.current(), DRAFT, Page("t", lambda *_: "b"), message="m\n", fingerprint="f1")
    assert not place.people.is_dirty(untracked_files=True) and place.people.active_branch.name == "main"
    assert place.people.commit(BRANCH).author.email == BOT_EMAIL


def test_the_request_that_records_baselines_is_one_of_its_own(place: Place) -> None:
    place.publish()
    aside = Place(place.repository, place.people, place.forge.adopting(), place.pages)
    current = aside.forge.current()
    assert current.pull_request is None and current.commit == place.now("main")
    before = place.now()
    request = aside.publish({"x_origin.md": b"right English\n"}, "")
    assert Path(request.location).name == "zh-adopt-1.md" and place.now() == before
    assert place.read("amts/adopt", "x_origin.md") == "right English\n" and place.read("amts/adopt") == text()
    assert {p.name for p in place.pages.glob("*.md")} == {"zh-1.md", "zh-adopt-1.md"}
    again = aside.forge.current()
    assert again.pull_request and again.pull_request.number == 1 and again.commit == place.now("amts/adopt")


@pytest.fixture
def checkout(place: Place, tmp_path: Path) -> Iterator[tuple[git.Repo, LocalForge]]:
    """A repository that people work in themselves, with an open pull request checked out."""
    work = git.Repo.clone_from(str(place.repository.path), str(tmp_path / "work"))
    forge = LocalForge(Repository.open(tmp_path / "work"), "zh", None, place.pages)
    forge.publish(forge.current(), DRAFT, Page("Sync", lambda *_: "# Sync\n"), message="Sync\n", fingerprint="f1")
    work.git.checkout(BRANCH)
    yield work, forge
    work.close()


def test_with_the_pull_request_checked_out_the_base_is_the_only_other_branch(
    checkout: tuple[git.Repo, LocalForge], place: Place
) -> None:
    work, forge = checkout
    for page in place.pages.glob("*.md"):
        page.unlink()
    work.git.branch("amts/adopt", "HEAD")
    assert forge.base() == work.commit("main").hexsha
    assert (opened := forge.current().pull_request) and opened.head == work.commit(BRANCH).hexsha


def test_with_the_pull_request_checked_out_the_base_is_the_branch_that_its_page_names(
    checkout: tuple[git.Repo, LocalForge],
) -> None:
    work, forge = checkout
    work.git.branch("ideas", "main~0")
    commit(work, {"x.md": text(l1="mine")}, "By a person")
    assert forge.base() == work.commit("main").hexsha
    # What the page names is gone: of the two that are left, none is guessed.
    work.git.branch("--move", "main", "trunk")
    with pytest.raises(AmtsError, match=f"has the branch {BRANCH} checked out\n.*ideas, trunk"):
        forge.base()
