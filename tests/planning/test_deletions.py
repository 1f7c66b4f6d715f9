"""Which documents count as deleted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from bot.document.tree import Tree
from bot.planning.deletions import Deletion, deletions

REMOS = "Un remo es una palanca de primer género.\nSe hace de fresno o de abeto.\nMide lo que mide el barco.\n"


def found(before: Mapping[str, str], after: Mapping[str, str], moved: tuple[str, ...] = ()) -> tuple[Deletion, ...]:
    tree = Tree({path: path for path in before}, lambda path: before[path].encode())
    reads = {path: partial(bytes, text.encode()) for path, text in after.items()}
    return deletions("c" * 40, tree, list(before), reads, moved)


def test_a_document_that_is_nowhere_is_deleted() -> None:
    gone = {"a.md": REMOS}
    assert found(gone, {}) == (Deletion("a.md", "c" * 40, len(REMOS)),)
    assert found(gone, {"a.md": "Otra cosa.\n"}) == () == found(gone, {}, ("a.md",))


def test_a_document_whose_lines_are_in_a_new_file_was_moved() -> None:
    assert found({"a.md": REMOS}, {"b.md": REMOS + "Y una línea más de este texto.\n"}) == ()
    assert [d.path for d in found({"a.md": REMOS}, {"b.md": "Una marea sube dos veces al día.\n"})] == ["a.md"]
    # A file that was there before is no new place; two texts without a line to compare have nothing in common.
    assert [d.path for d in found({"a.md": REMOS, "b.md": REMOS}, {"b.md": REMOS})] == ["a.md"]
    assert [d.path for d in found({"a.md": "Sí.\n"}, {"b.md": "No.\n"})] == ["a.md"]
