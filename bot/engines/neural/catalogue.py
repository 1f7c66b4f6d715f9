"""Mozilla's list of translation models, as its Remote Settings service gives it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

PREFERRED = ("base-memory", "base", "tiny", "")
"""Architectures of models, the better first (a guess: bigger is better)."""

_NAME = re.compile(r"[\w][\w.-]*")
_LOCATION = re.compile(r"[\w][\w./-]*")


@dataclass(frozen=True)
class Record:
    """A file of a model: ``location`` is relative to the service's files, ``checksum`` that of the unpacked file."""

    name: str
    kind: str
    source: str
    target: str
    location: str
    checksum: str
    size: int


def newest(body: str, pairs: Sequence[tuple[str, str]]) -> tuple[Record, ...]:
    """The files of the newest released model for the first of ``pairs`` that has one; empty if none has.

    Raises ValueError for a list that cannot be read, or that has names which are no file names.
    """
    every = json.loads(body)
    if not isinstance(every, dict) or not isinstance(every.get("data"), list):
        raise ValueError("it is not a list of records")
    for pair in pairs:
        groups: dict[tuple[tuple[int, ...], int], list[Any]] = {}
        for one in every["data"]:
            if (one.get("sourceLanguage"), one.get("targetLanguage")) != pair:
                continue
            version, kind = str(one.get("version", "")), str(one.get("architecture") or "")
            # A version with a letter, such as 2.0a1, is not released.
            if re.fullmatch(r"\d+(\.\d+)*", version):
                rank = -PREFERRED.index(kind) if kind in PREFERRED else -len(PREFERRED)
                groups.setdefault((tuple(map(int, version.split("."))), rank), []).append(one)
        if groups:
            return tuple(_record(one) for one in groups[max(groups)] if one.get("fileType") != "qualityModel")
    return ()


def _record(one: Any) -> Record:
    try:
        attachment = one["attachment"]
        location, name = str(attachment["location"]), str(one["name"])
        found = Record(
            name,
            str(one["fileType"]),
            str(one["sourceLanguage"]),
            str(one["targetLanguage"]),
            location,
            str(one["decompressedHash"]),
            int(attachment.get("size", 0)),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"a record lacks {error}") from error
    for text in (name, found.source, found.target):
        if not _NAME.fullmatch(text):
            raise ValueError(f"{text!r} is no file name")
    if not _LOCATION.fullmatch(location) or ".." in location or not re.fullmatch("[0-9a-f]{64}", found.checksum):
        raise ValueError(f"the record of {name} is not as expected")
    return found
