"""The examples of docs/flavours.md: what each construct is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from bot.document.flavours import Flavour

PAGE = Path(__file__).parents[2] / "docs" / "flavours.md"
_EXAMPLE = re.compile(r"^### ([^\n]+)\n(`{3,})md\n(.*?)^\2\n((?:- [^\n]+\n)*)", re.M | re.S)
_PIECE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")


@dataclass(frozen=True)
class Construct:
    """One example: its text, and the pieces of it by what they are."""

    flavour: Flavour
    name: str
    text: str
    pieces: dict[str, tuple[str, ...]]


def constructs() -> tuple[Construct, ...]:
    """All of the page, in its order."""
    out = []
    for section in re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.M)[1:]:
        named = re.match(r".*\(`(\w+)`\)\n", section)
        assert named and named[1] in get_args(Flavour), section.splitlines()[0]
        flavour: Flavour = named[1]  # type: ignore[assignment]
        for name, _, text, said in _EXAMPLE.findall(section):
            pieces = {}
            for line in said.splitlines():
                role, _, listed = line[2:].partition(": ")
                pieces[role] = tuple(p.strip() if "`" in p else p for _, p in _PIECE.findall(listed))
            out.append(Construct(flavour, name, text, pieces))
    return tuple(out)
