"""Sub-sentence matches: how people translated a few English words elsewhere in the book."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from bot.languages import HAN, separates_syllables, uncapitalised
from bot.repair import compounds
from bot.repair.dense import is_attached
from bot.repair.links import links
from bot.repair.tokens import Token, plain_words, spelled_out, tokens, words
from bot.repair.word_table import WordTable, learn
from bot.workers import apart

LONGEST = 5
"""Most words of a match (a guess)."""
EXAMPLES = 12
"""Most sentences that are looked at for a match (a guess)."""
OWNED = 0.25
"""Least link by which words of an example belong to the words looked for."""
AGREE = 2
"""Fewest examples that must agree on a translation, and the least share of those looked at (docs/repair.md)."""
SHARE = 0.3
CUT = 48
"""Most sentences that are looked at for where words begin (a guess)."""
_AROUND = 12
"""Characters on each side of a place that tell whether a word begins there; words are shorter (a guess)."""
_WITHIN = re.compile(f"[{HAN}]{{2}}")
FEW = 2_000
"""Number of pairs up to which all are learned from."""
MANY = 4_000
"""Number of pairs from which learning, which takes up to 150 MB, is left to a process of its own."""
EACH = 40
"""Number of pairs learned from for each English word of the sentences to repair, if the book has more."""
MOST = 15_000
"""Number of pairs, all words together, above which each word gets fewer: about 150 MB, and half as much again as the
largest book needed that was measured."""


@dataclass(frozen=True)
class Examples:
    """Sentence ``pairs`` that people wrote, by the words of their English, in ``language``.

    ``forms`` are those of the tokens of the English of each pair.
    """

    pairs: Sequence[tuple[str, str]]
    forms: Sequence[tuple[str, ...]]
    table: WordTable
    language: str
    _known: dict[tuple[str, ...], str] = field(default_factory=dict, compare=False)
    _linked: dict[int, _Linked] = field(default_factory=dict, compare=False)
    _cut: dict[str, bool] = field(default_factory=dict, compare=False)
    _held: dict[str, int] = field(default_factory=dict, compare=False)
    _having_word: dict[str, str] = field(default_factory=dict, compare=False)

    def translation(self, words: Sequence[Token]) -> str:
        """How people translated these English words in a row; empty if too few did, or they disagree."""
        key = tuple(token.form for token in words)
        if key not in self._known:
            self._known[key] = self._most_often(key)
        return self._known[key]

    def is_rare(self, word: Token) -> bool:
        """Whether no sentence but one has an English word: it may be misspelt."""
        return len(self._places.get(word.form, ())) <= 1

    def goes_with(self, word: Token, text: str) -> float:
        """How often an English word and a text of translations are in the same pairs, 0 to 1 (Dice's coefficient).

        0 where too few pairs have the word.
        """
        places = self._places.get(word.form, ())[:CUT]
        if len(places) <= AGREE:
            return 0.0
        if word.form not in self._having_word:
            self._having_word[word.form] = "".join(f"{self.pairs[n][1]}\0" for n in places)
        flat = self._having_word[word.form]
        if flat.count(text) * 2 < len(places) or (both := _holding(flat, text)) * 2 < len(places):
            return 0.0
        if text not in self._held:
            self._held[text] = _holding(self._flat, text)
        whole = len(self._places[word.form])
        return 2 * both * whole / len(places) / (whole + self._held[text])

    def cuts(self, text: str, at: int) -> bool:
        """Whether a place in a translation is within a word, to go by the sentences that have its two characters.

        Words without spaces between them are guessed sentence by sentence, each time a little differently.
        """
        both = text[at - 1 : at + 1] if at else ""
        if not _WITHIN.fullmatch(both):
            return False
        if both not in self._cut:
            begins = looked = 0
            for looked, (around, at) in enumerate(self._having(both), 1):
                begins += at in {t.start for t in tokens(around, self.language)}
                if max(begins, looked - begins) * 2 > CUT:  # the others cannot change it
                    break
            self._cut[both] = looked > AGREE and begins * 2 < looked
        return self._cut[both]

    def _having(self, both: str) -> Iterator[tuple[str, int]]:
        """What is around two characters in the first translations that have them, and the place between them in it."""
        end = 0
        for _ in range(CUT):
            at = self._flat.find(both, end)
            if at < 0:
                return
            end = self._flat.index("\0", at)
            before, after = self._flat[max(0, at - _AROUND) : at + 1], self._flat[at + 1 : at + 1 + _AROUND]
            before, after = before.rpartition("\0")[2], after.partition("\0")[0]
            yield before + after, len(before)

    @cached_property
    def _flat(self) -> str:
        """All translations, each with a character behind it that no document has."""
        return "".join(f"{target}\0" for _, target in self.pairs)

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """The numbers of the pairs that have an English word."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for number, forms in enumerate(self.forms):
            for form in set(forms):
                places[form].append(number)
        return dict(places)

    def _most_often(self, key: tuple[str, ...]) -> str:
        looked = 0
        found: Counter[str] = Counter()
        inside: defaultdict[str, Counter[str]] = defaultdict(Counter)  # as written where no sentence begins
        for linked, at in self._containing(key):
            looked += 1
            text, begins = linked.translated(range(at, at + len(key)))
            if text:
                found[small := uncapitalised(text, self.language)] += 1
                inside[small][text] += not begins
            if looked == EXAMPLES:
                break
        best, count = found.most_common(1)[0] if found else ("", 0)
        if count < AGREE or count < SHARE * looked:
            return ""
        written, times = inside[best].most_common(1)[0]
        return written if times else best

    def _containing(self, key: tuple[str, ...]) -> Iterator[tuple[_Linked, int]]:
        """The pairs that have these words in a row, and where they are in the English."""
        for number in min((self._places.get(form, []) for form in key), key=len):
            forms = self.forms[number]
            at = next((k for k in range(len(forms) - len(key) + 1) if forms[k : k + len(key)] == key), -1)
            if at >= 0:
                yield self._pair(number), at

    def _pair(self, number: int) -> _Linked:
        if number not in self._linked:
            source, target = self.pairs[number]
            english, ours = tokens(spelled_out(source), "en"), tokens(target, self.language)
            owners = links(english, ours, self.table, least=OWNED).owners
            self._linked[number] = _Linked(
                target,
                owners,
                tuple(i >= 0 and english[i].content for i in owners),
                tuple(token.start for token in ours),
                tuple(token.end for token in ours),
                tuple(token.kind in ("stop", "markup", "atom") for token in ours),
                tuple(token.clipped for token in ours),
            )
        return self._linked[number]


@dataclass(frozen=True)
class _Linked:
    """A sentence pair with the English token, or -1, that each token of the translation belongs to.

    Of each token of the translation it has further whether that English has ``content``, where it starts and ends,
    whether it is a ``mark`` or an atom, and whether it is ``clipped``; the tokens themselves would take 50 times as
    much memory.
    """

    target: str
    owners: Sequence[int]
    content: Sequence[bool]
    starts: Sequence[int]
    ends: Sequence[int]
    mark: Sequence[bool]
    clipped: Sequence[bool]

    def translated(self, places: range) -> tuple[str, bool]:
        """The one stretch of the translation that belongs to the words at ``places``; empty if there is none.

        And whether that begins the translation, so that its first letter may be a capital for no other reason.
        """
        owned = [j for j, i in enumerate(self.owners) if i in places and self.content[j]]
        if not owned:
            return "", False
        inside = range(owned[0], owned[-1] + 1)
        text = self.target[self.starts[owned[0]] : self.ends[owned[-1]]]
        half = self.clipped[owned[-1]]
        if half or is_attached(text) or any(self.owners[j] not in (-1, *places) or self.mark[j] for j in inside):
            return "", False
        return text, all(self.mark[: owned[0]])


def _holding(flat: str, text: str) -> int:
    """How many of some translations, each with a character behind it that no document has, have a text."""
    count, at = 0, flat.find(text)
    while at >= 0:
        count += 1
        at = flat.find(text, flat.index("\0", at))
    return count


def gathered(pairs: Sequence[tuple[str, str]], english: Iterable[str], language: str) -> Examples:
    """The examples for these English sentences, of all sentence ``pairs`` of a book (English, translation)."""
    if len(pairs) > FEW:
        pairs = _wanted(pairs, frozenset(form for text in english for form in plain_words(text)))
    forms, table = apart(partial(_learned, language), pairs) if len(pairs) >= MANY else _learned(language, pairs)
    return Examples(pairs, forms, table, language)


def _learned(language: str, pairs: Sequence[tuple[str, str]]) -> tuple[Sequence[tuple[str, ...]], WordTable]:
    """The forms of the tokens of the English of each pair, and which words belong together."""
    forms, taught = [], []
    for source, target in pairs:
        found = tokens(spelled_out(source), "en")
        forms.append(tuple(token.form for token in found))
        taught.append((words(found), words(tokens(target, language))))
    table = learn(taught)
    if separates_syllables(language):
        table = replace(table, compounds=compounds.learned(ours for _, ours in taught))
    return forms, table


def _wanted(pairs: Sequence[tuple[str, str]], forms: frozenset[str]) -> Sequence[tuple[str, str]]:
    """The first pairs that have English words of ``forms``, up to ``EACH`` for each word and ``MOST`` in all."""
    each = EACH
    while True:
        had = Counter(dict.fromkeys(forms, 0))
        chosen = [pair for pair in pairs if _is_wanted(plain_words(pair[0]), had, each)]
        if len(chosen) <= MOST or each == 1:
            return chosen[:MOST]
        each //= 2


def _is_wanted(found: frozenset[str], had: Counter[str], each: int) -> bool:
    """Whether a pair has a word that fewer than ``each`` pairs have so far; counts it if so."""
    here = found & had.keys()
    if all(had[form] >= each for form in here):
        return False
    had.update(here)
    return True
