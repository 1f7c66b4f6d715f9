"""Words of languages without spaces between them, by BudouX: of Chinese words, of Japanese and Thai phrases."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import chain

from bot.languages import HIRAGANA, base_language, plain_tag, separates_words

_ATTACHED = re.compile(
    rf"(?<=[^{HIRAGANA}])(?:を|が|は|も|に|で|と|の|へ|や|な|か|から|まで|より|など|だけ|のみ|する|し(?=[たてなま])|さ(?=[れせ])"
    rf"|です|でし|だ(?=っ|と|が|け|$)|には|では|とは|への|との|での|からの)[{HIRAGANA}]*$"
)
"""What may follow any noun at the end of a Japanese phrase: particles, and forms of する and です."""


_HIRAGANA = re.compile(f"[{HIRAGANA}]+")


def has_words(language: str) -> bool:
    """Whether the words of a language are known: not those of Lao, Khmer and Burmese."""
    return separates_words(language) or base_language(language) in ("zh", "ja", "th")


def is_attached(text: str) -> bool:
    """Whether a text has nothing that carries meaning by itself: it is all in Hiragana."""
    return bool(_HIRAGANA.fullmatch(text))


def pieces(text: str, language: str) -> list[str]:
    """A text in a dense script as words; in Japanese, what may follow any noun is a piece of its own."""
    split = _splitter(plain_tag(language))
    if split is None:
        return [text]
    words = split(text)
    return list(chain.from_iterable(map(_without_particle, words))) if base_language(language) == "ja" else words


def _without_particle(phrase: str) -> tuple[str, ...]:
    found = _ATTACHED.search(phrase)
    return (phrase[: found.start()], found[0]) if found else (phrase,)


@cache
def _splitter(language: str) -> Callable[[str], list[str]] | None:
    import budoux

    loaders: Mapping[str, Callable[[], budoux.Parser]] = {
        "ja": budoux.load_default_japanese_parser,
        "th": budoux.load_default_thai_parser,
        "zh": budoux.load_default_simplified_chinese_parser,
    }
    traditional = language in ("zh-hant", "zh-tw", "zh-hk", "zh-mo")
    load = budoux.load_default_traditional_chinese_parser if traditional else loaders.get(base_language(language))
    return load().parse if load else None
