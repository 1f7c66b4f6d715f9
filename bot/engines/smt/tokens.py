"""Tokens: converts a segment to words and places, and back.

A place stands for a piece of Markdown (an atom, a mark of emphasis, a bracket of a link) and is named by its kind and
its number in the source: ``⟦a0⟧``. A place is translated to itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, cycle

from bot.document.atoms import plain_atom
from bot.document.runs import Run, runs
from bot.languages import HAN, HIRAGANA, KANA, KATAKANA, LATIN, base_language, separates_words

Tokens = tuple[str, ...]
Words = Callable[[str], Sequence[str]]
"""Splits a Chinese text without white space; its places are private-use characters."""

PLACE = re.compile(r"⟦[aocm]\d+⟧")
"""A place for an atom, or for Markdown that opens, closes or is alone."""

_KINDS = {"atom": "a", "open": "o", "close": "c", "mark": "m"}
_PRIVATE = "\ue000-\uf8ff"
_JOIN = "￭"
"""Placed on both sides of a mark that was written without spaces between two words."""

_NAME = r"(?a:[A-Za-z_]\w*(?:[._]+[a-z_]\w*)+)"
"""A name from code that is not marked as code: ``vocab.json``, ``num_layers``."""
_SPACED = re.compile(
    rf"[{_PRIVATE}]|(?:[^\W\d_]\.){{2,}}|\d+(?:[.,]\d+)+|{_NAME}|(?<=[\w{_PRIVATE}])['’]\w+|\w+|\.{{2,}}|\S"
)
_TIED = re.compile(r"(?<=\S)[-–—/](?=\S)")
_JAPANESE = re.compile(rf"[{_PRIVATE}]|{_NAME}|[{KATAKANA}]+|[{HIRAGANA}{HAN}]|\d+(?:[.,]\d+)+|[^\W{HAN}{KANA}]+|\S")
_CHINESE = re.compile(rf"([{_PRIVATE}]|\d+(?:\.\d+)+|{_NAME})|\s+")
_LATIN_END = re.compile(f"[0-9{LATIN}]$")
_LATIN_START = re.compile(f"[0-9{LATIN}]")
_LEFT = ("(", "[", "{", "“", "‘", "«", "¿", "¡")
"""Characters with no space before the word that follows."""
_RIGHT = tuple(".,;:!?)]}”’»%…，。；：！？、）】」』")
_QUOTES = ("“", "”")
_SUFFIX = re.compile(r"['’]\w")


@dataclass(frozen=True)
class Sentence:
    """Tokens in order, and the Markdown of each place among them."""

    tokens: tuple[str, ...]
    places: Mapping[str, str]


def kind(token: str) -> str:
    """A place without its number, ``⟦a3⟧`` → ``⟦a⟧``; any other token as it is."""
    return f"⟦{token[1]}⟧" if token[0] == "⟦" and PLACE.fullmatch(token) else token


def sentence(segment: str, language: str, words: Words) -> Sentence:
    """A segment split into tokens; its places are numbered in order, each kind separately."""
    flat, found = _flat(runs(segment))
    names = _names(found)
    return Sentence(_named(_words(flat, language, words), names), _places(names, found))


def pair(source: str, target: str, languages: tuple[str, str], words: Words) -> tuple[Sentence, Sentence]:
    """Both sides of a pair, with the same name for equal places; a place that only one side has is left out."""
    flat, found = _flat(runs(source))
    own = _names(found)
    first = Sentence(_named(_words(flat, languages[0], words), own), _places(own, found))
    free: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, key in zip(own, _keys(found), strict=True):
        free[key].append(name)
    flat, found = _flat(runs(target))
    names = [free[key].pop(0) if free[key] else "" for key in _keys(found)]
    second = Sentence(_named(_words(flat, languages[1], words), names), _places(names, found))
    tokens = tuple(t for t in first.tokens if t not in first.places or t in second.places)
    return Sentence(tokens, {n: t for n, t in first.places.items() if n in second.places}), second


def _names(found: Sequence[Run]) -> list[str]:
    """Names of places; an opening place has the same number as the one that closes it."""
    alone = count()
    return [f"⟦{_KINDS[run.kind]}{run.pair if run.pair >= 0 else next(alone)}⟧" for run in found]


def _places(names: Sequence[str], found: Sequence[Run]) -> Mapping[str, str]:
    return {name: run.text for name, run in zip(names, found, strict=True) if name}


def _keys(found: Sequence[Run]) -> Iterator[tuple[str, ...]]:
    """What two places must share to count as equal: for a pair of marks, both marks."""
    both: defaultdict[int, list[str]] = defaultdict(list)
    for run in found:
        both[run.pair].append(plain_atom(run.text))
    for run in found:
        yield (run.kind, plain_atom(run.text)) if run.pair < 0 else (run.kind, *both[run.pair])


def _flat(found: Sequence[Run]) -> tuple[str, list[Run]]:
    """The text with a private-use character for each piece of Markdown, and the pieces."""
    places: list[Run] = []
    out = []
    for run in found:
        if run.kind == "text":
            out.append(re.sub(f"[{_PRIVATE}]", "", run.text))
        else:
            out.append(chr(0xE000 + len(places)))
            places.append(run)
    return "".join(out), places


def _named(words: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    tokens = (names[ord(w) - 0xE000] if len(w) == 1 and "\ue000" <= w <= "\uf8ff" else w for w in words)
    return tuple(t for t in tokens if t)


def _words(flat: str, language: str, words: Words) -> list[str]:
    kind = base_language(language)
    if kind == "zh":
        out: list[str] = []
        at = 0
        for match in _CHINESE.finditer(flat):
            out += words(flat[at : match.start()]) if match.start() > at else []
            out += [match[1]] if match[1] else []
            at = match.end()
        return [*out, *(words(flat[at:]) if at < len(flat) else [])]
    if kind == "ja":
        return _JAPANESE.findall(flat)
    tied = _TIED.sub(lambda m: f" {_JOIN}{m[0]}{_JOIN} ", flat)
    return [w for piece in tied.split() for w in ([piece] if piece.startswith(_JOIN) else _SPACED.findall(piece))]


def text(tokens: Sequence[str], language: str) -> str:
    """Tokens as people write them, with places still named."""
    dense = not separates_words(language)
    out = ""
    close = True
    quoted = False
    last = ""
    for token in _quoted(tokens):
        place = token[1] if PLACE.fullmatch(token) else ""
        bare = token.strip(_JOIN) if len(token) > 1 else token
        before = token.startswith(_JOIN) or place == "c" or token in _RIGHT or bool(_SUFFIX.match(token))
        if token == '"':
            before, quoted = quoted, not quoted
        if dense:
            before = not (_LATIN_END.search(out) and _LATIN_START.match(bare)) or token.startswith(_JOIN)
        # Two adjacent pieces of code, or of math, would be read as one.
        beside = place == last == "a"
        out += bare if (before or close) and not beside else f" {bare}"
        close = token.endswith(_JOIN) or place == "o" or token in _LEFT or (token == '"' and quoted)
        last = place
    return out


def _quoted(tokens: Sequence[str]) -> Sequence[str]:
    """Makes curly quotes open and close in turn: a model guesses each time which of the two a straight one becomes."""
    if sum(t in _QUOTES for t in tokens) % 2 or "„" in tokens:
        return tokens
    turn = cycle(_QUOTES)
    return [next(turn) if token in _QUOTES else token for token in tokens]


def restored(text: str, places: Mapping[str, str]) -> str:
    """``text`` with the Markdown of its places."""
    return PLACE.sub(lambda m: places[m[0]], text)
