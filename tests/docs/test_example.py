"""The example of the page about planning comes out as the page shows it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.cli.main import main

PICTURE = Path(__file__).parents[2] / "docs/static/one-push.svg"
PAGE = (Path(__file__).parents[2] / "docs/example.md").read_text(encoding="utf-8")


def test_the_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    *given, expected = re.findall(r"^```markdown\n(.*?)^```", PAGE, re.M | re.S)
    for name, text in zip(("old-en", "old-es", "new-en"), given, strict=True):
        Path(f"{name}.md").write_text(text, encoding="utf-8")
    (command,) = re.findall(r"^amts draft .*", PAGE, re.M)
    assert main(shlex.split(command)[1:]) == 0
    assert Path("draft.md").read_text(encoding="utf-8") == expected


def test_the_picture_of_the_readme_shows_this_example() -> None:
    page = " ".join(PAGE.split())
    english, translation = ElementTree.parse(PICTURE).getroot().findall("{*}g[@class='text']")
    for side in english, translation:
        texts = [text.text or "" for text in side.findall("{*}text")]
        assert texts and all(text in page for text in texts), texts
