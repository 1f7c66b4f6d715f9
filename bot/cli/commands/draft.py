"""``amts draft``: drafts one document, without repositories."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from bot.cli import options as shared
from bot.contracts import CLONES, EngineName, SmallEdits
from bot.document.flavours import FLAVOURS
from bot.document.page import check_alike
from bot.drafting.draft import draft_document
from bot.drafting.report import draft_json, draft_line
from bot.drafting.translate import translated
from bot.engines import Batch, Engine
from bot.engines.registry import Context, build
from bot.engines.resources import Resources
from bot.parallel_data import dataset
from bot.parallel_data.dataset import ParallelData
from bot.parallel_data.extraction import TranslatedDocument
from bot.planning.document_plan import plan_document
from bot.terminology import glossary, terms

if TYPE_CHECKING:
    from bot.settings.values import Settings


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--old-source", type=Path, required=True, help="the English that the translation corresponds to"
    )
    parser.add_argument("--new-source", type=Path, required=True, help="the English now")
    parser.add_argument("--target", type=Path, required=True, help="the translation")
    parser.add_argument("--language", type=shared.named, required=True, help="its language, such as zh")
    parser.add_argument(
        "--engine", choices=get_args(EngineName), default="memory_only", help="what drafts the sentences that changed"
    )
    shared.add_config(parser)
    parser.add_argument("--flavour", choices=FLAVOURS, help="its flavour of Markdown (default: what the texts show)")
    parser.add_argument(
        "--small-edits",
        choices=get_args(SmallEdits),
        default="keep",
        help="what becomes of a sentence whose English was edited a little",
    )
    parser.add_argument(
        "--no-repair", dest="repair", action="store_false", help="leave old translations alone that could be repaired"
    )
    parser.add_argument(
        "--memory", type=Path, action="append", default=[], help="translation memory to use (.tmx, .csv, .tsv)"
    )
    parser.add_argument("--terminology", type=Path, metavar="FILE", help="a list of terms that drafts should use")
    parser.add_argument("--output", type=Path, required=True, help="where the draft goes")
    parser.add_argument("--report", type=Path, help="where a JSON report of every segment goes")


def run(options: argparse.Namespace) -> int:
    old, new, target = (shared.read_text(p) for p in (options.old_source, options.new_source, options.target))
    check_alike(old, new, target)
    how = {"language": options.language, "small_edits": options.small_edits, "flavour": options.flavour}
    plan = plan_document(old, new, target, **how)
    languages = "en", options.language
    batch = Batch(*languages, {("", s.number): s for s in plan.segments})
    # Learning the data for drafts takes longer than planning: do it only if there is something to draft.
    learned = [TranslatedDocument("", old, target, flavour=plan.flavour)] if batch.segments else []
    data = dataset.build(learned, languages)
    if options.memory:
        from bot.parallel_data import files

        data = replace(data, units=(*data.units, *(u for path in options.memory for u in files.read(path, languages))))
    found = translated(_engine(options), batch, _resources(options, data, target))
    answers = {number: answer for (_, number), answer in found.answers.items()}
    done = draft_document(plan, answers, old=old, new=new)
    shared.write(options.output, done.text.encode())
    if options.report:
        report = json.dumps(draft_json(done, options.language), indent=1, ensure_ascii=False) + "\n"
        shared.write(options.report, report.encode())
    print(draft_line(done), file=sys.stderr)
    return 0


def _resources(options: argparse.Namespace, data: ParallelData, target: str) -> Resources:
    if not options.terminology:
        return Resources(data, (target,), flavour=options.flavour, repairs=options.repair)
    listed = terms.build(glossary.read(shared.read_text(options.terminology), options.language, "auto"))
    return Resources(data, (target,), terminology=listed, asked=listed, flavour=options.flavour, repairs=options.repair)


def _settings(config: Path) -> Settings:
    from bot.settings.file import load

    return load(config)


def _engine(options: argparse.Namespace) -> Engine:
    """An engine on this machine needs no settings file, only a folder to store what it learns."""
    name: EngineName = options.engine
    config: Path = options.config
    if config.exists() and name != "memory_only":
        return shared.composed(options.config, quiet=options.quiet).engine(name)
    settings = _defaults if name == "neural" and not config.exists() else partial(_settings, config)
    return build(name, Context(settings, config.resolve().parent / CLONES, shared.teller(options.quiet)))


def _defaults() -> Settings:
    from bot.settings.source import Source
    from bot.settings.values import Settings, Translation

    translation = Translation(language="xx", repository="translation", baseline="lock")
    return Settings(source=Source(repository="english"), translations=[translation])
