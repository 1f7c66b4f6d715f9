"""``amts completion``: a script for a shell, which then completes commands and options by itself."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from bot.cli import options as shared

SHELLS = ("bash", "zsh", "fish")


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=SHELLS, help="for which shell; docs/terminal.md says where the script goes")


def run(options: argparse.Namespace) -> int:
    import shtab

    from bot.cli.main import parser

    every = parser(None)
    for action in _actions(every):
        if action.type in (Path, shared.file):
            action.complete = shtab.FILE  # type: ignore[attr-defined]
    shared.write(shared.STDOUT, f"{shtab.complete(every, options.shell)}\n".encode())
    return 0


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """The options of a parser and of all of its commands."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from _actions(inner)
        else:
            yield action
