"""Sections with the same heading in both languages, such as the name of a product: what is in them belongs together."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.alignment.sequences import unique_pairs
from bot.document.sentences import speaks

if TYPE_CHECKING:
    from bot.alignment.blocks import Face


def within_sections(left: Sequence[Face], right: Sequence[Face]) -> tuple[list[Face], list[Face]]:
    """The blocks, of which texts are within the section that they are in if both sides have its heading."""
    sides = [[heading_key(one) for one in faces] for faces in (left, right)]
    names = {sides[0][i] for i, _ in unique_pairs(*sides)}
    out: tuple[list[Face], list[Face]] = [], []
    for faces, found in zip((left, right), out, strict=True):
        section = ""
        for one in faces:
            if one.group == "heading":
                section = one.key if heading_key(one) in names else ""
            found.append(replace(one, within=section) if section and one.group == "text" and not one.within else one)
    return out


def heading_key(one: Face) -> Hashable:
    """Equal for two headings of the same level with the same words; None for other blocks."""
    return (one.group, one.key, one.info) if one.group == "heading" and speaks(one.key) else None
