"""The entries of a term list, in the formats in which translators keep one.

Supports lines such as ``term; term`` or ``术语，term``, Markdown tables, and CSV or TSV under a row of language
codes. The English column is determined by a head, or by the look of all entries together.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from bot.contracts import Columns
from bot.errors import AmtsError
from bot.languages import base_language, plain_tag

ProblemKind = Literal["duplicate", "conflict", "empty", "long", "unclear", "unread"]

_NAMES = {
    "en": "english|英文|英语|英語|영어|ingilizce|tiếng anh|inglés|inglês|source",
    "zh": "chinese|中文|汉语|漢語|简体中文|繁體中文",
    "ja": "japanese|日本語|和訳",
    "ko": "korean|한국어|한글",
    "tr": "turkish|türkçe",
    "vi": "vietnamese|tiếng việt",
    "pt": "portuguese|português",
    "es": "spanish|español|castellano",
}
"""The names of languages in column heads, in lower case."""

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?|\|\s*:?-+:?\s*\|")
_BULLET = re.compile(r"(?:[-*+•]|\d{1,3}[.)])\s+")
_NO_ENTRY = re.compile(r"(?:#.*|:\w[\w-]*:`[^`]*`|<!--.*-->|(?:\[[^\]]*\]\([^)]*\)[\s,|]*)+|[-*_=\s]*)")
"""Lines that hold no terms: headings, labels, comments, rows of links, rules."""

_ENGLISH = re.compile(
    r"\b(?:of|the|and|in|to|on|by|for|with|from|as|is)\b|(?:tion|ing|ness|ment|ity|ed|ly|ght|ck|er)s?\b|[ts]h|wh|ee|oo"
)
"""Small words and spellings that are frequent in English and rare in the other Latin scripts (a guess)."""


@dataclass(frozen=True)
class Problem:
    """A line of the list (from 1) that did not simply become a term, and in ``text`` why.

    ``duplicate``: listed before; ``conflict``: another translation of a term listed before, added as a further
    alternative; ``empty``: one side is missing; ``long``: over 200 bytes, the limit of a custom terminology;
    ``unclear``: alternatives that cannot be separated; ``unread``: not understood.
    """

    line: int
    kind: ProblemKind
    text: str


@dataclass(frozen=True)
class Row:
    """The cells of one entry; ``source`` and ``target`` are the columns if a head names them.

    ``listed`` marks an entry of a list: the cells on the target side are alternatives.
    """

    line: int
    cells: tuple[str, ...]
    source: int | None = None
    target: int | None = None
    listed: bool = False


def entries(text: str, language: str, columns: Columns, source_language: str) -> tuple[list[Row], list[Problem]]:
    """The entries of a whole file with their columns assigned, and the lines that were not understood.

    Raises AmtsError if the order of the columns cannot be determined.
    """
    lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
    problems: list[Problem] = []
    rows = _coded(lines, language, source_language, problems)
    if rows is None:
        found = _table_or_list(lines, language, source_language, problems)
        rows = list(_ordered([row for row in found if any(row.cells)], columns))
    return rows, problems


def _coded(lines: Sequence[str], language: str, source_language: str, problems: list[Problem]) -> list[Row] | None:
    """The rows of CSV or TSV under a row of language codes; None if the file is something else."""
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    for delimiter in "\t,;":
        head = [cell.strip() for cell in lines[first].split(delimiter)]
        head = [cell.strip('"') for cell in head]
        if len(head) < 2 or not all(_CODE.fullmatch(cell) for cell in head):
            continue
        source, target = _column(head, source_language), _column(head, language)
        if source is None or target is None:
            continue
        reader = csv.reader((f"{line}\n" for line in lines[first:]), delimiter=delimiter, strict=True)
        rows, line = [], first
        try:
            for cells in reader:
                if len(cells) > len(head):
                    problems.append(Problem(line + 1, "unread", f"more cells than languages: {short(str(cells))}"))
                elif line > first and any(c.strip() for c in cells):
                    rows.append(Row(line + 1, tuple(cells), source, target))
                line = first + reader.line_num
        except csv.Error as error:
            problems.append(Problem(line + 1, "unread", f"from here on it is no CSV: {error}"))
        return rows
    return None


def _column(head: Sequence[str], language: str) -> int | None:
    """The column of a language: by its whole code, or else by the first part of it."""
    for form in (plain_tag, base_language):
        offered = [form(cell) for cell in head]
        if form(language) in offered:
            return offered.index(form(language))
    return None


def _table_or_list(lines: Sequence[str], language: str, source_language: str, problems: list[Problem]) -> Iterator[Row]:
    lines = [line.strip() for line in lines]
    table = any(_RULE.fullmatch(line) for line in lines) or sum(line.startswith("|") for line in lines) > 1
    delimiter = "|" if table else _delimiter(lines)
    source: int | None = None
    target: int | None = None
    for number, line in enumerate(lines, 1):
        if _RULE.fullmatch(line) or _NO_ENTRY.fullmatch(line):
            continue
        cells = _cells(line, delimiter)
        if len(cells) < 2 or (not table and _prose(line, cells)):
            problems.append(Problem(number, "unread", f"not understood: {short(line)}"))
            continue
        named = tuple(_named(cells, code) for code in (source_language, language))
        if (table and number < len(lines) and _RULE.fullmatch(lines[number])) or None not in named:
            source, target = named
            continue
        yield Row(number, cells, source, target, listed=not table)


def _delimiter(lines: Sequence[str]) -> str:
    """The delimiter that splits the most lines of a list in two; among equals, the one that is rarer inside terms."""
    entries = [line for line in lines if not _NO_ENTRY.fullmatch(line)]
    counts = {d: sum(d in line for line in entries) for d in "\t；;，=：:,→—–"}
    return max(counts, key=lambda d: counts[d])


def _cells(line: str, delimiter: str) -> tuple[str, ...]:
    if delimiter == "|":
        bare = line.removeprefix("|")
        bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
        return tuple(c.replace("\\|", "|").strip() for c in re.split(r"(?<!\\)\|", bare))
    line = line[bullet.end() :] if (bullet := _BULLET.match(line)) else line
    flat = re.sub(r"[(（][^()（）]*[)）]", lambda m: "\0" * len(m[0]), line)
    cuts = [-1, *(n for n, c in enumerate(flat) if c == delimiter), len(line)]
    return tuple(line[a + 1 : b].strip() for a, b in pairwise(cuts))


def _prose(line: str, cells: Sequence[str]) -> bool:
    """Whether a line of a list is a sentence that happens to hold the delimiter (the lengths are a guess)."""
    return bool(re.search(r"\w{2}[.!?:]\s*$|[。！？：]\s*$", line)) or any(len(c.split()) > 12 for c in cells)


def _named(cells: Sequence[str], language: str) -> int | None:
    """The column whose head names a language."""
    names = {*_NAMES.get(base_language(language), "").split("|"), base_language(language), language.lower()} - {""}
    return next((n for n, cell in enumerate(cells) if bare(cell).lower() in names), None)


def _ordered(rows: Sequence[Row], columns: Columns) -> Iterator[Row]:
    """The rows with their columns assigned: as configured, by their head, or by the look of all of them together."""
    known = {"source,target": 0, "target,source": 1}.get(columns)
    if known is None:
        known = _english_column([r for r in rows if r.source is None and r.target is None])
    for row in rows:
        source, target, cells = row.source, row.target, row.cells
        if columns != "auto" or (source is None and target is None):
            source, target = known, 1 - known
        elif source is None or target is None:  # a head that names one language: the other is in the next column
            source = source if source is not None else int(target == 0)
            target = target if target is not None else int(source == 0)
        if row.listed:
            cells = (cells[0], ",".join(cells[1:])) if source == 0 else (",".join(cells[:-1]), cells[-1])
        yield replace(row, source=source, target=target, cells=cells)


def _english_column(rows: Sequence[Row]) -> int:
    """Which of the first two columns is English: fewer letters beyond ASCII, or else more English spellings."""
    columns = [[row.cells[-n if row.listed else n] for row in rows] for n in (0, 1)]
    sides = [unicodedata.normalize("NFC", " ".join(cells)).lower() for cells in columns]
    if sides[0] == sides[1]:
        return 0
    letters = [[c for c in side if c.isalpha()] for side in sides]
    foreign = [sum(not c.isascii() for c in side) / max(1, len(side)) for side in letters]
    if abs(foreign[0] - foreign[1]) >= 0.02:
        return 0 if foreign[0] < foreign[1] else 1
    english = [sum(bool(_ENGLISH.search(w)) for w in side.split()) / max(1, len(side.split())) for side in sides]
    if english[0] == english[1]:
        raise AmtsError(
            "cannot see which column of the glossary is English",
            why="neither its first row nor the spelling of its terms shows it",
            fix="name the columns in a first row: `source,target` or `target,source`",
        )
    return 0 if english[0] > english[1] else 1


def bare(cell: str) -> str:
    """A cell without Markdown, with half-width brackets, in Unicode normal form C."""
    text = _LINK.sub(r"\1", unicodedata.normalize("NFC", cell))
    text = re.sub("[\x00-\x1f\x7f-\x9f\u200b\ufeff]", " ", text.replace("（", " (").replace("）", ") ")).strip()
    while marked := re.fullmatch(r"(\*\*|__|\*|_|`)(.+)\1", text):
        text = marked[2].strip()
    return " ".join(text.split())


def short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 80 else text[:79] + "…"
