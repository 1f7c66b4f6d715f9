"""Traces each new English sentence to the old one that it came from, wherever that stood.

First inside a block and its later form, then through the whole document: exact, then folded, then the
most similar. Sentences that were split or joined are traced together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from rapidfuzz.fuzz import ratio

from bot.alignment import gale_church
from bot.document.edits import fold, similarity
from bot.document.segmentation import Sentence
from bot.document.sentences import normal

Trace = dict[int, list[int]]
"""From the index of a new sentence to those of the old sentences it came from."""

NEAR = 60.0
"""Least similarity (0 to 100) at which a sentence elsewhere in the document counts as the same one edited."""

_SHORT = 20
"""Shorter sentences (code points) are looked up elsewhere by exact text only."""


def trace(old: Sequence[Sentence], new: Sequence[Sentence], later: Mapping[int, Iterable[int]]) -> Trace:
    """Traces ``new`` to ``old``. ``later`` tells which new blocks an old block has become."""
    by_old: defaultdict[int, list[int]] = defaultdict(list)
    by_new: defaultdict[int, list[int]] = defaultdict(list)
    for n, sentence in enumerate(old):
        by_old[sentence.block].append(n)
    for n, sentence in enumerate(new):
        by_new[sentence.block].append(n)
    traced: dict[int, int] = {}
    edited: list[tuple[list[int], list[int]]] = []
    for block, becomes in later.items():
        edited += _within(old, new, by_old[block], [n for b in becomes for n in by_new[b]], traced)
    taken = set(traced.values())
    free = [n for n in range(len(old)) if n not in taken]
    for key in (normal, fold):
        _exact(old, new, free, traced, key)
    for before, after in edited:
        _paired(old, new, [m for m in before if m in free], [n for n in after if n not in traced], traced)
    taken = set(traced.values())
    _near(old, new, [m for m in free if m not in taken], traced)
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
    matcher = SequenceMatcher(
        None, [normal(old[n].text) for n in before], [normal(new[n].text) for n in after], autojunk=False
    )
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            traced.update((after[b1 + k], before[a1 + k]) for k in range(a2 - a1))
        else:
            yield before[a1:a2], after[b1:b2]


def _paired(
    old: Sequence[Sentence],
    new: Sequence[Sentence],
    before: list[int],
    after: list[int],
    traced: dict[int, int],
) -> None:
    """Traces the sentences of a stretch to the most similar ones of its old form, in order."""
    a, b = [normal(old[n].text) for n in before], [normal(new[n].text) for n in after]

    def cost(i: int, di: int, j: int, dj: int) -> float:
        if not (di and dj):
            return 0.5
        alike = ratio(a[i], b[j]) / 100
        return 1.3 * (1 - alike) if alike > 0.4 or len(before) == len(after) == 1 else 9.0

    for left, right in gale_church.best_path(len(a), len(b), cost, ((1, 1), (1, 0), (0, 1))):
        if left and right:
            traced[after[right[0]]] = before[left[0]]


def _exact(
    old: Sequence[Sentence],
    new: Sequence[Sentence],
    free: list[int],
    traced: dict[int, int],
    key: Callable[[str], str],
) -> None:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for n in free:
        places[key(old[n].text)].append(n)
    for n, sentence in enumerate(new):
        if n not in traced and (found := places.get(key(sentence.text))):
            traced[n] = found.pop(0)
            free.remove(traced[n])


def _near(old: Sequence[Sentence], new: Sequence[Sentence], free: list[int], traced: dict[int, int]) -> None:
    left = [n for n in range(len(new)) if n not in traced and len(new[n].text) >= _SHORT]
    if not left or not free or len(left) * len(free) > 4_000_000:
        return
    sources = [normal(old[m].text) for m in free]
    ranked: list[tuple[float, int, int]] = []
    for i, n in enumerate(left):
        text = normal(new[n].text)
        ranked += [(s, -i, -j) for j, t in enumerate(sources) if (s := ratio(text, t, score_cutoff=NEAR)) > 0]
    ranked.sort(reverse=True)
    taken: set[int] = set()
    for _, i, j in ranked:
        n, m = left[-i], free[-j]
        if n not in traced and m not in taken:
            traced[n] = m
            taken.add(m)


def _join(old: Sequence[Sentence], new: Sequence[Sentence], free: set[int], out: Trace) -> None:
    """Sentences split in two or joined into one: a neighbour is taken in where that makes the texts more alike."""
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
