"""Files of translation units: those written for Amazon Translate as parallel data, and those that users supply.

Formats: CSV and TSV with language codes in the first row, TMX 1.4b. Written files follow Amazon's rules
for parallel data (see ``broken_rule``); files that are read only have to be valid.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from bot.alignment.translation_unit import TranslationUnit
from bot.errors import AmtsError
from bot.parallel_data import delimited, tmx
from bot.parallel_data.rules import FORMATS, Format, broken_rule

PAIRS = 200_000
"""The most units of one file, which are filtered together: that takes up to 2 kB and 0.15 ms a unit."""


def format_of(path: Path | None) -> Format | None:
    """The file format, from the extension of a file name."""
    suffix = path.suffix.lower().removeprefix(".") if path else ""
    return next((f for f in FORMATS if f == suffix), None)


def write(units: Iterable[TranslationUnit], stream: BinaryIO, languages: tuple[str, str], format: Format) -> None:
    """Writes the units in order; the same units give the same bytes.

    Raises ValueError for a unit that breaks a rule: the caller must drop and count those first.
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
    """Reads the units of a file one by one, in little memory; each run of white space becomes one space.

    Raises AmtsError, with the line number if there is one, for a file that cannot be read, is broken or
    hostile, does not have both languages, or has more than ``PAIRS`` units.
    """
    format = format_of(path)
    if format is None:
        raise AmtsError(
            f"{path} has no known format", why="pairs are read from .tmx, .csv and .tsv", fix="rename or convert it"
        )
    try:
        with path.open("rb") as stream:
            for number, unit in enumerate((tmx if format == "tmx" else delimited).read(stream, str(path), languages)):
                if number == PAIRS:
                    raise AmtsError(
                        f"{path} has too many pairs",
                        why=f"at most {PAIRS:,} are read from one file",
                        fix="keep only those on the subject of the book",
                    )
                yield unit
    except OSError as error:
        raise AmtsError(f"{path} cannot be read", why=error.strerror or str(error), fix="check the path") from error
