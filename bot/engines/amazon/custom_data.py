"""Parallel data and terminology in Amazon Translate: updated only when their content has changed.

The content hash is in the description of the resource. One parallel data import runs at a time in the whole
account and region (Amazon Translate, guidelines and limits): others wait for their turn.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.request import urlopen

from botocore.exceptions import ClientError

from bot.clock import Clock, wait
from bot.engines.amazon.connection import code, explained
from bot.engines.amazon.storage import Storage
from bot.errors import AmtsError

if TYPE_CHECKING:
    from mypy_boto3_translate import TranslateClient

_BUSY = ("CREATING", "UPDATING", "DELETING")
_TAKEN = ("ConflictException", "ConcurrentModificationException", "LimitExceededException")
_MARK = "AMTS "

Tell = Callable[[str], None]
"""Shows a message to waiting users."""


@dataclass(frozen=True)
class Imported:
    """Parallel data as the service has it; ``attempt`` is the status of the latest update, empty if there was none."""

    name: str
    status: str
    attempt: str = ""
    message: str = ""
    content: str = ""
    imported: int = 0
    failed: int = 0
    skipped: int = 0

    @property
    def busy(self) -> bool:
        """Whether an import or a deletion is under way."""
        return self.status in _BUSY or self.attempt in _BUSY

    @property
    def fields(self) -> dict[str, object]:
        """It for programs."""
        counts = {"imported": self.imported, "failed": self.failed, "skipped": self.skipped}
        states = {"status": self.status, "update": self.attempt or None, "message": self.message or None}
        return {"name": self.name, **states, **counts}

    def holds(self, content: str) -> bool:
        """Whether it has that content and is ready for jobs."""
        return self.status == "ACTIVE" and self.attempt in ("", "ACTIVE") and self.content == content


def file(content: str) -> str:
    """The name of the file that is imported for parallel data with that content."""
    return f"parallel-data/{content}.tmx"


def look(client: TranslateClient, name: str) -> Imported | None:
    """The parallel data of that name, or None."""
    with explained(f"the parallel data {name} cannot be looked at"):
        try:
            properties = client.get_parallel_data(Name=name)["ParallelDataProperties"]
        except ClientError as error:
            if code(error) == "ResourceNotFoundException":
                return None
            raise
    return Imported(
        name,
        properties.get("Status", ""),
        properties.get("LatestUpdateAttemptStatus", ""),
        properties.get("Message", ""),
        properties.get("Description", "").removeprefix(_MARK),
        properties.get("ImportedRecordCount", 0),
        properties.get("FailedRecordCount", 0),
        properties.get("SkippedRecordCount", 0),
    )


def bring(
    client: TranslateClient,
    storage: Storage,
    name: str,
    tmx: bytes,
    *,
    clock: Clock,
    tell: Tell,
    timeout: float,
) -> Imported:
    """Makes ``tmx`` the content of the parallel data ``name``, unless it already is.

    Raises AmtsError when the service refuses it, or is not ready within ``timeout`` seconds.
    """
    content = hashlib.sha256(tmx).hexdigest()[:32]
    sent = False
    progress = ""

    def step() -> Imported | None:
        nonlocal sent, progress
        found = look(client, name)
        if found and found.holds(content):
            return found
        if found and found.busy:
            progress = _once(tell, progress, f"the parallel data {name} is {(found.attempt or found.status).lower()}")
            return None
        if found and sent:
            raise _refused(found)
        if not sent:
            storage.put(file(content), tmx)
        try:
            _send(client, found, name, storage.uri(file(content)), content)
            sent = True
        except ClientError as error:
            if code(error) not in _TAKEN:
                raise
            progress = _once(tell, progress, f"{name} waits: Amazon imports one parallel data at a time")
        return None

    with explained(f"the parallel data {name} cannot be imported", later="no job was started"):
        done = wait(step, clock, timeout)
    if done is None:
        raise AmtsError(
            f"the parallel data {name} is not ready after {timeout:.0f} seconds",
            why=progress or "its import takes long",
            fix="run it again later: what is under way goes on, or raise amazon.timeout",
        )
    return done


def _send(client: TranslateClient, found: Imported | None, name: str, uri: str, content: str) -> None:
    send = client.create_parallel_data if found is None else client.update_parallel_data
    send(
        Name=name,
        Description=_MARK + content,
        ParallelDataConfig={"S3Uri": uri, "Format": "TMX"},
        ClientToken=str(uuid.uuid4()),
    )


def _refused(found: Imported) -> AmtsError:
    return AmtsError(
        f"Amazon refused the parallel data {found.name}",
        why=found.message or f"{found.failed} records failed, {found.skipped} were skipped",
        fix="run `amts parallel-data show` for this language to see what was wrong",
    )


def _once(tell: Tell, before: str, text: str) -> str:
    if text != before:
        tell(text)
    return text


def remove(client: TranslateClient, name: str) -> bool:
    """Deletes parallel data; returns False if there was none."""
    with explained(f"the parallel data {name} cannot be deleted"):
        try:
            client.delete_parallel_data(Name=name)
        except ClientError as error:
            if code(error) == "ResourceNotFoundException":
                return False
            raise
    return True


def locations(client: TranslateClient, name: str) -> dict[str, str]:
    """Signed addresses (secrets while they last) of the imported data and of the service's list of errors."""
    with explained(f"the parallel data {name} cannot be looked at"):
        answer = client.get_parallel_data(Name=name)
    places = {"data": "DataLocation", "errors": "AuxiliaryDataLocation"}
    places["latest errors"] = "LatestUpdateAttemptAuxiliaryDataLocation"
    return {what: dict(answer)[key]["Location"] for what, key in places.items() if key in answer}  # type: ignore[index]


def downloaded(location: str) -> bytes:
    """The content at a signed address. Raises AmtsError, without the address, if there is none."""
    try:
        with urlopen(location, timeout=60) as answer:
            data: bytes = answer.read()
            return data
    except OSError as error:
        why = f"the address that Amazon gave answers {getattr(error, 'code', type(error).__name__)}"
        raise AmtsError("the file cannot be downloaded", why=why, fix="run it again: the address is old") from None


def bring_terminology(client: TranslateClient, name: str, csv: bytes) -> None:
    """Makes ``csv`` the content of the custom terminology ``name``, unless it already is."""
    content = _MARK + hashlib.sha256(csv).hexdigest()[:32]
    with explained(f"the terminology {name} cannot be imported", later="no job was started"):
        try:
            properties = client.get_terminology(Name=name)["TerminologyProperties"]
            if properties.get("Description") == content:
                return
        except ClientError as error:
            if code(error) != "ResourceNotFoundException":
                raise
        client.import_terminology(
            Name=name,
            MergeStrategy="OVERWRITE",
            Description=content,
            TerminologyData={"File": csv, "Format": "CSV"},
        )
