"""Labels that only the translation has: one that English has now, perhaps in another place, is not there twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.planning.layout import Item

_LABEL = re.compile(
    r":(?:eq)?label:`([^`\n]+)`|\(([\w:.-]+)\)=|<a\s+(?:id|name)=[\"']([^\"'<>]+)[\"']\s*>\s*</a>|\{#([\w:.-]+)\}"
)
"""A label on a line of its own: of Dive into Deep Learning, MyST, HTML and Hugo."""


def labels_once(items: Sequence[Item]) -> list[Item]:
    """The items without those labels of the translation alone that come from the English too."""
    english = {name for item in items if item.source >= 0 for name in _names(item)}
    return [item for item in items if item.source >= 0 or not english.intersection(_names(item))]


def _names(item: Item) -> Iterator[str]:
    """The label that an item consists of."""
    text = "".join(part for part in item.parts if isinstance(part, str)).strip()
    if all(isinstance(part, str) for part in item.parts) and (found := _LABEL.fullmatch(text)):
        yield next(name for name in found.groups() if name)
