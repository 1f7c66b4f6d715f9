"""Starts the action as GitHub's runner does: a clean environment, inputs with their defaults, files for outputs."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.action import run as action_module
from bot.errors import AmtsError

ROOT = Path(__file__).parents[2]
PASSED = ("PATH", "HOME", "LANG", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_GLOBAL", "GIT_TEST_FSYNC", "AMTS_TEST_COMMAND")
"""What a runner leaves of the machine's environment; those of git keep the tests sealed."""


FILES = ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")
"""What a step writes for the runner, by the variables that tell where."""


@dataclass(frozen=True)
class Done:
    """How a step ended: what it printed (masked, as people see it), what the runner obeyed, what it left behind."""

    status: int
    log: str
    raw: str
    commands: tuple[str, ...]
    outputs: Mapping[str, str]
    summary: str

    def json(self, output: str) -> Any:
        return json.loads(self.outputs[output])


@dataclass(frozen=True)
class Runner:
    """A runner whose work is in ``folder``; ``environment`` is that of every step (addresses, secrets of Amazon)."""

    folder: Path
    environment: Mapping[str, str]

    def run(self, event: str, payload: Mapping[str, Any], inputs: Mapping[str, str], repository: str) -> Done:
        """Runs the step with the settings file that is in the workspace."""
        told = self._environment(event, payload, inputs, repository)
        # In the image its own installation is tested, elsewhere this one.
        command = os.environ.get("AMTS_TEST_COMMAND", "").split()
        if not command:
            command = [sys.executable, "-m", "bot"]
            told["PYTHONPATH"] = str(ROOT)
        step = [*command, *action()["runs"]["args"]]
        done = subprocess.run(step, cwd=self.workspace, env=told, capture_output=True, timeout=300)
        return self._done(done.returncode, (done.stdout + done.stderr).decode())

    def run_here(self, event: str, payload: Mapping[str, Any], inputs: Mapping[str, str], repository: str) -> Done:
        """The same in this process, for tests of many runs: only what a new process would change is not seen."""
        out, said = io.StringIO(), list[str]()
        try:
            status = action_module.run(self._environment(event, payload, inputs, repository), out, said.append)
        except AmtsError as error:
            status = 1
            said.append(f"amts: {error}")
        return self._done(status, out.getvalue() + "\n".join(said))

    def _environment(
        self, event: str, payload: Mapping[str, Any], inputs: Mapping[str, str], repository: str
    ) -> dict[str, str]:
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            self._file(name).write_text("", encoding="utf-8")
        self._file("GITHUB_EVENT_PATH").write_text(json.dumps(payload), encoding="utf-8")
        return {
            **{name: os.environ[name] for name in PASSED if name in os.environ},
            **self.environment,
            **{f"INPUT_{name.upper()}": value for name, value in {**defaults(), **inputs}.items()},
            **{name: str(self._file(name)) for name in (*FILES, "GITHUB_EVENT_PATH")},
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_NAME": event,
            "GITHUB_REPOSITORY": repository,
            "GITHUB_WORKSPACE": str(self.workspace),
        }

    def _file(self, name: str) -> Path:
        return self.folder / name.lower()

    def _done(self, status: int, raw: str) -> Done:
        log, commands = obeyed(raw)
        outputs, summary = (self._file(name).read_text(encoding="utf-8") for name in FILES)
        return Done(status, log, raw, commands, parsed_outputs(outputs), summary)

    @property
    def workspace(self) -> Path:
        found = self.folder / "workspace"
        found.mkdir(parents=True, exist_ok=True)
        return found


@cache
def action() -> dict[str, Any]:
    """What ``action.yml`` says."""
    return dict(YAML(typ="safe", pure=True).load((ROOT / "action.yml").read_text(encoding="utf-8")))


def defaults() -> dict[str, str]:
    """The inputs of a step that names none; those with an expression are what the workflow makes of it."""
    told = {name: str(about.get("default", "")) for name, about in action()["inputs"].items()}
    return {name: "" if "${{" in value else value for name, value in told.items()}


def obeyed(raw: str) -> tuple[str, tuple[str, ...]]:
    """The log with its masks, and the commands that a runner carries out (GitHub, workflow commands)."""
    log, commands, masks, stopped = [], [], [], ""
    for line in raw.splitlines():
        if stopped:
            stopped = "" if line == f"::{stopped}::" else stopped
            log += [line] if stopped else []
        elif match := re.fullmatch(r"::stop-commands::(.+)", line):
            stopped = match[1]
        elif match := re.fullmatch(r"::add-mask::(.+)", line):
            masks.append(match[1])
        elif line.startswith("::"):
            commands.append(line)
        else:
            log.append(line)
    text = "\n".join(log)
    for mask in sorted(masks, key=len, reverse=True):
        text = text.replace(mask, "***")
    return text, tuple(commands)


def parsed_outputs(text: str) -> dict[str, str]:
    """Outputs, each between a line with its name and a line that ends it."""
    found, lines = {}, text.split("\n")
    while lines and lines[0]:
        name, end = lines.pop(0).split("<<", 1)
        at = lines.index(end)
        found[name] = "\n".join(lines[:at])
        del lines[: at + 1]
    return found
