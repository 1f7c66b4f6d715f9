"""Distributes work on many items over as many processes as there are cores: the same ones for a whole run."""

from __future__ import annotations

import atexit
import gc
import os
from collections.abc import Callable, Iterable
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from bot.progress import Count, silent

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

FEW = 12
"""The least number of items that makes starting a process worthwhile, for documents."""

Item = TypeVar("Item")
Made = TypeVar("Made")


def spread(work: Callable[[Item], Made], items: Iterable[Item], few: int = FEW, shown: Count = silent) -> list[Made]:
    """``[work(item) for item in items]``; ``work`` and all values must be picklable.

    ``few`` is the least number of items per process. Threads share the processes, so languages that are synced at the
    same time take no more memory for them than one. ``shown`` takes how many items are done.
    """
    every = list(items)
    if min(cores(), len(every) // few) < 2:
        return _counted(map(work, every), len(every), shown)
    # Most runs start no process, and so do without the modules for that.
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import parent_process

    if parent_process():  # Processes of a process that is started here would never end: it waits for them at its end.
        return _counted(map(work, every), len(every), shown)
    with _starting:
        shared = _shared()
    try:
        return _counted(shared.map(work, every, chunksize=min(4, few)), len(every), shown)
    except BrokenProcessPool:
        # A process was killed, perhaps by the work of another language: processes of its own tell whose it was.
        _shared.cache_clear()
        with _started() as own:
            return _counted(own.map(work, every, chunksize=min(4, few)), len(every), shown)


def _counted(made: Iterable[Made], total: int, shown: Count) -> list[Made]:
    out: list[Made] = []
    for one in made:
        out.append(one)
        shown(len(out), total)
    return out


def cores() -> int:
    """How many processes, or languages, work at the same time."""
    return os.cpu_count() or 1


def collect_rarely() -> None:
    """Looks for cycles less often in this process: documents and plans have none, and the search took 15% of a run."""
    gc.set_threshold(100_000, 20, 20)


_starting = Lock()


@cache
def _shared() -> ProcessPoolExecutor:
    # Ended while the interpreter is whole: later, its clean-up would fail, and print that.
    atexit.register(_end)
    return _started()


def _end() -> None:
    if _shared.cache_info().currsize:
        _shared().shutdown(cancel_futures=True)
        _shared.cache_clear()


def _started() -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Fresh processes, not forks: the caller may have threads and open pipes to git.
    return ProcessPoolExecutor(cores(), mp_context=get_context("spawn"), initializer=collect_rarely)
