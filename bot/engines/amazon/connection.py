"""The clients of Amazon's services, and readable explanations of their errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
    NoRegionError,
    PartialCredentialsError,
)

from bot import __version__
from bot.errors import AmtsError, redacted

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_translate import TranslateClient

_EXPIRED = ("ExpiredToken", "ExpiredTokenException", "RequestExpired")
_UNKNOWN = (
    "UnrecognizedClientException",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
    "InvalidAccessKeyId",
    "IncompleteSignature",
)
_DENIED = ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "403")
_BUSY = ("ThrottlingException", "TooManyRequestsException", "SlowDown", "Throttling", "RequestLimitExceeded")


@dataclass(frozen=True)
class Connection:
    """Clients of one region; threads may share them, but only one at a time may create others from ``session``."""

    region: str
    session: boto3.Session
    translate: TranslateClient
    s3: S3Client


def connect(region: str) -> Connection:
    """The clients of a region; credentials and endpoints come from the environment."""
    session = boto3.Session(region_name=region)
    config = Config(
        retries={"mode": "standard", "max_attempts": 5},
        connect_timeout=10,
        read_timeout=60,
        user_agent_extra=f"amts/{__version__}",
        # One addressing style for AWS and for servers that do not support buckets as host names.
        s3={"addressing_style": "path"},
    )
    return Connection(
        region,
        session,
        session.client("translate", config=config),
        session.client("s3", config=config),
    )


def code(error: ClientError) -> str:
    """The code of a service's error, such as ``ConflictException``."""
    return str(error.response.get("Error", {}).get("Code", ""))


@contextmanager
def explained(what: str, *, later: str = "", settings: str = "amazon") -> Iterator[None]:
    """Turns errors of Amazon's services and clients into an AmtsError; ``later`` describes what the next run does.

    ``settings`` is the key of the settings to correct.
    """
    try:
        yield
    except ClientError as error:
        raise AmtsError(what, why=_why(error), fix=_fix(error, settings) + (f"; {later}" if later else "")) from None
    except (NoCredentialsError, PartialCredentialsError) as error:
        raise AmtsError(
            what,
            why=redacted(str(error)),
            fix="set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or let the workflow assume a role (docs/aws.md)",
        ) from None
    except NoRegionError as error:
        raise AmtsError(what, why=str(error), fix=f"set {settings}.region in amts.yml") from None
    except (EndpointConnectionError, BotoCoreError) as error:
        why = redacted(str(error))
        raise AmtsError(what, why=why, fix="check the network and the region, and run it again") from None


def _why(error: ClientError) -> str:
    message = str(error.response.get("Error", {}).get("Message", "")).strip()
    return redacted(f"{error.operation_name}: {code(error)}" + (f": {message}" if message else ""))


def _fix(error: ClientError, settings: str) -> str:
    found = code(error)
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if found in _EXPIRED:
        return "raise the duration of the session (role-duration-seconds), and run it again"
    if found in _UNKNOWN:
        return "check the credentials: the key is unknown, or its secret is another"
    if found in _DENIED and settings != "amazon":
        return f"allow {error.operation_name} in the policy of the caller (docs/engines.md), and try amts doctor"
    if found in _DENIED:
        return f"allow {error.operation_name} in the policy of the caller (aws/caller-policy.json), and try amts doctor"
    if found in _BUSY:
        return "wait a little, and run it again"
    if found in ("NoSuchBucket", "PermanentRedirect"):
        return f"correct {settings}.bucket and {settings}.region in amts.yml: the bucket must exist in that region"
    return (
        "run it again" if status >= 500 else f"correct the settings under {settings} in amts.yml, and try amts doctor"
    )
