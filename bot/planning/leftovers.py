"""Finds the English that still stands in a translation: drafts that nobody has finished yet."""

from __future__ import annotations

from bot.document.markdown import PROSE, parse
from bot.document.segmentation import document_sentences
from bot.document.sentences import normal, speaks

_WORDS = 4
"""Fewer words may well be a name or a title that people left in English on purpose (a guess)."""


def untranslated(source: str, target: str, language: str) -> tuple[str, ...]:
    """The sentences of ``source`` (in ``language``) that stand word for word in ``target``, in order, once."""
    document, translation = parse(source), parse(target)
    said = "\n".join(normal(text) for block in translation.blocks if block.kind in PROSE for text in block.contents)
    found: dict[str, str] = {}
    for sentence in document_sentences(document, language):
        flat = normal(sentence.text)
        if speaks(flat) and len(flat.split()) >= _WORDS and flat in said:
            found.setdefault(flat, sentence.text)
    return tuple(found.values())
