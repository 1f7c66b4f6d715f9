"""Lines of a diff: where a comment may stand, and where its line has gone."""

from __future__ import annotations

import re

from .git import Bare, GitError

_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


def place(hunks: str, line: int) -> tuple[str, int] | None:
    """The part of a diff up to a new line, and the line's position in the diff; nothing where the diff has not it."""
    shown: list[str] = []
    number = 0
    for position, text in enumerate(hunks.split("\n")):
        if match := _HUNK.match(text):
            shown, number = [text], int(match[3]) - 1
            continue
        shown.append(text)
        if not text.startswith(("-", "\\")):
            number += 1
            if number == line:
                return "\n".join(shown), position
    return None


def moved(git: Bare, path: str, line: int, old: str, new: str) -> int | None:
    """Where a line of a commit is in another one, or nothing when it was changed or removed."""
    if old == new:
        return line
    try:
        text = git.known("diff", "--no-color", "--no-ext-diff", "-U0", old, new, "--", path)
    except GitError:
        return None
    shift = 0
    for match in _HUNK.finditer(text):
        # Only lines that begin with @@ are heads of hunks: all others have a sign before them.
        if match.start() and text[match.start() - 1] != "\n":
            continue
        first, count, _, added = (1 if n is None else int(n) for n in match.groups())
        if count == 0 and first < line:
            shift += added
        elif count and first <= line < first + count:
            return None
        elif count and first + count <= line:
            shift += added - count
    return line + shift
