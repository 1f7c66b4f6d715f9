"""Explains why git refused, in helpful words."""

from __future__ import annotations

import re
from pathlib import Path

import git
from git.exc import GitCommandError, InvalidGitRepositoryError, NoSuchPathError

from bot.errors import AmtsError, Unreachable

_NO_ACCESS = re.compile(r"not found|denied|not granted|[Aa]uthentication|could not read Username|error: 40[134]\b")
"""How git and GitHub say that the credentials do not suffice; GitHub hides private repositories behind "not found"."""

_UNKNOWN = re.compile("could not read Username|Invalid username or token|Authentication failed")
"""How git says that a host does not know a token: it then asks for another, and nobody is there to give one."""

_NO_HOST = re.compile(r"resolve host|Failed to connect|onnection (refused|reset|timed out)|timed out|SSL|certificate")
"""How git says that it cannot talk to the host at all."""


def unreadable(path: Path, error: GitCommandError) -> AmtsError:
    """The error when git cannot read a repository, mostly because another user owns it (git-config, safe.directory)."""
    if "dubious ownership" in str(error.stderr):
        return AmtsError(
            f"git does not trust {path}",
            why="the folder belongs to another user",
            fix=f"run: git config --global --add safe.directory {path.resolve()}",
        )
    return AmtsError(f"git cannot read {path}", why=_reason(error), fix="run `git status` there")


def unwritable(path: Path, error: GitCommandError) -> AmtsError:
    """The error when git cannot write to a repository."""
    return AmtsError(
        f"{path} cannot be written", why=_reason(error), fix="check its permissions, branches and free space"
    )


def symbolic(path: Path, branch: str, other: str) -> AmtsError:
    """The error when a branch is a symbolic ref to the ref ``other``."""
    return AmtsError(
        f"the branch {branch} of {path} is a symbolic ref",
        why=f"it leads to {other}, which a sync must not move",
        fix=f"remove it: git symbolic-ref --delete refs/heads/{branch}",
    )


def unmergeable(path: Path, related: bool) -> AmtsError:
    """The error when git cannot merge two branches; ``related``: they have a commit in common."""
    if not related:
        return AmtsError(
            f"{path}: two branches have no commit in common",
            why="one of them was rewritten, or the clone is shallow",
            fix="fetch the whole history; if a branch was rewritten, delete amts/sync there and run the sync again",
        )
    return AmtsError(f"{path}: git could not merge", why="git merge-tree failed", fix="run git fsck there")


def unknown(name: str, what: str, holder: str, error: GitCommandError) -> AmtsError | None:
    """The error when a host does not know our token, such as one that has expired; None if it refuses for another."""
    if not _UNKNOWN.search(str(error.stderr)):
        return None
    fix = "give one that GitHub knows and that has not expired"
    return Unreachable(f"{name} {what} with {holder}", why="GitHub answers 401: it does not know it", fix=fix)


def unreachable(name: str, what: str, holder: str, error: GitCommandError) -> AmtsError:
    """The error when a host lets nobody read the repository ``name``, or nobody but others: ``holder`` is who asked."""
    lines = _lines(error)
    why = _why(lines)
    if not _NO_ACCESS.search(" ".join(lines)):
        kind = Unreachable if _NO_HOST.search(" ".join(lines)) else AmtsError
        return kind(f"{name} {what}", why=why, fix="check the address and the network, and run it again")
    return AmtsError(
        f"{name} {what} with {holder}",
        why=f"{why}; that is also the answer for a private one" if "not found" in why else why,
        fix=f"check the name, and let {holder} read {name} (Contents: read)",
    )


def unpushable(name: str, branch: str, holder: str, error: GitCommandError) -> AmtsError:
    """The error when a host does not accept a push of ``branch`` to the repository ``name`` by ``holder``."""
    lines = _lines(error)
    why = _why(lines)
    if "GH006" in why:
        return AmtsError(
            f"{branch} of {name} is a protected branch, to which {holder} may not push",
            why=why,
            fix=f"take {branch} out of its protection rule (Settings, Branches), or let the account or App push",
        )
    if "GH013" in why:
        return AmtsError(
            f"{branch} of {name} is under a ruleset, by which {holder} may not push to it",
            why=why,
            fix=f"take {branch} out of that ruleset (Settings, Rules), or put the account or App on its bypass list",
        )
    if _NO_ACCESS.search(" ".join(lines)):
        return AmtsError(
            f"{name} cannot be pushed to with {holder}",
            why=why,
            fix=f"let {holder} write to {name} (Contents: write)",
        )
    return AmtsError(f"{name} cannot be pushed to", why=why, fix="check the rules of that repository, and run it again")


def _lines(error: GitCommandError) -> list[str]:
    """What git printed on its standard error."""
    printed = str(error.stderr).strip().removeprefix("stderr:").strip().strip("'")
    return [line.strip() for line in printed.splitlines() if line.strip()]


def _why(lines: list[str]) -> str:
    """What the host said, else the last line with a message, without credentials in an address."""
    found = [line for line in lines if re.search("fatal|error|rejected", line)] or lines or ["git does not say why"]
    return re.sub(r"//[^@/\s]+@", "//…@", _of_the_host(lines) or found[-1])[:500]


def _of_the_host(lines: list[str]) -> str:
    """What the host said, in one line."""
    return " ".join(re.sub("^remote: *(error: *)?", "", line) for line in lines if line.startswith("remote:")).strip()


def _reason(error: GitCommandError) -> str:
    """The last line that git printed."""
    lines = _lines(error)
    return lines[-1].removeprefix("fatal: ") if lines else "git failed without a message"


def busy(folder: str, branch: str) -> AmtsError:
    """A branch of the bot that is checked out in a work tree."""
    return AmtsError(
        f"{folder} has the branch {branch} checked out",
        why="AMTS would write to that branch, and the files there would be those of an older commit",
        fix="commit what you did, check out the branch it is merged into (such as: git switch main), and run "
        "the command again; or let AMTS use a bare clone (docs/start.md, Where people work)",
    )


def variable(path: Path) -> AmtsError:
    """A path that GitPython cannot open."""
    return AmtsError(
        f"the path {path} has a dollar sign",
        why="GitPython would take what follows it for the name of a variable",
        fix="rename the folder",
    )


def missing(path: Path) -> AmtsError:
    """Why there is no repository at ``path``: it may be a folder of one."""
    try:
        with git.Repo(path, expand_vars=False, search_parent_directories=True) as around:
            root = around.working_tree_dir
    except (InvalidGitRepositoryError, NoSuchPathError):
        root = None
    if root:
        return AmtsError(
            f"{path} is a folder of the repository {root}",
            why="English and a translation are named by their repositories; a folder in one is a `layout`",
            fix=f"run `amts init` in {root} without names: it finds the folders of both",
        )
    return AmtsError(
        f"{path} is not a git repository",
        why="there is no such folder" if not path.exists() else "git finds none at its root",
        fix="clone the repository there, or correct the path",
    )
