"""The port through which long work shows what it is doing; who shows it, and where, is the caller's business."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, str], None]
"""Takes a language and what is going on for it now, such as ``planning 34 of 115 documents``; empty: no more.

Texts that follow each other with the same first word are one step: the time that it takes is counted from the first of
them. It is called from several threads.
"""

Step = Callable[[str], None]
"""The same, for one language."""

Count = Callable[[int, int], None]
"""Takes how many items of a step are done, and how many there are."""


def silent(*_: object) -> None:
    """Shows nothing."""


def counted(step: Step, verb: str, thing: str) -> Count:
    """Shows a step with its figures: ``planning 34 of 115 documents``."""
    return lambda done, total: step(f"{verb} {done:,} of {total:,} {thing}{'' if total == 1 else 's'}")
