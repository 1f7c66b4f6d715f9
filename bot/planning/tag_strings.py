"""Three-way merge of a tag of which people translated only the strings: each string goes where its English went."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from rapidfuzz.fuzz import ratio

from bot.alignment.sequences import Matcher
from bot.messages import Message
from bot.planning.differing import differing
from bot.planning.flags import named
from bot.planning.token_merge import Merged, has_words, merge_tokens, squeezed

_ALIKE = 75
"""Likeness (0 to 100) from which a string is another version of one that went (a guess)."""

_STRING = re.compile(
    r"""
    (<!--(?:[^<-]++|-(?!->)|<(?!!--))*+-->)                              # a comment, which is no string
  | "(?:[^"\\\n]|\\.)*+" | (?<==)"[^"]*+"                    # the value of an attribute may have several lines
  | (?<=[=:,(\[{\s])'(?:[^'\\\n]|\\.)*+' | (?<==)'[^']*+'    # an apostrophe in a text opens none
  | (?<=[=:,(\[{\s])`(?:[^`\\]|\\.)*+`
    """,
    re.VERBOSE | re.DOTALL,
)


def strings(text: str) -> list[str]:
    """The strings of a tag or a directive, with their quotes."""
    return [match[0] for match in _found(text)]


def without_strings(text: str) -> str:
    """A tag or a directive of the same length, with blanks in place of its strings."""
    return _STRING.sub(lambda match: match[0] if match[1] else " " * len(match[0]), text)


def merge_strings(old: str, new: str, target: str) -> Merged | None:
    """Updates ``target`` from the ``old`` English to the ``new``; None if it differs by more than its strings.

    The translation of a string stays with that string, wherever English moves it, and is flagged where English
    rewords it. Strings without a translation are English; those of words are flagged.
    """
    sides = [_Tag.read(text) for text in (old, new, target)]
    base, theirs, ours = sides
    if ours.bare == theirs.bare != base.bare and len(ours.strings) == len(base.strings) and not moves(old, new):
        base = replace(base, code=theirs.code)  # people made the change of the code themselves
    if base.bare != ours.bare or base.strings == ours.strings:
        return None
    return _Merge(base, theirs, ours).merged()


def moves(old: str, new: str) -> bool:
    """Whether strings that are in both versions of a tag are in another order in the new one."""
    before, after = strings(old), strings(new)
    return [s for s in before if s in set(after)] != [s for s in after if s in set(before)]


def _found(text: str) -> list[re.Match[str]]:
    return [match for match in _STRING.finditer(text) if not match[1]]


def lists_differ(old: str, target: str) -> bool:
    """Whether a tag lists things, by strings of the same name, and the translation has more or fewer of them."""
    english, ours = (Counter(_Tag.read(text).names) for text in (old, target))
    return any(count > 1 and count != ours[name] for name, count in english.items())


@dataclass(frozen=True)
class _Tag:
    """A tag as ``strings``, with their quotes, and the ``code`` around them: one piece more."""

    code: tuple[str, ...]
    strings: tuple[str, ...]

    @staticmethod
    def read(text: str) -> _Tag:
        found = _found(text)
        ends = [0, *(match.end() for match in found)]
        starts = [*(match.start() for match in found), len(text)]
        code = tuple(text[a:b] for a, b in zip(ends, starts, strict=True))
        return _Tag(code, tuple(match[0] for match in found))

    @cached_property
    def bare(self) -> str:
        """The code without white space, with a mark for each string."""
        return squeezed("\0".join(self.code))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What is before each string: the name of its attribute or property."""
        return tuple(words[-1] if (words := code.split()) else "" for code in self.code[:-1])

    def within(self, places: range) -> str:
        """The code between the strings at ``places``."""
        return squeezed("\0".join(self.code[places.start : places.stop + 1]))


@dataclass
class _Merge:
    """``partner`` is the place of the old string that each new one was."""

    base: _Tag
    theirs: _Tag
    ours: _Tag
    partner: dict[int, int] = field(default_factory=dict)

    def merged(self) -> Merged:
        self._pair()
        texts = list(self.theirs.strings)
        flags: list[str] = []
        come = []
        for n, english in enumerate(self.theirs.strings):
            if n not in self.partner:
                come += [english] if has_words(english) else []
                continue
            was, own = self.base.strings[self.partner[n]], self.ours.strings[self.partner[n]]
            if own != was:
                done = merge_tokens(was, english, own)
                texts[n] = done.text
                if done.flags:
                    edit = differing(was, english)
                    text = "English comment or string changed: {old} became {new}"
                    flags.append(Message(text, old=edit[0], new=edit[1]))
        if come:
            flags.append(Message("English added words to code that is translated: {code}", code=named(come)))
        pieces = [piece for both in zip(self.theirs.code, [*texts, ""], strict=True) for piece in both]
        return Merged("".join(pieces), tuple(flags))

    def _pair(self) -> None:
        before, after = self.base.strings, self.theirs.strings
        opcodes = Matcher(None, before, after, autojunk=False).get_opcodes()
        gone, come = set(before).difference(after), set(after).difference(before)
        for tag, a, b, c, d in opcodes:
            if tag == "equal":
                self.partner |= dict(zip(range(c, d), range(a, b), strict=True))
        self._pair_moved()
        for tag, a, b, c, d in opcodes:
            if tag == "replace" and self.base.within(range(a, b)) == self.theirs.within(range(c, d)):
                both = zip(range(c, d), range(a, b), strict=True)
                self.partner |= {n: k for n, k in both if after[n] in come and before[k] in gone}
        self._pair_alike([n for n, s in enumerate(after) if s in come], [k for k, s in enumerate(before) if s in gone])

    def _pair_moved(self) -> None:
        """Pairs strings that are elsewhere now; of equal ones, each is used before one is used again."""
        places: defaultdict[str, deque[int]] = defaultdict(deque)
        used = set(self.partner.values())
        for k in sorted(range(len(self.base.strings)), key=lambda k: k in used):
            places[self.base.strings[k]].append(k)
        for n, english in enumerate(self.theirs.strings):
            if n not in self.partner and english in places:
                self.partner[n] = places[english][0]
                places[english].rotate(-1)

    def _pair_alike(self, come: Sequence[int], gone: Sequence[int]) -> None:
        used = set(self.partner.values())
        come, gone = [n for n in come if n not in self.partner], [k for k in gone if k not in used]
        if len(come) * len(gone) > 10_000:
            return
        names = self.base.names, self.theirs.names
        scored = [
            (ratio(self.base.strings[k], self.theirs.strings[n]), n, k)
            for n in come
            for k in gone
            if names[0][k] == names[1][n]
        ]
        for score, n, k in sorted(scored, key=lambda one: (-one[0], one[1], one[2])):
            if score >= _ALIKE and n not in self.partner and k not in used:
                self.partner[n] = k
                used.add(k)
