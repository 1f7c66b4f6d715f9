"""What all parts of the server share, and what goes over the wire."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from .access import Access
from .errors import ConnectionLost
from .faults import Fault, Faults
from .pull_forms import PullForms
from .state import State

BODY_SHOWN = 4000
"""As much of a body as a Request keeps."""
LIMIT = 5000


@dataclass(frozen=True)
class Request:
    """A request that was answered; ``path`` has its query, ``status`` is 0 where the connection ended instead.

    ``operation``: an operationId, ``git/receive-pack``, ``git/upload-pack``, ``graphql/`` and the mutation, or nothing.
    ``body`` of a push: its commands (old commit, new commit, ref), one a line.
    """

    method: str
    path: str
    operation: str
    login: str
    body: str
    status: int

    @property
    def writes(self) -> bool:
        """Whether it changed something, or tried to."""
        if self.operation == "git/receive-pack":
            # Before a big push, git asks with nothing in it whether it may.
            return self.method == "POST" and bool(self.body)
        return self.method != "GET" and self.operation != "git/upload-pack"


@dataclass(frozen=True)
class Call:
    """A request as it came; ``path`` is still quoted, header names are lower case."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes

    @property
    def authorization(self) -> str:
        return self.headers.get("authorization", "")

    @property
    def target(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path


@dataclass
class Reply:
    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(eq=False)
class Core:
    """``folder`` holds the repositories. Whoever reads or changes the state holds the ``lock``."""

    folder: Path
    state: State = field(default_factory=State)
    access: Access = field(default_factory=Access)
    forms: PullForms = field(default_factory=lambda: PullForms("", ""))
    faults: Faults = field(default_factory=Faults)
    requests: list[Request] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)
    asked: int = 0
    abilities: dict[Path, Reply] = field(default_factory=dict)
    """What git answered when it was asked what it can do, by the folder of the repository."""

    def record(self, call: Call, operation: str, login: str, body: str, status: int) -> None:
        """Writes down that a request was answered."""
        with self.lock:
            self.requests.append(Request(call.method, call.target, operation, login, body[:BODY_SHOWN], status))

    def limits(self) -> dict[str, str]:
        """The headers that tell how many requests are left."""
        with self.lock:
            self.asked += 1
            used = min(self.asked, LIMIT - 1)
        told = {"Limit": LIMIT, "Remaining": LIMIT - used, "Used": used, "Reset": int(time.time()) + 3600}
        return {f"X-RateLimit-{name}": str(value) for name, value in told.items()} | {"X-RateLimit-Resource": "core"}


def break_off(fault: Fault | None, *, after: bool) -> None:
    """What a fault does at one of its two moments, apart from answers. Raises ConnectionLost or Refusal."""
    if fault is None or fault.after != after or fault.kind == "truncated":
        return
    if fault.kind == "slow":
        time.sleep(fault.seconds)
    elif fault.kind == "closed":
        raise ConnectionLost(fault.operation)
    else:
        raise fault.refusal(int(time.time()))
