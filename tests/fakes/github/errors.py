"""Refusals, with the words that GitHub uses."""

from __future__ import annotations

from typing import Any

DOCUMENTATION = "https://docs.github.com/rest"


class Unsupported(Exception):
    """GitHub knows what is asked for, and this stand-in does not: a problem that tests see, answered with 500."""


class Refusal(Exception):
    """An answer that is an error, and that the client is meant to see."""

    def __init__(
        self,
        status: int,
        message: str,
        errors: list[dict[str, Any]] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(f"{status}: {message}")
        self.status = status
        self.headers = headers or {}
        self.body: dict[str, Any] = {"message": message, "documentation_url": DOCUMENTATION, "status": str(status)}
        if errors is not None:
            self.body["errors"] = errors


class ConnectionLost(Exception):
    """The answer never reaches the client."""


def not_found() -> Refusal:
    """What is not there, or may not be seen."""
    return Refusal(404, "Not Found")


def invalid(resource: str, field: str, code: str = "invalid", message: str = "") -> Refusal:
    """A value that will not do; code ``custom`` comes with a message."""
    error = {"resource": resource, "field": field, "code": code, "message": message}
    return Refusal(422, "Validation Failed", [{k: v for k, v in error.items() if v}])


def too_long(resource: str, text: str | None, limit: int = 65_536) -> None:
    """Raises Refusal for a body that is longer than GitHub takes."""
    if text is not None and len(text) > limit:
        raise invalid(resource, "body", "custom", f"body is too long (maximum is {limit} characters)")
