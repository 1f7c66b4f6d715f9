"""Work in processes: in order, the same processes for all, and a killed one harms only its own work."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import parent_process
from pathlib import Path

import pytest

from bot.workers import LARGE, MOST, apart, spread

ROOT = Path(__file__).parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def process(_: int) -> int:
    """The process that works, after a moment, so that others have a share too."""
    time.sleep(0.005)
    return os.getpid()


def doubled(number: int) -> int:
    return 2 * number


def killed(_: int) -> int:
    if parent_process():
        os._exit(9)
    return process(0)


def failing(number: int) -> int:
    if number == 5:
        raise ValueError(number)
    return process(number)


def others(found: Iterable[int]) -> set[int]:
    return {*found} - {os.getpid()}


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1}, raising=False)


def test_the_caller_works_too_and_all_threads_share_one_process_a_core_less() -> None:
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(lambda _: spread(process, range(40), few=1), range(6)))
    assert all(os.getpid() in numbers for numbers in found)
    assert len(others(number for numbers in found for number in numbers)) == 1


def test_a_run_has_no_more_processes_on_a_machine_with_many_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {*range(64)}, raising=False)
    assert len({*spread(process, range(3 * LARGE), few=1)}) <= MOST


@pytest.mark.parametrize("number", [2, 3])
def test_of_few_parts_the_caller_does_its_share(number: int) -> None:
    assert os.getpid() in spread(process, range(number), few=1)


def processes_below(_: int) -> tuple[int, set[int]]:
    time.sleep(0.05)
    return os.getpid(), set(spread(process, range(24)))


def test_a_process_starts_none_of_its_own_and_so_ends() -> None:
    found = [(number, below) for number, below in spread(processes_below, range(24), few=1) if number != os.getpid()]
    assert found and all(below == {number} for number, below in found)


def test_the_processes_of_a_large_book_end_with_its_work_and_others_do_what_follows() -> None:
    large, small, again = (others(spread(process, range(n), few=1)) for n in (3 * LARGE, 30, 30))
    assert large and not large & small and small == again and len(small) == 1
    for number in large:
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)


def test_large_and_small_work_at_the_same_time_is_all_done() -> None:
    sizes = [LARGE, 8, LARGE, 9, 8]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda n: len(spread(doubled, range(n), few=1)), sizes)) == sizes


def test_work_apart_is_done_by_a_process_that_ends_with_it() -> None:
    number = apart(process, 0)
    assert number != os.getpid() and number not in spread(process, range(30), few=1)
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_results_come_in_order() -> None:
    assert spread(doubled, range(50), few=1) == [2 * n for n in range(50)]


def test_a_process_that_is_killed_harms_no_later_work() -> None:
    with pytest.raises(BrokenProcessPool):
        spread(killed, range(200), few=1)
    assert spread(doubled, range(50), few=1) == [2 * n for n in range(50)]


def test_threads_whose_process_is_killed_learn_that_and_nothing_else() -> None:
    def tried(_: int) -> type[Exception] | None:
        try:
            spread(killed, range(20), few=1)
        except Exception as error:
            return type(error)
        return None

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(tried, range(8))) == {BrokenProcessPool}


def test_one_failure_ends_the_work_and_the_next_is_done() -> None:
    with pytest.raises(ValueError, match="5"):
        spread(failing, range(200), few=1)
    assert spread(doubled, range(50), few=1) == [2 * n for n in range(50)]


def test_progress_grows_to_the_whole() -> None:
    seen = list[tuple[int, int]]()
    spread(process, range(30), few=1, shown=lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen) and seen[-1] == (30, 30) and len(seen) > 2


def test_nothing_is_printed_when_a_run_that_used_processes_ends(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(
        'from bot.workers import spread\nif __name__ == "__main__":\n    print(sum(spread(abs, range(100), 1)))\n'
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, cwd=ROOT, env=ENVIRONMENT)
    assert (done.returncode, done.stdout, done.stderr) == (0, "4950\n", "")
