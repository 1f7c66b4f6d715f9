"""Translates HTML or XML as a service does that knows elements which it must leave alone."""

from __future__ import annotations

import re

from fakes.language_model import made_up

_KEPT = re.compile(r'<span [^>]*translate="no">.*?</span>|<[^>]*>|&\w+;')


def translated(text: str, *, keeps: bool = True) -> str:
    """Words are made up; tags stay, and so do elements that are not for translation, if it ``keeps`` them."""
    out, at = [], 0
    for found in (_KEPT if keeps else re.compile(r"<[^>]*>|&\w+;")).finditer(text):
        out += [made_up(text[at : found.start()]), found[0]]
        at = found.end()
    return "".join([*out, made_up(text[at:])])
