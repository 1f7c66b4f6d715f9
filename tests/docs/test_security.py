"""Every boundary of the threat model names the test that shows it, and that test exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`((?:tests|\.github)/[^`]+)`", PAGE)))


@pytest.mark.parametrize("name", NAMED)
def test_what_shows_it_exists(name: str) -> None:
    path, _, test = name.partition("::")
    assert (ROOT / path).is_file()
    if test:
        assert re.search(rf"^def {test}\(", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)


def test_no_boundary_is_without_one() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| attempt")]
    assert len(rows) > 30
    for row in rows:
        *_, shown = row.strip("| ").split(" | ")
        assert re.search(r"`[^`]+`$", shown), row
