"""A bare repository, read and written with real git that knows nothing of this machine's configuration."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import git
from git.refs.symbolic import SymbolicReference

ZERO = "0" * 40
GITHUB = ("GitHub", "noreply@github.com")

_UPDATE_HOOK = """#!/bin/sh
# Refuses what the branch protection forbids; git calls it with the ref and its old and new commit.
if [ -f protected ] && grep -qxF "$1" protected; then
    echo "error: GH006: Protected branch update failed for $1." >&2
    echo "error: Changes must be made through a pull request." >&2
    exit 1
fi
if [ -f ruled ] && grep -qxF "$1" ruled; then
    echo "error: GH013: Repository rule violations found for $1." >&2
    echo "Review all repository rules at https://github.com/o/r/rules?ref=$1" >&2
    echo "" >&2
    echo "- Changes must be made through a pull request." >&2
    exit 1
fi
"""


_KNOWN: dict[tuple[str, ...], str] = {}
"""What git has printed about commits, in any repository: a hash is of the same commit in all of them."""


class GitError(Exception):
    """git refused."""


@dataclass(frozen=True)
class Change:
    """A file of a diff, as ``git diff`` tells it; ``hunks`` is empty for binary files."""

    status: str
    path: str
    old_path: str
    sha: str
    added: int
    removed: int
    hunks: str


@cache
def _empty(default_branch: str) -> Path:
    """A bare repository to copy."""
    folder = Path(tempfile.mkdtemp(prefix="amts-bare-"))
    atexit.register(shutil.rmtree, folder)
    command = ["git", "init", "--quiet", "--bare", "--template=", f"--initial-branch={default_branch}", str(folder)]
    subprocess.run(command, check=True, capture_output=True, env=sealed(folder))
    return folder


def sealed(home: Path) -> dict[str, str]:
    """An environment for git without any configuration; ``home`` is an empty folder."""
    found = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    return found | {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "LC_ALL": "C.UTF-8",
        "GIT_TEST_FSYNC": "0",
    }


@dataclass(frozen=True)
class Bare:
    """A bare repository in ``path``."""

    path: Path
    home: Path

    def __deepcopy__(self, memo: object) -> Bare:
        return self  # what it is about is on the disk

    @cached_property
    def _repo(self) -> git.Repo:
        return git.Repo(self.path)

    def run(self, *words: str, text: str = "", who: tuple[str, str] = GITHUB, when: str = "") -> str:
        """What a git command prints. Raises GitError."""
        made: dict[str, str] = {}
        for role in ("AUTHOR", "COMMITTER"):
            made |= {f"GIT_{role}_NAME": who[0], f"GIT_{role}_EMAIL": who[1]}
            made |= {f"GIT_{role}_DATE": when} if when else {}
        command = ["git", "-C", str(self.path), *words]
        done = subprocess.run(command, input=text.encode(), capture_output=True, env=sealed(self.home) | made)
        if done.returncode:
            raise GitError(f"git {' '.join(words)}: {done.stderr.decode('utf-8', 'replace')}")
        return done.stdout.decode("utf-8", "replace")

    def known(self, *words: str) -> str:
        """What a git command prints about commits named by their hashes, which never changes. Raises GitError."""
        if words not in _KNOWN:
            _KNOWN[words] = self.run(*words)
        return _KNOWN[words]

    def blob(self, sha: str) -> bytes:
        """What is in a file."""
        command = ["git", "-C", str(self.path), "cat-file", "blob", sha]
        return subprocess.run(command, capture_output=True, check=True, env=sealed(self.home)).stdout

    def create(self, default_branch: str) -> None:
        """Makes the repository."""
        shutil.copytree(_empty(default_branch), self.path)
        config = "[http]\n\treceivepack = true\n[receive]\n\thideRefs = refs/pull\n\tautogc = false\n[gc]\n\tauto = 0\n"
        # A client may fetch any commit by its name, as from GitHub.
        config += "[uploadpack]\n\tallowFilter = true\n\tallowAnySHA1InWant = true\n"
        with (self.path / "config").open("a", encoding="utf-8") as file:
            file.write(config)

    def protect(self, branches: Iterable[str], *, by: str = "protected") -> None:
        """Writes down which branches no push may change: ``protected`` by a rule of their own, ``ruled`` by a set."""
        lines = "".join(f"refs/heads/{name}\n" for name in sorted(branches))
        (self.path / by).write_text(lines, encoding="utf-8")
        hook = self.path / "hooks" / "update"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(_UPDATE_HOOK, encoding="utf-8")
        hook.chmod(0o755)

    def refs(self, prefix: str = "refs/heads") -> dict[str, str]:
        """All refs below a prefix, with what they point to."""
        lines = self.run("for-each-ref", "--format=%(refname) %(objectname)", prefix).splitlines()
        return dict(line.split(" ", 1) for line in lines)

    def sha(self, name: str) -> str:
        """The commit that a name stands for, or nothing."""
        try:
            return self.run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}").strip()
        except GitError:
            return ""

    def branch(self, name: str) -> str:
        """The commit of a branch, or nothing."""
        # Asked at every look at a pull request, hence without a process of git.
        try:
            return str(SymbolicReference.dereference_recursive(self._repo, f"refs/heads/{name}"))
        except ValueError:
            return ""

    def contains(self, new: str, old: str) -> bool:
        """Whether ``old`` is ``new`` or one of its ancestors."""
        try:
            self.known("merge-base", "--is-ancestor", old, new)
        except GitError:
            return False
        return True

    def merge_base(self, one: str, other: str) -> str:
        """The newest common ancestor, or nothing."""
        try:
            return self.known("merge-base", one, other).strip()
        except GitError:
            return ""

    def start(self, base: str, head: str) -> str:
        """Where the diff of a pull request begins."""
        # Guess: branches that have come to have nothing in common are compared as they are.
        return self.merge_base(base, head) or base

    def between(self, base: str, head: str) -> list[str]:
        """The commits of ``head`` that ``base`` has not, oldest first."""
        return self.known("rev-list", "--reverse", "--topo-order", f"{base}..{head}").split()

    def merges(self, base: str, head: str) -> bool:
        """Whether two commits can be merged."""
        try:
            return bool(self.known("merge-tree", "--write-tree", base, head))
        except GitError:
            return False

    def merged_tree(self, base: str, head: str) -> str:
        """The tree of a merge, which is written, or nothing where it conflicts."""
        try:
            return self.run("merge-tree", "--write-tree", base, head).split()[0]
        except GitError:
            return ""

    def changes(self, old: str, new: str, *paths: str) -> list[Change]:
        """The files that differ between two trees."""
        options = ("diff", "--no-color", "--no-ext-diff", "-M", "--no-abbrev", old, new)
        raw = self.known(*options[:-2], "--raw", "-z", *options[-2:], "--", *paths).split("\0")
        counts = self.known(*options[:-2], "--numstat", "-z", *options[-2:], "--", *paths).split("\0")
        patches = _hunks(self.known(*options[:-2], "-p", *options[-2:], "--", *paths))
        found: list[Change] = []
        while raw and raw[0]:
            *_, sha, status = raw.pop(0).split()
            old_path = path = raw.pop(0)
            added, removed, name = counts.pop(0).split("\t")
            if not name:
                del counts[:2]
            if status[0] in "RC":
                path = raw.pop(0)
            more, less = (int(n) if n != "-" else 0 for n in (added, removed))
            found.append(Change(status[0], path, old_path, sha, more, less, patches[len(found)]))
        return found


def _hunks(patch: str) -> list[str]:
    """The hunks of each file of a patch, without the lines before them."""
    files: list[list[str]] = []
    inside = False
    for line in patch.split("\n"):
        if line.startswith("diff --git "):
            files.append([])
            inside = False
        inside = inside or line.startswith("@@ ")
        if inside and files:
            files[-1].append(line)
    return ["\n".join(lines).removesuffix("\n") for lines in files]
