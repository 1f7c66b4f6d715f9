"""Time and waiting: the only place where the project sleeps."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

Found = TypeVar("Found")

FIRST, LONGEST, GROWTH = 0.5, 60.0, 2.0
"""Seconds before the second check, the most between two checks, and the growth factor of the pauses (guesses)."""


class Clock(Protocol):
    """Gives the time and sleeps, in seconds."""

    def now(self) -> float: ...

    def sleep(self, seconds: float) -> None: ...


@dataclass(frozen=True)
class SystemClock:
    """The system clock of this machine."""

    def now(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


def wait(look: Callable[[], Found | None], clock: Clock, timeout: float) -> Found | None:
    """Calls ``look`` until it finds something, with growing pauses; None after ``timeout`` seconds."""
    end = clock.now() + timeout
    pause = FIRST
    while (found := look()) is None:
        left = end - clock.now()
        if left <= 0:
            return None
        clock.sleep(min(pause, left))
        pause = min(pause * GROWTH, LONGEST)
    return found
