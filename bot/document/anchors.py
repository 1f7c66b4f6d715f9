"""The anchors of headings: what stands behind the ``#`` of a link to a section."""

from __future__ import annotations

import re
from collections import Counter

from bot.document.markdown import Document

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
    """The anchors of each heading (by its block): explicit ids, labels beside it, and the one that GitHub makes.

    All in small letters. Of two headings with the same words the second is ``words-1``.
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
    """The anchor that GitHub makes of a heading's words: ``Knots & Bends`` → ``knots--bends``.

    Small letters; of what is left without markup only letters, numbers, ``_``, ``-`` and spaces, each space as a
    hyphen (as its readers know the rule; GitHub does not document it).
    """
    bare = _TAG.sub("", _LINK.sub(r"\1", _EXPLICIT.sub("", heading)))
    return re.sub(r"[^\w\s-]", "", bare.strip().casefold()).replace(" ", "-").strip("\n")
