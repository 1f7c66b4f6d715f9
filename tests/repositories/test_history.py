"""The changes of every file in a history."""

from __future__ import annotations

from pathlib import Path

import git
from support.worlds import commit, repository

from bot.repositories import history
from bot.repositories.repository import Repository

TEXT = "".join(f"Line {n} of a text that is long enough.\n" for n in range(9))


def made(folder: Path) -> git.Repo:
    return repository(folder, {"a.md": TEXT, "b.md": "b\n"}, "First")


def blob(repo: git.Repo, path: str, at: str = "HEAD") -> str:
    return str(repo.git.rev_parse(f"{at}:{path}"))


def test_each_path_has_its_changes_newest_first(tmp_path: Path) -> None:
    repo = made(tmp_path)
    first = repo.git.rev_parse("HEAD")
    second = commit(repo, {"a.md": "new\n"}, "Second")
    found = history.revisions(Repository.open(tmp_path), "HEAD")
    assert [(r.commit, r.age) for r in found["a.md"]] == [(second, 0), (first, 1)]
    assert [r.blob for r in found["a.md"]] == [blob(repo, "a.md"), blob(repo, "a.md", first)]
    assert [r.author for r in found["b.md"]] == ["person@example.org"]
    assert found["b.md"][0].time == int(repo.git.show("-s", "--format=%ct", first))


def test_a_deleted_file_has_no_content(tmp_path: Path) -> None:
    repo = made(tmp_path)
    commit(repo, {"b.md": None}, "Delete")
    assert history.revisions(Repository.open(tmp_path), "HEAD")["b.md"][0].blob == ""


def test_a_file_that_moved_says_where_it_was(tmp_path: Path) -> None:
    repo = made(tmp_path)
    commit(repo, {"a.md": None, "kapitel 1/ä.md": TEXT + "One more.\n"}, "Move")
    commit(repo, {"b.md": "c\n"}, "Another")
    found = history.revisions(Repository.open(tmp_path), "HEAD")
    assert [(r.was, r.age) for r in found["kapitel 1/ä.md"]] == [("a.md", 1)]
    assert found["b.md"][0].age == 0


def test_on_the_branch_itself_a_merge_is_one_change(tmp_path: Path) -> None:
    repo = made(tmp_path)
    repo.git.checkout("-q", "-b", "side")
    side = [commit(repo, {"a.md": f"{n}\n"}, "Side") for n in range(2)]
    repo.git.checkout("-q", "main")
    repo.git.merge("-q", "--no-ff", "-m", "Merge", "side", env=IDENTITY)
    merge = repo.head.commit.hexsha
    opened = Repository.open(tmp_path)
    assert [r.commit for r in history.revisions(opened, "HEAD", first_parent=True)["a.md"]][:-1] == [merge]
    assert {r.commit for r in history.revisions(opened, "HEAD")["a.md"]} > set(side)
    assert merge not in {r.commit for r in history.revisions(opened, "HEAD")["a.md"]}


def test_what_a_merge_brings_is_missing_in_the_branch_before_it(tmp_path: Path) -> None:
    repo = made(tmp_path)
    repo.git.checkout("-q", "-b", "side")
    side = commit(repo, {"a.md": "side\n"}, "Side")
    repo.git.checkout("-q", "main")
    before = commit(repo, {"b.md": "later than side\n"}, "Main")
    repo.git.merge("-q", "--no-ff", "-m", "Merge", "side", env=IDENTITY)
    merge = repo.head.commit.hexsha
    assert history.missing_in(Repository.open(tmp_path), before, "HEAD") == {side, merge}


def test_only_the_commits_of_one_author(tmp_path: Path) -> None:
    repo = made(tmp_path)
    actor = git.Actor("AMTS", "amts[bot]@example.org")
    (tmp_path / "b.md").write_text("bot\n")
    repo.git.add(all=True)
    repo.index.commit("Bot", author=actor, committer=actor)
    found = history.revisions(Repository.open(tmp_path), "HEAD", author="amts[bot]@example.org")
    assert set(found) == {"b.md"} and len(found["b.md"]) == 1


def test_a_path_that_looks_like_a_commit_is_a_path(tmp_path: Path) -> None:
    repo = made(tmp_path)
    odd = "\x01" + "0" * 40 + "\x1fx\x1f1.md"
    commit(repo, {odd: "x\n", ":100644 x M.md": "y\n"}, "Odd names")
    assert {odd, ":100644 x M.md"} <= set(history.revisions(Repository.open(tmp_path), "HEAD"))


def test_a_shallow_clone_is_told(tmp_path: Path) -> None:
    with made(tmp_path / "a") as repo:
        commit(repo, {"b.md": "c\n"}, "Second")
    git.Repo.clone_from(f"file://{tmp_path / 'a'}", tmp_path / "b", depth=1).close()
    assert not history.is_shallow(Repository.open(tmp_path / "a"))
    assert history.is_shallow(Repository.open(tmp_path / "b"))


IDENTITY = {f"GIT_{role}_{key}": "x@example.org" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}


def test_moves_are_found_without_the_files_beside_the_documents(tmp_path: Path) -> None:
    """Large files are absent in some clones."""
    repo = made(tmp_path)
    commit(repo, {"data.csv": TEXT * 2}, "Data")
    commit(repo, {"data.csv": None, "other.csv": TEXT * 3, "a.md": None, "c.md": TEXT + "More.\n"}, "Move")
    absent = blob(repo, "data.csv", "HEAD~")
    (tmp_path / ".git" / "objects" / absent[:2] / absent[2:]).unlink()
    found = history.revisions(Repository.open(tmp_path), "HEAD")
    assert found["c.md"][0].was == "a.md"
    assert "other.csv" not in found


def test_documents_have_their_whole_history_beside_merges_that_took_one_side(tmp_path: Path) -> None:
    repo = made(tmp_path)
    repo.git.checkout("-q", "-b", "side")
    side = commit(repo, {"a.md": "side\n"}, "Side")
    repo.git.checkout("-q", "main")
    commit(repo, {"b.md": "main\n"}, "Main")
    repo.git.merge("-q", "--no-ff", "-s", "ours", "-m", "Merge", "side", env=IDENTITY)
    assert side in {r.commit for r in history.revisions(Repository.open(tmp_path), "HEAD")["a.md"]}
