"""What a command costs before it has done anything: processor time of whole processes, start-up included.

User and system time of the process and its children, the median of the runs, beside an empty Python and an empty git.
The page is made up: about 10 kB of the sample book, with a sentence changed and one added.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
BOOK = ROOT / "examples" / "book"
SIZE = 10_000
"""Bytes of the page."""


def seconds(command: Sequence[str], runs: int) -> list[float]:
    """Processor time of each run, after one that does not count."""
    found = []
    for _ in range(runs + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return found[1:]


def page(folder: Path) -> list[str]:
    """A page of the sample book in two versions, with its translation; the words that draft it."""
    paths = sorted(p.relative_to(BOOK / "first") for p in (BOOK / "first").rglob("*.md"))
    old, target = ("" for _ in range(2))
    for path in paths * 5:
        if len(old.encode()) < SIZE:
            old += (BOOK / "first" / path).read_text(encoding="utf-8") + "\n"
            target += (BOOK / "zh" / path).read_text(encoding="utf-8") + "\n"
    new = old.replace(". ", ". Someone has added this sentence. ", 1)
    for name, text in {"old": old, "new": new, "target": target}.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    names = {"--old-source": "old", "--new-source": "new", "--target": "target", "--output": "draft"}
    return ["draft", "--language", "zh", *(w for key, n in names.items() for w in (key, str(folder / f"{n}.md")))]


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    os.environ["PYTHONPATH"] = str(ROOT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # An installed package has its bytecode.
    amts = [sys.executable, "-m", "bot"]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        subprocess.run([*amts, "demo", str(folder / "demo")], check=True, stdout=subprocess.DEVNULL)
        rows = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "git --version": ["git", "--version"],
            "amts --help": [*amts, "--help"],
            "amts draft (10 kB)": [*amts, *page(folder)],
            "amts sync (nothing to do)": [*amts, "sync", "--config", str(folder / "demo" / "amts.yml")],
        }
        table = Table("command", "median", "least", "most", box=None)
        for name, command in rows.items():
            found = seconds(command, options.runs)
            table.add_row(name, *(f"{s:.3f} s" for s in (statistics.median(found), min(found), max(found))))
    Console(highlight=False).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
