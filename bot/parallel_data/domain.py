"""The subject of a book: selects the sentences from other sources that are on the same subject.

A sentence is judged by how surprising its words are to someone who has read only the book (its
cross-entropy under the book's words, as in Moore and Lewis, "Intelligent selection of language model
training data", 2010). The usual amount of surprise is measured on the book itself: each of its documents
is read by someone who has read only the others.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from sys import intern

from bot.alignment.translation_unit import TranslationUnit
from bot.document.atoms import ATOM

LEAST = 0.1
"""Default for how much a sentence must be like the book (see ``Subject.likeness``).

Measured on the English of Dive into Deep Learning: learned from 80% of the documents, it keeps 96% of the sentences of
the others, and 1 to 8% of those of licences, Perl and Python manuals and descriptions of packages; with 0.05 these are
98% and 7 to 29%, with 0.2 89% and 0 to 2%.
"""

_AROUND = 5
"""How many sentences on either side count as evidence for a sentence: articles keep to one subject (a guess)."""

_LENT = 20
"""Weight of the surroundings of a sentence, as a number of its own words (a guess)."""

_PASSAGE = 20
_MOST = 0.3
"""Share of passages (of ``_PASSAGE`` sentences each) above which a word counts as common (guesses)."""

_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Selection:
    """Translation units on the subject, and the others; both in their original order."""

    kept: tuple[TranslationUnit, ...]
    dropped: tuple[TranslationUnit, ...]


class Subject:
    """What a book is about, learned from its documents, each a sequence of sentences.

    Words found in most passages, of the book or of the ``others`` that are to be judged, are ignored.
    """

    def __init__(self, documents: Iterable[Sequence[str]], others: Iterable[Sequence[str]]) -> None:
        read = [[_words(sentence) for sentence in document] for document in documents]
        self._common = _common(read) & _common([_words(sentence) for sentence in other] for other in others)
        self._counts = Counter(word for document in read for words in document for word in words)
        self._usual = sorted(s for document in read for s in self._surprises(document, without=document))

    def likeness(self, document: Sequence[str]) -> list[float]:
        """For each sentence of a document, the share (0 to 1) of the book's sentences that are at least as surprising.

        Half of the book's sentences have less than 0.5, and one in ten less than 0.1.
        """
        words = [_words(sentence) for sentence in document]
        return [1 - bisect_left(self._usual, s) / max(1, len(self._usual)) for s in self._surprises(words)]

    def _surprises(self, document: Sequence[Sequence[str]], without: Sequence[Sequence[str]] = ()) -> Iterator[float]:
        """Mean surprise of the words of each sentence, in nats, drawn towards that of its surroundings."""
        document = [[w for w in words if w not in self._common] for words in document]
        known = self._counts - Counter(w for words in without for w in words) if without else self._counts
        total = known.total()
        # Unseen words share the probability mass of the words seen once (Good-Turing).
        once = sum(n == 1 for n in known.values())
        unread = math.log(max(1, len(known)) * (total + 1) / (once + 1))
        surprise = {w: math.log((total + 1) / n) for w, n in known.items()}
        own = [(sum(surprise.get(w, unread) for w in words), len(words)) for words in document]
        for n, (nats, count) in enumerate(own):
            around = own[max(0, n - _AROUND) : n + _AROUND + 1]
            mean = sum(x for x, _ in around) / max(1, sum(c for _, c in around))
            yield (nats + _LENT * mean) / (count + _LENT)


def select(units: Sequence[TranslationUnit], book: Iterable[Sequence[str]], least: float = LEAST) -> Selection:
    """Splits units by whether the likeness of their source to the book is at least ``least``.

    ``book`` has a sequence of sentences for each document. The units of one document must be adjacent, since they
    count as evidence for one another.
    """
    documents = [[unit.source for unit in same] for _, same in groupby(units, key=lambda u: u.provenance.document)]
    subject = Subject(book, documents)
    likeness = [value for document in documents for value in subject.likeness(document)]
    marked = list(zip(units, likeness, strict=True))
    return Selection(tuple(u for u, v in marked if v >= least), tuple(u for u, v in marked if v < least))


def _words(text: str) -> list[str]:
    return [intern(word.casefold()) for word in _WORD.findall(ATOM.sub(" ", text))]


def _common(documents: Iterable[Sequence[Sequence[str]]]) -> set[str]:
    """Words that occur in many passages."""
    passages = 0
    often: Counter[str] = Counter()
    for document in documents:
        for n in range(0, len(document), _PASSAGE):
            passages += 1
            often.update({w for words in document[n : n + _PASSAGE] for w in words})
    return {w for w, n in often.items() if n > _MOST * passages}
