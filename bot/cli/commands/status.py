"""``amts status``: how far each translation is behind its English; nothing is planned or sent."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import get_args

from rich.console import Console

from bot.cli import options as shared
from bot.cli.progress import screen
from bot.contracts import EngineName
from bot.errors import AmtsError
from bot.status.book_status import BookStatus
from bot.status.survey import survey
from bot.sync.composition import Composition
from bot.sync.corpus import Book


def add_options(parser: argparse.ArgumentParser) -> None:
    shared.add_config(parser)
    shared.add_languages(parser)
    shared.add_json(parser, "all figures")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the tables there")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write a page with a picture of the book there")
    parser.add_argument("--badge", type=Path, metavar="FOLDER", help="write a badge for each language there, as SVG")
    parser.add_argument(
        "--issue", action="store_true", help="keep an issue in the repository of each translation on GitHub up to date"
    )


def run(options: argparse.Namespace) -> int:
    # What writes a format is imported only where that format is asked for.
    from bot.status import tables

    with screen(options.quiet) as shown:
        site = shared.composed(options.config, quiet=options.quiet, progress=shown.show)
        names = shared.languages(options, site.settings)
        prices = {
            engine: site.settings.price_of(engine) for engine in get_args(EngineName) if site.settings.has_price(engine)
        }
        editions = {name: partial(site.language, name, "memory_only") for name in names}
        english = site.english()
        book = survey(english, editions, prices, shown.show)
    if options.json:
        from bot.status.status_json import json_text

        shared.write(options.json, json_text(book).encode())
    if options.markdown:
        shared.write(options.markdown, tables.markdown(book).encode())
    if options.html:
        from bot.status.page import page

        shared.write(options.html, page(book).encode())
    if options.badge:
        _write_badges(options.badge, book)
    console = shared.console(options)
    tables.show(book, console)
    if options.markdown and (place := _in_the_book(english, options.markdown)):
        line = f"{place} is at a place of the book: commit it, and a sync takes it for an English document"
        console.print(f"note: {line}; write it elsewhere, or add it to source.exclude", markup=False, soft_wrap=True)
    failed = any(language.problem for language in book.languages)
    if options.issue:
        failed |= _keep_issues(site, book, console)
    return 1 if failed else 0


def _in_the_book(english: Book, file: Path) -> str:
    """The path in the English repository of a file that would be a document of the book; empty for any other."""
    root, place = english.repository.path.resolve(), file.resolve()
    path = place.relative_to(root).as_posix() if place.is_relative_to(root) else ""
    return path if path and english.covers(path) else ""


def _keep_issues(site: Composition, book: BookStatus, console: Console) -> bool:
    """Keeps the status issues up to date; whether one could not be."""
    from bot.status.status_issue import keep

    failed = False
    for language in book.languages:
        if language.problem:
            continue
        try:
            several = site.settings.is_shared(site.settings.translation(language.language))
            said = keep(site.issues(language.language), book, language, shared=several)
        except AmtsError as error:
            failed, said = True, str(error)
        console.print(f"{language.language}: {said}", markup=False, soft_wrap=True)
    return failed


def _write_badges(folder: Path, book: BookStatus) -> None:
    from bot.status.badge import badge

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AmtsError(f"{folder} cannot be made", why=error.strerror or str(error), fix="check the path") from error
    for language in book.languages:
        if not language.problem:
            shared.write(folder / f"{language.language}.svg", badge(book, language).encode())
