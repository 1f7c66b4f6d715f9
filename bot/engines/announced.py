"""An engine that announces when it starts and finishes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.engines import Batch, Engine, Pending, Result
from bot.engines.resources import Resources


@dataclass(frozen=True)
class Announced:
    """Calls ``announce`` with True before ``engine`` starts and False after it, unless a later run continues it."""

    engine: Engine
    announce: Callable[[bool], None]

    @property
    def name(self) -> str:
        return self.engine.name

    @property
    def asynchronous(self) -> bool:
        return self.engine.asynchronous

    def translate(self, batch: Batch, resources: Resources) -> Result:
        """Raises what the engine raises."""
        self.announce(True)
        try:
            result = self.engine.translate(batch, resources)
        except Pending:
            raise
        except BaseException:
            self.announce(False)
            raise
        self.announce(False)
        return result
