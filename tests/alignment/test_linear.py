"""Long documents cost in proportion to their length: counted in steps of the dynamic programming, never in seconds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.alignment import blocks, gale_church
from bot.alignment.blocks import align_translation, align_versions
from bot.alignment.gale_church import align_sentences, best_path, piece
from bot.document.markdown import parse


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The cells of every grid that was looked at from here on."""
    seen: list[int] = []
    inner = gale_church._path_in_band

    def counted(
        rows: int, columns: int, cost: Callable[[int, int, int, int], float], moves: object, band: int
    ) -> object:
        seen.append((rows + 1) * (min(columns, 2 * band) + 1))
        return inner(rows, columns, cost, moves, band)  # type: ignore[arg-type]

    monkeypatch.setattr(gale_church, "_path_in_band", counted)
    return seen


def changelog(count: int) -> tuple[str, str]:
    english = target = ""
    for v in range(count // 4):
        english += f"## 1.{v}\n\n- Fix the parser (#{v * 7}).\n- Handle an empty line.\n- Update things.\n\n"
        target += f"## 1.{v}\n\n- Parser korrigiert (#{v * 7}).\n- Leere Zeile behandelt.\n- Dinge erneuert.\n\n"
    return english, target


def repeated(count: int) -> tuple[str, str]:
    return "The same words again.\n\n" * count, "Wieder die gleichen Worte.\n\n" * count


@pytest.mark.parametrize("make", [changelog, repeated])
def test_blocks_of_a_translation(make: Callable[[int], tuple[str, str]], steps: list[int]) -> None:
    cells = []
    for count in (250, 1000):
        steps.clear()
        english, target = (parse(text).blocks for text in make(count))
        beads = align_translation(english, target)
        assert beads == [((n,), (n,)) for n in range(len(english))]
        cells.append(sum(steps))
    assert cells[1] < 5 * cells[0] and cells[1] < 100 * len(english)


def test_blocks_of_two_versions_that_share_nothing(steps: list[int]) -> None:
    cells = []
    for count in (250, 1000):
        steps.clear()
        old, new = (parse("".join(f"{word} {n} stands here.\n\n" for n in range(count))) for word in ("That", "This"))
        assert align_versions(old.blocks, new.blocks) == [((n,), (n,)) for n in range(count)]
        cells.append(sum(steps))
    assert cells[1] < 5 * cells[0]


def test_sentences_of_a_paragraph_without_end(steps: list[int]) -> None:
    source = [piece(f"Sentence {n} says a little more." if n % 2 else f"Number {n}.") for n in range(800)]
    target = source[:300] + source[303:]
    beads = align_sentences(source, target, 1.0)
    assert sum(a == () or b == () for a, b in beads) <= 3
    assert sum(steps) < 400 * len(source)


def test_a_path_that_leans_on_the_edge_is_looked_for_further_out() -> None:
    def cost(i: int, di: int, j: int, dj: int) -> float:
        return (0.0 if j == i + 40 or (i < 300 and i == j) else 5.0) if di and dj else 1.0

    beads = best_path(600, 640, cost, ((1, 1), (1, 0), (0, 1)))
    assert sum(bool(a and b) for a, b in beads) == 600


def test_a_large_grid_of_very_uneven_sides() -> None:
    beads = best_path(3, 40_000, lambda i, di, j, dj: 0.0 if di and dj else 1.0, ((1, 1), (1, 0), (0, 1)))
    assert sum(bool(a and b) for a, b in beads) == 3


def test_prose_whose_numbers_are_unique_is_an_anchor_in_long_stretches_only() -> None:
    english, target = changelog(400)
    faces = [[blocks.face(b) for b in parse(text).blocks] for text in (english, target)]
    found = blocks._anchors(faces[0], faces[1], 1.0)
    assert len(found) >= 150 and all(i == j for i, j in found)
    assert blocks._anchors(faces[0][:40], faces[1][:40], 1.0) == []
