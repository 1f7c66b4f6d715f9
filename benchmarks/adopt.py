"""How well ``amts adopt`` finds the English version of translations, and how long it takes.

Four parts: the whole of d2l-zh with all English history, with its recorded baselines and without any evidence; the
pairs of d2l-tr against the tags of English; real syncs of other books, where each translation has to prefer the
English it was made from to the one before or after it; and today's English recorded as baseline, which a sync should
notice.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import git
from rich.console import Console

from bot.forges.github.credentials import Credentials
from bot.origins.fingerprint import fingerprint, likeness
from bot.origins.scoring import TIE, Prints, Ranking
from bot.origins.suspicion import lacking
from bot.origins.verdict import DOUBT, Verdict, brief
from bot.repositories.versions import Version
from bot.settings.file import read
from bot.sync.adopt import Adoption, adopt
from bot.sync.composition import Composition

BUDGET = 60
"""Seconds of processor time for the whole of d2l-zh."""

SEED, SAMPLE = 21, 15
"""The documents that are listed to be read."""

SAME = 0.999
"""Share of common features from which two versions are the same for a translation."""


@dataclass(frozen=True)
class World:
    """English and one translation in a temporary folder."""

    folder: Path
    language: str

    def adopt(self, baseline: str, at: Sequence[str] = ()) -> tuple[Adoption, float]:
        """The verdicts, and the seconds of processor time that they took (git not counted)."""
        settings = (
            f"source:\n  repository: en\ntranslations:\n  - language: {self.language}\n"
            f"    repository: {self.language}\n    baseline: {baseline}\n"
        )
        site = Composition(read(settings, self.folder / "amts.yml"), Credentials.of({}), lambda text: None)
        start = time.process_time()
        found = adopt(site.english(), site.language(self.language, "memory_only"), at)
        return found, time.process_time() - start


def without_siblings(repository: git.Repo) -> dict[str, str]:
    """Commits a translation without its ``x_origin.md``; returns their texts, by document."""
    work = Path(repository.working_dir)
    texts = {}
    for origin in sorted(work.rglob("*_origin.md")):
        document = origin.with_name(origin.name.replace("_origin.md", ".md")).relative_to(work).as_posix()
        texts[document] = origin.read_bytes().decode("utf-8")
        origin.unlink()
    repository.git.add(all=True)
    repository.git.execute(
        ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "-m", "No evidence"]
    )
    return texts


def text_of(english: git.Repo, version: Version) -> str:
    """The text of an English version."""
    return english.odb.stream(bytes.fromhex(version.blob)).read().decode("utf-8")


def compared(found: Adoption, recorded: dict[str, str], english: git.Repo) -> Counter[str]:
    """How verdicts without evidence compare with the texts that were recorded."""
    out: Counter[str] = Counter()
    for verdict in found.verdicts:
        if verdict.path not in recorded:
            continue
        if verdict.version is None:
            out["asked about"] += 1
            continue
        own, chosen = (fingerprint(t) for t in (recorded[verdict.path], text_of(english, verdict.version)))
        if likeness(own, chosen) >= SAME:
            out["the recorded version, or one equal to it for a translation"] += 1
        else:
            out["another"] += 1
    return out


def shown(verdict: Verdict) -> str:
    """A verdict on one line."""
    version = f"{verdict.version.path} {brief(verdict.version)}" if verdict.version else "?"
    worse = (
        f"; the recorded {brief(verdict.recorded)} is worse by {verdict.worse:.1f}"
        if verdict.recorded and verdict.worse
        else ""
    )
    return f"  {verdict.path}: {verdict.confidence}, {version}{worse}; {'; '.join(verdict.evidence)}"


def show_chinese(data: Path, folder: Path, console: Console) -> None:
    """d2l-zh, with and without its recorded baselines."""
    english = git.Repo.clone_from(str(data / "d2l" / "d2l-en.bundle"), str(folder / "en"))
    chinese = git.Repo.clone_from(str(data / "d2l" / "d2l-zh.bundle"), str(folder / "zh"))
    world = World(folder, "zh")
    found, seconds = world.adopt("sibling")
    pairs = [v for v in found.verdicts if v.path in found.recorded]
    counts = Counter(v.confidence for v in pairs)
    state = "within" if seconds <= BUDGET else "OVER"
    console.print(f"d2l-zh: {seconds:.1f} s of processor time, {state} the budget of {BUDGET} s")
    console.print(f"  {len(pairs)} documents with a recorded version: {dict(counts)}")
    console.print(
        f"  recorded version fits worse than another: {sum(v.worse > TIE for v in pairs)}, "
        f"clearly: {sum(v.worse > DOUBT for v in pairs)}"
    )
    for verdict in pairs:
        if verdict.version and verdict.today and verdict.today[0].path != verdict.version.path:
            where = " or ".join(f"{p.path} ({p.why})" for p in verdict.today)
            console.print(f"  {verdict.path} {'is now' if verdict.today[0].sure else 'is gone; asked:'} {where}")
    console.print(f"  to be read (seed {SEED}):")
    for verdict in random.Random(SEED).sample(pairs, SAMPLE):
        console.print(shown(verdict))
    fits = {v.path for v in pairs if v.worse <= TIE}
    texts = without_siblings(chinese)
    found, seconds = world.adopt("lock")
    good = {path: text for path, text in texts.items() if path in fits}
    console.print(f"d2l-zh without evidence: {seconds:.1f} s; the {len(good)} whose recorded version fits:")
    console.print(f"  {dict(compared(found, good, english))}")
    show_copied(world, texts, english, found, console)


def show_copied(world: World, texts: dict[str, str], english: git.Repo, found: Adoption, console: Console) -> None:
    """What the check of a sync says of good baselines, and of today's English in their place."""
    prints = Prints(lambda blob: english.odb.stream(bytes.fromhex(blob)).read().decode("utf-8", "replace"))
    head = english.head.commit.tree
    alarms = second = wrong = noticed = 0
    for path, text in texts.items():
        target = Path(world.folder / world.language / path).read_bytes().decode("utf-8")
        verdict = next(v for v in found.verdicts if v.path == path)
        second += bool(lacking(text, target))
        try:
            blob = head[path].hexsha
        except KeyError:
            continue
        if verdict.version and verdict.version.path == path and verdict.version.blob != blob:
            now = Version(path, blob, "", "", 2**40)
            cost = next(f.cost for f in Ranking(target, [verdict.version, now], prints, "zh").fits if f.version == now)
            wrong += cost > DOUBT
            noticed += cost > DOUBT and bool(lacking(prints.read(blob), target))
            alarms += cost <= DOUBT and bool(lacking(prints.read(blob), target))
    console.print(
        f"baselines of a sync: {second} of {len(texts)} recorded ones need the history to be believed; of {wrong} "
        f"documents that today's English fits clearly worse, {noticed} are noticed where it is recorded"
    )


