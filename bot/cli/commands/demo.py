"""``amts demo``: takes a sample book through three English changes."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.cli import options as shared
from bot.cli import sample_book
from bot.sync.all_languages import sync_languages


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", type=Path, help="where to build it (default: a new temporary folder)")


def run(options: argparse.Namespace) -> int:
    console = shared.console(options)
    return sample_book.run(options.folder, lambda config: sync_languages(shared.composed(config)), console)
