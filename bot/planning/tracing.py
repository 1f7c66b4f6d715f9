"""Traces each new English sentence to the old one that it came from, wherever that was.

It searches first within a block and its later form, then the whole document: exact matches, then folded ones,
then the most similar ones. Sentences that were split or joined are traced together.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

from rapidfuzz.fuzz import ratio

from bot.alignment import gale_church
from bot.alignment.sequences import stretches
from bot.document.edits import fold, similarity
from bot.document.segmentation import Sentence
from bot.document.sentences import normal

Trace = dict[int, list[int]]
"""Maps the index of a new sentence to the indices of the old sentences it came from."""

NEAR = 60.0
"""Least similarity (0 to 100) at which a sentence elsewhere in the document counts as an edited form of this one."""

_SHORT = 20
"""Sentences shorter than this (in code points) are looked up elsewhere only by exact text."""

_MANY = 250_000
"""Above this many pairs, only sentences that share a rare word are compared; real documents have fewer pairs."""

_COMMON = 30
"""A word in more sentences than this is not rare; a sentence is compared with at most this many."""


def trace(
    old: Sequence[Sentence],
    new: Sequence[Sentence],
    later: Mapping[int, Iterable[int]],
    cells: Mapping[tuple[int, int], Mapping[int, int]] = MappingProxyType({}),
) -> Trace:
    """Traces ``new`` to ``old``; ``later`` maps an old block to the new blocks it became.

    ``cells`` are the fields of an old row, by those of the new one, for an old block and what it became.
    """
    by_old: defaultdict[int, list[int]] = defaultdict(list)
    by_new: defaultdict[int, list[int]] = defaultdict(list)
    for n, sentence in enumerate(old):
        by_old[sentence.block].append(n)
    for n, sentence in enumerate(new):
        by_new[sentence.block].append(n)
    traced: dict[int, int] = {}
    edited: list[tuple[list[int], list[int]]] = []
    replaced: list[tuple[int, int]] = []
    for block, becomes in later.items():
        for b in becomes:
            if known := cells.get((block, b)):
                replaced += _by_cell(old, new, by_old[block], by_new[b], known, traced)
        becomes = [b for b in becomes if (block, b) not in cells]
        edited += _within(old, new, by_old[block], [n for b in becomes for n in by_new[b]], traced)
    free = set(range(len(old))) - set(traced.values())
    for key in (normal, fold):
        _exact(old, new, free, traced, key)
    taken = set(traced.values())
    traced |= {n: m for m, n in replaced if n not in traced and m not in taken}
    for before, after in edited:
        _paired(old, new, [m for m in before if m in free], [n for n in after if n not in traced], traced)
    _near(old, new, sorted(free - set(traced.values())), traced)
    out: Trace = {n: [m] for n, m in traced.items()}
    _join(old, new, set(range(len(old))) - set(traced.values()), out)
    return out


def _within(
    old: Sequence[Sentence],
    new: Sequence[Sentence],
    before: list[int],
    after: list[int],
    traced: dict[int, int],
) -> Iterator[tuple[list[int], list[int]]]:
    """Traces what a block and its later form share word for word; yields the stretches that differ."""
    for part in stretches([normal(old[n].text) for n in before], [normal(new[n].text) for n in after]):
        if part.same:
            traced.update(zip(after[part.b : part.b_end], before[part.a : part.a_end], strict=True))
        else:
            yield before[part.a : part.a_end], after[part.b : part.b_end]


def _by_cell(
    old: Sequence[Sentence],
    new: Sequence[Sentence],
    before: list[int],
    after: list[int],
    known: Mapping[int, int],
    traced: dict[int, int],
) -> Iterator[tuple[int, int]]:
    """Traces the cells of a row that are the same in one column; yields those that differ, old and new."""
    places = {old[m].field: m for m in before}
    for n in after:
        m = places.get(known.get(new[n].field, -1))
        if m is not None and normal(old[m].text) == normal(new[n].text):
            traced[n] = m
        elif m is not None:
            yield m, n


def _paired(
    old: Sequence[Sentence],
    new: Sequence[Sentence],
    before: list[int],
    after: list[int],
    traced: dict[int, int],
) -> None:
    """Traces the sentences of a stretch to the most similar ones of its old form, in order."""
    a, b = [normal(old[n].text) for n in before], [normal(new[n].text) for n in after]
    for left, right in gale_church.best_path(len(a), len(b), _Unlike(a, b), ((1, 1), (1, 0), (0, 1))):
        if left and right:
            traced[after[right[0]]] = before[left[0]]


@dataclass(frozen=True)
class _Unlike:
    """The costs of tracing sentences to those of ``before``: the less, the more similar they are."""

    before: Sequence[str]
    after: Sequence[str]

    def lines(self, first: int, di: int, dj: int, spans: Sequence[range]) -> Sequence[Sequence[float]]:
        """For each of the ``spans``, a row from ``first`` on."""
        if not (di and dj):
            return [[0.5] * len(span) for span in spans]
        return [self._row(self.before[i], self.after[span.start : span.stop]) for i, span in enumerate(spans, first)]

    def _row(self, one: str, others: Sequence[str]) -> list[float]:
        costs = {other: self._cost(one, other) for other in set(others)}  # long lists repeat few texts
        return [costs[other] for other in others]

    def _cost(self, one: str, other: str) -> float:
        alike = _likeness(one, other)
        return 1.3 * (1 - alike) if alike > 0.4 or len(self.before) == len(self.after) == 1 else 9.0


@lru_cache(maxsize=4096)
def _likeness(one: str, other: str) -> float:
    """The similarity of two sentences, 0 to 1; where sentences are repeated, the same ones are met again and again."""
    return ratio(one, other) / 100


def _exact(
    old: Sequence[Sentence],
    new: Sequence[Sentence],
    free: set[int],
    traced: dict[int, int],
    key: Callable[[str], str],
) -> None:
    places: defaultdict[str, deque[int]] = defaultdict(deque)
    for n in sorted(free):
        places[key(old[n].text)].append(n)
    for n, sentence in enumerate(new):
        if n not in traced and (found := places.get(key(sentence.text))):
            traced[n] = found.popleft()
            free.remove(traced[n])


def _near(old: Sequence[Sentence], new: Sequence[Sentence], free: list[int], traced: dict[int, int]) -> None:
    left = [n for n in range(len(new)) if n not in traced and len(new[n].text) >= _SHORT]
    if not left or not free:
        return
    sources = [normal(old[m].text) for m in free]
    candidates = _Candidates(sources) if len(left) * len(free) > _MANY else None
    ranked: list[tuple[float, int, int]] = []
    for i, n in enumerate(left):
        text = normal(new[n].text)
        places = candidates.of(text) if candidates else range(len(sources))
        ranked += [(s, -i, -j) for j in places if (s := ratio(text, sources[j], score_cutoff=NEAR)) > 0]
    ranked.sort(reverse=True)
    taken: set[int] = set()
    for _, i, j in ranked:
        n, m = left[-i], free[-j]
        if n not in traced and m not in taken:
            traced[n] = m
            taken.add(m)


class _Candidates:
    """Selects sentences worth comparing with another one: those that share its rarer words and pairs of words."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.places: defaultdict[str, list[int]] = defaultdict(list)
        for n, text in enumerate(texts):
            for key in _keys(text):
                self.places[key].append(n)

    def of(self, text: str) -> list[int]:
        shared = Counter(n for key in _keys(text) if len(found := self.places.get(key, ())) <= _COMMON for n in found)
        return [n for n, _ in shared.most_common(_COMMON)]


def _keys(text: str) -> Iterable[str]:
    words = text.split()
    return dict.fromkeys([*words, *map(" ".join, pairwise(words))])


def _join(old: Sequence[Sentence], new: Sequence[Sentence], free: set[int], out: Trace) -> None:
    """Handles split or joined sentences: adds a neighbour where that makes the texts more similar."""
    for n in sorted(out):
        for step in (1, -1):
            m = out[n][0] + step
            if m in free and old[m].block == old[out[n][0]].block:
                before = sorted([*out[n], m])
                joined = " ".join(old[k].text for k in before)
                if similarity(joined, new[n].text) > _alike(old, new, out[n], [n]) + 0.05:
                    out[n] = before
                    free.discard(m)
        for step in (1, -1):
            k = n + step
            if 0 <= k < len(new) and k not in out and new[k].block == new[n].block:
                group = sorted([n, k])
                if _alike(old, new, out[n], group) > _alike(old, new, out[n], [n]) + 0.05:
                    out[k] = list(out[n])


def _alike(old: Sequence[Sentence], new: Sequence[Sentence], before: list[int], after: list[int]) -> float:
    return similarity(" ".join(old[k].text for k in before), " ".join(new[k].text for k in after))
