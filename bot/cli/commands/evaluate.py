"""``amts evaluate``: measures how good drafts are, on held-out documents."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.cli import options as shared
from bot.cli.commands.parallel_data_build import add_more_pairs
from bot.evaluation import command


def add_options(parser: argparse.ArgumentParser) -> None:
    shared.add_config(parser)
    shared.add_one_language(parser)
    parser.add_argument(
        "--hold-out", action="append", default=[], metavar="PATTERN", help="documents to translate (default: any five)"
    )
    parser.add_argument(
        "--arm",
        dest="arms",
        action="append",
        default=[],
        metavar="ENGINE:DATA",
        help="what to compare: an engine, with none, paragraph or sentence pairs (default: by the settings' engine)",
    )
    parser.add_argument(
        "--direction", choices=("both", "there", "back"), default="both", help="there: from English; back: to English"
    )
    add_more_pairs(parser)
    parser.add_argument(
        "--documents",
        type=Path,
        nargs=2,
        metavar=("SOURCES", "TRANSLATIONS"),
        help="translate these instead: a folder of documents from elsewhere, and one of their translations",
    )
    parser.add_argument(
        "--revisions",
        action="store_true",
        help="sentences of the book's history that people revised after their English had changed",
    )
    parser.add_argument("--incremental", action="store_true", help="one document after another, each learned from")
    parser.add_argument("--estimate", action="store_true", help="show what would be sent and cost; nothing is sent")
    parser.add_argument("--samples", type=int, default=1000, help="of the bootstrap (default: 1000)")
    parser.add_argument("--markdown", type=Path, help="where the tables go too")
    shared.add_json(parser, "everything")
    parser.add_argument("--csv", type=Path, help="where a row for each document and arm goes")
    parser.add_argument("--chart", type=Path, metavar="NAME.svg", help="where charts go, as NAME.en-zh.svg")


def run(options: argparse.Namespace) -> int:
    text = command.run(options, shared.composed(options.config, quiet=options.quiet), shared.write)
    out = sys.stderr if shared.STDOUT in vars(options).values() else sys.stdout
    out.write(text)
    return 0
