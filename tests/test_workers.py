"""Work in processes: in order, the same processes for all, and a killed one harms only its own work."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from bot.workers import LARGE, apart, spread

ROOT = Path(__file__).parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def process(_: int) -> int:
    return os.getpid()


def doubled(number: int) -> int:
    return 2 * number


def killed(number: int) -> int:
    if number == 3:
        os._exit(9)
    return number


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)


def test_all_threads_share_two_processes() -> None:
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(lambda _: spread(process, range(8), few=1), range(6)))
    assert len({number for numbers in found for number in numbers} - {os.getpid()}) <= 2


def processes_below(_: int) -> set[int]:
    return set(spread(process, range(40)))


def test_a_process_starts_none_of_its_own_and_so_ends() -> None:
    for number, below in enumerate(spread(processes_below, range(24))):
        assert len(below) == 1, number


def test_the_processes_of_a_large_book_end_with_its_work_and_others_do_what_follows() -> None:
    large, small, again = (set(spread(process, range(n), few=1)) for n in (LARGE, 8, 8))
    assert not large & small and len(small | again) <= 2
    for number in large:
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)


def test_large_and_small_work_at_the_same_time_is_all_done() -> None:
    sizes = [LARGE, 8, LARGE, 9, 8]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda n: len(spread(doubled, range(n), few=1)), sizes)) == sizes


def test_work_apart_is_done_by_a_process_that_ends_with_it() -> None:
    number = apart(process, 0)
    assert number != os.getpid() and number not in spread(process, range(8), few=1)
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_results_come_in_order() -> None:
    assert spread(doubled, range(50), few=1) == [2 * n for n in range(50)]


def test_a_process_that_is_killed_harms_no_later_work() -> None:
    with pytest.raises(BrokenProcessPool):
        spread(killed, range(8), few=1)
    assert spread(doubled, range(8), few=1) == [2 * n for n in range(8)]


def test_nothing_is_printed_when_a_run_that_used_processes_ends(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(
        'from bot.workers import spread\nif __name__ == "__main__":\n    print(sum(spread(abs, range(100), 1)))\n'
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, cwd=ROOT, env=ENVIRONMENT)
    assert (done.returncode, done.stdout, done.stderr) == (0, "4950\n", "")
