"""How many examples a property is tried on."""

from __future__ import annotations

from hypothesis import settings

_USUAL = settings.get_profile("ci").max_examples


def examples(count: int) -> settings:
    """So many examples in every run, and in the same measure more with a profile that has more."""
    return settings(max_examples=count * settings().max_examples // _USUAL)
