"""The difference of two versions of an English sentence, as hunks of words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from bot.repair.tokens import Token

ATOM, CONTENT, EXCHANGED, SMALL, STOP = 2.0, 1.0, 0.5, 0.3, 0.15
"""How much it is worth that a token stays: guesses, of which little more than the order matters."""
OTHER_FORM = 0.8
"""Share of that if only the form of a word changed."""
OPENING = 0.35
"""Cost of a hunk, so that a lone small word between two changes joins them (a guess)."""
SPELT, CORRECTED = 6, 2
"""Fewest letters of words whose spelling may be corrected, and most letters that change (guesses)."""
LONGEST = 400
"""Tokens of a sentence beyond which nothing is compared: time grows with the square."""


@dataclass(frozen=True)
class Hunk:
    """Tokens ``old`` of the old sentence became tokens ``new``; ``exchange``: one atom or number became another."""

    old: range
    new: range
    exchange: bool = False


@dataclass(frozen=True)
class Difference:
    """The hunks in order, without what only moved; ``kept`` has the positions of tokens that stay, old and new.

    ``share`` (0 to 1) is how much of the new sentence, by weight, was in the old one.
    """

    hunks: tuple[Hunk, ...]
    kept: tuple[tuple[int, int], ...]
    share: float


def difference(old: Sequence[Token], new: Sequence[Token]) -> Difference:
    """Compares two sentences by dynamic programming: what stays counts by weight, and each hunk costs."""
    m, n = len(old), len(new)
    worst = float("-inf")
    # The best value up to each place where the last tokens stay, and where it is inside a hunk.
    kept, inside = [worst] * (n + 1), [worst] * (n + 1)
    # Where it comes from: whether the place before is inside a hunk, and if here is, whether only the old went on.
    came: list[list[bool]] = []
    went: list[list[tuple[bool, bool]]] = []
    for i in range(m + 1):
        above, over = kept, inside
        kept, inside = [worst] * (n + 1), [worst] * (n + 1)
        if not i:
            kept[0] = 0.0
        stays, gaps = [False] * (n + 1), [(False, False)] * (n + 1)
        values = _values(old[i - 1], new) if i else {}
        for j in range(n + 1):
            if value := values.get(j - 1):
                stays[j] = over[j - 1] > above[j - 1]
                kept[j] = (over[j - 1] if stays[j] else above[j - 1]) + value
            best = worst
            if i:
                opened, longer = above[j] - OPENING, over[j]
                if opened > best or longer > best:
                    best, gaps[j] = max(opened, longer), (longer >= opened, True)
            if j:
                opened, longer = kept[j - 1] - OPENING, inside[j - 1]
                if opened > best or longer > best:
                    best, gaps[j] = max(opened, longer), (longer >= opened, False)
            inside[j] = best
        came.append(stays)
        went.append(gaps)
    pairs = []
    i, j, hunk = m, n, inside[n] > kept[n]
    while i or j:
        if hunk:
            hunk, down = went[i][j]
            i, j = (i - 1, j) if down else (i, j - 1)
        else:
            pairs.append((i - 1, j - 1))
            hunk = came[i][j]
            i, j = i - 1, j - 1
    return _difference(old, new, pairs[::-1])


def is_spelling(old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Whether some words are the same with other spaces between them, or a letter or two corrected."""
    one, other = ("".join(token.text for token in side).casefold() for side in (old, new))
    words = all(token.kind == "word" for token in (*old, *new))
    return (
        words
        and min(len(one), len(other)) >= SPELT
        and one[0] == other[0]  # not "supervised" and "unsupervised"
        and OSA.distance(one, other, score_cutoff=CORRECTED) <= CORRECTED
    )


def _weight(token: Token) -> float:
    if token.kind == "atom":
        return ATOM
    return CONTENT if token.content else SMALL if token.kind == "word" else STOP


def _values(token: Token, new: Sequence[Token]) -> dict[int, float]:
    """What it is worth that a token stays, by the places in ``new`` where it may."""
    return {j: value for j, b in enumerate(new) if b.kind == token.kind and (value := _value(token, b))}


def _value(a: Token, b: Token) -> float:
    if a.form == b.form and a.kind == b.kind:
        return _weight(b) * (1.0 if a.text.casefold() == b.text.casefold() else OTHER_FORM)
    if a.kind == b.kind == "number":
        return EXCHANGED
    if a.kind == b.kind == "atom" and a.text[0] == b.text[0]:
        return EXCHANGED * (0.5 + ratio(a.form, b.form) / 200)
    return 0.0


def _difference(old: Sequence[Token], new: Sequence[Token], pairs: Iterable[tuple[int, int]]) -> Difference:
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
    hunks = [part for hunk in hunks for part in _apart(old, new, hunk)]
    hunks, moved = _without_moves(old, new, hunks)
    total = sum(map(_weight, new)) or 1.0
    stays = sum(_weight(new[b]) for _, b in kept) + sum(_weight(new[b]) for b in moved)
    return Difference(tuple(hunks), tuple(kept), stays / total)


def _apart(old: Sequence[Token], new: Sequence[Token], hunk: Hunk) -> list[Hunk]:
    """A hunk that also removes what is in brackets, at one of its ends, as two."""
    opened = [k for k in hunk.old if old[k].text == "("]
    closed = [k for k in hunk.old if old[k].text == ")"]
    if len(opened) != 1 or len(closed) != 1 or closed < opened or any(new[k].text in "()" for k in hunk.new):
        return [hunk]
    before, within = range(hunk.old.start, opened[0]), range(opened[0], closed[0] + 1)
    after = range(within.stop, hunk.old.stop)
    if before and not after:
        return [Hunk(before, hunk.new), Hunk(within, range(hunk.new.stop, hunk.new.stop))]
    if after and not before:
        return [Hunk(within, range(hunk.new.start, hunk.new.start)), Hunk(after, hunk.new)]
    return [hunk]


def _without_moves(old: Sequence[Token], new: Sequence[Token], hunks: Sequence[Hunk]) -> tuple[list[Hunk], list[int]]:
    """The hunks without what went in one place and came in another, and the new positions of that.

    The order of words in a translation need not follow the English.
    """
    gone = {k: words for k, h in enumerate(hunks) if not h.exchange and (words := _contents(old, h.old))}
    come = {k: words for k, h in enumerate(hunks) if not h.exchange and (words := _contents(new, h.new))}
    left, right = [h.old for h in hunks], [h.new for h in hunks]
    moved: list[int] = []
    for k, words in gone.items():
        other = next((n for n, found in come.items() if n != k and found == words and right[n]), None)
        if other is not None:
            moved += right[other]
            left[k], right[other] = range(0), range(0)
    return [Hunk(a, b, h.exchange) for a, b, h in zip(left, right, hunks, strict=True) if a or b], moved


def _contents(side: Sequence[Token], places: range) -> Counter[str]:
    return Counter(side[k].form for k in places if side[k].content)
