"""The English front matter of a translation, which a comment at its top has."""

from __future__ import annotations

import re

from bot.baselines import comments
from bot.baselines.comments import Comment
from bot.document import front_matter
from bot.document.front_matter import FrontMatter
from bot.document.model import Document


def commented_keys(document: Document) -> tuple[int, FrontMatter] | None:
    """The comment at the top of a document with the English front matter, in YAML: its block, and what it says."""
    for t, block in enumerate(document.blocks[:3]):
        if block.kind == "html" and (comment := comments.read(block.text)) and (words := keys_of(comment)):
            found = front_matter.read(f"---\n{words}\n---\n")
            return (t, found) if found else None
    return None


def keys_of(comment: Comment) -> str:
    """The lines of a comment that has front matter; empty for another one."""
    words = re.sub(r"\A\s*---[ \t]*\n|\n---[ \t]*\s*\Z", "", comment.english)
    return words if re.match(r"[\w-]+[ \t]*:(?:[ \t]|\r?\n)", words) else ""


def old_front(target: Document, new: Document, keys: FrontMatter | None) -> str:
    """The old front matter of English: that of ``new``, with what the comment of ``target`` says of each key."""
    first = new.blocks[:1]
    now = first[0].text if first and first[0].kind == "front_matter" else ""
    if keys is None:
        return now + first[0].gap if now else ""
    found = front_matter.read(now) if now else front_matter.EMPTY
    if found is None or (now and found.syntax != "yaml"):
        return now + first[0].gap
    theirs = next((front_matter.read(b.text) for b in target.blocks[:2] if b.kind == "front_matter"), None)
    have = {entry.key for entry in theirs.entries} if theirs else set()
    noted = {entry.key: keys.text[entry.start : entry.end] for entry in keys.entries}
    lines = []
    for entry in found.entries:
        text = now[entry.start : entry.end]
        if entry.key in noted:
            was = noted.pop(entry.key)
            lines.append(text if was.strip() == text.strip() else was)
        elif entry.key in have or entry.key.startswith("#"):
            lines.append(text)
    lines += noted.values()
    head, tail = (now[: found.start], now[found.end :]) if now else ("---\n", "---\n")
    return head + "".join(lines) + tail + (first[0].gap if now else "\n")
