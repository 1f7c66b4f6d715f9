"""Distributes work on many items over as many processes as there are cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TypeVar

FEW = 12
"""The least number of items that makes starting a process worthwhile, for documents."""

Item = TypeVar("Item")
Made = TypeVar("Made")


def spread(work: Callable[[Item], Made], items: Iterable[Item], few: int = FEW) -> list[Made]:
    """``[work(item) for item in items]``; ``work`` and all values must be picklable.

    ``few`` is the least number of items per process.
    """
    every = list(items)
    workers = min(os.cpu_count() or 1, len(every) // few)
    if workers < 2:
        return [work(item) for item in every]
    # Most runs start no process, and so do without the modules for that.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # A fresh process, not a fork: the caller may have threads and open pipes to git.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return list(pool.map(work, every, chunksize=min(4, few)))
