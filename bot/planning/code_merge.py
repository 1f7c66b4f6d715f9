"""Three-way merge of what is not prose: code by line, math and markup by token.

Base is the old English, one side the translation, the other the new English. A translated comment or
string is not a change of code: comment runs and docstrings are told apart by Pygments and merged for
themselves, so that neither an edited English comment nor a neighbouring code line costs them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from merge3 import Merge3
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, String
from pygments.util import ClassNotFound
from rapidfuzz.fuzz import ratio


@dataclass(frozen=True)
class Merged:
    """The merged text, and for people: what could not be decided without them."""

    text: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Item:
    """A line of code or a run of comment lines; ``key`` is equal when only comments or strings differ."""

    key: str
    text: str
    comment: bool


Gap = tuple[range, range, range]
"""A stretch where base, translation and new English do not all agree: the indices on each."""


Comments = dict[str, str]
"""English comments and docstrings of a document, white space aside, and what its translators made of them."""


def learn_comments(old: str, target: str, language: str) -> Comments:
    """The translated comments and docstrings of one code block and its translation."""
    base, ours = _items(old, language), _items(target, language)
    out: Comments = {}
    for b, t in _twins(base, ours).items():
        pair = (base[b].text, ours[t].text) if base[b].comment else (_trailing(base[b].text), _trailing(ours[t].text))
        if all(pair) and _squeezed(pair[0]) != _squeezed(pair[1]):
            out[" ".join(pair[0].split())] = "\n".join(line.strip() for line in pair[1].splitlines())
    return out


def reuse_comments(code: str, known: Callable[[], Comments], language: str) -> str:
    """A code block new in English, with the comments that the translators have already translated elsewhere."""
    if not re.search(r"#(?![@ ]?tab)|\"{3}|//", code):
        return code
    return "".join(_reused(item, known) for item in _items(code, language))


def _reused(item: _Item, known: Callable[[], Comments]) -> str:
    if not item.comment:
        trailing = _trailing(item.text)
        found = known().get(" ".join(trailing.split())) if trailing else None
        return item.text.replace(trailing, found) if found else item.text
    found = known().get(" ".join(item.text.split()))
    if not found:
        return item.text
    indent = item.text[: len(item.text) - len(item.text.lstrip())]
    end = item.text[len(item.text.rstrip()) :]
    return indent + found.replace("\n", "\n" + indent) + end


def merge_code(old: str, new: str, target: str, language: str, known: Callable[[], Comments] = dict) -> Merged:
    """``target`` (a code block of the translation) brought from the ``old`` English block to the ``new``.

    ``language`` is a Pygments name such as ``python``; an unknown one merges by plain lines. Comments that
    are new here but ``known`` from elsewhere in the document come translated. Where the
    translators changed code on purpose and English changed the same lines, theirs stays and is flagged.
    """
    if _lines(target) == _lines(old):
        return Merged(reuse_comments(new, known, language))
    if (plain := _merged_lines(old, new, target)) is not None:
        return Merged(plain)
    base, ours, theirs = (_items(t, language) for t in (old, target, new))
    twin = _twins(base, ours)
    back = {t: b for b, t in twin.items()}
    # The translation as it would be in English: what still differs from the base was changed on purpose.
    neutral = [base[back[n]].text if n in back else item.text for n, item in enumerate(ours)]
    merge = _Merge(base, ours, theirs, twin, [i.text for i in base], neutral, [i.text for i in theirs], known)
    return Merged("".join(merge.lines()), tuple(merge.flags))


def _merged_lines(old: str, new: str, target: str) -> str | None:
    """The merge by bare lines, when it has no conflict and brings no comment or string: most need no lexer."""
    sides = [t.splitlines(keepends=True) for t in (old, target, new)]
    out: list[str] = []
    for kept, gap in _gaps(*sides):
        out += sides[0][kept.start : kept.stop]
        base, ours, theirs = (side[part.start : part.stop] for side, part in zip(sides, gap, strict=True))
        if ours == base:
            if any(not _TAB.match(line) and any(c in line for c in "#/'\"") for line in (*base, *theirs)):
                return None
            out += theirs
        elif theirs in (base, ours):
            out += ours
        else:
            return None
    return "".join(out)


def merge_tokens(old: str, new: str, target: str) -> Merged:
    """The same for math and markup, token by token; white space alone is no difference."""
    if _squeezed(old) == _squeezed(new):
        return Merged(target)
    if _squeezed(target) == _squeezed(old):
        return Merged(new)
    if _squeezed(target) == _squeezed(new):
        return Merged(target)
    base, ours, theirs = (_TOKEN.findall(t) for t in (old, target, new))
    out: list[str] = []
    for kept, gap in _gaps(base, ours, theirs):
        out += base[kept.start : kept.stop]
        z, a, b = ([side[n] for n in part] for side, part in zip((base, ours, theirs), gap, strict=True))
        if a != z and b != z and a != b:
            return Merged(target, (f"English changed {old.strip()} to {new.strip()}; the translation has its own",))
        out += b if a == z else a
    return Merged("".join(out))


def _merged_tabs(old: str, new: str, target: str) -> Merged:
    """The line that names the tabs of a block, with the names that English added and without those it removed."""
    before, after, ours = (re.split(r"[\s,]+", _TAB.sub("", line, count=1).strip()) for line in (old, new, target))
    names = [n for n in ours if n in after or n not in before]
    names += [n for n in after if n not in before and n not in ours]
    if not names or "all" in (*before, *after, *ours):
        return merge_tokens(old, new, target)
    found = _TAB.match(target)
    return Merged((found[0] if found else "") + ", ".join(names) + target[len(target.rstrip()) :])


_TAB = re.compile(r"\s*(#@tab|%%tab)\s")
_TOKEN = re.compile(r"\\[A-Za-z]+|\w+|\s+|.", re.S)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines()]


def _gaps(base: list[str], ours: list[str], theirs: list[str]) -> Iterator[tuple[range, Gap]]:
    """Pairs of a range of ``base`` that all three share and the gap behind the one before it."""
    z = a = b = 0
    for z0, z1, a0, a1, b0, b1 in Merge3(base, ours, theirs).find_sync_regions():
        gap = (range(z, z0), range(a, a0), range(b, b0))
        if any(gap):
            yield range(z, z), gap
        yield range(z0, z1), (range(0), range(0), range(0))
        z, a, b = z1, a1, b1


@dataclass
class _Merge:
    """One merge of items under way; collects its flags."""

    base: Sequence[_Item]
    ours: Sequence[_Item]
    theirs: Sequence[_Item]
    twin: dict[int, int]
    old: list[str]
    neutral: list[str]
    new: list[str]
    known: Callable[[], Comments]
    flags: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        for kept, gap in _gaps(self.old, self.neutral, self.new):
            yield from (self.translated(n) for n in kept)
            yield from self.gap(*gap)

    def translated(self, n: int) -> str:
        """Base item ``n`` as the translation has it."""
        return self.ours[self.twin[n]].text if n in self.twin else self.base[n].text

    def gap(self, z: range, a: range, b: range) -> Iterator[str]:
        old, ours, new = (
            self.old[z.start : z.stop],
            self.neutral[a.start : a.stop],
            self.new[b.start : b.stop],
        )
        if ours == old:
            yield from self.renewed(z, b)
        elif new in (old, ours):
            yield from (self.ours[n].text for n in a)
        elif (both := self.apart(z, a, b)) is not None:
            yield from both
        elif len(old) == len(ours) == len(new) == 1 and _TAB.match(new[0]) and _TAB.match(old[0]):
            done = _merged_tabs(old[0], new[0], ours[0])
            self.flags += done.flags
            yield done.text
        else:
            self.flags.append("English changed code that the translation has changed too: " + "".join(new).strip())
            yield from (self.ours[n].text for n in a)

    def apart(self, z: range, a: range, b: range) -> list[str] | None:
        """Both sides' edits where they touch different, only neighbouring, items; else None."""
        edits = [
            [(z1, z2, k1, k2, side) for tag, z1, z2, k1, k2 in _opcodes(self.old, z, keys, part) if tag != "equal"]
            for side, keys, part in (("a", self.neutral, a), ("b", self.new, b))
        ]
        merged = sorted(edits[0] + edits[1])
        if any(one[1] > two[0] or one[:2] == two[:2] for one, two in itertools.pairwise(merged)):
            return None
        out: list[str] = []
        at = z.start
        for z1, z2, k1, k2, side in merged:
            out += [self.translated(n) for n in range(at, z1)]
            part = range(k1, k2)
            out += [self.ours[n].text for n in part] if side == "a" else self.renewed(range(z1, z2), part)
            at = z2
        return out + [self.translated(n) for n in range(at, z.stop)]

    def renewed(self, z: range, b: range) -> list[str]:
        """New English items, with the translators' comments and strings where these still hold."""
        left = [n for n in z if n in self.twin]
        return [self.renewed_item(self.theirs[n], left) for n in b]

    def renewed_item(self, new: _Item, left: list[int]) -> str:
        scores = [(ratio(self.base[n].text, new.text), -n) for n in left if self.base[n].comment == new.comment]
        score, n = max(scores, default=(0.0, 0))
        if score < (50 if new.comment else 60):
            return _reused(new, self.known)
        left.remove(-n)
        old, ours = self.base[-n], self.ours[self.twin[-n]]
        if ours.text == old.text:
            return _reused(new, self.known)
        if new.comment or new.key == old.key:
            if new.text.split() != old.text.split():
                self.flags.append(f"English comment or string changed: {old.text.strip()} became {new.text.strip()}")
            return ours.text
        comment, translated = _trailing(old.text), _trailing(ours.text)
        if comment and translated and _trailing(new.text) == comment:
            return new.text.replace(comment, translated)
        return _reused(new, self.known)


