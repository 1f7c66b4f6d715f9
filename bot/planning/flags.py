"""What translators should look at in a draft besides its sentences: merged code and markup, moves, lost text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from bot.planning.layout import Place

FlagKind = Literal["code", "markup", "moved", "missing", "ahead", "order", "previous translation"]


@dataclass(frozen=True)
class Flag:
    """Something a translator should look at.

    ``missing`` is English that the translation never had; ``order`` are sentences that English and people moved in
    different ways; ``previous translation`` is text of the translation that
    the draft no longer has although its English was not simply deleted. ``block`` is the block of the new English that
    it is about (-1: none), ``place`` where that is in the parts of the plan, ``line`` where it is in the draft, from 1
    (0: unknown).
    """

    kind: FlagKind
    text: str
    block: int = field(default=-1, compare=False)
    place: Place | None = field(default=None, compare=False)
    line: int = field(default=0, compare=False)

    @property
    def asks(self) -> bool:
        """Whether people have to decide something, and not only to know it."""
        return self.kind in ("code", "markup", "order", "previous translation")


NAMED = 5
"""Texts of a list that are named (a guess)."""


def named(texts: Sequence[str]) -> str:
    """The first of the texts, each shortened, with semicolons between them."""
    return "; ".join([*map(shortened, texts[:NAMED]), *(["…"] if len(texts) > NAMED else [])])


def shortened(text: str) -> str:
    """The text, or its first 120 characters (a guess at what is enough to recognise it) and an ellipsis."""
    return text if len(text) <= 120 else f"{text[:120].rstrip(' …')}…"
