"""Extracts sentence or paragraph pairs from documents and their translations, in two alignments.

The first alignment uses lengths, order and anchors; a lexicon is learned from its sentence pairs, and
the second alignment also uses the words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeVar

from bot.alignment.bitext import Bitext, Pair
from bot.alignment.learning import learned
from bot.alignment.translation_unit import Provenance, TranslationUnit
from bot.document.atoms import SLIDE
from bot.document.cells import page_flavour
from bot.document.flavours import Flavour
from bot.document.markdown import parse
from bot.document.marks import without_own_ids
from bot.document.sentences import one_line
from bot.review.record import key
from bot.workers import apart, spread

if TYPE_CHECKING:
    from bot.alignment.lexicon import Lexicon

Granularity = Literal["sentence", "paragraph"]


Sampled = TypeVar("Sampled")

Written = tuple[str, int]
"""The full id of the commit that last wrote a line, and its time in seconds since 1970."""


@dataclass(frozen=True)
class TranslatedDocument:
    """A document in both languages (whole texts) with its path in the translation.

    ``history`` has the last commit of each line of the target; empty if unknown. ``flavour`` is the Markdown flavour;
    None detects it from the texts. ``unwritten`` are the keys (``bot.review.record``) of sentences of the target that
    no person wrote: they are in no pair.
    """

    path: str
    source: str
    target: str
    history: tuple[Written, ...] = ()
    flavour: Flavour | None = None
    unwritten: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Extraction:
    """Pairs in reading order, nothing filtered.

    ``beliefs`` has the evidence for each unit, per word in the book's lexicon: about 0.8 for a usual
    pair, below 0 for unrelated texts, infinite if the lexicon was learned from too little to doubt anything.
    ``one_sided`` counts sentences (or paragraphs) of either language that have no partner.
    """

    units: tuple[TranslationUnit, ...]
    beliefs: tuple[float, ...]
    one_sided: int


_TRUST = 2.0
"""Evidence that being aligned is worth by itself: a short heading has no more than that (a guess)."""


LEARNABLE = 1000
"""Number of pairs needed to learn words well enough to align and to doubt pairs by them (a guess)."""

MANY = 4000
"""Number of pairs from which learning, which takes up to 250 MB, is left to a process of its own."""


_SAMPLE = 30_000
"""The most pairs to learn words from, evenly among all: about 150 MB (most books have fewer)."""


def extract(
    documents: Iterable[TranslatedDocument], languages: tuple[str, str], granularity: Granularity = "sentence"
) -> Extraction:
    """Aligns all documents; the pairs keep the order of the documents."""
    every = list(documents)
    if not every:
        return Extraction((), (), 0)
    first = [pair for pairs in spread(partial(_first_pairs, languages), every, last=False) for pair in pairs]
    lexicon = _lexicon(first)
    del first  # the second alignment needs the room
    found = spread(partial(_extracted, languages, granularity, lexicon), every)
    units = tuple(u for f in found for u in f.units)
    return Extraction(units, tuple(b for f in found for b in f.beliefs), sum(f.one_sided for f in found))


def _lexicon(pairs: Sequence[tuple[str, str]]) -> Lexicon | None:
    """The words of the book; None if there are too few pairs."""
    if len(pairs) < LEARNABLE:
        return None
    pairs = _sample(pairs)
    return apart(learned, pairs) if len(pairs) >= MANY else learned(pairs)


def _sample(pairs: Sequence[Sampled]) -> Sequence[Sampled]:
    """Evenly among all, ``_SAMPLE`` at most."""
    return pairs[:: 1 + (len(pairs) - 1) // _SAMPLE]


def _first_pairs(languages: tuple[str, str], document: TranslatedDocument) -> list[tuple[str, str]]:
    bitext = _bitext(document, languages)
    pairs = (pair for _, pair in _pairs(bitext, "sentence") if not _unwritten(pair, document))
    return [(p.source_text, " ".join(s.text for s in p.target)) for p in pairs if p.source and p.target]


def _bitext(document: TranslatedDocument, languages: tuple[str, str], lexicon: Lexicon | None = None) -> Bitext:
    flavour = document.flavour or page_flavour((document.source, document.target))
    return Bitext(parse(document.source, flavour), parse(document.target, flavour), *languages, lexicon)


def _extracted(
    languages: tuple[str, str], granularity: Granularity, lexicon: Lexicon | None, document: TranslatedDocument
) -> Extraction:
    bitext = _bitext(document, languages, lexicon)
    pairs = list(_pairs(bitext, granularity))
    alone = [len(p.source) + len(p.target) for _, p in pairs if not (p.source and p.target)]
    units = tuple(_units(document, bitext, pairs))
    beliefs = tuple(_belief(lexicon, unit) if lexicon else math.inf for unit in units)
    return Extraction(units, beliefs, sum(alone) if granularity == "sentence" else len(alone))


def beliefs(units: Sequence[TranslationUnit]) -> tuple[float, ...]:
    """The beliefs of units from other sources, by a lexicon learned from these units."""
    if len(units) < LEARNABLE:
        return (math.inf,) * len(units)
    lexicon = learned((u.source, u.target) for u in _sample(units))
    return tuple(_belief(lexicon, unit) for unit in units)


def _belief(lexicon: Lexicon, unit: TranslationUnit) -> float:
    evidence, known = lexicon.judged(unit.source, unit.target)
    return (evidence + _TRUST) / (known + 2)


def _pairs(bitext: Bitext, granularity: Granularity) -> Iterator[tuple[int, Pair]]:
    """The pairs of a document, each with the group of blocks it comes from."""
    for group, (left, _) in enumerate(bitext.groups):
        pairs = bitext.pairs(group)
        if granularity == "sentence" or not pairs:
            yield from ((group, p) for p in pairs)
        elif left and all(bitext.source.blocks[i].kind == "row" for i in left):
            yield from ((group, p) for p in pairs)  # cells of a table are paragraphs of their own
        else:
            source = tuple(s for p in pairs for s in p.source)
            target = tuple(s for p in pairs for s in p.target)
            yield group, Pair(source, target)


def _units(
    document: TranslatedDocument, bitext: Bitext, pairs: Sequence[tuple[int, Pair]]
) -> Iterator[TranslationUnit]:
    """The pairs that have both sides, without slide marks and ids that only the translation has."""
    pairs = [(group, pair) for group, pair in pairs if pair.source]
    around = ["", *(one_line(p.source_text) for _, p in pairs), ""]
    for n, (group, pair) in enumerate(pairs):
        if pair.target and not _unwritten(pair, document):
            said = one_line(_stretch(pair, document.target))
            if not SLIDE.search(around[n + 1]):
                said = SLIDE.sub("", said)
            said = without_own_ids(around[n + 1], said)
            commit, time = _newest(pair, document)
            where = Provenance(document.path, bitext.groups[group][0][0] + 1, commit, time)
            yield TranslationUnit(around[n + 1], said, where, around[n], around[n + 2])


def _unwritten(pair: Pair, document: TranslatedDocument) -> bool:
    """Whether any of its translation is a draft that nobody reviewed, or English that is left."""
    return bool(document.unwritten) and any(key(s.text) in document.unwritten for s in pair.target)


def _newest(pair: Pair, document: TranslatedDocument) -> Written:
    """The latest of the commits that wrote the lines of the target."""
    if not document.history:
        return "", 0
    first = document.target.count("\n", 0, pair.target[0].start)
    last = document.target.count("\n", 0, pair.target[-1].end)
    return max(document.history[first : last + 1], key=lambda written: written[1], default=("", 0))


def _stretch(pair: Pair, text: str) -> str:
    """The original text of the target if it is one stretch of a block, else its sentences joined."""
    first, last = pair.target[0], pair.target[-1]
    if (first.block, first.field) == (last.block, last.field):
        between = [text[a.end : b.start] for a, b in zip(pair.target, pair.target[1:], strict=False)]
        return "".join(s.text + gap for s, gap in zip(pair.target, [*(_bare(g) for g in between), ""], strict=True))
    return "\n".join(s.text for s in pair.target)


def _bare(gap: str) -> str:
    """White space between two sentences, without the quote marks and indentation of a continuation line."""
    return "\n" if "\n" in gap or "\r" in gap else gap
