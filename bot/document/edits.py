"""What an English edit of one sentence means for its translation.

``compare`` returns the first kind that applies: ``same`` (white space aside), ``cosmetic`` (case,
punctuation, contractions), ``markup`` (emphasis, code ticks, links, hard breaks added or removed), ``atoms``
(only inline pieces differ), ``small`` (at least 90% similar, no word of the guard touched), ``changed``.
Marks (``bot.document.marks``) that an edit added, changed or removed do not count: ``mend`` carries them over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import pairwise
from typing import Literal, get_args

from rapidfuzz.distance import Opcodes
from rapidfuzz.distance.Indel import opcodes
from rapidfuzz.fuzz import ratio

from bot.document.atoms import ATOM, SLIDE, Kind, atoms, mask, plain_atom
from bot.document.attributes import TITLED, merged, name
from bot.document.carried_markup import carry_markup, carry_stop
from bot.document.emphasis import carry_emphasis
from bot.document.guard import SYMBOLS, guard
from bot.document.marks import carry_marks, marks, without_marks
from bot.document.own_addresses import in_own_folder
from bot.document.sentences import normal

SMALL = 0.90
"""Similarity from which an edit is small. Measured on merged syncs of Dive into Deep Learning: translators
left the translated sentence as it was in 15 to 38% of such edits, and in 4 to 9% of larger ones."""

_CONTRACTIONS = (
    (re.compile(r"\b(ca|wo|sha)n't\b"), lambda m: {"ca": "can", "wo": "will", "sha": "shall"}[m[1]] + " not"),
    (re.compile(r"n't\b"), lambda m: " not"),
    (re.compile(r"\blet's\b"), lambda m: "let us"),
    (
        re.compile(r"\b(it|that|there|here|what|where|who|how|he|she|this|everything|one)'s\b"),
        lambda m: m[1] + " is",
    ),
    (re.compile(r"'re\b"), lambda m: " are"),
    (re.compile(r"'ve\b"), lambda m: " have"),
    (re.compile(r"'ll\b"), lambda m: " will"),
    (re.compile(r"'m\b"), lambda m: " am"),
    (re.compile(r"'d\b"), lambda m: " would"),
)
_BREAK = re.compile(r"(?:[ ]{2,}|(?<!\\)\\)\n")
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
_WORD = re.compile(rf"(?:(?<!\w)-)?\d+(?:[.,]\d+)*|[^\W\d_]+|[~$](?=[\d$])|[#@&/\\|\ue000-\uf8ff{SYMBOLS[2:]}]")
EditKind = Literal["same", "cosmetic", "markup", "atoms", "small", "changed", "new"]
"""The kind of an edit, as ``compare`` returns it; ``new`` if there is nothing to compare with."""

MENDED: tuple[EditKind, ...] = ("atoms", "markup", "cosmetic")
"""Kinds of edits that can be carried over into a translation."""


@dataclass(frozen=True)
class Edit:
    """How ``new`` differs from ``old``: the kind, the similarity (0 to 1) and the words that changed."""

    kind: EditKind
    similarity: float
    words: str


def similarity(old: str, new: str) -> float:
    """Share of characters in common (normalised Indel ratio of the white-space-normal texts), 0 to 1."""
    return ratio(normal(old), normal(new)) / 100


def words(text: str) -> list[str]:
    """Lower-case words, numbers and masks of masked text; contractions are spelled out, small numbers are not."""
    text = SLIDE.sub(" ", text).casefold().replace("’", "'")
    if "'" in text:
        for pattern, long in _CONTRACTIONS:
            text = pattern.sub(long, text)
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", "", text))
    return [_NUMBERS.get(word, word) for word in _WORD.findall(text)]


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """``text`` without cosmetic differences; atoms stay."""
    masked = mask(text)
    return masked.restore("".join(words(masked.text)))


def bare(text: str) -> str:
    """``text`` folded and without markup: ticks, dollars, emphasis, link targets, tags."""

    def inner(match: re.Match[str]) -> str:
        atom = match[0]
        if atom[0] in "`$":
            return f" {atom.strip('`$')} "
        return "" if atom[0] in "(<" else atom

    return fold(re.sub(r"[*_\[\]{}\\^]|~(?![\d$])", "", ATOM.sub(inner, text)))


def compare(old: str, new: str) -> Edit:
    """Classifies the edit from ``old`` to ``new`` (two English sentences)."""
    if _marked(old) == _marked(new):
        return _compared(old, new)
    edit = _compared(_bared(old), _bared(new))
    kind: EditKind = edit.kind
    if kind == "same":
        kind = "atoms" if marks(old) != marks(new) else "markup"
    return Edit(kind, similarity(old, new), changed_words(old, new))


def _marked(text: str) -> tuple[object, ...]:
    return marks(text), len(_BREAK.findall(text))


def _bared(text: str) -> str:
    return without_marks(_BREAK.sub("\n", text))


def _compared(old: str, new: str) -> Edit:
    if normal(old) == normal(new):
        return Edit("same", 1.0, "")
    alike = similarity(old, new)
    changed = changed_words(old, new)
    if fold(old) == fold(new):
        kind: EditKind = "markup" if SLIDE.findall(old) != SLIDE.findall(new) else "cosmetic"
    elif fold_atoms(old) == fold_atoms(new):
        kind = "atoms"
    elif bare(old) == bare(new) or _read(old) == _read(new):
        kind = "markup"
    elif alike >= SMALL and Counter(atoms(old)) == Counter(atoms(new)) and guarded(old) == guarded(new):
        kind = "small"
    else:
        kind = "changed"
    return Edit(kind, alike, changed)


def _read(text: str) -> str:
    """``text`` folded, with the characters that entities stand for: ``&gt;`` is read as ``>``."""
    return fold(unescape(text)) if "&" in text else fold(text)


def mend(kind: EditKind, old: str, new: str, target: str) -> str | None:
    """``target`` with the parts of an edit (of that kind) that can be carried over; None if all would be guesses."""
    text = carry_marks(old, new, target) if marks(old) != marks(new) else target
    if text is None:
        return None
    old, new = _bared(old), _bared(new)
    if kind == "atoms" and fold(old) != fold(new):
        return swap_atoms(old, new, text)
    if kind == "markup":
        return carry_markup(old, new, text)
    return carry_stop(old, new, carry_emphasis(old, new, text)) if kind == "cosmetic" else text


def fold_atoms(text: str) -> str:
    """``text`` folded, with all atoms of a kind alike: equal for two texts that differ only in such atoms."""
    masked = mask(text)
    same = {0xE000 + n: 0xE000 + _INTERCHANGED.index(_SAME_PLACE.get(k, k)) for n, k in enumerate(masked.kinds)}
    return "".join(words(masked.text)).translate(same)


_INTERCHANGED = get_args(Kind)
_SAME_PLACE: Mapping[Kind, Kind] = {"reference": "target", "math": "code"}
"""Kinds that can replace each other: a link target and the label of a reference link, a formula and code."""


def guarded(text: str) -> Counter[str]:
    """Numbers, negations, directions and quantities: a change of one of them can reverse the meaning."""
    said = words(mask(text).text)
    units = (a + b for a, b in pairwise(said) if a[-1].isdigit() and len(b) == 1 and b.isalpha())
    return Counter([*(w for w in said if guard().fullmatch(w)), *units])


def changed_words(old: str, new: str) -> str:
    """The edit in words, as ``-removed +added``, for display."""
    a, b = normal(old).split(), normal(new).split()
    steps: Opcodes = opcodes(a, b)
    out = []
    for step in steps:
        if step.tag in ("delete", "replace"):
            out.append("-" + " ".join(a[step.src_start : step.src_end]))
        if step.tag in ("insert", "replace"):
            out.append("+" + " ".join(b[step.dest_start : step.dest_end]))
    return " ".join(out)


def swap_atoms(old: str, new: str, target: str) -> str | None:
    """``target`` with the old atoms replaced as in the edit.

    None if that would be a guess: the target does not contain the old atoms as ``old`` does.
    """
    before, after = atoms(old), [m[0] for m in ATOM.finditer(new)]
    if len(before) != len(after):
        return None
    moves: dict[str, list[str]] = {}
    for a, b in zip(before, after, strict=True):
        moves.setdefault(a, []).append(b)
    held = [m[0] for m in ATOM.finditer(target)]
    count = Counter(plain_atom(a) for a in held)
    in_order = [plain_atom(a) for a in held] == list(before)
    todo: dict[str, list[str]] = {}
    for a, becomes in moves.items():
        todo[a] = list(becomes)
        if all(plain_atom(b) == a for b in becomes):
            continue
        if not count[a] and len(becomes) == 1 and (own := _in_own_folder(a, becomes[0], held)):
            todo[own[0]] = [own[1]]
        elif not count[a] and len(becomes) == 1 and (ours := _translated(a, before, held)):
            todo[ours] = [merged(a, becomes[0], ours)]
        elif not count[a] and len(becomes) == 1 and (role := _retitled(a, becomes[0], held)):
            todo[role] = [role.replace(f"<{_target(a)}>", f"<{_target(becomes[0])}>")]
        elif count[a] != len(becomes) or (len(set(becomes)) > 1 and not in_order):
            return None

    def exchanged(match: re.Match[str]) -> str:
        atom = plain_atom(match[0])
        if not todo.get(atom):
            return match[0]
        becomes = todo[atom].pop(0)
        return match[0] if plain_atom(becomes) == atom else becomes

    return ATOM.sub(exchanged, target)


_NAMED_LINK = re.compile(r"(?<!!)\[([^\[\]\n]+)\](\([^()\s]*\))")
_NAME = re.compile(r"[A-Za-z0-9][\w.+#/-]*(?: [A-Z0-9][\w.+#/-]*)?")
"""One word, or two of which the second begins with a capital: a product name, not prose (a guess)."""


def swap_named_links(old: str, new: str, target: str) -> str | None:
    """``target`` with the links that the edit replaced, if translators left the words of the links as they are.

    Only links whose words are a name and that occur exactly once in the translation, unchanged; nothing else may
    have changed. None otherwise.
    """
    before, after = list(_NAMED_LINK.finditer(old)), list(_NAMED_LINK.finditer(new))
    if not before or len(before) != len(after):
        return None
    if fold(_NAMED_LINK.sub("", old)) != fold(_NAMED_LINK.sub("", new)):
        return None
    for a, b in zip(before, after, strict=True):
        if a[0] == b[0]:
            continue
        if target.count(a[0]) != 1 or old.count(a[0]) != 1 or not _NAME.fullmatch(a[1]) or not _NAME.fullmatch(b[1]):
            return None
        target = target.replace(a[0], b[0])
    return target


def _translated(atom: str, before: Sequence[str], held: Sequence[str]) -> str:
    """The tag or shortcode of a translation whose attributes translators translated; empty if that is uncertain."""
    if not (called := name(atom)):
        return ""
    mine = [plain_atom(h) for h in held if name(h) == called]
    return mine[0] if len(mine) == 1 == sum(name(b) == called for b in before) else ""


def _in_own_folder(old: str, new: str, held: Sequence[str]) -> tuple[str, str] | None:
    """The atom of a translation that leads to its own page where English leads to its, and what becomes of it."""
    found = {plain_atom(h): text for h in held if (text := in_own_folder(old, new, h))}
    return next(iter(found.items())) if len(found) == 1 else None


def _target(role: str) -> str:
    """What a role with words of its own refers to: ``y`` in ``{ref}`x <y>```; empty for any other atom."""
    found = TITLED.fullmatch(role)
    return found["target"] if found else ""


def _retitled(old: str, new: str, held: Sequence[str]) -> str:
    """The role of a translation that has words of its own for a target that the edit renamed; empty if uncertain."""
    target = _target(old)
    if not target or old.replace(f"<{target}>", "") != plain_atom(new).replace(f"<{_target(new)}>", ""):
        return ""
    kind = old[: old.index("`")]
    mine = [plain_atom(h) for h in held if _target(h) == target and h.startswith(f"{kind}`")]
    return mine[0] if len(mine) == 1 else ""
