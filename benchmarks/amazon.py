"""A whole book and a typical push through the engine ``amazon``: every segment accounted for, and what that costs us.

The emulated service runs in a process of its own, so that processor time and memory here are the engine's. With
``--s3 seaweedfs`` the bucket is on a real S3 server.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import boto3
from git import Repo
from rich.console import Console
from rich.table import Table

from bot.clock import SystemClock
from bot.drafting.draft import draft_document
from bot.engines import Batch
from bot.engines.amazon.batch import Amazon, Place
from bot.engines.amazon.connection import connect
from bot.engines.resources import Resources
from bot.engines.segment_html import FORMS, decode, encode
from bot.parallel_data.dataset import ParallelData, build
from bot.parallel_data.extraction import TranslatedDocument
from bot.planning.document_plan import DocumentPlan, plan_document, plan_new

ROLE = "arn:aws:iam::123456789012:role/amts-translate"
BUCKET = "amts-benchmark"
PUSH = 5
"""Documents of the typical push (``plan.py`` measures the median of the last hundred)."""

_SERVER = """
import sys, json
sys.path.insert(0, sys.argv[1])
from fakes.amazon import Emulator
more = {"s3_url": sys.argv[2]} if len(sys.argv) > 2 else {}
with Emulator(**more) as aws:
    print(json.dumps(aws.environment), flush=True)
    sys.stdin.readline()
    print(aws.billed, flush=True)
    sys.stdin.readline()
"""


@dataclass(frozen=True)
class Work:
    """A document to translate: its plan, and the English before and now."""

    path: str
    plan: DocumentPlan
    old: str
    new: str


def first_translation(folder: Path) -> list[Work]:
    """Every English document of the folder, as if nobody had translated it."""
    found = []
    for origin in sorted(folder.rglob("*_origin.md")):
        text = origin.read_bytes().decode("utf-8")
        path = origin.name.replace("_origin.md", ".md")
        found.append(Work(f"{origin.parent.name}/{path}", plan_new(text, language="zh"), "", text))
    return found


def push(repository: Repo, folder: Path) -> list[Work]:
    """Some documents that changed, against the newest English."""
    found = []
    for origin in sorted(folder.rglob("*_origin.md")):
        path = f"{origin.parent.name}/{origin.name.replace('_origin.md', '.md')}"
        old, target = (p.read_bytes().decode() for p in (origin, folder / path))
        try:
            new = str(repository.git.show(f"HEAD:{path}", strip_newline_in_stdout=False))
        except Exception:  # renamed meanwhile
            continue
        plan = plan_document(old, new, target, language="zh")
        if 3 <= len(plan.segments) <= 30:
            found.append(Work(path, plan, old, new))
    return found[:PUSH]


def pairs(folder: Path) -> ParallelData:
    """What people have said: the sentence pairs of a part of the book."""
    documents = []
    for origin in sorted(folder.rglob("*_origin.md"))[:40]:
        target = origin.with_name(origin.name.replace("_origin.md", ".md"))
        documents.append(TranslatedDocument(target.name, origin.read_text(), target.read_text()))
    return build(documents, ("en", "zh"))


def carry_out(name: str, work: Sequence[Work], resources: Resources, table: Table) -> int:
    """One batch through the service; the exit status."""
    place = Place(BUCKET, "amts", ROLE)
    engine = Amazon(connect("us-east-1"), place, SystemClock(), lambda text: None, 3000.0, salt=name)
    batch = Batch("en", "zh", {(w.path, s.number): s for w in work for s in w.plan.segments})
    resources.memory.match("warm", "", "")
    processor, wall = time.process_time(), time.perf_counter()
    result = engine.translate(batch, resources)
    processor, wall = time.process_time() - processor, time.perf_counter() - wall
    drafts = [
        draft_document(w.plan, {n: a for (p, n), a in result.answers.items() if p == w.path}, old=w.old, new=w.new)
        for w in work
    ]
    missing = len(batch.segments) - len(result.answers)
    english = sum(d.english for d in drafts)
    divergent = sum(len(d.divergences) for d in drafts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    per = 1000 * processor / max(1, len(batch.segments))
    table.add_row(
        name,
        f"{len(work)}",
        f"{len(batch.segments):,}",
        f"{missing}",
        f"{english}",
        f"{divergent}",
        f"{result.characters:,}",
        f"{wall:.1f}",
        f"{processor:.1f}",
        f"{per:.2f}",
        f"{peak:.0f}",
    )
    return 1 if missing else 0


def codec(work: Sequence[Work], console: Console) -> None:
    """Writing and reading the documents alone."""
    documents = [[" ".join(s.source.split()) for s in w.plan.segments] for w in work]
    for form in FORMS:
        start = time.process_time()
        html = [encode(d, "en", form) for d in documents]
        written = time.process_time() - start
        start = time.process_time()
        back = [decode(h, d, form) for h, d in zip(html, documents, strict=True)]
        read = time.process_time() - start
        pairs = [p for d, found in zip(documents, back, strict=True) for p in zip(d, found, strict=True)]
        bad = [(source, got.problem) for source, got in pairs if got.text != source]
        console.print(
            f"{form}: {sum(map(len, html)):,} characters of HTML written in {written:.1f} s, read in {read:.1f} s; "
            f"{len(bad)} of {sum(map(len, documents)):,} sentences do not come back as they were"
        )
        for source, problem in bad[:5]:
            console.print(f"    {problem}: {source[:200]}")


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the test material")
    parser.add_argument("--s3", choices=("moto", "seaweedfs"), default="moto", help="what stands for S3")
    options = parser.parse_args()
    console = Console(highlight=False, markup=False, soft_wrap=True, width=150)
    folder, bundle = options.data / "d2l" / "pairs" / "zh", options.data / "d2l" / "d2l-en.bundle"
    if not folder.is_dir():
        console.print(f"amazon: skipped, {folder} is absent (--data names the folder of the test material)")
        return 0
    work = first_translation(folder)
    codec(work, console)
    tests = Path(__file__).resolve().parent.parent / "tests"
    sys.path.insert(0, str(tests))
    from support.seaweed import seaweed

    with seaweed() if options.s3 == "seaweedfs" else nullcontext("") as s3:
        command = [sys.executable, "-c", _SERVER, str(tests), *([s3] if s3 else [])]
        return through(work, folder, bundle, command, console)


def through(work: Sequence[Work], folder: Path, bundle: Path, command: Sequence[str], console: Console) -> int:
    """The book and the push through the service that ``command`` starts."""
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    names = "documents, segments, missing, left in English, divergent, characters, seconds, of them ours, per 1,000, MB"
    for name in ("what", *names.split(", ")):
        table.add_column(name, justify="left" if name == "what" else "right")
    status = 0
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin and server.stdout
        os.environ.update(json.loads(server.stdout.readline()))
        boto3.client("s3").create_bucket(Bucket=BUCKET)
        resources = Resources(pairs(folder))
        status |= carry_out("the whole book", work, resources, table)
        if bundle.is_file():
            with tempfile.TemporaryDirectory() as place, Repo.clone_from(str(bundle), place, bare=True) as repository:
                status |= carry_out("a push", push(repository, folder), resources, table)
        server.stdin.write("\n")
        server.stdin.flush()
        billed = int(server.stdout.readline())
        server.stdin.write("\n")
    console.print(table)
    console.print(f"the service billed {billed:,} characters")
    return status


if __name__ == "__main__":
    sys.exit(main())
