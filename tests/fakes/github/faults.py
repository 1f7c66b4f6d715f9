"""Faults on request: what goes wrong, where, and how often."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from .errors import Refusal

_SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
_PRIMARY = "API rate limit exceeded for installation ID 1. If you reach out to GitHub Support for help, tell them so."
_REST = {
    "secondary": (403, _SECONDARY),
    "limit": (429, _SECONDARY),
    "primary": (403, _PRIMARY),
    "invalid": (422, "Validation Failed"),
    "server": (500, "Server Error"),
    "gateway": (502, "Server Error"),
    "unavailable": (503, "Service unavailable"),
}
KINDS = (*_REST, "closed", "slow", "truncated")
_GIT = tuple(kind for kind in KINDS if kind not in ("truncated", "invalid", "primary"))


@dataclass
class Fault:
    """Something that goes wrong ``times`` times.

    ``operation``: an operationId, ``git/receive-pack`` (a push), ``git/upload-pack`` (a fetch or clone), or ``*``.
    ``skip``: how many turns pass first. ``after``: the request is carried out, and only its answer is wrong.
    ``match``: only requests whose path, query or body has this text (for git: the path).
    ``seconds``: how long ``slow`` takes, and what the limits say in Retry-After.

    Kinds: ``secondary`` (403) and ``limit`` (429) with Retry-After, ``primary`` (403, nothing left until a reset in
    ``seconds``), ``invalid`` (422), ``server`` (500), ``gateway`` (502), ``unavailable`` (503), ``closed`` (the
    connection ends), ``slow``, ``truncated`` (a list has one item, and a link to the next page).
    """

    operation: str
    kind: str
    times: int = 1
    after: bool = False
    match: str = ""
    skip: int = 0
    seconds: float = 0.0

    def __post_init__(self) -> None:
        kinds = _GIT if self.operation.startswith("git/") and self.operation.endswith("-pack") else KINDS
        if self.kind not in kinds:
            raise ValueError(f"{self.operation} knows no fault {self.kind}, but {', '.join(kinds)}")

    def refusal(self, now: int) -> Refusal:
        """The wrong answer; ``now`` is the time in seconds."""
        status, message = _REST[self.kind]
        wait = str(round(self.seconds))
        headers = {"Retry-After": wait} if self.kind in ("secondary", "limit") else {}
        if self.kind == "primary":
            headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(now + round(self.seconds))}
        return Refusal(status, message, headers=headers)


class Faults(list[Fault]):
    """The faults still to come; used up ones leave the list."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()

    def take(self, operation: str, text: str, after: bool | None = None) -> Fault | None:
        """Uses up one turn of the first fault that fits; ``after``: only one that comes then."""
        with self._lock:
            for fault in self:
                if fault.operation not in (operation, "*") or fault.match not in text:
                    continue
                if after is not None and fault.after != after:
                    continue
                if fault.skip > 0:
                    fault.skip -= 1
                    continue
                fault.times -= 1
                if fault.times <= 0:
                    self[:] = [f for f in self if f is not fault]
                return fault
        return None
