"""Errors as the service answers them, and which of them an operation may answer."""

from __future__ import annotations

from botocore.model import OperationModel

COMMON = {
    "AccessDeniedException": 400,
    "ExpiredTokenException": 400,
    "IncompleteSignatureException": 400,
    "InternalFailure": 500,
    "InvalidSignatureException": 403,
    "MissingAuthenticationTokenException": 403,
    "SerializationException": 400,
    "ServiceUnavailable": 503,
    "ThrottlingException": 400,
    "UnknownOperationException": 400,
    "UnrecognizedClientException": 403,
    "ValidationException": 400,
}
"""Any operation of any AWS service may answer these, and with which HTTP status."""


class ServiceError(Exception):
    """A refusal that the client is meant to see."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


class ConnectionLost(Exception):
    """The answer never reaches the client."""


def declared(operation: OperationModel, code: str) -> bool:
    """Whether an operation names an error in its model."""
    return any(shape.name == code for shape in operation.error_shapes)


def first_declared(operation: OperationModel, *codes: str) -> str:
    """The first of ``codes`` that an operation may answer."""
    for code in codes:
        if code in COMMON or declared(operation, code):
            return code
    raise AssertionError(f"{operation.name} declares none of {', '.join(codes)}")


def status(operation: OperationModel | None, code: str) -> int:
    """The HTTP status of an error. Raises AssertionError for one that the operation cannot answer."""
    for shape in operation.error_shapes if operation else ():
        if shape.name == code:
            return int(shape.metadata["error"]["httpStatusCode"])
    if code not in COMMON:
        raise AssertionError(f"{operation.name if operation else 'a request'} cannot answer {code}")
    return COMMON[code]
