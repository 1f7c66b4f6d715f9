"""The entries of a BibTeX file as text.

A splitter of our own, since only the raw text of an entry and its key are needed: ``bibtexparser`` (2.1) and ``pybtex``
parse every value, take some seconds for a megabyte, and bring packages that decode LaTeX. In BibTeX braces balance,
also inside quotes and after a backslash, so that counting them finds the end of an entry.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_START = re.compile(r"@[ \t]*+([A-Za-z]++)\s*+([{(])")
_STEP = re.compile(r"[{}()]|^[ \t]*+@[A-Za-z]++[ \t]*+[{(]", re.MULTILINE)
_KEY = re.compile(r"\s*+([^\s,{}()\"#%=]++)\s*+[,})]")
_MACRO = re.compile(r"\s*+([^\s,{}()\"#%=]++)\s*+=")
_NAMED = re.compile(r"[=#]\s*+([A-Za-z][^\s,{}()\"#%=]*+)\s*+(?=[,#})])")
_PARENT = re.compile(r"\b(?:crossref|xdata)\s*+=\s*+[{\"]([^{}\"]++)[}\"]", re.IGNORECASE)


@dataclass(frozen=True)
class Bibliography:
    """The ``entries`` of a file by key and its ``macros`` (``@string``) by name, each as it is written, in order.

    ``broken`` is the first line of an entry that does not end; empty if there is none.
    """

    entries: Mapping[str, str]
    macros: Mapping[str, str]
    broken: str = ""

    def used(self, entry: str) -> frozenset[str]:
        """The macros of this file that the text of an entry may use."""
        names = {name.casefold(): name for name in self.macros}
        return frozenset(names[n.casefold()] for n in _NAMED.findall(entry) if n.casefold() in names)

    def parents(self, entry: str) -> tuple[str, ...]:
        """The keys of the entries that an entry takes values from."""
        return tuple(key.strip() for found in _PARENT.findall(entry) for key in found.split(","))


def split(text: str) -> Bibliography:
    """The entries of a BibTeX file. The first of two with the same key counts, as for BibTeX."""
    entries: dict[str, str] = {}
    macros: dict[str, str] = {}
    at, broken = 0, ""
    while start := _START.search(text, at):
        end, closed = _end(text, start)
        at, kind = end, start[1].lower()
        if not closed:
            broken = broken or text[start.start() : end].splitlines()[0]
            continue
        if kind in ("comment", "preamble"):
            continue
        name = (_MACRO if kind == "string" else _KEY).match(text, start.end())
        if name and name.end() <= end:
            (macros if kind == "string" else entries).setdefault(name[1], text[start.start() : end])
    return Bibliography(entries, macros, broken)


def _end(text: str, start: re.Match[str]) -> tuple[int, bool]:
    """Where the entry that begins at ``start`` ends, and True; or where another line begins one, and False."""
    braces = brackets = 0
    for step in _STEP.finditer(text, start.end()):
        if len(step[0]) > 1:
            return step.start(), False
        if step[0] == "{":
            braces += 1
        elif step[0] == "}":
            braces -= 1
            if braces < 0:
                return step.end(), start[2] == "{"
        elif braces == 0 and start[2] == "(":
            brackets += 1 if step[0] == "(" else -1
            if brackets < 0:
                return step.end(), True
    return len(text), False
