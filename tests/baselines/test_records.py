"""Where it is written which English a translated document corresponds to."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.baselines.layout import Layout
from bot.baselines.records import Baselines, Recorded, Records, is_lock, lock_name, lock_text, sibling_path
from bot.contracts import LOCK
from bot.errors import AmtsError

PATHS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
RECORDS = st.dictionaries(PATHS, st.builds(Recorded, PATHS, st.text("0123456789abcdef", min_size=1)), max_size=5)


def unread(_: str) -> bytes:
    raise AssertionError("nothing to read")


def nowhere(commit: str, path: str) -> None:
    raise AssertionError("no commit to look at")


LOCKED, SIBLINGS = Records("lock"), Records("sibling")


def lock(data: bytes) -> Baselines:
    return LOCKED.read({LOCK: "1"}, {"1": data}.__getitem__, nowhere)


@settings(max_examples=50, derandomize=True)
@given(RECORDS)
def test_a_lock_says_what_was_written(records: dict[str, Recorded]) -> None:
    assert lock(lock_text(records).encode()) == Baselines(LOCKED, records)


def test_a_lock_is_sorted_with_a_value_a_line_so_that_merges_stay_small() -> None:
    one, two = Recorded("a.md", "11"), Recorded("глава/b.md", "22")
    text = lock_text({"b.md": two, "a.md": one})
    assert text == lock_text({"a.md": one, "b.md": two}) and text.endswith("}\n") and "глава/b.md" in text
    assert len(text.splitlines()) == 13 and text.index('"a.md"') < text.index('"b.md"')
    assert json.loads(text)["version"] == 1


def test_without_a_lock_nothing_is_recorded() -> None:
    assert LOCKED.read({"a.md": "1"}, unread, nowhere) == Baselines(LOCKED, {})


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
    assert SIBLINGS.read(files, unread, nowhere).of == {
        "a.md": Recorded("a.md", "2"),
        "sea/b.md": Recorded("sea/b.md", "4"),
    }


@pytest.mark.parametrize(
    ("path", "record"),
    [("sea/a_origin.md", True), ("sea/a.md", False), (LOCK, True), (f"sea/{LOCK}", False)],
)
def test_a_record_is_no_document(path: str, record: bool) -> None:
    assert SIBLINGS.is_record(path) is record
    assert LOCKED.is_record(path) is (record and path == LOCK)


def test_a_sibling_stands_beside_its_document_and_is_found_again() -> None:
    assert sibling_path("sea/a.md") == "sea/a_origin.md"
    files = {"sea/a.md": "1", sibling_path("sea/a.md"): "2"}
    assert SIBLINGS.read(files, unread, nowhere).of == {"sea/a.md": Recorded("sea/a.md", "2")}


def test_siblings_and_locks_follow_the_layout() -> None:
    files = {"docs/zh/a.md": "1", "docs/zh/a_origin.md": "2", "docs/en/b.md": "3", "docs/en/b_origin.md": "4"}
    layout = Layout("zh", "docs/{lang}/{path}", "docs/{lang}/{path}")
    assert Records("sibling", layout).read(files, unread, nowhere).of == {"docs/zh/a.md": Recorded("docs/en/a.md", "2")}
    assert (lock_name("zh", True), lock_name("zh", False)) == ("amts.zh.lock", LOCK)
    assert is_lock("amts.zh.lock") and is_lock(LOCK) and not is_lock("amts.yml")
    shared = Records("lock", layout, "amts.zh.lock")
    assert shared.read({LOCK: "1"}, unread, nowhere).of == {}


def test_front_matter_names_a_commit_whose_blob_is_the_baseline() -> None:
    texts = {
        "a.md": "---\ntitle: A\ndefault_lang_commit: 1234567 # patched\n---\n\nText\n",
        "b.md": "---\ntitle: B\n---\n",
        "c.md": "---\ndefault_lang_commit: 7654321\n---\n",
        "d.txt": "---\ndefault_lang_commit: 1234567\n---\n",
    }
    known = {("1234567", "a.md"): "b10b"}
    found = Records("front-matter").read(
        {p: p for p in texts}, lambda p: texts[p].encode(), lambda c, p: known.get((c, p))
    )
    assert found.of == {"a.md": Recorded("a.md", "b10b"), "c.md": Recorded("c.md", "7654321:c.md")}
    nested = Records("front-matter", key="l10n.sourceCommit")
    text = "---\ntitle: A\nl10n:\n  sourceCommit: 1234567\n---\n"
    assert nested.read({"a.md": ""}, lambda _: text.encode(), lambda c, p: known[c, p]).of == {
        "a.md": Recorded("a.md", "b10b")
    }
