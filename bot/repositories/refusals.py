"""Explains why git refused, in helpful words."""

from __future__ import annotations

from pathlib import Path

from git.exc import GitCommandError

from bot.errors import AmtsError


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


def _reason(error: GitCommandError) -> str:
    """The last line that git printed."""
    printed = str(error.stderr).strip().removeprefix("stderr:").strip().strip("'")
    lines = [line.strip() for line in printed.splitlines() if line.strip()]
    return lines[-1].removeprefix("fatal: ") if lines else "git failed without a message"
