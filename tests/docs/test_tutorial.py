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
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Ana")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "ana@example.org")
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
        for line in filter(None, shown.splitlines()):
            pattern = re.escape(line).replace("…", ".+")
            assert re.search(rf"^{pattern}$", printed, re.M), f"{line!r} is not in {printed}"
    assert done >= 15
    for named in re.findall(r"pull-requests/es-1\.\w+", PAGE):
        assert Path(named).is_file()
