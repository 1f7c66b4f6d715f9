"""Which cells of three notebooks are the same: by ids where they agree, else by what is in them."""

from __future__ import annotations

from support.notebooks import Json, code, markdown, notebook, text

from bot.alignment.cells import names
from bot.document.notebook import read

HULL = "The hull of a boat keeps the water out, and its crew dry."
SAIL = "Some wind fills the sail. It pushes the boat ahead. Then sailors rest for a while."
CASCO = "El casco de un barco no deja entrar el agua, y su gente sigue seca."
VELA = "Un poco de viento llena la vela. Empuja el barco. Los marineros descansan un rato."


def pairs(old: list[Json], new: list[Json], target: list[Json]) -> tuple[list[int], list[int]]:
    """For each cell of the new English and of the translation: the cell of the old English that it is, or -1."""
    found = names(*(read(text(notebook(*cells)), "a.ipynb").page for cells in (old, new, target)))
    assert all(len(set(side)) == len(side) for side in (found.old, found.new, found.target))
    places = {name: n for n, name in enumerate(found.old)}
    return [places.get(n, -1) for n in found.new], [places.get(n, -1) for n in found.target]


def test_ids_that_agree_are_identity_whatever_is_in_the_cells() -> None:
    old = [markdown(HULL, "a"), code("x = 1", "b"), markdown(SAIL, "c")]
    new = [markdown(SAIL, "c"), markdown("Nothing like it.", "a"), code("x = 1", "b")]
    target = [markdown("¿?", "a"), code("x = 1", "b"), markdown("!", "t"), markdown("¡!", "c")]
    assert pairs(old, new, target) == ([2, 0, 1], [0, 1, -1, 2])


def test_without_ids_cells_are_paired_by_their_content() -> None:
    old = [markdown(HULL), code("area = 3 * 4"), markdown(SAIL)]
    new = [markdown("# Boats"), markdown(HULL), code("area = 3 * 4\nprint(area)"), markdown(SAIL)]
    target = [markdown(CASCO), code("area = 3 * 4"), markdown(VELA)]
    assert pairs(old, new, target) == ([-1, 0, 1, 2], [0, 1, 2])


def test_ids_that_do_not_agree_are_no_obstacle() -> None:
    old = [markdown(HULL, "a"), code("area = 3 * 4", "b"), markdown(SAIL, "c")]
    target = [markdown(CASCO, "x"), code("area = 3 * 4", "y"), markdown(VELA, "z")]
    assert pairs(old, old, target) == ([0, 1, 2], [0, 1, 2])


def test_ids_that_only_count_the_cells_are_not_believed() -> None:
    old = [code(f"value_{n} = {n}", f"cell-{n}") for n in range(4)]
    new = [code(s, f"cell-{n}") for n, s in enumerate(["import boat", *(f"value_{n} = {n}" for n in range(4))])]
    assert pairs(old, new, old)[0] == [-1, 0, 1, 2, 3]
    assert pairs(old, old, new)[1] == [-1, 0, 1, 2, 3]


def test_cells_of_different_types_are_never_the_same() -> None:
    assert pairs([code("x = 1", "a")], [markdown("x = 1", "a")], [code("x = 1", "a")]) == ([-1], [0])


def test_what_the_translation_already_has_of_the_new_english_is_the_same_cell() -> None:
    old, added = [markdown(HULL, "a")], markdown(SAIL, "b")
    found = names(*(read(text(notebook(*c)), "a").page for c in (old, [*old, added], [*old, markdown(VELA, "b")])))
    assert found.new[1] == found.target[1] not in found.old


def test_empty_notebooks_have_no_names() -> None:
    assert pairs([], [], []) == ([], [])
