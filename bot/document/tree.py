"""The documents of a book at one commit, and the share of lines that two documents have in common."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from bot.contracts import NOTEBOOK
from bot.errors import AmtsError
from bot.messages import Message

CHARACTERS = 2_000_000
"""The most code points of a text file that is read; the largest changelogs have a million."""

LINES = 50_000
"""The most lines that are not blank. A plan takes up to 0.25 ms a line, so the largest ones take some ten seconds."""


@dataclass(frozen=True)
class Tree:
    """The files of a commit, path → blob id, with ``read`` for the bytes of a blob; ``links`` are refused."""

    files: Mapping[str, str]
    read: Callable[[str], bytes]
    links: Collection[str] = ()

    @property
    def fingerprint(self) -> str:
        """Equal for two trees of the same documents (40 hex digits)."""
        return hashlib.sha1(repr(sorted(self.files.items())).encode(), usedforsecurity=False).hexdigest()

    def text(self, path: str) -> str:
        """The text of a document, that of a notebook as its page. Raises AmtsError when it cannot be read."""
        return decoded(self.read(self.files[path]), path)


def decoded(data: bytes, path: str) -> str:
    """The text of a Markdown file, or the page of a notebook (``notebook.Page``).

    Raises AmtsError for one that is binary, not UTF-8, no valid notebook, or larger than ``CHARACTERS`` or ``LINES``.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise AmtsError(
            Message("{path} is not UTF-8 text", path=path),
            why=Message("byte {position} cannot be decoded", position=str(error.start)),
            fix=Message("save the file as UTF-8"),
        ) from error
    if "\0" in text:
        raise AmtsError(
            Message("{path} is a binary file", path=path),
            why=Message("it holds a NUL byte"),
            fix=Message("remove it or exclude its path"),
        )
    if path.endswith(NOTEBOOK):
        from bot.document import notebook  # most books have none

        text = notebook.read(text, path).page
    if too_large := _too_large(text):
        raise AmtsError(f"{path} is too large", why=too_large, fix="split it, or exclude its path")
    return text


def _too_large(text: str) -> str:
    """Which bound a text exceeds; empty if it exceeds none."""
    if len(text) > CHARACTERS:
        return f"it has {len(text):,} characters, and at most {CHARACTERS:,} are read"
    if text.count("\n") + text.count("\r") > LINES:
        lines = sum(bool(line.strip()) for line in text.splitlines())
        if lines > LINES:
            return f"it has {lines:,} lines that are not blank, and at most {LINES:,} are read"
    return ""


def readable(data: bytes, path: str) -> str:
    """The text of a document as ``decoded``; empty if it cannot be read."""
    try:
        return decoded(data, path)
    except AmtsError:
        return ""


def bag(text: str) -> Counter[str]:
    """Lines worth comparing; the first label has a high weight, since it names the section."""
    lines = [line.strip() for line in text.splitlines()]
    labels = [line for line in lines if line.startswith(":label:`sec_") or line.startswith(":label:`chap_")]
    found = Counter(line for line in lines if len(line) > 12)
    if labels:
        found[labels[0]] += max(3, found.total() // 5)
    return found


def overlap(one: Counter[str], two: Counter[str]) -> float:
    """Share of the lines of the longer text that the other also has, 0 to 1."""
    total = max(one.total(), two.total())
    return (one & two).total() / total if total else 1.0
