"""Git repositories through their object database alone: no work tree is read or written.

A sync writes only blobs, trees and commits, and does one compare-and-swap of a branch: nothing is written
through a symbolic link, no checkout is touched, and an interrupted run leaves no incomplete state.
"""

from __future__ import annotations

import re
import tempfile
import weakref
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import git
from git.exc import GitCommandError, InvalidGitRepositoryError, NoSuchPathError

from bot.contracts import BOT_EMAIL, BOT_NAME
from bot.errors import AmtsError
from bot.repositories.paths import check_folders, check_path
from bot.repositories.refusals import busy, missing, symbolic, unmergeable, unreadable, unwritable, variable
from bot.repositories.sealed import SEALED

_FILES = ("100644", "100755")
_NOTHING = "0" * 40
_ID = re.compile(r"[0-9a-f]{40}")
_TREES = 4
"""How many listings are kept: a sync needs those of the base and of the pull request several times."""


@dataclass(frozen=True)
class Merge:
    """The result of a merge: its ``commit``, or None and the paths in conflict."""

    commit: str | None
    conflicts: tuple[str, ...] = ()


class Repository:
    """One git repository on disk, bare or not.

    Git runs with ``environment``: in a partial clone any command may fetch missing objects.
    """

    def __init__(self, repo: git.Repo, path: Path, environment: Callable[[], Mapping[str, str]] = dict) -> None:
        self._repo = repo
        # GitPython's objects refer to each other in cycles, and would keep git running until garbage collection.
        weakref.finalize(self, repo.close)
        self._environment = environment
        self.path = path
        self.bare = repo.bare
        self._trees: dict[str, list[tuple[str, str, str]]] = {}

    @classmethod
    def open(cls, path: Path, environment: Callable[[], Mapping[str, str]] = dict) -> Repository:
        """The repository at ``path`` (its root). Raises AmtsError when there is none, or git is too old."""
        if "$" in str(path):
            raise variable(path)
        try:
            repo = git.Repo(path, expand_vars=False)
        except (InvalidGitRepositoryError, NoSuchPathError) as error:
            raise missing(path) from error
        if _version() < (2, 38):
            raise AmtsError("git is too old", why="merging without a work tree needs git 2.38", fix="update git")
        repo.git.update_environment(**SEALED)
        opened = cls(repo, path, environment)
        if opened._object("HEAD") is None:
            try:
                repo.git.rev_parse("--git-dir")
            except GitCommandError as error:
                raise unreadable(path, error) from error
        return opened

    def rest(self) -> None:
        """Ends the processes that read objects; the next use starts others."""
        self._repo.git.clear_cache()

    @property
    def _git(self) -> git.Git:
        self._repo.git.update_environment(**self._environment())
        return self._repo.git

    def output(self, command: str, *words: str, patterns: Sequence[str] = ()) -> str:
        """The output of a git command about the history; ``patterns`` are of paths, those among the words literal."""
        options = ["--literal-pathspecs"] if "--" in words else []
        every = ["git", *options, command, *words, *(["--", *patterns] if patterns else [])]
        return bytes(self._git.execute(every, stdout_as_string=False)).decode("utf-8", "surrogateescape")

    def raw_output(self, command: str, *words: str) -> bytes:
        """The same as bytes, for what contains the contents of files."""
        return self.output(command, *words).encode("utf-8", "surrogateescape")

    def head_branch(self) -> str:
        """The name of the branch that HEAD points to. Raises AmtsError for a detached HEAD."""
        if name := self.checked_out():
            return name
        raise AmtsError(
            f"{self.path} is on no branch",
            why="its HEAD is detached",
            fix="set `branch` of it in amts.yml",
        )

    def checked_out(self) -> str:
        """The same; empty for a detached HEAD."""
        try:
            # Not --short: that returns heads/main if a tag is also called main.
            return str(self._git.symbolic_ref("HEAD")).removeprefix("refs/heads/")
        except GitCommandError:
            return ""

    def resolve(self, revision: str) -> str | None:
        """The full commit id of ``revision`` (a branch before a tag or an id); None when it does not exist."""
        return self.branch(revision) or self._commit_id(revision)

    def branch(self, name: str) -> str | None:
        """The commit that the branch ``name`` points to; None when there is no such branch."""
        return self._commit_id(f"refs/heads/{name}")

    def branches(self) -> tuple[str, ...]:
        """The names of all branches."""
        output = self._git.for_each_ref("--format=%(refname)", "refs/heads/")
        return tuple(name.removeprefix("refs/heads/") for name in str(output).splitlines())

    def _commit_id(self, revision: str) -> str | None:
        found = self._object(f"{revision}^{{commit}}")
        return found[0] if found else None

    def _object(self, name: str) -> tuple[str, bytes] | None:
        """The id and the type of an object; None when it does not exist. Asks a git that is already running."""
        if "\n" in name or "\0" in name:
            return None
        header = self._answer(lambda: self._repo.git.get_object_header(name))
        return (header[0].decode(), header[1]) if header else None

    def _answer(self, ask: Callable[[], tuple[Any, ...]]) -> tuple[Any, ...] | None:
        """What a git that is already running answers, as bytes; None if it has no such object, or cannot read it."""
        self._repo.git.update_environment(**self._environment())
        try:
            return ask()  # GitPython annotates text, but answers with bytes.
        except (OSError, ValueError) as error:
            if "could not be resolved" not in str(error):
                self.rest()  # It has ended, and so could not answer for other objects either.
            return None

    def files(self, commit: str) -> dict[str, str]:
        """Path → blob id of the regular files of a commit."""
        return {path: blob for mode, blob, path in self._tree(commit) if mode in _FILES}

    def symlinks(self, commit: str) -> frozenset[str]:
        """The paths of the symbolic links of a commit, and of its submodules, which also lead elsewhere."""
        return frozenset(path for mode, _, path in self._tree(commit) if mode not in _FILES)

    def _tree(self, commit: str) -> list[tuple[str, str, str]]:
        if commit not in self._trees:
            listing = self._git.ls_tree("-r", "-z", "--full-tree", commit, stdout_as_string=False)
            rows = []
            for line in bytes(listing).split(b"\0"):
                if line:
                    meta, path = line.split(b"\t", 1)
                    mode, _, blob = meta.decode().split(" ")
                    rows.append((mode, blob, path.decode("utf-8", "surrogateescape")))
            if len(self._trees) == _TREES:
                del self._trees[next(iter(self._trees))]
            self._trees[commit] = rows
        return self._trees[commit]

    def read(self, blob: str) -> bytes:
        """The bytes of a blob. Raises AmtsError when the repository does not have it."""
        data = self._data(blob) if _ID.fullmatch(blob) else None
        if data is None:
            raise AmtsError(
                f"{self.path} has no text {blob[:10]!r}",
                why="git knows no blob of this id, or cannot read it to its end; a shallow or partial clone lacks some",
                fix="fetch the whole history there; `git fsck` shows whether something is damaged",
            )
        return data

    def _data(self, blob: str) -> bytes | None:
        """The bytes of a blob; None when the repository does not have it, or not whole."""
        found = self._answer(lambda: self._repo.git.get_object_data(blob))
        if not found or found[1] != b"blob":
            return None
        data = bytes(found[3])
        if len(data) < found[2]:
            self.rest()  # Of a damaged object, git writes what is before the damage, and ends.
            return None
        return data

    def has_blob(self, blob: str) -> bool:
        """Whether a blob with this full id is in the repository, loose or packed."""
        found = self._object(blob) if _ID.fullmatch(blob) else None
        return found is not None and found[1] == b"blob"

    def blob_at(self, commit: str, path: str) -> str | None:
        """The blob of a file at a commit, whose id may be short; None if there is no such commit or file."""
        found = self._object(f"{commit}:{path}") if re.fullmatch("[0-9a-fA-F]{7,64}", commit) else None
        return found[0] if found and found[1] == b"blob" else None

    def is_ancestor(self, one: str, other: str) -> bool:
        """Whether commit ``one`` is ``other`` or in its history; False when it no longer exists."""
        if self._commit_id(one) is None:
            return False
        try:
            self._git.merge_base("--is-ancestor", one, other)
        except GitCommandError as error:
            if error.status == 1:
                return False
            raise
        return True

    def same_files(self, one: str, other: str) -> bool:
        """Whether two commits hold the same files."""
        return len({str(self._git.rev_parse(f"{commit}^{{tree}}")) for commit in (one, other)}) == 1

    def merge_base(self, one: str, other: str) -> str | None:
        """The best common ancestor of two commits; None when they have no history in common."""
        try:
            return str(self._git.merge_base(one, other)) or None
        except GitCommandError:
            return None

    def commit(self, parents: Sequence[str], tree_of: str, changes: Mapping[str, bytes | None], message: str) -> str:
        """A new commit of the bot: the tree of ``tree_of`` with ``changes`` (None deletes). Moves no branch.

        Raises AmtsError for a path that leaves the repository, that passes through a symbolic link or a
        submodule, or that would replace a file by a folder or the reverse, and when the repository cannot be written.
        """
        modes = {path: mode for mode, _, path in self._tree(tree_of)}
        barred = {path for path, mode in modes.items() if mode not in _FILES}
        for path in changes:
            check_path(path, barred)
        check_folders({*modes, *changes} - {path for path, data in changes.items() if data is None})
        try:
            entries = [
                f"{modes.get(path, _FILES[0])} {self._store(data)}\t{path}"
                if data is not None
                else f"0 {_NOTHING}\t{path}"
                for path, data in changes.items()
            ]
            with tempfile.TemporaryDirectory() as folder:
                env = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
                self._git.read_tree(tree_of, env=env)
                if entries:
                    listing = "".join(f"{e}\0" for e in entries).encode("utf-8", "surrogateescape")
                    self._fed("update-index", "-z", "--index-info", data=listing, env=env)
                tree = str(self._git.write_tree("--missing-ok", env=env))
            return self._commit_tree(tree, parents, message)
        except GitCommandError as error:
            raise unwritable(self.path, error) from error

    def merge_commit(self, ours: str, theirs: str, message: str) -> Merge:
        """Merges two commits without a work tree; on conflict no commit is made."""
        status, output, _ = self._git.execute(
            ["git", "merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", ours, theirs],
            with_extended_output=True,
            with_exceptions=False,
            strip_newline_in_stdout=False,
        )
        parts = str(output).split("\0")
        if status == 0:
            return Merge(self._commit_tree(parts[0].strip(), (ours, theirs), message))
        if status == 1:
            return Merge(None, tuple(sorted({p for p in parts[1:] if p})))
        raise unmergeable(self.path, self.merge_base(ours, theirs) is not None)

    def move_branch(self, branch: str, new: str, expected: str | None) -> bool:
        """Moves ``branch`` to ``new`` if it is still at ``expected`` (None: does not exist yet).

        False when it has moved meanwhile. Never loses a commit: ``new`` must contain ``expected``.
        Raises AmtsError when the repository refuses the write.
        """
        if expected is not None and not self.is_ancestor(expected, new):
            raise AmtsError(f"{branch} was not moved", why="that would lose commits", fix="report this as a bug")
        self._check_own(branch)
        if self.branch(branch) != expected:
            return False
        try:
            self._git.update_ref("-m", "amts sync", f"refs/heads/{branch}", new, expected or _NOTHING)
        except GitCommandError as error:
            if self.branch(branch) != expected:
                return False
            raise unwritable(self.path, error) from error
        return True

    def check_writable(self, branch: str) -> None:
        """Raises AmtsError when AMTS could not write here, or should not: a dirty checkout, a busy branch."""
        self._check_own(branch)
        head, some = self.branch(branch), self._commit_id("HEAD")
        lock = f"update refs/heads/{branch} {head} {head}" if head else f"create refs/heads/{branch} {some}"
        try:
            with tempfile.TemporaryFile(dir=Path(self._repo.common_dir) / "objects"):
                pass
            if head or some:
                # Git locks the branch and unlocks it again: the only reliable check that it can.
                self._fed("update-ref", "--stdin", data=f"start\n{lock}\nprepare\nabort\n".encode())
        except OSError as error:
            raise AmtsError(
                f"{self.path} cannot be written",
                why=f"its object database: {error.strerror or error}",
                fix="make the repository writable for the user that runs the sync",
            ) from error
        except GitCommandError as error:
            raise unwritable(self.path, error) from error
        if not self.bare and self._git.status("--porcelain", "--untracked-files=no", "--ignore-submodules"):
            raise AmtsError(
                f"{self.path} has uncommitted changes",
                why="people may be in the middle of something; a sync leaves a dirty checkout alone",
                fix="commit or stash them there, or let the sync use a bare clone (docs/start.md, Where people work)",
            )
        self.check_free(branch)

    def check_free(self, branch: str) -> None:
        """Raises AmtsError if a branch is checked out, here or in a linked work tree."""
        for listed in str(self._git.worktree("list", "--porcelain", "-z")).split("\0\0"):
            lines = listed.split("\0")
            if "bare" in lines or f"branch refs/heads/{branch}" not in lines:
                continue
            raise busy(lines[0].removeprefix("worktree "), branch)

    def _check_own(self, branch: str) -> None:
        """Raises AmtsError for a symbolic ref with the bot's branch name: writes would change another branch."""
        try:
            other = self._git.symbolic_ref("--quiet", f"refs/heads/{branch}")
        except GitCommandError:
            return
        raise symbolic(self.path, branch, str(other))

    def _store(self, data: bytes) -> str:
        return self._fed("hash-object", "-w", "--stdin", data=data).strip()

    def _commit_tree(self, tree: str, parents: Sequence[str], message: str) -> str:
        env = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in _IDENTITY.items()}
        wanted = [word for parent in parents for word in ("-p", parent)]
        return self._fed("commit-tree", "--no-gpg-sign", *wanted, tree, data=message.encode(), env=env).strip()

    def _fed(self, command: str, *words: str, data: bytes, env: Mapping[str, str] | None = None) -> str:
        """Runs a git command with ``data`` on its standard input."""
        with tempfile.TemporaryFile() as stream:
            stream.write(data)
            stream.seek(0)
            return str(self._git.execute(["git", command, *words], istream=stream, env=dict(env or {})))


_version = cache(lambda: git.Git().version_info)

_IDENTITY = {"NAME": BOT_NAME, "EMAIL": BOT_EMAIL}
