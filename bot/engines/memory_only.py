"""The engine that needs no settings and sends no data anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.engines import Answer, Batch, Result
from bot.engines.registry import Context
from bot.messages import Message

if TYPE_CHECKING:
    from bot.engines.resources import Resources


class MemoryOnly:
    """Leaves in English whatever is not in the translation memory."""

    name = "memory_only"
    asynchronous = False

    def translate(self, batch: Batch, resources: Resources) -> Result:
        return Result(
            dict.fromkeys(batch.segments, Answer(None, reason=Message("no match in the memory"), cause="unmatched"))
        )


def build(context: Context) -> MemoryOnly:
    """The engine; it needs no settings."""
    return MemoryOnly()
