"""Commands and settings in the documentation are such that the program takes them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.cli.main import COMMANDS, parser
from bot.settings.values import Settings

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def blocks(language: str) -> list[tuple[str, str]]:
    found = []
    for path in PAGES:
        for text in re.findall(rf"^ *```{language}\n(.*?)^ *```", path.read_text(encoding="utf-8"), re.M | re.S):
            found.append((str(path.relative_to(ROOT)), text))
    return found


def commands() -> list[tuple[str, str]]:
    lines = [(page, line.strip()) for page, text in blocks("sh") for line in text.replace("\\\n", " ").splitlines()]
    return [(page, line) for page, line in dict.fromkeys(lines) if line.startswith("amts ")]


def test_there_is_something_to_check() -> None:
    assert len(commands()) > 40 and len(blocks("yaml")) > 10


@pytest.mark.parametrize(("page", "line"), commands())
def test_commands_have_options_that_exist(page: str, line: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    end = next((n for n, word in enumerate(words) if word in ("|", "&&", ";") or word.startswith(">")), len(words))
    words = words[:end]
    assert any(words[: len(name.split())] == name.split() for name in COMMANDS) or words[0].startswith("-"), line
    parser(words).parse_args(words)


@pytest.mark.parametrize(("page", "text"), blocks("yaml"))
def test_settings_have_keys_that_exist(page: str, text: str) -> None:
    data: Any = YAML(typ="safe").load(text)
    if isinstance(data, dict) and set(data) & set(Settings.model_fields):
        assert set(data) <= set(Settings.model_fields)
