"""Keeps what was made of the texts that were asked for last, packed, up to a number of bytes."""

from __future__ import annotations

import hashlib
import pickle
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

ROOM = 12_000_000
"""Bytes for the packed documents of a process: 6 million characters of English, half as many of Chinese."""

Made = TypeVar("Made")


class Recent(Generic[Made]):
    """Remembers for each text what was made of it, in ``room`` bytes at most: the oldest go first.

    A document as bytes takes a tenth of its memory, and unpacking it a tenth of the time of making it. Each who asks
    gets a copy. Threads may share it.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._packed: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, text: str, kind: Hashable, make: Callable[[], Made]) -> Made:
        """What ``make`` returned for this text and kind, or returns now."""
        # A text itself would take as much memory as its document, packed.
        key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest(), kind
        with self._lock:
            packed = self._packed.get(key)
            if packed is not None:
                self._packed.move_to_end(key)
        if packed is not None:
            kept: Made = pickle.loads(packed)
            return kept
        made = make()
        packed = pickle.dumps(made, pickle.HIGHEST_PROTOCOL)
        with self._lock:
            if key not in self._packed:
                self._packed[key] = packed
                self._room -= len(packed)
            while self._room < 0:
                self._room += len(self._packed.popitem(last=False)[1])
        return made
