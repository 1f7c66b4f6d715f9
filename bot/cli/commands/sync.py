"""``amts sync``: one pull request for each language whose translation is behind the English book."""

from __future__ import annotations

import argparse
from typing import get_args

from bot.cli import options as shared
from bot.cli.progress import screen
from bot.contracts import ForgeName
from bot.drafting.finished import Finished
from bot.errors import AmtsError
from bot.reporting import sync_json, terminal
from bot.sync.all_languages import exit_status, sync_languages
from bot.sync.choice import Choice
from bot.sync.shards import read


def add_options(parser: argparse.ArgumentParser) -> None:
    shared.add_config(parser)
    shared.add_languages(parser)
    parser.add_argument(
        "--shard",
        default="",
        metavar="K/N",
        help="the K-th of N parts of the languages, for the K-th of N jobs",
    )
    parser.add_argument(
        "--dry-run",
        nargs="?",
        const="true",
        default="false",
        choices=("true", "false"),
        help="plan and write nothing",
    )
    shared.add_engine(parser)
    parser.add_argument(
        "--estimate", action="store_true", help="show what would be sent and cost; nothing is sent or written"
    )
    parser.add_argument(
        "--path",
        action="append",
        type=shared.named,
        default=[],
        metavar="PATTERN",
        help="only these documents (as in a .gitignore)",
    )
    parser.add_argument(
        "--new",
        action="append",
        type=shared.named,
        default=[],
        metavar="PATTERN",
        help="draft these English documents, which have no translation",
    )
    parser.add_argument(
        "--untranslated", action="store_true", help="also draft what is still English in the translations"
    )
    parser.add_argument(
        "--since", default="", metavar="COMMIT", help="only what English changed since a commit, a tag or YYYY-MM-DD"
    )
    parser.add_argument("--max-documents", type=_number, metavar="N", help="the most documents of a pull request")
    parser.add_argument("--max-sentences", type=_number, metavar="N", help="the most sentences (default: review_size)")
    parser.add_argument("--no-wait", action="store_true", help="leave what the engine has begun to a later run")
    shared.add_json(parser)
    parser.add_argument("--forge", choices=get_args(ForgeName), help="refuse to run where a translation is elsewhere")


def _number(word: str) -> int:
    if not word.isdigit() or not int(word):
        raise argparse.ArgumentTypeError(f"{word!r} is no number above 0")
    return int(word)


def run(options: argparse.Namespace) -> int:
    shard = read(options.shard)
    console = shared.console(options)
    dry_run = options.dry_run == "true" or options.estimate
    reports = Finished()
    patient = not options.no_wait
    choice = Choice(
        tuple(options.path),
        tuple(options.new),
        options.since,
        options.max_documents,
        options.max_sentences,
        options.untranslated,
    )
    with screen(options.quiet) as shown:
        site = shared.composed(options.config, options.forge, quiet=options.quiet, progress=shown.show)
        names = shard.languages(shared.languages(options, site.settings))
        if not names:
            with shown.hidden():
                console.print(f"Nothing to do: shard {options.shard} has no language.", markup=False, soft_wrap=True)
                shared.write_json(options, sync_json.synced([]))
            return 0
        for report in sync_languages(site, names, options.engine, dry_run=dry_run, patient=patient, choice=choice):
            with shown.hidden():
                terminal.show(report, console)
            reports.add(report)
            del report  # so that only the packed one stays
    terminal.show_totals(reports.outlines, console)
    if options.json:
        shared.write_json(options, sync_json.synced(reports))
    if idle := sorted(set[str].intersection(*(set(r.idle) for r in reports.outlines))):
        raise AmtsError(
            f"no document matches {', '.join(idle)}",
            why="neither an English path nor that of a translation does; patterns are those of a .gitignore",
            fix="correct the pattern; paths begin at the root of the repository",
        )
    return exit_status(reports.outlines)
