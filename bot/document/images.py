"""Blocks of nothing but images: where each is, in time linear in the text."""

from __future__ import annotations

import re

_IMAGE = re.compile(
    r"!\[((?:[^\[\]\\]|\\.|\[[^\]]*\])*)\](?:\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)|\[[^\]]*\])"
)
_INK = re.compile(r"\S")


def images(raw: str, at: int) -> list[re.Match[str]]:
    """The images from ``at`` to the end; empty if there is anything else."""
    found = []
    while rest := _INK.search(raw, at):
        image = _IMAGE.match(raw, rest.start())
        if not image:
            return []
        found.append(image)
        at = image.end()
    return found
