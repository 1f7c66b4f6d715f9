"""``amts adopt``: finds the English version that each translated document corresponds to, and records it."""

from __future__ import annotations

import argparse
import shlex
from functools import partial
from pathlib import Path

from bot.cli import options as shared
from bot.cli.progress import screen


def add_options(parser: argparse.ArgumentParser) -> None:
    shared.add_config(parser)
    shared.add_one_language(parser)
    parser.add_argument(
        "--at",
        action="append",
        default=[],
        metavar="REF",
        help="only versions of this tag, branch or commit of English; may be repeated (default: the whole history of "
        "source.branch, and all tags)",
    )
    parser.add_argument("--list", type=Path, metavar="FILE", help="write there what a person must decide")
    parser.add_argument("--confirm", type=Path, metavar="FILE", help="that list, with the answers")
    parser.add_argument("--write", action="store_true", help="record what is certain or likely, in a pull request")
    parser.add_argument(
        "--replace", action="store_true", help="with --write: also in place of recorded versions that fit worse"
    )
    shared.add_json(parser)


def run(options: argparse.Namespace) -> int:
    from bot.forges.local import LocalForge
    from bot.origins import answers
    from bot.reporting import adoption_json, adoption_page
    from bot.reporting.wording import ENGLISH, wording
    from bot.sync import adopt
    from bot.sync.pipeline import persistent

    console = shared.console(options)
    given = answers.read(shared.read_text(options.confirm)) if options.confirm else {}
    with screen(options.quiet) as shown:
        site = shared.composed(options.config, quiet=options.quiet, progress=shown.show)
        language = shared.one_language(options, site.settings)
        english, edition = site.english(tags=True), site.language(language, "memory_only")
        step = partial(shown.show, language)
        find = partial(adopt.adopt, english, edition, options.at, given, shared.teller(options.quiet), step)

        def once() -> tuple[adopt.Adoption, adoption_page.Written | None]:
            found = find()
            return found, adopt.record(english, edition, found, replacing=options.replace) if options.write else None

        found, written = persistent(language, once)
    adoption_page.show(found.verdicts, console)
    if options.list:
        shared.write(options.list, answers.listed(found.verdicts, language).encode())
        console.print(f"→ {options.list}", markup=False, soft_wrap=True)
    elif any(v.confidence == "unsure" for v in found.verdicts):
        console.print("a person must decide on some: --list FILE writes them, --confirm FILE reads the answers")
    if written:
        title = adoption_page.title(written.documents, wording(ENGLISH))
        console.print(f"{title}\n  → {written.location}", markup=False, soft_wrap=True)
        for note in written.notes:
            console.print(f"  note: {note}", markup=False, soft_wrap=True)
    elif options.write:
        console.print("nothing to record")
    opened = None if written else found.current.pull_request
    if opened:
        line = f"the pull request that records what was found earlier is open: {opened.location}"
        console.print(line, markup=False, soft_wrap=True)
    if written or opened:
        merge = found.forge.merging() if isinstance(found.forge, LocalForge) else "merge that pull request"
        console.print(f"Next: {merge}; then: amts sync{_config(options)}", markup=False, soft_wrap=True)
    elif found.to_write(options.replace) and not options.write:
        console.print(f"Next: {_writing(options)}", markup=False, soft_wrap=True)
    shared.write_json(options, adoption_json.adopted(language, found.verdicts, written))
    return 0


def _writing(options: argparse.Namespace) -> str:
    """The same command, with ``--write``."""
    chosen = ["--language", options.language] if options.language else []
    chosen += [word for revision in options.at for word in ("--at", revision)]
    chosen += ["--confirm", str(options.confirm)] if options.confirm else []
    chosen += ["--replace"] if options.replace else []
    return shlex.join(["amts", "adopt", *chosen, "--write"]) + _config(options)


def _config(options: argparse.Namespace) -> str:
    """The option that names the settings, where they are not found without it."""
    return "" if options.config == shared.settings_file() else f" --config {shlex.quote(str(options.config))}"
