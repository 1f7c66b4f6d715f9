"""``amts parallel-data delete``: removes the parallel data from Amazon Translate."""

from __future__ import annotations

import argparse

from bot.cli import options as shared
from bot.engines.amazon import batch, custom_data


def add_options(parser: argparse.ArgumentParser) -> None:
    shared.add_config(parser)
    shared.add_one_language(parser)
    shared.add_json(parser)


def run(options: argparse.Namespace) -> int:
    site = shared.composed(options.config, quiet=options.quiet)
    engine = batch.build(site.context())
    name = engine.resource(site.settings.translation(shared.one_language(options, site.settings)).language)
    there = custom_data.remove(engine.connection.translate, name)
    line = f"{name} is being deleted" if there else f"there is no parallel data {name}"
    shared.console(options).print(line, markup=False, soft_wrap=True)
    shared.write_json(options, {"name": name, "deleted": there})
    return 0
