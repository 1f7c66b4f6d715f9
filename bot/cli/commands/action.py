"""``amts action``: what the container of the GitHub Action runs."""

from __future__ import annotations

import argparse
import os
import sys

from bot.action import run as action
from bot.cli import options as shared


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds no options: everything comes from the environment."""


def run(_: argparse.Namespace) -> int:
    return action.run(os.environ, sys.stdout, shared.teller(False))
