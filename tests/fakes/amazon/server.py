"""The server: one port for Translate, and for moto's S3, STS and IAM."""

from __future__ import annotations

import io
import os
import socket
import threading
import traceback
from collections import Counter
from collections.abc import Iterable
from functools import cache
from types import TracebackType
from typing import Any, Self

import boto3
from botocore.config import Config
from moto.moto_api._internal.models import moto_api_backend
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import ThreadedWSGIServer

from .account import Account, Limits
from .clock import Clock
from .errors import ConnectionLost
from .faults import Faults
from .model import TARGET
from .neighbours import failure, operation_of, service_of
from .objects import INSIDE, Objects, session
from .service import Reply, TranslateService
from .signature import ACCESS_KEY, SECRET_KEY, Keys


class Emulator:
    """An AWS account in one region; a context manager, or ``start`` and ``stop``.

    Without a ``clock``, a job is over at its ``job_steps``-th look and an import at its ``import_steps``-th. With one,
    each step takes ``step_seconds`` of it. ``s3_url`` is another S3 server, with the same keys, instead of moto's.
    """

    def __init__(
        self,
        clock: Clock | None = None,
        accounts_region: str = "us-east-1",
        *,
        s3_url: str = "",
        job_steps: int = 3,
        import_steps: int = 2,
        step_seconds: float = 60.0,
    ) -> None:
        self.faults = Faults()
        self.keys = Keys()
        self.errors: list[BaseException] = []
        self.other_calls: list[str] = []
        self.region = accounts_region
        self._s3_url = s3_url
        self._own = threading.Lock()
        self._clock = clock
        self._paces = (step_seconds, job_steps, import_steps)
        self._clients: list[Any] = []
        self._plain: dict[str, Any] = {}
        self._server: _Server | None = None
        self._service: TranslateService | None = None

    def start(self) -> Self:
        """Serves on a free port, with nothing in the account."""
        moto_api_backend.reset()
        self._server = _Server("127.0.0.1", 0, self, handler=_Handler)
        self.url = f"http://127.0.0.1:{self._server.port}"
        self.s3_url = self._s3_url or self.url
        objects = Objects.at(self.s3_url, (ACCESS_KEY, SECRET_KEY), self.region)
        self._clients = [objects.client]
        by_time = self._clock is not None
        account = Account(self.region, self.url, objects, self._clock or Clock(), by_time, *self._paces, self.faults)
        self._service = TranslateService(account, self.keys)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Ends the server and all of its connections."""
        if self._server:
            for client in self._clients:
                client.close()
            self._plain.clear()
            self._server.shutdown()
            self._thread.join()
            self._server.hang_up()
            self._server.server_close()
            self._server = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        # What went wrong inside must not be taken for a bad answer of AWS.
        if self.errors and value is None:
            raise self.errors[0]
        for error in self.errors:
            if value:
                value.add_note("inside the emulator: " + "".join(traceback.format_exception(error)))

    @property
    def environment(self) -> dict[str, str]:
        """Variables for a process that is to talk to this server, and to nothing else."""
        found = {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
            "AWS_DEFAULT_REGION": self.region,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        return found | ({"AWS_ENDPOINT_URL_S3": self.s3_url} if self._s3_url else {})

    def client(self, name: str, **changed: Any) -> Any:
        """A boto3 client that is closed with the server; ``changed`` are arguments of ``boto3.Session.client``.

        It tries once. The same client is given again where nothing is changed.
        """
        if not changed and name in self._plain:
            return self._plain[name]
        wanted: dict[str, Any] = {
            "endpoint_url": self.s3_url if name == "s3" else self.url,
            "aws_access_key_id": ACCESS_KEY,
            "aws_secret_access_key": SECRET_KEY,
            "region_name": self.region,
            "config": Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}),
        }
        # Without a session of its own, variables that a test has just set would not be read.
        maker = boto3.Session() if changed else session()
        client = maker.client(name, **(wanted | changed))  # type: ignore[call-overload]
        self._clients.append(client)
        if not changed:
            self._plain[name] = client
        return client

    def tick(self, seconds: float) -> None:
        """Lets time pass."""
        self.service.account.clock.tick(seconds)

    @property
    def service(self) -> TranslateService:
        assert self._service is not None, "the emulator was not started"
        return self._service

    @property
    def limits(self) -> Limits:
        """The service's limits, which may be lowered."""
        return self.service.account.limits

    @property
    def calls(self) -> list[str]:
        """The operations of Translate that were asked for, in order."""
        return self.service.calls

    @property
    def jobs(self) -> list[dict[str, Any]]:
        """The jobs as the service describes them now, oldest first, each with the Request that started it."""
        return [{**job.told(), "Request": job.request} for job in self.service.jobs.all.values()]

    @property
    def billed(self) -> int:
        """Characters to pay for."""
        return self.service.account.billed

    @property
    def billed_texts(self) -> Counter[str]:
        """How often the text of each block was paid for."""
        return self.service.account.billed_texts

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """WSGI: one request."""
        headers = {n[5:].replace("_", "-").lower(): str(v) for n, v in environ.items() if n.startswith("HTTP_")}
        headers["content-type"] = environ.get("CONTENT_TYPE", "")
        reply = Reply(500, b"")
        try:
            if headers.get("x-amz-target", "").startswith(TARGET):
                url = f"http://{headers.get('host', '')}{environ.get('RAW_URI', '/')}"
                reply = self.service.reply(url, headers, _body(environ))
            elif environ["PATH_INFO"].startswith("/-/"):
                reply = self._download(environ["PATH_INFO"])
            else:
                return self._neighbour(environ, headers, start_response)
        except ConnectionLost:
            _cut(environ)
        except Exception as error:
            self.errors.append(error)
            reply = Reply(500, b'{"__type": "InternalFailure", "message": "the emulator itself failed"}')
        return _send(reply, start_response)

    def _download(self, path: str) -> Reply:
        """What the signed addresses of parallel data and terminology lead to."""
        kind, name, what = [*path.removeprefix("/-/").split("/"), "", ""][:3]
        service = self.service
        data = service.parallel_data.download(name, what)
        if kind == "terminology":
            data = service.terminology.download(name)
        return Reply(404, b"") if data is None else Reply(200, data, {"Content-Type": "application/octet-stream"})

    def _neighbour(self, environ: dict[str, Any], headers: dict[str, str], start_response: Any) -> Iterable[bytes]:
        """moto's answer, or a fault."""
        if INSIDE in headers.get("user-agent", ""):
            return _moto()(environ, start_response)  # type: ignore[no-any-return]
        service = service_of(headers)
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        body = b""
        if service != "s3":
            body = _body(environ)
            environ["wsgi.input"] = io.BytesIO(body)
        name = operation_of(service, environ["REQUEST_METHOD"], path, environ.get("QUERY_STRING", ""), body)
        with self._own:
            self.other_calls.append(name)
        text = f"{path}?{environ.get('QUERY_STRING', '')} {body.decode('utf-8', 'replace')}"
        fault = self.faults.take(name, text)
        if fault is None:
            return _moto()(environ, start_response)  # type: ignore[no-any-return]
        if fault.after:
            b"".join(_moto()(environ, lambda *told: None))
        else:
            # The client must not find its request half read.
            _body(environ)
        if fault.kind == "closed":
            raise ConnectionLost(name)
        status, answer = failure(service, fault)
        return _send(Reply(status, answer, {"Content-Type": "application/xml"}), start_response)


@cache
def _moto() -> Any:
    """moto's application: its state is that of the process anyway, and each part takes time to make."""
    return DomainDispatcherApplication(create_backend_app)


def _body(environ: dict[str, Any]) -> bytes:
    return bytes(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))


def _send(reply: Reply, start_response: Any) -> Iterable[bytes]:
    headers = [*reply.headers.items(), ("Content-Length", str(len(reply.body)))]
    start_response(f"{reply.status} {'OK' if reply.status == 200 else 'Error'}", headers)
    return [reply.body]


def _cut(environ: dict[str, Any]) -> None:
    """Ends a connection without an answer."""
    environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
    raise ConnectionResetError("a fault on request")


class _Handler(MotoRequestHandler):
    """Says nothing about requests."""

    server: _Server

    def setup(self) -> None:
        super().setup()
        self.server.open.add(self.connection)

    def finish(self) -> None:
        self.server.open.discard(self.connection)
        super().finish()

    def log(self, type: str, message: str, *args: Any) -> None:
        pass


class _Server(ThreadedWSGIServer):
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
