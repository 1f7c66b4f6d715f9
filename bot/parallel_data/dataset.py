"""Parallel data: human-translated pairs that customise an engine.

The units are filtered sentences or paragraphs with their translations, each with its provenance. The
same units form the translation memory; ``for_engine`` converts them to what Amazon Translate accepts.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.alignment.translation_unit import TranslationUnit
from bot.document.runs import plain
from bot.parallel_data.extraction import Granularity, TranslatedDocument, extract
from bot.parallel_data.filters import filtered
from bot.parallel_data.rules import Format, broken_rule


@dataclass(frozen=True)
class ParallelData:
    """Translation units in document order, and counts of those that were left out.

    ``aligned`` is how many pairs there were at first, ``one_sided`` how many sentences or paragraphs of
    either language had no partner, ``dropped`` how many pairs were dropped for each reason.
    """

    languages: tuple[str, str]
    granularity: Granularity
    units: tuple[TranslationUnit, ...]
    documents: int = 0
    aligned: int = 0
    one_sided: int = 0
    dropped: Counter[str] = field(default_factory=Counter)

    @property
    def content_hash(self) -> str:
        """SHA-256 of the pairs in 64 hex digits; it does not depend on where they come from."""
        text = json.dumps([self.languages, self.granularity, [(u.source, u.target) for u in self.units]])
        return hashlib.sha256(text.encode()).hexdigest()


def build(
    documents: Iterable[TranslatedDocument], languages: tuple[str, str], granularity: Granularity = "sentence"
) -> ParallelData:
    """The parallel data of translated documents, with all alternative translations of a source and all repetitions."""
    every = list(documents)
    found = extract(every, languages, granularity)
    kept = filtered(found.units, languages, found.beliefs)
    return ParallelData(languages, granularity, kept.units, len(every), len(found.units), found.one_sided, kept.dropped)


def join(data: Sequence[ParallelData]) -> ParallelData:
    """Combines several sets of parallel data for the same languages, in this order."""
    first = data[0]
    return ParallelData(
        first.languages,
        first.granularity,
        tuple(u for d in data for u in d.units),
        sum(d.documents for d in data),
        sum(d.aligned for d in data),
        sum(d.one_sided for d in data),
        sum((d.dropped for d in data), Counter[str]()),
    )


def for_engine(data: ParallelData, format: Format) -> ParallelData:
    """One translation for each source, as the text that engines see, within Amazon's rules for ``format``.

    If there are several translations, takes the newest; among equally new ones the most frequent, then the first.
    """
    seen = replace(data, units=tuple(replace(u, source=plain(u.source), target=plain(u.target)) for u in data.units))
    seen = within_rules(seen, format)
    dropped = Counter(seen.dropped)
    groups: defaultdict[str, list[TranslationUnit]] = defaultdict(list)
    for unit in seen.units:
        groups[unit.source].append(unit)
    units = []
    for same in groups.values():
        often = Counter(u.target for u in same)
        best = max(same, key=lambda u: (u.provenance.time, often[u.target]))
        units.append(best)
        dropped["duplicate"] += often[best.target] - 1
        dropped["older translation"] += len(same) - often[best.target]
    return replace(data, units=tuple(units), dropped=+dropped)


def within_rules(data: ParallelData, format: Format) -> ParallelData:
    """These data without the units that cannot be written in ``format``."""
    broken = [broken_rule(u.source, u.target, format) for u in data.units]
    kept = tuple(u for u, rule in zip(data.units, broken, strict=True) if not rule)
    return replace(data, units=kept, dropped=data.dropped + Counter(rule for rule in broken if rule))
