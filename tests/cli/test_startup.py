"""What a command imports: nobody waits for a library that only others need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.worlds import world

PROCESSES = {"multiprocessing"}
"""For books of many changed documents only."""

HEAVY = {"boto3", "botocore", "github", "requests", "urllib3", "numpy", "sacrebleu", "lxml", "moto", "jieba"}
HEAVY |= {"httpx", "fxtranslate", "babel", "jinja2", "latex2mathml", "shtab"}

PROGRAM = """
import sys
from bot.cli.main import main
try:
    status = main(sys.argv[1:])
except SystemExit as end:
    status = end.code
print("\\n" + " ".join(sorted({name.split(".")[0] for name in sys.modules})))
sys.exit(status)
"""


def imported(*words: str) -> set[str]:
    """The top-level modules that are there when a command has run, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words], capture_output=True, text=True, env={**os.environ}, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


def test_help_imports_nothing_but_the_standard_library() -> None:
    found = imported("--help")
    assert not found & (HEAVY | {"git", "rich", "pydantic", "markdown_it", "rapidfuzz"})


@pytest.mark.parametrize(
    "command",
    [
        "sync",
        "draft",
        "effort",
        "evaluate",
        "action",
        "retranslate",
        "status",
        "init",
        "doctor",
        "plan",
        "apply",
        "review",
    ],
)
def test_the_help_of_a_command_imports_no_cloud_library(command: str) -> None:
    assert not imported(command, "--help") & {"boto3", "botocore", "github"}


def drafted(folder: Path, texts: dict[str, str]) -> set[str]:
    """What ``amts draft`` imports for three texts: old, new and target."""
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    given = {"--old-source": "old", "--new-source": "new", "--target": "target", "--output": "draft"}
    words = (word for option, name in given.items() for word in (option, str(folder / name)))
    return imported("draft", "--language", "es", *words)


def test_a_draft_without_an_engine_imports_no_cloud_library(tmp_path: Path) -> None:
    texts = {"old": "# A\n\nOne boat.\n", "new": "# A\n\nOne boat. Code $x$.\n", "target": "# Á\n\nUn barco.\n"}
    found = drafted(tmp_path, texts)
    assert not found & (HEAVY - {"numpy"} | PROCESSES)
    assert not found & {"git", "rich"}


def test_a_draft_with_nothing_to_translate_learns_nothing(tmp_path: Path) -> None:
    found = drafted(tmp_path, {"old": "One boat.\n", "new": "One\nboat.\n", "target": "Un barco.\n"})
    assert "numpy" not in found


def test_a_sync_with_nothing_to_do_imports_no_cloud_library(tmp_path: Path) -> None:
    found = imported("sync", "--config", str(world(tmp_path).config))
    assert "git" in found
    assert not found & (HEAVY | PROCESSES | {"markdown_it"})


def test_a_sync_parses_nothing_to_count_what_waits_in_its_own_pull_request(tmp_path: Path) -> None:
    book = world(tmp_path)
    book.push({"boats.md": "# Boats\n\nA new sentence about rope.\n"})
    assert book.sync() == 0
    assert "markdown_it" not in imported("sync", "--config", str(book.config))


def test_checks_of_local_repositories_import_no_cloud_library(tmp_path: Path) -> None:
    found = imported("doctor", "--config", str(world(tmp_path).config))
    assert "git" in found and not found & HEAVY


def test_a_status_without_a_page_imports_no_library_of_an_engine(tmp_path: Path) -> None:
    found = imported("status", "--config", str(world(tmp_path).config))
    assert "git" in found
    assert not found & HEAVY
