"""`amts reviewed`: says that people have reviewed the drafts of an open pull request."""

from __future__ import annotations

import argparse

from bot.cli import options as shared
from bot.reporting import comment_replies, sync_json
from bot.reporting.wording import ENGLISH, wording
from bot.sync.comment_command import Confirm
from bot.sync.confirm import confirm
from bot.sync.retranslate import Asked


def add_options(parser: argparse.ArgumentParser) -> None:
    shared.add_config(parser)
    shared.add_one_language(parser)
    parser.add_argument("path", nargs="?", default="", metavar="PATH", help="only this document")
    shared.add_json(parser)


def run(options: argparse.Namespace) -> int:
    site = shared.composed(options.config, quiet=options.quiet)
    language = shared.one_language(options, site.settings)
    edition = site.language(language, site.settings.engine_of(language))
    made = confirm(site.english(), edition, Asked(Confirm(options.path)))
    shared.console(options).print(comment_replies.confirmed(made, wording(ENGLISH)), markup=False, soft_wrap=True)
    shared.write_json(options, sync_json.reviewed(language, made))
    return 0
