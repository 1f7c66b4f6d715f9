"""Checks that a draft keeps the structure of its English: only divergence that is new counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.document.atoms import apart, atoms
from bot.document.markdown import Block, Document
from bot.document.sentences import normal
from bot.languages import translation_problem

PieceKind = Literal["fence", "math", "directive", "reference", "citation", "role", "code span", "link target", "markup"]

Structure = Counter[tuple[PieceKind, str]]
"""What a document has of labels, references, citations, math, code spans, link targets, fences: (kind, text)."""


@dataclass(frozen=True)
class Divergence:
    """A draft's change of structure that is not the English one: ``missing`` or ``surplus`` pieces."""

    kind: PieceKind
    text: str
    count: int
    missing: bool


def segment_problem(source: str, text: str) -> str:
    """Why ``text`` cannot stand for the English ``source``; empty when it can."""
    if not text.strip():
        return "the draft is empty"
    if re.search(r"\n[ \t]*\n", text):
        return "the draft breaks its paragraph"
    lost = Counter(atoms(source)) - Counter(atoms(text))
    extra = Counter(atoms(text)) - Counter(atoms(source))
    if lost or extra:
        said = [f"lacks {a}" for a in lost] + [f"adds {a}" for a in extra]
        return "the draft " + ", ".join(said)
    return ""


NAMES = 2
"""Words up to which a text may stay as it is: names, mostly (a guess)."""


def language_problem(source: str, text: str, languages: tuple[str, str]) -> str:
    """Why ``text`` is no translation of ``source`` at all; empty when it may be one."""
    if normal(source).casefold() == normal(text).casefold():
        return "the draft is the English" if len(apart(source)[1].split()) > NAMES else ""
    reason = translation_problem(apart(source)[1], apart(text)[1], languages)
    told = {"script": f"the draft is not in the script of {languages[1]}", "language": "the draft is mostly English"}
    return told.get(reason, "")


def structure(document: Document) -> Structure:
    """Counts the structural pieces of a document."""
    out: Structure = Counter()
    for block in document.blocks:
        if block.kind == "code":
            out["fence", " ".join(sorted(block.tabs))] += 1
        elif block.kind == "math":
            out["math", re.sub(r"\s+", "", block.text)] += 1
        elif block.kind == "directive":
            out["directive", _directive(block)] += 1
        for text in (*block.contents, *(block.frame if block.kind == "image" else ())):
            for atom in atoms(text):
                out[_kind(atom), atom] += 1
    return out


def _directive(block: Block) -> str:
    return " ".join(block.text.split())


def _kind(atom: str) -> PieceKind:
    if atom[0] in ":{":
        return "reference" if "ref" in atom.split("`")[0] else "citation" if "cit" in atom else "role"
    return _KINDS.get(atom[0], "markup")


_KINDS: Mapping[str, PieceKind] = {"`": "code span", "$": "math", "(": "link target", "[": "reference"}


def divergences(old: Document, new: Document, target: Document, draft: Document) -> tuple[Divergence, ...]:
    """Where draft minus target is not new minus old; what the target had too many or too few of is old drift."""
    before, after, was, now = (structure(d) for d in (old, new, target, draft))
    out = []
    for key in sorted({*before, *after, *was, *now}):
        wanted = after[key] - before[key]
        got = now[key] - was[key]
        if wanted == got or now[key] == after[key]:
            continue
        if wanted < 0 and now[key] <= max(0, after[key]):
            continue
        out.append(Divergence(*key, abs(wanted - got), got < wanted))
    return tuple(out)
