"""Addresses of repositories as people give them, and as the settings file needs them."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath

from bot import language_codes
from bot.errors import AmtsError

_HOSTED = re.compile(
    r"(?:https?://(?:[^/@\s]+@)?github\.com/|ssh://git@github\.com/|git@github\.com:|github:)"
    r"(?P<name>[A-Za-z0-9][A-Za-z0-9_-]*/[A-Za-z0-9._-]+?)(?:\.git)?/?"
)
"""A repository on GitHub, as its page, git or AMTS calls it."""


def address(given: str, folder: Path) -> str:
    """``given`` as in a settings file in ``folder``: ``github:owner/name``, or a path from there.

    Raises AmtsError if ``given`` is no folder on this machine.
    """
    if found := _HOSTED.fullmatch(given.strip()):
        return f"github:{found['name']}"
    if given.startswith("github:"):
        raise AmtsError(f"{given} is not a repository", why="on GitHub one has an owner", fix="write github:owner/name")
    place = Path(given).expanduser()
    if not place.is_dir():
        hosted = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*/[A-Za-z0-9._-]+", given)
        known = f"for the one on GitHub write github:{given}" if hosted else "give a folder, or github:owner/name"
        raise AmtsError(f"there is no repository {given}", why="no such folder is on this machine", fix=known)
    if Path(given).is_absolute():
        return str(place)
    return PurePosixPath(Path(os.path.relpath(place.absolute(), folder.absolute()))).as_posix()


def split(given: str) -> tuple[str, str]:
    """``LANG=ADDRESS`` in its parts; the language is empty where only the address is given.

    Raises AmtsError if the part before ``=`` is not the code of a language.
    """
    before, mark, after = given.partition("=")
    if not mark or "/" in before:
        return "", given
    language = language_codes.tag(before)
    if not language or not after:
        why = f"{before!r} is not the code of a language" if after else "no repository follows the `=`"
        raise AmtsError(f"--translation {given} is not understood", why=why, fix="write it as zh=book-zh")
    return language, after


def hosted(origin: str) -> str:
    """``github:owner/name`` for the address of a git remote; empty if it is not on GitHub."""
    found = _HOSTED.fullmatch(origin.strip())
    return f"github:{found['name']}" if found else ""


def name(given: str, folder: Path) -> str:
    """The name of a repository, which often has its language in it."""
    return PurePosixPath(given).name if given.startswith("github:") else (folder / given).resolve().name
