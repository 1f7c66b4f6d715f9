"""Runs and their outcomes, recorded in the bucket, so that nothing is paid for twice and nothing is lost.

A run is one batch job for some sentences. Its record is written before the job starts, its outcome when the job is
over; a record without an outcome is a run to resume, whoever started it. Outcomes are valid for one *version*:
languages, parallel data, terminology and formality. Another version translates anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from bot.engines.amazon.storage import Storage
from bot.engines.segment_html import Form


@dataclass(frozen=True)
class Run:
    """One job: the English sentences of each of its documents, and the form in which they are sent.

    ``attempt`` is the number of earlier runs for the same sentences that ended without a translation.
    """

    version: str
    form: Form
    documents: tuple[tuple[str, ...], ...]
    parallel_data: str = ""
    terminology: str = ""
    formality: str = ""
    attempt: int = 0

    @property
    def id(self) -> str:
        """Equal for equal work: 40 hex digits, usable as a name and as a client token."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:40]

    @property
    def folder(self) -> str:
        return f"runs/{self.version}/{self.id}"


@dataclass(frozen=True)
class Outcome:
    """The outcome of a run: translations by English sentence, problems with the others, characters translated.

    ``failure`` is the reason why the whole job failed; its sentences may then be sent again.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, tuple[Form, str]] = field(default_factory=dict)
    characters: int = 0
    failure: str = ""

    def joined(self, other: Outcome) -> Outcome:
        """Both outcomes; a translation takes precedence over a problem, a later problem over an earlier one."""
        texts = {**self.texts, **other.texts}
        problems = {s: p for s, p in {**self.problems, **other.problems}.items() if s not in texts}
        return Outcome(texts, problems, self.characters + other.characters)


@dataclass(frozen=True)
class Journal:
    """The runs of one language and version."""

    storage: Storage
    version: str

    def begin(self, run: Run) -> None:
        """Records that a run is about to start."""
        self.storage.put_json(f"{run.folder}/run.json", asdict(run))

    def end(self, run: Run, outcome: Outcome) -> None:
        """Records the outcome of a run."""
        self.storage.put_json(self._finished(run.id), asdict(outcome))

    def outcomes(self) -> Mapping[str, Outcome]:
        """The outcomes of the runs of this version, by run id."""
        found = {}
        for name in self.storage.names(f"finished/{self.version}/"):
            stored = self.storage.get_json(name)
            if stored is not None:
                problems = {s: (p[0], p[1]) for s, p in stored["problems"].items()}
                id = name.rpartition("/")[2].removesuffix(".json")
                found[id] = Outcome(stored["texts"], problems, stored["characters"], stored["failure"])
        return found

    def open_runs(self, outcomes: Mapping[str, Outcome]) -> Sequence[Run]:
        """Runs that have started and have no outcome yet."""
        found = []
        for name in self.storage.names(f"runs/{self.version}/"):
            parts = name.split("/")
            if parts[3:] == ["run.json"] and parts[2] not in outcomes:
                stored = self.storage.get_json(name)
                if stored is not None:
                    documents = tuple(tuple(d) for d in stored.pop("documents"))
                    found.append(Run(documents=documents, **stored))
        return found

    def _finished(self, id: str) -> str:
        return f"finished/{self.version}/{id}.json"
