"""The status of a book for programs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from support.statuses import DONE, ZH, status

from bot.status.status_json import json_text

PAGE = Path(__file__).parents[2] / "docs" / "status.md"

FOUND = json.loads(json_text(status()))


def test_the_book_and_each_language_have_their_totals() -> None:
    assert FOUND["version"] == 1
    assert FOUND["english"] == {"commit": "a" * 40, "documents": 7, "sentences": 100, "characters": 10_000}
    chinese, done, broken = FOUND["languages"]
    assert chinese["coverage"] == {"documents": 0.4286, "sentences": 0.62, "characters": 0.63}
    assert chinese["to_translate"] == {"sentences": 18, "characters": 1_700}
    assert chinese["translated"] == {"documents": 6, "sentences": 62, "characters": 6_300}
    assert chinese["behind_since"] == "2020-09-13T12:26:40Z"
    assert chinese["cost_usd"] == {"memory_only": 0, "smt": 0, "amazon": pytest.approx(0.102)}
    assert done["coverage"] == {"documents": 1, "sentences": 1, "characters": 1}
    assert done["behind_since"] is None
    assert broken == {"language": "ar", "problem": "amts.lock cannot be <read>: x"}


def test_the_states_add_up_to_the_documents() -> None:
    for language, known in zip(FOUND["languages"], (ZH, DONE), strict=False):
        assert sum(language["states"].values()) == len(language["documents"]) == len(known.documents)


def test_a_document_has_all_its_figures() -> None:
    found = FOUND["languages"][0]["documents"][1]
    assert found == {
        "path": "boats/index.md",
        "source_path": "boats/index.md",
        "moved": False,
        "title": "Boats",
        "translated_title": "船",
        "state": "behind",
        "english": {"sentences": 20, "characters": 2_000},
        "changed": {"sentences": 5, "characters": 400},
        "english_left": {"sentences": 1, "characters": 100},
        "to_translate": {"sentences": 6, "characters": 500},
        "recorded": {
            "commit": "e" * 40,
            "exact": False,
            "commits_since": 3,
            "behind_since": "2020-09-13T12:26:40Z",
        },
        "drift": ["lacks 2 of 3 labels"],
        "machine_draft": False,
        "unreviewed": 0,
        "problem": None,
    }


def test_every_field_is_described() -> None:
    """Every key of the JSON has a row in the page about it."""
    described = set(re.findall(r"`(\w+)`", "\n".join(re.findall(r"^\|.*?\|", PAGE.read_text("utf-8"), re.M))))

    def keys(value: object) -> set[str]:
        if isinstance(value, list):
            return {key for one in value for key in keys(one)}
        if isinstance(value, dict):
            return {*value, *(key for one in value.values() for key in keys(one))}
        return set()

    states = set(FOUND["languages"][0]["states"])
    engines = set(FOUND["languages"][0]["cost_usd"])
    assert keys(FOUND) - states - engines <= described
