"""What differs between two versions of code or markup, short enough to be named in a note to people."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Postfix, Prefix

from bot.alignment.sequences import Matcher
from bot.planning.flags import shortened

SHORT = 120
"""Characters of a version up to which both are named as they are (a guess)."""

_AROUND = 2
"""Words that are alike, shown on both sides of a change (a guess at what is enough to find it)."""

_WITHIN = 20
"""Characters that are alike, shown on both sides of a change in a long word, such as an address (a guess)."""


def differing(old: str, new: str) -> tuple[str, str]:
    """Both versions in one line each; of long ones what changed, with a little around it, and ``…`` for the rest."""
    sides = " ".join(old.split()), " ".join(new.split())
    if max(map(len, sides)) <= SHORT:
        return sides
    before, after = (side.split(" ") for side in sides)
    out: tuple[list[str], list[str]] = [], []
    opcodes = Matcher(None, before, after, autojunk=False).get_opcodes()
    for n, (tag, a, b, c, d) in enumerate(opcodes):
        if tag == "equal":
            alike = _elided(before[a:b], first=n == 0, last=n + 1 == len(opcodes))
            out[0].extend(alike)
            out[1].extend(alike)
            continue
        pair = _trimmed(" ".join(before[a:b]), " ".join(after[c:d]))
        for side, text in zip(out, pair, strict=True):
            side.extend([text] if text else [])
    shown = [shortened(" ".join(side)) for side in out]
    return shown[0], shown[1]


def _elided(words: Sequence[str], *, first: bool, last: bool) -> list[str]:
    """Words that are alike, with ``…`` for those that are not next to a change."""
    head = [] if first else list(words[:_AROUND])
    tail = [] if last else list(words[max(len(head), len(words) - _AROUND) :])
    return [*words] if len(head) + len(tail) + 1 >= len(words) else [*head, "…", *tail]


def _trimmed(old: str, new: str) -> tuple[str, str]:
    """Two versions of a word or more, without most of what they begin and end with alike."""
    head = Prefix.similarity(old, new)
    tail = min(Postfix.similarity(old, new), min(len(old), len(new)) - head)
    start, end = max(0, head - _WITHIN), max(0, tail - _WITHIN)
    if start + end <= _WITHIN:
        return old, new
    before, after = (f"{'…' if start else ''}{s[start : len(s) - end]}{'…' if end else ''}" for s in (old, new))
    return before, after