def show_turkish(data: Path, folder: Path, console: Console) -> None:
    """The pairs of d2l-tr against the tags."""
    english = git.Repo(folder / "en")
    turkish = git.Repo.init(folder / "tr", initial_branch="main")
    pairs = data / "d2l" / "pairs" / "tr"
    for path in sorted(pairs.rglob("*.md")):
        place = folder / "tr" / path.relative_to(pairs)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(path.read_bytes())
    turkish.git.add(all=True)
    turkish.git.execute(["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "-m", "Pairs"])
    texts = without_siblings(turkish)
    tags = [t.name for t in english.tags if t.name.startswith("tree-")]
    for at, name in ((tags, "the tags"), ((), "the history and the tags")):
        found, seconds = World(folder, "tr").adopt("lock", at)
        counts = Counter(v.confidence for v in found.verdicts if v.path in texts)
        console.print(f"d2l-tr without evidence, against {name}: {seconds:.1f} s; {dict(counts)}")
        console.print(f"  {dict(compared(found, texts, english))}")


def show_others(data: Path, console: Console) -> None:
    """Real syncs: the translation before and after, each with the English before and after."""
    counts: Counter[str] = Counter()
    for folder in sorted((data / "other" / "replay" / "dev").iterdir()):
        language = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["lang"]
        old, new = (Version("x.md", name, "", "", n) for n, name in enumerate(("old_en", "new_en")))
        texts = {p.stem: p.read_bytes().decode("utf-8") for p in folder.glob("*.md")}
        prints = Prints(texts.__getitem__)
        same = " ".join(texts["old_en"].split()) == " ".join(texts["new_en"].split())
        for target, right in (("old_tgt", old), ("new_tgt", new)):
            ranking = Ranking(texts[target], [old, new], prints, language)
            if same:
                counts["versions differ in white space only"] += 1
            elif len(ranking.tied) == 2:
                counts["undecided"] += 1
            else:
                counts["right" if ranking.fits[0].version == right else "wrong"] += 1
    console.print(f"other books, evidence removed: {counts.total()} pairs, {dict(counts)}")
    console.print(f"  {counts['right'] / counts.total():.1%} right")


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the test material")
    options = parser.parse_args()
    console = Console(highlight=False, markup=False, soft_wrap=True)
    if not (options.data / "d2l").is_dir():
        console.print(
            f"adopt: skipped, {options.data / 'd2l'} is absent (--data names the folder of the test material)"
        )
        return 0
    with tempfile.TemporaryDirectory() as folder:
        show_chinese(options.data.resolve(), Path(folder), console)
        show_turkish(options.data.resolve(), Path(folder), console)
    if (options.data / "other").is_dir():
        show_others(options.data, console)
    return 0


if __name__ == "__main__":
    sys.exit(main())
