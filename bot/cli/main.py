"""The command line: finds the command, runs it, and turns the outcome into an exit status.

Every command pays for start-up, so this module imports only the standard library and the error type; a command's
own module is imported only when that command runs.
"""

from __future__ import annotations

import argparse
import difflib
import gc
import os
import re
import shutil
import signal
import sys
import traceback
from collections.abc import Collection, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

from bot import __version__
from bot.errors import AmtsError
from bot.workers import collect_rarely

COMMANDS = {
    "demo": "a sample book in two languages, synced before your eyes",
    "init": "look at the repositories of a book, and write amts.yml and the workflows for it",
    "adopt": "find the English version that each translated document corresponds to, and record it",
    "sync": "open or continue one pull request for each language that English has left behind",
    "plan": "write what is to translate as JSON, for an agent or a service that AMTS does not know",
    "apply": "check the answers to such a plan, and open or continue the pull requests with them",
    "status": "show how far each translation is behind: what changed, since when, what it costs to catch up",
    "draft": "draft one document from two English versions and its translation",
    "retranslate": "redraft what nobody has edited in an open pull request",
    "review": "write a page for each language: what waits for people, English and translation side by side",
    "reviewed": "say that people have reviewed the drafts of an open pull request",
    "parallel-data build": "align the merged translation with its English and write the pairs to a file",
    "parallel-data push": "make the merged pairs the parallel data of Amazon Translate",
    "parallel-data show": "show the parallel data that Amazon Translate has: name, state, counts, list of errors",
    "parallel-data delete": "delete the parallel data from Amazon Translate; the next sync makes it again",
    "terminology build": "read a list of terms and write a custom terminology for Amazon Translate",
    "amazon clean": "list what the bucket no longer needs: old documents, results and records; --yes deletes it",
    "evaluate": "measure how good drafts are on documents held out: BLEU, chrF, TER",
    "effort": "measure what the drafts of merged pull requests saved translators",
    "doctor": "check settings, repositories, tokens, engine and workflows, and show what to do",
    "completion": "print a script that completes commands and options in bash, zsh or fish",
    "action": "run as the GitHub Action: inputs and event from the environment",
}
"""Every command and what it does. ``parallel-data build`` is run by ``bot.cli.commands.parallel_data_build``."""

GROUPS = {
    "parallel-data": "the pairs that translators have merged, for engines and other tools",
    "terminology": "the terms that translators have agreed on, for engines",
    "amazon": "what the engine amazon keeps in its bucket",
}
"""The shared descriptions of commands with two words."""


PYTHON = (3, 11, 5)
"""The oldest Python that works: older ones miss code spans, since a possessive quantifier of a group with alternatives
matches wrongly there (python/cpython#106052)."""

EXIT_STATUS = {
    0: "done; there may have been nothing to do",
    1: "an expected failure: what happened, why, and what to do about it is printed",
    2: "wrong usage: an option or a command that does not exist, or a value that is not allowed",
    3: "a bug of AMTS: please report what is printed",
    130: "interrupted, by Ctrl-C or SIGTERM; nothing half-written is left behind",
}
"""What each exit status of a command means."""


def main(words: Sequence[str] | None = None) -> int:
    """Runs a command, and returns its exit status: one of ``EXIT_STATUS``."""
    given = list(sys.argv[1:] if words is None else words)
    try:
        if sys.version_info < PYTHON:
            raise AmtsError(
                f"Python {'.'.join(map(str, sys.version_info[:3]))} is too old",
                why="a fault of its regular expressions would damage texts",
                fix=f"use Python {'.'.join(map(str, PYTHON))} or newer",
            )
        options = _options(given)
        if getattr(options, "json", None):
            from bot.cli.options import check_json

            check_json(options)
        if options.no_color:
            os.environ["NO_COLOR"] = "1"  # What draws tables looks there.
        if words is None:
            signal.signal(signal.SIGTERM, signal.default_int_handler)  # The same way out as Ctrl-C.
            gc.freeze()  # What is imported stays until this process ends, when a last collection would go through it.
            collect_rarely()
        status: int = options.run(options)
        return status
    except AmtsError as error:
        print(f"amts: {error}", file=sys.stderr)
        return 1
    except ImportError as error:
        if shutil.which("git"):
            return _bug()
        print(f"amts: {_without_git(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("amts: interrupted; nothing half-written is left behind", file=sys.stderr)
        return 130
    except Exception:
        return _bug()


def _bug() -> int:
    traceback.print_exc()
    print("amts: this is a bug; please report the lines above", file=sys.stderr)
    return 3


def _without_git(error: ImportError) -> AmtsError:
    """The library that runs git cannot be imported where there is none."""
    why = "no program of that name is in a folder of PATH"
    found = AmtsError("git is missing", why=why, fix="install git 2.38 or newer")
    found.__cause__ = error
    return found


def _options(words: list[str]) -> argparse.Namespace:
    """The options in ``words``. Exits with 2 where they are wrong, and suggests what may have been meant."""
    top = parser(words)
    places = {one.split()[0] for one in COMMANDS}
    if words and not words[0].startswith("-") and words[0] not in places:
        top.error(f"there is no command {words[0]!r}{_suggested(words[0], places)} (amts --help lists all)")
    options, left = top.parse_known_args(words)
    if left and words[0].startswith("-"):
        top.error(f"{left[0]!r} is not known here: options go behind the command")
    if left:
        known = re.findall(r"--[a-z][a-z-]*", options.parser.format_help())
        name = left[0].partition("=")[0]
        options.parser.error(f"{left[0]!r} is not known here{_suggested(name, known) if name.startswith('--') else ''}")
    printed = [name for name, value in vars(options).items() if value == Path("-")]
    if len(printed) > 1:
        both = " and ".join(f"--{name.replace('_', '-')}" for name in printed)
        options.parser.error(f"{both} cannot both be standard output: name a file for one of them")
    return options


def _suggested(word: str, known: Collection[str]) -> str:
    close = difflib.get_close_matches(word, known, 1)
    return f": did you mean {close[0]}?" if close else ""


def parser(words: Sequence[str] | None) -> argparse.ArgumentParser:
    """The parser for ``words``; only the command that they name has its options (None: all), and sets ``run``."""
    top = argparse.ArgumentParser(
        prog="amts", description="Keeps the translations of a Markdown book in step with its English."
    )
    top.add_argument("--version", action="version", version=f"amts {__version__}")
    places = {"": top.add_subparsers(required=True, metavar="COMMAND")}
    for name, summary in COMMANDS.items():
        group, _, last = name.rpartition(" ")
        if group not in places:
            inner = places[""].add_parser(group, help=GROUPS[group], description=_sentence(GROUPS[group]))
            places[group] = inner.add_subparsers(required=True, metavar="COMMAND")
        one = places[group].add_parser(last, help=summary, description=_sentence(summary))
        if words is None or list(words[: len(name.split())]) == name.split():
            module = _imported(name)
            module.add_options(one)
            one.add_argument("-q", "--quiet", action="store_true", help="print errors only, and what goes to a file")
            one.add_argument("--no-color", action="store_true", help="without colors, as with NO_COLOR")
            one.set_defaults(run=module.run, parser=one)
    return top


def _imported(command: str) -> ModuleType:
    """The module of a command. Importing makes many objects and frees few: collecting them meanwhile is in vain."""
    collects = gc.isenabled()
    gc.disable()
    try:
        return import_module(f"bot.cli.commands.{command.replace(' ', '_').replace('-', '_')}")
    finally:
        if collects:
            gc.enable()


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
