"""The documents of a book at one commit, and the share of lines that two documents have in common."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from bot.contracts import NOTEBOOK
from bot.errors import AmtsError
from bot.messages import Message


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

    Raises AmtsError for one that is binary, not UTF-8, or no valid notebook.
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

        return notebook.read(text, path).page
    return text


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
