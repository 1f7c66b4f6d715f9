"""Code, formulas and tags that English moved and edited at once: they are told from new ones by what they keep."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from bot.document.model import Block
from bot.planning.tag_strings import strings, without_strings

KEPT = 0.6
"""The share of its lines, or of those of the new block if that has more, from which code is the same one (a guess)."""

_LEAST = 24
"""Characters that code has at least in common with another place to be told from it (a guess)."""

_TAGS = 3
"""Least lines of a tag that is looked for: a shorter one is like many others (a guess)."""

_QUOTED = re.compile(r"^[ \t]*(?:>[ \t]*)+")
_TOKEN = re.compile(r"\\[A-Za-z]+|\w+|[^\s\w]")
_COMMON = 20
"""The blocks with a line from which on it says nothing of where code went (a guess)."""


def moved_code(
    old: Sequence[Block], new: Sequence[Block], gone: Collection[int], fresh: Collection[int]
) -> dict[int, int]:
    """Maps new blocks of code among ``fresh`` to the old ones among ``gone`` that they come from, each to another.

    So it does tags over several lines, by their strings and the code around these, and formulas with words in them, by
    their tokens.
    """
    lines = {i: _lines(old[i]) for i in gone if _is_wanted(old[i])}
    having = defaultdict[str, list[int]](list)
    for i, found in lines.items():
        for line in found:
            having[line].append(i)
    scores = []
    for j in fresh:
        if _is_wanted(new[j]):
            mine = _lines(new[j])
            near = {i for line in mine if len(having[line]) <= _COMMON for i in having[line]}
            for i in (i for i in near if old[i].kind == new[j].kind):
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


def _is_wanted(block: Block) -> bool:
    if block.kind == "math":
        return "\\text" in block.text or "\\mbox" in block.text
    return block.kind == "code" or (block.kind in ("html", "directive", "markup") and block.text.count("\n") >= _TAGS)


def _lines(block: Block) -> Counter[str]:
    """The lines inside a block of code, without the marks of quotes and white space, and without its fences.

    Of a tag, its strings are apart from the lines. Of a formula, all tokens.
    """
    if block.kind == "math":
        return Counter(_TOKEN.findall(block.text))
    if block.kind != "code":
        bare = (" ".join(line.split()) for line in without_strings(block.text).splitlines())
        return Counter([*strings(block.text), *filter(None, bare)])
    found = [" ".join(_QUOTED.sub("", line).split()) for line in block.text.strip().splitlines()]
    fenced = found[0][:3] in ("```", "~~~", ":::")
    return Counter(line for line in (found[1:-1] if fenced else found) if line)
