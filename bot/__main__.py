"""The command line: what each command does."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from pathspec import GitIgnoreSpec
from rich.console import Console

from bot import settings
from bot.action import run
from bot.cli import arguments, demo
from bot.document.tree import decoded
from bot.drafting import draft
from bot.drafting.report import draft_json, parallel_data_json
from bot.drafting.translate import translated
from bot.effort import effort_chart, effort_tables, figures
from bot.engines import Batch, Engine
from bot.engines.amazon import custom_data, doctor
from bot.engines.memory_only import MemoryOnly
from bot.engines.resources import Resources
from bot.engines.smt.engine import Smt
from bot.errors import AmtsError
from bot.evaluation import command as evaluation
from bot.forges.github.access import Access
from bot.parallel_data import dataset, external, files
from bot.parallel_data.extraction import TranslatedDocument
from bot.planning.document_plan import plan_document
from bot.reporting import comment_replies, terminal
from bot.settings import EngineName
from bot.sync.all_languages import exit_status, sync_languages
from bot.sync.comment_command import Command
from bot.sync.composition import Composition
from bot.sync.corpus import merged_corpus, merged_resources
from bot.sync.retranslate import Asked, retranslate
from bot.terminology import glossary
from bot.terminology.term_list import Columns
from bot.terminology.terms import Terminology, build


def main(words: Sequence[str] | None = None) -> int:
    """Runs a command. Exit status: 0 done, 1 expected failure, 2 usage, 3 bug, 130 interrupted."""
    options = arguments.parser().parse_args(words)
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        return _COMMANDS[options.command](options)
    except AmtsError as error:
        errors.print(f"amts: {error}", markup=False)
        return 1
    except KeyboardInterrupt:
        errors.print("amts: interrupted; nothing half-written is left behind")
        return 130
    except Exception:
        traceback.print_exc()
        errors.print("amts: this is a bug; please report the lines above")
        return 3


def _demo(options: argparse.Namespace) -> int:
    console = Console(highlight=False)
    return demo.run(options.folder, lambda config: sync_languages(_site(config)), console, options.engine)


def _sync(options: argparse.Namespace) -> int:
    names = (options.language,) if options.language else ()
    console = Console(highlight=False)
    reports = []
    dry_run = options.dry_run == "true" or options.estimate
    site = _site(options.config)
    for report in sync_languages(site, names, options.engine, dry_run=dry_run, patient=not options.no_wait):
        terminal.show(report, console)
        reports.append(report)
    terminal.show_totals(reports, console)
    return exit_status(reports)


def _site(config: Path) -> Composition:
    return Composition(settings.load(config), Access.of(os.environ), _tell)


def _tell(text: str) -> None:
    """What an engine is at, for people who wait."""
    Console(stderr=True, highlight=False).print(f"  … {text}", markup=False, soft_wrap=True)


def _retranslate(options: argparse.Namespace) -> int:
    site = _site(options.config)
    path, _, anchor = options.place.partition("#")
    engine = options.engine or site.settings.engine
    asked = Asked(Command(path, anchor, options.force))
    made = retranslate(site.english(), site.language(options.language, engine), site.engine(engine), asked)
    Console(highlight=False).print(comment_replies.done(made), markup=False, soft_wrap=True)
    return 0


def _effort(options: argparse.Namespace) -> int:
    site = _site(options.config)
    known = [t.language for t in site.settings.translations]
    asked = [name.strip() for names in options.language for name in names.split(",") if name.strip()]
    names = [site.settings.translation(name).language for name in dict.fromkeys(asked or known)]
    english = site.english()
    problems: list[AmtsError] = []
    found: list[figures.Month] = []
    for name in names:
        try:
            found += figures.months(name, site.merged_drafts(name, english), options.since or "")
        except AmtsError as error:
            problems.append(error)
    if problems and (asked or not found):
        raise problems[0]
    if not found:
        raise AmtsError(
            "nothing can be measured", why=f"nothing was merged since {options.since}", fix="choose an earlier month"
        )
    measured = figures.Effort(tuple(found))
    forms = (
        (options.json, effort_tables.json_text), (options.csv, effort_tables.csv_text),
        (options.markdown, effort_tables.markdown_text),
    )  # fmt: skip
    for place, form in forms:
        if place:
            _write(place, form(measured).encode())
    if options.chart:
        _write(options.chart, effort_chart.svg(measured))
    effort_tables.show(measured, Console(highlight=False))
    return 0


def _action(_: argparse.Namespace) -> int:
    return run.run(os.environ, sys.stdout, _tell)


def _draft(options: argparse.Namespace) -> int:
    old, new, target = (_text(p) for p in (options.old_source, options.new_source, options.target))
    plan = plan_document(old, new, target, language=options.language, small_edits=options.small_edits)
    languages = "en", options.language
    own = dataset.build([TranslatedDocument("", old, target)], languages)
    others = (unit for path in options.memory for unit in files.read(path, languages))
    data = replace(own, units=(*own.units, *others))
    terms = _terminology(options.terminology, options.language, "auto") if options.terminology else None
    batch = Batch(*languages, {("", s.number): s for s in plan.segments})
    engine = _engine(options.engine, options.config)
    found = translated(engine, batch, Resources(data, (target,), terminology=terms, asked=terms))
    answers = {number: answer for (_, number), answer in found.answers.items()}
    done = draft.draft_document(plan, answers, old=old, new=new)
    _write(options.output, done.text.encode())
    if options.report:
        told = json.dumps(draft_json(done, options.language), indent=1, ensure_ascii=False) + "\n"
        _write(options.report, told.encode())
    terminal.show_draft(done, Console(stderr=True, highlight=False))
    return 0


def _engine(name: EngineName, config: Path) -> Engine:
    """The engine of a single draft; those that run on this machine need no settings file."""
    if name == "memory_only":
        return MemoryOnly()
    if name == "smt" and not config.exists():
        return Smt(config.resolve().parent / ".amts" / "smt", _tell)
    return _site(config).engine(name)


def _build_parallel_data(options: argparse.Namespace) -> int:
    site = _site(options.config)
    languages = "en", options.language
    english = site.english()
    left_out = GitIgnoreSpec.from_lines(options.without).match_file
    parts = []
    if not options.places or options.language in (t.language for t in site.settings.translations):
        language = site.language(options.language, site.settings.engine)
        corpus = merged_corpus(english, language, language.forge.base(), with_history=True)
        parts.append(dataset.build(corpus.documents(left_out), languages, options.granularity))
    for places in options.places:
        more = external.read(places, languages, options.granularity)
        tree = english.tree()
        texts = (tree.text(path) for path in sorted(tree.files) if not left_out(path))
        more = external.on_subject(more, texts, languages[0], options.subject)
        parts.append(external.subordinate(more) if parts else more)
    data = dataset.join(parts)
    form = options.format or files.format_of(options.output) or "tmx"
    prepare = dataset.for_engine if options.reader == "engine" else dataset.within_rules
    data = prepare(data, form)
    stream = io.BytesIO()
    files.write(data.units, stream, languages, form)
    if options.output:
        _write(options.output, stream.getvalue())
    else:
        sys.stdout.buffer.write(stream.getvalue())
    if options.report:
        _write(options.report, parallel_data_json(data).encode())
    terminal.show_parallel_data(data, options.output, Console(stderr=True, highlight=False))
    return 0


def _push_parallel_data(options: argparse.Namespace) -> int:
    site = _site(options.config)
    engine = site.amazon()
    language = site.language(options.language, "amazon")
    resources = merged_resources(site.english(), language, language.forge.base())
    done = engine.push(resources)
    if done is None:
        raise AmtsError(
            f"there is nothing to push for {options.language}",
            why="people have merged no pair yet that could teach anything",
            fix="merge a translation first; `amts parallel-data build` shows what becomes of its pairs",
        )
    terminal.show_imported(done, Console(highlight=False))
    return 0


def _show_parallel_data(options: argparse.Namespace) -> int:
    site = _site(options.config)
    engine = site.amazon()
    name = engine.resource(site.settings.translation(options.language).language)
    found = custom_data.look(engine.connection.translate, name)
    if found is None:
        raise AmtsError(
            f"there is no parallel data {name}", why="nobody has made it yet", fix="amts parallel-data push, or sync"
        )
    terminal.show_imported(found, Console(highlight=False))
    places = custom_data.locations(engine.connection.translate, name)
    for what in ("errors", "latest errors"):
        if what in places:
            terminal.show_errors(what, custom_data.downloaded(places[what]), Console(highlight=False))
    if options.output:
        _write(options.output, custom_data.downloaded(places["data"]))
    return 0


def _delete_parallel_data(options: argparse.Namespace) -> int:
    site = _site(options.config)
    engine = site.amazon()
    name = engine.resource(site.settings.translation(options.language).language)
    there = custom_data.remove(engine.connection.translate, name)
    Console(highlight=False).print(f"{name} is being deleted" if there else f"there is no parallel data {name}")
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    sys.stdout.write(evaluation.run(options, _site(options.config), _write))
    return 0


def _doctor(options: argparse.Namespace) -> int:
    site = _site(options.config)
    engine = site.amazon()
    console = Console(highlight=False)
    bad = 0
    for finding in doctor.examine(engine, tuple(t.language for t in site.settings.translations)):
        terminal.show_finding(finding, console)
        bad += finding.state == "bad"
    return 1 if bad else 0


def _build_terminology(options: argparse.Namespace) -> int:
    listed = glossary.read(_text(options.list), options.language, options.columns)
    built = build(listed).amazon_csv(("en", options.language))
    if options.output:
        _write(options.output, built)
    else:
        sys.stdout.buffer.write(built)
    terminal.show_glossary(listed, options.output, Console(stderr=True, highlight=False))
    return 0


def _terminology(path: Path, language: str, columns: Columns) -> Terminology:
    return build(glossary.read(_text(path), language, columns))


def _text(path: Path) -> str:
    try:
        return decoded(path.read_bytes(), str(path))
    except OSError as error:
        raise AmtsError(f"{path} cannot be read", why=error.strerror or str(error), fix="check the path") from error


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise AmtsError(f"{path} cannot be written", why=error.strerror or str(error), fix="check the path") from error


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "demo": _demo,
    "sync": _sync,
    "retranslate": _retranslate,
    "effort": _effort,
    "action": _action,
    "draft": _draft,
    "parallel-data build": _build_parallel_data,
    "parallel-data push": _push_parallel_data,
    "parallel-data show": _show_parallel_data,
    "parallel-data delete": _delete_parallel_data,
    "evaluate": _evaluate,
    "doctor": _doctor,
    "terminology build": _build_terminology,
}


if __name__ == "__main__":
    sys.exit(main())
