"""The English commit in the front matter of a document: found and replaced as text, all other bytes stay.

A value on one line of YAML (``key: 1a2b…``) or TOML (``key = "1a2b…"``), below its parent where the key has dots, is
found line by line. Reading the whole front matter with a YAML library takes a hundred times as long, and every sync
reads it in every document: that is left to the rare front matter that has the word of the key in another place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.baselines import key_edits
from bot.errors import AmtsError

_FENCED = re.compile(r"\ufeff?(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<body>(?:.*\n)*?)(?P=fence)[ \t]*(?:\r?\n|\Z)")
_LINE = re.compile(r"(?P<indent>[ ]*)(?P<key>[\w.\"'-]+)[ \t]*[:=][ \t]*(?P<rest>.*)")
_TABLE = re.compile(r"[ \t]*\[[ \t]*(?P<key>[\[\w.\"' -]+?)[ \t]*\]")
_DIGITS = re.compile("[0-9a-fA-F]{7,64}")
_COMMIT = re.compile(rf"[\"']?({_DIGITS.pattern})[\"']?[ \t]*(?:#.*)?\r?$")


def value(text: str, key: str) -> str:
    """The commit that ``key`` names, 7 to 64 hex digits; empty if there is none."""
    front = _front(text)
    if front is None or key.rpartition(".")[2] not in front["body"]:
        return ""
    if span := _on_a_line(text, front, key):
        return text[slice(*span)]
    found = key_edits.at(key_edits.parsed(front["body"], front["fence"]), key.split("."))
    return found.strip() if isinstance(found, str) and _DIGITS.fullmatch(found.strip()) else ""


def with_value(text: str, key: str, commit: str) -> str:
    """``text`` with ``commit`` as the value of ``key``, which is added to the front matter if missing.

    A document without front matter gets one. Raises AmtsError for front matter in which no edit gives the key this
    value and leaves all others as they are: that in JSON, or what no library can read.
    """
    if re.match(r'\{\s*"', text):
        raise _refusal(key, "it is JSON", "use `baseline: lock`, or write the front matter in YAML")
    front = _front(text)
    if front is None:
        bom = "\ufeff" if text.startswith("\ufeff") else ""
        eol = "\r\n" if "\r\n" in text else "\n"
        return f"{bom}---{eol}{key_edits.nested(key.split('.'), commit, eol)}---{eol}{eol}{text.removeprefix(bom)}"
    if span := _on_a_line(text, front, key):
        return text[: span[0]] + commit + text[span[1] :]
    start, end = front.span("body")
    body = key_edits.with_key(front["body"], front["fence"], key.split("."), commit)
    if body is None:
        why = "no edit of the text gives the key this value and leaves the rest of it as it is"
        raise _refusal(key, why, f"write {key}: {commit[:10]} there by hand, or use `baseline: lock`")
    return text[:start] + body + text[end:]


def without(text: str, key: str) -> str:
    """``text`` without the line of ``key``; unchanged if the key has more than a line."""
    front = _front(text)
    if front is None or key not in front["body"]:
        return text
    for words, start, end in _values(text, front):
        if words == key:
            first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end) + 1
            body = text[front.start("body") : first] + text[last : front.end("body")]
            return text[:first] + text[last:] if _only_lost(front, body, key) else text
    return text


def _only_lost(front: re.Match[str], body: str, key: str) -> bool:
    """Whether ``body`` is that of the front matter without the key."""
    was, now = (key_edits.parsed(each, front["fence"]) for each in (front["body"], body))
    return was is None or was == now or (now is not None and {k: v for k, v in was.items() if k != key} == now)


def _refusal(key: str, why: str, fix: str) -> AmtsError:
    return AmtsError(f"its front matter cannot record {key}", why=why, fix=fix)


def _on_a_line(text: str, front: re.Match[str], key: str) -> tuple[int, int] | None:
    """Where the commit of ``key`` is, if that is a line of its own beyond doubt: the word is in no other place."""
    leaf = re.escape(key.rpartition(".")[2])
    words = re.findall(rf"(?<![\w-]){leaf}[\"']?\s*[:=]", front["body"])
    if len(words) > 1 or '"""' in front["body"] or "'''" in front["body"]:
        return None
    for found, start, end in _values(text, front):
        if found == key and (commit := _COMMIT.match(text[start:end])):
            return start + commit.start(1), start + commit.end(1)
    return None


def _values(text: str, front: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    """Each key with dots between the names of its parents, and where the rest of its line is in ``text``."""
    at = front.start("body")
    above: list[tuple[int, str]] = []
    table = ""
    for line in front["body"].splitlines(keepends=True):
        if front["fence"] == "+++" and (named := _TABLE.match(line)):
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
    flow = first.lstrip().startswith("{") and found is not None and found["fence"] == "---"
    return found if not first or flow or _LINE.match(first) or _TABLE.match(first) else None


def _bare(key: str) -> str:
    return re.sub("[\"']", "", key)
