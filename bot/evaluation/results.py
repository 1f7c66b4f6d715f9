"""What an evaluation found, as values."""

from __future__ import annotations

from dataclasses import dataclass

from bot.evaluation.arms import Arm
from bot.evaluation.held_out import HeldOut
from bot.evaluation.scores import Figure, Scored

Languages = tuple[str, str]
"""From which language into which."""


@dataclass(frozen=True)
class Result:
    """One arm in one direction.

    ``pairs`` were learned from, ``leaked`` ones taken out before; ``unanswered`` segments count as their source,
    which people would find there; ``characters`` were billed, ``seconds`` passed. ``as_written`` is the documents'
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
    """What was held out, and the results, in the order of directions and arms."""

    held: HeldOut
    results: tuple[Result, ...]
    terms_left_out: int = 0


@dataclass(frozen=True)
class Step:
    """One article: its BLEU when nothing of the ones before was learned, and when it was, with their pairs."""

    document: str
    without: Figure
    learned: Figure
    pairs: int
