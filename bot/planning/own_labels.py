"""Labels that only the translation has: one that English has now, perhaps in another place, is not there twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bot.document.model import Document
from bot.planning.layout import Item

_LABEL = re.compile(
    r":(?:eq)?label:`([^`\n]+)`|\(([\w:.-]+)\)=|<a\s+(?:id|name)=[\"']([^\"'<>]+)[\"']\s*>\s*</a>|\{#([\w:.-]+)\}"
)
"""A label on a line of its own: of Dive into Deep Learning, MyST, HTML and Hugo."""


def labels_once(items: Sequence[Item], target: Document, new: Document) -> list[Item]:
    """The items without those labels of the translation alone that would be there more often than on either side."""
    names = [_name(item.parts) for item in items]
    surplus = Counter(filter(None, names))
    surplus -= _labels(target) | _labels(new)
    out = []
    for name, item in zip(names, items, strict=True):
        if item.source < 0 and surplus[name]:
            surplus[name] -= 1
        else:
            out.append(item)
    return out


def _labels(document: Document) -> Counter[str]:
    return Counter(name for block in document.blocks if (name := _name([block.text])))


def _name(parts: Sequence[object]) -> str:
    """The label that a text consists of; empty if it is none."""
    texts = [part for part in parts if isinstance(part, str)]
    found = _LABEL.fullmatch("".join(texts).strip()) if texts == list(parts) else None
    return next((name for name in found.groups() if name), "") if found else ""
