"""Code that English moved and edited at once: it is told from new code by the lines that it keeps."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from bot.document.model import Block

KEPT = 0.6
"""The share of its lines, or of those of the new block if that has more, from which code is the same one (a guess)."""

_LEAST = 24
"""Characters that code has at least in common with another place to be told from it (a guess)."""

_QUOTED = re.compile(r"^[ \t]*(?:>[ \t]*)+")
_COMMON = 20
"""The blocks with a line from which on it says nothing of where code went (a guess)."""


def moved_code(
    old: Sequence[Block], new: Sequence[Block], gone: Collection[int], fresh: Collection[int]
) -> dict[int, int]:
    """Maps new blocks of code among ``fresh`` to the old ones among ``gone`` that they come from, each to another."""
    lines = {i: _lines(old[i]) for i in gone if old[i].kind == "code"}
    having = defaultdict[str, list[int]](list)
    for i, found in lines.items():
        for line in found:
            having[line].append(i)
    scores = []
    for j in fresh:
        if new[j].kind == "code":
            mine = _lines(new[j])
            near = {i for line in mine if len(having[line]) <= _COMMON for i in having[line]}
            for i in near:
                shared = mine & lines[i]
                share = shared.total() / max(mine.total(), lines[i].total())
                if share >= KEPT and sum(map(len, shared.elements())) >= _LEAST:
                    scores.append((-share, j, i))
    out: dict[int, int] = {}
    taken: set[int] = set()
    for _, j, i in sorted(scores):
        if j not in out and i not in taken:
            out[j] = i
            taken.add(i)
    return out


def _lines(block: Block) -> Counter[str]:
    """The lines inside a block of code, without the marks of quotes and white space, and without its fences."""
    found = [" ".join(_QUOTED.sub("", line).split()) for line in block.text.strip().splitlines()]
    fenced = found[0][:3] in ("```", "~~~", ":::")
    return Counter(line for line in (found[1:-1] if fenced else found) if line)
