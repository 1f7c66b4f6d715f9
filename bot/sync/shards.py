"""A shard: the part of the languages that one of several jobs syncs, so that a book scales past one machine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import AmtsError


@dataclass(frozen=True)
class Shard:
    """The ``number``-th (from 1) of ``total`` jobs."""

    number: int = 1
    total: int = 1

    def languages(self, every: Sequence[str]) -> tuple[str, ...]:
        """Its part of the languages, dealt out in their order: each is in one shard, and sizes differ by one at most.

        The same settings always give the same parts, so jobs need not know of each other.
        """
        return tuple(every[self.number - 1 :: self.total])


WHOLE = Shard()
"""All languages."""


def read(text: str) -> Shard:
    """A shard such as ``2/3``; all languages for an empty text. Raises AmtsError for anything else."""
    if not text:
        return WHOLE
    found = re.fullmatch(r"([0-9]{1,4})/([0-9]{1,4})", text)
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise AmtsError(
            f"{text[:40]!r} is not a shard",
            why="the second of three jobs is 2/3",
            fix="give each job one of 1/N to N/N",
        )
    return Shard(int(found[1]), int(found[2]))
