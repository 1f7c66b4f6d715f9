"""Natural languages: what a language tag implies about a text, and which characters belong to which script.

Tags follow BCP 47 (RFC 5646), which ignores case; as in Unicode locale identifiers (UTS #35), their parts
may also be separated by ``_``: ``zh``, ``zh_CN``, ``zh-Hans``, ``PT-br``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal


def plain_tag(language: str) -> str:
    """A tag in the form used for comparison: ``zh_CN`` → ``zh-cn``."""
    return language.strip().replace("_", "-").lower()


def base_language(language: str) -> str:
    """The language of a tag, without script and region: ``zh_CN`` → ``zh``."""
    return plain_tag(language).partition("-")[0]


# Ranges of characters, for the inside of a character class of a regular expression. They are Unicode blocks
# (Blocks.txt), except for Latin: so they include the marks that Unicode assigns to no script, such as ー and ・.

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003347f"
"""Chinese characters, radicals, and the signs that replace a character, such as 々 and 〇; no punctuation."""
HIRAGANA = "\u3040-\u309f"
KATAKANA = "\u30a0-\u30ff\u31f0-\u31ff\uff66-\uff9f"
KANA = f"{HIRAGANA}{KATAKANA}\U0001aff0-\U0001b16f"
HANGUL = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdf"
THAI = "\u0e00-\u0e7f"
LAO = "\u0e80-\u0eff"
KHMER = "\u1780-\u17ff\u19e0-\u19ff"
MYANMAR = "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"
LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
"""Latin letters used by modern languages; Vietnamese needs the last range."""

CJK = frozenset({"zh", "ja", "ko"})
"""Chinese, Japanese and Korean: the languages with full-width punctuation."""

UNSEPARATED_WORDS = frozenset({"zh", "ja", "th", "lo", "km", "my"})
"""Languages without spaces between words (UAX #29, section 4; UAX #14, class SA)."""

UNSEPARATED_SENTENCES = frozenset({"zh", "ja"})
"""Languages without spaces between sentences either; Thai, Lao, Khmer and Burmese have them."""

WITHOUT_ENDINGS = frozenset({"zh", "ja", "ko", "vi", "th", "lo", "km", "my"})
"""Languages whose nouns have no endings; Japanese, Korean and Burmese put particles behind them."""

HEAD_FINAL = frozenset({"tr", "az", "kk", "ky", "uz", "tt", "mn", "ja", "ko", "hi", "bn", "ta", "te", "ml", "kn", "mr"})
"""Languages in which what explains a word comes before it, and the verb last (WALS, chapters 81, 85 and 90)."""

CLIPPING = frozenset({"fr", "it", "ca", "oc"})
"""Languages that clip a word before a vowel and write an apostrophe, without a space: *l'eau*, *dell'acqua*."""

RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur", "ps", "he", "yi", "dv", "ug", "sd", "ckb"})
"""Languages written from right to left."""

WIDE_STOPS = "。！？"
"""Marks that end a sentence without a space after them."""

STOPS = ".!?։؟۔।॥။።។"
"""Marks that end a sentence with a space after them: those of Sentence_Break STerm and ATerm (UAX #29) that occur
in Latin, Greek, Cyrillic, Armenian, Arabic, Indic, Burmese, Ethiopic and Khmer text."""

BLEU_TOKENISERS: Mapping[str, str] = MappingProxyType(
    {"zh": "zh", "ja": "ja-mecab", "ko": "ko-mecab", **dict.fromkeys(("th", "lo", "km", "my"), "char")}
)
"""Tokenisers of sacrebleu by language; 13a for all others."""

_SCRIPTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "zh": frozenset({"HAN"}),
        "ja": frozenset({"HAN", "HIRAGANA", "KATAKANA"}),
        "sr": frozenset({"CYRILLIC", "LATIN"}),
        **{
            language: frozenset({script})
            for script, languages in {
                "HANGUL": "ko",
                "CYRILLIC": "ru uk bg be mk kk ky mn tg",
                "ARABIC": "ar fa ur ps",
                "DEVANAGARI": "hi mr ne",
                "ETHIOPIC": "am ti",
                "ARMENIAN": "hy",
                "BENGALI": "bn",
                "GEORGIAN": "ka",
                "GREEK": "el",
                "GUJARATI": "gu",
                "GURMUKHI": "pa",
                "HEBREW": "he",
                "KANNADA": "kn",
                "KHMER": "km",
                "LAO": "lo",
                "MALAYALAM": "ml",
                "MYANMAR": "my",
                "SINHALA": "si",
                "TAMIL": "ta",
                "TELUGU": "te",
                "THAI": "th",
            }.items()
            for language in languages.split()
        },
    }
)
"""The scripts of a language (likely subtags of CLDR); LATIN for a language that is not here."""

_DOTTED = frozenset({"tr", "az"})
"""Languages whose capital i has a dot (SpecialCasing.txt of Unicode)."""

NATIVE = 0.3
"""Least share of words (of characters, where no spaces separate words) in the language's script (a guess)."""

LEFT = 0.7
"""Share of the translation's words that are also in the source from which it counts as untranslated (a guess)."""

_WORD = re.compile(r"[^\W\d_]+")

Problem = Literal["", "script", "language"]


@cache
def one_of(*ranges: str) -> re.Pattern[str]:
    """Matches one character of these ranges. Compiled on demand: that takes milliseconds for the large ones."""
    return re.compile(f"[{''.join(ranges)}]")


