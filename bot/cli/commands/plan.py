"""``amts plan``: writes what is to translate as JSON, for an agent or a service that AMTS does not know."""

from __future__ import annotations

import argparse
from functools import partial

from bot.cli import options as shared
from bot.cli.progress import screen


def add_options(parser: argparse.ArgumentParser) -> None:
    shared.add_config(parser)
    shared.add_languages(parser)
    parser.add_argument(
        "--json",
        type=shared.file,
        required=True,
        metavar="FILE",
        help="where the segments go, with what helps; - for stdout",
    )


def run(options: argparse.Namespace) -> int:
    from bot.sync import exchange

    found = []
    with screen(options.quiet) as shown:
        site = shared.composed(options.config, quiet=options.quiet, progress=shown.show)
        names = shared.languages(options, site.settings)
        english = site.english()
        for name in names:
            found.append(exchange.plan(english, site.language(name, "memory_only"), partial(shown.show, name)))
            shown.show(name, "")
    made = exchange.PlanFile(version=exchange.VERSION, english=english.commit, languages=found)
    data = (made.model_dump_json(indent=1, exclude_none=True) + "\n").encode()
    shared.write(options.json, data)
    console = shared.console(options, stderr=True)
    for one in found:
        console.print(f"{one.language}: {len(one.segments)} to translate", markup=False, soft_wrap=True)
    return 0
