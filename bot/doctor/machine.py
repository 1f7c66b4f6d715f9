"""Checks this machine: git and Python."""

from __future__ import annotations

import platform
from collections.abc import Iterator

import git

from bot import __version__
from bot.findings import Finding

GIT = (2, 38)
"""The oldest git that can merge without a work tree (git merge-tree --write-tree)."""


def examine() -> Iterator[Finding]:
    """The versions that matter."""
    yield Finding("amts", "good", f"{__version__}, with Python {platform.python_version()}")
    try:
        version = git.Git().version_info
    except git.exc.GitCommandNotFound:
        yield Finding("git", "bad", "it is not installed", "install git 2.38 or newer")
        return
    shown = ".".join(map(str, version))
    if version[:2] < GIT:
        yield Finding("git", "bad", f"{shown} cannot merge without a work tree", "update git to 2.38 or newer")
    else:
        yield Finding("git", "good", shown)
