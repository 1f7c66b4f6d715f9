"""Addresses of a translation's own pages: the English ones with the folder of its language, ``/ko/a`` for ``/en/a``."""

from __future__ import annotations

import re

from bot.language_codes import ENGLISH, tag

_ENGLISH = re.compile(r"(?<![\w./-])en(?:[-_](?:US|GB))?(?=/)|(?<=/)en(?:[-_](?:US|GB))?(?![\w.-])", re.IGNORECASE)
"""Matches a folder that says English in a link target, a tag or an address."""

_CODE = r"([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,4})?)"


def in_own_folder(old: str, new: str, own: str) -> str:
    """What an atom becomes that has the folder of its language where English has none or its own; empty if it has not.

    ``old`` became ``new`` in English, and the translation has ``own``. Empty too where the new address has no such
    place: it leads elsewhere.
    """
    if _language(new, own):
        return own
    code = _language(old, own)
    if code and _ENGLISH.search(old) and _ENGLISH.search(new):
        return _ENGLISH.sub(code, new)
    root = _root(old)
    if code and root and _root(new) and not _ENGLISH.search(old):
        return new[:root] + f"/{code}" + new[root:]
    return ""


def _language(english: str, own: str) -> str:
    """The folder of another language that ``own`` has in the place of English; empty if that is not the difference."""
    if _ENGLISH.search(english):
        first, *rest = (re.escape(part) for part in _ENGLISH.split(english))
        pattern = first + _CODE + rest[0] + "".join(rf"\1{part}" for part in rest[1:])
    elif root := _root(english):
        pattern = re.escape(english[:root]) + "/" + _CODE + re.escape(english[root:])
    else:
        return ""
    found = re.fullmatch(pattern, own)
    return found[1] if found and tag(found[1]) and found[1] not in ENGLISH else ""


def _root(target: str) -> int:
    """Where a link target that starts at the root of its site has that slash; 0 for any other atom."""
    found = re.match(r"\(\s*<?(?=/(?!/))", target)
    return found.end() if found else 0
