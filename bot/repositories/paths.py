"""Which paths a commit may write."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePosixPath

from bot.errors import AmtsError
from bot.messages import Message


def check_path(path: str, links: Collection[str]) -> None:
    """Raises AmtsError for a path that leaves the repository, is part of git, or passes through one of ``links``."""
    parts = PurePosixPath(path).parts
    odd = path in ("", ".") or path.startswith("/") or path != str(PurePosixPath(path)) or ".." in parts
    # Windows treats all of these as .git, and a clone may be on Windows.
    if odd or "\0" in path or any(p.lower().rstrip(". ") in (".git", "git~1") for p in parts):
        raise AmtsError(f"{path!r} is not a path inside the repository", why="a sync never leaves it", fix="rename it")
    for n in range(1, len(parts) + 1):
        if "/".join(parts[:n]) in links:
            raise AmtsError(
                Message("{path} is behind a symbolic link or a submodule", path=path),
                why=Message("a sync never writes through one"),
                fix=Message("make it a file"),
            )


def check_folders(paths: Collection[str]) -> None:
    """Raises AmtsError if a file and a folder of ``paths`` have the same name: git would silently drop one of them."""
    for path in sorted(paths):
        for folder in map(str, PurePosixPath(path).parents):
            if folder in paths:
                raise AmtsError(
                    Message("{path} would be a file and a folder", path=folder),
                    why=Message("{path} would be in it", path=path),
                    fix=Message("rename one of the two"),
                )
