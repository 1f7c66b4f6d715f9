"""The status of a book in a terminal and in Markdown: a table of the languages, and one of the documents of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.reporting.quoting import code, inline
from bot.reporting.terminal import show_table
from bot.status.book_status import BookStatus, LanguageStatus
from bot.status.document_status import DocumentStatus
from bot.status.wording import SIGNS, UNKNOWN, costs, day, notes, percent, summary

LANGUAGES = ("language", "translated", "documents", "up to date", "to translate", "characters", "behind since")
"""``translated`` is the share of the English characters; ``to translate`` counts sentences."""

DOCUMENTS = ("state", "to translate", "characters", "still English", "commits", "since")
"""The columns after the path of the document; figures are of sentences, ``characters`` of those to translate."""


_AROUND = 500
"""Code points kept free for the heading, the summary and the head of the table of a language."""


def show(book: BookStatus, console: Console) -> None:
    """The documents of each language that are not up to date, and the totals."""
    for language in book.languages:
        line = language.problem or summary(book, language)
        console.print(Text.assemble((language.language, "bold"), f"  {line}"), soft_wrap=True)
        if todo := unfinished(language):
            table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
            table.add_column("document", overflow="fold", min_width=24)
            table.add_column("state", no_wrap=True)
            for name in DOCUMENTS[1:]:
                table.add_column(name, justify="right")
            table.add_column("", overflow="fold")
            for document in todo:
                state, *figures = cells(document)
                said = "; ".join(notes(document))
                table.add_row(Text(document.path), f"{SIGNS[document.state]} {state}", *figures, Text(said))
            show_table(table, console)
        console.print()
    totals = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for n, name in enumerate(LANGUAGES):
        totals.add_column(name, justify="right" if n else "left")
    readable = [language for language in book.languages if not language.problem]
    for language in readable:
        totals.add_row(*figures_of(book, language))
    if readable:
        show_table(totals, console)
    for language in readable:
        if language.todo and book.prices:
            console.print(_costs(book, language), markup=False, soft_wrap=True)


def markdown(book: BookStatus, limit: int | None = None, title: str = "Translation status") -> str:
    """The same as Markdown, which changes only if the status does; in at most ``limit`` code points.

    The documents that are cut off are counted. Without a ``title`` it has no heading of its own.
    """
    readable = [language for language in book.languages if not language.problem]
    head = [
        *([f"# {title}", ""] if title else []),
        *_table(LANGUAGES, [figures_of(book, language) for language in readable], 1),
        "",
        *(f"{_costs(book, one)}.\n" for one in readable if one.todo and book.prices),
    ]
    room = (limit or 10**9) - sum(len(line) + 1 for line in head) - _AROUND * len(book.languages)
    lines = list(head)
    for language in book.languages:
        said = inline(language.problem) if language.problem else summary(book, language)
        rows = [(code(d.path), *cells(d), inline("; ".join(notes(d)))) for d in unfinished(language)]
        kept = list(_fitting(rows, room // max(1, len(book.languages))))
        lines += [f"## {language.language}", "", said, ""]
        if kept:
            lines += [*_table(("document", *DOCUMENTS, "notes"), kept, 2), ""]
        if len(kept) < len(rows):
            lines += [f"*{len(rows) - len(kept):,} more documents are not shown.*", ""]
    return "\n".join(lines)


def unfinished(language: LanguageStatus) -> tuple[DocumentStatus, ...]:
    """The documents that are not up to date."""
    return tuple(d for d in language.documents if d.state != "up to date")


def figures_of(book: BookStatus, language: LanguageStatus) -> tuple[str, ...]:
    """The figures of a language, under ``LANGUAGES``."""
    known = not language.unknown or bool(language.todo)
    return (
        language.language,
        percent(book.share(language)),
        f"{language.translated:,} of {len(book.english):,}",
        f"{language.current:,}",
        f"{language.todo.sentences:,}" if known else UNKNOWN,
        f"{language.todo.characters:,}" if known else UNKNOWN,
        day(language.since),
    )


def cells(document: DocumentStatus) -> tuple[str, ...]:
    """The figures of a document, under ``DOCUMENTS``."""
    recording = document.recording
    return (
        document.state,
        f"{document.todo.sentences:,}" if document.todo else "",
        f"{document.todo.characters:,}" if document.todo else "",
        f"{document.left.sentences:,}" if document.left else "",
        f"{recording.commits:,}" if recording.commits else "",
        day(recording.since),
    )


def _costs(book: BookStatus, language: LanguageStatus) -> str:
    prices = ", ".join(f"{cost} with {engines}" for engines, cost in costs(book, language))
    return f"To catch up in {language.language} costs at most: {prices}"


def _fitting(rows: Sequence[tuple[str, ...]], room: int) -> Iterator[tuple[str, ...]]:
    for row in rows:
        room -= sum(len(cell) + 3 for cell in row) + 2
        if room < 0:
            return
        yield row


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]], left: int) -> Iterator[str]:
    last = [":--"] if headings[-1] == "notes" else []
    rule = [":--"] * left + ["--:"] * (len(headings) - left - len(last)) + last
    return (f"| {' | '.join(line)} |" for line in chain((headings, rule), rows))
