"""CSV and TSV of translation units: language codes in the first row, one pair a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from bot.alignment.translation_unit import Provenance, TranslationUnit
from bot.document.sentences import normal
from bot.errors import AmtsError
from bot.languages import base_language, plain_tag

_QUOTED = re.compile(r'"(?:[^"]|"")*"')

_LINE = 1_000_000
"""Length of a line in bytes at which a file is rejected: no sentence or paragraph is that long."""


def write(units: Iterable[TranslationUnit], stream: BinaryIO, languages: tuple[str, str], delimiter: str) -> None:
    """Source first, UTF-8, lines ended by a line feed; commas and quotes in a CSV are quoted as in RFC 4180.

    In a TSV nothing is quoted (IANA text/tab-separated-values): the units have neither tabs nor leading quotes.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    if delimiter == ",":
        rows = csv.writer(text, lineterminator="\n")
        rows.writerow(languages)
        rows.writerows((u.source, u.target) for u in units)
    else:
        text.write("\t".join(languages) + "\n")
        text.writelines(f"{u.source}\t{u.target}\n" for u in units)
    text.detach()


def read(stream: BinaryIO, name: str, languages: tuple[str, str]) -> Iterator[TranslationUnit]:
    """The pairs of a table with a row of language codes; columns may be in any order, and others are ignored."""
    lines = _lines(stream, name)
    head = next(lines, "")
    rows = csv.reader([head, *()], delimiter=(delimiter := _delimiter(head)), strict=True)
    try:
        codes = next(rows, [])
    except csv.Error as error:
        raise _broken(name, 1, str(error)) from error
    columns = [_column(codes, language, name) for language in languages]
    tabs = delimiter == "\t"
    rows = csv.reader(lines, delimiter=delimiter, strict=True, quoting=csv.QUOTE_NONE if tabs else csv.QUOTE_MINIMAL)
    try:
        for number, row in enumerate(rows, 1):
            if not any(field.strip() for field in row):
                continue
            if len(row) != len(codes):
                raise _broken(name, rows.line_num + 1, f"it has {len(row)} fields where the first row has {len(codes)}")
            source, target = (normal(_unquoted(row[column]) if tabs else row[column]) for column in columns)
            yield TranslationUnit(source, target, Provenance(name, number))
    except csv.Error as error:
        raise _broken(name, rows.line_num + 1, str(error)) from error


def _unquoted(field: str) -> str:
    """A field of a TSV: quotation marks are ordinary characters (IANA), unless they enclose the whole."""
    return field[1:-1].replace('""', '"') if _QUOTED.fullmatch(field) else field


def _lines(stream: BinaryIO, name: str) -> Iterator[str]:
    """Lines as text, each limited in length, so that a hostile file cannot fill the memory."""
    number = 0
    while line := stream.readline(_LINE):
        number += 1
        if len(line) == _LINE:
            raise _broken(name, number, f"it is longer than {_LINE:,} bytes")
        if b"\0" in line:
            raise _broken(name, number, "it holds a NUL byte: perhaps the file is UTF-16, or no text at all")
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise _broken(name, number, f"byte {error.start + 1} of it is not UTF-8") from error


def _delimiter(head: str) -> str:
    """The delimiter that the first row uses; spreadsheets in many countries write semicolons."""
    return max("\t,;", key=head.count)


def _column(codes: Sequence[str], language: str, name: str) -> int:
    """The column of a language: its exact code, else the only column of the same language in another region."""
    plain = [plain_tag(code) for code in codes]
    if plain_tag(language) in plain:
        return plain.index(plain_tag(language))
    alike = [n for n, code in enumerate(codes) if base_language(code) == base_language(language)]
    if len(alike) == 1:
        return alike[0]
    raise AmtsError(
        f"{name} has no column {language}",
        why=f"its first row is {', '.join(codes)[:80] or 'empty'}" + (", which leaves a choice" if alike else ""),
        fix="write the language codes into the first row, such as en and zh",
    )


def _broken(name: str, line: int, why: str) -> AmtsError:
    return AmtsError(f"{name}, line {line} cannot be read", why=why, fix="correct that line, or leave the file out")
