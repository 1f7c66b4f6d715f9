"""Documents that nobody but the bot ever wrote, in real histories."""

from __future__ import annotations

from pathlib import Path

import git
import pytest
from support.worlds import commit, repository

from bot.contracts import BOT_EMAIL, BOT_NAME, BRANCH
from bot.repositories.repository import Repository
from bot.status.machine_drafts import untouched

BOT = git.Actor(BOT_NAME, BOT_EMAIL)
LONG = "".join(f"Line {n} of a draft that is long enough.\n" for n in range(9))


@pytest.fixture
def repo(tmp_path: Path) -> git.Repo:
    return repository(tmp_path, {"human.md": LONG.replace("draft", "text")}, "First")


def by_bot(repo: git.Repo, **files: str | None) -> None:
    for name, text in files.items():
        place = Path(repo.working_dir, f"{name}.md")
        place.write_text(text) if text is not None else place.unlink()
    repo.git.add(all=True)
    repo.index.commit("Sync", author=BOT, committer=BOT)


def found(repo: git.Repo) -> set[str]:
    opened = Repository.open(Path(repo.working_dir))
    return set(untouched(opened, opened.resolve("HEAD") or ""))


def test_a_document_that_the_bot_added_is_untouched(repo: git.Repo) -> None:
    assert found(repo) == set()
    by_bot(repo, new=LONG)
    by_bot(repo, new=LONG + "More.\n")
    assert found(repo) == {"new.md"}


def test_one_edit_by_a_person_ends_that(repo: git.Repo) -> None:
    by_bot(repo, new=LONG)
    commit(repo, {"new.md": LONG + "Ours.\n"}, "Edit")
    by_bot(repo, new=LONG + "Ours.\nMore.\n")
    assert found(repo) == set()


def test_a_human_document_that_the_bot_updated_is_not_a_draft(repo: git.Repo) -> None:
    by_bot(repo, human="All new.\n")
    assert found(repo) == set()


def test_a_document_that_the_bot_moved_is_who_wrote_it(repo: git.Repo) -> None:
    by_bot(repo, new=LONG.replace("9", "nine"))
    by_bot(repo, human=None, moved=LONG.replace("draft", "text") + "More.\n")
    by_bot(repo, new=None, newer=LONG.replace("9", "nine") + "More.\n")
    assert found(repo) >= {"newer.md"}
    assert "moved.md" not in found(repo)


def test_a_squash_of_the_bots_own_bytes_counts(repo: git.Repo) -> None:
    repo.git.checkout("-q", "-b", BRANCH)
    by_bot(repo, new=LONG, other=LONG)
    repo.git.checkout("-q", "main")
    commit(repo, {"new.md": LONG, "other.md": LONG + "Ours.\n"}, "Squashed")
    assert found(repo) == {"new.md"}


def test_somebody_who_only_looks_like_the_bot_does_not_count(repo: git.Repo) -> None:
    other = git.Actor(BOT_NAME, "x" + BOT_EMAIL)
    Path(repo.working_dir, "new.md").write_text(LONG)
    repo.git.add(all=True)
    repo.index.commit("Sync", author=other, committer=other)
    assert found(repo) == set()
