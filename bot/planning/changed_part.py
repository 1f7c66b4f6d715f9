"""The part of a long text that an edit changed, so that its versions need not be read as a whole."""

from __future__ import annotations

import re

from rapidfuzz.distance import Postfix, Prefix

_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})([^\r\n]*)\r?$", re.M)
_FRONT = re.compile(r"(---|\+\+\+)[ \t]*\r?\n(?s:.*?)\n\1[ \t]*(?=\r?\n|\Z)")
_PARTING = re.compile(r"\n[ \t\r]*\n(?=\S)")
_BLANK = re.compile(r"\n(?:[ \t\r]*\n)+")


def changed_part(before: str, after: str) -> tuple[str, str, str]:
    """What differs between two texts, from the start of a block to the end of one, and the rest, which both have.

    What is before it has no open fence, and all or nothing of the front matter. Another block with blank lines in it,
    such as a formula, may be cut.
    """
    if before == after:
        return "", "", after
    head = Prefix.similarity(before, after)
    most = min(len(before), len(after)) - head
    tail = min(most, Postfix.similarity(before, after))
    front = _FRONT.match(after)
    opened = front.end() if front else 0
    start = _start(after, head) if head >= opened else 0
    end = _PARTING.search(after, max(start, len(after) - tail, 0 if start else opened))
    stop = end.start() if end else len(after)
    return before[start : len(before) - len(after) + stop], after[start:stop], f"{after[:start]}\n\n{after[stop:]}"


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