def _opcodes(old: list[str], z: range, keys: list[str], part: range) -> Iterator[tuple[str, int, int, int, int]]:
    matcher = SequenceMatcher(None, old[z.start : z.stop], keys[part.start : part.stop], autojunk=False)
    for tag, z1, z2, k1, k2 in matcher.get_opcodes():
        yield tag, z.start + z1, z.start + z2, part.start + k1, part.start + k2


def _trailing(line: str) -> str:
    found = re.search(r"(?<=\s)#(?!@).*\S", line)
    return found[0] if found else ""


def _twins(base: Sequence[_Item], ours: Sequence[_Item]) -> dict[int, int]:
    """Base items and their translated forms, by equal keys in the same order."""
    matcher = SequenceMatcher(None, [i.key for i in base], [i.key for i in ours], autojunk=False)
    return {a + k: b + k for a, b, size in matcher.get_matching_blocks() for k in range(size)}


@lru_cache(maxsize=256)
def _items(text: str, language: str) -> tuple[_Item, ...]:
    lines = text.splitlines(keepends=True)
    items: list[_Item] = []
    for line, (key, comment) in zip(lines, _keys(lines, language), strict=True):
        if comment and items and items[-1].comment and items[-1].key == key:
            items[-1] = _Item(key, items[-1].text + line, True)
        else:
            items.append(_Item(key, line, comment))
    return tuple(items)


