"""How much English each kind of tool sends to a translation engine, push by push.

For each of the last pushes (first-parent commits) of the English book that touched a chapter, the
translation is taken to stand at the parent commit. Its text is the old English itself: what is sent
depends on the English alone, and every sentence has its partner. Nothing is translated.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from git import Repo
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from bot.document.sentences import speaks
from bot.planning.document_plan import plan_document, plan_new

CHAPTERS = ":(glob)chapter_*/**/*.md"
FULL_RUN = 600
"""Commits that the budgets are for."""

FILE, SECTION, PARAGRAPH = "file-level", "section-level", "paragraph-level"
TRANSLATE, KEEP = "ours (translate)", "ours (keep)"
TOOLS = (FILE, SECTION, PARAGRAPH, TRANSLATE, KEEP)
BUDGETS = {TRANSLATE: 900_000, KEEP: 450_000}

_FENCE = re.compile(r"\s*(`{3,}|~{3,})(.*)")


@dataclass(frozen=True)
class Edit:
    """One document of a push: blob ids of its text before (empty for an added one) and after."""

    push: int
    path: str
    old: str
    new: str


@dataclass
class Push:
    """A commit, and the characters that each tool sends for the documents it edits and those it adds."""

    commit: str
    subject: str
    documents: int = 0
    edited: Counter[str] = field(default_factory=Counter)
    added: Counter[str] = field(default_factory=Counter)


def history(repository: Repo, count: int) -> tuple[list[Push], list[Edit]]:
    """The last ``count`` pushes that touched chapters, newest first, and the documents they left behind."""
    log: str = repository.git.log(
        "HEAD",
        f"--max-count={count}",
        "--first-parent",
        "--diff-merges=first-parent",
        "--find-renames=50%",
        "-l0",
        "--raw",
        "--no-abbrev",
        "-z",
        "--format=%x01%H %s%x02",
        "--",
        CHAPTERS,
    )
    pushes: list[Push] = []
    edits: list[Edit] = []
    for entry in log.split("\x01")[1:]:
        title, _, changes = entry.partition("\x02")
        commit, _, subject = title.partition(" ")
        pushes.append(Push(commit, subject))
        words = iter(changes.strip("\0\n").split("\0"))
        for word in words:
            _, mode, old, new, status = word.split()
            paths = [next(words) for _ in range(2 if status[0] in "RC" else 1)]
            if status[0] != "D" and mode.startswith("100"):
                edits.append(Edit(len(pushes) - 1, paths[-1], old.strip("0") and old, new))
    return pushes, edits


def sections(text: str) -> list[str]:
    """``text`` cut at its ``##`` headings outside code fences."""
    out = [""]
    for line, fenced in _lines(text):
        if line.startswith("## ") and not fenced:
            out.append("")
        out[-1] += line
    return [s for s in out if s]


