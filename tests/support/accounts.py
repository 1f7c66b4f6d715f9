"""An account at the emulated Amazon, and what the engine needs to work in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache

import boto3
from botocore.config import Config
from botocore.loaders import Loader, create_loader
from fakes.amazon import Emulator

from bot.alignment.translation_unit import Provenance, TranslationUnit
from bot.document.segment import Segment
from bot.engines import Batch, Key, Result
from bot.engines.amazon.batch import Amazon, Place
from bot.engines.amazon.connection import connect
from bot.engines.resources import Resources
from bot.parallel_data.dataset import ParallelData
from bot.terminology.terms import Terminology

BUCKET = "amts-test"
ROLE = "arn:aws:iam::123456789012:role/amts-translate"
SETTINGS = f"engine: amazon\namazon:\n  bucket: {BUCKET}\n  role: {ROLE}\n"


@cache
def descriptions(search_path: str | None = None) -> Loader:
    """botocore's descriptions of services, read once for all sessions of this process, since reading takes long."""
    return create_loader(search_path)


@dataclass
class QuickClock:
    """A clock whose pauses take no time; ``slept`` are their lengths in seconds."""

    slept: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def now(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


def make_bucket(name: str = BUCKET) -> None:
    """Makes an empty bucket, whatever an earlier test left in it."""
    client = boto3.client("s3", region_name="us-east-1", config=Config(s3={"addressing_style": "path"}))
    if name in [b["Name"] for b in client.list_buckets()["Buckets"]]:
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=name)
        for key in [o["Key"] for page in pages for o in page.get("Contents", [])]:
            client.delete_object(Bucket=name, Key=key)
    else:
        client.create_bucket(Bucket=name)
    client.close()


@dataclass
class Account:
    """The emulator and an engine on it; ``told`` is what the engine says while it works."""

    aws: Emulator
    told: list[str] = field(default_factory=list)
    clock: QuickClock = field(default_factory=QuickClock)

    def engine(self, **more: object) -> Amazon:
        made = Amazon(connect("us-east-1"), Place(BUCKET, "amts", ROLE), self.clock, self.told.append, 3000.0)
        return replace(made, **more)  # type: ignore[arg-type]

    def starts(self) -> int:
        """How many batch jobs there are."""
        return len(self.aws.jobs)


def pairs(*found: tuple[str, str], language: str = "es") -> ParallelData:
    units = tuple(TranslationUnit(s, t, Provenance("a.md", n)) for n, (s, t) in enumerate(found))
    return ParallelData(("en", language), "sentence", units, 1, len(units))


def resources(data: ParallelData, terminology: Terminology | None = None) -> Resources:
    return Resources(data, terminology=terminology)


def batch(*documents: tuple[str, list[str]], language: str = "es") -> Batch:
    """A batch of the sentences of some documents."""
    segments: dict[Key, Segment] = {
        (path, n): Segment(text, "paragraph", number=n)
        for path, sentences in documents
        for n, text in enumerate(sentences, 1)
    }
    return Batch("en", language, segments)


def texts(result: Result) -> list[str | None]:
    return [answer.text for answer in result.answers.values()]


def reasons(result: Result) -> list[str]:
    return [answer.reason for answer in result.answers.values() if answer.text is None]
