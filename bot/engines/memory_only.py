"""The engine that needs nothing and sends nothing anywhere."""

from __future__ import annotations

from bot.engines import Answer, Batch, Result
from bot.engines.registry import Context
from bot.engines.resources import Resources


class MemoryOnly:
    """Leaves in English what the translation memory does not know."""

    name = "memory_only"
    asynchronous = False

    def translate(self, batch: Batch, resources: Resources) -> Result:
        return Result(dict.fromkeys(batch.segments, Answer(None, reason="no match in the memory", cause="unmatched")))


def build(context: Context) -> MemoryOnly:
    """The engine; it needs nothing."""
    return MemoryOnly()
