"""The guard of meaning: words and symbols of the source language whose change can reverse the meaning.

``WORDS`` is the table of words, by language and by topic; each is the inside of a regular expression for
one word in lower case. ``SYMBOLS`` apply to all languages. Add a language by adding its words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from bot.languages import base_language

SYMBOLS = (
    "~$"  # next to numbers only
    "<>=+%"
    "\u00a2-\u00a5\u00ac\u00b0\u00b1\u00d7\u00f7"  # currencies, not, degree, plus or minus, times, divided by
    "\u2020\u2021\u2030\u2031\u2032\u2033\u203c\u2047-\u2049\u20a0-\u20cf\u2103\u2109"  # daggers, per mille, minutes
    "\u2190-\u23ff\u25a0-\u27bf\u27c0-\u27ff\u2900-\u2bff"  # arrows, operators, check marks, pictograms
    "\U0001f000-\U0001faff"  # emoji
)
"""Characters that carry meaning by themselves, for a character class: never cosmetic."""

WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {
            "numbers": "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\w+teen|hundred|thousand"
            "|million|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens?"
            "|billion|first|second|third|fourth|fifth|last|once|twice|half|double|triple|single|both|pairs?"
            "|x{0,3}(?:i[xv]|vi{1,3}|i{2,3})|x{1,3}[ivx]",  # Roman
            "negation": "not?|never|none|nor|neither|without|nothing|cannot|unlike|hardly|except|rather",
            "direction": "left|right|up|down|above|below|top|bottom|before|after|previous|next|forward|backward"
            "|inside|outside|rows?|columns?|horizontal\\w*|vertical\\w*|upper|lower",
            "quantity": "more|less|fewer|most|least|many|few|all|some|any|every|each|only|always|often|rarely"
            "|sometimes",
            "comparison": "(?:great|small|larg|high|low|bigg|long|short|fast|slow|earli|lat|deep|shallow|hard|easi)"
            "e[rs]t?",
            "opposites": "in(?:creas|put)\\w*|decreas\\w*|output\\w*|min(?:im)?\\w*|max(?:im)?\\w*|positive\\w*"
            "|negative\\w*|true|false|train\\w*|test\\w*|valid\\w*|enabled?|disabled?|required?|optional\\w*"
            "|deprecated|supported|unsupported",
            "duty": "must|may|might|should",
            "dates": "(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|june|july|august"
            "|(?:sept|nov|dec)ember|october",
            "temperature": "hot|cold|warm|cool",
            "units": "[kmcµn]m|[kmµ]g|tons?|[mµn]s|mins?|hours?|seconds?|minutes?|days?|weeks?|months?|years?|[kmg]?hz"
            "|[kmgtp]i?b|bytes?|bits?|percent\\w*|degrees?|inch(?:es)?|feet|ft|miles?|px|rem|[kmg]w|[km]v",
        }
    }
)


@lru_cache(maxsize=8)
def guard(language: str = "en") -> re.Pattern[str]:
    """Matches a word, a number or a symbol (in lower case) that must be the same on both sides of a small edit."""
    words = WORDS.get(base_language(language), {})
    return re.compile("|".join([rf"-?\d.*|[{SYMBOLS}]", *words.values()]))
