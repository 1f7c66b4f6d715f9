"""Sentence or paragraph pairs out of documents and their translations, aligned twice.

The first alignment goes by lengths, order and anchors; from its sentence pairs a lexicon is learned,
and the second alignment hears the words too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from bot.lexicon import Lexicon, learn
from bot.markdown import parse
from bot.pairing import Bitext, Pair
from bot.segments import one_line
from bot.translation_unit import Provenance, TranslationUnit
from bot.workers import spread

Granularity = Literal["sentence", "paragraph"]


@dataclass(frozen=True)
class TranslatedDocument:
    """A document in both languages (whole texts): its path in the translation and the commit that wrote it last."""

    path: str
    source: str
    target: str
    commit: str = ""


@dataclass(frozen=True)
class Extraction:
    """Pairs in reading order, nothing filtered, with the lexicon that they were aligned by.

    ``one_sided`` counts sentences (or paragraphs) of either language that have no partner.
    """

    units: tuple[TranslationUnit, ...]
    one_sided: int
    lexicon: Lexicon


def extract(
    documents: Iterable[TranslatedDocument], languages: tuple[str, str], granularity: Granularity = "sentence"
) -> Extraction:
    """Aligns all documents, given in the order in which their pairs shall come."""
    every = list(documents)
    first = spread(partial(_first_pairs, languages), every)
    lexicon = learn(pair for pairs in first for pair in pairs)
    found = spread(partial(_extracted, languages, granularity, lexicon), every)
    return Extraction(tuple(u for units, _ in found for u in units), sum(n for _, n in found), lexicon)


def _first_pairs(languages: tuple[str, str], document: TranslatedDocument) -> list[tuple[str, str]]:
    bitext = Bitext(parse(document.source), parse(document.target), *languages)
    pairs = (pair for _, pair in _pairs(bitext, "sentence"))
    return [(p.source_text, " ".join(s.text for s in p.target)) for p in pairs if p.source and p.target]


def _extracted(
    languages: tuple[str, str], granularity: Granularity, lexicon: Lexicon, document: TranslatedDocument
) -> tuple[list[TranslationUnit], int]:
    bitext = Bitext(parse(document.source), parse(document.target), *languages, lexicon)
    pairs = list(_pairs(bitext, granularity))
    alone = [len(p.source) + len(p.target) for _, p in pairs if not (p.source and p.target)]
    return list(_units(document, bitext, pairs)), sum(alone) if granularity == "sentence" else len(alone)


def _pairs(bitext: Bitext, granularity: Granularity) -> Iterator[tuple[int, Pair]]:
    """The pairs of a document with the group of blocks that each comes from."""
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
    sources = [p.source_text for _, p in pairs]
    around = ["", *(one_line(s) for s in sources), ""]
    for n, (group, pair) in enumerate(pairs):
        if pair.source and pair.target:
            block = bitext.groups[group][0][0] + 1
            yield TranslationUnit(
                around[n + 1],
                one_line(_stretch(pair, document.target)),
                Provenance(document.path, block, document.commit),
                around[n],
                around[n + 2],
            )


def _stretch(pair: Pair, text: str) -> str:
    """The target as it stands where it is one stretch of a block, else its sentences joined."""
    first, last = pair.target[0], pair.target[-1]
    if (first.block, first.field) == (last.block, last.field):
        between = [text[a.end : b.start] for a, b in zip(pair.target, pair.target[1:], strict=False)]
        return "".join(s.text + gap for s, gap in zip(pair.target, [*(_bare(g) for g in between), ""], strict=True))
    return "\n".join(s.text for s in pair.target)


def _bare(gap: str) -> str:
    """White space between two sentences without quote marks and indentation of a further line."""
    return "\n" if "\n" in gap or "\r" in gap else gap
