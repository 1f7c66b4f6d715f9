"""What is noted about the English version of a translation: in front matter, in state files, in messages of commits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.messages import Message

Source = Literal["front matter", "state file", "commit message", "fork", "confirmed"]
"""Where it is noted: ``fork`` is the last commit that a forked translation shares with its English."""


@dataclass(frozen=True)
class Note:
    """A commit (full or abbreviated id) that somebody named as the English of a document; ``where`` names the place."""

    source: Source
    commit: str
    where: str


_ID = r"[0-9a-f]{7,40}"
_ENTRY = re.compile(rf"[ \t]*([\w.-]+)[ \t]*[:=][ \t]*[\"']?({_ID})[\"']?[ \t]*(?:#.*)?")
_NAMED = re.compile(rf"(?<![\w/.-])(?:[\w.-]+/[\w.-]+)?[@#(\[]?({_ID})(?![\w-])|/(?:commit|tree|blob)/({_ID})(?!\w)")


def in_front_matter(text: str) -> Iterator[Note]:
    """The commits in the front matter of a document, under any key: ``default_lang_commit``, ``sourceCommit``."""
    lines = text.removeprefix("\ufeff").splitlines()
    if not lines or lines[0].rstrip() not in ("---", "+++"):
        return
    for line in lines[1:]:
        if line.rstrip() == lines[0].rstrip():
            return
        if (found := _ENTRY.fullmatch(line)) and not found[2].isdigit():
            yield Note("front matter", found[2], Message("{key} in its front matter", key=found[1]))


STATE = ".translate/state/"
"""Folder in which QuantEcon's action-translation keeps a file for each document: ``state/intro.md.yml``."""

STATE_CONFIG = ".translate/config.yml"
"""Its settings: ``docs-folder`` is the folder of the documents, whose paths in ``STATE`` are relative to it."""

_STATE_COMMIT = re.compile(rf"^source-sha:[ \t]*[\"']?({_ID})[\"']?[ \t]*(?:#.*)?$", re.M)
_FOLDER = re.compile(r"^docs-folder:[ \t]*[\"']?([^\"'#\r\n]*?)[\"']?[ \t]*(?:#.*)?$", re.M)


def state_path(path: str, config: str) -> str:
    """Where the state file of a document would be; ``config`` is the text of ``STATE_CONFIG``, empty for none."""
    found = _FOLDER.search(config)
    folder = found[1].strip("./") if found else ""
    return f"{STATE}{path.removeprefix(folder + '/') if folder else path}.yml"


def in_state(text: str, path: str) -> Iterator[Note]:
    """The commit that a state file names, which is at ``path``."""
    if found := _STATE_COMMIT.search(text):
        yield Note("state file", found[1], Message("{key} in {path}", key="source-sha", path=path))


_OTHER = re.compile(r"(?i)(?:reverts commit|reversing\s+changes made to|cherry picked from commit)\s+[0-9a-f]+")
"""What git itself writes about commits of the same repository."""


def in_message(message: str, commit: str) -> Iterator[Note]:
    """The commits that the message of ``commit`` names, full or abbreviated; whether they exist is not checked."""
    for found in _NAMED.finditer(_OTHER.sub("", message)):
        name = found[1] or found[2]
        if not name.isdigit() or len(name) == 40:
            yield Note("commit message", name, Message("the message of {commit}", commit=commit[:10]))
