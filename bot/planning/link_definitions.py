"""The definitions of reference links: every link of a draft that had one keeps it, and none is there twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.document.markdown import parse
from bot.document.model import Document
from bot.document.references import key_of, labels, used
from bot.document.segment import Segment
from bot.document.sentences import normal
from bot.planning.layout import Item

_NO_LINKS = ("code", "math", "front_matter")


def with_definitions(items: Sequence[Item], target: Document, new: Document) -> list[Item]:
    """The items with the definitions that their links need, each once.

    What English has several times may be so in the draft too. What the translation defines comes before what the
    ``new`` English does. Links that had no definition in the translation before get none.
    """
    known = labels(target) | labels(new)
    if not known:
        return list(items)
    keys = [_defines(item, target, new) for item in items]
    own = {_text(item) for key, item in zip(keys, items, strict=True) if key and item.first >= 0}
    own -= {text for text, count in Counter(normal(block.text) for block in new.blocks).items() if count > 1}
    once = [
        (key, item)
        for key, item in zip(keys, items, strict=True)
        if not key or item.first >= 0 or _text(item) not in own
    ]
    there = {key for key, _ in once} | _inner(item for key, item in once if not key)
    links = {key for _, item in once if not _is_code(item, target, new) for key in _links(item, known)}
    broken = {key for block in target.blocks if block.kind not in _NO_LINKS for key in used(block.text, known)}
    missing = links - there - (broken - labels(target))
    added = [item for key, item in _definitions(target, new).items() if key in missing]
    if not added:
        return [item for _, item in once]
    last = max((n for n, (key, _) in enumerate(once) if key), default=len(once) - 1)
    out = [item for _, item in once]
    return [*out[: last + 1], *added, *out[last + 1 :]]


def _defines(item: Item, target: Document, new: Document) -> str:
    """The key that an item defines, if it is nothing but a definition, else empty."""
    plain = len(item.parts) == 1 and isinstance(item.parts[0], str)
    return key_of(_text(item)) if plain and not _is_code(item, target, new) else ""


def _text(item: Item) -> str:
    return normal("".join(part for part in item.parts if isinstance(part, str)))


def _definitions(target: Document, new: Document) -> dict[str, Item]:
    """An item for each definition of the English, and for each of the translation, which wins."""
    found: dict[str, Item] = {}
    for j, block in enumerate(new.blocks):
        if block.kind not in _NO_LINKS and (key := key_of(block.text)):
            found.setdefault(key, Item((block.text,), block.gap, -1, -1, j))
    ours: dict[str, Item] = {}
    for t, block in enumerate(target.blocks):
        if block.kind not in _NO_LINKS and (key := key_of(block.text)):
            ours.setdefault(key, Item((block.text,), block.gap, t, t, -1, True))
    return found | ours


def _links(item: Item, known: frozenset[str]) -> Iterable[str]:
    for part in item.parts:
        for text in (part.source, part.old_target) if isinstance(part, Segment) else (part,):
            yield from used(text, known)


def _inner(items: Iterable[Item]) -> frozenset[str]:
    """The keys that are defined beside other text, as in a quote of several lines."""
    texts = ("".join(part for part in item.parts if isinstance(part, str)) for item in items)
    return frozenset(key for text in texts if "]:" in text for key in labels(parse(text)))


def _is_code(item: Item, target: Document, new: Document) -> bool:
    block = target.blocks[item.first] if item.first >= 0 else new.blocks[item.source] if item.source >= 0 else None
    return block is not None and block.kind in _NO_LINKS
