"""Every command of the tutorial works as it is printed, and what the page shows is what comes out."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.main import main

PAGE = (Path(__file__).parents[2] / "docs/tutorial.md").read_text(encoding="utf-8")


def steps() -> Iterator[tuple[str, str]]:
    """The blocks of the page in their order: commands, each with what is shown below it."""
    blocks = re.findall(r"^```(sh|text)\n(.*?)^```", PAGE, re.M | re.S)
    for (kind, text), (after, shown) in zip(blocks, [*blocks[1:], ("", "")], strict=True):
        if kind == "sh":
            yield text, shown if after == "text" else ""


def commands(text: str) -> list[str]:
    """The commands of a block: each of AMTS and each ``cd`` alone, since the test runs them itself."""
    parts = re.split(r"^((?:amts|cd) .*)\n", text, flags=re.M)
    return [part for part in parts if part.strip()]


def test_the_tutorial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    # A machine on which git does not know anybody yet.
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / ".gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for role in ("AUTHOR", "COMMITTER"):
        for what in ("NAME", "EMAIL"):
            monkeypatch.delenv(f"GIT_{role}_{what}", raising=False)
    done = 0
    for text, shown in steps():
        for command in commands(text):
            if command.startswith("cd "):
                monkeypatch.chdir(command.split()[1])
            elif command.startswith("amts "):
                assert main(shlex.split(command)[1:]) == 0, command
            else:
                subprocess.run(["bash", "-eu", "-c", command], check=True)
            done += 1
        printed = re.sub(r"^  … .*\n", "", "".join(capfd.readouterr()), flags=re.M)
        lines, expected = ([x.rstrip() for x in text.splitlines() if x.strip()] for text in (printed, shown))
        assert len(lines) == len(expected), printed
        for line, pattern in zip(lines, expected, strict=True):
            assert re.fullmatch(re.escape(pattern).replace("…", ".+"), line), f"{line!r} is not {pattern!r}"
    assert done >= 15
    for named in re.findall(r"pull-requests/es-1\.\w+", PAGE):
        assert Path(named).is_file()
