"""Checks of what an engine wrote for a sentence, beside those of its marks: language and length."""

from __future__ import annotations

import re

from bot.document.runs import plain
from bot.document.structure import language_problem
from bot.languages import separates_words
from bot.messages import Message

LEAST, MOST = 0.4, 3.0
"""Length of a draft as a share of its English (guesses)."""

LONG = 40
"""Characters of English from which on a draft can be too short, and that a short one may have more."""

DENSE = 0.12
"""The same as ``LEAST`` for languages without spaces between words, such as Chinese (a guess)."""


_BLOCK = re.compile(r"#{1,6}(\s|$)|[-*+]\s|\d{1,9}[.)]\s|>|```|~~~|:::|\||={3,}|-{3,}")
"""The start of a line that begins a block of Markdown."""


def problem(source: str, text: str, languages: tuple[str, str]) -> str:
    """Why ``text`` cannot be a translation of ``source``; empty if it may be one."""
    if _BLOCK.match(text) and not _BLOCK.match(source):
        return Message("the draft begins a block: a heading, a list, a quotation or the like")
    sent, got = len(plain(source)), len(plain(text))
    if got > MOST * sent + LONG:
        return Message("the draft is far too long")
    if sent >= LONG and got < (LEAST if separates_words(languages[1]) else DENSE) * sent:
        return Message("the draft is far too short")
    return language_problem(source, text, languages)
