"""Shows on a terminal how far each language is: a line each on standard error, which goes away when it is done.

Where people do not look, nothing is shown: no terminal, a CI system, ``--quiet``. Results are printed with the lines
hidden, since both may go to the same screen.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Group
    from rich.live import Live

SHOWN_FROM = 5.0
"""Seconds after which the time that a step takes is shown; many steps are shorter."""

_PER_SECOND = 4


@dataclass(frozen=True)
class _Line:
    text: str
    since: float


@dataclass
class Lines:
    """What is going on for each language. ``clock`` gives the time in seconds; used from several threads."""

    clock: Callable[[], float] = monotonic
    _lines: dict[str, _Line] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def show(self, language: str, text: str) -> None:
        """A ``bot.progress.Progress``."""
        with self._lock:
            before = self._lines.get(language)
            if not text:
                self._lines.pop(language, None)
            elif before and before.text.split()[0] == text.split()[0]:
                self._lines[language] = _Line(text, before.since)
            else:
                self._lines[language] = _Line(text, self.clock())

    def texts(self) -> list[str]:
        """The lines as they are now."""
        now = self.clock()
        with self._lock:
            return [f"{name}: {line.text}{_passed(now - line.since)}" for name, line in self._lines.items()]


def _passed(seconds: float) -> str:
    if seconds < SHOWN_FROM:
        return ""
    minutes = int(seconds // 60)
    if not minutes:
        return f", {int(seconds)} s"
    return f", {minutes} min" if minutes < 60 else f", {minutes // 60} h {minutes % 60} min"


class Screen:
    """Where progress is shown; ``show`` is the port for those who work."""

    def __init__(self, live: Live | None = None, lines: Lines | None = None) -> None:
        self._live, self._lines = live, lines

    def show(self, language: str, text: str) -> None:
        """What is going on for a language."""
        if self._lines:
            self._lines.show(language, text)

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """Without the lines, so that something else can be printed."""
        if self._live is None:
            yield
            return
        self._live.stop()
        try:
            yield
        finally:
            self._live.start()


@contextmanager
def screen(quiet: bool) -> Iterator[Screen]:
    """The screen of a command; an empty one where nobody looks."""
    if quiet or os.environ.get("CI") or not sys.stderr.isatty():
        yield Screen()
        return
    # Only those who look pay for it.
    from rich.console import Console
    from rich.live import Live

    lines = Lines()
    # Messages of engines go to standard error, above the lines and in one piece each; standard output may be a file.
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    live = Live(
        console=console,
        get_renderable=lambda: _drawn(lines),
        refresh_per_second=_PER_SECOND,
        transient=True,
        redirect_stdout=False,
    )
    with live:
        yield Screen(live, lines)


def _drawn(lines: Lines) -> Group:
    from rich.console import Group
    from rich.text import Text

    return Group(*(Text(f"  {text}", style="dim", no_wrap=True, overflow="ellipsis") for text in lines.texts()))
