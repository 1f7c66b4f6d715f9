"""The available engines, by name, and what each is built from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from bot.clock import Clock, SystemClock
from bot.contracts import EngineName
from bot.engines import Engine
from bot.progress import Progress, silent

if TYPE_CHECKING:
    from bot.settings.values import Settings

ENGINES: Mapping[EngineName, str] = {
    "memory_only": "bot.engines.memory_only",
    "bedrock": "bot.engines.bedrock.engine",
    "deepl": "bot.engines.deepl.engine",
    "libretranslate": "bot.engines.libretranslate",
    "neural": "bot.engines.neural.engine",
    "openai": "bot.engines.openai",
    "smt": "bot.engines.smt.engine",
    "amazon": "bot.engines.amazon.batch",
    "amazon-realtime": "bot.engines.amazon.realtime",
}
"""The module of each engine, which has a function ``build``. A new engine needs a module and a line here."""

Tell = Callable[[str], None]
"""Shows waiting users what an engine is doing."""


@dataclass(frozen=True)
class Context:
    """What an engine is built from.

    ``settings`` reads the settings, for engines that have any; an engine keeps what it learns in ``folder``. A run that
    is not ``patient`` leaves a job to a later run. What is learned ``for_evaluation`` must not replace what syncs use.
    ``progress`` shows what a language is waiting for.
    """

    settings: Callable[[], Settings]
    folder: Path
    tell: Tell
    clock: Clock = field(default_factory=SystemClock)
    patient: bool = True
    for_evaluation: bool = False
    progress: Progress = silent


def build(name: EngineName, context: Context) -> Engine:
    """The engine of that name; only its own module is imported. Raises AmtsError for missing settings."""
    made: Engine = import_module(ENGINES[name]).build(context)
    return made
