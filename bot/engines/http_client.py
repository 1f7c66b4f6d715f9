"""Requests to an HTTP service that answers with JSON: repeated where that may help, and explained where it does not."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot import __version__
from bot.clock import Clock, SystemClock
from bot.errors import AmtsError, redacted

if TYPE_CHECKING:
    import httpx

TRIES = 4
"""How often a request is sent at most, where the service is busy or out of order."""

PAUSE, LONGEST = 1.0, 60.0
"""Seconds before the second try, doubled each time, and the most that a service may ask to wait (guesses)."""

BUSY = (408, 409, 429, 500, 502, 503, 504, 529)


def httpx_module(engine: str) -> Any:
    """httpx. Raises AmtsError if the extra of the engine is not installed."""
    try:
        import httpx
    except ImportError as error:
        raise AmtsError(
            f"the engine {engine} is not installed",
            why="it needs httpx, which comes with an extra",
            fix=f"pip install 'amts[{engine}]'",
        ) from error
    return httpx


def secret(engine: str, variable: str, *, optional: bool = False) -> str:
    """The key of an engine from the environment. Raises AmtsError if it is missing and not ``optional``."""
    found = os.environ.get(variable, "").strip()
    if not found and not optional:
        raise AmtsError(
            f"the key of the engine {engine} is missing",
            why=f"the environment has no {variable}",
            fix=f"set {variable}; in a workflow, from a secret",
        )
    return found


@dataclass(frozen=True)
class HttpClient:
    """A service at ``base``. ``key`` is sent as the header ``Authorization``, and shown nowhere.

    With an empty ``scheme`` the key is not sent as a header: it is for the caller to put elsewhere.

    ``statuses`` explains statuses that mean something special to a service: what to do about each. ``variable`` is
    the environment variable that the key comes from; errors name it.
    """

    engine: str
    base: str
    key: str = field(default="", repr=False)
    scheme: str = "Bearer"
    clock: Clock = field(default_factory=SystemClock)
    timeout: float = 120.0
    statuses: Mapping[int, str] = field(default_factory=dict)
    variable: str = ""

    def send(
        self, method: str, path: str, body: Any = None, *, data: bytes | None = None, kind: str = "", url: str = ""
    ) -> Any:
        """The JSON of an answer; None for an empty one. ``url`` goes to another host, without the key.

        ``kind`` is the media type of ``data``.

        Raises AmtsError where the service refuses, cannot be reached, or answers with something else.
        """
        httpx = httpx_module(self.engine)
        headers = {"User-Agent": f"amts/{__version__}"}
        if self.key and self.scheme and not url:
            headers["Authorization"] = f"{self.scheme} {self.key}"
        if kind:
            headers["Content-Type"] = kind
        with httpx.Client(timeout=self.timeout, headers=headers) as client:
            for left in reversed(range(TRIES)):
                pause = PAUSE * 2 ** (TRIES - 1 - left)
                try:
                    answer = client.request(method, url or f"{self.base}{path}", json=body, content=data)
                except httpx.HTTPError as error:
                    if left and isinstance(error, httpx.TransportError):
                        self.clock.sleep(pause)
                        continue
                    raise self._unreachable(error) from None
                if answer.status_code in BUSY and left:
                    self.clock.sleep(_wanted(answer, pause))
                    continue
                return self._read(answer)
        raise AssertionError("the last try returns or raises")

    def _read(self, answer: httpx.Response) -> Any:
        if answer.is_success:
            try:
                return answer.json() if answer.content else None
            except ValueError:
                raise AmtsError(
                    f"{self.engine}: the answer of {self.base} cannot be read",
                    why="it is not JSON",
                    fix=f"check {self.engine}.url in amts.yml, and run it again",
                ) from None
        why = f"{answer.status_code} {answer.reason_phrase}"
        if said := self._hidden(_message(answer)):
            why += f": {said}"
        raise AmtsError(
            f"{self.engine}: {self.base} refused the request", why=why, fix=self._fix(answer.status_code)
        ) from None

    def _fix(self, status: int) -> str:
        if status in self.statuses:
            return self.statuses[status]
        if status in (401, 403):
            where = f" in {self.variable}" if self.variable else ""
            return f"check the key{where}: it is missing, expired, or may not do this"
        if status == 429:
            return "wait a little, or raise the limits of the account, and run it again"
        if status >= 500:
            return "run it again later"
        return f"correct the settings under {self.engine} in amts.yml (address, model), and try amts doctor"

    def _unreachable(self, error: Exception) -> AmtsError:
        why = self._hidden(str(error)) or type(error).__name__
        fix = f"check the network and {self.engine}.url in amts.yml, and run it again"
        return AmtsError(f"{self.engine}: {self.base} cannot be reached", why=why, fix=fix)

    def _hidden(self, text: str) -> str:
        text = text.replace(self.key, "…") if self.key else text
        return redacted(text)


def _wanted(answer: httpx.Response, usual: float) -> float:
    """The pause that the service asks for, in seconds."""
    try:
        return min(max(float(answer.headers.get("Retry-After", "")), 0.0), LONGEST)
    except ValueError:
        return usual


def _message(answer: httpx.Response) -> str:
    """What a service says about an error: in one of the usual forms, or the start of its text."""
    try:
        found = answer.json()
    except ValueError:
        return answer.text[:200]
    error = found.get("error", found.get("message", "")) if isinstance(found, dict) else ""
    return str(error.get("message", "") if isinstance(error, dict) else error)[:500]
