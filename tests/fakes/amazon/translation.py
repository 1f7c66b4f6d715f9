"""Documents translated: blocks that are in the parallel data as people said, the others word by word."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field

from .document import Element, Node, Raw, Text, blocks, body, elements, emit, loose, parse, texts, visible
from .pseudo import pseudo, used_terms


@dataclass(frozen=True)
class Resources:
    """What a job translates into one language with; the sources of ``pairs`` have their white space made one."""

    language: str
    pairs: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Translated:
    """A document, its blocks now and in English, in the same order, and the terms that were used."""

    tree: Element
    blocks: list[tuple[Element, Element]]
    terms: list[str]

    @property
    def html(self) -> str:
        return emit(self.tree)


def translate(document: str, resources: Resources) -> Translated:
    """The document in the target language; without an html element it stays as it is."""
    tree = parse(document)
    inside = body(tree)
    if inside is None:
        return Translated(tree, [], [])
    english = copy.deepcopy(inside)
    used = used_terms(visible(inside), resources.terms)
    for text in loose(inside):
        _translate_text(text, resources)
    found = list(blocks(inside))
    for block in found:
        pair = resources.pairs.get(visible(block))
        if pair is None:
            words(block.children, resources)
        else:
            block.children = rebuilt(block.children, pair)
    return Translated(tree, list(zip(found, blocks(english), strict=True)), used)


def words(nodes: list[Node], resources: Resources) -> None:
    """Translates all text below that is not protected, word by word."""
    for node in nodes:
        if isinstance(node, Text):
            _translate_text(node, resources)
        elif isinstance(node, Element) and not node.kept:
            words(node.children, resources)


def _translate_text(text: Text, resources: Resources) -> None:
    said = text.text
    result = pseudo(said, resources.language, resources.terms)
    if result != said:
        text.raw = Text.of(result).raw


def rebuilt(children: list[Node], target: str) -> list[Node]:
    """``target`` with every element of ``children`` in it once.

    An element goes where its text stands in the target; where one does not, tags go around the whole.
    """
    found = [c for c in children if isinstance(c, Element)]
    rest: list[Node] = [c for c in children if isinstance(c, Raw)]
    alone = found[0] if len(found) == 1 and visible(*children) == visible(found[0]) else None
    if alone and not alone.kept and not alone.void:
        return [_with(alone, rebuilt(alone.children, target)), *rest]
    places = _places(found, target)
    if all(id(e) in places or e.kept or not visible(e) for e in found):
        return [*_spread(found, places, target), *rest]
    # Guess: a service that cannot place a tag still returns it.
    kept = [e for e in elements(children) if e.kept]
    hidden = {id(e) for outer in kept for e in elements(outer.children)}
    kept = [e for e in kept if id(e) not in hidden]
    around = [e for e in elements(children) if not e.kept and id(e) not in hidden]
    result = _spread(kept, _places(kept, target), target)
    for element in reversed(around):
        result = [*result, element] if element.void else [_with(element, result)]
    return [*result, *rest]


def _with(element: Element, children: list[Node]) -> Element:
    return Element(element.tag, element.start, element.attributes, children, element.end)


def _places(found: list[Element], target: str) -> dict[int, tuple[int, int]]:
    """Where the texts of elements stand, by the elements' ids: one behind the other, else anywhere that is free."""
    places: dict[int, tuple[int, int]] = {}
    cursor = 0
    for element in found:
        text = visible(element)
        for start in (cursor, 0):
            place = _free(target, text, start, list(places.values()))
            if place >= 0:
                places[id(element)] = (place, place + len(text))
                cursor = place + len(text)
                break
    return places


def _free(target: str, text: str, start: int, taken: list[tuple[int, int]]) -> int:
    place = target.find(text, start) if text else -1
    while place >= 0 and any(place < end and begin < place + len(text) for begin, end in taken):
        place = target.find(text, place + 1)
    return place


def _spread(found: list[Element], places: dict[int, tuple[int, int]], target: str) -> list[Node]:
    """``target`` with elements in their places, those without one at the end."""
    result: list[Node] = []
    cursor = 0
    for element in sorted((e for e in found if id(e) in places), key=lambda e: places[id(e)]):
        start, end = places[id(element)]
        if start > cursor:
            result.append(Text.of(target[cursor:start]))
        whole = element.kept or not any(isinstance(c, Element) for c in element.children)
        result.append(element if whole else _with(element, rebuilt(element.children, target[start:end])))
        cursor = end
    if cursor < len(target):
        result.append(Text.of(target[cursor:]))
    return [*result, *(e for e in found if id(e) not in places)]


def retranslated(element: Element, language: str) -> None:
    """Translates what is protected, as the service must not."""
    for text in texts(element.children):
        changed = pseudo(text.text, language)
        text.raw = Text.of(changed if changed != text.text else f"{changed}×").raw
