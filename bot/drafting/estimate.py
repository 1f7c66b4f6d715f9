"""What a sync would send to an engine, before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.document.runs import plain
from bot.engines import Batch
from bot.parallel_data.translation_memory import FuzzyBand, MatchKind, Memory, fuzzy_band

Band = MatchKind | FuzzyBand | Literal["none"]

BANDS: tuple[Band, ...] = ("context", "exact", "mended", "95-99", "85-94", "75-84", "none")
"""Kinds of match, best first: the first three are drafts, the others are sent to the engine."""

SENT = BANDS[3:]


@dataclass(frozen=True)
class Estimate:
    """Sentences and characters of English by band of match; ``price`` in USD per million characters, 0 for none.

    A repeated sentence is sent once. Sentences that an earlier run already translated are not taken into account,
    so that the actual figure may be lower, but never higher. Where no engine ``sends``, they stay on this machine.
    """

    sentences: Mapping[Band, int]
    characters: Mapping[Band, int]
    price: float = 0.0
    sends: bool = True

    @property
    def sent(self) -> int:
        """Characters that would be sent."""
        return sum(self.characters[band] for band in SENT)

    @property
    def cost(self) -> float:
        """The cost in USD."""
        return self.sent * self.price / 1e6


def estimate(batch: Batch, memory: Memory, price: float = 0.0) -> Estimate:
    """The estimate for a batch; characters are code points of what the engine receives."""
    sentences = dict.fromkeys(BANDS, 0)
    characters = dict.fromkeys(BANDS, 0)
    seen: set[str] = set()
    for segment in batch.segments.values():
        match = memory.match(segment.source, segment.before, segment.after)
        text = plain(segment.source)
        band: Band = "none"
        if match and match.kind:
            band = match.kind
        elif similar := memory.fuzzy(segment.source, limit=1) if text not in seen else ():
            band = fuzzy_band(similar[0].score)
        sentences[band] += 1
        if match or text not in seen:
            characters[band] += len(text)
        seen.add(text)
    return Estimate(sentences, characters, price)
