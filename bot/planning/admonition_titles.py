"""The opening line of an admonition whose title only the translators have, when English changes that line.

Their title stays where the new syntax has a place for it. Alerts and the directives of MyST have none: there it becomes
the first line of the body, in bold.
"""

from __future__ import annotations

import re

from bot.document.flavours import ALERT, DIRECTIVE, PROSE_DIRECTIVES, untitled
from bot.messages import Message


def syntax(line: str) -> str:
    """The marks that open an admonition, such as ``!!!`` or ``:::{``: equal for lines in the same syntax."""
    found = re.match(r"[ \t>]*([!?=/:`~\[]+[ \t]*\{?)", line)
    return found[1].replace(" ", "") if found else ""


def with_title(english: str, title: str, ours: str, eol: str, *, options: bool) -> tuple[str, str]:
    """The new ``english`` opening line with the translators' own ``title``, and a flag; no flag if nothing is lost.

    ``ours`` is their opening line; ``options`` means that option lines of a directive follow, before its body.
    """
    bare = english.rstrip()
    lead = bare[: len(bare) - len(bare.lstrip(" \t>"))]
    line = bare[len(lead) :]
    alert, directive = ALERT.opening.match(line), DIRECTIVE.match(line)
    if alert and syntax(ours) == syntax(english):
        return f"{bare} {title}{english[len(bare) :]}", ""
    if (found := untitled(english, title)) is not None:
        return found, ""
    place = Message("{line} has no place for the title {title}", line=line, title=title)
    if directive and "{admonition}" in ours and syntax(ours) == syntax(english):
        return ours, Message("{problem}; the translation keeps its own line", problem=place)
    if alert or (directive and directive["name"] in PROSE_DIRECTIVES and not options):
        body = f"{lead}**{title}**{eol}{lead.rstrip() if alert else ''}{eol}"
        return bare + (english[len(bare) :] or eol) + body, Message(
            "{problem}; it is the first line of the body now", problem=place
        )
    return english, place
