"""Checks of what an engine wrote for a sentence, beside those of its marks: language and length."""

from __future__ import annotations

from bot.document.runs import plain
from bot.document.structure import language_problem
from bot.languages import separates_words

LEAST, MOST = 0.4, 3.0
"""Length of a draft as a share of its English, where that has at least ``LONG`` characters (a guess)."""

LONG = 40

DENSE = 0.12
"""The same as ``LEAST`` for languages without spaces between words, such as Chinese (a guess)."""


def problem(source: str, text: str, languages: tuple[str, str]) -> str:
    """Why ``text`` cannot be a translation of ``source``; empty if it may be one."""
    sent, got = len(plain(source)), len(plain(text))
    if sent >= LONG and got > MOST * sent:
        return "the draft is far too long"
    if sent >= LONG and got < (LEAST if separates_words(languages[1]) else DENSE) * sent:
        return "the draft is far too short"
    return language_problem(source, text, languages)
