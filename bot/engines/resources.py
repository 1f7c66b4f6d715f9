"""What drafts in one language are made and checked with; each part is built on first use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.document.flavours import Flavour
from bot.parallel_data.dataset import ParallelData
from bot.parallel_data.translation_memory import Memory
from bot.style.defaults import default_style
from bot.style.measure import measure
from bot.style.preferences import OPEN, Style
from bot.terminology.terms import Terminology


@dataclass(frozen=True)
class Resources:
    """``parallel_data`` holds the pairs that people have translated, ``texts`` are their translated documents.

    ``terminology`` is passed to an engine, drafts are checked against ``asked``; ``configured`` holds the style rules
    from the settings. ``flavour`` is the Markdown flavour of the texts; None detects it for each.
    ``repairs`` switches fuzzy-match repair on; ``instructions`` are what translators ask of language models.
    """

    parallel_data: ParallelData
    texts: Sequence[str] = ()
    configured: Style = OPEN
    terminology: Terminology | None = None
    asked: Terminology | None = None
    flavour: Flavour | None = None
    repairs: bool = True
    instructions: str = ""

    @property
    def language(self) -> str:
        """The target language."""
        return self.parallel_data.languages[1]

    @cached_property
    def memory(self) -> Memory:
        """The translation memory."""
        return Memory(self.parallel_data.units)

    @cached_property
    def style(self) -> Style:
        """How drafts are written: as configured, else as people write here, else as is usual in the language."""
        measured = measure(self.texts, self.language, self.flavour)
        return measured.style(self.configured, default_style(self.language))

    @cached_property
    def checked(self) -> Terminology | None:
        """The terms that people follow here and drafts should follow too."""
        return self.asked.followed(self.parallel_data.units) if self.asked else None
