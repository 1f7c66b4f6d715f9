"""The part of a long text that an edit changed, so that its versions need not be read as a whole."""

from __future__ import annotations

import re

from rapidfuzz.distance import Postfix, Prefix

_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})([^\r\n]*)\r?$", re.M)
_PARTING = re.compile(r"\n[ \t\r]*\n(?=\S)")
_BLANK = re.compile(r"\n(?:[ \t\r]*\n)+")


def changed_part(before: str, after: str) -> tuple[str, str]:
    """What differs between two texts, from the start of a block to the end of one; both are empty for equal texts.

    What is before it has no open fence. A block that holds blank lines and is none, such as a formula, may be cut.
    """
    if before == after:
        return "", ""
    head = Prefix.similarity(before, after)
    most = min(len(before), len(after)) - head
    tail = min(most, Postfix.similarity(before, after))
    start = _start(after, head)
    end = _PARTING.search(after, max(start, len(after) - tail))
    rest = len(after) - (end.start() if end else len(after))
    return before[start : len(before) - rest], after[start : len(after) - rest]


def fresh_blocks(before: str, after: str) -> str:
    """Those parts of ``after`` between blank lines that ``before`` does not have, in order."""
    known = set(_BLANK.split(before))
    return "\n\n".join(part for part in _BLANK.split(after) if part not in known)


def _start(text: str, at: int) -> int:
    """The start of the block that has ``at`` in it, or of the fence around it."""
    start = max((m.end() for m in _PARTING.finditer(text, 0, at)), default=0)
    opened, place = "", 0
    for fence in _FENCE.finditer(text, 0, start):
        if not opened:
            opened, place = fence[1], fence.start()
        elif fence[1].startswith(opened) and not fence[2].strip():
            opened = ""
    return place if opened else start
