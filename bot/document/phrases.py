"""Phrases: the text between two spaces in Thai, Lao, Khmer and Burmese, which have no spaces between words.

Thai and Lao have no full stop, and a space ends a sentence or a phrase. So every space between two letters counts
as an end, unless the next word continues the sentence or a piece would be very short; which pieces form one
sentence is determined when they are aligned with a text in another language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.languages import KHMER, LAO, MYANMAR, THAI, base_language

_SHORTEST = {"th": 12, "lo": 12, "km": 40, "my": 40}
"""Minimum code points of a phrase, by language (a guess): Khmer and Burmese have full stops, and more spaces."""

_GOES_ON = (
    *("และ", "หรือ", "แต่", "ที่", "ซึ่ง", "อัน", "โดย", "เพื่อ", "เพราะ", "ว่า", "ๆ", "ฯ"),
    *("ແລະ", "ຫຼື", "ແຕ່", "ທີ່", "ເຊິ່ງ", "ໂດຍ", "ເພື່ອ", "ວ່າ", "ໆ"),
    *("និង", "ឬ", "ប៉ុន្តែ", "ដែល", "ដោយ", "ដើម្បី", "ថា", "ៗ"),
)
"""Words that continue a sentence: and, or, but, which, by, for, because, that, and the mark of repetition."""

_STOPS = "។៕။"
_LETTER = f"[{THAI}{LAO}{KHMER}{MYANMAR}]"
_SPACE = re.compile(rf"(?<={_LETTER})[ \t]+(?={_LETTER})|(?<=[{_STOPS}])")


def has_phrases(language: str) -> bool:
    """Whether spaces, not full stops, separate the sentences of a language."""
    return base_language(language) in _SHORTEST


def phrases(text: str, language: str) -> Iterator[str]:
    """The phrases of ``text`` in order, each with the white space after it."""
    least = _SHORTEST[base_language(language)]
    start = 0
    for space in _SPACE.finditer(text):
        left, rest = text[start : space.start()], text[space.end() :]
        long = min(len(left.strip()), len(rest)) >= least
        if rest and (left.endswith(tuple(_STOPS)) or (long and not rest.startswith(_GOES_ON))):
            yield text[start : space.end()]
            start = space.end()
    yield text[start:]
