"""Faults on request: what goes wrong, where, and how often."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

MANGLED = (
    "moved",
    "lost-atom",
    "doubled-atom",
    "translated-atom",
    "entities",
    "spaces",
    "empty",
    "untranslated",
    "lost-block",
    "lost-tag",
)
"""What may happen to the HTML of a job; ``moved`` and ``entities`` are legitimate."""

_REQUESTS = ("throttle", "conflict", "server", "lost", "closed", "expired", "denied")
_JOBS = ("slow", "failed", "stopped", "missing", *MANGLED)
_IMPORTS = ("slow", "failed")


@dataclass
class Fault:
    """Something that goes wrong ``times`` times.

    ``operation`` is a request (of Translate, S3, STS or IAM), or ``job`` or ``import`` for what happens inside.
    ``skip``: how many turns pass first. ``after``: the request is carried out, and only its answer is wrong.
    ``match``: only requests whose path or body has this text, jobs with it in their name, or blocks of text that
    have it; ``*`` for every block of a document.
    """

    operation: str
    kind: str
    times: int = 1
    after: bool = False
    match: str = ""
    skip: int = 0

    def __post_init__(self) -> None:
        kinds = {"job": _JOBS, "import": _IMPORTS}.get(self.operation, _REQUESTS)
        if self.kind not in kinds:
            raise ValueError(f"{self.operation} knows no fault {self.kind}, but {', '.join(kinds)}")
        if self.kind in ("lost", "closed"):
            self.after = True


class Faults(list[Fault]):
    """The faults still to come; used up ones leave the list."""

    def __init__(self) -> None:
        super().__init__()
        self.lock = threading.Lock()

    def take(self, operation: str, text: str, *kinds: str) -> Fault | None:
        """Uses up one turn of the first fault that fits; no ``kinds`` are all."""
        return self.take_if(lambda f: f.operation == operation and (not kinds or f.kind in kinds) and f.match in text)

    def take_if(self, wanted: Callable[[Fault], bool]) -> Fault | None:
        """Uses up one turn of the first fault that is ``wanted``."""
        with self.lock:
            for fault in self:
                if wanted(fault) and fault.skip > 0:
                    fault.skip -= 1
                elif wanted(fault):
                    fault.times -= 1
                    if fault.times <= 0:
                        self[:] = [f for f in self if f is not fault]
                    return fault
        return None
