"""Whether a text is still English or already in another language, judged by its script and its commonest words."""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal

from bot.languages import is_in_script, script, scripts

Reading = Literal["translated", "English", "unclear"]

COMMON = frozenset("the of and to in is that for with you this are be it on as can from your not".split())
"""Twenty words that make up a third of English prose, and that few other languages have."""

ENGLISH_SHARE = 0.15
"""From this share of ``COMMON`` words on a text counts as English (a guess: prose has 25 to 40%, lists less)."""

LEAST = 12
"""With fewer words a text in Latin letters is unclear (a guess)."""

_NOT_PROSE = re.compile(
    r"\A\ufeff?(---|\+\+\+)\r?\n.*?\n\1[ \t]*$|^(?P<f>[ \t]*(?:`{3,}|~{3,})).*?^(?P=f)|`[^`\n]*`|<[^>\n]*>|\$[^$\n]*\$"
    r"|\]\([^)\n]*\)|https?://\S+|^:\w+:`.*$|<!--.*?-->",
    re.S | re.M,
)
_WORD = re.compile(r"[^\W\d_]+")

_LANGUAGE_OF = {
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "HAN": "zh",
    "THAI": "th",
    "GREEK": "el",
    "HEBREW": "he",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "TELUGU": "te",
    "KHMER": "km",
    "LAO": "lo",
    "MYANMAR": "my",
}
"""Scripts that nearly identify the language; Kana before Han, since Japanese has both. Cyrillic and Arabic do not."""


def reading(text: str, language: str) -> Reading:
    """Whether the Markdown document ``text`` is in ``language`` or English."""
    prose = _NOT_PROSE.sub(" ", text)
    words = [w.casefold() for w in _WORD.findall(prose)]
    if "LATIN" not in scripts(language):
        return "unclear" if not words else "translated" if is_in_script(prose, language) else "English"
    if len(words) < LEAST:
        return "unclear"
    foreign = sum(script(w[0]) not in scripts(language) for w in words)
    if foreign > len(words) / 2:
        return "unclear"
    return "English" if sum(w in COMMON for w in words) / len(words) >= ENGLISH_SHARE else "translated"


def is_foreign(text: str) -> bool:
    """Whether a Markdown document is surely in another language than English, whichever that is."""
    words = [w.casefold() for w in _WORD.findall(_NOT_PROSE.sub(" ", text))]
    return len(words) >= LEAST and sum(w in COMMON for w in words) < ENGLISH_SHARE * len(words)


def language_by_script(texts: list[str]) -> str:
    """The language that the script of some documents shows; empty where many languages share it, as with Latin."""
    letters = Counter(script(c) for text in texts for c in _NOT_PROSE.sub(" ", text)[:5000] if c.isalpha())
    native = {name: n for name, n in letters.items() if name in _LANGUAGE_OF}
    if sum(native.values()) < 0.3 * letters.total() or not native:
        return ""
    if sum(native.get(kana, 0) for kana in ("HIRAGANA", "KATAKANA")) > 0.1 * sum(native.values()):
        return "ja"
    return _LANGUAGE_OF[max(native, key=lambda name: native[name])]
