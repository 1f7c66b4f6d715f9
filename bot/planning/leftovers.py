"""Finds English that is still left in a translation: drafts that nobody has finished yet."""

from __future__ import annotations

from bot.document.cells import page_flavour
from bot.document.flavours import Flavour
from bot.document.markdown import PROSE, parse
from bot.document.segmentation import document_sentences
from bot.document.sentences import normal, speaks

_WORDS = 4
"""Sentences with fewer words may be a name or a title left in English on purpose (a guess)."""


def untranslated(source: str, target: str, language: str, flavour: Flavour | None = None) -> tuple[str, ...]:
    """The sentences of ``source`` (in ``language``) that occur word for word in ``target``, in order, once each.

    ``flavour`` is the Markdown flavour; None detects it from the texts.
    """
    flavour = flavour or page_flavour((source, target))
    document, translation = parse(source, flavour), parse(target, flavour)
    said = "\n".join(normal(text) for block in translation.blocks if block.kind in PROSE for text in block.contents)
    found: dict[str, str] = {}
    for sentence in document_sentences(document, language):
        flat = normal(sentence.text)
        if speaks(flat) and len(flat.split()) >= _WORDS and flat in said:
            found.setdefault(flat, sentence.text)
    return tuple(found.values())
