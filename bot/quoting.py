"""Text of books in what people read: nothing in it can mention people, close issues, or form a command.

It goes into fenced blocks, with a fence longer than any inside, and into code spans.
"""

from __future__ import annotations

import re
from collections.abc import Sequence


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
    flat = " ".join(text.split()).replace("|", "\\|")
    ticks = "`" * (max((len(run) for run in re.findall(r"`+", flat)), default=0) + 1)
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{ticks}{pad}{flat}{pad}{ticks}"


def inline(text: str) -> str:
    """A short text, as a code span where Markdown would see something in it."""
    short = text if len(text) <= 300 else text[:299] + "…"
    return code(short) if re.search(r"[`<>@#*_\[\]|$\\]|://|\bGH-", short) else short


def names(paths: Sequence[str]) -> str:
    """The first dozen of some paths."""
    shown = ", ".join(code(p) for p in paths[:12])
    return shown + (f" and {len(paths) - 12} more" if len(paths) > 12 else "")
