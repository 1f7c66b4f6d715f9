"""The translator's guide exists in every language of the pages, and uses their words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LANGUAGES = sorted(path.stem for path in (ROOT / "bot/reporting/languages").glob("*.json"))
STATES = ("state.english", "state.draft", "state.reused", "state.kept")


def test_there_is_a_guide_in_every_language() -> None:
    assert sorted(path.stem for path in (ROOT / "docs/translators").glob("*.md")) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guide_names_states_as_the_pages_do(language: str) -> None:
    texts = json.loads((ROOT / f"bot/reporting/languages/{language}.json").read_text(encoding="utf-8"))["texts"]
    guide = (ROOT / f"docs/translators/{language}.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ")[0] for line in guide.splitlines() if line.startswith("| ")]
    (gone,) = re.findall(r"\*\*(.+?)\*\*", texts["gone"])
    assert rows[1:] == [*(texts[key] for key in STATES), gone]


@pytest.mark.parametrize("language", LANGUAGES)
def test_guides_say_the_same(language: str) -> None:
    """As many sections, steps and warnings, and the same names and commands, as in English."""
    english, guide = ((ROOT / f"docs/translators/{n}.md").read_text(encoding="utf-8") for n in ("en", language))
    for pattern in (r"^##? ", r"^\d\. ", r"^- ", r"^\|"):
        assert len(re.findall(pattern, guide, re.M)) == len(re.findall(pattern, english, re.M)), pattern
    # Each names the branch with the code of its own language; the English page has that of Spanish.
    guide = guide.replace(f"amts/sync-{language}", "amts/sync-es")
    assert set(re.findall(r"`[^`]+`", guide)) == set(re.findall(r"`[^`]+`", english))
