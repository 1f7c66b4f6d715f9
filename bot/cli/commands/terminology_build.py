"""``amts terminology build``: a list of terms, as a custom terminology for Amazon Translate."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import get_args

from bot.cli import options as shared
from bot.contracts import Columns
from bot.reporting import terminal
from bot.terminology import glossary, terms


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("list", type=Path, help="lines such as `term; translation`, a Markdown table, or CSV")
    parser.add_argument("--language", type=shared.named, required=True, help="of the translations, such as zh")
    parser.add_argument("--columns", choices=get_args(Columns), default="auto", help="default: detected")
    parser.add_argument("-o", "--output", type=Path, help="where the CSV goes (default: standard output)")


def run(options: argparse.Namespace) -> int:
    listed = glossary.read(shared.read_text(options.list), options.language, options.columns)
    built = terms.build(listed).amazon_csv(("en", options.language))
    if options.output:
        shared.write(options.output, built)
    else:
        sys.stdout.buffer.write(built)
    terminal.show_glossary(listed, options.output, shared.console(options, stderr=True))
    return 0
