"""The hidden comment at the end of a text, ``<!-- amts:v1 {json} -->``: what the bot stores in it.

Only the last one counts: earlier ones may be text of a book.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from bot.contracts import MARKER

_MARKED = re.compile(rf"<!-- {MARKER}:v1 (\{{.*\}}) -->\s*\Z")


def render(body: str, values: Mapping[str, object]) -> str:
    """``body`` with a marker below it."""
    return f"{body}\n<!-- {MARKER}:v1 {json.dumps(values)} -->\n"


def parse(text: str) -> Mapping[str, str]:
    """The values of the marker of a text; empty if it has no marker, or if people broke it."""
    marked = _MARKED.search(text)
    try:
        values: Any = json.loads(marked[1]) if marked else {}
    except (ValueError, RecursionError):
        return {}
    return {str(key): str(value) for key, value in values.items()}


def without(text: str) -> str:
    """``text`` without its marker."""
    return _MARKED.sub("", text).rstrip("\n")
