"""How time and memory grow with the files that people hand in: tables of pairs, TMX, lists of terms, locks, records.

All of them are made up, of entries that are all different, all equal, or hard to read. Each is read as `amts` reads it,
in a fresh process; a file that is refused with an error counts as held, with the time until then.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from html import escape
from pathlib import Path

from hostile import Figure, exponent, faults, measured
from hostile_texts import said, translated

from bot.alignment.translation_unit import Provenance, TranslationUnit
from bot.baselines.records import Records
from bot.companions.bib_entries import split
from bot.companions.toc_entries import read as toc
from bot.document.tree import decoded
from bot.parallel_data import external
from bot.review import record
from bot.terminology import glossary, terms

PAIRS_IN = (1, 4, 16)
"""Megabytes of the files of pairs; those of ordinary pairs also have ``MOST``."""

MOST = 100
OTHERS = (0.25, 1, 10)
"""Megabytes of the other files."""

SECONDS = 60.0
"""Budget of a file that is not refused; that of memory is the one of documents."""

BOOK = "\n\n".join(f"{said(random.Random(n), 6, 12)}." for n in range(300))

Entries = Callable[[int], tuple[str, str]]
"""Makes entry ``n``: English, and its translation."""


def pair(n: int) -> tuple[str, str]:
    text = f"{said(random.Random(n), 4, 14)} {n}."
    return text, translated(text)


def term(n: int) -> tuple[str, str]:
    text = f"{said(random.Random(n), 1, 3)} {n}"
    return text, translated(text)


PAIRS: dict[str, Entries] = {
    "pairs": pair,
    "equal pairs": lambda n: ("The same words again.", "Die gleichen Worte noch einmal."),
    "pairs of a word": lambda n: (f"word{n}", f"wort{n}"),
    "long pairs": lambda n: tuple(side * 60 for side in pair(n)),  # type: ignore[return-value]
    "pairs of brackets": lambda n: ("[(" * 20 + f"word {n}", "[(" * 20 + f"wort {n}"),
    "pairs of atoms": lambda n: (f"See `a{n}` in $x_{n}$ and [this](b{n}).", f"Siehe `a{n}` in $x_{n}$, [hier](b{n})."),
}

TERMS: dict[str, Entries] = {
    "terms": term,
    "terms with one source": lambda n: ("gradient descent", f"Gradientenabstieg {n}"),
    "terms with alternatives": lambda n: (f"term {n} (T{n})", ", ".join(f"Wort {n}{k}" for k in range(6))),
    "terms in brackets": lambda n: (f"{'(' * 50}term {n}{')' * 50}", f"{'(' * 50}Wort {n}{')' * 50}"),
    "terms with slashes": lambda n: (f"a{n}/b/c " * 10, f"d{n}/e/f " * 10),
    "terms that begin alike": lambda n: (f"gradient {n}", f"Gradient {n}"),
}


def _filled(made: Entries, size: int, line: Callable[[str, str], str]) -> Iterator[str]:
    """Lines of entries, in all ``size`` bytes."""
    length = n = 0
    while length < size:
        text = line(*made(n))
        length += len(text.encode())
        n += 1
        yield text


def table(made: Entries, size: int) -> Iterable[str]:
    return ["en\tde\n", *_filled(made, size, lambda a, b: f"{a}\t{b}\n")]


def csv(made: Entries, size: int) -> Iterable[str]:
    return ["en,de\n", *_filled(made, size, lambda a, b: f'"{a}","{b}"\n')]


def tmx(made: Entries, size: int) -> Iterable[str]:
    def unit(a: str, b: str) -> str:
        return "".join(
            [
                "<tu>",
                *(f'<tuv xml:lang="{c}"><seg>{escape(t)}</seg></tuv>' for c, t in (("en", a), ("de", b))),
                "</tu>\n",
            ]
        )

    head = '<?xml version="1.0"?>\n<tmx version="1.4"><header srclang="en"/><body>\n'
    return [head, *_filled(made, size, unit), "</body></tmx>\n"]


def listed(made: Entries, size: int) -> Iterable[str]:
    return _filled(made, size, lambda a, b: f"{a}; {b}\n")


def rows(made: Entries, size: int) -> Iterable[str]:
    return ["| English | German |\n|---|---|\n", *_filled(made, size, lambda a, b: f"| {a} | {b} |\n")]


def lock(made: Entries, size: int) -> Iterable[str]:
    lines = _filled(made, size, lambda a, b: f'"{a}.md": {{"source": "{a}.md", "blob": "{"0" * 40}"}}')
    return ['{"version": 1, "documents": {', ",\n".join(lines), "}}"]


def waiting(made: Entries, size: int) -> Iterable[str]:
    def entry(a: str, b: str) -> str:
        fields = {"path": "a.md", "english": [record.key(a)], "text": [record.key(b)], "state": "draft", "old": [a, b]}
        return json.dumps(fields) + "\n"

    return _filled(made, size, entry)


def entries(made: Entries, size: int) -> Iterable[str]:
    return _filled(made, size, lambda a, b: f"@article{{{a.replace(' ', '')},\n title = {{{b}}}\n}}\n\n")


def unclosed(made: Entries, size: int) -> Iterable[str]:
    return _filled(made, size, lambda a, b: f"@article{{{a.replace(' ', '')}, title = {{{b}}} @a{{(")


def contents(made: Entries, size: int) -> Iterable[str]:
    return _filled(made, size, lambda a, b: f"- file: {a.replace(' ', '_')}\n")


def nested(made: Entries, size: int) -> Iterable[str]:
    return [f"{'  ' * n}- sections:\n" for n in range(int(size**0.5))]


def read_pairs(path: Path) -> None:
    data = external.read([path], ("en", "de"), "sentence")
    external.on_subject(data, [BOOK], "en", 0.1)


def read_terms(path: Path) -> None:
    found = terms.build(glossary.read(decoded(path.read_bytes(), path.name), "de"))
    found.followed([TranslationUnit(*term(n), Provenance("a.md", n)) for n in range(2000)])


def read_lock(path: Path) -> None:
    Records("lock", lock="a").read({"a": "a"}, lambda blob: path.read_bytes(), lambda commit, name: None)


def read_bib(path: Path) -> None:
    found = split(path.read_text(encoding="utf-8"))
    for text in list(found.entries.values())[:500]:
        found.parents(text)


def read_toc(path: Path) -> None:
    toc(path.read_text(encoding="utf-8"), "_toc.yml", ())


Written = Callable[[Entries, int], Iterable[str]]
FILES: dict[str, tuple[str, Written, Entries, Callable[[Path], None]]] = {
    **{f"{name}, TSV": ("pairs.tsv", table, made, read_pairs) for name, made in PAIRS.items()},
    **{f"{name}, CSV": ("pairs.csv", csv, made, read_pairs) for name, made in list(PAIRS.items())[:2]},
    **{f"{name}, TMX": ("pairs.tmx", tmx, made, read_pairs) for name, made in PAIRS.items()},
    **{f"{name}, list": ("terms.md", listed, made, read_terms) for name, made in TERMS.items()},
    **{f"{name}, table": ("terms.md", rows, made, read_terms) for name, made in list(TERMS.items())[:2]},
    "lock": ("amts.lock", lock, pair, read_lock),
    "review record": ("record", waiting, pair, lambda path: record.read(path.read_bytes()) and None),
    "bibliography": ("a.bib", entries, pair, read_bib),
    "bibliography without ends": ("a.bib", unclosed, pair, read_bib),
    "contents": ("_toc.yml", contents, pair, read_toc),
    "contents ever deeper": ("_toc.yml", nested, pair, read_toc),
}
"""Kinds of files: their name, what writes them and of what, and what reads them."""


def main() -> int:
    """Measures and prints; 1 where something is over its budget or grows too fast."""
    over = 0
    every: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        for kind, (name, written, made, read) in FILES.items():
            sizes = OTHERS if not name.startswith("pairs") else (*PAIRS_IN, MOST) if made is pair else PAIRS_IN
            found: list[Figure] = []
            for size in sizes:
                path = Path(folder, name)
                with path.open("w", encoding="utf-8") as stream:
                    stream.writelines(written(made, int(size * 1e6)))
                found.append(measured(read, path))
            slope, state = exponent(sizes, found), " ".join(faults(sizes, found, max(sizes), SECONDS))
            over += bool(state)
            every += found
            shown = "  ".join(
                f"{size:g} MB {figure.seconds:.1f} s{' refused' if figure.refused else ''}"
                for size, figure in zip(sizes, found, strict=True)
            )
            peak = max(figure.memory for figure in found)
            print(f"{kind:<32}{peak:5.0f} MB  exponent {slope:.2f}  {state:<6} {shown}", flush=True)
    print(
        f"{len(FILES)} kinds of files: at most {max(f.seconds for f in every):.1f} s, "
        f"{max(f.memory for f in every):.0f} MB; {over} over a budget"
    )
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
