"""Who sent a request: its SigV4 signature is recomputed with the secret that belongs to the key."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from .errors import ServiceError

ACCESS_KEY = "AKIAEMULATORTESTKEY1"
SECRET_KEY = "emulator/secret+of+nobody/0123456789abcd"
SESSION_TOKEN = "emulator-session-token"
_PARTS = re.compile(r"AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})")
_SKEW = 15 * 60


@dataclass
class Keys:
    """The keys that the account knows with their secrets, and its session tokens."""

    secrets: dict[str, str] = field(default_factory=lambda: {ACCESS_KEY: SECRET_KEY})
    tokens: set[str] = field(default_factory=lambda: {SESSION_TOKEN})
    expired_tokens: set[str] = field(default_factory=lambda: {"expired"})

    def verify(self, url: str, headers: Mapping[str, str], body: bytes, region: str) -> None:
        """Raises ServiceError unless a POST is signed for Translate in ``region``; names of headers are lower case."""
        authorization = headers.get("authorization", "")
        if not authorization:
            raise ServiceError("MissingAuthenticationTokenException", "Missing Authentication Token")
        found = _PARTS.fullmatch(authorization)
        scope = found[1].split("/") if found else []
        date = headers.get("x-amz-date", "")
        if found is None or len(scope) != 5 or not re.fullmatch(r"\d{8}T\d{6}Z", date):
            raise ServiceError("IncompleteSignatureException", "The Authorization header is not a SigV4 signature.")
        key = scope[0]
        # Guess: the token is looked at before the signature.
        token = headers.get("x-amz-security-token")
        if token in self.expired_tokens:
            raise ServiceError("ExpiredTokenException", "The security token included in the request is expired")
        if key not in self.secrets or (token is not None and token not in self.tokens):
            raise ServiceError("UnrecognizedClientException", "The security token included in the request is invalid.")
        signed = found[2].split(";")
        if scope[1:] != [date[:8], region, "translate", "aws4_request"]:
            raise ServiceError("InvalidSignatureException", f"Credential should be scoped to {region} and translate.")
        sent = datetime.strptime(date, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        if abs((datetime.now(UTC) - sent).total_seconds()) > _SKEW:
            raise ServiceError("InvalidSignatureException", f"Signature expired: {date}")
        if not {"host", "x-amz-date", "x-amz-target"} <= set(signed):
            raise ServiceError("InvalidSignatureException", "Host, date and target must be signed.")
        wanted = _signature(url, {n: headers.get(n, "") for n in signed}, body, key, self.secrets[key], region)
        if not hmac.compare_digest(wanted, found[3]):
            raise ServiceError(
                "InvalidSignatureException",
                "The request signature we calculated does not match the signature you provided.",
            )


def _signature(url: str, headers: Mapping[str, str], body: bytes, key: str, secret: str, region: str) -> str:
    request = AWSRequest(method="POST", url=url, headers=dict(headers), data=body)
    request.context["timestamp"] = headers["x-amz-date"]
    signer = SigV4Auth(Credentials(key, secret), "translate", region)
    return str(signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request))
