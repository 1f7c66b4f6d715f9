"""How many defects of a translation the checks find: sentences of people, damaged in known ways.

Half of the documents of each book are what the checks may learn from (terms), the other half is damaged. A sentence
goes the way of an answer that somebody gave (``amts apply``): it is refused and stays English, or it is drafted, and
the review order puts it first (level 0) or not. Only sentences that raise no alarm undamaged are damaged; those that
do are the false alarms. Documents are damaged as a whole for what no sentence shows: labels, and tags that stand alone.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from bot.alignment.translation_unit import TranslationUnit
from bot.document.atoms import ATOM, kind
from bot.document.markdown import parse
from bot.document.runs import runs
from bot.document.segment import Segment
from bot.document.structure import divergences
from bot.drafting.draft import DraftSegment, checked
from bot.drafting.review_order import draft_level
from bot.engines import Answer, Batch
from bot.engines.given import Given, segment_id
from bot.engines.resources import Resources
from bot.parallel_data import dataset
from bot.parallel_data.extraction import TranslatedDocument, extract
from bot.parallel_data.filters import filtered
from bot.terminology import glossary
from bot.terminology.terms import Terminology, build

SEED = 20
MOST = 1200
"""Sentences of one book that are damaged in one way, at most."""

NEGATIONS = {
    "zh": ((r"没有", "有"), (r"[不未没]", "")),
    "ja": ((r"ません", "ます"), (r"ではない", "である"), (r"できない", "できる")),
    "tr": ((r" değil(?=\w*)", ""), (r"\byok\b", "var"), (r"\bolmayan\b", "olan"), (r"maz\b", "r")),
    "pt": ((r"\b[Nn]ão ", ""), (r"\bsem\b", "com")),
}
"""Negations and what is left where one is dropped, by language; the first that occurs is used."""


@dataclass(frozen=True)
class Book:
    """A translation: ``known`` documents to learn terms from, and those to damage."""

    name: str
    language: str
    known: tuple[TranslatedDocument, ...]
    tested: tuple[TranslatedDocument, ...]
    terms: Terminology | None = None


Damage = Callable[[TranslationUnit, TranslationUnit, random.Random, str], str]
"""A damaged translation of a sentence, which may use the next sentence; empty where it has nothing to damage."""


def books(data: Path) -> Iterator[Book]:
    """The translations of the material."""
    for language in ("zh", "tr"):
        pairs = data / "d2l" / "pairs" / language
        documents = [
            TranslatedDocument(str(p), _text(p), _text(p.with_name(p.name.replace("_origin.md", ".md"))))
            for p in sorted(pairs.rglob("*_origin.md"))
        ]
        if documents:
            listed = glossary.read(_text(data / "d2l" / "glossaries" / f"{language}.md"), language)
            yield Book(f"d2l {language}", language, *_halves(documents), build(listed))
    found: defaultdict[tuple[str, str], dict[str, TranslatedDocument]] = defaultdict(dict)
    for meta in sorted((data / "other" / "replay" / "dev").glob("*/meta.json")):
        told = json.loads(_text(meta))
        texts = [_text(meta.with_name(name)) for name in ("new_en.md", "new_tgt.md")]
        path = meta.parent.name.rpartition("__")[0]  # of several events of a document the last counts
        found[told["book"], told["lang"]][path] = TranslatedDocument(path, *texts)
    for (name, language), events in found.items():
        yield Book(f"{name} {language}", language, (), tuple(events.values()))


def _halves(documents: Sequence[TranslatedDocument]) -> tuple[tuple[TranslatedDocument, ...], ...]:
    return tuple(documents[1::2]), tuple(documents[::2])


def _text(path: Path) -> str:
    return path.read_bytes().decode()


def _spans(text: str, pattern: str) -> list[re.Match[str]]:
    """The matches of a pattern outside of code, math, links and the like."""
    taken = [m.span() for m in ATOM.finditer(text)]
    return [m for m in re.finditer(pattern, text) if all(m.end() <= a or b <= m.start() for a, b in taken)]


def _cut(text: str, match: re.Match[str], instead: str = "") -> str:
    return text[: match.start()] + instead + text[match.end() :]


def negation(unit: TranslationUnit, _: TranslationUnit, rng: random.Random, language: str) -> str:
    if not re.search(r"\b(not|no|never|cannot|without)\b|n't\b", unit.source):
        return ""
    for pattern, instead in NEGATIONS.get(language, ()):
        if found := _spans(unit.target, pattern):
            return _cut(unit.target, rng.choice(found), instead)
    return ""


def number(unit: TranslationUnit, _: TranslationUnit, rng: random.Random, language: str) -> str:
    found = _spans(unit.target, r"\d+")
    if not found:
        return ""
    chosen = rng.choice(found)
    first = rng.choice([d for d in "123456789" if d != chosen[0][0]])
    return _cut(unit.target, chosen, first + chosen[0][1:])


def clause(unit: TranslationUnit, _: TranslationUnit, rng: random.Random, language: str) -> str:
    found = [m for m in _spans(unit.target, r"[^,，、;；。.!?]{8,}[,，;；]") if not ATOM.search(m[0])]
    return _cut(unit.target, rng.choice(found)) if found else ""


def neighbour(unit: TranslationUnit, after: TranslationUnit, rng: random.Random, language: str) -> str:
    same = unit.source == after.source or unit.target == after.target
    return "" if same or unit.provenance.document != after.provenance.document else after.target


def english(unit: TranslationUnit, _: TranslationUnit, rng: random.Random, language: str) -> str:
    return unit.source if len(re.findall(r"[A-Za-z]{2,}", ATOM.sub(" ", unit.source))) > 3 else ""


def english_clause(unit: TranslationUnit, _: TranslationUnit, rng: random.Random, language: str) -> str:
    """The last clause in English, the others translated."""
    source = [m for m in _spans(unit.source, r",[^,]{20,}$") if not ATOM.search(m[0])]
    target = [m for m in _spans(unit.target, r"[,，][^,，]{6,}$") if not ATOM.search(m[0])]
    return _cut(unit.target, target[0], source[0][0]) if source and target else ""


def _of(*wanted: str) -> Callable[[str], list[re.Match[str]]]:
    return lambda text: [m for m in ATOM.finditer(text) if kind(m) in wanted]


def atom(*wanted: str) -> Damage:
    """Changes one character in an atom of these kinds."""

    def damage(unit: TranslationUnit, _: TranslationUnit, rng: random.Random, language: str) -> str:
        if not (found := _of(*wanted)(unit.target)):
            return ""
        chosen = rng.choice(found)
        places = [n for n, c in enumerate(chosen[0]) if c.isalnum() and n > chosen[0].find("`")]
        if not places:
            return ""
        at = rng.choice(places)
        return _cut(unit.target, chosen, f"{chosen[0][:at]}{'q' if chosen[0][at] != 'q' else 'z'}{chosen[0][at + 1 :]}")

    return damage


def lost(*wanted: str) -> Damage:
    """Drops an atom of these kinds."""

    def damage(unit: TranslationUnit, _: TranslationUnit, rng: random.Random, language: str) -> str:
        found = _of(*wanted)(unit.target)
        return _cut(unit.target, rng.choice(found)) if found else ""

    return damage


def tag(unit: TranslationUnit, _: TranslationUnit, rng: random.Random, language: str) -> str:
    found = [m for m in _of("tag")(unit.target) if m[0].startswith("</")]
    return _cut(unit.target, rng.choice(found)) if found else ""


def moved(unit: TranslationUnit, after: TranslationUnit, rng: random.Random, language: str) -> str:
    """A reference in the place of that of the next sentence."""
    mine, others = (_of("role", "identifier", "reference", "footnote")(u.target) for u in (unit, after))
    return _cut(unit.target, mine[0], others[0][0]) if mine and others and mine[0][0] != others[0][0] else ""


def emphasis(unit: TranslationUnit, _: TranslationUnit, rng: random.Random, language: str) -> str:
    parts = runs(unit.target)
    pairs = [r.pair for r in parts if r.kind == "open" and r.text.strip("*_") == ""]
    gone = rng.choice(pairs) if pairs else -1
    return "".join(r.text for r in parts if r.pair != gone or gone < 0) if pairs else ""


SENTENCES: dict[str, Damage] = {
    "number changed": number,
    "reference moved": moved,
    "tag unbalanced": tag,
    "link target changed": atom("target", "address"),
    "code span altered": atom("code"),
    "formula changed": atom("math"),
    "English left, whole": english,
    "English left, a clause": english_clause,
    "emphasis lost": emphasis,
    "reference or citation lost": lost("role", "citation", "footnote"),
    "negation dropped": negation,
    "clause dropped": clause,
    "neighbour's sentence": neighbour,
}
STRUCTURAL = 8
"""How many of these, from the first, the structure alone can tell."""


def swapped(terms: Terminology) -> Damage:
    """The translation of a term exchanged for that of another."""

    def damage(unit: TranslationUnit, _: TranslationUnit, rng: random.Random, language: str) -> str:
        used = [t.targets[0] for t in terms.ignored(unit.source, "") if t.targets[0] in unit.target]
        if not used:
            return ""
        chosen = rng.choice(used)
        other = rng.choice([t.targets[0] for t in terms.terms if chosen not in t.targets[0]])
        return unit.target.replace(chosen, other)

    return damage


class Checks:
    """What becomes of the sentences of a book."""

    def __init__(self, book: Book) -> None:
        self.languages = "en", book.language
        self.resources = Resources(dataset.build(book.known, self.languages), asked=book.terms)

    def alarm(self, unit: TranslationUnit, text: str, usual: float) -> str:
        """``refused``, ``first`` (in the order of review), or empty."""
        segment, key = Segment(unit.source, "paragraph", number=1), ("x.md", 1)
        batch = Batch(*self.languages, {key: segment})
        answer = Given({segment_id(key, segment): text}).translate(batch, self.resources).answers[key]
        if answer.text is None:
            return "refused"
        terms = self.resources.checked.ignored(unit.source, text) if self.resources.checked else ()
        found = checked(segment, Answer(answer.text, "engine", ignored=terms))
        return "refused" if found.origin == "english" else "first" if self.level(found, usual) == 0 else ""

    def level(self, found: DraftSegment, usual: float) -> int:
        return draft_level(found, (), usual)


def labels_moved(target: str, rng: random.Random) -> str:
    """A label on a line of its own, moved behind the next heading."""
    lines = target.split("\n")
    places = [n for n, line in enumerate(lines) if re.fullmatch(r":label:`[^`]+`", line)]
    heads = [n for n, line in enumerate(lines) if re.match(r"#{1,4} ", line)]
    choices = [(n, h) for n in places for h in heads if h > n][:40]
    if not choices:
        return ""
    place, head = rng.choice(choices)
    return "\n".join([*lines[:place], *lines[place + 1 : head + 1], lines[place], *lines[head + 1 :]])


def tags_unbalanced(target: str, rng: random.Random) -> str:
    """A closing tag in a block of HTML, dropped."""
    texts = [(b.text, re.search(r"</[A-Za-z]+>", b.text) if b.kind == "html" else None) for b in parse(target).blocks]
    places = [n for n, (_, match) in enumerate(texts) if match]
    chosen = rng.choice(places) if places else -1
    return "".join(_cut(t, m) if m and n == chosen else t for n, (t, m) in enumerate(texts)) if places else ""


DOCUMENTS = {"label moved (document)": labels_moved, "tag unbalanced (document)": tags_unbalanced}


def wilson(hits: int, of: int) -> str:
    """A share in % with its Wilson interval of 95%."""
    if not of:
        return ""
    z, p = 1.96, hits / of
    middle, half = p + z * z / (2 * of), z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    low, high = ((middle + sign * half) / (1 + z * z / of) for sign in (-1, 1))
    return f"{p:.1%} [{max(0.0, low):.1%}, {high:.1%}]"


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the test material")
    parser.add_argument("--show", default="", metavar="WHAT", help="list what is missed of a class, or `false`: alarms")
    options = parser.parse_args()
    console = Console(highlight=False, markup=False, soft_wrap=True)
    every = list(books(options.data))
    if not every:
        console.print(f"defects: skipped, {options.data} has no pairs (--data names the folder of the test material)")
        return 0
    done: defaultdict[str, dict[str, Counter[str]]] = defaultdict(dict)
    console.print("| book | sentences | refused | first in review | all aligned pairs: refused | first |")
    console.print("|:--|--:|--:|--:|--:|--:|")
    for book in every:
        checks = Checks(book)
        aligned = extract(book.tested, checks.languages, "sentence")
        kept = filtered(aligned.units, checks.languages, aligned.beliefs).units
        usual = _usual(aligned.units)
        alarms = {id(u): checks.alarm(u, u.target, usual[u.provenance.document]) for u in aligned.units}
        for unit in kept:
            if options.show == "false" and alarms[id(unit)]:
                console.print(f"{alarms[id(unit)]}: {unit.source}\n    {unit.target}")
        false, rough = Counter(alarms[id(u)] for u in kept), Counter(alarms.values())
        shares = [wilson(false[w], len(kept)) for w in ("refused", "first")]
        shares += [wilson(rough[w], len(alarms)) for w in ("refused", "first")]
        console.print(f"| {book.name} | {len(kept):,} | {' | '.join(shares)} |")
        sound = [(u, v) for u, v in zip(kept, [*kept[1:], kept[0]], strict=True) if not alarms[id(u)]]
        every_damage = dict(SENTENCES)
        if checks.resources.checked:
            every_damage["term swapped"] = swapped(checks.resources.checked)
        for name, damage in every_damage.items():
            rng, counts = random.Random(f"{SEED} {name}"), Counter[str]()
            for unit, after in rng.sample(sound, len(sound)):
                text = damage(unit, after, rng, book.language)
                if text and text != unit.target and counts.total() < MOST:
                    found = checks.alarm(unit, text, usual[unit.provenance.document])
                    counts[found] += 1
                    if name == options.show and not found:
                        console.print(f"{unit.source}\n    {unit.target}\n    {text}")
            done[name][book.name] = counts
        for name, change in DOCUMENTS.items():
            rng, counts = random.Random(f"{SEED} {name}"), Counter[str]()
            for document in book.tested:
                if text := change(document.target, rng):
                    texts = (document.source, document.source, document.target, text)
                    counts["first" if divergences(*map(parse, texts)) else ""] += 1
            done[name][book.name] = counts
    console.print(f"\n| defect | sentences | refused | first in review | found | {' | '.join(b.name for b in every)} |")
    console.print(f"|:--|{'--:|' * (4 + len(every))}")
    for name, by_book in done.items():
        counts = sum(by_book.values(), Counter[str]())
        of, found = counts.total(), counts["refused"] + counts["first"]
        parts = [f"{c.total() - c['']}/{c.total()}" if (c := by_book.get(b.name)) else "" for b in every]
        cells = [f"{of:,}", str(counts["refused"]), str(counts["first"]), wilson(found, of), *parts]
        console.print(f"| {name} | {' | '.join(cells)} |")
    return 0


def _usual(units: Sequence[TranslationUnit]) -> dict[str, float]:
    """The usual length of a translation per character of English, by document."""
    found: defaultdict[str, list[float]] = defaultdict(list)
    for unit in units:
        found[unit.provenance.document].append(len(unit.target) / max(1, len(unit.source)))
    return {document: statistics.median(shares) for document, shares in found.items()}


if __name__ == "__main__":
    sys.exit(main())
