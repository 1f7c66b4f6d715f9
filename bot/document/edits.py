"""What an English edit of one sentence means for its translation.

``compare`` answers with the first that holds: ``same`` (white space aside), ``cosmetic`` (case,
punctuation, contractions), ``markup`` (emphasis, code ticks, links put on or taken off), ``atoms``
(only inline pieces differ), ``small`` (at least 90% similar, no word of the guard touched), ``changed``.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import Opcodes
from rapidfuzz.distance.Indel import opcodes
from rapidfuzz.fuzz import ratio

from bot.document.atoms import ATOM, SLIDE, atoms, mask, plain_atom
from bot.document.sentences import normal

SMALL = 0.90
"""Similarity from which an edit is small. Measured on merged syncs of Dive into Deep Learning: people
left the translated sentence as it was in 15 to 38% of such edits, in 4 to 9% of larger ones."""

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
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
_WORD = re.compile(r"(?:(?<!\w)-)?\d+(?:[.,]\d+)*|[^\W\d_]+|[#@&%+=<>/\\|\ue000-\uf8ff]")
_GUARD = re.compile(
    r"-?\d.*|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|million|billion"
    r"|first|second|third|fourth|fifth|last|once|twice|half|double|triple|single|both|pairs?"
    r"|not?|never|none|nor|neither|without|nothing|cannot|unlike|hardly|except|rather"
    r"|left|right|up|down|above|below|top|bottom|before|after|previous|next|forward|backward|inside|outside"
    r"|more|less|fewer|most|least|many|few|all|some|any|every|each|only|always|often|rarely|sometimes"
    r"|(?:great|small|larg|high|low|bigg|long|short|fast|slow|earli|lat|deep|shallow|hard|easi)e[rs]t?"
    r"|in(?:creas|put)\w*|decreas\w*|output\w*|min(?:im)?\w*|max(?:im)?\w*|positive\w*|negative\w*|true|false"
    r"|rows?|columns?|horizontal\w*|vertical\w*|upper|lower|train\w*|test\w*|valid\w*|must|may|might|should"
)


EditKind = Literal["same", "cosmetic", "markup", "atoms", "small", "changed", "new"]
"""What an edit is, as ``compare`` tells; ``new`` where there is nothing to compare with."""

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
    """Lower-case words, numbers and masks of masked text; contractions spelled out, small numbers not."""
    text = SLIDE.sub(" ", text).casefold().replace("’", "'")
    if "'" in text:
        for pattern, long in _CONTRACTIONS:
            text = pattern.sub(long, text)
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", "", text))
    return [_NUMBERS.get(word, word) for word in _WORD.findall(text)]


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """``text`` without what is cosmetic; atoms stay."""
    masked = mask(text)
    return masked.restore("".join(words(masked.text)))


def bare(text: str) -> str:
    """``text`` folded and without markup: ticks, dollars, emphasis, link targets, tags."""

    def inner(match: re.Match[str]) -> str:
        atom = match[0]
        if atom[0] in "`$":
            return f" {atom.strip('`$')} "
        return "" if atom[0] in "(<" else atom

    return fold(re.sub(r"[*_\[\]{}~\\^]", "", ATOM.sub(inner, text)))


def compare(old: str, new: str) -> Edit:
    """Classifies the edit from ``old`` to ``new`` (two English sentences)."""
    if normal(old) == normal(new):
        return Edit("same", 1.0, "")
    alike = similarity(old, new)
    changed = changed_words(old, new)
    if fold(old) == fold(new):
        kind: EditKind = "markup" if SLIDE.findall(old) != SLIDE.findall(new) else "cosmetic"
    elif fold_atoms(old) == fold_atoms(new):
        kind = "atoms"
    elif bare(old) == bare(new):
        kind = "markup"
    elif alike >= SMALL and Counter(atoms(old)) == Counter(atoms(new)) and guarded(old) == guarded(new):
        kind = "small"
    else:
        kind = "changed"
    return Edit(kind, alike, changed)


def fold_atoms(text: str) -> str:
    """``text`` folded, and one atom as good as another: equal for two texts that differ in atoms only."""
    return re.sub("[\ue000-\uf8ff]", "\ue000", "".join(words(mask(text).text)))


def guarded(text: str) -> Counter[str]:
    """Numbers, negations, directions and quantities: the words whose change turns a meaning round."""
    return Counter(w for w in words(mask(text).text) if _GUARD.fullmatch(w))


def changed_words(old: str, new: str) -> str:
    """The edit in words, as ``-removed +added``, for people to see."""
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
    """``target`` with the atoms that the edit replaced put in place of the old ones.

    None where that would be a guess: the target does not hold the old atoms as ``old`` does.
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
    for a, becomes in moves.items():
        if all(plain_atom(b) == a for b in becomes):
            continue
        if count[a] != len(becomes) or (len(set(becomes)) > 1 and not in_order):
            return None
    todo = {a: list(becomes) for a, becomes in moves.items()}

    def replace(match: re.Match[str]) -> str:
        atom = plain_atom(match[0])
        if not todo.get(atom):
            return match[0]
        becomes = todo[atom].pop(0)
        return match[0] if plain_atom(becomes) == atom else becomes

    return ATOM.sub(replace, target)


def carry_markup(old: str, new: str, target: str) -> str | None:
    """``target`` with the markup that the edit put on or took off, or None where that would be a guess.

    Carried: slide markup round a whole sentence, and an atom whose inner text stands exactly once.
    """
    opened, closed = re.match(r"[\[(](?:\*\*|~~)", new), re.search(r"(?:\*\*|~~)[\])]([.:。：,，]?)$", new)
    if opened and closed and not SLIDE.search(old) and not SLIDE.search(target):
        tail = re.search(r"[.:。：,，]?$", target) if closed[1] else None
        body, end = (target[: tail.start()], tail[0]) if tail else (target, "")
        return opened[0] + body + closed[0][: len(closed[0]) - len(closed[1])] + end
    if SLIDE.findall(old) != SLIDE.findall(new):
        return None
    gone, come = Counter(atoms(old)), Counter(atoms(new))
    for atom in (come - gone).elements():
        inner = atom.strip("`$")
        spots = [m.start() for m in re.finditer(re.escape(inner), ATOM.sub(lambda m: "\x00" * len(m[0]), target))]
        if atom[0] not in "`$" or not inner or len(spots) != 1:
            return None
        target = target[: spots[0]] + atom + target[spots[0] + len(inner) :]
    for atom in (gone - come).elements():
        if atom[0] not in "`$" or target.count(atom) != 1:
            return None
        target = target.replace(atom, atom.strip("`$"))
    return target


_STOPS = (".。", ",，、", ";；", ":：")


def carry_stop(old: str, new: str, target: str) -> str:
    """``target`` with its last mark changed as the edit changed it between ``. , ; :``.

    That matters in lists that run over several segments; what else is cosmetic stays the translators'.
    """
    before, after = (next((s for s in _STOPS if text.endswith(s[0])), "") for text in (old, new))
    if not before or not after or before == after or not target or target[-1] not in before:
        return target
    wide = target[-1] != before[0]
    return target[:-1] + after[1 if wide else 0]
