"""What the Translate side reads and writes in S3, as any client of S3 does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

INSIDE = "emulator-inside"
"""Stands in the user agent of the emulator's own requests, which no fault meets."""


@cache
def session() -> boto3.Session:
    """One for the process: it reads the descriptions of services, which takes time."""
    return boto3.Session()


class StorageError(Exception):
    """S3 refused; the text is fit for a Message."""


def split(uri: str) -> tuple[str, str]:
    """Bucket and key of an address ``s3://…``."""
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    return bucket, key


@dataclass(frozen=True)
class Objects:
    """Objects by their addresses."""

    client: S3Client

    @classmethod
    def at(cls, url: str, keys: tuple[str, str], region: str) -> Objects:
        """Objects of the server at ``url``."""
        config = Config(s3={"addressing_style": "path"}, user_agent_extra=INSIDE, retries={"total_max_attempts": 1})
        client = session().client(
            "s3",
            endpoint_url=url,
            aws_access_key_id=keys[0],
            aws_secret_access_key=keys[1],
            region_name=region,
            config=config,
        )
        return cls(client)

    def read(self, uri: str) -> bytes:
        bucket, key = split(uri)
        try:
            return self.client.get_object(Bucket=bucket, Key=key)["Body"].read()
        except (ClientError, BotoCoreError) as error:
            raise StorageError(f"{uri} cannot be read: {error}") from None

    def write(self, uri: str, data: bytes) -> None:
        bucket, key = split(uri)
        try:
            self.client.put_object(Bucket=bucket, Key=key, Body=data)
        except (ClientError, BotoCoreError) as error:
            raise StorageError(f"{uri} cannot be written: {error}") from None

    def names(self, folder: str) -> list[str]:
        """What is below a folder (with its slash), relative to it, sorted; without marks for empty folders."""
        bucket, prefix = split(folder)
        try:
            pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
            keys = [found["Key"] for page in pages for found in page.get("Contents", [])]
        except (ClientError, BotoCoreError) as error:
            raise StorageError(f"{folder} cannot be listed: {error}") from None
        return sorted(key[len(prefix) :] for key in keys if not key.endswith("/"))
