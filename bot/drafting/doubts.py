"""What the words of a draft say against it: a number that is not in the English, English left among the words.

Neither is certain, since people write 2 for "two", count in ten thousands, and leave titles in English. So no draft is
refused for them: it comes first in the order of review. docs/defects.md has what they find, and how often in vain.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise, takewhile

from bot.document.atoms import ATOM

NAMES = 3
"""Most English words in a row that a draft may have: longer ones are seldom names (measured, docs/defects.md)."""

PLAIN = 2
"""Fewest of them that begin with a small letter."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_TOKEN = re.compile(r"[^\W_]+(?:['’./_-]+[^\W_]+)*")
"""A word; a name in code style, such as a path, is one."""
_ASIDE = re.compile(r"\([^()]*\)|（[^（）]*）|[\"“„«「『《][^\"”“»」』》]*[\"”“»」』》]")
"""Brackets and quotation marks: English in them is a gloss or a title."""

_SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_SPELLED = {
    **{word: n for n, word in enumerate(f"{_SMALL} seventeen eighteen nineteen".split())},
    **{word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)},
    **{word: n for n, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)},
    **dict.fromkeys(("a", "an", "another", "once", "single", "unit", "per", "same"), 1),
    **dict.fromkeys(("twice", "half", "both", "double", "pair", "couple", "binary"), 2),
    **dict.fromkeys(("triple", "thirds"), 3),
    **dict.fromkeys(("quarter", "quarters"), 4),
    "dozen": 12,
    "decade": 10,
}
_MONTHS = {month: n for n, month in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
"""By their first three letters; a few other words that begin so cost nothing but a missed number."""
_LARGE = re.compile(r"hundred|thousand|[mb]illion|trillion|\d ?[kKMB]\b|\d,?000\b")
"""English whose numbers other languages write with other zeros: 10 million, 60,000."""
_OTHERWISE = re.compile(r"(?:\d+(?:st|nd|rd|th) )?centur|mega|\b\d+0s\b|\([ivx]+\)")
"""English whose numbers other languages write in other digits: the 1990s, (i)."""


def strange_numbers(source: str, text: str) -> tuple[str, ...]:
    """The numbers in the words of ``text`` that differ from those of the English ``source``, in reading order.

    A number is known if the English has it, in digits or spelled out, or as the name of a month; 1 always is. If the
    English has a number that the draft lacks, its own words do not count. Of large numbers the zeros are not compared,
    and where the English counts in decades, only a number that the draft lacks tells. One that is only missing is no
    sign: people spell it out.
    """
    large, otherwise = bool(_LARGE.search(source)), _OTHERWISE.findall(source)

    def plain(number: str) -> str:
        return (_digits(number).rstrip("0") or "0") if large else _digits(number)

    found = [(n, plain(n)) for n in _NUMBER.findall(_words(text))]
    have = Counter(plain(n) for n in _NUMBER.findall(_words(source)))
    surplus = Counter(digits for _, digits in found) - have
    if not surplus:
        return ()
    lost = have - Counter(digits for _, digits in found)
    lost -= Counter(plain(n) for part in otherwise for n in _NUMBER.findall(part))
    if otherwise and not lost:
        return ()
    known = {"1", *map(plain, re.findall(r"\d+", source)), *map(plain, _spelled(source))} if not lost else set()
    return tuple(dict.fromkeys(n for n, digits in found if digits in surplus and digits not in known))


def english_left(source: str, text: str) -> str:
    """The most words in a row that ``text`` shares with the English ``source``; empty if they may be a name.

    Names have few words without a capital.
    """
    english = [w.casefold() for w in _TOKEN.findall(_words(source))]
    places: dict[str, list[int]] = {}
    for n, word in enumerate(english):
        places.setdefault(word, []).append(n)
    best: list[str] = []
    for part in re.split(r"[,，、;；:：()（）。!?\"“”「」『』《》\n]", _ASIDE.sub("\n", _words(text))):
        said = _TOKEN.findall(part)
        at = 0
        while at < len(said):
            size = max((_shared(english, n, said, at) for n in places.get(said[at].casefold(), ())), default=0)
            run = said[at : at + size]
            if size > max(NAMES, len(best)) and sum(word.isalpha() and word.islower() for word in run) >= PLAIN:
                best = run
            at += max(1, size)
    return " ".join(best)


def _shared(english: list[str], n: int, said: list[str], at: int) -> int:
    """How many words from the ``n``-th and the ``at``-th on are equal."""
    pairs = zip(english[n:], said[at:], strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1].casefold(), pairs))


def _words(text: str) -> str:
    return unicodedata.normalize("NFKC", ATOM.sub(" ", text))


def _digits(number: str) -> str:
    """A number as it is compared: without separators, which differ between languages."""
    return re.sub("[.,]", "", number).lstrip("0") or "0"


def _spelled(source: str) -> set[str]:
    """The numbers that the words of a text may mean: also two together, as in twenty-five."""
    values = [v for w in _WORD.findall(source.casefold()) if (v := _SPELLED.get(w, _MONTHS.get(w[:3]))) is not None]
    return {str(v) for v in values} | {str(a + b) for a, b in pairwise(values) if a % 10 == 0}
