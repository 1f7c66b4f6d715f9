"""Checks that a draft keeps the structure of its English: only new divergence counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.document.atoms import Kind, apart, atoms, kinds
from bot.document.attributes import name, untranslated
from bot.document.display_math import LABEL as FORMULA_LABEL
from bot.document.model import Block, Document
from bot.document.page import CELL
from bot.document.references import explicit, labels
from bot.document.sentences import normal, shown_words
from bot.languages import translation_problem
from bot.messages import Message, listed

PieceKind = Literal[
    "cell",
    "fence",
    "math",
    "directive",
    "reference",
    "citation",
    "role",
    "code span",
    "link target",
    "reference key",
    "address",
    "footnote mark",
    "heading id",
    "attribute list",
    "shortcode",
    "template tag",
    "expression",
    "comment",
    "tag",
    "unbalanced tag",
    "emoji",
    "key",
    "entity",
    "hard break",
    "character",
    "label in its section",
]

Structure = Counter[tuple[PieceKind, str]]
"""Counts of labels, references, citations, math, code spans, link targets, tags, fences, each as (kind, text)."""


@dataclass(frozen=True)
class Divergence:
    """A structural change of a draft that differs from that of the English: ``missing`` or ``surplus`` pieces.

    ``kept``: because human sentences were kept although their English changed.
    """

    kind: PieceKind
    text: str
    count: int
    missing: bool
    kept: bool = False


@dataclass(frozen=True)
class Drift:
    """Where the pieces of a translation are not those of its English, place by place, and what a plan kept of that.

    ``lacks`` and ``surplus`` are those of the old English that single sentences or blocks of the translation lack, or
    have on top: a draft that replaces such a sentence mends that. ``owed`` is what English added to sentences (less
    than 0: removed from them) that were kept without it.
    """

    lacks: Structure = field(default_factory=Counter)
    surplus: Structure = field(default_factory=Counter)
    owed: Structure = field(default_factory=Counter)


def segment_problem(source: str, text: str) -> str:
    """Why ``text`` cannot be a translation of the English ``source``; empty if it can."""
    if not text.strip():
        return Message("the draft is empty")
    if re.search(r"\n[ \t]*\n", text):
        return Message("the draft breaks its paragraph")
    if CELL in text:
        return Message("the draft has a code point that is no character")
    english, ours = atoms(source), tuple(kinds(text))
    if not english and not ours:
        return ""
    lost = Counter(english) - Counter(a for _, a in ours)
    # Translators add the English id to headings, to keep links to them valid.
    extra = Counter(a for k, a in ours if k != "identifier") - Counter(english)
    if lost or extra:
        changes = [Message("lacks {piece}", piece=a) for a in lost] + [Message("adds {piece}", piece=a) for a in extra]
        return Message("the draft {changes}", changes=listed(changes))
    return ""


def repair_problem(old: str, new: str, target: str, text: str) -> str:
    """Why ``text`` cannot be ``target`` repaired for the edit from ``old`` to ``new``; empty if it can.

    Translators may have more or fewer atoms than English; they must have changed as English changed them.
    """
    problem = segment_problem(new, text)
    if not problem or not problem.startswith(("the draft lacks", "the draft adds")):
        return problem
    (had, have), (gone, come) = ([Counter(atoms(t)) for t in pair] for pair in ((target, text), (old, new)))
    return "" if have - had == come - gone and had - have == gone - come else problem


_CLOSING = ("*/", "/*", "-->", "<!--", '"' * 3, "'" * 3, "```", "~~~", "-}", "*)", "]]")


def comment_problem(source: str, text: str) -> str:
    """Why ``text`` cannot replace the comment ``source`` in code; empty if it can."""
    ends = [mark for mark in _CLOSING if mark in text and mark not in source]
    ends += [text[-1:]] if text[-1:] in ('"', "'", "\\") and text[-1:] != source[-1:] else []
    return f"the draft would end its comment or its code: {' '.join(ends)}" if ends else ""


NAMES = 2
"""Maximum words of a text that may stay untranslated: usually names (a guess)."""


def language_problem(source: str, text: str, languages: tuple[str, str]) -> str:
    """Why ``text`` is not a translation of ``source`` at all; empty if it may be one."""
    if normal(source).casefold() == normal(text).casefold():
        return Message("the draft is the English") if len(shown_words(source).split()) > NAMES else ""
    reason = translation_problem(apart(source)[1], apart(text)[1], languages)
    if reason == "script":
        return Message("the draft is not in the script of {language}", language=languages[1])
    return Message("the draft is mostly English") if reason else ""


def structure(document: Document, tabs: frozenset[str] = frozenset()) -> Structure:
    """Counts the structural pieces of a document; for ``tabs`` see ``pieces``."""
    out = pieces(document.blocks, labels(document), tabs)
    out.update(_unbalanced(document))
    return out


def pieces(blocks: Iterable[Block], known: frozenset[str], tabs: frozenset[str] = frozenset()) -> Structure:
    """Counts the structural pieces of blocks; ``known`` are the keys of reference links that their document defines.

    A fence counts once for each of its tabs; one for any of ``tabs``, which English has, only for those: translators
    add names of their own to the fences of English.
    """
    out: Structure = Counter()
    for block in blocks:
        if block.kind == "code":
            out.update(("fence", tab) for tab in block.tabs & tabs or block.tabs or ("",))
        elif block.kind == "cell":
            out["cell", block.info] += 1
        elif block.kind == "math":
            out["math", _formula(block.text)] += 1
        elif block.kind == "directive":
            out["directive", _directive(block)] += 1
        elif block.kind == "html" and not block.fields:
            out.update(("tag", name(atom)) for kind, atom in kinds(block.text) if kind == "tag")
        framed = (piece for piece in block.frame if block.kind == "image" or "<" in piece or "{" in piece)
        for text in (*block.contents, *(framed if block.fields else ())):
            _count(text, known, out)
    return out


def inline(text: str, known: frozenset[str]) -> Structure:
    """Counts the structural pieces of a text without blocks."""
    out: Structure = Counter()
    _count(text, known, out)
    return out


def _count(text: str, known: frozenset[str], out: Structure) -> None:
    for kind, atom in kinds(explicit(text, known)):
        out[_piece(kind, atom), _formula(atom) if kind == "math" else untranslated(atom)] += 1


_FONT = re.compile(r"\\(?:text|textrm|mathrm|mbox)(?![A-Za-z])")
_STOP = re.compile(r"[.,;:。，；：]+(?=\$\$|\\\])")


def _formula(text: str) -> str:
    """A formula without white space and the mark that ends its sentence, and with one way to write what looks the same.

    Those are the commands for upright letters, and primes.
    """
    return _STOP.sub("", _FONT.sub(r"\\text", re.sub(r"\s+", "", text)).replace("′", "'"))


def _directive(block: Block) -> str:
    return untranslated(" ".join(block.text.split()))


def _piece(kind: Kind, atom: str) -> PieceKind:
    if kind == "role":
        return "reference" if "ref" in atom.split("`")[0] else "citation" if "cit" in atom else "role"
    return _PIECES[kind]


_PIECES: Mapping[Kind, PieceKind] = {
    "role": "role",
    "code": "code span",
    "math": "math",
    "target": "link target",
    "reference": "reference key",
    "footnote": "footnote mark",
    "citation": "citation",
    "address": "address",
    "tag": "tag",
    "comment": "comment",
    "identifier": "heading id",
    "attributes": "attribute list",
    "shortcode": "shortcode",
    "template": "template tag",
    "expression": "expression",
    "emoji": "emoji",
    "keys": "key",
    "entity": "entity",
    "break": "hard break",
    "private": "character",
}

_WORDS = re.compile(r"(?<=\\text\{)[^{}]*(?=\})")


def _translate_formulas(english: Iterable[Structure], translations: Iterable[Structure]) -> None:
    """Counts a formula of ``translations`` as that of the English from which only its words in ``\\text{}`` differ."""
    known = {text for side in english for kind, text in side if kind == "math"}
    shapes = {_WORDS.sub("", text): text for text in sorted(known) if "\\text{" in text}
    for side in translations:
        for key in [k for k in side if k[0] == "math" and k[1] not in known and "\\text{" in k[1]]:
            if found := shapes.get(_WORDS.sub("", key[1])):
                side["math", found] += side.pop(key)


_VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")


_BOX = re.compile(r"[ \t>]*(?:[-*+][ \t]+)?(/{3,}|:{3,})[ \t]*([^\n]*)")


def _unbalanced(document: Document) -> Iterator[tuple[PieceKind, str]]:
    """The tags, tabs and boxes of a document that are never closed, and closing ones that close nothing."""
    opened: Counter[str] = Counter()
    tab = ""
    for block in document.blocks:
        if block.info in ("begin_tab", "end_tab"):
            begins = block.info == "begin_tab"
            if begins == bool(tab):  # tabs of prose do not nest
                yield "unbalanced tag", tab if begins else _directive(block)
            tab = _directive(block) if begins else ""
        if block.kind in ("admonition", "directive") and (fence := _BOX.match(block.text)):
            mark, named = fence[1], bool(fence[2])
            if named or opened[mark]:
                opened[mark] += mark not in block.text[fence.end() :] if named else -1
            else:
                yield "unbalanced tag", mark
        if "<" not in block.text or not (block.kind == "html" or block.fields):
            continue
        for kind, atom in kinds(block.text):
            tag = name(atom)[1:]
            if kind != "tag" or atom.endswith("/>") or tag.lower() in _VOID:
                continue
            if not tag.startswith("/"):
                opened[tag] += 1
            elif opened[tag[1:]]:
                opened[tag[1:]] -= 1
            else:
                yield "unbalanced tag", f"<{tag}>"
    yield from (("unbalanced tag", tag if tag[:1] in ("/", ":") else f"<{tag}>") for tag in opened.elements())
    if tab:
        yield "unbalanced tag", tab


def divergences(
    old: Document, new: Document, target: Document, draft: Document, *, drift: Drift | None = None
) -> tuple[Divergence, ...]:
    """Where draft minus target differs from new minus old; what was surplus or missing in the target is old drift.

    With ``drift``, what is known of it by place: a draft that replaces a sentence mends the drift of that alone.
    """
    tabs = frozenset(tab for d in (old, new) for block in d.blocks if block.kind == "code" for tab in block.tabs)
    before, after, was, now = (structure(d, tabs) for d in (old, new, target, draft))
    _translate_formulas((before, after), (was, now))
    out = list[Divergence]()
    for key in sorted({*before, *after, *was, *now}):
        wanted = after[key] - before[key]
        got = now[key] - was[key]
        if wanted == got or now[key] == after[key] or (wanted < 0 and now[key] <= max(0, after[key])):
            continue
        if key[0] in ("fence", "directive") and _met(wanted, got, was[key] - before[key]):
            continue
        out += _apportioned(key, got - wanted, now[key] - after[key], drift or Drift())
    return (*out, *_moved(old, new, target, draft))


def _apportioned(key: tuple[PieceKind, str], more: int, drift: int, known: Drift) -> Iterator[Divergence]:
    """The pieces that a draft has on top (less than 0: lacks), without those that are old drift.

    ``drift`` is by how many the draft differs from its English now.
    """
    sign = 1 if more > 0 else -1
    kept = min(abs(more), max(0, -sign * known.owed[key]))
    if kept:
        yield Divergence(*key, kept, more < 0, kept=True)
    old = (known.surplus if more > 0 else known.lacks)[key]
    made = min(abs(more), max(0, sign * drift - old)) - kept if known != Drift() else abs(more) - kept
    if made > 0:
        yield Divergence(*key, made, more < 0)


def _met(wanted: int, got: int, drift: int) -> bool:
    """Whether English changed a count towards what the translation already had: the planner takes that as the same."""
    if wanted * drift <= 0:
        return False
    short = (wanted - got) * (1 if wanted > 0 else -1)
    return 0 <= short <= min(abs(wanted), abs(drift))


_LABEL = re.compile(rf":(?:eq)?label:`[^`]+`|^\([\w:.-]+\)=|\$\$[ \t]*{FORMULA_LABEL}[ \t]*$", re.MULTILINE)


def _sections(document: Document) -> tuple[int, Mapping[str, int]]:
    """How many headings a document has, and after how many of them each label is defined, if it is only once."""
    headings, found, twice = 0, dict[str, int](), set[str]()
    for block in document.blocks:
        if block.kind in ("code", "front_matter"):
            continue
        headings += block.kind == "heading"
        for label in _LABEL.findall(block.text):
            twice |= {label} & found.keys()
            found[label] = headings
    return headings, {label: place for label, place in found.items() if label not in twice}


def _moved(old: Document, new: Document, target: Document, draft: Document) -> Iterator[Divergence]:
    """Labels that the draft defines in another section than the English; not those where the target already did.

    Nothing is certain where translators have other headings than the English.
    """
    before, after, was, now = (_sections(d) for d in (old, new, target, draft))
    if after[0] != now[0] or before[0] != was[0]:
        return
    for label, place in now[1].items():
        drift = was[1].get(label, 0) - before[1].get(label, 0) if label in was[1] and label in before[1] else 0
        if place - after[1].get(label, place) not in (0, drift):
            yield Divergence("label in its section", label, 1, True)
