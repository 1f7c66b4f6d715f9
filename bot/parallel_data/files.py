"""Files of translation units: what Amazon Translate takes as parallel data, and what people bring.

Formats: CSV and TSV with language codes in the first row, TMX 1.4b. Written files keep Amazon's rules
for parallel data, which ``broken_rule`` owns; read files only have to be sound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from bot.alignment.translation_unit import TranslationUnit
from bot.errors import AmtsError
from bot.parallel_data import delimited, tmx
from bot.parallel_data.rules import FORMATS, Format, broken_rule


def format_of(path: Path | None) -> Format | None:
    """The format that the name of a file asks for."""
    suffix = path.suffix.lower().removeprefix(".") if path else ""
    return next((f for f in FORMATS if f == suffix), None)


def write(units: Iterable[TranslationUnit], stream: BinaryIO, languages: tuple[str, str], format: Format) -> None:
    """Writes the units in their order, the same bytes for the same units.

    Raises ValueError for a unit that breaks a rule: the caller drops those, and counts them.
    """
    lawful = _lawful(units, format)
    if format == "tmx":
        tmx.write(lawful, stream, languages)
    else:
        delimited.write(lawful, stream, languages, "," if format == "csv" else "\t")


def _lawful(units: Iterable[TranslationUnit], format: Format) -> Iterator[TranslationUnit]:
    for unit in units:
        if rule := broken_rule(unit.source, unit.target, format):
            raise ValueError(f"{rule}: {unit!r}")
        yield unit


def read(path: Path, languages: tuple[str, str]) -> Iterator[TranslationUnit]:
    """The units of a file, one after the other, white space runs as one space, in little memory.

    Raises AmtsError, with the line wherever there is one, for a file that cannot be read, is broken or
    hostile, or does not have both languages.
    """
    format = format_of(path)
    if format is None:
        raise AmtsError(
            f"{path} has no known format", why="pairs are read from .tmx, .csv and .tsv", fix="rename or convert it"
        )
    try:
        with path.open("rb") as stream:
            yield from (tmx if format == "tmx" else delimited).read(stream, str(path), languages)
    except OSError as error:
        raise AmtsError(f"{path} cannot be read", why=error.strerror or str(error), fix="check the path") from error
