"""The arms of an evaluation: an engine, with the parallel data it may learn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from bot.alignment.translation_unit import TranslationUnit
from bot.contracts import EngineName
from bot.document.segment import Segment
from bot.engines import Batch
from bot.errors import AmtsError
from bot.parallel_data.dataset import ParallelData

Data = Literal["none", "paragraph", "sentence"]


@dataclass(frozen=True)
class Arm:
    """An engine without parallel data, or with paragraph or sentence pairs."""

    engine: EngineName
    data: Data

    def __str__(self) -> str:
        words = {"none": "no parallel data", "paragraph": "paragraph pairs", "sentence": "sentence pairs"}
        return f"{self.engine}, {words[self.data]}"


DEFAULT: dict[EngineName, tuple[Arm, ...]] = {
    "amazon": (Arm("amazon-realtime", "none"), Arm("amazon", "paragraph"), Arm("amazon", "sentence")),
    "amazon-realtime": (Arm("amazon-realtime", "none"),),
    "memory_only": (Arm("memory_only", "sentence"),),
    "neural": (Arm("neural", "none"),),
    "bedrock": (Arm("bedrock", "none"), Arm("bedrock", "sentence")),
    "deepl": (Arm("deepl", "none"),),
    "libretranslate": (Arm("libretranslate", "none"),),
    "openai": (Arm("openai", "none"), Arm("openai", "sentence")),
    "smt": (Arm("smt", "paragraph"), Arm("smt", "sentence")),
}
"""The arms compared by default, by the engine in the settings."""


def parsed(word: str) -> Arm:
    """An arm from its name on the command line, ENGINE:DATA. Raises AmtsError if that is invalid."""
    engine, _, data = word.partition(":")
    if engine not in get_args(EngineName) or data not in get_args(Data):
        raise AmtsError(
            f"{word!r} is not an arm",
            why=f"an arm is ENGINE:DATA, of {', '.join(get_args(EngineName))} and {', '.join(get_args(Data))}",
            fix="such as --arm amazon:sentence",
        )
    return Arm(engine, data)  # type: ignore[arg-type]  # both were looked up


def batch(units: Sequence[TranslationUnit], languages: tuple[str, str]) -> Batch:
    """The sources of ``units`` as segments, in their order."""
    segments = {
        (u.provenance.document, n): Segment(u.source, "paragraph", number=n, before=u.before, after=u.after)
        for n, u in enumerate(units, 1)
    }
    return Batch(*languages, segments)


def turned(units: Sequence[TranslationUnit]) -> tuple[TranslationUnit, ...]:
    """The same pairs in the other direction; neighbours are known on one side only, and are removed."""
    return tuple(replace(u, source=u.target, target=u.source, before="", after="") for u in units)


def turned_data(data: ParallelData) -> ParallelData:
    """Parallel data in the other direction."""
    return replace(data, languages=(data.languages[1], data.languages[0]), units=turned(data.units))
