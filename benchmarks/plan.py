"""How long planning takes: every document of d2l-zh against the newest English, one push, nothing to do.

Each figure is the median of three runs, each in a fresh process (no cache is warm), in seconds of
processor time; reading from disk and git is not counted. Two other programs on the same files stand
beside it for scale.
"""

from __future__ import annotations

import argparse
import difflib
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from git import Repo
from markdown_it import MarkdownIt
from rich.console import Console
from rich.table import Table

from bot.alignment.bitext import Bitext
from bot.alignment.blocks import align_versions
from bot.baselines.records import Baselines, Recorded, Records
from bot.document.markdown import parse
from bot.document.tree import Tree
from bot.planning.book_plan import plan_book
from bot.planning.document_plan import plan_document
from bot.planning.many_documents import plan_documents
from bot.workers import cores

NEWEST = "tree-v1.0.3"
PUSHES = 100
"""Recent pushes among which the one of median size is the typical one."""

RUNS = 3
MEMORY = 500
"""Budget of peak memory in MB."""

Material = TypeVar("Material")


@dataclass(frozen=True)
class Job:
    """One document: its path, the English that was translated, the newest English, the translation."""

    path: str
    old: str
    new: str
    target: str


@dataclass(frozen=True)
class Figure:
    """What one measurement gave: seconds (median of the runs) and peak memory in MB (highest of them)."""

    seconds: float
    memory: float


