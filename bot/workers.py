"""Distributes work on many items over as many processes as there are cores: the same ones for a whole run."""

from __future__ import annotations

import atexit
import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from bot.progress import Count, silent

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

FEW = 12
"""The least number of items that makes starting a process worthwhile, for documents."""

LARGE = 40
"""Items after which the processes end with their work. While nothing is left to do for them, those of a large book
would keep 100 to 150 MB each, and starting them again takes a second; many small books keep theirs."""

MOST = 4
"""The most processes of a run: each takes 50 to 70 MB more with a large book, and about half of a run is work of the
first one alone."""

_TOGETHER = 2
"""The most items that travel to a process together."""

_AHEAD = 3
"""How many parts a process has ahead, so that it need not wait while the caller works itself."""

Item = TypeVar("Item")
Made = TypeVar("Made")


def spread(
    work: Callable[[Item], Made], items: Iterable[Item], few: int = FEW, shown: Count = silent, *, last: bool = True
) -> list[Made]:
    """``[work(item) for item in items]``; ``work`` and all values must be picklable.

    ``few`` is the least number of items per process. Threads share the processes, so languages that are synced at the
    same time take no more memory for them than one. ``shown`` takes how many items are done. Unless it is the ``last``
    work on these items for now, the processes stay, with what they remember of them.
    """
    every = list(items)
    if min(cores(), len(every) // few) < 2:
        return _counted(map(work, every), len(every), shown)
    # Most runs start no process, and so do without the modules for that.
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import parent_process

    if parent_process():  # Processes of a process that is started here would never end: it waits for them at its end.
        return _counted(map(work, every), len(every), shown)
    size = min(_TOGETHER, few)
    parts = [every[n : n + size] for n in range(0, len(every), size)]
    with _processes.used(ends=last and len(every) >= LARGE) as shared:
        try:
            return _together(shared, work, parts, shown)
        except BrokenProcessPool:
            _processes.leave(shared)
    # A process was killed, perhaps by the work of another language: processes of its own tell whose it was.
    with _started() as own:
        return _together(own, work, parts, shown)


def _together(
    pool: ProcessPoolExecutor, work: Callable[[Item], Made], parts: Sequence[Sequence[Item]], shown: Count
) -> list[Made]:
    """What is made of all parts: the pool takes them from the first on, this thread from the last on.

    Nothing is cancelled, since a pool whose process is killed then fails to end in Python 3.11.
    """
    from concurrent.futures import FIRST_COMPLETED, Future, wait

    left, given = deque(range(len(parts))), dict[Future[list[Made]], int]()
    made: dict[int, list[Made]] = {}
    # Of few parts, this thread has its share too.
    most = min(_AHEAD * (cores() - 1), len(parts) * (cores() - 1) // cores())
    while left or given:
        while left and len(given) < most:
            number = left.popleft()
            given[pool.submit(_all, work, parts[number])] = number
        if left:
            number = left.pop()
            made[number] = _all(work, parts[number])
        for future in wait(given, timeout=0 if left else None, return_when=FIRST_COMPLETED).done:
            made[given.pop(future)] = future.result()
        shown(sum(map(len, made.values())), sum(map(len, parts)))
    return [one for number in range(len(parts)) for one in made[number]]


def _all(work: Callable[[Item], Made], items: Sequence[Item]) -> list[Made]:
    return [work(item) for item in items]


def apart(work: Callable[[Item], Made], item: Item) -> Made:
    """``work(item)`` in a process of its own, so that all memory it takes is given back when it ends.

    One at a time: threads wait for each other.
    """
    from multiprocessing import parent_process

    if parent_process():
        return work(item)
    with _one_apart, _started(1) as own:
        return own.submit(work, item).result()


def _counted(made: Iterable[Made], total: int, shown: Count) -> list[Made]:
    out: list[Made] = []
    for one in made:
        out.append(one)
        shown(len(out), total)
    return out


def cores() -> int:
    """How many processes, or languages, work at a time: one for each core that this one may use, ``MOST`` at most."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(usable or 1, MOST)


def collect_rarely() -> None:
    """Looks for cycles less often in this process: documents and plans have none, and the search took 15% of a run."""
    gc.set_threshold(100_000, 20, 20)


class _Processes:
    """The processes that all threads share, while there are any."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._users = 0

    @contextmanager
    def used(self, ends: bool) -> Iterator[ProcessPoolExecutor]:
        """Starts them if there are none; with ``ends`` they end after it, unless others use them still."""
        with self._lock:
            pool = self._pool = self._pool or _started()
            self._users += 1
        try:
            yield pool
        finally:
            with self._lock:
                self._users -= 1
                idle = ends and not self._users and self._forget(pool)
            if idle:
                pool.shutdown()

    def leave(self, pool: ProcessPoolExecutor) -> None:
        """Ends the processes of ``pool``; whoever needs some later starts others."""
        with self._lock:
            known = self._forget(pool)
        if known:
            pool.shutdown(cancel_futures=True)

    def _forget(self, pool: ProcessPoolExecutor) -> bool:
        """Whether nobody has forgotten them before; only who forgets them ends them.

        Two threads that do so at once close the same files twice, and thereby one that another thread just opened.
        """
        known = self._pool is pool
        if known:
            self._pool = None
        return known

    def end(self) -> None:
        """Ends all of them."""
        if self._pool:
            self.leave(self._pool)


_processes = _Processes()
_one_apart = Lock()
# Ended while the interpreter is whole: later, its clean-up would fail, and print that.
atexit.register(_processes.end)


def _started(number: int = 0) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Fresh processes, not forks: the caller may have threads and open pipes to git.
    return ProcessPoolExecutor(
        number or max(1, cores() - 1), mp_context=get_context("spawn"), initializer=collect_rarely
    )
