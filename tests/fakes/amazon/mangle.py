"""Damage (and what only looks like it) to the HTML that a job writes."""

from __future__ import annotations

import copy
from collections.abc import Callable

from .document import Element, Node, Text, elements, texts, visible
from .faults import Fault
from .translation import Translated, retranslated


def mangle(translated: Translated, fault: Fault, language: str) -> bool:
    """Mangles the first block that has what it takes, or every one; False where none has."""
    done = False
    for block, english in translated.blocks:
        said = visible(english)
        if not said or (fault.match not in ("", "*") and fault.match not in said):
            continue
        if fault.kind == "lost-block":
            happened = _drop(translated.tree, block)
        elif fault.kind == "untranslated":
            block.children = copy.deepcopy(english.children)
            happened = True
        else:
            happened = _KINDS[fault.kind](block, language)
        done |= happened
        if happened and fault.match != "*":
            break
    return done


def _kept(block: Element) -> list[tuple[Element, Element]]:
    """The protected elements of a block, each behind the element that it stands in."""
    return [
        (outer, inner)
        for outer in [block, *elements(block.children)]
        if not outer.kept
        for inner in outer.children
        if isinstance(inner, Element) and inner.kept
    ]


def _place(outer: Element, inner: Node) -> int:
    return next(n for n, child in enumerate(outer.children) if child is inner)


def _drop(tree: Element, block: Element) -> bool:
    for outer in [tree, *elements(tree.children)]:
        if any(child is block for child in outer.children):
            del outer.children[_place(outer, block)]
            return True
    return False


def _moved(block: Element, language: str) -> bool:
    found = _kept(block)[:2]
    if len(found) < 2:
        return False
    (outer, one), (other, two) = found
    first, second = _place(outer, one), _place(other, two)
    outer.children[first], other.children[second] = two, one
    return True


def _lost_atom(block: Element, language: str) -> bool:
    for outer, inner in _kept(block)[:1]:
        del outer.children[_place(outer, inner)]
        return True
    return False


def _doubled_atom(block: Element, language: str) -> bool:
    for outer, inner in _kept(block)[:1]:
        outer.children.insert(_place(outer, inner), copy.deepcopy(inner))
        return True
    return False


def _translated_atom(block: Element, language: str) -> bool:
    for _, inner in _kept(block):
        if visible(inner):
            retranslated(inner, language)
            return True
    return False


def _entities(block: Element, language: str) -> bool:
    found = [t for t in texts(block.children) if t.text.strip()]
    for text in found:
        said = text.text
        special = any(not (c.isascii() and c.isalnum()) and not c.isspace() for c in said)
        first = said[: len(said) - len(said.lstrip()) + 1]
        text.raw = "".join(map(_entity, said)) if special else _entity(first[-1]).join([first[:-1], said[len(first) :]])
    return bool(found)


def _entity(char: str) -> str:
    named = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "é": "&eacute;", "’": "&rsquo;"}
    if char in named:
        return named[char]
    return char if char.isspace() or (char.isascii() and char.isalpha()) else f"&#{ord(char)};"


def _spaces(block: Element, language: str) -> bool:
    found = False
    for outer in [block, *elements(block.children)]:
        if outer.kept:
            continue
        spread: list[Node] = []
        for child in outer.children:
            if isinstance(child, Element):
                found = True
                if not child.kept and not child.void:
                    child.children = [Text(" "), *child.children, Text(" ")]
                spread += [Text(" "), child, Text(" ")]
            else:
                spread.append(child)
        outer.children = spread
    return found


def _empty(block: Element, language: str) -> bool:
    block.children = []
    return True


def _lost_tag(block: Element, language: str) -> bool:
    for outer in [block, *elements(block.children)]:
        if outer.kept:
            continue
        for inner in outer.children:
            if isinstance(inner, Element) and not inner.kept and not inner.void:
                place = _place(outer, inner)
                outer.children[place : place + 1] = inner.children
                return True
    return False


_KINDS: dict[str, Callable[[Element, str], bool]] = {
    "moved": _moved,
    "lost-atom": _lost_atom,
    "doubled-atom": _doubled_atom,
    "translated-atom": _translated_atom,
    "entities": _entities,
    "spaces": _spaces,
    "empty": _empty,
    "lost-tag": _lost_tag,
}
