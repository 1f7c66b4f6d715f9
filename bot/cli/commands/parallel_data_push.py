"""``amts parallel-data push``: uploads the merged pairs as parallel data of Amazon Translate."""

from __future__ import annotations

import argparse

from bot.cli import options as shared
from bot.cli.progress import screen
from bot.engines.amazon import batch
from bot.errors import AmtsError
from bot.reporting import terminal
from bot.sync.resources import merged_resources


def add_options(parser: argparse.ArgumentParser) -> None:
    shared.add_config(parser)
    shared.add_one_language(parser)
    shared.add_json(parser)


def run(options: argparse.Namespace) -> int:
    with screen(options.quiet) as shown:
        site = shared.composed(options.config, quiet=options.quiet, progress=shown.show)
        engine = batch.build(site.context())
        language = shared.one_language(options, site.settings)
        edition = site.language(language, "amazon")
        shown.show(language, "reading what people merged")
        merged = merged_resources(site.english(), edition, edition.forge.base())
        shown.show(language, "importing parallel data into Amazon Translate")
        done = engine.push(merged)
    if done is None:
        raise AmtsError(
            f"there is nothing to push for {language}",
            why="people have not merged a pair yet that an engine could learn from",
            fix="merge a translation first; `amts parallel-data build` shows what becomes of its pairs",
        )
    terminal.show_imported(done, shared.console(options))
    shared.write_json(options, done.fields)
    return 0
