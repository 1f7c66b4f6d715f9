"""The difference of two versions of an English sentence, as hunks of words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from bot.repair.tokens import Token

ATOM, CONTENT, EXCHANGED, SMALL, STOP = 2.0, 1.0, 0.5, 0.3, 0.15
"""How much it is worth that a token stays: guesses, of which only the order matters much."""
OPENING = 0.35
"""Cost of a hunk: a lone small word between two changes joins them."""


@dataclass(frozen=True)
class Hunk:
    """Tokens ``old`` of the old sentence that became tokens ``new``; an ``exchange`` is one atom or number for another."""

    old: range
    new: range
    exchange: bool = False


@dataclass(frozen=True)
class Difference:
    """All hunks in order, without those that only moved; ``kept`` pairs positions of tokens that stay.

    ``share`` (0 to 1) is how much of the new sentence, by weight, was in the old one.
    """

    hunks: tuple[Hunk, ...]
    kept: tuple[tuple[int, int], ...]
    share: float


def weight(token: Token) -> float:
    """How much it is worth that a token stays."""
    if token.kind == "atom":
        return ATOM
    return CONTENT if token.content else SMALL if token.kind == "word" else STOP


def difference(old: Sequence[Token], new: Sequence[Token]) -> Difference:
    """Compares two sentences by dynamic programming: what stays counts by weight, and each hunk costs."""
    m, n = len(old), len(new)
    worst = float("-inf")
    # The best value up to each place, and whence: [0] where the last tokens stay, [1] inside a hunk.
    best = [[[worst, worst] for _ in range(n + 1)] for _ in range(m + 1)]
    back: dict[tuple[int, int, int], tuple[int, int, int]] = {}
    best[0][0][0] = 0.0
    for i in range(m + 1):
        for j in range(n + 1):
            if i and j and (value := _value(old[i - 1], new[j - 1])):
                before = best[i - 1][j - 1]
                state = int(before[1] > before[0])
                best[i][j][0] = before[state] + value
                back[i, j, 0] = i - 1, j - 1, state
            for a, b in ((i - 1, j), (i, j - 1)):
                if a >= 0 and b >= 0:
                    opened, longer = best[a][b][0] - OPENING, best[a][b][1]
                    if max(opened, longer) > best[i][j][1]:
                        best[i][j][1] = max(opened, longer)
                        back[i, j, 1] = a, b, int(longer >= opened)
    pairs = []
    at = m, n, int(best[m][n][1] > best[m][n][0])
    while at[0] or at[1]:
        if at[2] == 0:
            pairs.append((at[0] - 1, at[1] - 1))
        at = back[at]
    return _hunks(old, new, pairs[::-1])


def _value(a: Token, b: Token) -> float:
    if a.form == b.form and a.kind == b.kind:
        same = a.text.casefold() == b.text.casefold()
        return weight(b) * (1.0 if same else 0.8)
    if a.kind == b.kind == "number":
        return EXCHANGED
    if a.kind == b.kind == "atom" and a.text[0] == b.text[0]:
        return EXCHANGED * (0.5 + 0.5 * ratio(a.form, b.form) / 100)
    return 0.0


def _hunks(old: Sequence[Token], new: Sequence[Token], pairs: Sequence[tuple[int, int]]) -> Difference:
    hunks: list[Hunk] = []
    kept = []
    i = j = 0
    for a, b in (*pairs, (len(old), len(new))):
        if a > i or b > j:
            hunks.append(Hunk(range(i, a), range(j, b)))
        if a < len(old):
            if old[a].form != new[b].form:
                hunks.append(Hunk(range(a, a + 1), range(b, b + 1), exchange=True))
            else:
                kept.append((a, b))
        i, j = a + 1, b + 1
    hunks, moved = _without_moves(old, new, hunks)
    total = sum(weight(t) for t in new) or 1.0
    stays = sum(weight(new[b]) for _, b in kept) + sum(weight(new[b]) for b in moved)
    return Difference(tuple(hunks), tuple(kept), stays / total)


def _contents(tokens: Sequence[Token], places: range) -> Counter[str]:
    return Counter(tokens[k].form for k in places if tokens[k].content)


def _without_moves(old: Sequence[Token], new: Sequence[Token], hunks: Sequence[Hunk]) -> tuple[list[Hunk], list[int]]:
    """Leaves out what went in one place and came in another: the word order of a translation need not follow."""
    gone = {k: c for k, h in enumerate(hunks) if not h.exchange and (c := _contents(old, h.old))}
    come = {k: c for k, h in enumerate(hunks) if not h.exchange and (c := _contents(new, h.new))}
    ranges = {k: [h.old, h.new] for k, h in enumerate(hunks)}
    moved: list[int] = []
    for k, words in gone.items():
        for other, words_there in come.items():
            if k != other and words == words_there and len(ranges[k][0]) and len(ranges[other][1]):
                moved += list(ranges[other][1])
                ranges[k][0] = range(ranges[k][0].start, ranges[k][0].start)
                ranges[other][1] = range(ranges[other][1].start, ranges[other][1].start)
                break
    out = [Hunk(a, b, h.exchange) for (a, b), h in zip(ranges.values(), hunks, strict=True) if len(a) or len(b)]
    return out, moved
