"""The figures on the terminal are those of the page, after one sync as after several into one pull request."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.worlds import CHAPTER, World, world


def synced(here: World, capsys: pytest.CaptureFixture[str], *more: str) -> list[str]:
    capsys.readouterr()
    assert here.sync(*more) == 0
    return capsys.readouterr().out.splitlines()


def figures(lines: list[str], start: str) -> list[str]:
    """The figures at the end of a line of the table."""
    return next(line for line in lines if line.startswith(start)).split()[-3:]


def test_a_second_sync_counts_what_the_first_one_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = world(tmp_path)
    here.push({"boats.md": CHAPTER.replace("It has a hull", "It also has a hull") + "\nA rope ties the boat.\n"})
    first = synced(here, capsys)
    assert figures(first, "boats.md") == ["7", "1", "1"] and figures(first, "1 document") == ["7", "1", "1"]
    assert "  Translate 1 sentence, check 1 kept sentence." in first
    assert first[-1] == "1 language synced; 2 sentences wait for people"
    here.push({"oars.md": "# Oars\n\nAn oar moves the boat.\n"})
    would = synced(here, capsys, "--dry-run")
    assert would[-1] == "1 language synced; 4 sentences would wait for people"
    second = synced(here, capsys)
    assert figures(second, "oars.md") == ["·", "2", "·"]
    assert figures(second, "boats.md") == ["·", "1", "1"], "what waits from the first sync is a row too"
    assert figures(second, "2 documents") == ["0", "3", "1"]
    assert "  Translate 3 sentences, check 1 kept sentence." in second
    assert "**Translate 3 sentences, check 1 kept sentence.**" in here.page()
    assert second[-1] == "1 language synced; 4 sentences wait for people"
    third = synced(here, capsys)
    waits = "4 sentences still wait in the open pull request: `amts review` shows them"
    assert third[0] == f"es  English is unchanged; {waits}"
    assert third[-1] == second[-1]


def test_no_sentence_waits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = world(tmp_path)
    here.push({"boats.md": CHAPTER.replace("area = 3 * 4", "area = 3 * 5")})
    lines = synced(here, capsys)
    assert figures(lines, "1 document")[1] == "0" and lines[-1] == "1 language synced"
    assert not [line for line in lines if re.search(r"sentences? ", line)]
