"""Atoms: the inline pieces of a text that are never translated, such as code, math, roles and link targets.

They are found in one left-to-right pass, so none lies inside another and masking needs no order of
restoration: of `` [`nn.Linear`](url) `` the code span is one atom and ``(url)`` the next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PRIVATE = "\ue000-\uf8ff"

ATOM = re.compile(
    rf"""
    (?=[:{{`$(\[<&{_PRIVATE}]|http)(?:                            # a quick no for nearly every place
      :[A-Za-z][\w-]*:`[^`]*`                                    # role of Dive into Deep Learning
    | \{{[A-Za-z][\w:.-]*\}}`[^`]*`                              # role of MyST
    | (?P<ticks>`+)(?!`)(?:.|\n)+?(?<!`)(?P=ticks)(?!`)          # code span
    | (?<!\\)\$\$(?:\\.|[^$\\])+\$\$                             # display math inside a line
    | (?<![\\$])\$(?=[^\s$])(?:\\(?:.|\n)|[^$\\])*?(?<=\S)\$(?!\d)  # inline math
    | (?<![\\$])\$[ ](?:\\.|[^$\\\n]){{1,120}}?[ ]\$(?!\d)       # inline math written with spaces
    | (?<=\])\((?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"]*")?\)        # target of a link or an image
    | (?<=[^\s\[(]\])\[[^\]\n]*\]                                # label of a reference link
    | \[\^[^\]\s]+\]                                             # footnote reference
    | <(?:https?|mailto):[^<>\s]+>                               # autolink
    | </?[A-Za-z][^<>]*> | <!--(?:.|\n)*?-->                     # HTML
    | https?://[!-'*-;=?-Z\\^-~]*[\w/]                           # bare address
    | &(?:\#\d+|\#x[\da-fA-F]+|\w+);                             # entity
    | [{_PRIVATE}]                                               # would be mistaken for a mask
    )""",
    re.VERBOSE,
)
"""An inline piece that must not be translated."""

SLIDE = re.compile(r"[\[(](?:\*\*|~~)|(?:\*\*|~~)[\])]")
"""Markup of slides in Dive into Deep Learning: ``[**…**]``, ``(**…**)``, ``[~~…~~]``, ``(~~…~~)``."""


@dataclass(frozen=True)
class Masked:
    """Text with each atom replaced by one private-use character; ``atoms`` in order of appearance."""

    text: str
    atoms: tuple[str, ...]

    def restore(self, text: str | None = None) -> str:
        """``text`` (a translation, in which atoms may have moved) with its masks turned back into atoms.

        Raises KeyError for a mask that was never given out.
        """
        known = {chr(0xE000 + i): atom for i, atom in enumerate(self.atoms)}
        return re.sub(f"[{_PRIVATE}]", lambda m: known[m[0]], self.text if text is None else text)


def mask(text: str) -> Masked:
    """Replaces the atoms of ``text``: up to 6,400, the rest stays as it is."""
    found: list[str] = []

    def replace(match: re.Match[str]) -> str:
        found.append(match[0])
        return chr(0xE000 + len(found) - 1)

    return Masked(ATOM.sub(replace, text, count=6400), tuple(found))


def atoms(text: str) -> tuple[str, ...]:
    """The atoms of ``text`` in order, without the white space inside math."""
    return tuple(plain_atom(m[0]) for m in ATOM.finditer(text))


def apart(text: str) -> tuple[list[str], str]:
    """The atoms of ``text`` in order, and ``text`` with a space in place of each."""
    found: list[str] = []

    def replace(match: re.Match[str]) -> str:
        found.append(match[0])
        return " "

    return found, ATOM.sub(replace, text)


def plain_atom(atom: str) -> str:
    """An atom in the form in which two of them are compared: white space inside math does not count."""
    return ("" if atom.startswith("$") else " ").join(atom.split())
