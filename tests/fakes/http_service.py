"""A small HTTP server for emulators: real requests over a socket, and faults on demand."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

CLOSE = "close"
"""A fault: the connection ends without an answer."""


@dataclass(frozen=True)
class Asked:
    """A request that arrived."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Reply:
    """An answer: a status, a body (JSON unless it is bytes), and headers."""

    body: Any = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class HttpService:
    """Answers requests with ``answer``; the next of ``faults`` (a reply, or ``CLOSE``) goes first.

    ``asked`` are the requests so far. A fault with ``after`` lets the service do its work, and then fails. After
    ``stop_after`` requests it sets ``stopped`` and answers nothing more until ``release``.
    """

    described, prefix = "", ""
    """The description that the service is held against, and what comes before its paths."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.faults: list[Reply | str] = []
        self.after = False
        self.errors: list[Exception] = []
        self.stop_after: int | None = None
        self.stopped, self._released = threading.Event(), threading.Event()
        self._lock = threading.Lock()

    def answer(self, asked: Asked) -> Reply:
        """What the service answers. To be given by a service."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self._served))
        self._server.daemon_threads = False  # so that closing waits for them
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        # What went wrong inside must not be taken for a bad answer of the service.
        if self.errors:
            raise self.errors[0]

    def release(self) -> None:
        """Answers again."""
        self.stop_after = None
        self._released.set()

    def _hold(self, asked: Asked, reply: Reply) -> None:
        """Holds a request and its answer against the description of the service, as far as it has the operation.

        A request that the service refuses may be wrong. Raises AssertionError.
        """
        from fakes import descriptions

        path = asked.path.removeprefix(self.prefix)
        if not self.described or not descriptions.knows(self.described, asked.method, path):
            return
        body = json.loads(asked.body) if asked.body else None
        problems = descriptions.request_problems(self.described, asked.method, path, body) if reply.status < 400 else []
        answer = reply.body if not isinstance(reply.body, bytes) else None
        problems += descriptions.answer_problems(self.described, asked.method, path, reply.status, answer)
        assert not problems, f"{asked.method} {path}: {problems}"

    def _served(self, asked: Asked) -> Reply | str:
        with self._lock:
            over = self.stop_after is not None and len(self.asked) >= self.stop_after
            if not over:
                self.asked.append(asked)
        if over:
            self.stopped.set()
            self._released.wait(60)
            return CLOSE
        with self._lock:
            fault = self.faults.pop(0) if self.faults else None
            if fault is None or self.after:
                try:
                    reply = self.answer(asked)
                    self._hold(asked, reply)
                except Exception as error:
                    self.errors.append(error)
                    return Reply({"message": "the emulator itself failed"}, 500)
            return reply if fault is None else fault


def _handler(served: Callable[[Asked], Reply | str]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _handle(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            reply = served(Asked(self.command, self.path, dict(self.headers), body))
            if isinstance(reply, str):
                self.close_connection = True
                return
            data = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
            self.send_response(reply.status)
            usual = {"Content-Type": "application/json", "Content-Length": str(len(data))}
            for name, value in {**usual, **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = do_DELETE = _handle

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler
