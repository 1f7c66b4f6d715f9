"""S3, STS and IAM on the same port: which operation a request is, and their faults as XML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from .faults import Fault

_SCOPE = re.compile(r"Credential=[^/]+/\d+/[^/]+/([a-z0-9-]+)/aws4_request")
_SUBRESOURCES = ("acl", "location", "policy", "tagging", "uploads", "uploadId", "versioning", "versions", "encryption")

_S3_ERRORS = {
    "throttle": (503, "SlowDown", "Please reduce your request rate."),
    "server": (500, "InternalError", "We encountered an internal error. Please try again."),
    "expired": (400, "ExpiredToken", "The provided token has expired."),
    "denied": (403, "AccessDenied", "Access Denied"),
    "conflict": (409, "OperationAborted", "A conflicting operation is in progress."),
}
_QUERY_ERRORS = {
    "throttle": (400, "Throttling", "Rate exceeded"),
    "server": (500, "InternalFailure", "The request processing has failed."),
    "expired": (403, "ExpiredToken", "The security token included in the request is expired"),
    "denied": (403, "AccessDenied", "User is not authorized to perform this action"),
    "conflict": (409, "ConcurrentModification", "The request was rejected because of another one."),
}


def service_of(headers: Mapping[str, str]) -> str:
    """The service that a request is signed for; S3 where it is not signed."""
    found = _SCOPE.search(headers.get("authorization", ""))
    return found[1] if found else "s3"


def operation_of(service: str, method: str, path: str, query: str, body: bytes) -> str:
    """The name of a request's operation, as far as faults know it; else its method."""
    if service != "s3":
        return (parse_qs(body.decode("utf-8", "replace")).get("Action") or [method])[0]
    asked = parse_qs(query, keep_blank_values=True)
    if any(name in asked for name in _SUBRESOURCES):
        return method
    _, _, key = path.lstrip("/").partition("/")
    if key:
        return f"{ {'PUT': 'Put', 'GET': 'Get', 'HEAD': 'Head', 'DELETE': 'Delete'}.get(method, method) }Object"
    if method == "GET" and asked.get("list-type") == ["2"]:
        return "ListObjectsV2"
    return f"{ {'PUT': 'Create', 'HEAD': 'Head', 'DELETE': 'Delete'}.get(method, method) }Bucket"


def failure(service: str, fault: Fault) -> tuple[int, bytes]:
    """The status and the XML of a fault."""
    errors = _S3_ERRORS if service == "s3" else _QUERY_ERRORS
    status, code, message = errors[fault.kind if fault.kind in errors else "server"]
    inside = f"<Code>{code}</Code><Message>{escape(message)}</Message>"
    if service == "s3":
        return status, f"<Error>{inside}<RequestId>emulator</RequestId></Error>".encode()
    answer = f"<ErrorResponse><Error><Type>Sender</Type>{inside}</Error><RequestId>emulator</RequestId></ErrorResponse>"
    return status, answer.encode()
