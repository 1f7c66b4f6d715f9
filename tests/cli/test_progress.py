"""What people see while a command works: on a terminal only, and gone when it is done."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from fakes.github import GitHub
from support.hubs import Hub
from support.worlds import CHAPTER, world

from bot.cli.main import main
from bot.cli.options import composition
from bot.cli.progress import Lines
from bot.forges.github.credentials import Credentials
from bot.settings.file import load
from bot.sync.all_languages import sync_languages
from bot.sync.composition import Composition

ROOT = Path(__file__).resolve().parents[2]

SLOW = """
import sys, time
from bot.cli.progress import screen
with screen(len(sys.argv) > 1) as shown:
    shown.show("zh", "planning 34 of 115 documents, which is a line of more than fifty characters")
    time.sleep(0.4)
    with shown.hidden():
        print("a result")
"""


def environment(**more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("CI", "COLUMNS", "NO_COLOR", "TTY_COMPATIBLE")}
    return {**kept, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **more}


def on_a_terminal(words: Sequence[str], env: Mapping[str, str], width: int = 50) -> str:
    """What a program writes to a terminal, with its control codes."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    with subprocess.Popen([sys.executable, *words], stdin=theirs, stdout=theirs, stderr=theirs, env=env) as program:
        os.close(theirs)
        found = b""
        while part := _read(ours):
            found += part
        os.close(ours)
    assert program.returncode == 0, found
    return found.decode()


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # the other end is closed
        return b""


def left_on_screen(written: str) -> list[str]:
    """The lines that a terminal shows in the end."""
    rows, row, column = [""], 0, 0
    for code, text in re.findall(r"(\x1b\[[0-9;?]*[A-Za-z]|[\r\n])|([^\x1b\r\n]+)", written):
        if code == "\r":
            column = 0
        elif code == "\n":
            row, column = row + 1, 0
            rows += [""] * (row + 1 - len(rows))
        elif code == "\x1b[1A":
            row -= 1
        elif code == "\x1b[2K":
            rows[row] = ""
        elif text:
            rows[row] = rows[row].ljust(column)[:column] + text + rows[row][column + len(text) :]
            column += len(text)
    return [line.rstrip() for line in rows[: row + bool(rows[row])]]


def test_a_step_is_shown_on_a_terminal_and_goes_away() -> None:
    found = on_a_terminal(["-c", SLOW], environment())
    line = next(part for part in re.split(r"[\r\n]|\x1b\[[0-9;?]*[A-Za-z]", found) if "zh:" in part)
    assert line.startswith("  zh: planning 34 of 115") and line.endswith("…") and len(line) == 50
    assert found.index("zh:") < found.index("a result")
    # The lines are erased before a result is printed, and the cursor is shown again at the end.
    assert "\x1b[2K" in found[found.index("zh:") : found.index("a result")]
    assert found.rindex("\x1b[?25h") > found.rindex("\x1b[?25l")


def test_nobody_sees_it_with_quiet_or_in_a_ci_system() -> None:
    for words, env in (["-c", SLOW, "-q"], environment()), (["-c", SLOW], environment(CI="true")):
        assert on_a_terminal(words, env) == "a result\r\n"


def test_nothing_is_written_where_there_is_no_terminal() -> None:
    env = environment(FORCE_COLOR="1", TTY_COMPATIBLE="1")
    done = subprocess.run([sys.executable, "-c", SLOW], capture_output=True, text=True, env=env, check=True)
    assert (done.stdout, done.stderr) == ("a result\n", "")


MESSAGE = f"a message of an engine: {'a long way round, ' * 6}https://example.org/an/address/of/its/own"
LONG = f"""
import sys, time
from bot.cli.progress import screen
with screen(False) as shown:
    shown.show("zh", "drafting")
    time.sleep(0.4)
    print({MESSAGE!r}, file=sys.stderr)
    time.sleep(0.4)
"""


def test_a_long_message_is_one_line_that_can_be_copied() -> None:
    assert MESSAGE in on_a_terminal(["-c", LONG], environment())


STOPPED = """
import os, signal, sys, time
from types import SimpleNamespace
from bot.cli import main
from bot.cli.progress import screen

def run(options):
    with screen(False) as shown:
        shown.show("zh", "drafting")
        time.sleep(0.4)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(60)

main._options = lambda words: SimpleNamespace(run=run, no_color=False)
status = main.main()
assert status == 130, status
"""


def test_a_program_that_is_stopped_shows_the_cursor_again() -> None:
    found = on_a_terminal(["-c", STOPPED], environment())
    assert "zh: drafting" in found and found.rindex("\x1b[?25h") > found.rindex("\x1b[?25l")
    assert "amts: interrupted" in found


def test_a_sync_on_a_terminal_prints_the_same_results(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    here = world(tmp_path)
    here.push({"boats.md": CHAPTER + "\nA rope ties the boat.\n"})
    words = ["sync", "--dry-run", "--config", str(here.config)]
    shown = on_a_terminal(["-m", "bot", *words], environment(NO_COLOR="1"), 200)
    assert main(words) == 0
    out, err = capfd.readouterr()
    assert left_on_screen(shown) == [line.rstrip() for line in out.splitlines()]
    assert err == ""


def test_the_time_counts_from_the_first_text_of_a_step() -> None:
    now = [100.0]
    lines = Lines(lambda: now[0])
    lines.show("zh", "waiting for Amazon Translate, SUBMITTED")
    assert lines.texts() == ["zh: waiting for Amazon Translate, SUBMITTED"]
    now[0] += 59
    assert lines.texts() == ["zh: waiting for Amazon Translate, SUBMITTED, 59 s"]
    lines.show("zh", "waiting for Amazon Translate, IN_PROGRESS")
    lines.show("es", "cloning")
    now[0] += 121
    assert lines.texts() == ["zh: waiting for Amazon Translate, IN_PROGRESS, 3 min", "es: cloning, 2 min"]
    lines.show("zh", "pushing")
    assert lines.texts()[0] == "zh: pushing", "another step"
    now[0] += 3720
    lines.show("es", "")
    assert lines.texts() == ["zh: pushing, 1 h 2 min"]


def test_the_steps_of_a_sync(tmp_path: Path) -> None:
    here = world(tmp_path)
    here.push({"boats.md": CHAPTER + "\nA rope ties the boat.\n"})
    seen: list[tuple[str, str]] = []
    site = composition(load(here.config), progress=lambda *step: seen.append(step))
    assert [report.state for report in sync_languages(site)] == ["opened"]
    steps = [text for language, text in seen if language == "es"]
    assert [text.split()[0] for text in dict.fromkeys(steps) if text] == [
        "planning",
        "planning",
        "reading",
        "drafting",
        "checking",
        "checking",
        "pushing",
    ]
    assert "planning 1 of 1 document" in steps and "drafting 1 sentence with memory_only" in steps
    assert steps[-1] == "", "a language that is done has no line"


def test_cloning_and_fetching(github: GitHub, tmp_path: Path) -> None:
    hub = Hub(tmp_path, github)
    credentials = Credentials(github.url, github.git_url, hub.token())
    settings = load(hub.runner.workspace / "amts.yml")
    for verb in ("cloning", "fetching"):
        seen: list[tuple[str, str]] = []
        site = Composition(settings, credentials, print, progress=lambda *step, to=seen: to.append(step))
        site.english()
        site.language("es", "memory_only")
        assert seen == [("English", verb), ("English", ""), ("es", verb)]
