"""Parallel data: imported from a file in S3, one import at a time in the whole account."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .account import Account, page, refuse
from .clock import Pace
from .objects import StorageError
from .pair_files import BadFileError, Taken, take


@dataclass
class _Data:
    """One resource. ``version`` is what jobs use; ``importing`` and ``leaving`` are what is under way with it."""

    name: str
    description: str
    config: dict[str, str]
    key: dict[str, str] | None
    created: float
    status: str = "CREATING"
    message: str = ""
    changed: float = 0.0
    version: Taken | None = None
    file: bytes = b""
    notes: list[str] = field(default_factory=list)
    failed: int = 0
    skipped: int = 0
    attempt: str = ""
    attempted: float = 0.0
    importing: Pace | None = None
    asked: dict[str, Any] = field(default_factory=dict)
    leaving: Pace | None = None


class ParallelData:
    """The operations on parallel data."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.all: dict[str, _Data] = {}

    def create(self, params: dict[str, Any]) -> dict[str, Any]:
        name = params["Name"]
        if self.account.before("CreateParallelData", params) and name in self.all:
            return {"Name": name, "Status": self.all[name].status}
        if name in self.all:
            refuse("CreateParallelData", f"Parallel data {name} exists.", "ConflictException")
        self._alone("CreateParallelData")
        _complete("CreateParallelData", params)
        if len(self.all) >= self.account.limits.parallel_data:
            refuse("CreateParallelData", "Too many resources.", "LimitExceededException")
        config, now = params["ParallelDataConfig"], self.account.clock.now()
        data = _Data(name, params.get("Description", ""), config, params.get("EncryptionKey"), now, changed=now)
        data.importing, data.asked = self.account.pace(), params
        self.all[name] = data
        self.account.remember("CreateParallelData", params, name)
        return {"Name": name, "Status": data.status}

    def update(self, params: dict[str, Any]) -> dict[str, Any]:
        data = self._found("UpdateParallelData", params["Name"])
        if not self.account.before("UpdateParallelData", params):
            if data.importing or data.leaving:
                self._look()
                message = f"Parallel data {data.name} is being changed."
                refuse("UpdateParallelData", message, "ConcurrentModificationException")
            self._alone("UpdateParallelData")
            _complete("UpdateParallelData", params)
            data.importing, data.asked = self.account.pace(), params
            data.attempt, data.attempted = "UPDATING", self.account.clock.now()
            self.account.remember("UpdateParallelData", params, data.name)
        return {
            "Name": data.name,
            "Status": data.status,
            "LatestUpdateAttemptStatus": data.attempt,
            "LatestUpdateAttemptAt": data.attempted,
        }

    def get(self, params: dict[str, Any]) -> dict[str, Any]:
        self._look()
        data = self._found("GetParallelData", params["Name"])
        answer: dict[str, Any] = {"ParallelDataProperties": _told(data, self.account)}
        if data.version:
            answer["DataLocation"] = self.account.location("parallel-data", data.name, "data")
        if data.version or data.status == "FAILED":
            answer["AuxiliaryDataLocation"] = self.account.location("parallel-data", data.name, "errors")
        if data.attempt in ("ACTIVE", "FAILED"):
            location = self.account.location("parallel-data", data.name, "latest-errors")
            answer["LatestUpdateAttemptAuxiliaryDataLocation"] = location
        return answer

    def list_all(self, params: dict[str, Any]) -> dict[str, Any]:
        every = [self.all[name] for name in sorted(self.all)]
        members = ("ParallelDataPropertiesList", "NextToken")
        return page("ListParallelData", params, members, every, lambda d: _told(d, self.account))

    def delete(self, params: dict[str, Any]) -> dict[str, Any]:
        data = self._found("DeleteParallelData", params["Name"])
        if data.importing:
            message = f"Parallel data {data.name} is being changed."
            refuse("DeleteParallelData", message, "ConcurrentModificationException")
        # Guess: it is still there, as DELETING, for one more look.
        data.leaving, data.status = data.leaving or self.account.pace(), "DELETING"
        return {"Name": data.name, "Status": "DELETING"}

    def download(self, name: str, what: str) -> bytes | None:
        """What the signed addresses lead to."""
        data = self.all.get(name)
        if data is None:
            return None
        return data.file if what == "data" else "\n".join([*data.notes, data.message]).encode()

    def use(self, name: str, operation: str) -> Taken:
        """The version that a job uses now. Raises ServiceError unless there is one."""
        data = self._found(operation, name)
        if data.status != "ACTIVE" or data.version is None:
            refuse(operation, f"Parallel data {name} is {data.status}, not ACTIVE.", "InvalidParameterValueException")
        return data.version

    def _found(self, operation: str, name: str) -> _Data:
        if name not in self.all:
            refuse(operation, f"Parallel data {name} is not found.", "ResourceNotFoundException")
        return self.all[name]

    def _alone(self, operation: str) -> None:
        """Refuses a second import; time goes on also for who only asks."""
        if any(data.importing for data in self.all.values()):
            self._look()
            # Guess: of the errors that the operation declares, this is the one.
            refuse(operation, "Another parallel data operation is in progress.", "LimitExceededException")

    def _look(self) -> None:
        """Everything under way comes one step nearer to its end."""
        for data in list(self.all.values()):
            if data.leaving:
                data.leaving.look()
                if data.leaving.step > 1:
                    del self.all[data.name]
            elif data.importing:
                data.importing.look()
                if data.importing.step < self.account.import_steps:
                    continue
                if not self.account.faults.take("import", data.name, "slow"):
                    self._import(data)

    def _import(self, data: _Data) -> None:
        """The end of an import: the new version, or a message why not and the old one."""
        data.importing = None
        config = data.asked["ParallelDataConfig"]
        first = data.status == "CREATING"
        now = self.account.clock.now()
        try:
            if self.account.faults.take("import", data.name, "failed"):
                raise BadFileError("The service failed to import the file.")
            file = self.account.objects.read(config["S3Uri"])
            taken = take(file, config["Format"], self.account.limits)
        except (StorageError, BadFileError) as error:
            data.message = str(error)
            data.notes = [data.message]
            if first:
                data.status = "FAILED"
            else:
                data.attempt = "FAILED"
            return
        # Guess: the description of a failed update is not taken over.
        data.description = data.asked.get("Description", data.description)
        data.status, data.message, data.config, data.changed = "ACTIVE", "", config, now
        data.attempt = "" if first else "ACTIVE"
        data.version, data.file, data.notes = taken, file, taken.notes
        data.failed, data.skipped = taken.failed, taken.skipped


def _complete(operation: str, params: dict[str, Any]) -> None:
    config = params["ParallelDataConfig"]
    if not config.get("S3Uri") or not config.get("Format"):
        message = "ParallelDataConfig needs S3Uri and Format."
        refuse(operation, message, "InvalidParameterValueException")


def _told(data: _Data, account: Account) -> dict[str, Any]:
    told: dict[str, Any] = {
        "Name": data.name,
        "Arn": account.arn("parallel-data", data.name),
        "Status": data.status,
        "ParallelDataConfig": data.config,
        "ImportedDataSize": len(data.file),
        "ImportedRecordCount": len(data.version.records) if data.version else 0,
        "FailedRecordCount": data.failed,
        "SkippedRecordCount": data.skipped,
        "CreatedAt": data.created,
        "LastUpdatedAt": data.changed,
    }
    if data.version:
        told |= {"SourceLanguageCode": data.version.source, "TargetLanguageCodes": data.version.targets}
    if data.attempt:
        told |= {"LatestUpdateAttemptStatus": data.attempt, "LatestUpdateAttemptAt": data.attempted}
    optional = {"Description": data.description, "Message": data.message, "EncryptionKey": data.key}
    return told | {name: value for name, value in optional.items() if value}