def is_cjk_language(language: str) -> bool:
    """Whether a language is Chinese, Japanese or Korean."""
    return base_language(language) in CJK


def direction(language: str) -> Literal["ltr", "rtl"]:
    """The direction of writing, as HTML names it."""
    return "rtl" if base_language(language) in RIGHT_TO_LEFT else "ltr"


def explains_before(language: str) -> bool:
    """Whether what explains a word comes before it, where English has it behind: *the boat in the harbour*."""
    return base_language(language) in HEAD_FINAL


def separates_words(language: str) -> bool:
    """Whether a language writes spaces between words."""
    return base_language(language) not in UNSEPARATED_WORDS


def separates_syllables(language: str) -> bool:
    """Whether a language writes spaces between syllables too, so that a word may have some."""
    return base_language(language) == "vi"


def separates_nouns(language: str) -> bool:
    """Whether it also does so between the nouns of a compound term: Korean leaves that to the writer."""
    return separates_words(language) and base_language(language) != "ko"


def separates_sentences(language: str) -> bool:
    """Whether a language writes a space between two sentences."""
    return base_language(language) not in UNSEPARATED_SENTENCES


def takes_endings(language: str) -> bool:
    """Whether a noun changes with its place in the sentence; assumed for languages not listed here."""
    return base_language(language) not in WITHOUT_ENDINGS


def clips_words(language: str) -> bool:
    """Whether an apostrophe ends a word before a vowel, where other languages hang an ending on a word with it."""
    return base_language(language) in CLIPPING


def uncapitalised(text: str, language: str) -> str:
    """``text`` with a small letter at its start, unless its first word has another capital, as names do."""
    if any(map(str.isupper, text.partition(" ")[0][1:])):
        return text
    dotted = {"İ": "i", "I": "ı"} if base_language(language) in _DOTTED else {}
    return dotted.get(text[:1], text[:1].lower()) + text[1:]


def bleu_tokeniser(language: str) -> str:
    """The tokeniser of sacrebleu for computing BLEU in a language."""
    return BLEU_TOKENISERS.get(base_language(language), "13a")


def capitalised(text: str, language: str) -> str:
    """``text`` with a capital letter at its start."""
    first = "İ" if text[:1] == "i" and base_language(language) in _DOTTED else text[:1].upper()
    return first + text[1:]


def is_cjk(character: str) -> bool:
    """Whether a character is Han, Kana or Hangul; false for an empty string and for punctuation."""
    return bool(one_of(HAN, KANA, HANGUL).match(character))


def cjk_count(text: str) -> int:
    """How many characters of a text are Han, Kana or Hangul."""
    return len(one_of(HAN, KANA, HANGUL).findall(text))


def is_wide(character: str) -> bool:
    """Whether a character takes the place of two Latin ones (UAX #11: Wide or Fullwidth)."""
    return unicodedata.east_asian_width(character) in ("W", "F")


def joins_lines(character: str) -> bool:
    """Whether a line break between two such characters is not a space (CSS Text 3, 4.1.3: Wide, Fullwidth or Halfwidth,
    and not Hangul); false for an empty string."""
    if not character or unicodedata.east_asian_width(character) not in ("W", "F", "H"):
        return False
    return not one_of(HANGUL).match(character)


def separated_characters(text: str) -> str:
    """``text`` with spaces around each character of the scripts without spaces between words, marks included."""
    return one_of(HAN, KANA, THAI, LAO, KHMER, MYANMAR).sub(r" \g<0> ", text)


@lru_cache(maxsize=8192)
def script(letter: str) -> str:
    """The script of a letter, from its Unicode name: LATIN, HAN, HIRAGANA, THAI."""
    name = unicodedata.name(letter, "?").removeprefix("HALFWIDTH ").removeprefix("FULLWIDTH ")
    first = re.split("[ -]", name)[0]
    return "HAN" if first in ("CJK", "IDEOGRAPHIC") else first


def scripts(language: str) -> frozenset[str]:
    """The scripts in which a language is written, named as by ``script``."""
    return _SCRIPTS.get(base_language(language), frozenset({"LATIN"}))


def is_in_script(text: str, language: str) -> bool:
    """Whether a text (prose, without code and math) is in the script of a language (at least ``NATIVE`` of it)."""
    own, by_characters = scripts(language), not separates_words(language)
    native = foreign = 0
    for word in _WORD.findall(text):
        count = sum(script(c) in own for c in word)
        foreign += count < len(word)
        native += count if by_characters else min(count, 1)
    return not native + foreign or native / (native + foreign) >= NATIVE


def translation_problem(source: str, target: str, languages: tuple[str, str]) -> Problem:
    """Why ``target`` (prose, like ``source``) is not a translation, by its script or its words alone: ``script`` if it
    is not in that of its language, ``language`` if most of its words are those of the source; empty if neither."""
    if not is_in_script(target, languages[1]):
        return "script"
    return "language" if scripts(languages[0]) & scripts(languages[1]) and _is_untranslated(source, target) else ""


def _is_untranslated(source: str, target: str) -> bool:
    words = [w.casefold() for w in _WORD.findall(target)]
    if len(words) < 5:
        return False
    known = {w.casefold() for w in _WORD.findall(source)}
    return sum(w in known for w in words) / len(words) > LEFT
