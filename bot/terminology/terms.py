"""The terminology: the terms a translation must use, for the drafting service and for the check of the draft."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.alignment.translation_unit import TranslationUnit
from bot.errors import AmtsError
from bot.languages import capitalised
from bot.terminology.glossary import LONGEST, Glossary, Term
from bot.terminology.word_forms import Target, inflected, split_words, without_markup

LARGEST = 10 * 1024 * 1024
"""The most bytes a custom terminology may have (Amazon Translate, API reference of TerminologyData)."""

FOLLOWED = 0.92
"""Share of its sentences in which people must use a term for the check to require it in a draft.

Measured on Dive into Deep Learning, learned on half of the documents and counted on the other: in 100 sentences of
people the check reports 1.9 terms in Chinese and 0.7 in Turkish; with 0.8 these are 3.0 and 1.0, with 0.95 1.1 and 0.4,
but then it requires only half of the terms that people use, in Chinese.
"""

ENOUGH = 5
"""The least number of sentences with a term for its share to count (a guess; 3 and 10 change little)."""


@dataclass(frozen=True)
class Terminology:
    """The terms of one target language.

    ``terms`` are required. ``others`` are not, but hide the terms inside them: "support vector machine" does
    not require the translation of "vector".
    """

    language: str
    terms: tuple[Term, ...]
    others: tuple[Term, ...] = ()

    def amazon_csv(self, languages: tuple[str, str]) -> bytes:
        """The custom terminology for Amazon Translate: CSV in UTF-8 under a row with ``languages``, its codes of
        source and target, with one row for each form of the source and its preferred translation.

        The service compares case-sensitively, and its guide recommends an entry for each version of a word: a form
        that begins with a small letter is repeated with a capital, as at the start of a sentence, and translated with
        a capital too. Abbreviations are left out, since translators usually keep them. Forms and translations over
        200 bytes are left out; if two terms share a form, the first wins.
        Raises AmtsError if no row is left, or if the file would be over 10 MB.
        """
        rows: dict[str, str] = {}
        for capital in (False, True):
            for term in self.terms:
                for form in (term.source, *term.variants):
                    source, target = _clean(form), _clean(term.targets[0])
                    if capital:
                        source, target = capitalised(source, "en"), capitalised(target, self.language)
                    if source and target and max(len(source.encode()), len(target.encode())) <= LONGEST:
                        rows.setdefault(source, target)
        if not rows:
            raise AmtsError(
                f"the terminology for {self.language} has no entry for Amazon Translate",
                why=f"none of its {len(self.terms)} terms is at most {LONGEST} bytes long on both sides",
                fix="shorten the terms, or translate without a terminology",
            )
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([languages, *rows.items()])
        out = text.getvalue().encode()
        if len(out) > LARGEST:
            raise AmtsError(
                f"the terminology for {self.language} is too large for Amazon Translate",
                why=f"it has {len(out):,} bytes, and {LARGEST:,} are allowed",
                fix="keep only the terms that need a fixed translation",
            )
        return out

    def too_long(self) -> tuple[str, ...]:
        """The sources of the terms of which Amazon Translate takes no form, or not all, since it is over 200 bytes."""
        forms = ((t, form) for t in self.terms for form in (t.source, *t.variants, t.targets[0]))
        return tuple(dict.fromkeys(t.source for t, form in forms if len(_clean(form).encode()) > LONGEST))

    def ignored(self, source: str, target: str) -> tuple[Term, ...]:
        """The terms of the English sentence ``source`` of which ``target`` uses no translation, in order of appearance.

        Atoms are ignored. In the source, case does not count, hyphens are spaces, regular plurals are found, and a
        term inside a longer one does not count. In the target, any alternative counts, inflected or not, and so does
        an abbreviation. English words left as they are do not, unless the list has them as a translation: in Dive
        into Deep Learning people leave a listed term in English in 2 of 1,000 sentences, drafts do it by mistake.
        """
        found = self._found(source)
        if not found:
            return ()
        text = Target(target, self.language)
        return tuple(t for t in found if not any(text.uses(form) for form in self._accepted[t]))

    def followed(self, units: Iterable[TranslationUnit], least: float = FOLLOWED, enough: int = ENOUGH) -> Terminology:
        """The terminology for checks: only terms that people use in at least the share ``least`` (0 to 1) of the
        sentence pairs with the term, if there are at least ``enough``. The other terms are moved to ``others``.
        """
        seen: Counter[Term] = Counter()
        missed: Counter[Term] = Counter()
        for unit in units:
            seen.update(self._found(unit.source))
            missed.update(self.ignored(unit.source, unit.target))
        kept = tuple(t for t in self.terms if seen[t] >= max(1, enough) and seen[t] - missed[t] >= least * seen[t])
        return replace(self, terms=kept, others=self.others + tuple(t for t in self.terms if t not in set(kept)))

    @cached_property
    def _accepted(self) -> Mapping[Term, tuple[str, ...]]:
        """What counts as the use of each term, including translations of other terms with the same source."""
        same: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for term in self.terms + self.others:
            same[split_words(term.source)] += (*term.targets, *term.abbreviations)
        return {term: tuple(dict.fromkeys(same[split_words(term.source)])) for term in self.terms}

    @cached_property
    def _index(self) -> Mapping[str, Sequence[tuple[tuple[str, ...], Term | None]]]:
        """Forms by their first word, the longest first, each with its term, or None if that is not required.

        If two terms share a form, a preferred form takes precedence over variants and abbreviations.
        """
        asked = set(self.terms)
        every = self.terms + self.others
        forms = [(term, term.source) for term in every]
        forms += [(term, variant) for term in every for variant in term.variants]
        forms += [(term, short) for term in every for short in term.abbreviations]
        index: dict[str, dict[tuple[str, ...], Term | None]] = {}
        for term, form in forms:
            for words in inflected(split_words(form)):
                index.setdefault(words[0], {}).setdefault(words, term if term in asked else None)
        return {first: sorted(found.items(), key=lambda f: -len(f[0])) for first, found in index.items()}

    def _found(self, source: str) -> tuple[Term, ...]:
        """The required terms in the source sentence, in order of appearance."""
        words = split_words(without_markup(source))
        matches: list[tuple[int, int, Term | None]] = []
        for at in range(0, len(words), 2):
            for form, term in self._index.get(words[at], ()):
                if words[at : at + len(form)] == form:
                    matches.append((at, at + len(form), term))
                    break
        taken: list[tuple[int, int]] = []
        found: list[tuple[int, Term]] = []
        for start, end, term in sorted(matches, key=lambda m: (m[0] - m[1], m[0])):
            if all(end <= a or b <= start for a, b in taken):
                taken.append((start, end))
                if term:
                    found.append((start, term))
        return tuple(dict.fromkeys(term for _, term in sorted(found, key=lambda f: f[0])))


def build(glossary: Glossary) -> Terminology:
    """The terminology that requires every term of a glossary."""
    return Terminology(glossary.language, glossary.terms)


def _clean(text: str) -> str:
    """One line without control characters, as a cell of CSV must be."""
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in text).split())
