"""The one error people are meant to see: what happened, why, and what to do about it."""

from __future__ import annotations


class AmtsError(Exception):
    """An expected failure (bad input, a missing file, a moved branch): exit status 1, no traceback.

    ``what`` happened, ``why`` it did, and the ``fix`` a person can apply; each is one line.
    """

    def __init__(self, what: str, *, why: str, fix: str) -> None:
        super().__init__(what)
        self.what, self.why, self.fix = map(_line, (what, why, fix))

    def __str__(self) -> str:
        return f"{self.what}\n  why: {self.why}\n  fix: {self.fix}"


def _line(text: str) -> str:
    """A text as one line that neither a terminal nor a log obeys: it may have names of files in it."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
