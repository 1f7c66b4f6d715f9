"""English texts that a page can show in the language of its readers: each knows its template and the values in it.

Terminals, logs and JSON show the English. ``bot.reporting.wording`` finds the other languages by the template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_FORMAT = re.compile(r"\{(\w+):[^{}]*\}")


class Message(str):
    """An English text; ``key`` is its template without formats of numbers, ``values`` is what was put into it.

    A value may be a message itself. A number in a template with several plural forms is named ``number``.
    """

    key: str
    template: str
    values: Mapping[str, str | int]

    def __new__(cls, template: str, /, **values: str | int) -> Message:
        self = super().__new__(cls, template.format(**values))
        self.template, self.key, self.values = template, _FORMAT.sub(r"{\1}", template), values
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (self.template, dict(self.values))


def _again(template: str, values: Mapping[str, str | int]) -> Message:
    return Message(template, **values)


def in_a_row(texts: Iterable[str]) -> str:
    """The texts with semicolons between them; empty for none."""
    every = list(texts)
    if len(every) < 2:
        return every[0] if every else ""
    return Message("{first}; {rest}", first=every[0], rest=in_a_row(every[1:]))


def listed(texts: Iterable[str]) -> str:
    """The texts with commas between them; empty for none."""
    every = list(texts)
    if len(every) < 2:
        return every[0] if every else ""
    return Message("{first}, {rest}", first=every[0], rest=listed(every[1:]))
