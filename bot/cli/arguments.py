"""What can be said on the command line."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import get_args

from bot import __version__
from bot.contracts import CONFIG
from bot.parallel_data import domain, files
from bot.settings import EngineName, ForgeName
from bot.terminology.term_list import Columns


def parser() -> argparse.ArgumentParser:
    """The parser; of what it parses, ``command`` names what is to be run."""
    main = argparse.ArgumentParser(
        prog="amts", description="Keeps the translations of a Markdown book in step with it."
    )
    main.add_argument("--version", action="version", version=f"amts {__version__}")
    commands = main.add_subparsers(required=True, metavar="COMMAND")

    one = commands.add_parser("demo", help="a sample book in two languages, synced before your eyes")
    one.add_argument("folder", nargs="?", type=Path, help="where to build it (default: a new temporary folder)")
    one.add_argument(
        "--engine",
        choices=("memory_only", "amazon"),
        default="memory_only",
        help="amazon: with an emulator of Amazon Translate, in a checkout",
    )
    one.set_defaults(command="demo")

    one = commands.add_parser("sync", help="one pull request for each language that English has left behind")
    one.add_argument("--config", type=Path, default=Path(CONFIG), help=f"the settings file (default: {CONFIG})")
    one.add_argument("--language", default="", help="only this language (default: all)")
    one.add_argument(
        "--dry-run",
        nargs="?",
        const="true",
        default="false",
        choices=("true", "false"),
        help="plan and write nothing",
    )
    one.add_argument("--engine", choices=get_args(EngineName), help="instead of the one in the settings")
    one.add_argument("--estimate", action="store_true", help="what would be sent and cost; nothing is sent or written")
    one.add_argument("--no-wait", action="store_true", help="leave what the engine has begun to a later run")
    one.add_argument("--forge", choices=get_args(ForgeName), help="refuse to run with another one")
    one.set_defaults(command="sync")

    one = commands.add_parser("retranslate", help="another try at the drafts of an open pull request")
    one.add_argument("--config", type=Path, default=Path(CONFIG), help=f"the settings file (default: {CONFIG})")
    one.add_argument("--language", required=True)
    one.add_argument(
        "place", nargs="?", default="", metavar="PATH[#ANCHOR]", help="only this document, or section of it"
    )
    one.add_argument("--force", action="store_true", help="also what people edited in the pull request")
    one.add_argument("--engine", choices=get_args(EngineName), help="instead of the one in the settings")
    one.set_defaults(command="retranslate")

    one = commands.add_parser("effort", help="what the drafts of merged pull requests saved translators")
    one.add_argument("--config", type=Path, default=Path(CONFIG), help=f"the settings file (default: {CONFIG})")
    one.add_argument(
        "--language", action="append", default=[], help="only this one, or several with commas (default: all)"
    )
    one.add_argument("--since", type=_month, metavar="YYYY-MM", help="only what was merged from then on")
    for form, told in (("json", "all figures"), ("csv", "a row for each month and origin"), ("markdown", "the tables")):
        one.add_argument(f"--{form}", type=Path, metavar="FILE", help=f"write {told} there")
    one.add_argument("--chart", type=Path, metavar="FILE", help="draw them there, as SVG")
    one.set_defaults(command="effort")

    one = commands.add_parser("action", help="as the GitHub Action: inputs and event from the environment")
    one.set_defaults(command="action")

    one = commands.add_parser("draft", help="one document: two English versions and a translation in, a draft out")
    one.add_argument("--old-source", type=Path, required=True, help="the English that the translation corresponds to")
    one.add_argument("--new-source", type=Path, required=True, help="the English now")
    one.add_argument("--target", type=Path, required=True, help="the translation")
    one.add_argument("--language", required=True, help="its language, such as zh")
    one.add_argument("--engine", choices=get_args(EngineName), default="memory_only")
    one.add_argument("--config", type=Path, default=Path(CONFIG), help="settings of that engine (default: amts.yml)")
    one.add_argument("--small-edits", choices=("keep", "translate"), default="keep")
    one.add_argument(
        "--memory", type=Path, action="append", default=[], help="translation memory to use (.tmx, .csv, .tsv)"
    )
    one.add_argument("--terminology", type=Path, metavar="FILE", help="a list of terms that drafts should use")
    one.add_argument("--output", type=Path, required=True, help="where the draft goes")
    one.add_argument("--report", type=Path, help="where a JSON report of every segment goes")
    one.set_defaults(command="draft")

    group = commands.add_parser("parallel-data", help="the pairs that translators have written, for engines")
    kinds = group.add_subparsers(required=True, metavar="COMMAND")
    one = kinds.add_parser("build", help="align the merged translation with its English and write the pairs to a file")
    one.add_argument("--config", type=Path, default=Path(CONFIG), help=f"the settings file (default: {CONFIG})")
    one.add_argument("--language", required=True, help="such as zh")
    one.add_argument("--granularity", choices=("sentence", "paragraph"), default="sentence")
    one.add_argument("--format", choices=files.FORMATS, help="default: by the name of the file, else tmx")
    one.add_argument(
        "--for",
        dest="reader",
        choices=("engine", "memory"),
        default="engine",
        help="engine: the text that it sees, one translation each (default); memory: Markdown, all alternatives",
    )
    one.add_argument("--without", action="append", default=[], metavar="PATTERN", help="leave these documents out")
    _more_pairs(one)
    one.add_argument("-o", "--output", type=Path, help="where the pairs go (default: standard output)")
    one.add_argument("--report", type=Path, help="where a JSON report with the provenance of every pair goes")
    one.set_defaults(command="parallel-data build")

    for command, told in (
        ("push", "make what people merged the parallel data of Amazon Translate"),
        ("show", "what Amazon Translate has: name, state, counts, and its list of errors"),
        ("delete", "delete it from Amazon Translate; the next sync makes it again"),
    ):
        one = kinds.add_parser(command, help=told)
        one.add_argument("--config", type=Path, default=Path(CONFIG), help=f"the settings file (default: {CONFIG})")
        one.add_argument("--language", required=True, help="such as zh")
        if command == "show":
            one.add_argument("-o", "--output", type=Path, help="where the imported pairs are downloaded to")
        one.set_defaults(command=f"parallel-data {command}")

    one = commands.add_parser("evaluate", help="how good drafts are, on documents held out: BLEU, chrF, TER")
    one.add_argument("--config", type=Path, default=Path(CONFIG), help=f"the settings file (default: {CONFIG})")
    one.add_argument("--language", required=True, help="such as zh")
    one.add_argument(
        "--hold-out", action="append", default=[], metavar="PATTERN", help="documents to translate (default: any five)"
    )
    one.add_argument(
        "--arm",
        dest="arms",
        action="append",
        default=[],
        metavar="ENGINE:DATA",
        help="what to compare: an engine, with none, paragraph or sentence pairs (default: by the settings' engine)",
    )
    one.add_argument(
        "--direction", choices=("both", "there", "back"), default="both", help="there: from English; back: to English"
    )
    _more_pairs(one)
    one.add_argument(
        "--documents",
        type=Path,
        nargs=2,
        metavar=("SOURCES", "TRANSLATIONS"),
        help="translate these instead: a folder of documents from elsewhere, and one of their translations",
    )
    one.add_argument("--incremental", action="store_true", help="one document after another, each learned from")
    one.add_argument("--estimate", action="store_true", help="what would be sent and cost; nothing is sent")
    one.add_argument("--samples", type=int, default=1000, help="of the bootstrap (default: 1000)")
    one.add_argument("--markdown", type=Path, help="where the tables go too")
    one.add_argument("--json", type=Path, help="where everything goes for programs")
    one.add_argument("--csv", type=Path, help="where a row for each document and arm goes")
    one.add_argument("--chart", type=Path, metavar="NAME.svg", help="where charts go, as NAME.en-zh.svg")
    one.set_defaults(command="evaluate")

    one = commands.add_parser("doctor", help="whether Amazon Translate is set up, and what to do where it is not")
    one.add_argument("--config", type=Path, default=Path(CONFIG), help=f"the settings file (default: {CONFIG})")
    one.set_defaults(command="doctor")

    group = commands.add_parser("terminology", help="the terms that translators have agreed on, for engines")
    one = group.add_subparsers(required=True, metavar="COMMAND").add_parser(
        "build", help="read a list of terms and write a custom terminology for Amazon Translate"
    )
    one.add_argument("list", type=Path, help="lines such as `term; translation`, a Markdown table, or CSV")
    one.add_argument("--language", required=True, help="of the translations, such as zh")
    one.add_argument("--columns", choices=get_args(Columns), default="auto", help="default: detected")
    one.add_argument("-o", "--output", type=Path, help="where the CSV goes (default: standard output)")
    one.set_defaults(command="terminology build")
    return main


def _more_pairs(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--from",
        dest="places",
        type=Path,
        nargs="+",
        action="append",
        default=[],
        metavar="PLACE",
        help="more pairs: a .tmx, .csv or .tsv file, or a folder of documents and one of their translations",
    )
    one.add_argument(
        "--subject",
        type=float,
        default=domain.LEAST,
        metavar="LEAST",
        help=f"how like the book pairs of --from must be, 0 to 1 (default: {domain.LEAST}; 0 takes all)",
    )


def _month(text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no month such as 2024-05")
    return text