def _keys(lines: list[str], language: str) -> list[tuple[str, bool]]:
    """For each line its code without comments and strings, and whether it is comment or docstring only."""
    keys = [""] * len(lines)
    code = [False] * len(lines)
    at = 0
    whole = '"""' in "".join(lines) or "'''" in "".join(lines)
    told = [n for n, line in enumerate(lines) if n and _needs_lexer(line, language, whole)]
    for n in range(1, len(lines)):
        keys[n], code[n] = lines[n].rstrip(), not lines[n].isspace()
    for n in told:
        keys[n], code[n] = "", False
    body = "\n".join(lines[n].rstrip("\r\n") for n in told)
    for _, kind, value in _lexer(language).get_tokens_unprocessed(body):
        for n, part in enumerate(value.split("\n")):
            at += n > 0
            if not part:
                continue
            line = told[at]
            if (kind in Comment and not part.startswith(("#@", "#%"))) or kind in String.Doc:
                keys[line] = keys[line].rstrip() + ("#" if kind in Comment else '"')
            elif kind in String and kind not in String.Interpol and kind not in String.Affix:
                keys[line] += "" if keys[line].endswith("'") else "'"
                code[line] = True
            else:
                keys[line] += part
                code[line] |= not part.isspace()
    if lines:
        keys[0], code[0] = lines[0].strip(), True
    return [
        ("#" if "#" in key else '"', True) if not is_code and key.strip() else (key.rstrip(), False)
        for key, is_code in zip(keys, code, strict=True)
    ]


def _needs_lexer(line: str, language: str, whole: bool) -> bool:
    """Most lines of Python hold neither comment nor string; where no string spans lines these need no lexer."""
    return whole or not language.startswith("python") or any(c in line for c in "#'\"\\")


@lru_cache(maxsize=32)
def _lexer(language: str) -> Lexer:
    try:
        return get_lexer_by_name(language or "text")
    except ClassNotFound:
        return get_lexer_by_name("text")
