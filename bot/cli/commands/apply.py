"""``amts apply``: checks the answers to ``amts plan``, and opens or continues the pull requests with them."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.cli import options as shared
from bot.cli.progress import screen
from bot.reporting import sync_json, terminal
from bot.sync.all_languages import exit_status, sync_languages


def add_options(parser: argparse.ArgumentParser) -> None:
    shared.add_config(parser)
    parser.add_argument("answers", type=Path, help="a file as docs/schemas/answers-1.json describes it")
    shared.add_json(parser)


def run(options: argparse.Namespace) -> int:
    from bot.engines.given import Given
    from bot.sync.exchange import read_answers

    found = read_answers(shared.read_text(options.answers), options.answers)
    given = {name: Given(texts, found.by) for name, texts in found.languages.items()}
    console = shared.console(options)
    reports = []
    with screen(options.quiet) as shown:
        site = shared.composed(options.config, quiet=options.quiet, progress=shown.show)
        for report in sync_languages(site, tuple(given), "memory_only", made=given):
            with shown.hidden():
                terminal.show(report, console)
            reports.append(report)
    terminal.show_totals(reports, console)
    for name, one in given.items():
        if left := len(set(one.texts) - one.used):
            text = f"{name}: {left} of {len(one.texts)} answers are for no sentence that waits: English or they changed"
            console.print(text, markup=False, soft_wrap=True)
    shared.write_json(options, sync_json.synced(reports))
    return exit_status(reports)
