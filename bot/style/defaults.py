"""The style of each language, used if its own text does not show another."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from bot.languages import plain_tag
from bot.style.preferences import OPEN, Style

_CHINESE = Style(
    before_role="space", after_role="none", latin="none", code="none", math="none", punctuation="full", quotes="curly"
)
_ROLES = Style(before_role="space")

DEFAULTS = MappingProxyType(
    {
        # Measured in Dive into Deep Learning; its line breaks are mixed. GB/T 15834-2011 names the same marks.
        "zh": _CHINESE,
        # Customary where Chinese is written in traditional characters (the handbook of punctuation of Taiwan's
        # ministry of education for the marks); the rest is taken from zh, a guess.
        **dict.fromkeys(("zh-tw", "zh-hk", "zh-mo", "zh-hant"), replace(_CHINESE, quotes="corner")),
        # Customary: the style guide of the Japan Translation Federation. White space beside roles is a guess.
        "ja": Style(before_role="space", after_role="none", latin="none", punctuation="full", quotes="corner"),
        # Measured in Dive into Deep Learning, as the next three.
        "ko": Style(before_role="space", punctuation="half", lines="paragraph"),
        "vi": Style(before_role="space", lines="sentence"),
        "tr": Style(before_role="space", lines="paragraph"),
        "pt": _ROLES,
        # A guess: as in Portuguese. Spanish prefers guillemets in print, technical Markdown does not.
        "es": _ROLES,
    }
)
"""The default style of each language, by language code in lower case."""


def default_style(language: str) -> Style:
    """The style for a language code such as ``zh`` or ``zh-Hant-TW``; every rule is open for an unlisted language."""
    parts = plain_tag(language).split("-")
    names = [f"{parts[0]}-{part}" for part in parts[1:]] + parts[:1]
    return next((DEFAULTS[name] for name in names if name in DEFAULTS), OPEN)
