"""The one place that builds repositories, forges, engines and clients, from settings."""

from __future__ import annotations

from dataclasses import replace

from bot.amazon.connection import Connection, connect
from bot.clock import Clock, SystemClock
from bot.contracts import BRANCH
from bot.engines import Engine
from bot.engines.amazon import Amazon, Place, Tell
from bot.engines.amazon_realtime import AmazonRealtime
from bot.engines.memory_only import MemoryOnly
from bot.errors import AmtsError
from bot.forges.local import LocalForge
from bot.pipeline import Book, Language
from bot.repos import Repository
from bot.settings import EngineName, Settings


def english(chosen: Settings) -> Book:
    """The English book; each language that is synced at the same time needs one of its own."""
    repository = Repository.open(chosen.resolved(chosen.source.repository))
    branch = chosen.source.branch or "HEAD"
    commit = repository.resolve(branch)
    if commit is None:
        raise AmtsError(
            f"the English repository has no {branch}",
            why=f"{repository.path} knows no such branch",
            fix="correct source.branch",
        )
    return Book(repository, commit, chosen.source.covers)


def language(chosen: Settings, name: str, engine: EngineName) -> Language:
    """A translation and how it is kept."""
    translation = chosen.translation(name)
    repository = Repository.open(chosen.resolved(translation.repository))
    return Language(
        name,
        repository,
        LocalForge(repository, name, translation.branch, chosen.resolved(chosen.pages)),
        translation.baseline,
        translation.small_edits or chosen.small_edits,
        lambda: repository.check_writable(BRANCH),
        translation.style,
        translation.terminology,
        0.0 if engine == "memory_only" else chosen.amazon.price_of(engine),
    )


def connection(chosen: Settings) -> Connection:
    """Clients of Amazon's services."""
    return connect(chosen.amazon.region)


def engine(
    name: EngineName, chosen: Settings, tell: Tell, *, patient: bool = True, clock: Clock | None = None
) -> Engine:
    """An engine by its name; ``tell`` says to people what it is at. Raises AmtsError for settings it lacks."""
    if name == "memory_only":
        return MemoryOnly()
    told = chosen.amazon
    if name == "amazon-realtime":
        return AmazonRealtime(connection(chosen), tell, told.name, told.formality or "", told.budget(name))
    return replace(amazon(chosen, tell, clock), patience=float(told.timeout) if patient else 0.0)


def amazon(chosen: Settings, tell: Tell, clock: Clock | None = None) -> Amazon:
    """The engine ``amazon``. Raises AmtsError where the bucket or the role is not told."""
    told = chosen.amazon
    if told.bucket is None or told.role is None:
        missing = "bucket" if told.bucket is None else "role"
        raise AmtsError(
            f"amazon.{missing} is missing",
            why="batch jobs read and write a bucket, through a role of its own",
            fix="set it in amts.yml; docs/aws.md shows how to make both",
        )
    return Amazon(
        connection(chosen),
        Place(told.bucket, told.prefix, told.role, told.name),
        clock or SystemClock(),
        tell,
        float(told.timeout),
        told.parallel_data,
        told.formality or "",
        told.budget("amazon"),
    )
