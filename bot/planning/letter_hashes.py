"""Looks for thousands of short strings in a long text at once, by numbers made of their letters (Rabin and Karp)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_BITS = 20
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""An odd number whose bits are spread: 2**64 by the golden ratio, as in Fibonacci hashing."""


def places(text: str, keys: str, length: int) -> list[int]:
    """Where one of ``keys``, strings of ``length`` in a row, may start in ``text``: all such, and a few others."""
    wanted = np.zeros(1 << _BITS, np.bool_)
    wanted[_hashes(keys, length)[::length]] = True
    found: list[int] = np.flatnonzero(wanted[_hashes(text, length)]).tolist()
    return found


def _hashes(text: str, length: int) -> NDArray[np.uint64]:
    """A number of ``_BITS`` bits for each ``length`` characters of a text."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint64)
    out = np.zeros(max(0, len(points) - length + 1), np.uint64)
    for n in range(length):
        out *= _FACTOR
        out += points[n : n + len(out)]
    return np.asarray((out * _FACTOR) >> np.uint64(64 - _BITS))
