"""The English commit in the front matter of a document: found and replaced as text, all other bytes stay.

Only what such a key looks like in practice is read: one line of YAML (``key: 1a2b…``) or TOML (``key = "1a2b…"``),
below its parent where the key has dots. Reading the whole front matter with a YAML library takes a hundred times
as long, and every sync reads it in every document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_FENCED = re.compile(r"\ufeff?(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<body>(?:.*\n)*?)(?P=fence)[ \t]*(?:\r?\n|\Z)")
_LINE = re.compile(r"(?P<indent>[ ]*)(?P<key>[\w.\"'-]+)[ \t]*[:=][ \t]*(?P<rest>.*)")
_TABLE = re.compile(r"[ ]*\[(?P<key>[\w.\"'-]+)\]")
_COMMIT = re.compile(r"[\"']?([0-9a-fA-F]{7,64})[\"']?[ \t]*(?:#.*)?\r?$")


def value(text: str, key: str) -> str:
    """The commit that ``key`` names, 7 to 64 hex digits; empty if there is none."""
    for words, start, end in _values(text):
        if words == key:
            found = _COMMIT.match(text[start:end])
            return found[1] if found else ""
    return ""


def with_value(text: str, key: str, commit: str) -> str:
    """``text`` with ``commit`` as the value of ``key``, which is added at the end of the front matter if missing.

    A document without front matter gets one. Front matter in JSON is not changed.
    """
    for words, start, end in _values(text):
        if words == key:
            old = _COMMIT.match(text[start:end])
            if old:
                return text[: start + old.start(1)] + commit + text[start + old.end(1) :]
            ending = "\r" if text[start:end].endswith("\r") else ""
            quote = '"' if text.lstrip("\ufeff").startswith("+++") else ""
            space = "" if text[:start].endswith(" ") else " "
            return f"{text[:start]}{space}{quote}{commit}{quote}{ending}{text[end:]}"
    if re.match(r'\{\s*"', text):
        return text
    eol = "\r\n" if "\r\n" in text else "\n"
    found = _front(text)
    if found is None:
        bom = "\ufeff" if text.startswith("\ufeff") else ""
        return f"{bom}---{eol}{_yaml(key, commit, eol)}---{eol}{eol}{text.removeprefix(bom)}"
    at = found.end("body")
    if found["fence"] == "---":
        return text[:at] + _yaml(key, commit, eol) + text[at:]
    at = found.start("body")  # before the first table, where a dotted key has its whole name
    return f'{text[:at]}{key} = "{commit}"{eol}{text[at:]}'


def without(text: str, key: str) -> str:
    """``text`` without the line of ``key``."""
    for words, start, end in _values(text):
        if words == key:
            return text[: text.rfind("\n", 0, start) + 1] + text[text.find("\n", end) + 1 :]
    return text


def _yaml(key: str, commit: str, eol: str) -> str:
    words = key.split(".")
    parents = "".join(f"{'  ' * n}{word}:{eol}" for n, word in enumerate(words[:-1]))
    return f"{parents}{'  ' * (len(words) - 1)}{words[-1]}: {commit}{eol}"


def _values(text: str) -> Iterator[tuple[str, int, int]]:
    """Each key with dots between the names of its parents, and where the rest of its line is in ``text``."""
    found = _front(text)
    if found is None:
        return
    at = found.start("body")
    above: list[tuple[int, str]] = []
    table = ""
    for line in found["body"].splitlines(keepends=True):
        if found["fence"] == "+++" and (named := _TABLE.match(line)):
            table = _bare(named["key"]) + "."
        elif given := _LINE.match(line):
            indent = len(given["indent"])
            above = [(n, name) for n, name in above if n < indent]
            name = _bare(given["key"])
            start = at + given.start("rest")
            yield table + ".".join([*(parent for _, parent in above), name]), start, at + len(line.rstrip("\n"))
            above.append((indent, name))
        at += len(line)


def _front(text: str) -> re.Match[str] | None:
    """The front matter; None for a text that begins with a horizontal rule and has another one later."""
    found = _FENCED.match(text)
    lines = (line for line in found["body"].splitlines() if line.strip()) if found else iter(())
    first = next((line for line in lines if not line.lstrip().startswith("#")), "")
    return found if not first or _LINE.match(first) or _TABLE.match(first) else None


def _bare(key: str) -> str:
    return re.sub("[\"']", "", key)
