"""The file that travels in a translation: what is written is read, and what people break is ignored."""

from __future__ import annotations

import json
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from bot.review.record import Entry, State, key, read, written

WORDS = st.text(max_size=30)
KEYS = st.lists(st.text("0123456789abcdef", min_size=12, max_size=12), min_size=1, max_size=3).map(tuple)
ENTRIES = st.builds(Entry, WORDS, st.sampled_from(get_args(State)), KEYS, KEYS, WORDS, WORDS, st.booleans())


@given(st.lists(ENTRIES, max_size=5), st.randoms(use_true_random=False))
def test_what_is_written_is_read_in_any_order(entries: list[Entry], random: object) -> None:
    data = written(entries)
    assert sorted(map(repr, read(data))) == sorted(map(repr, entries))
    random.shuffle(entries)  # type: ignore[attr-defined]
    assert written(entries) == data
    assert len(data.decode().splitlines()) == len(entries) + 1


@given(st.binary(max_size=200) | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(json.dumps))
def test_what_is_no_entry_is_ignored(data: bytes | str) -> None:
    good = Entry("a.md", "draft", ("1",), ("2",), "Old.", "Viejo.")
    raw = data if isinstance(data, bytes) else data.encode()
    assert good in read(b"<<<<<<< ours\n" + raw + b"\n" + written([good]) + b'{"path": "a.md"}\n[]\n{"path": 1}\n')


def test_a_key_does_not_depend_on_white_space() -> None:
    assert key("One  two\n three") == key(" One two three ") != key("One two four")