def read_jobs(repository: Repo, pairs: Path) -> tuple[list[Job], dict[str, str]]:
    """The documents that both sides have, and the blob ids of all English documents of that version."""
    listed: str = repository.git.ls_tree("-r", "-z", "--format=%(path)%x09%(objectname)", NEWEST)
    blobs = dict(line.split("\t") for line in listed.strip("\0").split("\0"))
    jobs = []
    for origin in sorted(pairs.rglob("*_origin.md")):
        target = origin.with_name(origin.name.replace("_origin.md", ".md"))
        path = target.relative_to(pairs).as_posix()
        if path in blobs:
            new = repository.odb.stream(bytes.fromhex(blobs[path])).read().decode("utf-8")
            jobs.append(Job(path, _text(origin), new, _text(target)))
    return jobs, blobs


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def typical_push(repository: Repo, jobs: Sequence[Job]) -> list[Job]:
    """The documents that a push of median size touched; each with all that changed since its translation."""
    paths = {job.path for job in jobs}
    log: str = repository.git.log(
        "HEAD", "--first-parent", "--diff-merges=first-parent", "--name-only", "--format=%x01", "--", *sorted(paths)
    )
    pushes = sorted((paths & set(push.split("\n")) for push in log.split("\x01")[1 : PUSHES + 1]), key=len)
    touched = pushes[len(pushes) // 2]
    return [job for job in jobs if job.path in touched]


def run_parse(jobs: Sequence[Job]) -> float:
    """Seconds for parsing the three texts of each document."""
    start = time.process_time()
    for job in jobs:
        for text in (job.old, job.new, job.target):
            parse(text)
    return time.process_time() - start


def run_align(jobs: Sequence[Job]) -> float:
    """Seconds for aligning blocks: old English with translation and with new English; parsing apart."""
    parsed = [(parse(job.old), parse(job.new), parse(job.target)) for job in jobs]
    start = time.process_time()
    for old, new, target in parsed:
        Bitext(old, target, "en", "zh")
        align_versions(old.blocks, new.blocks)
    return time.process_time() - start


def run_plan(jobs: Sequence[Job]) -> float:
    """Seconds on the clock for whole plans as a sync makes them, parsing, alignment and processes in them."""
    start = time.perf_counter()
    plan_documents([(job.old, job.new, job.target) for job in jobs], language="zh", small_edits="keep")
    return time.perf_counter() - start


def run_plan_alone(jobs: Sequence[Job]) -> float:
    """Processor seconds for the same plans in one process."""
    start = time.process_time()
    for job in jobs:
        plan_document(job.old, job.new, job.target, language="zh")
    return time.process_time() - start


def run_nothing(blobs: dict[str, str]) -> float:
    """Seconds for planning a book whose recorded baselines are the English head; reading would be an error."""

    def refuse(blob: str) -> bytes:
        raise RuntimeError(f"a plan with nothing to do has read {blob}")

    documents = {path: blob for path, blob in blobs.items() if path.endswith(".md")}
    start = time.process_time()
    tree = Tree(documents, refuse)
    baselines = Baselines(Records("lock"), {path: Recorded(path, blob) for path, blob in documents.items()})
    plan = plan_book(
        tree, tree, baselines, lambda path, record: refuse(path).decode(), language="zh", small_edits="keep"
    )
    if plan.changes:
        raise RuntimeError(f"{len(plan.changes)} changes where nothing changed")
    return time.process_time() - start


def run_render(jobs: Sequence[Job]) -> float:
    """Seconds that markdown-it-py takes to parse and render the three texts of each document."""
    markdown = MarkdownIt("commonmark").enable("table")
    start = time.process_time()
    for job in jobs:
        for text in (job.old, job.new, job.target):
            markdown.render(text)
    return time.process_time() - start


def run_difflib(jobs: Sequence[Job]) -> float:
    """Seconds that difflib takes to compare the lines of old and new English."""
    start = time.process_time()
    for job in jobs:
        for _ in difflib.unified_diff(job.old.splitlines(), job.new.splitlines()):
            pass
    return time.process_time() - start


def measure(run: Callable[[Material], float], material: Material) -> Figure:
    """Runs ``run`` several times, each in a process of its own."""
    seconds, memory = [], []
    for _ in range(RUNS):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            seconds.append(pool.submit(run, material).result())
            memory.append(pool.submit(_peak).result())
    return Figure(statistics.median(seconds), max(memory))


def _peak() -> float:
    own, children = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    # The children worked at the same time as this process, so the largest of them counts once for each other core.
    peak = own + children * (cores() - 1)
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the test material")
    options = parser.parse_args()
    console = Console(highlight=False, markup=False, soft_wrap=True)
    bundle, pairs = options.data / "d2l" / "d2l-en.bundle", options.data / "d2l" / "pairs" / "zh"
    if not bundle.is_file() or not pairs.is_dir():
        console.print(f"plan: skipped, {bundle} or {pairs} is absent (--data names the folder of the test material)")
        return 0
    with (
        tempfile.TemporaryDirectory(prefix="amts-plan-") as folder,
        Repo.clone_from(str(bundle), folder, bare=True) as repository,
    ):
        jobs, blobs = read_jobs(repository, pairs)
        push = typical_push(repository, jobs)
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    table.add_column("what")
    for name in ("seconds", "budget", "", "peak memory"):
        table.add_column(name, justify="right")
    figures = []

    def row(name: str, figure: Figure, budget: float | None = None) -> None:
        figures.append(figure)
        state = "" if budget is None else "within" if figure.seconds <= budget else "OVER"
        table.add_row(name, f"{figure.seconds:.3f}", f"{budget or ''}", state, f"{figure.memory:.0f} MB")

    row("parse", measure(run_parse, jobs))
    row("align blocks", measure(run_align, jobs))
    row("plan, every document changed", measure(run_plan, jobs), 5.0)
    row("  the same in one process", measure(run_plan_alone, jobs))
    row(f"plan, a typical push (documents: {len(push)})", measure(run_plan, push), 0.5)
    row("plan, nothing to do", measure(run_nothing, blobs), 0.2)
    peak = max(figure.memory for figure in figures)
    row("for scale: markdown-it-py renders", measure(run_render, jobs))
    row("for scale: difflib on English lines", measure(run_difflib, jobs))
    console.print(f"{len(jobs)} documents of d2l-zh against the English of {NEWEST}, median of {RUNS} runs")
    console.print(table)
    state = "within" if peak <= MEMORY else "OVER"
    console.print(f"peak memory of planning: {peak:.0f} MB, {state} the budget of {MEMORY} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
