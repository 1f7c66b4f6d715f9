"""Replies of language models on this machine: a request is not sent again, unless its answer was refused for good."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bot.engines.llm.answers import Reply
from bot.engines.llm.prompt import Prompt
from bot.errors import AmtsError


def key(model: str, prompt: Prompt) -> str:
    """Equal for equal requests: 40 hex digits."""
    return hashlib.sha256(json.dumps([model, prompt.system, prompt.user]).encode()).hexdigest()[:40]


@dataclass
class KeptReplies:
    """A file with one reply on each line. A line that a killed run left half written is ignored."""

    file: Path
    model: str
    _known: dict[str, Reply] = field(default_factory=dict)

    def __post_init__(self) -> None:
        try:
            lines = self.file.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            lines = []
        for line in lines:
            try:
                found = json.loads(line)
                name = found.pop("key")
                if found.pop("refused", False):
                    self._known.pop(name, None)
                else:
                    self._known[name] = Reply(**found)
            except (ValueError, TypeError, KeyError, AttributeError):
                continue

    def get(self, prompt: Prompt) -> Reply | None:
        return self._known.get(key(self.model, prompt))

    def add(self, prompt: Prompt, reply: Reply) -> None:
        """Raises AmtsError if the file cannot be written: what is paid for would be lost."""
        name = key(self.model, prompt)
        self._known[name] = reply
        self._write({"key": name, **asdict(reply)})

    def drop(self, prompt: Prompt) -> None:
        """The answer is useless: the next run may ask again. Raises AmtsError if the file cannot be written."""
        name = key(self.model, prompt)
        if self._known.pop(name, None):
            self._write({"key": name, "refused": True})

    def _write(self, record: Mapping[str, object]) -> None:
        line = json.dumps(record, ensure_ascii=False)
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with self.file.open("a", encoding="utf-8") as stream:
                stream.write(f"\n{line}\n")
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise AmtsError(
                f"{self.file} cannot be written",
                why=error.strerror or str(error),
                fix="make room there, or name another folder with `clones` in amts.yml",
            ) from error
