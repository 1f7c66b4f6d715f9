"""Quotes text of books in messages to people: nothing in it can mention anyone, close issues, or form a command.

It is put in fenced blocks, with a fence longer than any inside, and in code spans.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters, including those that change the direction of the text around them."""

_MEANT = re.compile(r"[`<>@#*_\[\]|$\\&]|://|\bwww\.|\bGH-|^(?:/|[-+=]|\d+[.)])", re.IGNORECASE)
"""What Markdown, or GitHub's extension of it, does not read as plain words."""


def diff(old: str, new: str) -> str:
    """Two texts as a diff."""
    lines = [f"- {line}" for line in old.splitlines()] + [f"+ {line}" for line in new.splitlines()]
    return fenced("\n".join(lines), "diff")


def fenced(text: str, info: str = "text") -> str:
    """A text verbatim."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{info}\n{text}\n{fence}\n"


def code(text: str) -> str:
    """A path or another short text as a code span that Markdown cannot break out of."""
    # A backslash before the one that escapes a pipe in a table cell would undo the escape.
    flat = re.sub(r"\\*\|", r"\\|", _UNSEEN.sub("", " ".join(text.split())))
    ticks = "`" * (max((len(run) for run in re.findall(r"`+", flat)), default=0) + 1)
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{ticks}{pad}{flat}{pad}{ticks}"


def inline(text: str) -> str:
    """A short text, as a code span where Markdown would interpret it."""
    flat = _UNSEEN.sub("", " ".join(text.split()))
    short = flat if len(flat) <= 300 else flat[:299] + "…"
    return code(short) if _MEANT.search(short) else short


def is_plain(text: str) -> bool:
    """Whether a text may be used in a commit message, where nothing can be quoted: it mentions or links nothing."""
    return text.isprintable() and not re.search(r"[@#]|://|GH-", text, re.IGNORECASE)


def names(paths: Sequence[str]) -> str:
    """The first dozen of the paths."""
    shown = ", ".join(code(p) for p in paths[:12])
    return shown + (f" and {len(paths) - 12} more" if len(paths) > 12 else "")
