"""The server: one port for the REST interface, the two mutations of GraphQL, and git."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterable
from typing import Any

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from . import git_http, graphql, rest
from .core import Call, Core, Reply
from .errors import ConnectionLost

API = "/api/v3"
GRAPHQL = "/api/graphql"


class Server:
    """Serves on a free port from ``start`` to ``stop``."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._http = _Http("127.0.0.1", 0, self, handler=_Handler)
        self.url = f"http://127.0.0.1:{self._http.port}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends the server and all of its connections."""
        self._http.shutdown()
        self._thread.join()
        self._http.hang_up()
        self._http.server_close()

    def settle(self) -> None:
        """Waits for answers that nobody waits for any more."""
        self._http.wait()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """WSGI: one request."""
        try:
            reply = self._reply(_call(environ))
        except ConnectionLost:
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            raise ConnectionResetError("a fault on request") from None
        headers = dict(reply.headers)
        if reply.status != 204:
            headers["Content-Length"] = str(len(reply.body))
        start_response(f"{reply.status} {'OK' if reply.status < 400 else 'Error'}", list(headers.items()))
        return [reply.body]

    def _reply(self, call: Call) -> Reply:
        if call.path == GRAPHQL:
            return graphql.reply(self._core, call)
        if call.path.startswith(f"{API}/") or call.path == API:
            return rest.reply(self._core, call, call.path.removeprefix(API))
        return git_http.reply(self._core, call)


def _call(environ: dict[str, Any]) -> Call:
    headers = {n[5:].replace("_", "-").lower(): str(v) for n, v in environ.items() if n.startswith("HTTP_")}
    headers["content-type"] = environ.get("CONTENT_TYPE", "")
    # The client must not find its request half read; werkzeug has joined the parts of a chunked body.
    if environ.get("wsgi.input_terminated"):
        body = environ["wsgi.input"].read()
    else:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    path = environ["REQUEST_URI"].partition("?")[0]
    return Call(environ["REQUEST_METHOD"], path, environ.get("QUERY_STRING", ""), headers, bytes(body))


class _Handler(WSGIRequestHandler):
    """Says nothing about requests. Unlike GitHub, werkzeug ends the connection after each answer."""

    protocol_version = "HTTP/1.1"
    # Head and body of an answer are written one after the other, and the second must not wait for the client.
    disable_nagle_algorithm = True
    server: _Http

    def setup(self) -> None:
        super().setup()
        self.server.open.add(self.connection)

    def finish(self) -> None:
        try:
            super().finish()
        finally:
            self.server.open.discard(self.connection)

    def log(self, type: str, message: str, *args: Any) -> None:
        pass


class _Http(ThreadedWSGIServer):
    """Knows its connections, so that none outlives it."""

    def __init__(self, *args: Any, **named: Any) -> None:
        self.open: set[socket.socket] = set()
        super().__init__(*args, **named)

    def hang_up(self) -> None:
        for connection in list(self.open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        self.wait()

    def wait(self) -> None:
        """Until no connection is open, or for five seconds."""
        end = time.monotonic() + 5
        while self.open and time.monotonic() < end:
            time.sleep(0.005)
