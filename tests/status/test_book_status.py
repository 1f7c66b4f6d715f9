"""The totals of a language and the chapters of a book."""

from __future__ import annotations

import pytest
from support.statuses import DONE, ENGLISH, PRICES, ZH, status

from bot.status.book_status import BookStatus, LanguageStatus
from bot.status.document_status import Amount, DocumentStatus


def test_what_is_translated_and_what_is_to_do_add_up_to_what_is_known() -> None:
    book = status()
    assert book.total == Amount(100, 10_000)
    unknown = ENGLISH["sails/wind.md"]  # its translation has no baseline
    assert ZH.todo == Amount(5 + 1 + 2 + 10, 400 + 100 + 200 + 1_000)
    assert ZH.done + ZH.todo + unknown == book.total
    assert book.share(ZH) == pytest.approx(0.63)


def test_documents_are_counted_by_what_they_have() -> None:
    assert (ZH.translated, ZH.current) == (6, 3)
    assert (DONE.translated, DONE.current) == (7, 7)


def test_a_language_is_behind_since_its_oldest_change() -> None:
    assert ZH.since == 1_600_000_000
    assert DONE.since is None


def test_catching_up_costs_what_each_engine_takes() -> None:
    costs = status().costs(ZH)
    assert costs["amazon"] == pytest.approx(1_700 * 60 / 1e6)
    assert costs["memory_only"] == costs["smt"] == 0
    assert set(status().costs(DONE).values()) == {0}


def test_a_book_without_prose_is_translated() -> None:
    assert BookStatus("a", {}, (), PRICES).share(LanguageStatus("zh")) == 1


@pytest.mark.parametrize(
    ("paths", "chapters"),
    [
        (["index.md", "one/a.md", "one/b/c.md", "two/a.md"], ["", "one", "two"]),
        (["docs/en/index.md", "docs/en/one/a.md", "docs/en/two/a.md"], ["", "one", "two"]),
        (["docs/a.md", "docs/b.md"], [""]),
        (["one/a/x.md", "one/b/y.md"], ["a", "b"]),
        ([], []),
    ],
)
def test_chapters_are_the_first_folders_that_differ(paths: list[str], chapters: list[str]) -> None:
    found = BookStatus("a", dict.fromkeys(paths, Amount()), (), {}).chapters
    assert list(found) == chapters
    assert sorted(p for inside in found.values() for p in inside) == paths


def test_what_english_has_no_longer_is_still_in_its_chapter() -> None:
    assert "sails/old.md" in status().chapters["sails"]


def test_an_orphan_is_neither_translated_nor_to_do() -> None:
    orphan = DocumentStatus("a.md", "a.md", "orphan")
    assert (orphan.todo, orphan.translated) == (Amount(), Amount())
