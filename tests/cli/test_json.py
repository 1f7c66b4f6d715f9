"""``--json -``: standard output has one JSON document and nothing else; what people read is on standard error."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from support.accounts import SETTINGS, Account
from support.worlds import CHAPTER, World, world

from bot.cli.main import COMMANDS, main

ROOT = Path(__file__).resolve().parents[2]

Json = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.clock.time.sleep", lambda seconds: None)


@pytest.fixture
def read(capfd: pytest.CaptureFixture[str]) -> Json:
    """Runs a command with ``--json -``; the document that it writes, with ``status`` for the exit status."""

    def run(book: World, *words: str) -> dict[str, Any]:
        capfd.readouterr()
        status = main([*words, "--config", str(book.config), "--json", "-"])
        out, err = capfd.readouterr()
        assert err.strip() or "-q" in words, "people see something too"
        found: dict[str, Any] = json.loads(out)
        assert found["version"] == 1
        return {**found, "exit": status}

    return run


def changed(folder: Path) -> World:
    book = world(folder)
    book.push({"boats.md": CHAPTER.replace("It has a hull", "It also has a hull") + "\nA rope ties the boat.\n"})
    return book


def test_sync(tmp_path: Path, read: Json) -> None:
    book = changed(tmp_path)
    found = read(book, "sync", "--estimate")
    assert found["languages"][0]["state"] == "planned" and found["languages"][0]["estimate"]["sent"] == 0
    found = read(book, "sync")
    assert found["pull_requests"] == {"es": str(tmp_path / "pull-requests" / "es-1.md")} and found["exit"] == 0
    assert found["counts"]["drafted"] == 1 and found["counts"]["kept"] == 1 and found["counts"]["english"] == 1
    assert (found["failures"], found["characters"], found["cost"], found["waiting"]) == ([], 0, 0.0, 2)
    language = found["languages"][0]
    assert (language["language"], language["state"], language["waiting"]) == ("es", "opened", 2)
    document = language["documents"][0]
    assert (document["path"], document["change"], document["status"]) == ("boats.md", "edit", "drafted")
    assert (document["to_translate"], document["to_check"]) == (1, 1)
    book.push({"oars.md": "# Oars\n"})
    language = read(book, "sync", "-q")["languages"][0]
    assert [(d["path"], d["status"]) for d in language["documents"]] == [("oars.md", "drafted"), ("boats.md", None)]


def test_a_sync_that_fails(tmp_path: Path, read: Json) -> None:
    book = changed(tmp_path)
    (tmp_path / "es" / ".git" / "HEAD").write_text("nonsense", encoding="utf-8")
    found = read(book, "sync", "-q")
    assert found["exit"] == 1 and found["failures"] == ["es"]
    assert found["languages"][0]["problem"] and found["pull_requests"] == {}


def test_a_shard_without_languages(tmp_path: Path, read: Json) -> None:
    assert read(world(tmp_path), "sync", "--shard", "2/2")["languages"] == []


def test_to_a_file(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    book, place = changed(tmp_path), tmp_path / "sync.json"
    assert book.sync("--json", str(place)) == 0
    out, err = capfd.readouterr()
    assert json.loads(place.read_text(encoding="utf-8"))["waiting"] == 2
    assert "1 language synced" in out and not err, "with a file, people read on standard output as ever"


def test_what_else_reads_a_book(tmp_path: Path, read: Json) -> None:
    book = changed(tmp_path)
    assert [d["path"] for d in read(book, "status")["languages"][0]["documents"]] == ["boats.md"]
    assert read(book, "plan")["languages"][0]["segments"][0]["english"] == "A rope ties the boat."
    assert book.sync() == 0
    found = read(book, "review")
    assert found["waiting"] == {"es": 2} and Path(found["review_pages"]["es"]).is_file() and found["failures"] == []
    found = read(book, "doctor")
    assert (found["exit"], found["problems"], found["doubtful"]) == (0, 0, 0)
    assert found["subjects"][0]["title"] == "This machine"
    assert found["subjects"][0]["findings"][1]["what"] == "git" and found["subjects"][0]["findings"][1]["fix"] == ""
    found = read(book, "adopt", "--language", "es")
    boats = next(document for document in found["documents"] if document["path"] == "boats.md")
    assert boats["confidence"] == "certain" and boats["version"]["path"] == "boats.md"
    assert found["counts"]["certain"] == 1 and found["pull_request"] is None
    found = read(book, "reviewed", "--language", "es")
    assert found["documents"] == [{"path": "boats.md", "reviewed": 1}] and found["to_translate"] == 1
    assert re.fullmatch("[0-9a-f]{40}", found["commit"])


def test_what_amazon_has(tmp_path: Path, account: Account, read: Json, monkeypatch: pytest.MonkeyPatch) -> None:
    book = changed(tmp_path)
    book.config.write_text(book.config.read_text(encoding="utf-8") + SETTINGS, encoding="utf-8")
    found = read(book, "sync")
    assert found["characters"] > 0 and found["counts"]["translated"] == 1
    found = read(book, "retranslate", "--language", "es")
    assert found["pull_request"] and found["documents"][0]["path"] == "boats.md"
    found = read(book, "parallel-data", "show", "--language", "es")
    assert (found["name"], found["status"], found["failed"]) == ("amts-es", "ACTIVE", 0) and found["imported"] > 0
    assert read(book, "parallel-data", "push", "--language", "es")["imported"] == found["imported"]
    monkeypatch.setattr("bot.engines.amazon.cleaning.SETTLED", timedelta(seconds=-60))
    found = read(book, "amazon", "clean")
    assert not found["deleted"] and found["objects"][0]["uri"].startswith("s3://")
    assert found["bytes"] == sum(one["bytes"] for one in found["objects"])
    assert read(book, "parallel-data", "delete", "--language", "es")["deleted"] is True


def test_every_field_of_a_sync_is_documented(tmp_path: Path, read: Json) -> None:
    page = (ROOT / "docs" / "terminal.md").read_text(encoding="utf-8")
    found = read(changed(tmp_path), "sync", "--estimate")
    language = found["languages"][0]
    names = {*found, *language, *language["documents"][0], *language["estimate"]} - {"exit"}
    assert not [name for name in names if f"`{name}`" not in page]


def test_every_command_with_json_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "terminal.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        with pytest.raises(SystemExit):
            main([*name.split(), "--help"])
        assert "--json" not in capsys.readouterr().out or f"`{name}`" in page, name


@pytest.mark.parametrize("name", ["there is/none.json", ".", "amts.yml/x.json"])
def test_a_file_that_cannot_be_written_is_refused_before_anything_is_done(
    tmp_path: Path, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    book = changed(tmp_path)
    assert book.sync("--json", str(tmp_path / name)) == 1
    out, err = capfd.readouterr()
    assert "cannot be written" in err and not out and book.branch() is None


def test_an_empty_name_is_wrong_usage(tmp_path: Path) -> None:
    book = changed(tmp_path)
    with pytest.raises(SystemExit, match="2"):
        book.sync("--json", "")
    assert book.branch() is None


@pytest.mark.parametrize("where", ["/dev/full", ""])
@pytest.mark.parametrize("words", [("status", "--json", "-"), ("completion", "bash")])
def test_a_standard_output_that_takes_nothing_is_no_bug(tmp_path: Path, where: str, words: tuple[str, ...]) -> None:
    book = changed(tmp_path)
    shell = f'exec "$0" -m bot {" ".join(words)} {">" + where if where else ">&-"}'
    done = subprocess.run(
        ["bash", "-c", shell, sys.executable],
        env={**os.environ, "PYTHONPATH": str(ROOT), "AMTS_CONFIG": str(book.config)},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert (done.returncode, "standard output cannot be written" in done.stderr) == (1, True), done.stderr
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr
