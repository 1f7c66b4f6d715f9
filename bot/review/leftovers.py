"""Finds English that is still left in a translation: drafts that nobody has finished yet."""

from __future__ import annotations

from collections.abc import Iterable

from bot.document.cells import page_flavour
from bot.document.flavours import Flavour
from bot.document.markdown import parse
from bot.document.model import PROSE, Document
from bot.document.segmentation import document_sentences
from bot.document.sentences import has_free_words, normal, shown_words, speaks

_WORDS = 4
"""Sentences with fewer words may be a name or a title left in English on purpose (a guess)."""


def is_left(source: str, said: str) -> bool:
    """Whether ``said``, where the translation of ``source`` should be, is English that nobody has translated."""
    return normal(source) == normal(said) and bool(still_english([source], normal(said)))


def untranslated(source: str, target: str, language: str, flavour: Flavour | None = None) -> tuple[str, ...]:
    """The sentences of ``source`` (in ``language``) that occur word for word in ``target``, in order, once each.

    ``flavour`` is the Markdown flavour; None detects it from the texts.
    """
    flavour = flavour or page_flavour((source, target))
    sentences = (s.text for s in document_sentences(parse(source, flavour), language))
    return tuple(still_english(sentences, prose(parse(target, flavour))).values())


def prose(document: Document) -> str:
    """All prose of a document, a line for each field, with normal white space."""
    return "\n".join(normal(text) for block in document.blocks if block.kind in PROSE for text in block.contents)


def still_english(sentences: Iterable[str], said: str) -> dict[str, str]:
    """Those of ``sentences`` that occur word for word in ``said``, by their text with normal white space."""
    found: dict[str, str] = {}
    for sentence in sentences:
        flat = normal(sentence)
        if flat in said and speaks(flat) and len(_counted(flat).split()) >= _WORDS:
            found.setdefault(flat, sentence)
    return found


def _counted(flat: str) -> str:
    """What of a sentence counts as words: all but the target of a role that is all of it."""
    return flat if has_free_words(flat) else shown_words(flat)
