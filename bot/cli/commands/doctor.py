"""``amts doctor``: checks whether the engine is set up, and shows what to do if it is not."""

from __future__ import annotations

import argparse

from rich.console import Console

from bot.cli import options as shared
from bot.engines.amazon import batch, doctor
from bot.reporting import terminal


def add_options(parser: argparse.ArgumentParser) -> None:
    shared.add_config(parser)


def run(options: argparse.Namespace) -> int:
    site = shared.composed(options.config)
    engine = batch.build(site.context())
    console = Console(highlight=False)
    bad = 0
    for finding in doctor.examine(engine, tuple(t.language for t in site.settings.translations)):
        terminal.show_finding(finding, console)
        bad += finding.state == "bad"
    return 1 if bad else 0
