"""The translation unit: a source text, what people made of it, and where that stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Provenance:
    """Where a translation unit comes from.

    ``document`` is the path in the translation (or the name of an imported file), ``block`` counts from 1
    the blocks of the English text (or the records of the file). ``commit`` is the one of the translation
    that wrote these words last, in full, ``time`` when it was made, in seconds since 1970; empty and 0 outside git.
    """

    document: str
    block: int
    commit: str = ""
    time: int = 0


@dataclass(frozen=True)
class TranslationUnit:
    """One sentence or paragraph in two languages, without line breaks.

    ``before`` and ``after`` are its neighbours in the source text, empty at the ends of a document.
    """

    source: str
    target: str
    provenance: Provenance
    before: str = ""
    after: str = ""
