"""Files of translation units: what Amazon Translate takes as parallel data, and what people bring.

Formats: CSV and TSV with language codes in the first row, TMX 1.4b. Written files keep Amazon's rules
for parallel data, which ``broken_rule`` owns; read files only have to be sound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Literal, get_args

from bot.alignment.translation_unit import TranslationUnit
from bot.errors import AmtsError
from bot.parallel_data import delimited, tmx

Format = Literal["csv", "tsv", "tmx"]
FORMATS: tuple[Format, ...] = get_args(Format)

Rule = Literal["empty", "too long", "line break", "sign", "tab", "quote", "character"]

RULES: Mapping[Rule, str] = {
    "empty": "one side is empty",
    "too long": "more than 1,000 bytes on one side",
    "line break": "a line break inside",
    "sign": "starts with one of + - = @, which Amazon refuses in CSV and TSV",
    "tab": "a tab, which would end the field of a TSV",
    "quote": "starts with a quotation mark, which readers of TSV take differently",
    "character": "a control character or half a surrogate pair, which no file can hold",
}
"""The rules by the names that ``broken_rule`` gives them."""

FIELD = 1000
"""Bytes of UTF-8 that a side may have (Amazon Translate, parallel data; longer records are skipped)."""

_BREAK = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not allow; nothing that CSV would need either."""


def format_of(path: Path | None) -> Format | None:
    """The format that the name of a file asks for."""
    suffix = path.suffix.lower().removeprefix(".") if path else ""
    return next((f for f in FORMATS if f == suffix), None)


def broken_rule(source: str, target: str, format: Format) -> Rule | Literal[""]:
    """The first of ``RULES`` that a pair breaks in this format; empty for none."""
    for text in (source, target):
        if not text.strip():
            return "empty"
        if _BREAK.search(text):
            return "line break"
        if _UNWRITABLE.search(text):
            return "character"
        if len(text.encode()) > FIELD:
            return "too long"
        if format != "tmx" and text.lstrip()[0] in "+-=@":
            return "sign"
        if format == "tsv" and "\t" in text:
            return "tab"
        if format == "tsv" and text.lstrip()[0] == '"':
            return "quote"
    return ""


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
