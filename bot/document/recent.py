"""Keeps what was made of the texts that were asked for last, up to a number of characters."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Variant = TypeVar("Variant")
Made = TypeVar("Made")


class Recent(Generic[Variant, Made]):
    """``make``, a function of a text and a variant of it, that remembers results for at most ``characters`` of text.

    A cache that counts results keeps either too few small texts or too many large ones. Nobody may change a result.
    """

    def __init__(self, make: Callable[[str, Variant], Made], characters: int) -> None:
        self._make, self._most, self._size = make, characters, 0
        self._made: OrderedDict[tuple[str, Variant], Made] = OrderedDict()
        self._lock = Lock()

    def __call__(self, text: str, variant: Variant) -> Made:
        """What ``make`` returns for these two. Threads may ask at the same time."""
        key = text, variant
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        made = self._make(text, variant)
        with self._lock:
            if key not in self._made:
                self._made[key] = made
                self._size += len(text)
            while self._size > self._most:
                (oldest, _), _ = self._made.popitem(last=False)
                self._size -= len(oldest)
        return made
