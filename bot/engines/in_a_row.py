"""Several engines in a row: the next one drafts what the one before could not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.engines import Answer, Batch, Engine, Key, Pending, Result
from bot.engines.registry import Tell
from bot.engines.resources import Resources
from bot.errors import AmtsError
from bot.messages import Message, in_a_row


@dataclass(frozen=True)
class InARow:
    """Asks ``engines`` in their order; ``paid`` are the names of those whose characters cost something.

    A draft names the engine that wrote it. An engine that is still working is waited for, by this run or a later one:
    it has not failed.
    """

    engines: Sequence[Engine]
    tell: Tell
    paid: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return ", ".join(engine.name for engine in self.engines)

    @property
    def asynchronous(self) -> bool:
        return any(engine.asynchronous for engine in self.engines)

    def translate(self, batch: Batch, resources: Resources) -> Result:
        """Raises AmtsError if all engines fail, Pending if one will have its answers later."""
        answers: dict[Key, Answer] = {}
        reasons: dict[Key, list[str]] = {key: [] for key in batch.segments}
        characters = 0
        failures: list[AmtsError] = []
        for engine in self.engines:
            left = {key: s for key, s in batch.segments.items() if key not in answers or answers[key].text is None}
            if not left:
                break
            try:
                result = engine.translate(replace(batch, segments=left), resources)
            except Pending:
                raise
            except AmtsError as error:
                failures.append(error)
                self.tell(f"{batch.target_language}: {engine.name} failed: {error.what}: {error.why}")
                for key in left:
                    reasons[key].append(Message("{engine}: {reason}", engine=engine.name, reason=error.what))
                continue
            characters += result.characters if engine.name in self.paid else 0
            for key, answer in result.answers.items():
                answers[key] = replace(answer, engine=engine.name) if answer.text is not None else answer
                if answer.text is None:
                    reasons[key].append(Message("{engine}: {reason}", engine=engine.name, reason=answer.reason))
        if len(failures) == len(self.engines):
            raise failures[0]
        found = {key: answers.get(key, Answer(None)) for key in batch.segments}
        return Result(
            {k: a if a.text is not None else replace(a, reason=in_a_row(reasons[k])) for k, a in found.items()},
            characters,
        )
