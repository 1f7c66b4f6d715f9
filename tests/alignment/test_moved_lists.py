"""Lists that translators put at another place."""

from __future__ import annotations

import pytest

from bot.alignment.blocks import align_translation
from bot.document.markdown import parse

ENGLISH = (
    "# Boats\n\nBoats are old. They carry people.\n\n{items}\n\n## Oars\n\nOars are long.\n\n## Harbours\n\nSafe.\n"
)
OURS = (
    "# Barcos\n\nLos barcos son viejos. Llevan gente.\n\n## Remos\n\nSon largos.\n\n## Puertos\n\nSeguro.\n\n{items}\n"
)
ITEMS = "- Take the sail down.\n- Fold it well.\n- Keep it dry."


def partners(items: str, ours: str) -> list[tuple[str, str]]:
    source, target = parse(ENGLISH.format(items=items)).blocks, parse(OURS.format(items=ours)).blocks
    beads = align_translation(source, target)
    pairs = [(source[left[0]], target[right[0]]) for left, right in beads if left and right]
    assert sorted(i for left, _ in beads for i in left) == [*range(len(source))]
    assert sorted(j for _, right in beads for j in right) == [*range(len(target))]
    return [(one.contents[0], other.contents[0]) for one, other in pairs if one.info == other.info == "item"]


def test_items_are_partners_in_their_order() -> None:
    assert partners(ITEMS, "- Baja la vela.\n- Dóblala bien.\n- Mantenla seca.") == [
        ("Take the sail down.", "Baja la vela."),
        ("Fold it well.", "Dóblala bien."),
        ("Keep it dry.", "Mantenla seca."),
    ]


@pytest.mark.parametrize(
    ("items", "ours"),
    [
        (ITEMS, "- Baja la vela.\n- Dóblala bien."),
        (ITEMS, "1. Baja la vela.\n2. Dóblala bien.\n   - Mantenla seca."),
        ("- Fold it.\n- Keep it dry.", "- Dóblala.\n- Mantenla seca."),
        (ITEMS, "- Baja la vela con mucho cuidado, que el viento es fuerte y el mástil viejo.\n- Dóblala bien.\n- No."),
        (
            ITEMS,
            "- Baja la vela.\n- Dóblala bien.\n- Mantenla seca.\n\n---\n\n- Sube.\n- Dobla.\n- Mantente.",
        ),
    ],
)
def test_lists_that_may_be_others_are_no_partners(items: str, ours: str) -> None:
    assert partners(items, ours) == []


def test_two_items_with_a_name_in_common_are_partners() -> None:
    items, ours = "- Fold `jib`.\n- Keep it dry.", "- Dobla `jib`.\n- Mantenla seca."
    assert partners(items, ours) == [("Fold `jib`.", "Dobla `jib`."), ("Keep it dry.", "Mantenla seca.")]
