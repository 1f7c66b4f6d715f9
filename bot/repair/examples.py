"""Sub-sentence matches: how people translated a few English words elsewhere in the book."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.languages import separates_syllables, separates_words, uncapitalised
from bot.repair import compounds
from bot.repair.dense import is_attached
from bot.repair.links import links
from bot.repair.tokens import Token, english_words, plain_words, spelled_out, tokens, words
from bot.repair.word_table import WordTable, learn

LONGEST = 5
"""Most words of a match (a guess)."""
EXAMPLES = 12
"""Most sentences that are looked at for a match (a guess)."""
OWNED = 0.25
"""Least link by which words of an example belong to the words looked for."""
SHARE = 0.15
"""Least share of the examples that must agree on a translation."""
FEW = 2_000
"""Number of pairs up to which all are learned from."""
EACH = 40
"""Number of pairs learned from for each English word of the sentences to repair, if the book has more."""


@dataclass(frozen=True)
class Examples:
    """Sentence ``pairs`` that people wrote, by the words of their English, in ``language``."""

    pairs: Sequence[tuple[str, str]]
    table: WordTable
    language: str
    _known: dict[tuple[str, ...], str] = field(default_factory=dict, compare=False)

    def translation(self, words: Sequence[Token]) -> str:
        """How people most often translated these English words in a row; empty if nobody did, or they disagree."""
        key = tuple(token.form for token in words)
        if key not in self._known:
            self._known[key] = self._most_often(key)
        return self._known[key]

    def is_rare(self, word: Token) -> bool:
        """Whether no sentence but one has an English word: it may be misspelt."""
        return len(self._places.get(word.form, ())) <= 1

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """The numbers of the pairs that have an English word."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for number, (source, _) in enumerate(self.pairs):
            for form in {token.form for token in tokens(spelled_out(source), "en")}:
                places[form].append(number)
        return dict(places)

    def _most_often(self, key: tuple[str, ...]) -> str:
        looked = 0
        found: Counter[str] = Counter()
        for english, at, target in self._containing(key):
            looked += 1
            if text := self._translated(english, range(at, at + len(key)), target):
                found[uncapitalised(text, self.language)] += 1
            if looked == EXAMPLES:
                break
        best, count = found.most_common(1)[0] if found else ("", 0)
        sure = separates_words(self.language) or count > 1
        return best if looked and sure and count / looked >= SHARE else ""

    def _containing(self, key: tuple[str, ...]) -> Iterator[tuple[Sequence[Token], int, str]]:
        """The pairs that have these words in a row: the English, where they are in it, the translation."""
        for number in min((self._places.get(form, []) for form in key), key=len):
            source, target = self.pairs[number]
            english = tokens(spelled_out(source), "en")
            forms = tuple(token.form for token in english)
            at = next((k for k in range(len(forms) - len(key) + 1) if forms[k : k + len(key)] == key), -1)
            if at >= 0:
                yield english, at, target

    def _translated(self, english: Sequence[Token], places: range, target: str) -> str:
        """The one stretch of a translation that belongs to the words at ``places``; empty if there is none."""
        ours = tokens(target, self.language)
        owners = links(english, ours, self.table, least=OWNED).owners
        owned = [j for j, i in enumerate(owners) if i in places and english[i].content]
        if not owned:
            return ""
        inside = range(owned[0], owned[-1] + 1)
        text = target[ours[owned[0]].start : ours[owned[-1]].end]
        if is_attached(text) or any(
            owners[j] not in (-1, *places) or ours[j].kind in ("stop", "markup", "atom") for j in inside
        ):
            return ""
        return text


def gathered(pairs: Sequence[tuple[str, str]], english: Iterable[str], language: str) -> Examples:
    """The examples for these English sentences, of all sentence ``pairs`` of a book (English, translation)."""
    if len(pairs) > FEW:
        wanted: Counter[str] = Counter({form: 0 for text in english for form in plain_words(text)})
        numbers = [n for n, (source, _) in enumerate(pairs) if _is_wanted(plain_words(source), wanted)]
        pairs = [pairs[n] for n in numbers]
    table = learn([(english_words(source), words(target, language)) for source, target in pairs])
    if separates_syllables(language):
        table = replace(table, compounds=compounds.learned(words(target, language) for _, target in pairs))
    return Examples(pairs, table, language)


def _is_wanted(found: frozenset[str], wanted: Counter[str]) -> bool:
    """Whether a pair has a word that too few pairs have so far; counts it if so."""
    here = found & wanted.keys()
    if all(wanted[form] >= EACH for form in here):
        return False
    wanted.update(here)
    return True
