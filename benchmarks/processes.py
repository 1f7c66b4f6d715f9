"""Processor time and memory of a program with all its processes."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple


class Spent(NamedTuple):
    """What a run took: seconds of processor time of all processes and by the clock, MB of them together at the peak."""

    seconds: float
    clock: float
    memory: float


def sync(folder: Path, code: Path) -> Spent:
    """What ``amts sync`` by the program in ``code`` takes in ``folder``.

    Nothing else may run as a child of this process meanwhile: its processor time would count too. Raises RuntimeError
    with the output if the sync fails.
    """
    before, start, peak = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter(), 0.0
    command = [sys.executable, "-m", "bot", "sync"]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(
            command, cwd=folder, env={**os.environ, "PYTHONPATH": str(code)}, stdout=log, stderr=log
        ) as run,
    ):
        while run.poll() is None:
            peak = max(peak, resident(run.pid))
            time.sleep(0.1)
    clock = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode:
        raise RuntimeError((folder / "log").read_text(encoding="utf-8")[-2000:])
    return Spent(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock, peak)


def resident(pid: int, parent: float = 0.0) -> float:
    """MB of memory of a process and its descendants now (Linux only; 0 elsewhere)."""
    try:
        own = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(c) for task in tasks for c in (task / "children").read_text(encoding="ascii").split()]
    except (OSError, IndexError):
        return 0.0
    if parent and abs(own - parent) < parent / 100:
        return 0.0  # between fork and exec, a process shares all memory of its parent
    return own + sum(resident(child, own) for child in children)
