"""The engine ``smt``: learns from the book's own pairs, on this machine, and translates roughly.

Nothing is sent anywhere and nothing is paid for. Its translations are useful as a starting point, and are called rough
wherever people see them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from bot.document.runs import plain
from bot.document.sentences import unwrapped
from bot.document.structure import language_problem, segment_problem
from bot.engines import Answer, Batch, Result
from bot.engines.registry import Context
from bot.engines.resources import Resources
from bot.engines.sentence_wise import joined, split
from bot.errors import AmtsError
from bot.messages import Message

if TYPE_CHECKING:
    from bot.engines.smt.translator import Translator

LEAST = 30
"""With fewer pairs than this nothing is learned. One document of 34 to 148 pairs was worth it: new sentences are mostly
rewrites of old ones (docs/replay.md)."""

KEPT_FOR_EVALUATION = 4
"""Models that evaluations keep per language pair, so that repeating a command need not learn again."""

RESIDENT = 2
"""Number of models kept in memory, about 400 MB each."""


@dataclass(frozen=True)
class Smt:
    """Keeps its models in ``folder``, the newest ``kept`` of each pair of languages.

    It calls ``tell`` with a message when it starts learning.
    """

    folder: Path
    tell: Callable[[str], None]
    least: int = LEAST
    kept: int = 1
    name: str = "smt"
    asynchronous: bool = False
    _resident: dict[object, Translator] = field(default_factory=dict, compare=False)
    _lock: Lock = field(default_factory=Lock, compare=False)

    def translate(self, batch: Batch, resources: Resources) -> Result:
        """Raises AmtsError if the extra is not installed or the models cannot be saved."""
        pairs = len(resources.parallel_data.units)
        if pairs < self.least:
            reason = Message(
                "the book has {number:,} translated sentences so far; smt learns from {least:,} on",
                number=pairs,
                least=self.least,
            )
            return Result(dict.fromkeys(batch.segments, Answer(None, reason=reason)))
        languages = batch.source_language, batch.target_language
        wanted = dict.fromkeys(unwrapped(s.source) for s in batch.segments.values())
        parts = {text: split(text, languages[0]) for text in wanted}
        every = list(dict.fromkeys(s for found in parts.values() for s in found))
        with self._lock:
            translator = self._translator(resources)
            said = dict(zip(every, translator.translate(every), strict=True))
        answers = {text: _answer(text, [said[s] for s in found], languages) for text, found in parts.items()}
        done = {key: answers[unwrapped(s.source)] for key, s in batch.segments.items()}
        return Result(done, sum(len(plain(text)) for text in wanted))

    def _translator(self, resources: Resources) -> Translator:
        try:
            from bot.engines.smt import model_store
        except ImportError as error:
            raise AmtsError(
                "the engine smt is not installed",
                why=f"it needs {error.name or 'snowballstemmer'}, which comes with an extra",
                fix="pip install 'amts[smt]'",
            ) from error
        data, terms = resources.parallel_data, _terms(resources)
        key = data.content_hash, terms
        if key not in self._resident:
            try:
                made = model_store.translator(data, terms, self.folder, self.tell, self.kept)
            except OSError as error:
                raise AmtsError(
                    f"the model of {data.languages[1]} cannot be kept in {self.folder}",
                    why=error.strerror or str(error),
                    fix="make room there, or name another folder with `clones` in amts.yml",
                ) from error
            while len(self._resident) >= RESIDENT:
                del self._resident[next(iter(self._resident))]
            self._resident[key] = made
        return self._resident[key]


def _terms(resources: Resources) -> tuple[tuple[str, str], ...]:
    """The terms that engines get, in the languages of the pairs."""
    if resources.terminology is None:
        return ()
    found = [(t.source, t.targets[0]) for t in resources.terminology.terms]
    languages = resources.parallel_data.languages
    backward = resources.terminology.language == languages[0]
    return tuple((b, a) if backward else (a, b) for a, b in found)


def _answer(source: str, parts: list[str | None], languages: tuple[str, str]) -> Answer:
    said = [part for part in parts if part is not None]
    if len(said) < len(parts):
        return Answer(None, reason=Message("the rough draft lost some of the Markdown"))
    text = joined(source, said, languages)
    problem = segment_problem(source, text) or language_problem(source, text, languages)
    return Answer(None, reason=problem) if problem else Answer(text, "rough")


def build(context: Context) -> Smt:
    """The engine, with its models in the context's folder."""
    folder = context.folder / "smt"
    if context.for_evaluation:
        return Smt(folder / "evaluation", context.tell, kept=KEPT_FOR_EVALUATION)
    return Smt(folder, context.tell)
