"""``amts parallel-data show``: the parallel data that Amazon Translate has."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.cli import options as shared
from bot.engines.amazon import batch, custom_data
from bot.errors import AmtsError
from bot.reporting import terminal


def add_options(parser: argparse.ArgumentParser) -> None:
    shared.add_config(parser)
    shared.add_one_language(parser)
    shared.add_json(parser)
    parser.add_argument("-o", "--output", type=Path, help="where the imported pairs are downloaded to")


def run(options: argparse.Namespace) -> int:
    site = shared.composed(options.config, quiet=options.quiet)
    engine = batch.build(site.context())
    name = engine.resource(site.settings.translation(shared.one_language(options, site.settings)).language)
    console = shared.console(options)
    found = custom_data.look(engine.connection.translate, name)
    if found is None:
        raise AmtsError(
            f"there is no parallel data {name}",
            why="nobody has made it yet",
            fix="run `amts parallel-data push`, or a sync",
        )
    terminal.show_imported(found, console)
    places = custom_data.locations(engine.connection.translate, name)
    errors = {w: custom_data.downloaded(places[w]) for w in ("errors", "latest errors") if w in places}
    for what, data in errors.items():
        terminal.show_errors(what, data, console)
    if options.output:
        shared.write(options.output, custom_data.downloaded(places["data"]))
    lists = {what.replace(" ", "_"): terminal.error_lines(data) for what, data in errors.items()}
    shared.write_json(options, {**found.fields, **lists})
    return 0
