"""The translation unit: a source text, its human translation, and where that comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Provenance:
    """Where a translation unit comes from.

    ``document`` is the path in the translation (or the name of an imported file), ``block`` is the number,
    from 1, of the block in the English text (or of the record in the file). ``commit`` is the full id of the commit
    that last wrote these words in the translation, ``time`` its time in seconds since 1970; empty and 0 outside git.
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
