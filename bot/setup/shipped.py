"""Files of the folder ``examples`` that the program itself uses: in a checkout, or inside an installed package."""

from __future__ import annotations

from pathlib import Path

from bot.errors import AmtsError


def shipped(name: str) -> Path:
    """The folder ``examples/NAME``; the installed package has it as ``bot/example_NAME`` (pyproject.toml)."""
    package = Path(__file__).resolve().parents[1]
    for place in (package / f"example_{name}", package.parent / "examples" / name):
        if place.is_dir():
            return place
    raise AmtsError(f"the example {name} is missing", why="this installation is not complete", fix="install amts again")
