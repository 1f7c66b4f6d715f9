"""The texts of pages and answers, by language: ``languages/XX.json``, filled with values, with the plural that fits.

Each file has ``texts`` by key, and ``messages`` by their English template (``bot.messages``). A text is a string, or an
object with a string for each plural category of the language (CLDR, by Babel), chosen by the value ``number``. The
values are inserted as they are: whoever passes a text of a book quotes it before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.languages import plain_tag
from bot.messages import Message

if TYPE_CHECKING:  # most runs write no page
    from babel import Locale

Text = str | Mapping[str, str]
"""A template, or one for each plural category."""

FOLDER = Path(__file__).with_name("languages")
ENGLISH = "en"


@dataclass(frozen=True)
class Wording:
    """The texts of one language; ``locale`` has its rules of plurals and numbers."""

    locale: Locale
    texts: Mapping[str, Text]
    messages: Mapping[str, Text]

    def __call__(self, key: str, /, **values: str | int) -> str:
        """The text ``key`` with ``values`` in it, as they are; numbers as the language writes them."""
        return self._filled(self.texts[key], values)

    @property
    def tag(self) -> str:
        """The language of the texts (BCP 47)."""
        return str(self.locale).replace("_", "-")

    def message(self, text: str) -> str:
        """A text from elsewhere in this language, if it is a message that has been translated; else as it is."""
        if not isinstance(text, Message) or text.key not in self.messages:
            return str(text)
        return self._filled(self.messages[text.key], text.values)

    def percent(self, share: float) -> str:
        """A share, to the whole percent."""
        from babel.numbers import format_percent

        return format_percent(Decimal(f"{share * 100:.0f}") / 100, locale=self.locale)

    def commas(self, texts: Sequence[str]) -> str:
        """The texts with commas between them."""
        return self("comma").join(texts)

    def all_of(self, texts: Sequence[str]) -> str:
        """``a, b and c``."""
        return self("and", first=self.commas(texts[:-1]), last=texts[-1]) if len(texts) > 1 else texts[0]

    def any_of(self, texts: Sequence[str]) -> str:
        """``a or b or c``."""
        out = texts[0]
        for text in texts[1:]:
            out = self("or", first=out, last=text)
        return out

    def _filled(self, text: Text, values: Mapping[str, str | int]) -> str:
        if not isinstance(text, str):
            number = values.get("number", 0)
            form = self.locale.plural_form(number if isinstance(number, int) else 0)
            text = text.get(form, text["other"])
        return text.format(**{name: self._shown(value) for name, value in values.items()})

    def _shown(self, value: str | int) -> str:
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self.locale) if isinstance(value, int) else self.message(value)


@cache
def wording(language: str) -> Wording:
    """The texts for readers of ``language``; English if there are none, or none in the script that it is written in."""
    name = next((name for name in _names(language) if (FOLDER / f"{name}.json").is_file()), ENGLISH)
    if name != ENGLISH and _script(name) != _script(language):
        name = ENGLISH
    english, own = _read(ENGLISH), _read(name)
    locale = _locale(language if name != ENGLISH else ENGLISH) or _locale(ENGLISH)
    assert locale
    return Wording(locale, {**english["texts"], **own["texts"]}, own["messages"])


def languages() -> tuple[str, ...]:
    """The languages that have texts."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


def _names(language: str) -> Iterator[str]:
    """A tag and what remains of it without its last parts: ``pt-br``, ``pt``."""
    parts = plain_tag(language).split("-")
    yield from ("-".join(parts[:end]) for end in range(len(parts), 0, -1))


def _read(name: str) -> Mapping[str, Mapping[str, Text]]:
    found: Mapping[str, Mapping[str, Text]] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


def _locale(language: str) -> Locale | None:
    """The rules of a language, without those parts of its tag that nothing is known about."""
    from babel import Locale, UnknownLocaleError

    for name in _names(language):
        try:
            return Locale.parse(name, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    return None


def _script(language: str) -> str:
    """The script that a language is usually written in (likely subtags of CLDR); empty if it is unknown."""
    locale = _locale(language)
    if locale is None:
        return ""
    if locale.script:
        return str(locale.script)
    from babel.core import get_global

    likely = get_global("likely_subtags")
    found = likely.get(f"{locale.language}_{locale.territory}") or likely.get(locale.language, "")
    return next((part for part in found.split("_")[1:] if len(part) == 4), "")
