"""Attributes of tags and shortcodes: merged one by one if translators translated some of them."""

from __future__ import annotations

import re

_NAME = re.compile(r"(<)(/?(?:[A-Za-z][\w.:-]*)?)(?=\s|/?>)|(\{\{[<%]|\{%)-?\s*(/?[\w.:/-]+)")
_ATTRIBUTE = re.compile(r"""([\w:.@-]+)=("[^"]*"|'[^']*'|[^\s"'<>{}=]+)""")

_WORDS = frozenset(
    "alt title text caption label description summary placeholder header heading tooltip aria-label".split()
)
"""Attributes that translators translate."""


def name(atom: str) -> str:
    """The opening of a tag, a shortcode or a template tag, with its name: ``<img``, ``{{<figure``; empty for others."""
    found = _NAME.match(atom)
    return "".join(part for part in found.groups() if part) if found else ""


def untranslated(atom: str) -> str:
    """A tag or shortcode without the values of attributes that are prose, such as ``alt``; other atoms unchanged."""
    if not name(atom):
        return atom
    return _ATTRIBUTE.sub(lambda m: f"{m[1]}=…" if m[1].lower() in _WORDS else m[0], atom)


def merged(old: str, new: str, ours: str) -> str:
    """``new`` with the translators' value of each attribute whose English value did not change."""
    before, mine = dict(_ATTRIBUTE.findall(old)), dict(_ATTRIBUTE.findall(ours))

    def value(match: re.Match[str]) -> str:
        kept = before.get(match[1]) == match[2] and match[1] in mine
        return f"{match[1]}={mine[match[1]]}" if kept else match[0]

    return _ATTRIBUTE.sub(value, new)
