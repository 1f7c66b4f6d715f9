"""Three-way merge of code, by line.

The base is the old English; the two sides are the translation and the new English. A translated comment or
string is not a change of code: ``code_lines`` separates comments, strings and words, and they are merged on
their own, so that neither an edited English comment nor a changed neighbouring code line discards them.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz.fuzz import ratio

from bot.alignment.sequences import Matcher
from bot.document.sentences import normal, speaks
from bot.messages import Message
from bot.planning.code_lines import Item, Piece, items, may_speak, twins, wording
from bot.planning.code_opening import conflict, fenced_as, merged_opening, merged_tabs, split_tabs
from bot.planning.comment_runs import cut_runs
from bot.planning.differing import differing
from bot.planning.flags import named, shortened
from bot.planning.known_comments import Comments, filled, reuse_comments, reused
from bot.planning.token_merge import Merged, gaps, merge_tokens, squeezed


def merge_code(
    old: str, new: str, target: str, language: str, known: Callable[[], Comments] = dict, *, comments: bool = True
) -> Merged:
    """Updates ``target`` (a code block of the translation) from the ``old`` English block to the ``new`` one.

    ``language`` is a Pygments name such as ``python``; ``text`` merges by plain lines. Comments that
    are new here but ``known`` from elsewhere in the document are filled in translated. Where the translators
    changed code on purpose and English changed the same lines, the translators' code is kept and flagged.
    ``comments`` that arrive in English are flagged, as strings are.
    """
    if _lines(target) == _lines(old):
        return Merged(reuse_comments(new, known, language))
    if (opening := merged_opening(old, new, target)) is not None:
        # Apart from the code: what opens a block without a language could be taken for what closes the other.
        done = merge_code(fenced_as(new, old), new, fenced_as(new, target), language, known, comments=comments)
        text = opening.text + "\n" + done.text.partition("\n")[2]
        return Merged(text, (*opening.flags, *done.flags))
    (before, old_code), (after, new_code), (own, code) = map(split_tabs, (old, new, target))
    if before != after:
        # Apart from the code: a change of its first lines on both sides must not keep English from naming its tabs.
        tabs = merged_tabs(before, after, own)
        done = merge_code(old_code, new_code, code, language, known, comments=comments)
        first, *rest = done.text.splitlines(keepends=True)
        return Merged("".join([first, tabs.text, *rest]), (*tabs.flags, *done.flags))
    # Where both sides have the same lines more or less, plain lines may add one of several equal ones twice.
    alike = len(_lines(target)) == len(_lines(new)) != len(_lines(old))
    plain = _merged_lines(old, new, target)
    if plain is not None and (not alike or _lines(plain) == _lines(target)):
        return Merged(plain, _arrived(old, new, target, plain, language, comments))
    base, ours, theirs = (items(t, language) for t in (old, target, new))
    twin = twins(base, ours, language)
    if (cut := cut_runs(base, ours, theirs, twin)) is not None:
        base, ours, theirs = cut
        twin = twins(base, ours, language)
    back = {t: b for b, t in twin.items()}
    # The translation with its English comments and strings: any other difference from the base is deliberate.
    neutral = [base[back[n]].text if n in back else item.text for n, item in enumerate(ours)]
    if neutral == [i.text for i in theirs]:
        return Merged(target)
    if plain is not None:
        return Merged(plain, _arrived(old, new, target, plain, language, comments))
    merge = _Merge(base, ours, theirs, twin, [i.text for i in base], neutral, [i.text for i in theirs], known)
    text = "".join(merge.lines())
    return Merged(text, (*merge.flags, *_arrived(old, new, target, text, language, comments)))


def _arrived(old: str, new: str, target: str, draft: str, language: str, comments: bool) -> tuple[str, ...]:
    """A flag for the ``new`` English in ``draft`` that ``target`` has not, if its words are translated; else none.

    Words are comments and strings, or whole lines where there is no language.
    """
    known = {*wording(old, language), *wording(target, language)}
    if known == set(wording(old, language)):
        return ()
    there = set(wording(draft, language))
    left = [text for text in dict.fromkeys(wording(new, language, comments)) if text in there and text not in known]
    return (Message("English added words to code that is translated: {code}", code=named(left)),) if left else ()


def _merged_lines(old: str, new: str, target: str) -> str | None:
    """Merges by plain lines if there is no conflict and no new comment or string; most merges need no lexer."""
    sides = [t.splitlines(keepends=True) for t in (old, target, new)]
    out: list[str] = []
    for kept, gap in gaps(*sides):
        out += sides[0][kept.start : kept.stop]
        base, ours, theirs = (side[part.start : part.stop] for side, part in zip(sides, gap, strict=True))
        if ours == base:
            if any(may_speak(line) for line in (*base, *theirs)):
                return None
            out += theirs
        elif theirs in (base, ours):
            out += ours
        else:
            return None
    return "".join(out)


def _replaced(words: str) -> str:
    return Message("English replaced words that were translated: {code}", code=shortened(words))


_NEAR = 50
"""Lines before and behind the place of a new one, in proportion, that it is compared with (a guess)."""


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines()]


@dataclass
class _Merge:
    """State of one merge of items; collects its flags."""

    base: Sequence[Item]
    ours: Sequence[Item]
    theirs: Sequence[Item]
    twin: dict[int, int]
    old: list[str]
    neutral: list[str]
    new: list[str]
    known: Callable[[], Comments]
    flags: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        for kept, gap in gaps(self.old, self.neutral, self.new):
            yield from (self.translated(n) for n in kept)
            yield from self.gap(*gap)

    def translated(self, n: int) -> str:
        """Base item ``n`` in its translated form."""
        return self.ours[self.twin[n]].text if n in self.twin else self.base[n].text

    def gap(self, z: range, a: range, b: range) -> Iterator[str]:
        sides = zip((self.old, self.neutral, self.new), (z, a, b), strict=True)
        old, ours, new = (side[part.start : part.stop] for side, part in sides)
        if ours == old:
            yield from self.renewed(z, b)
        elif new in (old, ours):
            yield from (self.ours[n].text for n in a)
        elif (both := self.apart(z, a, b)) is not None:
            yield from both
        else:
            self.flags.append(conflict("".join(old), "".join(new)))
            yield from (self.ours[n].text for n in a)

    def apart(self, z: range, a: range, b: range) -> list[str] | None:
        """Combines both sides' edits if they touch different (merely neighbouring) items; else None."""
        edits = [
            [(z1, z2, k1, k2, side) for tag, z1, z2, k1, k2 in _opcodes(self.old, z, keys, part) if tag != "equal"]
            for side, keys, part in (("a", self.neutral, a), ("b", self.new, b))
        ]
        merged = sorted(edits[0] + edits[1])
        if any(one[1] > two[0] or one[:2] == two[:2] for one, two in itertools.pairwise(merged)):
            return None
        own = {squeezed(self.ours[n].text) for *_, k1, k2, _ in edits[0] for n in range(k1, k2)}
        out: list[str] = []
        at = z.start
        for z1, z2, k1, k2, side in merged:
            if side == "b" and z1 == z2 and own.issuperset(squeezed(text) for text in self.new[k1:k2]):
                continue  # people have put in the same
            out += [self.translated(n) for n in range(at, z1)]
            part = range(k1, k2)
            out += [self.ours[n].text for n in part] if side == "a" else self.renewed(range(z1, z2), part)
            at = z2
        return out + [self.translated(n) for n in range(at, z.stop)]

    def renewed(self, z: range, b: range) -> list[str]:
        """New English items, with the translators' comments, strings and words where they are still valid."""
        left = [n for n in z if n in self.twin]
        out = []
        for k, n in enumerate(b):
            at = bisect_left(left, z.start + k * len(z) // len(b))
            out.append(self.renewed_item(self.theirs[n], left, left[max(0, at - _NEAR) : at + _NEAR]))
        if out:
            self.flags += [_replaced(self.ours[self.twin[n]].text.strip()) for n in left if self.is_words(n)]
        return out

    def is_words(self, n: int) -> bool:
        """Whether base item ``n`` is a line of words that is translated: not code with comments and strings."""
        return n in self.twin and self.base[n].key != self.ours[self.twin[n]].key

    def renewed_item(self, new: Item, left: list[int], near: Sequence[int]) -> str:
        scores = [(ratio(self.base[n].text, new.text), -n) for n in near if self.base[n].comment == new.comment]
        score, n = max(scores, default=(0.0, 0))
        if score < (50 if new.comment else 60):
            return reused(new, self.known)
        left.remove(-n)
        old, ours = self.base[-n], self.ours[self.twin[-n]]
        if ours.text == old.text:
            return reused(new, self.known)
        if new.comment:
            if ratio(normal(old.text), normal(new.text)) < _SAME and normal(new.text) in self.known():
                return reused(new, self.known)  # another comment, that people translated elsewhere
            self.reworded(old.text, new.text)
            return ours.text
        if self.is_words(-n):
            merged = merge_tokens(old.text, new.text, ours.text)
            self.flags += merged.flags
            return merged.text
        return self.refilled(old, new, ours)

    def reworded(self, old: str, new: str) -> None:
        if old.split() != new.split():
            was, now = differing(old, new)
            self.flags.append(Message("English comment or string changed: {old} became {new}", old=was, new=now))

    def refilled(self, old: Item, new: Item, ours: Item) -> str:
        """New code with the translators' comments and strings, each merged separately."""
        if len(old.pieces) != len(ours.pieces):
            if new.key != old.key:
                text = "English changed code beside what is translated: {code}"
                self.flags.append(Message(text, code=shortened(ours.text.strip())))
                return reused(new, self.known)
            self.reworded(old.text, new.text)
            return ours.text
        free = list(range(len(old.pieces)))
        partner: dict[int, int] = {}
        if new.key == old.key and len(new.pieces) == len(old.pieces):
            partner = {n: n for n in free}
        else:
            for alike in (True, False):
                for n, piece in enumerate(new.pieces):
                    found = [k for k in free if old.pieces[k].comment == piece.comment]
                    found = [k for k in found if old.words(old.pieces[k]) == new.words(piece)] if alike else found
                    if n not in partner and found and (alike or piece.comment or len(new.pieces) == len(old.pieces)):
                        partner[n] = found[0]
                        free.remove(found[0])
        texts = [
            self.piece(old, ours, partner[n], new.words(piece), piece, same=new.key == old.key) if n in partner else ""
            for n, piece in enumerate(new.pieces)
        ]
        for literal in new.literals():
            if any(texts[n] for n in literal) and any(
                not texts[n] and n not in partner and speaks(new.words(new.pieces[n])) for n in literal
            ):
                self.reworded(old.text, new.text)
                for n in literal:  # never a string that is half in each language
                    texts[n] = ""
        self.flags += [
            _replaced(ours.words(ours.pieces[k]))
            for k in free
            if k not in partner.values() and new.pieces and old.words(old.pieces[k]) != ours.words(ours.pieces[k])
        ]
        return filled(new, texts)

    def piece(self, old: Item, ours: Item, k: int, new: str, piece: Piece, *, same: bool) -> str:
        """What a comment or a string becomes; ``same`` means that the code around it did not change."""
        before, translated = old.words(old.pieces[k]), ours.words(ours.pieces[k])
        if before == new:
            return translated
        found = self.known().get(normal(new), "") if piece.comment else ""
        if translated == before or (found and ratio(before, new) < _SAME):
            return found
        self.reworded(before, new)
        if same or (ratio(before, new) >= 50 and (piece.comment or _places(before) == _places(new))):
            return translated
        return ""


_SAME = 85
"""Likeness (0 to 100) from which a comment is the same one, a little edited: its own translation stays (a guess)."""

_PLACE = re.compile(r"%[-+ #0-9.]*[a-zA-Z%]|\{[^{}]*\}|\$\w+|\\[a-z]")


def _places(string: str) -> list[str]:
    """The placeholders of a string, such as ``%d`` and ``{name}``: code that must fit the code around the string."""
    return sorted(_PLACE.findall(string))


def _opcodes(old: list[str], z: range, keys: list[str], part: range) -> Iterator[tuple[str, int, int, int, int]]:
    matcher = Matcher(None, old[z.start : z.stop], keys[part.start : part.stop], autojunk=False)
    for tag, z1, z2, k1, k2 in matcher.get_opcodes():
        yield tag, z.start + z1, z.start + z2, part.start + k1, part.start + k2
