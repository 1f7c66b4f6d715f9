"""Learns words in a process that needs no more than that, and imports numpy only then: most runs learn nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.alignment.lexicon import Lexicon


def learned(pairs: Iterable[tuple[str, str]]) -> Lexicon:
    """The lexicon of these sentence pairs."""
    # Importing numpy takes longer than planning a page.
    from bot.alignment.lexicon import learn

    return learn(pairs)
