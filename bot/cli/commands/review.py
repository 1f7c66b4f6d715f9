"""``amts review``: writes a review page for each language, of what waits in its translation now."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.cli import options as shared
from bot.cli.progress import screen
from bot.drafting.report import LanguageReport, many
from bot.errors import AmtsError
from bot.sync.review_pages import report_now


def add_options(parser: argparse.ArgumentParser) -> None:
    shared.add_config(parser)
    shared.add_languages(parser)
    parser.add_argument(
        "--output", type=Path, metavar="FOLDER", help="write them there (default: `pages` of the settings)"
    )
    shared.add_json(parser)


def run(options: argparse.Namespace) -> int:
    console = shared.console(options)
    pages: dict[str, str] = {}
    waiting: dict[str, int] = {}
    failures: list[str] = []
    with screen(options.quiet) as shown:
        site = shared.composed(options.config, quiet=options.quiet, progress=shown.show)
        folder = options.output or site.settings.resolved(site.settings.pages)
        english = site.english()
        for name in shared.languages(options, site.settings):
            try:
                edition = site.language(name, "memory_only")
                shown.show(name, "reading what waits")
                report = report_now(english, edition)
                place = _written(report, folder)
            except AmtsError as error:
                failures.append(name)
                with shown.hidden():
                    print(f"amts: {name}: {error}", file=sys.stderr)
                continue
            finally:
                shown.show(name, "")
            pages[name], waiting[name] = str(place), report.waiting
            waits = f"{many(report.waiting, 'sentence')} {'waits' if report.waiting == 1 else 'wait'}"
            with shown.hidden():
                console.print(f"{name}: {waits}: {place}", markup=False, soft_wrap=True)
    shared.write_json(options, {"review_pages": pages, "waiting": waiting, "failures": failures})
    return 1 if failures else 0


def _written(report: LanguageReport, folder: Path) -> Path:
    """Writes the page of a language: a pull request on this machine has one already, and it is made again."""
    local = Path(report.location).stem if report.location.endswith(".md") else report.language
    place = folder / f"{local}.html"
    text = "".join(report.review()) if report.review else ""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AmtsError(f"{folder} cannot be made", why=error.strerror or str(error), fix="check the path") from error
    shared.write(place, text.encode("utf-8", "backslashreplace"))
    return place
