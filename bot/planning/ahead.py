"""Whether a translated sentence is ahead of the recorded English: it has already what the new English exchanged.

That can be seen where all that changed are pieces that look the same in the translation: numbers, versions and the
like; code, math, links and references; and names, in languages that are not written in Latin letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, cast

from rapidfuzz.distance import Opcodes
from rapidfuzz.distance.Indel import opcodes

from bot.alignment import gale_church
from bot.document.atoms import kinds, mask, plain_atom
from bot.document.guard import SYMBOLS, guard
from bot.document.marks import marks, without_marks
from bot.document.sentences import normal
from bot.languages import LATIN, scripts
from bot.repair.tokens import SMALL_WORDS

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_PRIVATE = "\ue000-\uf8ff"
_TOKEN = re.compile(
    rf"(?P<atom>[{_PRIVATE}])|(?P<number>{_DIGITS.pattern})|(?P<name>[{LATIN}]+(?:[+#]+(?![\w+#]))?)"
    rf"|(?P<other>[^\W\d_{LATIN}{_PRIVATE}]+|[{SYMBOLS}])"
)
_NAME = re.compile(f"[{LATIN}]+")


_CODE = re.compile(r"(?<![A-Za-z0-9-])(?:[A-Za-z]+(?:-[A-Za-z]+)*-?)?\d[A-Za-z0-9]*(?:[._-][A-Za-z0-9]+)*")
"""Matches a word with digits: a version, a revision, the number of a report."""

_LONG = 3
"""Digits and dots from which on such a word is in a translation for no other reason (a guess)."""

_ADDRESS = 8
"""Characters from which on an address is in a translation for no other reason (a guess)."""

_AROUND = ".,:;!?()\"'“”"

_Kind = Literal["atom", "number", "name", "other"]


class _Token(NamedTuple):
    """A piece of a sentence; ``form`` is what is compared. A ``name`` is any word in Latin letters."""

    kind: _Kind
    form: str
    text: str

    @property
    def is_capital(self) -> bool:
        """Whether it is a name with a capital."""
        return self.kind == "name" and self.text != self.form


def is_ahead(text: str, old: str, new: str, language: str) -> bool:
    """Whether ``text``, which is recorded as the translation of ``old``, was made for ``new``.

    The English differs in pieces alone that look the same in ``language``, and the translation has all that came and
    none that went.
    """
    if not old or not text:
        return False
    has_words = _has_new_numbers(text, old, new) or _has_new_codes(text, old, new)
    return has_words or _has_new_targets(text, old, new) or _has_new_pieces(text, old, new, language)


def _has_new_numbers(text: str, old: str, new: str) -> bool:
    if _DIGITS.sub("0", normal(old)) != _DIGITS.sub("0", normal(new)):
        return False
    before, after, ours = (gale_church.piece(t).hard for t in (old, new, text))
    came, went = after - before, before - after
    return bool(came and went) and came <= ours and not went & ours


def _has_new_codes(text: str, old: str, new: str) -> bool:
    """Whether English put in nothing but words such as ``CVE-2026-1234``, ``6.0.0`` and ``r65125``, all in ``text``.

    They may be in the place of as many others, which are not. No translation has such words by chance.
    """
    if marks(old) != marks(new):
        return False
    before, after = (_in_words(without_marks(side)) for side in (old, new))
    ours, had = set(_CODE.findall(text)), {word.text for word in before}
    hunks = list(_hunks(before, after))  # none where only punctuation changed
    for went, came in hunks:
        if not came or len(went) > len(came) or ours & {word.text for word in went}:
            return False
        for word in came:
            number = max(_DIGITS.findall(word.text), key=len, default="")
            known = _CODE.fullmatch(word.text) and len(number) >= _LONG and word.text not in had
            if not known or not ours & {word.text, number}:
                return False
    return bool(hunks)


def _has_new_targets(text: str, old: str, new: str) -> bool:
    """Whether English links to other places now, and the translation to the same ones, whatever else it says.

    No translator can know a new address, and none of the old ones is left.
    """
    before, after, ours = (frozenset(_targets(side)) for side in (old, new, text))
    came, went = after - before, before - after
    return bool(came and went) and came <= ours and went.isdisjoint(ours)


def _targets(text: str) -> Iterator[str]:
    """Where a text links to, where that is no mere place in a page."""
    for kind, atom in kinds(text):
        if kind in ("target", "address") and len(place := atom.strip("()<> ").partition("#")[0]) >= _ADDRESS:
            yield place


def _in_words(text: str) -> list[_Token]:
    """What is between white space, without the punctuation around it."""
    return [_Token("name", word, word) for piece in text.split() if (word := piece.strip(_AROUND))]


def _has_new_pieces(text: str, old: str, new: str, language: str) -> bool:
    if marks(old) != marks(new) and not set(marks(text)).issuperset(marks(new)):
        return False  # they are carried over
    before, after, ours = (_tokens(without_marks(side)) for side in (old, new, text))
    names = "LATIN" not in scripts(language)
    gone: list[_Token] = []
    come: list[_Token] = []
    for went, came in _hunks(before, after):
        for_one = len(went) == len(came) == 1
        if not all(_shows(token, names, for_one) for token in (*went, *came)) or not _is_exchange(went, came):
            return False
        gone += went
        come += came
    if not {(t.kind, _form(t.form)) for t in gone}.isdisjoint((t.kind, _form(t.form)) for t in come):
        return False  # one that moved, or is the plural now
    if not come:  # that something is missing proves nothing where more is missing
        has, there = (_bag(side, names=False) for side in (after, ours))
        return bool(gone) and bool(has) and has == there
    foreign = {_form(t.form) for t in ours if t.is_capital}
    had, has, there = (_bag(side, names) for side in (before, after, ours))
    return has - had <= there and not (had - has) & there and (not names or foreign.issubset(_names(after)))


def _is_exchange(went: Sequence[_Token], came: Sequence[_Token]) -> bool:
    """Whether what went is seen to be missing: a name or a number may have been translated, unless another one came."""
    one, other = ({"code" if t.text[:1] in "`$" else t.kind for t in side} for side in (went, came))
    return not one & {"name", "number"} or bool(other & {"name", "number"}) or ("code" in other and "code" not in one)


def _shows(token: _Token, names: bool, for_one: bool) -> bool:
    """Whether a token looks the same in the translation. A word of the guard does as a name, ``for_one`` other name."""
    if token.kind != "name":
        return token.kind != "other"
    means = token.form in SMALL_WORDS or (guard().fullmatch(token.form) and not (token.is_capital and for_one))
    return names and not means


def _tokens(text: str) -> list[_Token]:
    masked = mask(text)
    found = []
    for match in _TOKEN.finditer(masked.text):
        kind, piece = cast(_Kind, match.lastgroup), match[0]
        form = piece.casefold()
        if kind == "atom":
            piece = masked.atoms[ord(piece) - ord(_PRIVATE[0])]
            form = plain_atom(piece)
        found.append(_Token(kind, "a" if form == "an" else form, piece))
    return found


def _form(name: str) -> str:
    """A name as it is looked for in a translation, in which it may be without the ending of the plural."""
    return name[:-1] if len(name) > 3 and name.endswith("s") and not name.endswith("ss") else name


def _hunks(old: Sequence[_Token], new: Sequence[_Token]) -> Iterator[tuple[Sequence[_Token], Sequence[_Token]]]:
    steps: Opcodes = opcodes([t[:2] for t in old], [t[:2] for t in new])
    i = j = 0
    for step in steps:
        if step.tag == "equal":
            if step.src_start > i or step.dest_start > j:
                yield old[i : step.src_start], new[j : step.dest_start]
            i, j = step.src_end, step.dest_end
    if len(old) > i or len(new) > j:
        yield old[i:], new[j:]


def _bag(tokens: Sequence[_Token], names: bool) -> gale_church.Bag:
    """The pieces of a sentence, without words in Latin letters unless these are ``names``."""
    pieces = [f"{t.kind} {t.form}" for t in tokens if t.kind in ("atom", "number")]
    return gale_church.bag([*pieces, *(f"name {name}" for name in _names(tokens))] if names else pieces)


def _names(tokens: Sequence[_Token]) -> Iterator[str]:
    """The names among tokens, also those in their code."""
    for token in tokens:
        if token.kind == "name":
            yield _form(token.form)
        elif token.text.startswith("`"):
            yield from (_form(name.casefold()) for name in _NAME.findall(token.text))
