"""The bot's part of a text that people write in too, and what the bot stores at its end: ``<!-- amts:v1 {json} -->``.

In a text that the bot updates, its part begins with ``<!-- amts:begin … -->``, and only what is between the two is
replaced: what people or other bots wrote above or below stays, byte for byte. In an answer, which is never updated by
parts, the marker alone stands at the end.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from bot.contracts import MARKER

BEGIN = f"<!-- {MARKER}:begin: AMTS replaces what is between here and {MARKER}:v1. Write above or below it. -->"

_BEGIN = rf"<!-- {MARKER}:begin\b"
_MARKED = rf"<!-- {MARKER}:v1 (.*?) -->"
_PART = re.compile(rf"(?s:{_BEGIN}(?:(?!{_BEGIN}).)*?){_MARKED}(?:\r?\n)?")
"""The bot's part, with one beginning: people may have deleted the end of an earlier one."""


def render(body: str, values: Mapping[str, object]) -> str:
    """``body`` with a marker below it."""
    return f"{_harmless(body)}\n{_marker(values)}\n"


def parse(text: str) -> Mapping[str, str]:
    """The values of the marker of a text, whatever follows it; empty if it has no marker, or if people broke it.

    Where a text has several, that of the bot's part counts, else the last one: earlier ones may be text of a book.
    """
    try:
        values: Any = json.loads(found[1] if (found := _PART.search(text)) else re.findall(_MARKED, text)[-1])
        return {str(key): str(value) for key, value in values.items()}
    except (ValueError, RecursionError, IndexError, AttributeError):
        return {}


def replaced(text: str, body: str, values: Mapping[str, object]) -> str:
    """``text`` with ``body`` as the bot's part; a text that has none gets one below what people wrote."""
    before, after = _around(text)
    return f"{before}{BEGIN}\n{_harmless(body)}\n{_marker(values)}\n{after}"


def room(text: str, values: Mapping[str, object], most: int) -> int:
    """The maximum code points of the ``body`` with which ``replaced`` is no longer than ``most``; less than 0: none."""
    return most - len(replaced(text, "", values))


def part(text: str) -> str:
    """What is in the bot's part; empty if there is none."""
    found = _PART.search(text)
    return found[0].partition("\n")[2].rpartition(f"\n<!-- {MARKER}:v1 ")[0] if found else ""


def with_values(text: str, values: Mapping[str, object]) -> str:
    """``text`` with other values in the marker of the bot's part; the same if it has no such part."""
    found = _PART.search(text)
    if found is None:
        return text
    return text[: found.start(1)] + _stored(values) + text[found.end(1) :]


def _around(text: str) -> tuple[str, str]:
    """What is above and below the bot's part."""
    found = _PART.search(text)
    if found:
        return text[: found.start()], text[found.end() :]
    return (f"{text.rstrip()}\n\n" if text.strip() else ""), ""


def _marker(values: Mapping[str, object]) -> str:
    return f"<!-- {MARKER}:v1 {_stored(values)} -->"


def _stored(values: Mapping[str, object]) -> str:
    # A value that ended the comment would show the rest of it.
    return json.dumps(values).replace(">", "\\u003e")


def is_harmless(body: str) -> bool:
    """Whether a text is stored as it is: no part of it could be taken for a mark of the bot."""
    return _harmless(body) == body


def _harmless(body: str) -> str:
    """``body``, in which no text of a book can begin or end the bot's part."""
    return re.sub(rf"<!-- (?={MARKER}:(?:begin\b|v1 ))", "<!--\u00a0", body)
