"""The lines that the diff of a pull request shows."""

from __future__ import annotations

from pathlib import Path

from support.worlds import commit, repository

from bot.repositories.repository import Repository
from bot.repositories.shown import shown

LINES = [f"line {n}" for n in range(1, 31)]


def text(**changed: str) -> str:
    return "".join(f"{changed.get(line.replace(' ', '_'), line)}\n" for line in LINES)


def test_three_lines_around_each_change_are_shown(tmp_path: Path) -> None:
    files = {"a.md": text(), "b.md": text(), "gone.md": "x\n", "été.md": text(), "end.md": "+++ b/no.md\n"}
    repo = repository(tmp_path / "r", files, "First")
    base = repo.head.commit.hexsha
    changed: dict[str, str | bytes | None] = {
        "a.md": text(line_10="other", line_25="- other\n-- more"),
        "b.md": text().replace("line 5\n", ""),
        "gone.md": None,
        "été.md": text(line_1="autre"),
        "end.md": "@@ -1 +1 @@\n+++ b/a.md",
        "new.md": "one\ntwo\n",
    }
    head = commit(repo, changed, "Second")
    assert shown(Repository.open(tmp_path / "r"), base, head) == {
        "a.md": (range(7, 14), range(22, 30)),
        "b.md": (range(2, 8),),
        "end.md": (range(1, 3),),
        "new.md": (range(1, 3),),
        "été.md": (range(1, 5),),
    }


def test_what_the_base_changed_since_is_not_shown(tmp_path: Path) -> None:
    repo = repository(tmp_path / "r", {"a.md": text(), "b.md": text()}, "First")
    start = repo.head.commit
    head = commit(repo, {"a.md": text(line_1="ours")}, "Ours")
    repo.git.checkout(start)
    base = commit(repo, {"b.md": text(line_1="theirs")}, "Theirs")
    assert list(shown(Repository.open(tmp_path / "r"), base, head)) == ["a.md"]


def test_files_that_are_no_documents_are_not_even_read(tmp_path: Path) -> None:
    repo = repository(tmp_path / "r", {"a.md": text(), "old.png": b"\0" * 99}, "First")
    base, picture = repo.head.commit.hexsha, repo.head.commit.tree["old.png"].hexsha
    head = commit(repo, {"a.md": text(line_1="ours"), "old.png": None, "new.png": b"\0" * 98}, "Second")
    place = tmp_path / "r" / ".git" / "objects" / picture[:2] / picture[2:]
    place.chmod(0o644)
    place.unlink()
    assert shown(Repository.open(tmp_path / "r"), base, head) == {"a.md": (range(1, 5),)}


def test_where_git_lacks_a_text_nothing_is_shown(tmp_path: Path) -> None:
    repo = repository(tmp_path / "r", {"a.md": text()}, "First")
    base, document = repo.head.commit.hexsha, repo.head.commit.tree["a.md"].hexsha
    head = commit(repo, {"a.md": text(line_1="ours")}, "Second")
    place = tmp_path / "r" / ".git" / "objects" / document[:2] / document[2:]
    place.chmod(0o644)
    place.unlink()
    assert shown(Repository.open(tmp_path / "r"), base, head) == {}
