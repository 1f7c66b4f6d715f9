"""The log of a workflow run: groups, annotations and masks, which no other printed text can forge.

Commands to the runner are lines that begin with ``::`` (GitHub, workflow commands). They are switched off from the
start, since books and comments are also printed, and switched on only for our own.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Literal, TextIO


@dataclass
class WorkflowLog:
    """Writes to ``out``, the standard output of a step."""

    out: TextIO
    _token: str = field(default_factory=lambda: secrets.token_hex(16))
    _lock: Lock = field(default_factory=Lock)
    _masked: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._write(f"::stop-commands::{self._token}\n")

    def mask(self, secret: str) -> None:
        """Hides a secret in everything printed from now on."""
        if secret not in self._masked:
            self._masked.add(secret)
            self._command("add-mask", "", secret)

    def annotate(self, kind: Literal["notice", "warning", "error"], title: str, text: str) -> None:
        """A note that GitHub shows next to the run; it keeps ten of a kind for each step."""
        self._command(kind, f"title={_property(title)}", text)

    @contextmanager
    def group(self, name: str) -> Iterator[None]:
        """A group of lines that can be folded."""
        self._command("group", "", name)
        try:
            yield
        finally:
            self._command("endgroup", "", "")

    def _command(self, name: str, properties: str, text: str) -> None:
        ending = f" {properties}" if properties else ""
        self._write(f"::{self._token}::\n::{name}{ending}::{_data(text)}\n::stop-commands::{self._token}\n")

    def _write(self, text: str) -> None:
        with self._lock:
            self.out.write(text)
            self.out.flush()


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
