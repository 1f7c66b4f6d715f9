"""How a value of front matter is written: with which quotes, and when it needs quotes."""

from __future__ import annotations

import json
import re
from typing import Literal

Quoting = Literal["", "plain", "flow", "single", "double", "literal"]
"""How a value is written: in lines of a block, without quotes (also in a flow list), in YAML's or TOML's quotes."""

BARE: frozenset[Quoting] = frozenset({"plain", "flow"})
"""Without quotes."""


def unquoted(text: str, quoting: Quoting) -> str:
    """The words of a piece of a field, without quoting and escapes."""
    if quoting == "single":
        return text.replace("''", "'")
    if quoting == "double" and "\\" in text:
        try:
            return str(json.loads(f'"{" ".join(text.split())}"'))
        except ValueError:
            return re.sub(r"\\([\"\\])", r"\1", text)
    return text


def quoted(text: str, quoting: Quoting) -> str:
    """``text`` the way it is written in a field; a value without quotes gets quotes if it needs them."""
    flat = re.sub(r"\s*[\r\n]\s*", " ", text) if quoting else text
    if quoting == "single":
        return flat.replace("'", "''")
    if quoting == "literal":
        return flat.replace("'", "\u2019")
    if quoting == "double":
        return flat.replace("\\", "\\\\").replace('"', '\\"')
    if quoting in BARE and not (is_plain(flat) and (quoting == "plain" or not _SPECIAL_IN_LISTS.search(flat))):
        return '"' + quoted(flat, "double") + '"'
    return flat


_SPECIAL = re.compile(r"[\s!&*%@`'\"#|>{}\[\],]|[-?:](?:\s|$)|---|\.\.\.|=$|<<$")
_SPECIAL_IN_LISTS = re.compile(r"[,\[\]{}:?]|^-")
_RESOLVED = re.compile(
    r"(?:~|null|true|false|yes|no|on|off|y|n|[-+]?\.?[\d_][\d_,.:eExXoO+-]*|[-+]?\.(?:inf|nan))$|\d{4}-\d",
    re.IGNORECASE,
)


def is_plain(text: str) -> bool:
    """Whether YAML reads unquoted ``text`` as exactly these words."""
    return not (
        not text
        or text != text.strip()
        or _SPECIAL.match(text)
        or _RESOLVED.match(text)
        or re.search(r":(?:\s|$)|\s#|[\x00-\x1f\x7f\x85\u2028\u2029\ufeff]", text)
    )
