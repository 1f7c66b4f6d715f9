"""The only error meant for users: what happened, why, and what to do about it, without secrets."""

from __future__ import annotations

import re

from bot.messages import Message

_SECRET = re.compile(
    r"(?i)((?:X-Amz-(?:Signature|Credential|Security-Token)|AWSAccessKeyId|Signature)=)[^&\s\"'<>]+"
    r"|\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b|(aws_(?:secret_access_key|session_token)\s*[=:]\s*)\S+"
)


class AmtsError(Exception):
    """An expected failure (bad input, a missing file, a moved branch): exit status 1, no traceback.

    ``what`` happened, ``why`` it did, and the ``fix`` a person can apply; each is one line.
    """

    def __init__(self, what: str, *, why: str, fix: str) -> None:
        super().__init__(what)
        self.what, self.why, self.fix = map(_line, (what, why, fix))

    @property
    def reason(self) -> str:
        """What happened and why, in a line."""
        return Message("{what}: {why}", what=self.what, why=self.why)

    @property
    def advice(self) -> str:
        """What happened, why, and what to do, in a line."""
        return Message("{what}: {why}; {fix}", what=self.what, why=self.why, fix=self.fix)

    def __str__(self) -> str:
        return f"{self.what}\n  why: {self.why}\n  fix: {self.fix}"


class Unreachable(AmtsError):
    """A failure that is not about one repository: every other one on the same host would fail in the same way."""


def redacted(text: str) -> str:
    """``text`` without keys, signatures and tokens."""
    return _SECRET.sub(lambda m: f"{m[1] or m[2] or ''}…", text)


def _line(text: str) -> str:
    """A text as one line without control codes for terminals or logs, since it may contain file names."""
    if text.isprintable():
        return text  # a message stays one
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
