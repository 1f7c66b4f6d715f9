"""`amts review`: writes a review page for each language, of what waits in its translation now."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.cli import options as shared
from bot.drafting.report import many
from bot.errors import AmtsError
from bot.sync.review_pages import report_now


def add_options(parser: argparse.ArgumentParser) -> None:
    shared.add_config(parser)
    parser.add_argument(
        "--language", action="append", default=[], help="only this one, or several with commas (default: all)"
    )
    parser.add_argument(
        "--output", type=Path, metavar="FOLDER", help="write them there (default: `pages` of the settings)"
    )


def run(options: argparse.Namespace) -> int:
    site = shared.composed(options.config)
    known = [t.language for t in site.settings.translations]
    asked = [name.strip() for names in options.language for name in names.split(",") if name.strip()]
    names = [site.settings.translation(name).language for name in dict.fromkeys(asked or known)]
    folder = options.output or site.settings.resolved(site.settings.pages)
    english = site.english()
    failed = False
    for name in names:
        try:
            report = report_now(english, site.language(name, "memory_only"))
            # A pull request on this machine has its page already: it is made again.
            local = Path(report.location) if report.location.endswith(".md") else Path(name)
            place = folder / f"{local.stem}.html"
            _write(place, report.review() if report.review else "")
        except AmtsError as error:
            failed = True
            print(f"{name}: {error}")
            continue
        verb = "waits" if report.waiting == 1 else "wait"
        print(f"{name}: {many(report.waiting, 'sentence')} {verb}: {place}")
    return 1 if failed else 0


def _write(place: Path, text: str) -> None:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AmtsError(
            f"{place.parent} cannot be made", why=error.strerror or str(error), fix="check the path"
        ) from error
    shared.write(place, text.encode("utf-8", "backslashreplace"))
