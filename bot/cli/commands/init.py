"""``amts init``: looks at the repositories of a book, and writes the settings and the workflows for them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from bot.cli import options as shared
from bot.cli.progress import screen
from bot.contracts import CONFIG, BaselineKind
from bot.errors import AmtsError

if TYPE_CHECKING:
    from rich.console import Console

    from bot.settings.values import Settings
    from bot.setup.clones import Clones
    from bot.setup.proposal import Proposal
    from bot.setup.survey import Wanted
    from bot.setup.workflows import Role

PREVIEWED = 3
"""For how many languages the first sync is shown, those with the fewest documents: a site in ten languages, far behind,
would take more than five minutes, and fill the screen many times."""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("english", nargs="?", help="the English book: a folder, or github:owner/name (default: here)")
    parser.add_argument("translations", nargs="*", metavar="translation", help="the same for each translation")
    parser.add_argument("--source", metavar="ADDRESS", help="the English book, if not given as the first word")
    parser.add_argument(
        "--translation",
        action="append",
        default=[],
        metavar="LANG=ADDRESS",
        help="a translation and its language; may be repeated",
    )
    parser.add_argument("--layout", default="", help="where translations are, such as 'docs/{lang}/{path}'")
    parser.add_argument("--source-layout", default="", metavar="LAYOUT", help="where English is (default: found)")
    parser.add_argument("--baseline", choices=get_args(BaselineKind), help="where the English of each is recorded")
    parser.add_argument("--workflow", action="store_true", help="write the workflows for GitHub too")
    parser.add_argument("--force", action="store_true", help="replace files that are there already")
    parser.add_argument("--config", type=Path, default=Path(CONFIG), help=f"the settings file (default: {CONFIG})")


def run(options: argparse.Namespace) -> int:
    from bot.cli.asking import ask
    from bot.settings import file
    from bot.setup.clones import Clones
    from bot.setup.proposal import settings_text
    from bot.setup.survey import Survey, Wanted

    config: Path = options.config
    wanted = _wanted(options)  # a name that is wrong is the worse mistake
    clones = Clones(config.parent, shared.composition)
    if options.workflow and not options.force and config.exists() and wanted == Wanted():
        return _workflows_alone(options, clones)
    _check_free([config], options.force)
    found = Survey(wanted, config.parent, clones.opened, ask, shared.teller(options.quiet)).proposal()
    here = file.read(settings_text(found), config)
    files = {config: settings_text(found)}
    kind: Role | None = None
    if options.workflow:
        from bot.setup import workflows

        online = found.at({address: clones.hosted(address) for address in found.addresses})
        kind = workflows.role(online.source, [one.repository for one in online.languages], clones.here())
        files = {config: settings_text(online)}
        files |= {config.parent / name: text for name, text in workflows.files(kind, clones.branch()).items()}
        _check_free(files, options.force)
    _write(files)
    console = shared.console(options)
    _show(found, list(files), kind, console)
    return _preview(found, here, config, console)


def _workflows_alone(options: argparse.Namespace, clones: Clones) -> int:
    """Writes the workflows for settings that are there already, which stay."""
    from bot.settings import file
    from bot.setup import workflows

    config: Path = options.config
    settings = file.load(config)
    source, places = settings.source.repository, [one.repository for one in settings.translations]
    if folder := next((place for place in (source, *places) if not place.startswith("github:")), ""):
        raise AmtsError(
            f"{config} names the folder {folder}",
            why="a workflow fetches repositories from GitHub",
            fix="write github:owner/name there, or add --force to have the file written anew",
        )
    kind = workflows.role(source, places, clones.here())
    files = {config.parent / name: text for name, text in workflows.files(kind, clones.branch()).items()}
    _check_free(files, options.force)
    _write(files)
    _show_written(list(files), kind, shared.console(options))
    return 0


def _write(files: dict[Path, str]) -> None:
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        shared.write(path, text.encode())


def _check_free(paths: list[Path] | dict[Path, str], force: bool) -> None:
    """Raises AmtsError if a file is there already and may not be replaced."""
    for path in paths:
        if path.exists() and not force:
            raise AmtsError(f"{path} is already there", why="init replaces no file by itself", fix="add --force")


def _wanted(options: argparse.Namespace) -> Wanted:
    from bot.setup import addresses
    from bot.setup.survey import Wanted

    # With --source, every word is a translation.
    first = [options.english] if options.english else []
    words = [*first, *options.translations] if options.source else options.translations
    english = options.source or options.english or ""
    named = [addresses.split(text) for text in options.translation]
    if wrong := [address for language, address in named if not language]:
        why = "it does not say which language that is"
        raise AmtsError(f"--translation {wrong[0]} is not understood", why=why, fix="write it as zh=book-zh")
    folder: Path = options.config.parent
    translations = (*map(addresses.split, words), *named)
    source = addresses.address(english, folder) if english else ""
    for _, place in translations:
        addresses.address(place, folder)
    return Wanted(
        source,
        translations,
        options.layout,
        options.source_layout,
        options.baseline,
    )


def _show(found: Proposal, files: list[Path], kind: Role | None, console: Console) -> None:
    """What was found, what was written, and what a person must do for a workflow."""
    from bot.setup.proposal import summary

    console.print("\nFound:", markup=False)
    for line in summary(found):
        console.print(f"  {line}", markup=False, soft_wrap=True)
    console.print()
    _show_written(files, kind, console)


def _show_written(files: list[Path], kind: Role | None, console: Console) -> None:
    lines = [f"Written: {', '.join(map(str, files))}"]
    if kind:
        from bot.setup.workflows import NEEDS

        lines += ["For the workflows you still need:", *(f"  - {need}" for need in NEEDS[kind])]
    for line in lines:
        console.print(line, markup=False, soft_wrap=True)


def _preview(found: Proposal, chosen: Settings, config: Path, console: Console) -> int:
    """Shows what the first sync would do, and what comes before it where no English is recorded."""
    from bot.drafting.report import many
    from bot.reporting import terminal
    from bot.sync.all_languages import exit_status, sync_languages

    ready = sorted((one for one in found.languages if one.recorded), key=lambda one: one.found.pairs)
    reports = []
    if ready:
        names = sorted(one.language for one in ready[:PREVIEWED])
        shared.teller(console.quiet)("planning the first sync; that takes minutes for a large book that is far behind")
        console.print("\nWhat `amts sync --dry-run` says:\n", markup=False)
        with screen(console.quiet) as shown:
            site = shared.composition(chosen, quiet=console.quiet, progress=shown.show)
            for report in sync_languages(site, names, dry_run=True):
                with shown.hidden():
                    terminal.show(report, console)
                reports.append(report)
        if rest := len(ready) - PREVIEWED if len(ready) > PREVIEWED else 0:
            console.print(f"and so on for {rest} more: `amts sync --dry-run` shows all", markup=False)
        console.print()
    option = "" if config == Path(config.name) else f" --config {config}"
    for one in found.languages:
        if not one.recorded:
            command = f"amts adopt --language {one.language}{option}"
            line = f"{one.language}: no English version is recorded yet. Next: {command} (--write records it)"
            console.print(line, markup=False, soft_wrap=True)
    for report in reports:
        if report.unrecorded:
            command = f"amts adopt --language {report.language}{option}"
            line = f"{report.language}: no English version is recorded of {many(len(report.unrecorded), 'document')}"
            console.print(f"{line}. Next: {command} (--write records it)", markup=False, soft_wrap=True)
    if ready:
        console.print(f"Next: amts sync{option}", markup=False, soft_wrap=True)
    return exit_status(reports)
