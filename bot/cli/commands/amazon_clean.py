"""``amts amazon clean``: lists what the engine no longer needs in the bucket, and deletes it when asked to."""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import UTC, datetime

from bot.cli import options as shared
from bot.drafting.report import many
from bot.engines.amazon import batch, cleaning


def add_options(parser: argparse.ArgumentParser) -> None:
    shared.add_config(parser)
    shared.add_languages(parser)
    parser.add_argument(
        "--days",
        type=_days,
        default=cleaning.KEEP_DAYS,
        metavar="N",
        help="checked sentences are kept for N days, since they were paid for (default: %(default)s)",
    )
    parser.add_argument("--yes", action="store_true", help="delete it; without this, it is only listed")
    shared.add_json(parser)


def _days(word: str) -> int:
    if not word.isdigit() or not int(word):
        raise argparse.ArgumentTypeError(f"{word!r} is no number above 0")
    return int(word)


def run(options: argparse.Namespace) -> int:
    site = shared.composed(options.config, quiet=options.quiet)
    engine = batch.build(site.context())
    now = datetime.now(UTC)
    names = shared.languages(options, site.settings)
    every = [cleaning.leftovers(engine, name, now, options.days) for name in names]
    console = shared.console(options)
    objects = []
    for found in every:
        storage = engine.storage(found.language)
        for one in found.found:
            uri = storage.uri(one.stored.name)
            objects.append({"language": found.language, "uri": uri, "bytes": one.stored.size, "why": one.why})
            console.print(f"{uri}  {one.stored.size:,} bytes, {one.why}", markup=False, soft_wrap=True)
        reasons = Counter({"its job has not ended": found.running, "not collected yet": found.uncollected})
        for why, count in (+reasons).items():
            console.print(f"{found.language}: {many(count, 'run')} kept, {why}", markup=False, soft_wrap=True)
    number, size = cleaning.summary(every)
    if options.yes:
        for found in every:
            cleaning.clear(engine, found)
        line = f"{many(number, 'object')}, {many(size, 'byte')} deleted"
    else:
        line = f"{many(number, 'object')}, {many(size, 'byte')} can be deleted" + (": add --yes" if number else "")
    console.print(line, markup=False, soft_wrap=True)
    kept = [{"language": f.language, "running": f.running, "uncollected": f.uncollected} for f in every]
    shared.write_json(options, {"deleted": options.yes, "bytes": size, "objects": objects, "kept": kept})
    return 0
