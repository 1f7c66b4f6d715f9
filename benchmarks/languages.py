"""Processor time and memory of whole syncs: many languages of one book, and one language with many documents.

Languages: the Chinese translation of Dive into Deep Learning under as many names, 60 documents each, all edited.
Documents: made-up pages of 30 paragraphs, each with two edited sentences. Processor time is that of all processes,
memory what they have together at the peak. With ``--beside``, another checkout is measured in the same run.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from git import Repo
from rich.console import Console
from rich.table import Table

from bot.baselines.records import Recorded, lock_text

ROOT = Path(__file__).resolve().parent.parent
NEWEST = "tree-v1.0.3"
EDITED = 60
"""Documents of each language."""
PARAGRAPHS, SENTENCES, WORDS = 30, 3, 10
"""Of a made-up page."""

Edition = Mapping[str, tuple[str, str, str]]
"""By path: the English before and now, and the translation."""


def real(data: Path) -> Edition:
    """The first documents of the Chinese translation whose English has changed since."""
    found: dict[str, tuple[str, str, str]] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        Repo.clone_from(str(data / "d2l" / "d2l-en.bundle"), folder, bare=True) as english,
    ):
        listed: str = english.git.ls_tree("-r", "-z", "--format=%(path)%x09%(objectname)", NEWEST)
        blobs = dict(line.split("\t") for line in listed.strip("\0").split("\0"))
        pairs = data / "d2l" / "pairs" / "zh"
        for origin in sorted(pairs.rglob("*_origin.md")):
            target = origin.with_name(origin.name.replace("_origin.md", ".md"))
            path = target.relative_to(pairs).as_posix()
            if path in blobs and len(found) < EDITED:
                new = english.odb.stream(bytes.fromhex(blobs[path])).read().decode()
                old, said = origin.read_text(encoding="utf-8"), target.read_text(encoding="utf-8")
                if old != new:
                    found[path] = old, new, said
    return found


def made_up(documents: int) -> Edition:
    """Pages of words that do not exist, the same in every run; a translation has other words in the same order."""
    draw = random.Random(1)
    words = ["".join(draw.choices("bdfgklmnprst", k=3)) + draw.choice("aeiou") for _ in range(4_000)]
    said = dict(zip(words, draw.sample([f"{word}n" for word in words], len(words)), strict=True))

    def page(sentences: Sequence[Sequence[str]]) -> str:
        lines = [f"{' '.join(s).capitalize()}." for s in sentences]
        paragraphs = (" ".join(lines[n : n + SENTENCES]) for n in range(0, len(lines), SENTENCES))
        return "# Page\n\n" + "\n\n".join(paragraphs) + "\n"

    found = {}
    for number in range(documents):
        old = [draw.choices(words, k=WORDS) for _ in range(PARAGRAPHS * SENTENCES)]
        new = [*old]
        for place in draw.sample(range(len(new)), 2):
            new[place] = [*new[place][:-2], *draw.choices(words, k=3)]
        target = page([[said[word] for word in sentence] for sentence in old])
        found[f"part-{number // 100}/page-{number}.md"] = page(old), page(new), target
    return found


def build(folder: Path, edition: Edition, languages: Sequence[str]) -> None:
    """A book with its translations, and its settings."""
    english = Repo.init(folder / "english", initial_branch="main")
    committed(english, {path: texts[0] for path, texts in edition.items()})
    listed: str = english.git.ls_tree("-r", "-z", "--format=%(path)%x09%(objectname)", "HEAD")
    recorded = {path: Recorded(path, blob) for path, blob in (e.split("\t") for e in listed.strip("\0").split("\0"))}
    committed(english, {path: texts[1] for path, texts in edition.items()})
    translation = Repo.init(folder / "translation", initial_branch="main")
    committed(translation, {**{path: texts[2] for path, texts in edition.items()}, "amts.lock": lock_text(recorded)})
    settings = "source: {repository: english}\nengine: memory_only\nreview_size: 0\ntranslations:\n"
    for language in languages:
        Repo.clone_from(str(folder / "translation"), str(folder / f"{language}.git"), bare=True).close()
        settings += f"  - {{language: {language}, repository: {language}.git, baseline: lock}}\n"
    (folder / "amts.yml").write_text(settings, encoding="utf-8")


def committed(repository: Repo, files: Mapping[str, str]) -> None:
    """A commit of these files."""
    for path, text in files.items():
        place = Path(repository.working_dir) / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    repository.git.add(all=True)
    repository.git.execute(["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "Texts"])


def measured(edition: Edition, languages: Sequence[str], code: Path) -> tuple[float, float]:
    """Seconds of processor time of a sync by the program in ``code``, and MB of memory of its processes at the peak."""
    with tempfile.TemporaryDirectory(prefix="amts-languages-") as name:
        folder = Path(name)
        build(folder, edition, languages)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        environment = {**os.environ, "PYTHONPATH": str(code)}
        command = [sys.executable, "-m", "bot", "sync"]
        with (
            (folder / "log").open("wb") as log,
            subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log) as run,
        ):
            peak = 0.0
            while run.poll() is None:
                peak = max(peak, resident(run.pid))
                time.sleep(0.1)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if run.returncode:
            raise RuntimeError((folder / "log").read_text(encoding="utf-8")[-2000:])
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak


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


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the test material")
    parser.add_argument("--languages", type=int, nargs="*", default=[2, 8, 30])
    parser.add_argument("--documents", type=int, nargs="*", default=[1_000, 4_000])
    parser.add_argument("--beside", type=Path, help="another checkout of the project")
    options = parser.parse_args()
    console = Console(highlight=False, markup=False, soft_wrap=True)
    table = Table("languages", "documents", "seconds", "MB", box=None)
    if options.beside:
        table.add_column("beside: seconds")
        table.add_column("MB")
    jobs: list[tuple[Edition, list[str]]] = []
    if not (options.data / "d2l" / "pairs" / "zh").is_dir():
        console.print(f"languages: skipped, {options.data}/d2l is absent (--data names the folder of the material)")
    elif options.languages:
        edition = real(options.data)
        jobs += ((edition, [f"zh-{n:08}" for n in range(count)]) for count in options.languages)
    jobs += ((made_up(documents), ["es"]) for documents in options.documents)
    for edition, languages in jobs:
        codes = [ROOT, *([options.beside.resolve()] if options.beside else [])]
        figures = [measured(edition, languages, code) for code in codes]
        row = [f"{value:.0f}" for figure in figures for value in figure]
        table.add_row(str(len(languages)), str(len(edition)), *row)
        console.print(f"{len(languages)} × {len(edition)}: {', '.join(row)}")
    console.print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
