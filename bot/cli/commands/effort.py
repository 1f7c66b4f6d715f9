"""``amts effort``: what the drafts of merged pull requests saved translators."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.cli import options as shared
from bot.effort import effort_chart, effort_tables, figures
from bot.effort.merged_requests import merged_drafts
from bot.errors import AmtsError


def add_options(parser: argparse.ArgumentParser) -> None:
    shared.add_config(parser)
    shared.add_languages(parser)
    parser.add_argument("--since", type=shared.month, metavar="YYYY-MM", help="only what was merged from then on")
    shared.add_json(parser, "all figures")
    for form, what in (("csv", "a row for each month and origin"), ("markdown", "the tables")):
        parser.add_argument(f"--{form}", type=Path, metavar="FILE", help=f"write {what} there")
    parser.add_argument("--chart", type=Path, metavar="FILE", help="draw them there, as SVG")


def run(options: argparse.Namespace) -> int:
    site = shared.composed(options.config, quiet=options.quiet)
    english = site.english()
    problems: list[AmtsError] = []
    found: list[figures.Month] = []
    for name in shared.languages(options, site.settings):
        try:
            drafts = merged_drafts(english, site.language(name, "memory_only"))
            found += figures.months(name, drafts, options.since or "")
        except AmtsError as error:
            problems.append(error)
    if problems and (options.language or not found):
        raise problems[0]
    if not found:
        raise AmtsError(
            "nothing can be measured", why=f"nothing was merged since {options.since}", fix="choose an earlier month"
        )
    measured = figures.Effort(tuple(found))
    forms = {
        options.json: effort_tables.json_text,
        options.csv: effort_tables.csv_text,
        options.markdown: effort_tables.markdown_text,
    }
    for place, form in forms.items():
        if place:
            shared.write(place, form(measured).encode())
    if options.chart:
        shared.write(options.chart, effort_chart.svg(measured))
    effort_tables.show(measured, shared.console(options))
    return 0
