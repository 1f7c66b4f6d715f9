"""What the style of a language can prefer, as values: ``apply`` in the module ``rules`` follows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from bot.languages import separates_sentences

Space = Literal["space", "none", "keep"]
Punctuation = Literal["full", "half", "keep"]
Quotes = Literal["curly", "corner", "straight", "guillemets", "keep"]
Lines = Literal["sentence", "paragraph", "keep"]

MARKS: Mapping[Quotes, str] = {"curly": "“”", "corner": "「」", "straight": '""', "guillemets": "«»"}
"""The opening and the closing mark of each kind of quotes."""


@dataclass(frozen=True)
class Style:
    """What a draft should look like. ``keep`` switches a rule off; None leaves it open, for what the text shows."""

    # Settings contain styles; pydantic reads this attribute there.
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    before_role: Space | None = None
    after_role: Space | None = None
    latin: Space | None = None
    code: Space | None = None
    math: Space | None = None
    punctuation: Punctuation | None = None
    quotes: Quotes | None = None
    lines: Lines | None = None


OPEN = Style()
"""A style that leaves every rule open."""


def joint(language: str) -> str:
    """The separator of two sentences on one line: nothing in Chinese and Japanese, else a space."""
    return " " if separates_sentences(language) else ""
