"""The command line before any command."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from support.worlds import CHAPTER, world

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


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["snyc"], "there is no command 'snyc': did you mean sync?"),
        (["xyz"], "there is no command 'xyz' (amts --help lists all)"),
        (["sync", "--langauge", "zh"], "'--langauge' is not known here: did you mean --language?"),
        (["status", "zh"], "usage: amts status"),
        (["-q", "sync"], "'-q' is not known here: options go behind the command"),
        (["sync", "--language", " , "], "argument --language: the value is empty"),
        (["adopt", "--json", "-", "--list=-"], "--list and --json cannot both be standard output"),
        (["parallel-data", "build", "--report", "-"], "--output and --report cannot both be standard output"),
    ],
)
def test_a_slip_of_the_pen(words: list[str], meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2 and meant in capsys.readouterr().err


def test_without_git(tmp_path: Path) -> None:
    """In a process of its own, since the library that runs git looks for it when it is imported."""
    environment = {**os.environ, "PATH": str(tmp_path), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bot", "sync"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 1 and done.stderr.startswith("amts: git is missing") and "Traceback" not in done.stderr


def test_the_settings_are_found_from_a_folder_of_the_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    here = world(tmp_path)
    deep = here.config.parent / "a" / "b"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert main(["status"]) == 0
    # A variable is stronger than what is found, and an option than both.
    monkeypatch.setenv("AMTS_CONFIG", str(tmp_path / "none.yml"))
    assert main(["status"]) == 1 and "none.yml cannot be read" in capsys.readouterr().err
    assert main(["status", "--config", str(here.config)]) == 0


def test_quiet_prints_errors_only(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    here = world(tmp_path)
    for words in (["status"], ["sync", "--dry-run"], ["sync"], ["effort"], ["doctor"]):
        status = main([*words, "--config", str(here.config), "-q"])
        out, err = capfd.readouterr()
        assert out == "" and (err == "" or status == 1), words
    assert main(["plan", "--json", "-", "-q", "--config", str(here.config)]) == 0
    out, err = capfd.readouterr()
    assert out.startswith("{") and not err, "what was asked for is no chatter"


def test_several_languages_with_commas(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = world(tmp_path)
    for command in ("sync", "status", "plan --json -"):
        words = [*command.split(), "--config", str(here.config), "--language"]
        assert main([*words, "es,es"]) == 0
        assert main([*words, "es,zz"]) == 1
        assert "no language zz" in capsys.readouterr().err


def test_the_only_language_need_not_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = world(tmp_path)
    words = ["parallel-data", "build", "--format", "csv", "--config", str(here.config)]
    assert main(words) == 0
    only = capsys.readouterr().out
    assert main([*words, "--language", "es"]) == 0
    assert capsys.readouterr().out == only and only
    assert main(["adopt", "--config", str(here.config)]) == 0
    capsys.readouterr()
    text = here.config.read_text()
    second = "  - language: pt\n    repository: ../pt\n    baseline: lock\n"
    here.config.write_text(text.replace("  - language: es", f"{second}  - language: es", 1))
    for command in ("adopt", "retranslate", "reviewed", "evaluate", "parallel-data build"):
        assert main([*command.split(), "--config", str(here.config)]) == 1
        assert "no language is named" in (said := capsys.readouterr().err) and "pt, es" in said, command


def test_no_color(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    here = world(tmp_path)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert main(["doctor", "--config", str(here.config)]) in (0, 1)
    colors = "\x1b[31m", "\x1b[32m", "\x1b[33m"
    out = capsys.readouterr().out
    assert any(color in out for color in colors)
    monkeypatch.setenv("NO_COLOR", "")  # so that it is put back afterwards
    assert main(["doctor", "--no-color", "--config", str(here.config)]) in (0, 1)
    out = capsys.readouterr().out
    assert out and not any(color in out for color in colors)


def test_an_engine_on_this_machine_sends_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = world(tmp_path)
    here.push({"boats.md": CHAPTER + "\nOars are made of wood.\n"})
    assert main(["sync", "--dry-run", "--config", str(here.config)]) == 0
    out = capsys.readouterr().out
    assert "nothing would be sent" in out and "would be sent:" in out and "USD" not in out
