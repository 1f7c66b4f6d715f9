"""The commands ``/retranslate [PATH[#ANCHOR]] [--force]`` and ``/reviewed [PATH]``: the first line of a comment.

They are read strictly. Only an exact command has an effect: a comment that resembles one is answered with what was not
understood, and every other comment is ignored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.contracts import COMMAND, REVIEWED
from bot.messages import Message

USAGE = Message("{first} or {last}", first=f"{COMMAND} [PATH[#ANCHOR]] [--force]", last=f"{REVIEWED} [PATH]")
_LONGEST = 1000
"""Maximum code points of a first line; no path of a book is that long (a guess)."""

_WORD = re.compile(r'"[^"\x00-\x1f]+"|[^\s"\x00-\x1f]+')
_WORDS = re.compile(rf"(?:[ \t]+(?:{_WORD.pattern}))*[ \t]*")


@dataclass(frozen=True)
class Command:
    """A request: one document (or all), one section of it (or all), including what people edited (``force``)."""

    path: str = ""
    anchor: str = ""
    force: bool = False


@dataclass(frozen=True)
class Confirm:
    """Says that people have reviewed one document of a pull request (or all)."""

    path: str = ""


@dataclass(frozen=True)
class Misuse:
    """A command that was not understood, and the reason."""

    why: str


def read(body: str) -> Command | Confirm | Misuse | None:
    """The command of a comment, if it is one. What follows the first line is for people."""
    line = re.split(r"\r\n|\r|\n", body[: _LONGEST + 1], maxsplit=1)[0]
    name = re.match(rf"({re.escape(COMMAND)}|{re.escape(REVIEWED)})(?![\w/-])", line)
    if not name:
        return None
    if len(line) > _LONGEST:
        return Misuse(Message("the line is too long"))
    found = parsed(line[name.end() :])
    if name[1] == COMMAND or isinstance(found, Misuse):
        return found
    if found.anchor or found.force:
        return Misuse(Message("{command} takes a document, and nothing else", command=REVIEWED))
    return Confirm(found.path)


def parsed(words: str) -> Command | Misuse:
    """The words after the command's name."""
    if not _WORDS.fullmatch(words):
        return Misuse(Message("it is not clear where one word ends and the next begins"))
    force, named = False, list[str]()
    for word in _WORD.findall(words):
        if word == "--force" and force:
            return Misuse(Message("--force is given twice"))
        if word.startswith("-") and word != "--force":
            return Misuse(Message("--force is the only option"))
        force = force or word == "--force"
        named += [word.strip('"')] if word != "--force" else []
    if len(named) > 1:
        return Misuse(Message("more than one document is named; a path with spaces needs quotes"))
    path, mark, anchor = named[0].partition("#") if named else ("", "", "")
    if mark and not (path and anchor):
        return Misuse(Message("an anchor comes after the path of its document: {example}", example="PATH#ANCHOR"))
    return Command(path, anchor, force)
