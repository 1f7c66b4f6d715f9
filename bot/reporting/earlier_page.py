"""What a page takes over from the one before: the texts about sentences that still wait, and all around the documents.

A sync knows where its own drafts come from, and what is like them in the memory; later ones do not. So each text has a
hidden name, by which a later page finds it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.contracts import MARKER
from bot.review.record import key, name_of
from bot.review.unfinished import Unfinished

TODO = f"<!-- {MARKER}:todo -->"
"""At the end of the line with what there is to do."""

BEGIN, END = f"<!-- {MARKER}:documents -->", f"<!-- {MARKER}:end -->"
"""Lines around all that is about documents that wait."""

_PIECES = re.compile(r"\n\n|\n(?=- )")
_NAME = re.compile(rf"<!-- {MARKER}:s ([0-9a-f]+) -->")


def named(one: Unfinished) -> str:
    """The hidden name of a sentence, behind its place: another one once its English, text or state is another."""
    name = name_of([one.entry]) if one.entry else key(f"{one.source}\n{one.text}")
    return f"<!-- {MARKER}:s {name} -->"


def texts(page: str) -> Mapping[str, str]:
    """The texts about sentences on a page, without their places, by the hidden names behind these."""
    found: dict[str, str] = {}
    for text in _PIECES.split(_flat(page).partition(BEGIN)[2].rpartition(END)[0]):
        if name := _NAME.search(text.partition("\n")[0]):
            found.setdefault(name[0], text[name.end() :])
    return found


def around(page: str, todo: str) -> tuple[str, str]:
    """What a page has above and below its documents, with ``todo`` as the line that says what to do.

    Both are empty if the page lacks its marks, as one of an earlier version, or one that people changed.
    """
    head, begin, rest = _flat(page).partition(f"{BEGIN}\n")
    _, end, tail = rest.rpartition(f"{END}\n")
    line = re.compile(rf"(?m)^.*{re.escape(TODO)}$")
    if not begin or not end or len(line.findall(head)) != 1:
        return "", ""
    return line.sub(lambda _: f"{todo} {TODO}", head), tail


def _flat(page: str) -> str:
    """Forms on a web page send other line ends."""
    return page.replace("\r\n", "\n")
