"""Follows sentences from an earlier version of a translation to the present one, where people moved them in a block."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from rapidfuzz.fuzz import ratio

from bot.alignment.block_order import earlier_order, earlier_places
from bot.document.model import Document
from bot.document.segmentation import Sentence, block_sentences, document_sentences
from bot.document.sentences import letters, normal

_ALIKE = 60.0
"""Similarity (0 to 100) from which a sentence elsewhere is taken for a new wording of an earlier one (a guess)."""

_MANY = 2500
"""Above this many pairs, edited sentences are not compared with each other; a paragraph has fewer."""

_STOP = re.compile(r"[.!?]\s+(?=\S)")

_COMMON = 30
"""A sentence that is in more blocks than this does not tell which block it is in."""


@dataclass(frozen=True)
class Moved:
    """The sentences of blocks as they were ``before`` and as they are ``now``, and who is who, by their numbers."""

    before: tuple[Sentence, ...]
    now: tuple[Sentence, ...]
    found: Mapping[int, int]

    @cached_property
    def places(self) -> Mapping[int, int]:
        """Where sentences were, for the starts of where they are."""
        return {self.now[m].start: self.before[n].start for n, m in self.found.items()}

    def within(self, start: int, end: int) -> Iterator[int]:
        """The present numbers of the earlier sentences in a stretch of the earlier text."""
        for n, sentence in enumerate(self.before):
            if start <= sentence.start < end and n in self.found:
                yield self.found[n]


class Followed:
    """A translation as it was ``before``, and as it is ``now``."""

    def __init__(self, before: Document, now: Document, language: str) -> None:
        self.before, self.now, self.language = before, now, language

    def moved(self, blocks: Sequence[int]) -> Moved | None:
        """Where the sentences of present ``blocks`` were; None if people moved none of them."""
        now = [s for t in blocks for s in block_sentences(self.now, t, self.language)]
        if len(now) < 2:
            return None
        origins = sorted({self.origins[t] for t in blocks if t in self.origins})
        before = [s for b in origins for s in block_sentences(self.before, b, self.language)]
        before, now = _split(before, now), _split(now, before)
        found = _follow([_key(s.text) for s in before], [_key(s.text) for s in now])
        places = [found[n] for n in sorted(found)]
        if all(a < b for a, b in pairwise(places)):
            return None
        return Moved(tuple(before), tuple(now), found)

    def order(self) -> list[int] | None:
        """The present blocks in the order that they had; None if people moved none, and for notebooks."""
        if any(b.kind == "cell" for b in self.now.blocks):
            return None
        return earlier_order(self.origins, len(self.now.blocks))

    @cached_property
    def origins(self) -> dict[int, int]:
        """The number that each present block had before, those of new blocks left out."""
        return earlier_places(self.before.blocks, self.now.blocks, self._shared)

    def _shared(self, t: int) -> tuple[int, int]:
        """The earlier block that most sentences of a present one were in (-1: none is known), and how many."""
        own = self._keys(self.now, t)
        count: Counter[int] = Counter()
        for key in set(own):
            if len(places := self._places.get(key, ())) <= _COMMON:
                count.update(places)
        best = max(count, key=lambda b: (count[b], self._keys(self.before, b) == own, -abs(b - t)), default=-1)
        return best, count[best]

    def _keys(self, document: Document, block: int) -> list[str]:
        return [_key(s.text) for s in block_sentences(document, block, self.language)]

    @cached_property
    def _places(self) -> dict[str, set[int]]:
        """The earlier blocks that each sentence is in."""
        places: defaultdict[str, set[int]] = defaultdict(set)
        for sentence in document_sentences(self.before, self.language):
            places[_key(sentence.text)].add(sentence.block)
        return places


def _key(text: str) -> str:
    return letters(text) or normal(text)


def _split(sentences: Sequence[Sentence], others: Sequence[Sentence]) -> list[Sentence]:
    """Sentences, apart where the other side has them apart: what a sentence ends with may be an abbreviation too."""
    known = {_key(s.text) for s in others}
    within = {_key(piece.text) for other in others for piece in _pieces(other)}
    out: list[Sentence] = []
    for sentence in sentences:
        pieces = _pieces(sentence) if _key(sentence.text) not in known else []
        out += pieces if pieces and all(_key(p.text) in known | within for p in pieces) else [sentence]
    return out


def _pieces(sentence: Sentence) -> list[Sentence]:
    """A sentence cut behind each full stop; none if its text is not as long as its stretch of the document."""
    ends = [0, *(m.end() for m in _STOP.finditer(sentence.text)), len(sentence.text)]
    if len(ends) == 2 or sentence.end - sentence.start != len(sentence.text):
        return []
    out = []
    for a, b in pairwise(ends):
        text = sentence.text[a:b]
        b = a + len(text.rstrip())
        out.append(replace(sentence, start=sentence.start + a, end=sentence.start + b, text=text.rstrip()))
    return out


def _follow(before: Sequence[str], now: Sequence[str]) -> dict[int, int]:
    """Where each earlier sentence is now: the same one, else the most similar one, else the only one that is left."""
    places: defaultdict[str, deque[int]] = defaultdict(deque)
    for m, key in enumerate(now):
        places[key].append(m)
    found = {n: places[key].popleft() for n, key in enumerate(before) if places.get(key)}
    old, new = _rest(before, now, found)
    if len(old) * len(new) <= _MANY:
        ranked = ((ratio(before[n], now[m]), -abs(n - m), n, m) for n in old for m in new)
        for score, _, n, m in sorted(ranked, reverse=True):
            if score >= _ALIKE and n not in found and m not in found.values():
                found[n] = m
    old, new = _rest(before, now, found)
    crossed = any(a > b for a, b in pairwise(found[n] for n in sorted(found)))
    if len(old) == len(new) and (crossed or len(old) == 1):
        found.update(zip(old, new, strict=True))
    return found


def _rest(before: Sequence[str], now: Sequence[str], found: Mapping[int, int]) -> tuple[list[int], list[int]]:
    taken = set(found.values())
    return [n for n in range(len(before)) if n not in found], [m for m in range(len(now)) if m not in taken]
