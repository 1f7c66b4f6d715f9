"""Sibling baselines of documents with any of the suffixes that Markdown has."""

from __future__ import annotations

import pytest

from bot.baselines.records import Records, document_of, sibling_path
from bot.contracts import DOCUMENTS


@pytest.mark.parametrize("suffix", DOCUMENTS)
def test_a_document_and_its_baseline_lead_to_each_other(suffix: str) -> None:
    path = f"chapter.one/a{suffix}"
    origin = sibling_path(path)
    assert origin == f"chapter.one/a_origin{suffix}"
    assert document_of(origin) == path
    assert Records("sibling").is_record(origin) and not Records("sibling").is_record(path)
    assert Records("sibling").read({path: "1", origin: "2"}, lambda blob: b"", lambda *_: None).of[path].blob == "2"


@pytest.mark.parametrize("path", ["a_origin.png", "a_origin", "_origin/a.md", "origin.md"])
def test_other_files_are_no_baselines(path: str) -> None:
    assert not document_of(path) and not Records("sibling").is_record(path)
