"""Three-way merge of math and markup by token: code, paths, numbers and options, never words of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from merge3 import Merge3

from bot.alignment.sequences import Matcher
from bot.document.attributes import filled, words
from bot.messages import Message
from bot.planning.differing import differing
from bot.planning.flags import shortened


@dataclass(frozen=True)
class Merged:
    """The merged text, and flags for what people have to decide."""

    text: str
    flags: tuple[str, ...] = ()


Gap = tuple[range, range, range]
"""The index ranges in base, translation and new English of a stretch where they do not all agree."""


def gaps(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[range, Gap]]:
    """Pairs of a range of ``base`` that all three share and a gap, in order; one of the two is empty."""
    z = a = b = 0
    merge = Merge3(base, ours, theirs, sequence_matcher=Matcher)  # type: ignore[arg-type]  # as merge3 itself
    for z0, z1, a0, a1, b0, b1 in merge.find_sync_regions():
        gap = (range(z, z0), range(a, a0), range(b, b0))
        if any(gap):
            yield range(z, z), gap
        yield range(z0, z1), (range(0), range(0), range(0))
        z, a, b = z1, a1, b1


def merge_tokens(old: str, new: str, target: str) -> Merged:
    """Updates ``target`` (from the translation) from the ``old`` English to the ``new``; white space is ignored.

    The translation is kept and flagged where both sides changed the same place, or where English changed words of
    a sentence that has been translated.
    """
    if squeezed(old) == squeezed(new):
        return Merged(target)
    if squeezed(target) == squeezed(old):
        return Merged(new)
    if squeezed(target) == squeezed(new):
        return Merged(target)
    if (found := _by_attribute(old, new, target)) is not None:
        return found
    return _by_token(old, new, target)


def _by_attribute(old: str, new: str, target: str) -> Merged | None:
    """Merges attributes that are prose by themselves, and what is around them by token; None if that is not possible.

    A value that translators translated stays and is flagged where English changed it.
    """
    before, after, ours = (words(text) for text in (old, new, target))
    names = [[name for name, _ in side] for side in (before, after, ours)]
    if not any(names) or names[0] != names[2]:
        return None
    if any(names[0].count(name) != names[1].count(name) for name in names[0] if name in names[1]):
        return None
    frame = _by_token(
        *(filled(text, ['"…"'] * len(side)) for text, side in zip((old, new, target), names, strict=True))
    )
    if frame.flags or [name for name, _ in words(frame.text)] != names[1]:
        return None
    values, flags = [], []
    at = {name: [n for n, other in enumerate(names[0]) if other == name] for name in names[0]}
    for name, english in after:
        if not at.get(name):
            flags.append(Message("English added {attribute}", attribute=f"{name}={shortened(english)}"))
            values.append(english)
            continue
        n = at[name].pop(0)
        was, own = before[n][1], ours[n][1]
        stays = english == was or own != was
        if stays and english not in (was, own):
            text = "English changed {old} to {new}; the translation has {own}, which stays"
            edit = differing(was, english)
            flags.append(Message(text, old=f"{name}={edit[0]}", new=edit[1], own=shortened(own)))
        values.append(own if stays else english)
    return Merged(filled(frame.text, values), tuple(flags))


def _by_token(old: str, new: str, target: str) -> Merged:
    base, ours, theirs = (_TOKEN.findall(t) for t in (old, target, new))
    spoken = [_words(side) for side in (base, ours, theirs)]
    out: list[str] = []
    translated = reworded = conflict = False
    for kept, gap in gaps(base, ours, theirs):
        out += base[kept.start : kept.stop]
        z, a, b = ([side[n] for n in part] for side, part in zip((base, ours, theirs), gap, strict=True))
        conflict = conflict or (a != z and b != z and a != b)
        translated = translated or (a != z and (_any(gap[1], spoken[1]) or _any(gap[0], spoken[0])))
        reworded = reworded or (b not in (z, a) and (_any(gap[0], spoken[0]) or _any(gap[2], spoken[2])))
        out += b if a == z else a
    if conflict or (translated and reworded):
        was, now = differing(old, new)
        text = "English changed {old} to {new}; the translation has its own, which stays"
        return Merged(target, (Message(text, old=was, new=now),))
    return Merged("".join(out))


_TOKEN = re.compile(
    r"""
    \\[A-Za-z]+                                                     # command of TeX
  | </?[A-Za-z][\w.:-]* | \{\{[<%]\s*/?[\w./-]+ | \{%-?\s*\w+       # name of a tag or shortcode
  | (?<![\w-])(?!(?:alt|title|caption|label|aria-label|summary|placeholder|description|content|text)\s*=)
    [A-Za-z_:@][\w:.@-]*=(?:"[^"\n]*"|'[^'\n]*')                    # attribute that holds no prose
  | https?://[^\s"'<>)\]]+ | (?:[\w.~-]*/)+[\w.~-]*\w | \w[\w-]*\.(?=\w)[\w.-]*\w   # address, path, file
  | \w+ | \s+ | .
    """,
    re.VERBOSE | re.DOTALL,
)


def has_words(text: str) -> bool:
    """Whether ``text`` has words of a sentence: non-ASCII letters, or a word next to another."""
    return bool(_words(_TOKEN.findall(text)))


def squeezed(text: str) -> str:
    """``text`` without white space."""
    return re.sub(r"\s+", "", text)


def _any(part: range, chosen: frozenset[int]) -> bool:
    return any(n in chosen for n in part)


def _words(tokens: Sequence[str]) -> frozenset[int]:
    """The tokens that are words of a sentence: non-ASCII letters, or a word next to another."""
    return frozenset(_spoken(tokens))


def _spoken(tokens: Sequence[str]) -> Iterable[int]:
    before = -1
    between = " "
    for n, token in enumerate(tokens):
        if not token.isalpha():
            if any(ord(c) > 0x2FF and c.isalpha() for c in token):
                yield n
            between += token
            continue
        if not token.isascii():
            yield n
        if len(token) > 1 or token in "aAI":
            if before >= 0 and between.strip(" ,\t") == "" and between:
                yield before
                yield n
            before, between = n, ""
        else:
            before, between = -1, ""
