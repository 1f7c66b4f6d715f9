"""Processor time and memory of whole syncs: many languages of one book, and one language with many documents.

Languages: the Chinese translation of Dive into Deep Learning under as many names, 60 documents each, all edited.
Documents: made-up pages of 30 paragraphs, each with two edited sentences. Processor time is that of all processes,
memory what they have together at the peak. With ``--beside``, another checkout is measured in the same run.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from git import Repo
from processes import Spent, sync
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


def measured(edition: Edition, languages: Sequence[str], code: Path) -> Spent:
    """What a sync by the program in ``code`` takes."""
    with tempfile.TemporaryDirectory(prefix="amts-languages-") as name:
        build(Path(name), edition, languages)
        return sync(Path(name), code)


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
        row = [f"{value:.0f}" for spent in figures for value in (spent.seconds, spent.memory)]
        table.add_row(str(len(languages)), str(len(edition)), *row)
        console.print(f"{len(languages)} × {len(edition)}: {', '.join(row)}")
    console.print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
