"""Splits Chinese text, which has no spaces, into words, including the book's own terms."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path

from bot.engines.smt.tokens import Words
from bot.languages import base_language


def splitter(language: str, terms: Iterable[str], folder: Path) -> Words:
    """A function that splits Chinese text into words, including ``terms``; ``folder`` holds its dictionary.

    It is never called for language pairs without Chinese.
    """
    if base_language(language) != "zh":
        return str.split
    with warnings.catch_warnings():
        # jieba 0.42.1 imports pkg_resources, and has regular expressions in non-raw strings.
        warnings.filterwarnings("ignore", message=".*pkg_resources.*")
        warnings.filterwarnings("ignore", message=".*invalid escape sequence.*")
        import jieba
    jieba.setLogLevel("WARNING")
    # In our own folder: the default is a file that anybody on the machine may have put there.
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(folder)
    for term in terms:
        tokenizer.add_word(term)

    def words(text: str) -> list[str]:
        return [str(word) for word in tokenizer.cut(text) if word.strip()]

    return words
