"""The command line before any command."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

from bot.cli.main import PYTHON, main

ROOT = Path(__file__).resolve().parents[2]


def test_a_python_that_would_damage_texts_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 11, 2, "final", 0))
    assert main(["status"]) == 1
    assert "Python 3.11.2 is too old" in capsys.readouterr().err


def test_the_package_asks_for_the_same_python() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["requires-python"].startswith(f">={'.'.join(map(str, PYTHON))},")
