"""The anchors of headings: the part after the ``#`` of a link to a section."""

from __future__ import annotations

import re
from collections import Counter

from bot.document.model import Document

_EXPLICIT = re.compile(
    r"""
      \{[^{}]*\#(?P<attribute>[\w:.-]+)[^{}]*\}     # Pandoc, Hugo, Docusaurus: {#id}
    | \{/\*\s*(?P<comment>[\w:.-]+)\s*\*/\}         # react.dev: {/*id*/}
    | \[\[(?P<brackets>[\w:.-]+)\]\]\s*$            # Hugging Face: [[id]]
    | <a\s[^<>]*(?:id|name)\s*=\s*["']?(?P<tag>[\w:.-]+)[^<>]*>
    """,
    re.VERBOSE,
)
_LABEL = re.compile(r":label:`(?P<role>[^`]+)`|\((?P<target>[\w:.-]+)\)=[ \t]*$")
_LINK = re.compile(r"!?\[([^\]]*)\](?:\([^()]*\)|\[[^\]]*\])")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->")


def anchors(document: Document) -> dict[int, frozenset[str]]:
    """The anchors of each heading (by its block): explicit ids, labels next to it, and the one that GitHub generates.

    All in lower case. If two headings have the same words, the second is ``words-1``.
    """
    found: dict[int, frozenset[str]] = {}
    seen = Counter[str]()
    blocks = document.blocks
    for index, block in enumerate(blocks):
        if block.kind != "heading":
            continue
        text = " ".join(block.contents)
        own = {name.casefold() for match in _EXPLICIT.finditer(block.text) for name in match.groups() if name}
        for near in blocks[max(0, index - 1) : index + 2]:
            if near.kind == "directive" and (label := _LABEL.fullmatch(near.text.strip())):
                own.add((label["role"] or label["target"]).casefold())
        slug = made_of(text)
        own.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
        seen[slug] += 1
        found[index] = frozenset(own - {""})
    return found


def made_of(heading: str) -> str:
    """The anchor that GitHub generates from a heading's words: ``Knots & Bends`` → ``knots--bends``.

    In lower case, without markup; only letters, numbers, ``_``, ``-`` and spaces are kept, and each space becomes a
    hyphen (GitHub does not document the rule; this is how it is commonly described).
    """
    bare = _TAG.sub("", _LINK.sub(r"\1", _EXPLICIT.sub("", heading)))
    return re.sub(r"[^\w\s-]", "", bare.strip().casefold()).replace(" ", "-").strip("\n")
