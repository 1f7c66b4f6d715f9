"""``amts retranslate``: drafts an open pull request again."""

from __future__ import annotations

import argparse

from bot.cli import options as shared
from bot.cli.progress import screen
from bot.reporting import comment_replies, sync_json
from bot.reporting.wording import ENGLISH, wording
from bot.sync.comment_command import Command
from bot.sync.retranslate import Asked, retranslate


def add_options(parser: argparse.ArgumentParser) -> None:
    shared.add_config(parser)
    shared.add_one_language(parser)
    parser.add_argument(
        "place", nargs="?", default="", metavar="PATH[#ANCHOR]", help="only this document, or section of it"
    )
    parser.add_argument("--force", action="store_true", help="also what people edited in the pull request")
    shared.add_engine(parser)
    shared.add_json(parser)


def run(options: argparse.Namespace) -> int:
    path, _, anchor = options.place.partition("#")
    asked = Asked(Command(path, anchor, options.force))
    with screen(options.quiet) as shown:
        site = shared.composed(options.config, quiet=options.quiet, progress=shown.show)
        language = shared.one_language(options, site.settings)
        engine = options.engine or site.settings.engine_of(language)
        made = retranslate(site.english(), site.language(language, engine), site.engine(engine), asked)
    shared.console(options).print(comment_replies.done(made, wording(ENGLISH)), markup=False, soft_wrap=True)
    shared.write_json(options, sync_json.retranslated(made))
    return 0
