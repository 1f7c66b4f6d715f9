"""Custom terminology: imported at once, with the request itself."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from .account import Account, page, refuse
from .pair_files import BadFileError, rows


@dataclass
class _Terms:
    properties: dict[str, Any]
    codes: list[str]
    records: list[dict[str, str]]
    file: bytes


class Terminology:
    """The operations on custom terminology."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.all: dict[str, _Terms] = {}

    def imported(self, params: dict[str, Any]) -> dict[str, Any]:
        name, data = params["Name"], params["TerminologyData"]
        file = base64.b64decode(data["File"])
        try:
            codes, records = rows(file, data["Format"])
            self._check(codes, records)
        except BadFileError as error:
            refuse("ImportTerminology", str(error), "InvalidParameterValueException")
        old = self.all.get(name)
        if old is None and len(self.all) >= self.account.limits.terminologies:
            refuse("ImportTerminology", "Too many terminologies.", "LimitExceededException")
        now = self.account.clock.now()
        properties: dict[str, Any] = {
            "Name": name,
            "Arn": self.account.arn("terminology", name),
            "SourceLanguageCode": codes[0],
            "TargetLanguageCodes": codes[1:],
            "SizeBytes": len(file),
            "TermCount": len(records),
            "SkippedTermCount": 0,
            "CreatedAt": old.properties["CreatedAt"] if old else now,
            "LastUpdatedAt": now,
            "Directionality": data.get("Directionality", "UNI"),
            "Format": data["Format"],
        }
        for optional in ("Description", "EncryptionKey"):
            if params.get(optional):
                properties[optional] = params[optional]
        self.all[name] = _Terms(properties, codes, records, file)
        return {"TerminologyProperties": properties}

    def get(self, params: dict[str, Any]) -> dict[str, Any]:
        found = self._found("GetTerminology", params["Name"])
        location = self.account.location("terminology", params["Name"], "data")
        return {"TerminologyProperties": found.properties, "TerminologyDataLocation": location}

    def list_all(self, params: dict[str, Any]) -> dict[str, Any]:
        every = [self.all[name] for name in sorted(self.all)]
        members = ("TerminologyPropertiesList", "NextToken")
        return page("ListTerminologies", params, members, every, lambda t: dict(t.properties))

    def delete(self, params: dict[str, Any]) -> dict[str, Any]:
        self._found("DeleteTerminology", params["Name"])
        del self.all[params["Name"]]
        return {}

    def download(self, name: str) -> bytes | None:
        """What the signed address leads to."""
        return self.all[name].file if name in self.all else None

    def use(self, names: list[str], operation: str, languages: tuple[str, str]) -> dict[str, str]:
        """The terms of a direction. Raises ServiceError for a name that is not there."""
        # Guess: a terminology without the languages is no error and does nothing.
        terms: dict[str, str] = {}
        source, target = languages
        for name in names:
            found = self._found(operation, name)
            if source != found.codes[0] and found.properties["Directionality"] == "UNI":
                continue
            terms |= {r[source]: r[target] for r in found.records if r.get(source) and r.get(target)}
        return terms

    def _found(self, operation: str, name: str) -> _Terms:
        if name not in self.all:
            refuse(operation, f"Terminology {name} is not found.", "ResourceNotFoundException")
        return self.all[name]

    def _check(self, codes: list[str], records: list[dict[str, str]]) -> None:
        if not records:
            raise BadFileError("The terminology has no terms.")
        said: dict[str, dict[str, str]] = {}
        for number, record in enumerate(records, 1):
            if not record.get(codes[0], "").strip():
                raise BadFileError(f"Term {number} has no source, or not as many fields as languages.")
            if any(len(text.encode()) > self.account.limits.term_bytes for text in record.values()):
                raise BadFileError(f"Term {number} is longer than {self.account.limits.term_bytes} bytes.")
            if said.setdefault(record[codes[0]], record) != record:
                raise BadFileError(f"Term {number} says something else than an earlier one of the same source.")
