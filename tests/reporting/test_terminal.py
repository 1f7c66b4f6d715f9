"""What a run prints to a terminal."""

from __future__ import annotations

import io
import subprocess
import sys

from rich.console import Console
from rich.table import Table

from bot.drafting.report import LanguageReport
from bot.reporting.terminal import show, show_table

HEAVY = {"boto3", "botocore", "git", "github", "lxml", "numpy"}


def test_to_print_takes_no_library_of_an_engine_or_a_forge() -> None:
    code = "import sys, bot.reporting.terminal; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "rich.console" in loaded
    assert not HEAVY & set(loaded)


def test_a_table_in_a_file_is_as_wide_as_it_needs() -> None:
    stream = io.StringIO()
    table = Table("name", "", box=None)
    table.add_row("long/" * 60, "")
    show_table(table, Console(file=stream, width=80))
    assert "long/" * 60 in stream.getvalue().splitlines()[1]


def test_work_that_waits_is_shown_by_a_command_and_is_on_a_branch() -> None:
    stream = io.StringIO()
    console = Console(file=stream, width=80, highlight=False)
    show(LanguageReport("es", "nothing", waiting=11), console)
    show(LanguageReport("es", "nothing", waiting=1, location="es-1.md", branch="amts/sync-es"), console)
    show(LanguageReport("es", "nothing"), console)
    assert stream.getvalue().splitlines() == [
        "es  English is unchanged; 11 sentences still wait: `amts review` shows them",
        "es  English is unchanged; 1 sentence still waits in the open pull request: `amts review` shows it",
        "  → es-1.md (branch amts/sync-es)",
        "es  up to date",
    ]
