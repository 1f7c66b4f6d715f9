"""Text of books in what people read: nothing in it can mention people, close issues, or form a command.

It goes into fenced blocks, with a fence longer than any inside, and into code spans.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Controls, among them those that turn the order of what stands around them."""

_MEANT = re.compile(r"[`<>@#*_\[\]|$\\&]|://|\bwww\.|\bGH-|^(?:/|[-+=]|\d+[.)])", re.IGNORECASE)
"""What Markdown, or GitHub in it, sees more in than words."""


def diff(old: str, new: str) -> str:
    """Two texts as a diff."""
    lines = [f"- {line}" for line in old.splitlines()] + [f"+ {line}" for line in new.splitlines()]
    return fenced("\n".join(lines), "diff")


def fenced(text: str, info: str = "text") -> str:
    """A text as it is."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{info}\n{text}\n{fence}\n"


def code(text: str) -> str:
    """A path or another short text as a code span that Markdown cannot break out of."""
    # A backslash before the one that keeps a table's cell together would undo it.
    flat = re.sub(r"\\*\|", r"\\|", _UNSEEN.sub("", " ".join(text.split())))
    ticks = "`" * (max((len(run) for run in re.findall(r"`+", flat)), default=0) + 1)
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{ticks}{pad}{flat}{pad}{ticks}"


def inline(text: str) -> str:
    """A short text, as a code span where Markdown would see something in it."""
    flat = _UNSEEN.sub("", " ".join(text.split()))
    short = flat if len(flat) <= 300 else flat[:299] + "…"
    return code(short) if _MEANT.search(short) else short


def is_plain(text: str) -> bool:
    """Whether a text may stand in the message of a commit, where nothing can be quoted: it calls for nobody."""
    return text.isprintable() and not re.search(r"[@#]|://|GH-", text, re.IGNORECASE)


def names(paths: Sequence[str]) -> str:
    """The first dozen of some paths."""
    shown = ", ".join(code(p) for p in paths[:12])
    return shown + (f" and {len(paths) - 12} more" if len(paths) > 12 else "")
