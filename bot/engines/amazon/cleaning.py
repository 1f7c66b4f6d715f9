"""What the engine ``amazon`` has left in the bucket and no longer needs, and its removal.

A run that has been collected needs neither its documents nor its results: the checked sentences are in ``finished/``.
What a job that has not ended reads and writes stays, and so does every run that no sync has collected yet. Nothing
outside of the folders that the engine itself makes below the prefix is ever looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.engines.amazon import custom_data, jobs
from bot.engines.amazon.storage import Storage, Stored

if TYPE_CHECKING:
    from bot.engines.amazon.batch import Amazon

KEEP_DAYS = 90
"""Days for which checked sentences are kept unless asked otherwise, as in aws/template.yml: they were paid for."""

SETTLED = timedelta(days=1)
"""Age below which a file is not judged: a run may be about to use it (a guess; the longest wait is six hours)."""


@dataclass(frozen=True)
class Leftover:
    """An object that is no longer needed, and why."""

    stored: Stored
    why: str


@dataclass(frozen=True)
class Leftovers:
    """What can be deleted of a language, in the order of deletion, and how many runs are kept and why."""

    language: str
    found: tuple[Leftover, ...]
    running: int
    uncollected: int

    @property
    def size(self) -> int:
        """Bytes."""
        return sum(one.stored.size for one in self.found)


def leftovers(engine: Amazon, language: str, now: datetime, days: int = KEEP_DAYS) -> Leftovers:
    """What the engine no longer needs of a language; checked sentences only if older than ``days``."""
    storage = engine.storage(language)
    runs = _by_run(storage.listed("runs/"))
    finished = {_id(one): one for one in storage.listed("finished/")}
    inputs = jobs.inputs_in_use(engine.connection.translate, storage.uri("runs/"))
    busy = {storage.name(uri).split("/")[2] for uri in inputs}
    old = now - timedelta(days=days)
    settled = {id for id, one in finished.items() if one.modified < now - SETTLED}
    over = [id for id in runs if id in settled and id not in busy]
    # The record goes first: one without an outcome would be a run to resume, and paid for again.
    found = [Leftover(one, "collected") for id in over for one in sorted(runs[id], key=_record_last, reverse=True)]
    gone = set(over)
    found += [
        Leftover(one, f"older than {days} days")
        for id, one in finished.items()
        if one.modified < old and (id not in runs or id in gone)
    ]
    found += _imported(engine, language, storage, now)
    return Leftovers(language, tuple(found), len(runs.keys() & busy), len(runs.keys() - finished.keys() - busy))


def clear(engine: Amazon, found: Leftovers) -> None:
    """Deletes what was found."""
    storage = engine.storage(found.language)
    for one in found.found:
        storage.remove(one.stored.name)


def _imported(engine: Amazon, language: str, storage: Storage, now: datetime) -> Iterator[Leftover]:
    """Files of parallel data that the service has read, or that were replaced before it did."""
    files = [one for one in storage.listed("parallel-data/") if one.modified < now - SETTLED]
    current = custom_data.look(engine.connection.translate, engine.resource(language)) if files else None
    if current is None or current.busy:
        return
    for one in files:
        if one.name != custom_data.file(current.content):
            yield Leftover(one, "replaced")


def _by_run(every: Iterable[Stored]) -> dict[str, list[Stored]]:
    """The objects of each run: ``runs/VERSION/RUN/…``."""
    out: dict[str, list[Stored]] = {}
    for one in every:
        if len(parts := one.name.split("/")) > 3:
            out.setdefault(parts[2], []).append(one)
    return out


def _id(outcome: Stored) -> str:
    return outcome.name.rpartition("/")[2].removesuffix(".json")


def _record_last(one: Stored) -> tuple[bool, str]:
    return one.name.endswith("/run.json"), one.name


def summary(found: Sequence[Leftovers]) -> tuple[int, int]:
    """How many objects, and bytes, can be deleted."""
    return sum(len(one.found) for one in found), sum(one.size for one in found)
