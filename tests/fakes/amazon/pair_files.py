"""Files of parallel data and of terminology: CSV, TSV and TMX, and the records that the service takes from them."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field

from .account import LANGUAGES, Limits

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_FORMULA = ("+", "-", "=", "@")


class BadFileError(Exception):
    """Nothing can be taken from the file; the text is fit for a Message."""


@dataclass
class Taken:
    """Records by their source; each has its targets by language. ``notes`` say what was wrong with the others."""

    source: str
    targets: list[str]
    records: dict[str, dict[str, str]] = field(default_factory=dict)
    failed: int = 0
    skipped: int = 0
    notes: list[str] = field(default_factory=list)

    def pairs(self, language: str) -> dict[str, str]:
        """The pairs of a language, white space in the sources made one."""
        return {" ".join(s.split()): t[language] for s, t in self.records.items() if language in t}


def rows(data: bytes, format: str) -> tuple[list[str], list[dict[str, str]]]:
    """The language codes, the source's first, and the fields of each record by language.

    A record that is no record, such as one with too few fields, is empty. Raises BadFileError.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFileError("The file is not UTF-8.") from None
    codes, records = _tmx(text) if format == "TMX" else _table(text, "," if format == "CSV" else "\t")
    unknown = [c for c in codes if c not in LANGUAGES]
    if len(codes) < 2 or len(set(codes)) < len(codes) or unknown:
        raise BadFileError(f"Invalid language codes: {', '.join(unknown or codes) or 'none'}")
    return codes, records


def _table(text: str, delimiter: str) -> tuple[list[str], list[dict[str, str]]]:
    # Guess: quotes work in TSV as in CSV.
    try:
        found = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True) if row]
    except csv.Error as error:
        raise BadFileError(f"The file cannot be read: {error}") from None
    if not found:
        raise BadFileError("The file is empty.")
    codes = [code.strip() for code in found[0]]
    return codes, [dict(zip(codes, row, strict=True)) if len(row) == len(codes) else {} for row in found[1:]]


def _tmx(text: str) -> tuple[list[str], list[dict[str, str]]]:
    try:
        root = ET.fromstring(text.encode())
    except ET.ParseError as error:
        raise BadFileError(f"The file is no TMX: {error}") from None
    header = root.find("header")
    source = header.get("srclang", "") if header is not None else ""
    records = []
    for unit in root.iter("tu"):
        record = {}
        for variant in unit.iter("tuv"):
            segment = variant.find("seg")
            code = variant.get(_LANG) or variant.get("lang") or ""
            record[code] = "".join(segment.itertext()) if segment is not None else ""
        records.append(record if source in record else {})
    others = dict.fromkeys(code for record in records for code in record if code != source)
    return [source, *others], records


def take(data: bytes, format: str, limits: Limits) -> Taken:
    """The records that can be imported. Raises BadFileError where that is none."""
    codes, records = rows(data, format)
    taken = Taken(codes[0], codes[1:])
    for number, record in enumerate(records, 1):
        wrong = list(_failures(record, format))
        if wrong:
            taken.failed += 1
            taken.notes.append(f"{number}: {wrong[0]}")
            continue
        source = record[taken.source]
        # Guess: a target that is empty or too long is left out, and the record with the last of them.
        targets = {c: record[c] for c in taken.targets if record.get(c, "").strip() and _fits(record[c], limits)}
        if not source.strip() or not _fits(source, limits) or not targets:
            taken.skipped += 1
            taken.notes.append(f"{number}: empty or too long")
            continue
        if source in taken.records:
            # Guess: the earlier record of the same source counts as skipped.
            taken.skipped += 1
            taken.notes.append(f"{number}: replaces an earlier record of the same source")
        taken.records[source] = targets
    if not taken.records:
        raise BadFileError(f"No records were imported: {taken.failed} failed and {taken.skipped} were skipped.")
    return taken


def _failures(record: dict[str, str], format: str) -> Iterator[str]:
    if not record:
        yield "not as many fields as languages, or no source"
    for text in record.values() if format != "TMX" else ():
        if text.startswith(_FORMULA):
            yield f"a field starts with {text[0]}"
        if "\n" in text or "\r" in text:
            yield "a field has several lines"


def _fits(text: str, limits: Limits) -> bool:
    return len(text.encode()) <= limits.field_bytes
