"""The results of an evaluation, as values."""

from __future__ import annotations

from dataclasses import dataclass

from bot.evaluation.arms import Arm
from bot.evaluation.held_out import HeldOut
from bot.evaluation.scores import Figure, Scored

Languages = tuple[str, str]
"""The source and the target language."""


@dataclass(frozen=True)
class Result:
    """One arm in one direction.

    ``pairs`` were learned from, ``leaked`` ones removed before; ``unanswered`` segments count as their source,
    which people would see there; ``characters`` were billed, ``seconds`` elapsed. ``as_written`` is the documents'
    mean BLEU with the code, math, references and links inside segments counted.
    """

    arm: Arm
    languages: Languages
    scored: Scored
    pairs: int
    leaked: int
    unanswered: int
    characters: int
    seconds: float
    as_written: float = 0.0


@dataclass(frozen=True)
class Evaluation:
    """The held-out documents, and the results, in the order of directions and arms."""

    held: HeldOut
    results: tuple[Result, ...]
    terms_left_out: int = 0


@dataclass(frozen=True)
class Step:
    """One article: its BLEU without and with learning from the articles before it, and the number of their pairs."""

    document: str
    without: Figure
    learned: Figure
    pairs: int
