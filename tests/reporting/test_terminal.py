"""What a run prints to a terminal."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {"boto3", "botocore", "git", "github", "lxml", "numpy"}


def test_to_print_takes_no_library_of_an_engine_or_a_forge() -> None:
    code = "import sys, bot.reporting.terminal; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "rich.console" in loaded
    assert not HEAVY & set(loaded)
