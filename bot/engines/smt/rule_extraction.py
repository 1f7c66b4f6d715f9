"""Rules of one aligned pair: phrases, and phrases with gaps that other phrases fill (Chiang, 2007).

"the ⟦x⟧ of ⟦x⟧" → "⟦x1⟧ 的 ⟦x0⟧" is learned wherever a third phrase contains two others. A gap is ⟦x⟧ in the source;
in the target it has its number in the source's order. Pieces of Markdown are written likewise, each kind by its
letter: a rule does not specify which piece it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.engines.smt.tokens import PLACE, Tokens, kind
from bot.engines.smt.word_alignment import Links

PHRASE = 7
"""Maximum number of words on either side of a phrase without gaps."""

REACH = 10
"""Maximum number of source words that a rule with gaps covers, gaps included."""

SYMBOLS = 5
"""Maximum number of words and gaps in the source of a rule with gaps (Chiang's limit)."""

GAP = "⟦x⟧"

Rule = tuple[Tokens, Tokens]
"""Source and target."""

Common = frozenset[str | tuple[str, str]]
"""Words, and pairs of adjacent words, that occur in several sentence pairs."""


@dataclass(frozen=True)
class Rules:
    """How often each rule occurs in a pair; a rule found by both kinds of alignment counts twice."""

    phrases: Counter[Rule]
    gapped: Counter[Rule]


class _Span(NamedTuple):
    """A stretch of the source and the stretch of the target that translates it; both ends are inclusive."""

    first: int
    last: int
    begin: int
    end: int


class Pair:
    """A sentence pair to extract rules from. ``common`` holds what a rule with gaps may contain."""

    def __init__(self, source: Tokens, target: Tokens, common: Common) -> None:
        self._source = [kind(token) for token in source]
        self._target = target
        number = {token: n for n, token in enumerate(t for t in source if PLACE.fullmatch(t))}
        self._place = [number.get(token, -1) for token in source]
        self._place_at = [number.get(token, -1) for token in target]
        self._reach = _reach(self._source, common)
        self._target_reach = _reach([kind(token) for token in target], common)

    def rules(self, alignments: Iterable[Links]) -> Rules:
        """The rules that the alignments allow."""
        phrases: Counter[_Span] = Counter()
        gapped: Counter[tuple[_Span, ...]] = Counter()
        for links in alignments:
            spans = _Alignment(links, len(self._source), len(self._target))
            phrases.update(spans.phrases())
            gapped.update(found for found in spans.with_gaps(self._reach) if self._worth(found))
        return Rules(self._spelled(((s,), n) for s, n in phrases.items()), self._spelled(gapped.items()))

    def _worth(self, spans: tuple[_Span, ...]) -> bool:
        """Whether all of the target outside the gaps is common."""
        outer, *gaps = spans
        at = outer.begin
        for begin, end in sorted([(gap.begin, gap.end) for gap in gaps]):
            if self._target_reach[at] < begin:
                return False
            at = end + 1
        return self._target_reach[at] > outer.end

    def _spelled(self, counted: Iterable[tuple[tuple[_Span, ...], int]]) -> Counter[Rule]:
        found: Counter[Rule] = Counter()
        for (outer, *gaps), number in counted:
            rule = self._rule(outer, gaps)
            if rule:
                found[rule] += number
        return found

    def _rule(self, outer: _Span, gaps: Sequence[_Span]) -> Rule | None:
        """The rule; None if a piece of Markdown would be lost or doubled."""
        source: list[str] = []
        places: dict[int, int] = {}
        at = outer.first
        for gap in (*gaps, None):
            for i in range(at, gap.first if gap else outer.last + 1):
                source.append(self._source[i])
                if self._place[i] >= 0:
                    places[self._place[i]] = len(places)
            if gap:
                source.append(GAP)
                at = gap.last + 1
        target: list[str] = []
        free = dict(places)
        at = outer.begin
        for gap in (*sorted(gaps, key=lambda g: g.begin), None):
            for j in range(at, gap.begin if gap else outer.end + 1):
                token = self._target[j]
                if PLACE.fullmatch(token):
                    number = free.pop(self._place_at[j], None)
                    if number is None:
                        return None
                    token = f"⟦{token[1]}{number}⟧"
                target.append(token)
            if gap:
                target.append(f"⟦x{gaps.index(gap)}⟧")
                at = gap.end + 1
        return None if free else (tuple(source), tuple(target))


class _Alignment:
    """The phrases that links allow: no word of either side is linked to one outside."""

    def __init__(self, links: Links, length: int, target_length: int) -> None:
        self._length, self._target_length = length, target_length
        self._low, self._high = [target_length] * length, [-1] * length
        self._target_low, self._target_high = [length] * target_length, [-1] * target_length
        for i, j in links:
            self._low[i], self._high[i] = min(j, self._low[i]), max(j, self._high[i])
            self._target_low[j], self._target_high[j] = min(i, self._target_low[j]), max(i, self._target_high[j])

    def phrases(self) -> Iterator[_Span]:
        """Phrases without gaps; words without links at the ends of the target may belong to them or not."""
        for span in self._tight(PHRASE):
            begin = span.begin
            while True:
                end = span.end
                while end - begin < PHRASE:
                    yield _Span(span.first, span.last, begin, end)
                    end += 1
                    if end == self._target_length or self._target_high[end] >= 0:
                        break
                begin -= 1
                if begin < 0 or self._target_high[begin] >= 0:
                    break

    def with_gaps(self, reach: Sequence[int]) -> Iterator[tuple[_Span, ...]]:
        """Phrases that begin and end with linked words, each with one or two such phrases inside; in source order.

        Text outside the gaps extends no further than ``reach`` allows from its start.
        """
        starting: list[list[_Span]] = [[] for _ in range(self._length)]
        spans = [s for s in self._tight(REACH) if self._high[s.first] >= 0 and self._high[s.last] >= 0]
        for span in spans:
            starting[span.first].append(span)
        linked = _sums(high >= 0 for high in self._high)
        for outer in spans:
            for gaps in _inside(outer, starting, reach):
                words = linked[outer.last + 1] - linked[outer.first]
                for gap in gaps:
                    words -= linked[gap.last + 1] - linked[gap.first]
                if words:
                    yield (outer, *gaps)

    def _tight(self, most: int) -> Iterator[_Span]:
        for first in range(self._length):
            begin, end = self._target_length, -1
            for last in range(first, min(self._length, first + most)):
                begin, end = min(begin, self._low[last]), max(end, self._high[last])
                if end < 0:
                    continue
                if min(self._target_low[begin : end + 1]) < first:
                    break
                if max(self._target_high[begin : end + 1]) <= last:
                    yield _Span(first, last, begin, end)


def _inside(outer: _Span, starting: Sequence[Sequence[_Span]], reach: Sequence[int]) -> Iterator[tuple[_Span, ...]]:
    stop = outer.last + 1
    size = stop - outer.first
    for first in range(outer.first, min(reach[outer.first] + 1, stop)):
        for one in starting[first]:
            if one.last > outer.last:
                break
            left = size - (one.last - one.first)
            behind = reach[one.last + 1]
            if 1 < left <= SYMBOLS and behind >= stop:
                yield (one,)
            # A word must separate two gaps, or it is unclear where the first one ends.
            for second in range(one.last + 2, min(behind + 1, stop)):
                for two in starting[second]:
                    if two.last > outer.last:
                        break
                    if left - (two.last - two.first) <= SYMBOLS and reach[two.last + 1] >= stop:
                        yield (one, two)


def _reach(words: Sequence[str], common: Common) -> list[int]:
    """For each place, and for the end, the last one up to which all words and adjacent pairs are common."""
    found = [len(words)] * (len(words) + 1)
    for n in reversed(range(len(words))):
        if words[n] not in common:
            found[n] = n
        elif n + 1 < len(words) and (words[n], words[n + 1]) not in common:
            found[n] = n + 1
        else:
            found[n] = max(found[n + 1], n + 1)
    return found


def _sums(flags: Iterable[bool]) -> list[int]:
    """How many of the first n are true, for every n."""
    sums = [0]
    for flag in flags:
        sums.append(sums[-1] + flag)
    return sums
