"""The command line, and the one place that builds repositories, forges and engines."""

from __future__ import annotations

import argparse
import json
import sys
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console

from bot import __version__, demo, draft, memory, output, settings
from bot.book import decoded
from bot.contracts import BRANCH, CONFIG
from bot.engines import Batch, Engine
from bot.engines.memory_only import MemoryOnly
from bot.errors import AmtsError
from bot.forges.local import LocalForge
from bot.pipeline import Book, Language, sync
from bot.plan import plan_document
from bot.report import LanguageReport, draft_json
from bot.repos import Repository

ENGINES: dict[str, type[Engine]] = {"memory_only": MemoryOnly}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command. Exit status: 0 done, 1 expected failure, 2 usage, 3 bug, 130 interrupted."""
    options = _parser().parse_args(arguments)
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        return int(options.run(options))
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="amts", description="Keeps the translations of a Markdown book in step with it."
    )
    parser.add_argument("--version", action="version", version=f"amts {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    one = commands.add_parser("demo", help="a sample book in two languages, synced before your eyes")
    one.add_argument("folder", nargs="?", type=Path, help="where to build it (default: a new temporary folder)")
    one.set_defaults(run=lambda o: demo.run(o.folder, _run_sync, Console(highlight=False)))

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
    one.add_argument("--engine", choices=tuple(ENGINES), help="instead of the one in the settings")
    one.add_argument("--forge", choices=("local",), help="instead of the one in the settings")
    one.set_defaults(run=_sync)

    one = commands.add_parser("draft", help="one document: two English versions and a translation in, a draft out")
    one.add_argument("--old-source", type=Path, required=True, help="the English that the translation corresponds to")
    one.add_argument("--new-source", type=Path, required=True, help="the English now")
    one.add_argument("--target", type=Path, required=True, help="the translation")
    one.add_argument("--language", required=True, help="its language, such as zh")
    one.add_argument("--engine", choices=tuple(ENGINES), default="memory_only")
    one.add_argument("--small-edits", choices=("keep", "translate"), default="keep")
    one.add_argument("--output", type=Path, required=True, help="where the draft goes")
    one.add_argument("--report", type=Path, help="where a JSON report of every segment goes")
    one.set_defaults(run=_draft)
    return parser


def _sync(options: argparse.Namespace) -> int:
    names = (options.language,) if options.language else ()
    console = Console(highlight=False)
    reports = []
    for report in _run_sync(options.config, names, options.engine, dry_run=options.dry_run == "true"):
        output.show(report, console)
        reports.append(report)
    output.show_totals(reports, console)
    return max(3 if r.state == "bug" else 1 if r.failed else 0 for r in reports)


def _run_sync(
    config: Path, languages: Sequence[str] = (), engine: str | None = None, *, dry_run: bool = False
) -> Iterator[LanguageReport]:
    """Syncs the languages of a settings file, none of which can hurt another."""
    chosen = settings.load(config)
    names = [chosen.translation(n).language for n in languages or [t.language for t in chosen.translations]]
    english = _english(chosen)
    translate = ENGINES[engine or chosen.engine]()
    for name in names:
        try:
            yield sync(english, _language(chosen, name), translate, dry_run=dry_run)
        except AmtsError as error:
            yield LanguageReport(name, "failed", english.commit, problem=str(error))
        except Exception as error:
            traceback.print_exc()
            yield LanguageReport(name, "bug", english.commit, problem=f"{type(error).__name__}: {error}")


def _english(chosen: settings.Settings) -> Book:
    repository = Repository.open(chosen.resolved(chosen.source.repository))
    branch = chosen.source.branch or "HEAD"
    commit = repository.resolve(branch)
    if commit is None:
        raise AmtsError(
            f"the English repository has no {branch}",
            why=f"{repository.path} knows no such branch",
            fix="correct source.branch",
        )
    return Book(repository, commit, chosen.source.covers)


def _language(chosen: settings.Settings, name: str) -> Language:
    translation = chosen.translation(name)
    repository = Repository.open(chosen.resolved(translation.repository))
    forge = LocalForge(repository, name, translation.branch, chosen.resolved(chosen.pages))
    edits = translation.small_edits or chosen.small_edits
    return Language(name, repository, forge, translation.baseline, edits, lambda: repository.check_writable(BRANCH))


def _draft(options: argparse.Namespace) -> int:
    old, new, target = (_text(p) for p in (options.old_source, options.new_source, options.target))
    plan = plan_document(old, new, target, language=options.language, small_edits=options.small_edits)
    known = memory.build([(old, target)], language=options.language)
    engine = ENGINES[options.engine]()
    batch = Batch("en", options.language, {("", s.number): s for s in plan.segments})
    answers = {number: a for (_, number), a in engine.translate(batch, known).answers.items()}
    done = draft.draft_document(plan, answers, old=old, new=new)
    _write(options.output, done.text)
    if options.report:
        _write(
            options.report,
            json.dumps(draft_json(done, options.language), indent=1, ensure_ascii=False) + "\n",
        )
    output.show_draft(done, Console(stderr=True, highlight=False))
    return 0


def _text(path: Path) -> str:
    try:
        return decoded(path.read_bytes(), str(path))
    except OSError as error:
        raise AmtsError(f"{path} cannot be read", why=error.strerror or str(error), fix="check the path") from error


def _write(path: Path, text: str) -> None:
    try:
        path.write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise AmtsError(f"{path} cannot be written", why=error.strerror or str(error), fix="check the path") from error


if __name__ == "__main__":
    sys.exit(main())
