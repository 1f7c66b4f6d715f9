"""Reference links: their visible text is prose, the key after it is not.

In ``[the manual][]`` and ``[the manual]`` one text is both, so its translation would no longer match a definition.
With the key written out, ``[the manual][the manual]``, the text can be translated.
"""

from __future__ import annotations

import re

from bot.document.atoms import kinds, mask
from bot.document.model import Document
from bot.document.sentences import normal

_DEFINITION = re.compile(r"^[ \t>]*\[(?!\^)((?:[^\[\]\\]|\\.)+)\]:", re.MULTILINE)
_TEXT = re.compile(r"(?<![\\\]])\[([^\[\]]+)\](?![(\[:])")


def labels(document: Document) -> frozenset[str]:
    """The keys that a document defines: ``[key]: address``."""
    blocks = (b.text for b in document.blocks if b.kind not in ("code", "math", "front_matter") and "]:" in b.text)
    return frozenset(_key(found) for text in blocks for found in _DEFINITION.findall(text))


def key_of(text: str) -> str:
    """The key that a text defines if it is the definition of one link, else empty."""
    found = _DEFINITION.match(text)
    return _key(found[1]) if found and len(_DEFINITION.findall(text)) == 1 else ""


def used(text: str, known: frozenset[str]) -> frozenset[str]:
    """The keys of the reference links in a text; ``[key]`` and ``[key][]`` are links if the key is in ``known``."""
    if "[" not in text:
        return frozenset()
    written = explicit(text, known)
    return frozenset(_key(atom[1:-1]) for kind, atom in kinds(written) if kind == "reference" and atom != "[]")


def explicit(text: str, known: frozenset[str]) -> str:
    """``text`` with the key written out of each reference link whose key is in ``known``."""
    if not known or "[" not in text:
        return text
    masked = mask(text)
    held = {chr(0xE000 + n): atom for n, atom in enumerate(masked.atoms)}
    out: list[str] = []
    at = 0
    for match in _TEXT.finditer(masked.text):
        key = masked.restore(match[1])
        behind = held.get(masked.text[match.end() : match.end() + 1], "")
        if (behind == "[]" or behind[:1] not in ("(", "[")) and _key(key) in known and any(map(str.isalpha, match[1])):
            out += [masked.restore(masked.text[at : match.end()]), f"[{normal(key)}]"]
            at = match.end() + (behind == "[]")
    return "".join([*out, masked.restore(masked.text[at:])])


def _key(label: str) -> str:
    """A label in the form used for comparison (CommonMark 4.7)."""
    return normal(label).casefold()
