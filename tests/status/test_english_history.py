"""Which English commit has the recorded version, and what changed it since."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import git
import pytest
from support.worlds import commit, repository

from bot.baselines.records import Recorded
from bot.repositories.repository import Repository
from bot.settings.source import Source
from bot.status.document_status import Recording
from bot.status.english_history import EnglishHistory
from bot.sync.corpus import Book

TEXTS = ["One.\nTwo.\nThree.\nFour.\n", "One.\nTwo.\nThree.\nFive.\n", "Six.\nTwo.\nThree.\nFive.\n"]


def made(folder: Path) -> tuple[git.Repo, list[str]]:
    """A book whose document had three versions, and the commits; between them are others."""
    repo = repository(folder, {"a.md": TEXTS[0]}, "First")
    commits = [repo.head.commit.hexsha]
    for n, text in enumerate(TEXTS[1:]):
        commit(repo, {"other.md": text}, "Other")
        commits.append(dated(repo, {"a.md": text}, 1_800_000_000 + n))
    return repo, commits


def dated(repo: git.Repo, files: Mapping[str, str | None], time: int) -> str:
    """A commit at a time of its own: those of all others are the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_COMMITTER_DATE", f"{time} +0000")
        return commit(repo, files, "Change")


def recording(folder: Path, text: str, path: str = "a.md", now: str = "a.md") -> Recording:
    opened = Repository.open(folder)
    blob = hashlib.sha1(f"blob {len(text)}\0{text}".encode(), usedforsecurity=False).hexdigest()
    book = Book(opened, opened.resolve("HEAD") or "", Source(repository="en"))
    return EnglishHistory(book).recording(Recorded(path, blob), now, text)


def test_the_changes_since_the_recorded_version_are_counted(tmp_path: Path) -> None:
    _, commits = made(tmp_path)
    assert recording(tmp_path, TEXTS[0]) == Recording(commits[0], True, 2, 1_800_000_000)
    assert recording(tmp_path, TEXTS[1]) == Recording(commits[1], True, 1, 1_800_000_001)
    assert recording(tmp_path, TEXTS[2]) == Recording(commits[2], True, 0, None)


def test_a_version_that_came_back_counts_from_its_last_time(tmp_path: Path) -> None:
    repo, _ = made(tmp_path)
    back = commit(repo, {"a.md": TEXTS[0]}, "Revert")
    commit(repo, {"a.md": "More.\n"}, "More")
    assert (recording(tmp_path, TEXTS[0]).commit, recording(tmp_path, TEXTS[0]).commits) == (back, 1)


def test_a_corrected_baseline_is_the_version_most_like_it(tmp_path: Path) -> None:
    _, commits = made(tmp_path)
    found = recording(tmp_path, TEXTS[1] + "A note of a translator.\n")
    assert (found.commit, found.exact, found.commits) == (commits[1], False, 1)


def test_a_document_that_english_moved_is_followed_by_its_content(tmp_path: Path) -> None:
    repo, commits = made(tmp_path)
    dated(repo, {"a.md": None, "b.md": TEXTS[2] + "And more.\n"}, 1_900_000_000)
    found = recording(tmp_path, TEXTS[2], now="b.md")
    assert (found.commit, found.commits, found.since) == (
        commits[2],
        1,
        1_900_000_000,
    )
    # As recorded under the new name, with the content of the old.
    assert recording(tmp_path, TEXTS[2], path="b.md", now="b.md").commit == commits[2]


def test_a_merge_is_one_change(tmp_path: Path) -> None:
    repo, _ = made(tmp_path)
    repo.git.checkout("-q", "-b", "side")
    for n in range(3):
        commit(repo, {"a.md": f"{TEXTS[2]}{n}\n"}, "Side")
    repo.git.checkout("-q", "main")
    who = {f"GIT_{role}_{key}": "x@example.org" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}
    repo.git.merge("-q", "--no-ff", "-m", "Merge", "side", env=who)
    assert recording(tmp_path, TEXTS[2]).commits == 1


def test_a_document_without_history_is_unknown(tmp_path: Path) -> None:
    made(tmp_path)
    assert recording(tmp_path, "Else.\n", path="none.md", now="none.md") == Recording()


def test_a_shallow_clone_knows_only_what_it_has(tmp_path: Path) -> None:
    made(tmp_path / "whole")
    git.Repo.clone_from(f"file://{tmp_path / 'whole'}", tmp_path / "part", depth=1).close()
    assert recording(tmp_path / "part", TEXTS[0]) == Recording()
    assert recording(tmp_path / "part", TEXTS[2]).commits == 0
