"""``amts amazon clean``: lists what the engine no longer needs in the bucket, and deletes it when asked to."""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import UTC, datetime

from bot.cli import options as shared
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
    for found in every:
        storage = engine.storage(found.language)
        for one in found.found:
            print(f"{storage.uri(one.stored.name)}  {one.stored.size:,} bytes, {one.why}")
        reasons = Counter({"its job has not ended": found.running, "not collected yet": found.uncollected})
        for why, count in (+reasons).items():
            print(f"{found.language}: {count} run{'s' if count != 1 else ''} kept, {why}")
    objects, size = cleaning.summary(every)
    if not options.yes:
        print(f"{objects:,} objects, {size:,} bytes can be deleted" + (": add --yes" if objects else ""))
        return 0
    for found in every:
        cleaning.clear(engine, found)
    print(f"{objects:,} objects, {size:,} bytes deleted")
    return 0
