"""The page about the architecture says what the code is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_page_is_up_to_date_and_names_only_what_exists() -> None:
    done = subprocess.run([sys.executable, "docs/architecture.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert not done.returncode, done.stdout + done.stderr
