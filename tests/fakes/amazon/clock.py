"""The emulator's own time: it never looks at the wall clock."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Clock:
    """Seconds since 1970; they pass only when told."""

    seconds: float = 1_700_000_000.0

    def now(self) -> float:
        """What time it is."""
        return self.seconds

    def tick(self, seconds: float) -> None:
        """Lets time pass."""
        self.seconds += seconds


@dataclass
class Pace:
    """How far a life cycle has come: by the clock if one was injected, else by the calls that look at it."""

    clock: Clock
    by_time: bool
    step_seconds: float
    began: float = 0.0
    looks: int = 0

    def __post_init__(self) -> None:
        self.began = self.clock.now()

    def look(self) -> None:
        """One more call looks at it."""
        self.looks += 1

    @property
    def step(self) -> int:
        """1 at the first look, and at the beginning of the time."""
        return 1 + int((self.clock.now() - self.began) / self.step_seconds) if self.by_time else self.looks
