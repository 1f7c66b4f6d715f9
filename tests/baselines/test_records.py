"""Where it is written which English a translated document corresponds to."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.baselines.records import Baselines, Recorded, is_record, lock_text, read, sibling_path
from bot.contracts import LOCK
from bot.errors import AmtsError

PATHS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
RECORDS = st.dictionaries(PATHS, st.builds(Recorded, PATHS, st.text("0123456789abcdef", min_size=1)), max_size=5)


def unread(_: str) -> bytes:
    raise AssertionError("nothing to read")


def lock(data: bytes) -> Baselines:
    return read("lock", {LOCK: "1"}, {"1": data}.__getitem__)


@settings(max_examples=50, derandomize=True)
@given(RECORDS)
def test_a_lock_says_what_was_written(records: dict[str, Recorded]) -> None:
    assert lock(lock_text(records).encode()) == Baselines("lock", records)


def test_a_lock_is_sorted_with_a_value_a_line_so_that_merges_stay_small() -> None:
    one, two = Recorded("a.md", "11"), Recorded("глава/b.md", "22")
    text = lock_text({"b.md": two, "a.md": one})
    assert text == lock_text({"a.md": one, "b.md": two}) and text.endswith("}\n") and "глава/b.md" in text
    assert len(text.splitlines()) == 13 and text.index('"a.md"') < text.index('"b.md"')
    assert json.loads(text)["version"] == 1


def test_without_a_lock_nothing_is_recorded() -> None:
    assert read("lock", {"a.md": "1"}, unread) == Baselines("lock", {})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"documents": 3}',
        b'{"documents": {"a.md": {}}}',
        b'{"documents": {"a.md": []}}',
        b'{"documents": {"a.md": {"source": "a.md"}}}',
        b"\xff\xfe\xfd",
        b"<<<<<<< HEAD\n{}\n",
        b"[" * 100_000,
    ],
)
def test_a_broken_lock_is_an_error_that_says_what_to_do(data: bytes) -> None:
    with pytest.raises(AmtsError, match=r"amts\.lock cannot be read") as caught:
        lock(data)
    assert "earlier commit" in caught.value.fix


def test_siblings_are_read_from_names_alone() -> None:
    files = {"a.md": "1", "a_origin.md": "2", "sea/b.md": "3", "sea/b_origin.md": "4", "c.md": "5", "d_origin.md": "6"}
    assert read("sibling", files, unread).of == {"a.md": Recorded("a.md", "2"), "sea/b.md": Recorded("sea/b.md", "4")}


@pytest.mark.parametrize(
    ("path", "record"),
    [("sea/a_origin.md", True), ("sea/a.md", False), (LOCK, True), (f"sea/{LOCK}", False)],
)
def test_a_record_is_no_document(path: str, record: bool) -> None:
    assert is_record(path) is record


def test_a_sibling_stands_beside_its_document_and_is_found_again() -> None:
    assert sibling_path("sea/a.md") == "sea/a_origin.md"
    files = {"sea/a.md": "1", sibling_path("sea/a.md"): "2"}
    assert read("sibling", files, unread).of == {"sea/a.md": Recorded("sea/a.md", "2")}
