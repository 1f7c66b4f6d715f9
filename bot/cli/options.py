"""Options that several commands share, and what they are read into."""

from __future__ import annotations

import argparse
import errno
import json
import os
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, get_args

from bot.contracts import CONFIG, EngineName
from bot.errors import AmtsError
from bot.progress import Progress, silent

if TYPE_CHECKING:
    from rich.console import Console

    from bot.settings.values import Settings
    from bot.sync.composition import Composition


VARIABLE = "AMTS_CONFIG"
"""The environment variable that names the settings file."""


def add_config(parser: argparse.ArgumentParser) -> None:
    """``--config``: the settings file."""
    text = f"the settings file (default: what {VARIABLE} names, else {CONFIG} here or in the closest folder above)"
    parser.add_argument("--config", type=Path, default=settings_file(), help=text)


def settings_file() -> Path:
    """The settings file where no option names one; the one of this folder, which need not be there, if no other is."""
    if named := os.environ.get(VARIABLE, "").strip():
        return Path(named)
    try:
        here = Path.cwd()
    except OSError:  # somebody removed this folder
        return Path(CONFIG)
    for folder in (here, *here.parents):
        if (folder / CONFIG).is_file():
            # Relative where it can be: messages name it as people would.
            return Path(CONFIG) if folder == here else Path(os.path.relpath(folder / CONFIG))
    return Path(CONFIG)


def add_languages(parser: argparse.ArgumentParser) -> None:
    """``--language``, once or several times, each with one language or several."""
    parser.add_argument(
        "--language",
        action="extend",
        type=listed,
        default=[],
        metavar="LANGUAGES",
        help="only this one, or several with commas, such as zh,es (default: all)",
    )


def listed(text: str) -> list[str]:
    """Values with commas between them; not empty."""
    return [name for part in text.split(",") if (name := part.strip())] or [named("")]


def languages(options: argparse.Namespace, settings: Settings) -> tuple[str, ...]:
    """The languages of ``--language``, or else all. Raises AmtsError for one that the settings do not have."""
    known = [t.language for t in settings.translations]
    return tuple(dict.fromkeys(settings.translation(name).language for name in options.language or known))


def add_one_language(parser: argparse.ArgumentParser) -> None:
    """``--language``, once, with one language."""
    parser.add_argument(
        "--language", type=named, help="such as zh (default: that of the settings, if they have only one)"
    )


def one_language(options: argparse.Namespace, settings: Settings) -> str:
    """The language of ``--language``, or else the only one. Raises AmtsError if the settings have several."""
    return options.language or settings.only_language


def add_engine(parser: argparse.ArgumentParser) -> None:
    """``--engine``, in place of the one in the settings."""
    parser.add_argument("--engine", choices=get_args(EngineName), help="instead of the one in the settings")


def named(text: str) -> str:
    """A value that is not empty, as that of an unset variable in a script is."""
    if not text.strip():
        raise argparse.ArgumentTypeError("the value is empty; name one, or leave the option out")
    return text


def month(text: str) -> str:
    """A month such as 2024-05."""
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a month such as 2024-05")
    return text


def teller(quiet: bool) -> Callable[[str], None]:
    """Shows waiting people what an engine is doing, unless they want quiet."""

    def tell(text: str) -> None:
        if not quiet:
            print(f"  … {text}", file=sys.stderr, flush=True)

    return tell


STDOUT = Path("-")
"""In place of a file: standard output, which then has nothing else."""

JSON_VERSION = 1
"""The version of what ``--json`` writes: it grows when a field changes its meaning or goes away, not with a new one."""


def add_json(parser: argparse.ArgumentParser, what: str = "the result") -> None:
    """``--json``: the result for programs."""
    text = f"write {what} there as JSON; - for standard output"
    parser.add_argument("--json", type=file, metavar="FILE", help=text)


def file(text: str) -> Path:
    """The path of a file; not empty."""
    return Path(named(text))


def check_json(options: argparse.Namespace) -> None:
    """Raises AmtsError if the file of ``--json`` cannot be written: known before hours of work, not behind them."""
    place: Path | None = getattr(options, "json", None)
    if place is None or place == STDOUT:
        return
    why = ""
    if place.is_dir():
        why = "it is a folder"
    elif not place.parent.is_dir():
        why = f"there is no folder {place.parent}"
    elif not os.access(place if place.exists() else place.parent, os.W_OK):
        why = "you have no permission"
    if why:
        raise AmtsError(f"{place} cannot be written", why=why, fix="check the path")


def write_json(options: argparse.Namespace, fields: Mapping[str, object]) -> None:
    """Writes the result where ``--json`` says, if it was given."""
    if options.json:
        text = json.dumps({"version": JSON_VERSION, **fields}, indent=1, ensure_ascii=False) + "\n"
        write(options.json, text.encode("utf-8", "backslashreplace"))


def console(options: argparse.Namespace, *, stderr: bool = False) -> Console:
    """Where tables and results for people go: nowhere with ``--quiet``, to stderr where a program reads stdout."""
    from rich.console import Console

    stderr = stderr or STDOUT in vars(options).values()
    return Console(highlight=False, stderr=stderr, quiet=options.quiet)


def composed(
    config: Path, forge: str | None = None, *, quiet: bool = False, progress: Progress = silent
) -> Composition:
    """Everything a command needs, from a settings file and the environment; ``forge`` is the only forge allowed."""
    from bot.settings.file import load

    return composition(load(config, forge), quiet=quiet, progress=progress)


def composition(settings: Settings, *, quiet: bool = False, progress: Progress = silent) -> Composition:
    """Everything a command needs, from settings and the environment; ``progress`` shows how far it is."""
    from bot.forges.github.credentials import Credentials
    from bot.sync.composition import Composition

    return Composition(settings, Credentials.of(os.environ), teller(quiet), progress=progress)


def read_text(path: Path) -> str:
    """The text of a file. Raises AmtsError if it cannot be read or is not UTF-8."""
    from bot.document.tree import decoded

    try:
        return decoded(path.read_bytes(), str(path))
    except OSError as error:
        raise AmtsError(f"{path} cannot be read", why=error.strerror or str(error), fix="check the path") from error


def write(path: Path, data: bytes) -> None:
    """Writes a file, or standard output if it is ``-``. Raises AmtsError if that is not possible."""
    if path == STDOUT:
        _write_out(data)
        return
    try:
        path.write_bytes(data)
    except OSError as error:
        raise AmtsError(f"{path} cannot be written", why=error.strerror or str(error), fix="check the path") from error


def _write_out(data: bytes) -> None:
    out: TextIO | None = sys.stdout  # None if it was closed before the start
    try:
        if out is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        out.buffer.write(data)
        out.buffer.flush()
    except OSError as error:
        if out is not None:
            # What is left would be written, and fail, once more at the end.
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
        why = error.strerror or str(error)
        raise AmtsError("standard output cannot be written", why=why, fix="check where it goes") from error
