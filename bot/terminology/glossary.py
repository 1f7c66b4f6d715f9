"""The glossary: a repository's own list of terms.

Within an entry, commas and slashes separate alternatives; brackets hold an abbreviation, another spelling, a word
that may be left out, or a remark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.contracts import Columns
from bot.errors import AmtsError
from bot.languages import base_language
from bot.terminology.term_list import Problem, ProblemKind, Row, bare, entries, short

LONGEST = 200
"""The most bytes of UTF-8 a term may have in a custom terminology (Amazon Translate, guidelines and limits)."""

_OR = {
    "en": "or",
    "tr": "veya|ya da",
    "vi": "hoặc",
    "pt": "ou",
    "es": "o|u",
    "ko": "또는",
    "ja": "または",
    "zh": "或者?",
}
"""Words that separate two alternatives; they count only between spaces, because 或 is also a part of words."""

_ENDLESS = 1000
"""Length in code points above which a cell is not parsed (a guess: four lines of text are not a term)."""

_BRACKETS = re.compile(r" ?\(([^()]*)\)")


@dataclass(frozen=True)
class Term:
    """A term and what translators call it.

    ``targets`` are in order of preference, at least one. ``variants`` are other forms of the source with the same
    meaning; ``abbreviations`` are separate, since translators often keep them. ``remark`` is the other content of
    brackets (mostly the intended sense). ``line`` counts from 1.
    """

    source: str
    targets: tuple[str, ...]
    line: int
    variants: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True)
class Glossary:
    """The terms of one target language in the order of the list, and the problems of the list by line."""

    language: str
    terms: tuple[Term, ...]
    problems: tuple[Problem, ...]


def read(text: str, language: str, columns: Columns = "auto", *, source_language: str = "en") -> Glossary:
    """The glossary in ``text``, a whole file.

    ``columns`` is the order of the first two columns; by default it is taken from the head, or else detected over
    the whole file, assuming that the source is English. A head of language codes always decides. Further columns are
    not read. Raises AmtsError if there is no term, or if the order cannot be determined.
    """
    rows, problems = entries(text, language, columns, source_language)
    terms = _terms(rows, language, problems)
    if not terms:
        kinds = Counter(p.kind for p in problems)
        why = ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items())) or "it is empty"
        raise AmtsError(
            f"the glossary for {language} has no terms",
            why=f"none of its lines has a term with a translation ({why})",
            fix="write one `term; translation` a line, a Markdown table, or CSV under a row of language codes",
        )
    return Glossary(language, terms, tuple(sorted(problems, key=lambda p: p.line)))


def _terms(rows: Iterable[Row], language: str, problems: list[Problem]) -> tuple[Term, ...]:
    terms: dict[str, list[Term]] = {}
    targets: dict[str, set[str]] = {}
    for row in rows:
        sides = [bare(row.cells[n]) if n is not None and n < len(row.cells) else "" for n in (row.source, row.target)]
        shown = short(" | ".join(sides))
        if not all(any(c.isalnum() for c in cell) for cell in sides):
            problems.append(Problem(row.line, "empty", f"one side is missing: {shown}"))
            continue
        term = _term(sides[0], sides[1], row.line, language) if max(map(len, sides)) <= _ENDLESS else None
        if term is None:
            why = "its alternatives cannot be separated" if max(map(len, sides)) <= _ENDLESS else "no term is so long"
            problems.append(Problem(row.line, "unclear", f"{why}: {shown}"))
            continue
        if max(len(form.encode()) for form in (term.source, *term.variants, *term.targets)) > LONGEST:
            problems.append(Problem(row.line, "long", f"over {LONGEST} bytes: {shown}"))
        key = re.sub(r"[-\s]+", " ", term.source).casefold()
        if before := terms.get(key):
            kind: ProblemKind = "duplicate" if targets[key].issuperset(term.targets) else "conflict"
            problems.append(Problem(row.line, kind, f"the source is on line {before[0].line} already: {shown}"))
        terms.setdefault(key, []).append(term)
        targets.setdefault(key, set()).update(term.targets)
    return tuple(same[0] if len(same) == 1 else _merged(same) for same in terms.values())


def _merged(same: Sequence[Term]) -> Term:
    first = same[0]
    variants = dict.fromkeys(v for term in same for v in term.variants)
    return replace(
        first,
        targets=tuple(dict.fromkeys(t for term in same for t in term.targets)),
        variants=tuple(v for v in variants if v != first.source),
        abbreviations=tuple(dict.fromkeys(a for term in same for a in term.abbreviations)),
        remark="; ".join(dict.fromkeys(term.remark for term in same if term.remark)),
    )


def _term(source: str, target: str, line: int, language: str) -> Term | None:
    """The term given by two cells; None if their alternatives cannot be separated."""
    names = [_name(part, source=True) for part in _alternatives(source, "en")]
    calls = [_name(part) for part in _alternatives(target, language)]
    if not names or not calls:
        return None
    forms = [form for name in names for form in name.forms]
    remarks = [remark for name in names for remark in name.remarks]
    targets = [form for call in calls for form in call.forms]
    either = re.compile(rf"(?:{_or(language)})\s+(.+)")
    for call in calls:
        targets += call.abbreviations
        for remark in call.remarks:
            # Text that shares a word with the term before it is another name for the term, not an explanation.
            if either.fullmatch(remark) or set(remark.split()) & set(call.forms[0].split()):
                targets.append(either.sub(r"\1", remark))
            else:
                remarks.append(remark)
    size = len(forms[0].split())
    if len(targets) > 1 and len(targets[-1].split()) == size and re.search(rf"\s(?:{_or(language)})\s", target):
        # Of two words for "loss" before one for "function", both are the name of a loss function.
        ends = targets[-1].split()
        targets = [" ".join([*t.split(), *ends[len(t.split()) :]]) for t in targets]
    first, *variants = dict.fromkeys(forms)
    short = dict.fromkeys(a for name in names for a in name.abbreviations)
    return Term(first, tuple(dict.fromkeys(targets)), line, tuple(variants), tuple(short), "; ".join(remarks))


@dataclass(frozen=True)
class _Name:
    """One alternative without its brackets: its forms, the shortest first, its abbreviations, and other remarks."""

    forms: tuple[str, ...]
    abbreviations: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def _name(text: str, source: bool = False) -> _Name:
    """The content of brackets, sorted. Optional words give a further form of a target, but are a remark on a source.

    The reason: with them, the source mostly means something else.
    """
    abbreviations: list[str] = []
    spellings: list[str] = []
    remarks: list[str] = []
    for match in _BRACKETS.finditer(text):
        inside, before, attached = match[1].strip(), text[: match.start()].strip(), match[0][0] != " "
        if before and (_abbreviates(inside, before) or (not before.isascii() and _capitals(inside))):
            abbreviations.append(inside)
        elif source and attached and inside in ("s", "es"):
            spellings.append(before + inside + text[match.end() :])
        elif before and _squeezed(inside) == _squeezed(before):
            spellings.append(inside)
        elif source or (before and not attached and match.end() == len(text)):
            remarks.append(inside)
        else:
            continue
        text = text[: match.start()] + "\0" * len(match[0]) + text[match.end() :]
    text = text.replace("\0", "")
    without = " ".join(_BRACKETS.sub("", text).split())
    whole = " ".join(re.sub("[()]", "", text).split())
    for remark in remarks:
        if " " in remark and _squeezed(without) == "".join(word[0] for word in remark.casefold().split()):
            return _Name((remark,), (without,))  # the other way round: first the abbreviation
    forms = tuple(dict.fromkeys(filter(None, (without, whole, *spellings)))) or tuple(remarks)
    return _Name(forms, tuple(abbreviations), tuple(remarks))


def _abbreviates(short: str, long: str) -> bool:
    """Whether ``short`` has two capitals or dots, and its letters are found in ``long`` in order, from the start.

    Alternatively, its first and last letters may be the initials of the first and the last word.
    """
    wanted, letters = _squeezed(short.removesuffix("s")), _squeezed(long)
    if not (_capitals(short) or short.count(".") > 1) or wanted[:1] != letters[:1]:
        return False
    rest = iter(letters)
    return all(letter in rest for letter in wanted) or wanted[-1] == _squeezed(re.split(r"[-\s]", long)[-1])[:1]


def _capitals(word: str) -> bool:
    return " " not in word and sum(c.isupper() for c in word) > 1


def _squeezed(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _alternatives(cell: str, language: str) -> list[str]:
    """The alternatives of a cell in order; none if it is ambiguous what a slash separates."""
    out: list[str] = []
    for part in _split(cell, rf"[,，、;；]|\s(?:{_or(language)})\s"):
        choices = _split(part, r"\s/\s")
        if len({len(c.split()) for c in choices}) > 1:
            return []
        for choice in choices:
            words = [_split(word, "/") for word in _split(choice, r"\s")]
            open_words = [n for n, w in enumerate(words) if len(w) > 1 and not any(_symbol(x) for x in w)]
            if len(open_words) > 1:
                return []
            if not open_words:
                out.append(choice)
            else:
                n = open_words[0]
                around = (["/".join(w) for w in words[:n]], ["/".join(w) for w in words[n + 1 :]])
                out += [" ".join([*around[0], word, *around[1]]) for word in words[n]]
    return [part for part in out if any(c.isalnum() for c in part)]


def _symbol(text: str) -> bool:
    """Whether text between slashes is a part of a name such as I/O or TCP/IP."""
    return text.isascii() and (len(text) < 2 or text.isupper())


def _or(language: str) -> str:
    return _OR.get(base_language(language), "or")


def _split(text: str, pattern: str) -> list[str]:
    """The parts of ``text`` between matches of ``pattern`` outside brackets, none empty."""
    flat = _BRACKETS.sub(lambda m: "\0" * len(m[0]), text)
    parts, start = [], 0
    for match in re.finditer(pattern, flat):
        parts.append(text[start : match.start()].strip())
        start = match.end()
    return [part for part in (*parts, text[start:].strip()) if part]
