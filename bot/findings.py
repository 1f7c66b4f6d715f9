"""What a check found, with the remedy where something is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

State = Literal["good", "doubtful", "bad"]
"""``doubtful``: it may work all the same."""


@dataclass(frozen=True)
class Finding:
    """What one check found, with a ``fix`` if it is not good."""

    what: str
    state: State
    detail: str
    fix: str = ""


def collapsed(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without repetition: of those wrong in the same way only the first, which counts the rest."""
    first: dict[tuple[str, ...], Finding] = {}
    more: dict[tuple[str, ...], int] = {}
    for number, one in enumerate(findings):
        key = (one.state, one.detail, one.fix) if one.state != "good" else (str(number),)
        if key in first:
            more[key] = more.get(key, 0) + 1
        else:
            first[key] = one
    return [replace(one, detail=f"{one.detail} (and {more[k]} more)") if k in more else one for k, one in first.items()]
