"""Git through the object database alone: what is written, what is refused, and what is left alone."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Mapping
from pathlib import Path

import git
import pytest
from support.worlds import AUTHOR, commit

from bot.contracts import BOT_EMAIL, BRANCH
from bot.errors import AmtsError
from bot.repositories import history
from bot.repositories.repository import Merge, Repository

FILES: Mapping[str, str | bytes | None] = {"a.md": "one\n", "chapter/b.md": b"\xff\r\n", "ünï código.md": "ü\n"}


@pytest.fixture
def work(tmp_path: Path) -> git.Repo:
    """A checkout with one commit, as a person has it."""
    repo = git.Repo.init(tmp_path / "work", initial_branch="main")
    commit(repo, FILES, "First")
    return repo


def opened(work: git.Repo) -> Repository:
    return Repository.open(Path(work.working_dir))


def head(work: git.Repo) -> str:
    return str(work.git.rev_parse("HEAD"))


def test_files_and_their_bytes(work: git.Repo) -> None:
    repository = opened(work)
    files = repository.files(head(work))
    assert {path: repository.read(blob) for path, blob in files.items()} == {
        "a.md": b"one\n",
        "chapter/b.md": b"\xff\r\n",
        "ünï código.md": "ü\n".encode(),
    }


def test_symbolic_links_and_submodules_are_no_files(work: git.Repo) -> None:
    odd_entries(work, {"link.md": "/etc/passwd"})
    repository = opened(work)
    assert "sub" in work.git.ls_tree("--name-only", "HEAD").split()
    assert repository.symlinks(head(work)) == {"link.md", "sub"}
    assert set(repository.files(head(work))) == set(FILES)


def test_a_path_that_is_not_utf8_goes_round(work: git.Repo) -> None:
    repository = opened(work)
    name = b"caf\xe9.md".decode("utf-8", "surrogateescape")
    made = repository.commit([head(work)], head(work), {name: b"x"}, "m")
    assert repository.read(repository.files(made)[name]) == b"x"


@pytest.mark.parametrize("state", ["loose", "packed", "cloned"])
def test_blobs_are_found_loose_and_packed(work: git.Repo, tmp_path: Path, state: str) -> None:
    blob = opened(work).files(head(work))["a.md"]
    if state == "packed":
        work.git.gc("--quiet")
    if state == "cloned":
        work.clone(str(tmp_path / "clone"), no_local=True)
    repository = Repository.open(tmp_path / ("clone" if state == "cloned" else "work"))
    assert repository.has_blob(blob) and repository.read(blob) == b"one\n"


@pytest.mark.parametrize("blob", ["", "1" * 40, "ab", "HEAD", "1" * 39 + "\n", "x" * 40, "HEAD:a.md"])
def test_what_is_no_blob(work: git.Repo, blob: str) -> None:
    repository = opened(work)
    assert not repository.has_blob(blob) and not repository.has_blob(head(work))
    with pytest.raises(AmtsError, match="has no text"):
        repository.read(blob)
    assert repository.read(repository.files(head(work))["a.md"]) == b"one\n"  # the reader still stands


def test_of_a_damaged_blob_no_part_is_read_and_the_others_are_read_still(work: git.Repo) -> None:
    commit(work, {"large.md": random.Random(1).randbytes(100_000)}, "Large")
    large, small = (opened(work).files(head(work))[path] for path in ("large.md", "a.md"))
    stored = Path(work.git_dir, "objects", large[:2], large[2:])
    stored.chmod(0o644)
    os.truncate(stored, 60_000)
    repository = opened(work)
    with pytest.raises(AmtsError, match="has no text"):
        repository.read(large)
    assert repository.read(small) == b"one\n"


def test_what_cannot_be_fetched_hides_nothing_else(work: git.Repo, tmp_path: Path) -> None:
    work.git.config("uploadpack.allowFilter", "true")
    blobs = opened(work).files(head(work))
    git.Git(str(tmp_path)).clone("--bare", "--filter=blob:none", Path(work.working_dir).as_uri(), "partial")
    repository = Repository.open(tmp_path / "partial")
    assert repository.read(blobs["a.md"]) == b"one\n"
    Path(work.working_dir).rename(tmp_path / "away")
    with pytest.raises(AmtsError, match="has no text"):
        repository.read(blobs["chapter/b.md"])
    assert not repository.has_blob(blobs["chapter/b.md"])
    assert repository.read(blobs["a.md"]) == b"one\n" and repository.branch("main")


@pytest.mark.parametrize("name", ["nowhere", "file"])
def test_no_repository(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(AmtsError, match="is not a git repository"):
        Repository.open(tmp_path / name)


def test_a_folder_inside_a_repository_is_none(work: git.Repo) -> None:
    folder = Path(work.working_dir)
    with pytest.raises(AmtsError, match=f"chapter is a folder of the repository {folder}"):
        Repository.open(folder / "chapter")
    with pytest.raises(AmtsError, match=r"is not a git repository\n.*no such folder"):
        Repository.open(folder / "nowhere")


def test_a_folder_name_is_never_taken_for_a_variable(tmp_path: Path) -> None:
    git.Git(tmp_path).init("$HOME", initial_branch="main")
    with pytest.raises(AmtsError, match="dollar sign"):
        Repository.open(tmp_path / "$HOME")


def test_the_environment_leads_to_no_other_repository(
    work: git.Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = git.Repo.init(tmp_path / "other", initial_branch="main")
    commit(other, {"z.md": "z"}, "Other")
    expected = head(work)
    monkeypatch.setenv("GIT_DIR", str(other.git_dir))
    assert opened(work).resolve("HEAD") == expected


def test_resolve(work: git.Repo) -> None:
    repository, first = opened(work), head(work)
    work.git.update_ref("refs/heads/-odd", first)
    for revision in ("HEAD", "main", "-odd", first, first[:10]):
        assert repository.resolve(revision) == first
    for revision in ("nope", "--all", "a b", "main:a.md", "a\0b", "", "main..main"):
        assert repository.resolve(revision) is None


def test_a_branch_goes_before_a_tag_of_its_name(work: git.Repo) -> None:
    work.create_tag("main")
    second = commit(work, {"a.md": "two\n"}, "Second")
    repository = opened(work)
    assert repository.head_branch() == "main" and repository.resolve("main") == second


def test_a_detached_head_has_no_branch(work: git.Repo) -> None:
    work.git.checkout("--quiet", "--detach")
    with pytest.raises(AmtsError, match="is on no branch"):
        opened(work).head_branch()


def test_history(work: git.Repo) -> None:
    repository, first = opened(work), head(work)
    second = commit(work, {"a.md": "two\n"}, "Second")
    alone = work.git.commit_tree("HEAD^{tree}", "-m", "alone", env=person())
    assert repository.is_ancestor(first, second) and repository.is_ancestor(first, first)
    assert not repository.is_ancestor(second, first) and not repository.is_ancestor("1" * 40, first)
    assert repository.merge_base(first, second) == first and repository.merge_base(first, alone) is None
    assert history.changing(repository, ["a.md"], first, second) == (second,)
    assert history.changing(repository, ["*.md", ":/"], first, second) == ()  # paths, not patterns


def test_a_commit_changes_what_it_says_and_nothing_else(work: git.Repo) -> None:
    os.chmod(Path(work.working_dir) / "a.md", 0o755)  # noqa: PTH101
    commit(work, {}, "Executable")
    repository, before = opened(work), head(work)
    made = repository.commit(
        [before], before, {"a.md": b"new\r\n", "deep/er/c.md": b"c", "chapter/b.md": None, "gone.md": None}, "Draft\n"
    )
    assert {p: repository.read(b) for p, b in repository.files(made).items()} == {
        "a.md": b"new\r\n",
        "deep/er/c.md": b"c",
        "ünï código.md": "ü\n".encode(),
    }
    new = work.commit(made)
    assert new.author.email == new.committer.email == BOT_EMAIL and new.message == "Draft\n"
    assert new.tree["a.md"].mode == 0o100755 and new.tree["deep/er/c.md"].mode == 0o100644
    assert [p.hexsha for p in new.parents] == [before]
    assert head(work) == before and not work.is_dirty(untracked_files=True)


def test_a_commit_of_two_parents_with_the_tree_of_one(work: git.Repo) -> None:
    repository, first = opened(work), head(work)
    second = commit(work, {"a.md": "two\n"}, "Second")
    made = repository.commit([first, second], second, {}, "Start afresh")
    assert repository.files(made) == repository.files(second)
    assert [p.hexsha for p in work.commit(made).parents] == [first, second]


@pytest.mark.parametrize(
    "path",
    [
        "",
        ".",
        "..",
        "../x",
        "a/../x",
        "/x",
        "a//b",
        "a/./b",
        "a/",
        ".git/config",
        "x/.GIT/y",
        ".git",
        "git~1/x",
        ".git./x",
        "a\x00b",
        "link/x.md",
        "link",
        "dead.md",
        "sub",
        "sub/x.md",
        "a.md/x.md",
        "chapter",
    ],
)
def test_paths_that_a_commit_refuses(work: git.Repo, tmp_path: Path, path: str) -> None:
    (tmp_path / "outside").mkdir()
    odd_entries(work, {"link": tmp_path / "outside", "dead.md": "nowhere"})
    with pytest.raises(AmtsError):
        opened(work).commit([head(work)], head(work), {path: b"x"}, "m")
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_file_may_become_a_folder_when_it_goes(work: git.Repo) -> None:
    repository = opened(work)
    made = repository.commit([head(work)], head(work), {"a.md": None, "a.md/x.md": b"x"}, "m")
    assert "a.md/x.md" in repository.files(made)


def test_a_merge_without_a_work_tree(work: git.Repo) -> None:
    repository, base = opened(work), head(work)
    ours = repository.commit([base], base, {"chapter/b.md": b"ours"}, "ours")
    theirs = repository.commit([base], base, {"a.md": b"theirs"}, "theirs")
    merge = repository.merge_commit(ours, theirs, "Merge")
    assert merge.commit is not None and merge.conflicts == ()
    files = repository.files(merge.commit)
    assert repository.read(files["a.md"]) == b"theirs" and repository.read(files["chapter/b.md"]) == b"ours"
    assert [p.hexsha for p in work.commit(merge.commit).parents] == [ours, theirs]


def test_a_merge_in_conflict_names_the_files(work: git.Repo) -> None:
    repository, base = opened(work), head(work)
    ours = repository.commit([base], base, {"a.md": b"ours", "ünï código.md": b"ours"}, "ours")
    theirs = repository.commit([base], base, {"a.md": b"theirs", "ünï código.md": b"theirs"}, "theirs")
    assert repository.merge_commit(ours, theirs, "Merge") == Merge(None, ("a.md", "ünï código.md"))


def test_unrelated_histories_are_not_merged(work: git.Repo) -> None:
    alone = work.git.commit_tree("HEAD^{tree}", "-m", "alone", env=person())
    with pytest.raises(AmtsError, match="no commit in common"):
        opened(work).merge_commit(head(work), alone, "Merge")


def test_a_branch_moves_by_compare_and_swap(work: git.Repo) -> None:
    repository, first = opened(work), head(work)
    made = repository.commit([first], first, {"a.md": b"x"}, "m")
    assert not repository.move_branch(BRANCH, made, first), "it does not exist, so it has moved"
    assert repository.move_branch(BRANCH, first, None)
    assert not repository.move_branch(BRANCH, made, None)
    assert repository.move_branch(BRANCH, made, first) and repository.branch(BRANCH) == made
    assert not repository.move_branch(BRANCH, made, first)


def test_a_branch_never_loses_a_commit(work: git.Repo) -> None:
    repository, first = opened(work), head(work)
    one = repository.commit([first], first, {"a.md": b"x"}, "m")
    two = repository.commit([first], first, {"a.md": b"y"}, "m")
    repository.move_branch(BRANCH, one, None)
    with pytest.raises(AmtsError, match="was not moved"):
        repository.move_branch(BRANCH, two, one)
    assert repository.branch(BRANCH) == one


def test_a_symbolic_ref_leads_nowhere(work: git.Repo) -> None:
    repository, first = opened(work), head(work)
    work.git.symbolic_ref(f"refs/heads/{BRANCH}", "refs/heads/main")
    made = repository.commit([first], first, {"a.md": b"x"}, "m")
    with pytest.raises(AmtsError, match="is a symbolic ref"):
        repository.move_branch(BRANCH, made, first)
    with pytest.raises(AmtsError, match="is a symbolic ref"):
        repository.check_writable(BRANCH)
    assert head(work) == first


@pytest.mark.parametrize("bare", [False, True])
@pytest.mark.parametrize("exists", [False, True])
def test_a_good_repository_is_writable_and_left_as_it_was(
    tmp_path: Path, work: git.Repo, bare: bool, exists: bool
) -> None:
    if exists:
        work.git.branch(BRANCH)
    path = Path(work.working_dir)
    if bare:
        work.clone(str(tmp_path / "bare"), mirror=True)
        path = tmp_path / "bare"
    else:
        os.utime(path / "a.md", (1, 1))  # `git status` would note this in the index
    before = {p: p.read_bytes() for p in path.rglob("*") if p.is_file()}
    Repository.open(path).check_writable(BRANCH)
    assert {p: p.read_bytes() for p in path.rglob("*") if p.is_file()} == before


def test_an_empty_repository_is_writable(tmp_path: Path) -> None:
    git.Repo.init(tmp_path, initial_branch="main")
    Repository.open(tmp_path).check_writable(BRANCH)


def test_a_dirty_checkout(work: git.Repo) -> None:
    folder = Path(work.working_dir)
    (folder / "untracked.md").write_text("x")
    opened(work).check_writable(BRANCH)
    (folder / "a.md").write_text("in the middle of something")
    with pytest.raises(AmtsError, match="uncommitted changes"):
        opened(work).check_writable(BRANCH)


@pytest.mark.parametrize("linked", [False, True])
def test_the_branch_is_checked_out(work: git.Repo, tmp_path: Path, linked: bool) -> None:
    if linked:
        work.git.worktree("add", "-b", BRANCH, str(tmp_path / "linked"))
    else:
        work.git.checkout("-b", BRANCH)
    with pytest.raises(AmtsError, match=f"has the branch {BRANCH} checked out"):
        opened(work).check_writable(BRANCH)


def test_a_linked_worktree_is_a_repository_too(work: git.Repo, tmp_path: Path) -> None:
    work.git.worktree("add", "-b", "other", str(tmp_path / "linked"))
    Repository.open(tmp_path / "linked").check_writable(BRANCH)


def test_a_branch_that_stands_in_the_way(work: git.Repo) -> None:
    work.git.branch("amts")
    with pytest.raises(AmtsError, match=r"cannot be written\n.*refs/heads/amts"):
        opened(work).check_writable(BRANCH)
    made = opened(work).commit([head(work)], head(work), {"a.md": b"x"}, "m")
    with pytest.raises(AmtsError, match="cannot be written"):
        opened(work).move_branch(BRANCH, made, None)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_object_database(work: git.Repo) -> None:
    objects = Path(work.git_dir) / "objects"
    objects.chmod(0o555)
    try:
        with pytest.raises(AmtsError, match="cannot be written"):
            opened(work).check_writable(BRANCH)
    finally:
        objects.chmod(0o755)


def test_an_object_database_that_takes_no_file(work: git.Repo) -> None:
    repository = opened(work)
    shutil.rmtree(Path(work.git_dir) / "objects")
    with pytest.raises(AmtsError, match="cannot be written"):
        repository.check_writable(BRANCH)


def odd_entries(work: git.Repo, links: Mapping[str, str | Path]) -> None:
    """Commits symbolic links and a submodule ``sub``."""
    for path, target in links.items():
        (Path(work.working_dir) / path).symlink_to(target)
    work.git.add(*links)
    work.git.update_index("--add", "--cacheinfo", f"160000,{head(work)},sub")
    work.git.commit("--quiet", "-m", "Odd entries", env=person())


def person() -> dict[str, str]:
    return {
        f"GIT_{role}_{key}": str(value)
        for role in ("AUTHOR", "COMMITTER")
        for key, value in (("NAME", AUTHOR.name), ("EMAIL", AUTHOR.email))
    }


def test_a_repository_of_another_user_is_an_expected_error(work: git.Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(AmtsError) as error:
        opened(work)
    assert "another user" in error.value.why
    assert f"safe.directory {Path(work.working_dir).resolve()}" in error.value.fix
