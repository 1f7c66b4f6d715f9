"""The scripts of ``amts completion``, in the shells that are here."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from bot.cli.commands.completion import SHELLS
from bot.cli.main import COMMANDS, main

TRY = """
source "$1"
shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
function=$(complete -p amts | sed 's/.*-F \\([^ ]*\\).*/\\1/')
"$function" amts "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
echo "${COMPREPLY[@]}"
"""


@pytest.fixture
def bash(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["completion", "bash"]) == 0
    place = tmp_path / "amts.bash"
    place.write_text(capsys.readouterr().out, encoding="utf-8")
    return place


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["sy"], "sync"),
        (["parallel-data", "s"], "show"),
        (["sync", "--dr"], "--dry-run"),
        (["sync", "--engine", "sm"], "smt"),
        (["parallel-data", "build", "--gran"], "--granularity"),
        (["status", "--config", "FOLDER/amts.b"], "FOLDER/amts.bash"),
    ],
)
def test_bash_completes(bash: Path, words: list[str], found: str) -> None:
    given = [word.replace("FOLDER", str(bash.parent)) for word in words]
    done = subprocess.run(
        ["bash", "-c", TRY, "try", str(bash), "amts", *given], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [found.replace("FOLDER", str(bash.parent))]


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_and_option_is_in_the_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    for name in COMMANDS:
        assert name.split()[-1] in script
    assert "max-sentences" in script and "no-color" in script


@pytest.mark.parametrize("shell", SHELLS)
def test_the_shell_can_read_its_script(shell: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    assert main(["completion", shell]) == 0
    place = tmp_path / "script"
    place.write_text(capsys.readouterr().out, encoding="utf-8")
    subprocess.run([shell, "-n", str(place)], check=True)
