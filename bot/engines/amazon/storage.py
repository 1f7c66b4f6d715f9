"""A folder of an S3 bucket."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from bot.engines.amazon.connection import code, explained

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


AT_ONCE = 8
"""Number of simultaneous requests (the client keeps ten connections)."""


@dataclass(frozen=True)
class Stored:
    """An object as a list shows it: its size in bytes, and when it was written."""

    name: str
    size: int
    modified: datetime


@dataclass(frozen=True)
class Storage:
    """Objects below ``prefix`` (without slashes at its ends) of a bucket; names are relative to it."""

    client: S3Client
    bucket: str
    prefix: str

    def uri(self, name: str) -> str:
        """The URI of an object or a folder, as the services expect it."""
        return f"s3://{self.bucket}/{self._key(name)}"

    def name(self, uri: str) -> str:
        """The name of what is at ``uri``. Raises ValueError for another bucket or folder."""
        start = self.uri("")
        if not uri.startswith(start):
            raise ValueError(f"{uri} is not below {start}")
        return uri[len(start) :]

    def put(self, name: str, data: bytes) -> None:
        """Writes an object, replacing one of the same name."""
        with explained(f"{self.uri(name)} cannot be written"):
            self.client.put_object(Bucket=self.bucket, Key=self._key(name), Body=data)

    def get(self, name: str) -> bytes | None:
        """The object, or None."""
        with explained(f"{self.uri(name)} cannot be read"):
            try:
                return self.client.get_object(Bucket=self.bucket, Key=self._key(name))["Body"].read()
            except ClientError as error:
                if code(error) in ("NoSuchKey", "404"):
                    return None
                raise

    def remove(self, name: str) -> None:
        """Deletes an object, if it is there."""
        with explained(f"{self.uri(name)} cannot be deleted"):
            self.client.delete_object(Bucket=self.bucket, Key=self._key(name))

    def names(self, folder: str) -> list[str]:
        """All objects below a folder, sorted."""
        return [found.name for found in self.listed(folder)]

    def listed(self, folder: str) -> list[Stored]:
        """The same, with size and time."""
        with explained(f"{self.uri(folder)} cannot be listed"):
            return sorted(self._listed(folder), key=lambda found: found.name)

    def _listed(self, folder: str) -> Iterator[Stored]:
        pages = self.client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self.bucket, Prefix=self._key(folder)):
            for found in page.get("Contents", []):
                yield Stored(found["Key"][len(self.prefix) + 1 :], found["Size"], found["LastModified"])

    def put_all(self, objects: Mapping[str, bytes]) -> None:
        """Writes several objects at a time."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(self.put, objects, objects.values()))

    def get_all(self, names: Iterable[str]) -> dict[str, bytes | None]:
        """Reads several objects at a time."""
        every = list(names)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return dict(zip(every, pool.map(self.get, every), strict=True))

    def put_json(self, name: str, value: object) -> None:
        self.put(name, json.dumps(value, ensure_ascii=False, sort_keys=True).encode())

    def get_json(self, name: str) -> Any:
        data = self.get(name)
        return None if data is None else json.loads(data)

    def _key(self, name: str) -> str:
        return f"{self.prefix}/{name}"
