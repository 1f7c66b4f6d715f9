"""Options that several commands share, and what they are read into."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from bot.contracts import CONFIG, EngineName
from bot.errors import AmtsError

if TYPE_CHECKING:
    from bot.settings.values import Settings
    from bot.sync.composition import Composition


def add_config(parser: argparse.ArgumentParser) -> None:
    """``--config``: the settings file."""
    parser.add_argument("--config", type=Path, default=Path(CONFIG), help=f"the settings file (default: {CONFIG})")


def add_one_language(parser: argparse.ArgumentParser) -> None:
    """``--language``, which must be given."""
    parser.add_argument("--language", type=named, required=True, help="such as zh")


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


def tell(text: str) -> None:
    """Shows waiting people what an engine is doing."""
    print(f"  … {text}", file=sys.stderr, flush=True)


def composed(config: Path, forge: str | None = None) -> Composition:
    """Everything a command needs, from a settings file and the environment; ``forge`` is the only forge allowed."""
    from bot.settings import file

    return composition(file.load(config, forge))


def composition(settings: Settings) -> Composition:
    """Everything a command needs, from settings and the environment."""
    import os

    from bot.forges.github.credentials import Credentials
    from bot.sync.composition import Composition

    return Composition(settings, Credentials.of(os.environ), tell)


def read_text(path: Path) -> str:
    """The text of a file. Raises AmtsError if it cannot be read or is not UTF-8."""
    from bot.document.tree import decoded

    try:
        return decoded(path.read_bytes(), str(path))
    except OSError as error:
        raise AmtsError(f"{path} cannot be read", why=error.strerror or str(error), fix="check the path") from error


def write(path: Path, data: bytes) -> None:
    """Writes a file. Raises AmtsError if that is not possible."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise AmtsError(f"{path} cannot be written", why=error.strerror or str(error), fix="check the path") from error
