"""English in the HTML comments of a translation, as text: what a comment says, and a comment that says it.

Kubernetes keeps its Chinese pages so: before each paragraph, list or heading the English that it translates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_COMMENT = re.compile(
    r"(?P<lead>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(?P<open><!--(?:-(?!-?>))?)(?P<body>.*?)(?P<close>-*-->\s*)",
    re.DOTALL,
)
_ANY = re.compile(r"<!--(.*?)-->", re.DOTALL)
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?:.*\n)*?---[ \t]*\r?\n(?P<noted>\s*<!--+\s*(?:---\s*)?[\w-]+:\s)?")
"""Front matter; ``noted``: the English one is in a comment behind it."""

_KEY = re.compile(r"(?:\A|\n)[ \t]*(?:title|linkTitle|description)[ \t]*:")
_COMMON = frozenset("the of to is and that with you this for are".split())
"""Words that an English sentence of some length has, and few other languages."""


@dataclass(frozen=True)
class Comment:
    """A comment that is a block: ``lead`` is the indentation (or list marker) before it, ``body`` what is in it."""

    lead: str
    opening: str
    body: str
    closing: str

    @property
    def english(self) -> str:
        """What it says, as lines of Markdown with the indentation that they have in the document."""
        text = unescaped(self.body).strip("\r\n")
        margin = re.sub(r"[^\s>]", " ", self.lead)
        lines = text.splitlines(keepends=True)
        if self.body[:1] not in "\r\n" or self.lead.strip(" \t>"):  # it begins on the line of the mark
            lines[:1] = [self.lead + line.lstrip() for line in lines[:1]]
        elif margin and not all(line.startswith(margin) or line.strip() == margin.strip() for line in lines):
            lines = [margin + line.lstrip() if line.strip() else line for line in lines]
        return "".join(lines).rstrip()

    def saying(self, english: str, eol: str) -> str:
        """The comment with other words, in lines of their own as long as it had such."""
        text = escaped(english).strip("\r\n")
        if self.lead.strip(" \t>"):
            text = re.sub(r"\A[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+", "", text)
        inline = "\n" not in self.body and "\r" not in self.body
        if inline and "\n" not in text and "\r" not in text:
            said = text.removeprefix(self.lead).strip()
            return f"{self.lead}{self.opening} {said} {self.closing}"
        if inline or self.lead.strip(" \t>"):
            return f"{self.lead}{self.opening}{eol}{text}{eol}{self.closing}"
        lines = self.body.splitlines(keepends=True)
        filled = [n for n, line in enumerate(lines) if line.strip(" \t\r\n>")] or [0]
        start = "".join(lines[: filled[0]]) or eol
        last = lines[filled[-1]]
        end = last[len(last.rstrip("\r\n")) :] + "".join(lines[filled[-1] + 1 :]) or eol
        return f"{self.lead}{self.opening}{start}{text}{end}{self.closing}"


def read(block: str) -> Comment | None:
    """The comment that the text of a block is; None if it is something else, or more."""
    found = _COMMENT.fullmatch(block)
    if found is None or not found["body"].strip():
        return None
    return Comment(found["lead"], found["open"], found["body"], found["close"])


def written(english: str, indent: str, eol: str) -> str:
    """A new comment with lines of its own, at an indentation."""
    return f"{indent}<!--{eol}{escaped(english).strip(chr(13) + chr(10))}{eol}{indent}-->{eol}"


def escaped(english: str) -> str:
    """English that cannot end the comment that it is in."""
    return re.sub(r"--(!?)>", r"--\1&gt;", english)


def unescaped(body: str) -> str:
    return re.sub(r"--(!?)&gt;", r"--\1>", body)


def has_english(text: str) -> bool:
    """Whether a document seems to have English in comments: a sentence, or a title. It need not be that of the book."""
    return any(
        _KEY.search(found[1]) or len(_COMMON & set(re.findall(r"[a-z]+", found[1].casefold()))) > 1
        for found in _ANY.finditer(text)
    )


def bodies(text: str) -> tuple[str, ...]:
    """What all comments of a document say, in order."""
    return tuple(found[1] for found in _ANY.finditer(text))


def is_current(target: str, english: str) -> bool:
    """Whether the comments of ``target`` say all of ``english`` and no more, as far as lines can tell.

    Much faster than to parse both. False where that is not sure: a further line in Latin letters may be code that
    English has no longer.
    """
    front = _FRONT.match(target)
    if front and not front["noted"]:  # nothing tells what that of English was
        target, english = target[front.end() :], _FRONT.sub("", english)
    elif front:
        target = target[front.start("noted") :]
    lines = iter(_lines(target))
    for line in filter(None, map(str.strip, english.splitlines())):
        if line == "---":  # around front matter, but not in the comment
            continue
        for said in lines:
            if line in said.forms:
                break
            if not said.is_own:
                return False
        else:
            return False
    return all(said.is_own for said in lines)


@dataclass(frozen=True)
class _Line:
    """A line, without the mark of a comment and with it; ``is_own``: only the translation has it beyond doubt."""

    forms: tuple[str, ...]
    is_own: bool


def _lines(target: str) -> Iterator[_Line]:
    """The lines of a translation, without blank ones."""
    at = 0
    for found in [*_ANY.finditer(target), None]:
        for line in map(str.strip, target[at : found.start() if found else len(target)].splitlines()):
            if line and line != "---":
                yield _Line((line,), not line.isascii())
        if found is None:
            return
        lines = [*filter(None, map(str.strip, unescaped(found[1]).removeprefix("-").splitlines()))]
        if len(lines) == 1 and "\n" not in found[1]:  # English too may have a comment such as <!-- body -->
            yield _Line((lines[0], found[0]), not lines[0].isascii())
        else:
            yield from (_Line((line,), False) for line in lines if line != "---")
        at = found.end()


def inside(block: str) -> str:
    """What the first comment in a text says."""
    found = _ANY.search(block)
    return unescaped(found[1]) if found else ""
