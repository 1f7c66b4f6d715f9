"""The one error people are meant to see: what happened, why, and what to do about it."""

from __future__ import annotations


class AmtsError(Exception):
    """An expected failure (bad input, a missing file, a moved branch): exit status 1, no traceback.

    ``what`` happened, ``why`` it did, and the ``fix`` a person can apply; each is one line.
    """

    def __init__(self, what: str, *, why: str, fix: str) -> None:
        super().__init__(what)
        self.what = what
        self.why = why
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.what}\n  why: {self.why}\n  fix: {self.fix}"
