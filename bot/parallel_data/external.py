"""Parallel data from outside the book (pairs of folders, TMX, CSV and TSV), limited to its subject."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bot.document.markdown import parse
from bot.document.runs import plain
from bot.document.segmentation import document_sentences
from bot.document.tree import decoded
from bot.errors import AmtsError
from bot.parallel_data import files
from bot.parallel_data.dataset import ParallelData, build
from bot.parallel_data.domain import select
from bot.parallel_data.extraction import Granularity, TranslatedDocument, beliefs
from bot.parallel_data.filters import filtered


def read(places: Sequence[Path], languages: tuple[str, str], granularity: Granularity) -> ParallelData:
    """The pairs of one source: a file, or a folder of documents and the folder of their translations.

    In folders, Markdown files with the same path are paired. Raises AmtsError for what cannot be read.
    """
    if len(places) == 2:
        return build(documents(*places), languages, granularity)
    if len(places) != 1 or places[0].is_dir():
        raise AmtsError(
            f"{places[0]} is not a source of pairs" if places else "no source of pairs",
            why="--from takes one file (.tmx, .csv, .tsv), or two folders: documents and their translations",
            fix="name the file, or both folders",
        )
    units = tuple(files.read(places[0], languages))
    kept = filtered(units, languages, beliefs(units))
    return ParallelData(languages, granularity, kept.units, 1, len(units), 0, kept.dropped)


def on_subject(data: ParallelData, book: Iterable[str], language: str, least: float) -> ParallelData:
    """Drops what is not on the subject of the ``book`` (its documents' texts); 0 keeps everything."""
    if not least:
        return data
    chosen = select(data.units, [_prose(text, language) for text in book], least)
    dropped = data.dropped + Counter({"other subject": len(chosen.dropped)})
    return replace(data, units=tuple(chosen.kept), dropped=+dropped)


def subordinate(data: ParallelData) -> ParallelData:
    """The same pairs, dated before any of the book's, so that the book's own translations take precedence."""
    return replace(data, units=tuple(replace(u, provenance=replace(u.provenance, time=-1)) for u in data.units))


def documents(source: Path, target: Path) -> Iterator[TranslatedDocument]:
    """The documents of a folder with their translations in another. Raises AmtsError if there are none."""
    if missing := [p for p in (source, target) if not p.is_dir()]:
        raise AmtsError(
            f"{missing[0]} is not a folder", why="--from with two names takes folders", fix="check the path"
        )
    paths = [p for p in sorted(source.rglob("*.md")) if (target / p.relative_to(source)).is_file()]
    if not paths:
        raise AmtsError(
            f"no document is in both {source} and {target}",
            why="documents and translations belong together by the same path below the two folders",
            fix="give them the same names",
        )
    for path in paths:
        other = target / path.relative_to(source)
        yield TranslatedDocument(str(path.relative_to(source)), _text(path), _text(other))


def _text(path: Path) -> str:
    try:
        return decoded(path.read_bytes(), str(path))
    except OSError as error:
        raise AmtsError(f"{path} cannot be read", why=error.strerror or str(error), fix="check the path") from error


def _prose(text: str, language: str) -> list[str]:
    """The sentences of a document as an engine reads them."""
    return [plain(s.text) for s in document_sentences(parse(text), language)]
