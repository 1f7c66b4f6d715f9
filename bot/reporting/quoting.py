"""Quotes text of books in messages to people: nothing in it can mention anyone, close issues, or form a command.

It is put in fenced blocks, with a fence longer than any inside, and in code spans; or in sentences that wrap on a
phone, in which only what could be understood by GitHub is code, and every mark is an entity.
"""

from __future__ import annotations

import re

from bot.reporting.word_changes import word_changes

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters, including those that change the direction of the text around them."""

_MEANT = re.compile(r"[`<>@#*_\[\]|$\\&]|://|www\.|GH-\d|^(?:/|[-+=]|\d+[.)])", re.IGNORECASE)
"""What Markdown, or GitHub's extension of it, does not read as plain words."""


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


MOST = 400
"""Characters of a short text: a note names two versions of a text, and what becomes of them (a guess)."""

_ASCII = re.compile(r"[!-~]+")
_WIRED = re.compile(r"[@#$`\\]|://|www\.|GH-\d", re.IGNORECASE)
"""What GitHub may read, in a run of ASCII, as a mention, a reference, an address, a formula or code.

A tag is none of these: as entities, its marks are characters.
"""

_SPAN = re.compile(r"`([^`]+)`([.,;:!?]*)")
"""A code span, as the book has it, and the marks behind it."""

_MARK = re.compile(r"[!-/:-@\[-`{-~]")


def prose(text: str) -> str:
    """A text as words of a sentence, in the middle of a line: Markdown and GitHub see nothing but characters in it."""
    flat = _UNSEEN.sub("", " ".join(text.split()))
    return _ASCII.sub(_run, flat)


def _run(run: re.Match[str]) -> str:
    if span := _SPAN.fullmatch(run[0]):
        return f"<code>{_entities(span[1])}</code>{_entities(span[2])}"
    return f"<code>{_entities(run[0])}</code>" if _WIRED.search(run[0]) else _entities(run[0])


def _entities(text: str) -> str:
    return _MARK.sub(lambda mark: mark[0] if mark[0] in ",.;?'\"-" else f"&#{ord(mark[0])};", text)


def edited(old: str, new: str) -> str:
    """Two versions of a sentence in one: the words that changed are marked as deleted and inserted."""
    runs = ((run.mark, prose(run.text)) for run in word_changes(old, new))
    return " ".join(text if mark == "same" else f"<{mark}>{text}</{mark}>" for mark, text in runs)


def inline(text: str) -> str:
    """A short text, as a code span where Markdown would interpret it."""
    flat = _UNSEEN.sub("", " ".join(text.split()))
    short = flat if len(flat) <= MOST else flat[: MOST - 1] + "…"
    return code(short) if _MEANT.search(short) else short


def is_plain(text: str) -> bool:
    """Whether a text may be used in a commit message, where nothing can be quoted.

    It mentions and links nothing, and does not keep GitHub from running the workflows of the commit.
    """
    return text.isprintable() and not re.search(r"[@#]|://|GH-\d|\[[a-z]+\s+[a-z]+\]|skip-checks", text, re.IGNORECASE)
