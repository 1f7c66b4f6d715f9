"""A badge for a language: a small SVG that says how much of the English it has."""

from __future__ import annotations

from html import escape

from bot.status.book_status import BookStatus, LanguageStatus
from bot.status.wording import percent

_WIDTH = 7.0
"""Pixels that a character of the text is given: ``textLength`` fits any font into it."""

_PAD = 8.0

_COLOURS = ((0.9, "#1a7f37"), (0.5, "#8a5a00"), (0.0, "#b3261e"))
"""The least share for each colour; white text on each has a contrast of at least 4.5 to 1."""

_UNKNOWN = "#57606a"

_SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="20" role="img" aria-label="{name}">
<title>{name}</title>
<clipPath id="r"><rect width="{width:g}" height="20" rx="4"/></clipPath>
<g clip-path="url(#r)">
<rect width="{split:g}" height="20" fill="#444c56"/>
<rect x="{split:g}" width="{rest:g}" height="20" fill="{colour}"/>
</g>
<g fill="#fff" font-family="Verdana,DejaVu Sans,Noto Sans,Arial,sans-serif" font-size="11" text-anchor="middle">
<text x="{left:g}" y="14" textLength="{left_text:g}" lengthAdjust="spacingAndGlyphs">{label}</text>
<text x="{right:g}" y="14" textLength="{right_text:g}" lengthAdjust="spacingAndGlyphs">{value}</text>
</g>
</svg>
"""


def badge(book: BookStatus, language: LanguageStatus) -> str:
    """The badge of a language that can be read: its share of the English characters, that it is up to
    date, or that its English is not recorded."""
    share = book.share(language)
    known = "not recorded" if share is None else percent(share)
    label, value = language.language, known if language.current < len(book.english) else "up to date"
    colour = _UNKNOWN if share is None else next(colour for least, colour in _COLOURS if share >= least)
    split, rest = (len(text) * _WIDTH + 2 * _PAD for text in (label, value))
    name = f"Translation {label}: {value}" + (" translated" if value.endswith("%") else "")
    return _SVG.format(
        width=split + rest,
        split=split,
        rest=rest,
        colour=colour,
        left=split / 2,
        left_text=split - 2 * _PAD,
        right=split + rest / 2,
        right_text=rest - 2 * _PAD,
        name=escape(name),
        label=escape(label),
        value=escape(value),
    )
