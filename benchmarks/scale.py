"""A hundred books in ten languages, each with a push on one day: requests, limits, hours and money, on paper.

What one language costs is measured: a push of five documents through the emulated GitHub and the emulated Amazon, in
three languages at once. Then a thousand of these are simulated on one clock: runners take them from a queue, and the
emulator's own account decides when an import or a job may start and when it is over. Nothing waits in real time. What
the services need for an import and a job is a guess, and so are the shares; they are options.
"""

from __future__ import annotations

import argparse
import heapq
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from fakes.amazon import Emulator
from fakes.amazon.account import Account
from fakes.amazon.clock import Clock
from fakes.amazon.errors import ServiceError
from fakes.amazon.faults import Faults
from fakes.amazon.jobs import Jobs
from fakes.amazon.parallel_data import ParallelData
from fakes.amazon.terminology import Terminology
from fakes.github import GitHub
from rich.console import Console
from support.accounts import SETTINGS, make_bucket
from support.hubs import ENGLISH, Hub
from support.worlds import CHAPTER

from bot.clock import FIRST, GROWTH, LONGEST
from bot.forges.github.connection import BETWEEN_WRITES

LANGUAGES = ("es", "pt", "tr")
DOCUMENTS = 5
"""Documents of the push (benchmarks/pushes.py: nine in ten pushes touch at most four)."""
CHARACTERS = 1_000
"""Characters that such a push sends per language (benchmarks/pushes.py, 600 pushes: 601,030)."""
PRICE = 60.0
"""USD per million characters with parallel data (third-party figure of 2025)."""
REST, CREATED = 5_000, 80
"""GitHub's limits: requests an hour of a token, and of what creates content in a minute."""
READS, STARTS = 10, 5
"""Amazon's limits: Describe, Get and List, and Start, Create and Update, each a second."""
RUNNERS = 20
"""Jobs at a time of a free account on GitHub (GitHub Docs, usage limits; not looked up again)."""

_TMX = (
    b'<?xml version="1.0"?><tmx version="1.4"><header srclang="en"/><body><tu>'
    b'<tuv xml:lang="en"><seg>A boat.</seg></tuv><tuv xml:lang="es"><seg>Un barco.</seg></tuv></tu></body></tmx>'
)
_HTML = b'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><p id="s0">A boat.</p></body></html>'


@dataclass(frozen=True)
class One:
    """What a language costs: requests, writes among those to GitHub, and seconds of processor time."""

    github: float
    writes: float
    s3: float
    seconds: float


def measured(folder: Path) -> One:
    """The costs of one language, as the mean of three."""
    with GitHub(folder / "github") as github, Emulator() as aws:
        os.environ.update(aws.environment)
        make_bucket()
        book = Hub(folder / "book", github, LANGUAGES, aws=dict(aws.environment))
        book.configure(SETTINGS)
        files: dict[str, str | bytes | None] = {f"d{n}.md": f"# Part {n}\n\nPart {n} is new here.\n" for n in range(4)}
        edited = CHAPTER.replace("It has a hull and a mast.", "Some boats are rowed by tired people.")
        book.push(ENGLISH, {"boats.md": edited, **files})
        before, others = len(github.requests), len(aws.other_calls)
        begun = time.process_time()
        done = book.sync(here=True)
        seconds = time.process_time() - begun
        assert done.status == 0, done.log
        rest = [r for r in github.requests[before:] if not r.operation.startswith("git/")]
        writes = [r for r in rest if r.operation.rpartition("/")[2].startswith(("create", "update", "add"))]
        count = len(LANGUAGES)
        return One(len(rest) / count, len(writes) / count, (len(aws.other_calls) - others) / count, seconds / count)


class _Bucket:
    """Objects in memory, for a simulation without requests."""

    def __init__(self) -> None:
        self.all: dict[str, bytes] = {}

    def read(self, uri: str) -> bytes:
        return self.all.get(uri, _TMX)

    def write(self, uri: str, data: bytes) -> None:
        self.all[uri] = data

    def names(self, folder: str) -> list[str]:
        return ["00000.html"]


class _Inputs(_Bucket):
    def read(self, uri: str) -> bytes:
        return _HTML if uri.endswith(".html") else _TMX