def paragraphs(text: str) -> list[str]:
    """The blank-line separated paragraphs of ``text`` outside code fences that hold a word to translate."""
    prose = "".join("\n" if fenced else line for line, fenced in _lines(text))
    return [p.strip() for p in re.split(r"\n\s*\n", prose) if speaks(p)]


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it belongs to a code fence."""
    fence = ""
    for line in text.splitlines(keepends=True):
        mark = _FENCE.match(line)
        if fence:
            yield line, True
            if mark and mark[1].startswith(fence) and not mark[2].strip():
                fence = ""
        else:
            fence = mark[1] if mark else ""
            yield line, bool(fence)


def sent(old: str, new: str) -> Counter[str]:
    """Characters of English that each tool sends when ``old`` becomes ``new``."""
    out = Counter({FILE: len(new)} if old != new else {})
    for tool, cut in ((SECTION, sections), (PARAGRAPH, paragraphs)):
        known = set(cut(old))
        out[tool] = sum(len(piece) for piece in cut(new) if piece not in known)
    # The target is English too: it must be split into sentences by the same rules as the source.
    for tool, plan in (
        (TRANSLATE, plan_document(old, new, old, language="en", small_edits="translate")),
        (KEEP, plan_document(old, new, old, language="en", small_edits="keep")),
    ):
        out[tool] = sum(len(s.source) for s in plan.segments)
    return out


def sent_new(new: str) -> Counter[str]:
    """The same for a document that has no translation yet."""
    out = Counter({FILE: len(new), SECTION: len(new), PARAGRAPH: sum(map(len, paragraphs(new)))})
    out[TRANSLATE] = out[KEEP] = sum(len(s.source) for s in plan_new(new).segments)
    return out


def measure(job: tuple[str, Edit]) -> tuple[Edit, Counter[str]]:
    """Reads one edit from the repository and counts; runs in a process of its own."""
    folder, edit = job
    new = _read(folder, edit.new)
    return edit, sent(_read(folder, edit.old), new) if edit.old else sent_new(new)


@cache
def _repository(folder: str) -> Repo:
    return Repo(folder)


def _read(folder: str, blob: str) -> str:
    data: bytes = _repository(folder).odb.stream(bytes.fromhex(blob)).read()
    return data.decode("utf-8")


def run(bundle: Path, count: int, jobs: int, console: Console) -> list[Push]:
    """Measures the last ``count`` pushes in ``bundle``."""
    with tempfile.TemporaryDirectory(prefix="amts-pushes-") as folder:
        with Repo.clone_from(str(bundle), folder, bare=True) as repository:
            pushes, edits = history(repository, count)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        with multiprocessing.Pool(jobs) as pool, progress:
            work = [(folder, edit) for edit in edits]
            done = pool.imap_unordered(measure, work, chunksize=2)
            for edit, counts in progress.track(done, total=len(work), description="planning documents"):
                push = pushes[edit.push]
                push.documents += 1
                (push.edited if edit.old else push.added).update(counts)
    return pushes


def show(pushes: list[Push], worst: int, console: Console) -> None:
    """The table of tools, the added documents and the ``worst`` pushes."""
    totals = {tool: sum(p.edited[tool] for p in pushes) for tool in TOOLS}
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    table.add_column("tool")
    for name in ("characters sent", "times ours", "pushes that need nothing"):
        table.add_column(name, justify="right")
    for tool in TOOLS:
        nothing = sum(not p.edited[tool] and not p.added[tool] for p in pushes)
        share = f"{totals[tool] / totals[TRANSLATE]:.1f}" if totals[TRANSLATE] else "–"
        table.add_row(tool, f"{totals[tool]:,}", share, f"{nothing:,}")
    console.print(f"{len(pushes)} pushes, {sum(p.documents for p in pushes):,} documents, added ones apart")
    console.print(table)
    added = {tool: sum(p.added[tool] for p in pushes) for tool in TOOLS}
    console.print(
        f"added documents, apart: file- and section-level {added[FILE]:,}, "
        f"paragraph-level {added[PARAGRAPH]:,}, ours {added[TRANSLATE]:,}"
    )
    if worst:
        console.print(f"\nthe {worst} pushes for which ours sends most (translated, kept; section-level; documents)")
        for push in sorted(pushes, key=lambda p: -p.edited[TRANSLATE])[:worst]:
            figures = (push.edited[TRANSLATE], push.edited[KEEP], push.edited[SECTION], push.documents)
            console.print("".join(f"{n:>9,}" for n in figures), f" {push.commit[:10]}  {push.subject[:60]}")
    if len(pushes) < FULL_RUN:
        console.print(f"\nno budgets: they are for {FULL_RUN} pushes")
        return
    console.print()
    for tool, budget in BUDGETS.items():
        state = "within" if totals[tool] <= budget else "OVER"
        console.print(f"{tool}: {totals[tool] / 1e6:.3f} M characters, {state} the budget of {budget / 1e6:.2f} M")


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the test material")
    parser.add_argument("--commits", type=int, default=FULL_RUN, help=f"how many pushes (default: {FULL_RUN})")
    parser.add_argument("--worst", type=int, nargs="?", const=10, default=0, help="name the costliest pushes (10)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default: 2)")
    parser.add_argument("--json", type=Path, help="write the figures of every push here")
    options = parser.parse_args()
    console = Console(highlight=False, markup=False, soft_wrap=True)
    bundle = options.data / "d2l" / "d2l-en.bundle"
    if not bundle.is_file():
        console.print(f"pushes: skipped, {bundle} is absent (--data names the folder of the test material)")
        return 0
    pushes = run(bundle, options.commits, options.jobs, console)
    show(pushes, options.worst, console)
    if options.json:
        rows = json.dumps([vars(p) for p in pushes], indent=1, ensure_ascii=False)
        options.json.write_text(rows + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
