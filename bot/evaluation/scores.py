"""Scores of translations against what people wrote: BLEU, chrF and TER by sacrebleu, and whether one system is better.

All figures are 0 to 1 (sacrebleu's divided by 100); a lower TER is better. The paired bootstrap (Koehn,
"Statistical significance tests for machine translation evaluation", 2004) draws whole segments.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.significance import PairedTest

from bot.errors import AmtsError
from bot.evaluation.edit_rate import EditRate
from bot.languages import bleu_tokeniser

Measure = Literal["BLEU", "chrF", "TER"]
MEASURES: tuple[Measure, ...] = ("BLEU", "chrF", "TER")

SAMPLES = 1000
"""How many times segments are drawn; the default of sacrebleu."""


@dataclass(frozen=True)
class Figure:
    """A score, half the width of its 95% interval, and the p-value of its difference from the first system's."""

    value: float
    margin: float = 0.0
    p: float | None = None


@dataclass(frozen=True)
class Scored:
    """The figures of one system: by document, and for all segments together."""

    documents: Mapping[str, Mapping[Measure, Figure]]
    corpus: Mapping[Measure, Figure]
    signatures: Mapping[Measure, str] = field(default_factory=dict)

    def average(self, measure: Measure = "BLEU") -> float:
        """The mean of the documents, each counted once."""
        return sum(d[measure].value for d in self.documents.values()) / max(1, len(self.documents))


def scored(
    systems: Mapping[str, Sequence[str]],
    references: Sequence[str],
    documents: Sequence[str],
    language: str,
    samples: int = SAMPLES,
) -> dict[str, Scored]:
    """The scores of ``systems`` (a text for each segment), each against the first one.

    ``references`` are what people wrote, ``documents`` name the document of each segment. Raises AmtsError where
    the tokeniser of ``language`` is not installed.
    """
    metrics = _metrics(language)
    metrics.ter.prepare(
        (text, people) for said in systems.values() for text, people in zip(said, references, strict=True)
    )
    places = {name: [n for n, d in enumerate(documents) if d == name] for name in dict.fromkeys(documents)}
    whole, signatures = _tested(systems, references, metrics, samples)
    parts = {}
    for name, at in places.items():
        texts = {system: [said[n] for n in at] for system, said in systems.items()}
        parts[name], _ = _tested(texts, [references[n] for n in at], metrics, samples)
    return {s: Scored({d: found[s] for d, found in parts.items()}, whole[s], signatures) for s in systems}


def average_bleu(texts: Sequence[str], references: Sequence[str], documents: Sequence[str], language: str) -> float:
    """Only the mean of the documents' BLEU. Raises AmtsError like ``scored``."""
    bleu = _metrics(language).bleu
    found: list[float] = []
    for name in dict.fromkeys(documents):
        at = [n for n, d in enumerate(documents) if d == name]
        found.append(bleu.corpus_score([texts[n] for n in at], [[references[n] for n in at]]).score / 100)
    return sum(found) / max(1, len(found))


def _tested(
    systems: Mapping[str, Sequence[str]], references: Sequence[str], metrics: _Metrics, samples: int
) -> tuple[dict[str, dict[Measure, Figure]], dict[Measure, str]]:
    test = PairedTest(list(systems.items()), dict(zip(MEASURES, metrics, strict=True)), [references], "bs", samples)
    signatures, found = test()
    # In the order of the metrics, after the names of the systems: sacrebleu calls chrF chrF2.
    columns = zip(MEASURES, list(found.values())[1:], strict=True)
    figures: dict[str, dict[Measure, Figure]] = {system: {} for system in systems}
    for measure, column in columns:
        first = column[0]
        assert not isinstance(first, str)
        for system, result in zip(systems, column, strict=True):
            assert not isinstance(result, str)
            # sacrebleu returns some numpy numbers, and takes a system with identical output for a certain difference.
            same = result.score == first.score
            p = None if result.p_value is None else 1.0 if same else float(result.p_value)
            figures[system][measure] = Figure(float(result.score) / 100, float(result.ci or 0.0) / 100, p)
    return figures, dict(zip(MEASURES, map(str, signatures.values()), strict=True))


class _Metrics(NamedTuple):
    """In the order of ``MEASURES``."""

    bleu: BLEU
    chrf: CHRF
    ter: EditRate


def _metrics(language: str) -> _Metrics:
    tokeniser = bleu_tokeniser(language)
    try:
        bleu = BLEU(tokenize=tokeniser)
    except (ImportError, RuntimeError) as error:
        raise AmtsError(
            f"{language} cannot be scored",
            why=f"sacrebleu's tokeniser {tokeniser} needs a dictionary that is not installed",
            fix="pip install 'amts[evaluate]'",
        ) from error
    return _Metrics(bleu, CHRF(), EditRate(language))