@dataclass
class Region:
    """An account in one region, at the time of the simulation."""

    clock: Clock
    import_seconds: float
    job_steps: int
    calls: Counter[str] = field(default_factory=Counter)
    seconds: Counter[tuple[str, int]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        paces = (self.import_seconds, self.job_steps, 2)
        self.account = Account("us-east-1", "http://none", _Inputs(), self.clock, True, *paces, Faults())  # type: ignore[arg-type]
        self.data = ParallelData(self.account)
        self.jobs = Jobs(self.account, self.data, Terminology(self.account))

    def call(self, kind: str, work: Any, params: dict[str, Any]) -> Any:
        """One request. Raises ServiceError where the second has had as many as the service takes."""
        second = int(self.clock.now())
        self.calls[kind] += 1
        self.seconds[kind, second] += 1
        if self.seconds[kind, second] > (STARTS if kind == "start" else READS):
            self.calls["throttled"] += 1
            raise ServiceError("TooManyRequestsException", "")
        return work(params)


def pauses() -> Iterator[float]:
    """The pauses of ``bot.clock.wait``."""
    pause = FIRST
    while True:
        yield pause
        pause = min(pause * GROWTH, LONGEST)


def language(region: Region, name: str, changed: bool, one: One, written: list[float]) -> Iterator[float]:
    """One language on a runner: yields how many seconds pass until it goes on."""
    yield one.seconds
    config = {"S3Uri": f"s3://b/{name}.tmx", "Format": "TMX"}
    params: dict[str, Any] = {"Name": name, "ClientToken": name, "ParallelDataConfig": config}
    if changed:
        yield from asked(region, "start", region.data.create, params)
        for seconds in pauses():
            answer = yield from asked(region, "read", region.data.get, {"Name": name})
            if answer["ParallelDataProperties"]["Status"] == "ACTIVE":
                break
            yield seconds
    params = {
        "JobName": name,
        "ClientToken": name,
        "InputDataConfig": {"S3Uri": f"s3://b/{name}/input/", "ContentType": "text/html"},
        "OutputDataConfig": {"S3Uri": f"s3://b/{name}/output/"},
        "SourceLanguageCode": "en",
        "TargetLanguageCodes": ["es"],
    }
    started = yield from asked(region, "start", region.jobs.start, params)
    for seconds in pauses():
        answer = yield from asked(region, "read", region.jobs.describe, {"JobId": started["JobId"]})
        if "COMPLETED" in answer["TextTranslationJobProperties"]["JobStatus"]:
            break
        yield seconds
    for _ in range(round(one.writes)):
        written.append(region.clock.now())
        yield BETWEEN_WRITES


def asked(region: Region, kind: str, work: Any, params: dict[str, Any]) -> Generator[float, None, Any]:
    """The answer to a request that is repeated until the service takes it: another import may be under way."""
    for seconds in pauses():
        try:
            return region.call(kind, work, params)
        except ServiceError:
            yield seconds
    raise AssertionError


def simulated(options: argparse.Namespace, one: One, regions: int, share: float) -> list[str]:
    """A row of the table: ``share`` of the languages import their pairs, over ``regions``."""
    clock = Clock()
    start, written = clock.now(), list[float]()
    every = [
        Region(clock, options.import_minutes * 60, 1 + round(options.job_minutes / options.import_minutes))
        for _ in range(regions)
    ]
    total = options.books * options.languages
    work = [language(every[n % regions], f"l{n}", n * share % 1 < share, one, written) for n in range(total)]
    at_once = options.runners * options.each
    queue: list[tuple[float, int]] = [(start, n) for n in range(min(at_once, total))]
    following = len(queue)
    heapq.heapify(queue)
    while queue:
        now, n = heapq.heappop(queue)
        clock.seconds = max(clock.seconds, now)
        pause = next(work[n], None)
        if pause is not None:
            heapq.heappush(queue, (clock.now() + pause, n))
        elif following < total:
            heapq.heappush(queue, (clock.now(), following))
            following += 1
    hours = (clock.now() - start) / 3600
    minute = max(Counter(int(at // 60) for at in written).values())
    hour = max(Counter(int(at // 3600) for at in written).values()) / max(1, round(one.writes)) * one.github
    calls = sum((region.calls for region in every), Counter[str]())
    assert sum(len(region.jobs.all) for region in every) == total
    counts = [f"{calls[kind]:,}" for kind in ("start", "read", "throttled")]
    return [f"{share:.0%}", str(regions), f"{hours:.1f}", *counts, str(minute), f"{hour:,.0f}"]


def main() -> int:
    """Measures, simulates and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--books", type=int, default=100)
    parser.add_argument("--languages", type=int, default=10)
    parser.add_argument("--runners", type=int, default=RUNNERS, help="jobs of GitHub at a time (default: %(default)s)")
    parser.add_argument("--each", type=int, default=5, help="languages of a job: two shards of ten (default: 5)")
    parser.add_argument("--import-minutes", type=float, default=5, help="of parallel data (default: 5, a guess)")
    parser.add_argument("--job-minutes", type=float, default=10, help="of a batch job (default: 10, a guess)")
    options = parser.parse_args()
    console = Console(highlight=False, markup=False, soft_wrap=True)
    with tempfile.TemporaryDirectory() as folder:
        one = measured(Path(folder))
    total = options.books * options.languages
    console.print(
        f"one language: {one.github:.1f} requests to GitHub's API, {one.writes:.1f} of them writes; "
        f"{one.s3:.1f} to S3; {one.seconds:.2f} s of processor time"
    )
    console.print(
        f"{total:,} languages: {one.github * total:,.0f} requests to GitHub, {one.s3 * total:,.0f} to S3, "
        f"{one.seconds * total / 60:,.0f} min of processor time; "
        f"{CHARACTERS * total:,} characters, {CHARACTERS * total * PRICE / 1e6:,.0f} USD\n"
    )
    console.print("| with an import | regions | hours | starts | reads | throttled | GitHub: writes/min | requests/h |")
    console.print("|--:|--:|--:|--:|--:|--:|--:|--:|")
    for share in (0.0, 0.2, 1.0):
        for regions in (1, 3):
            console.print(f"| {' | '.join(simulated(options, one, regions, share))} |")
    console.print(
        f"\nlimits: {STARTS} starts/s and {READS} reads/s in a region, {CREATED} writes/min, {REST:,} requests/h"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
