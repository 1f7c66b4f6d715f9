"""Words of Chinese, which writes them without spaces between: with the book's own terms among them."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path

from bot.engines.smt.tokens import Words
from bot.languages import base_language


def splitter(language: str, terms: Iterable[str], folder: Path) -> Words:
    """What splits Chinese text into words, of which ``terms`` are some; ``folder`` keeps its dictionary.

    For a pair of languages without Chinese it is never called.
    """
    if base_language(language) != "zh":
        return str.split
    with warnings.catch_warnings():
        # jieba 0.42.1 asks for pkg_resources, and has regular expressions in ordinary strings.
        warnings.filterwarnings("ignore", message=".*pkg_resources.*")
        warnings.filterwarnings("ignore", message=".*invalid escape sequence.*")
        import jieba
    jieba.setLogLevel("WARNING")
    # In a folder of ours: by default it is a file that anybody on the machine may have put there.
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(folder)
    for term in terms:
        tokenizer.add_word(term)

    def words(text: str) -> list[str]:
        return [str(word) for word in tokenizer.cut(text) if word.strip()]

    return words
