"""Which sentences of a document wait for people, by its two texts and the review record.

What people edit is settled by that: the sentence of the record is no longer in the translation.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.document.cells import page_flavour
from bot.document.edits import fold_atoms
from bot.document.flavours import Flavour
from bot.document.markdown import parse
from bot.document.model import Document
from bot.document.page import Page
from bot.document.remarks import inside, remarks
from bot.document.segmentation import document_sentences
from bot.document.sentences import normal, sentences, speaks
from bot.review.leftovers import prose, still_english
from bot.review.record import UNWRITTEN, Entry, State, key


@dataclass(frozen=True)
class Unfinished:
    """A sentence that waits for people: its English, its present text, and the ``line`` of that in the file (from 1).

    ``old_source`` and ``old_target`` are as in ``Entry``; ``entry`` is None where only the texts show that it is still
    English.
    """

    state: State
    source: str
    text: str
    line: int
    old_source: str = ""
    old_target: str = ""
    entry: Entry | None = None


_MARKS = re.compile(r"[\W_]+")


class Sentences:
    """The sentences of a text, by key; of the page of a notebook, too."""

    def __init__(self, text: str, language: str, flavour: Flavour | None = None) -> None:
        self.text, self.language = text, language
        self.document: Document = parse(text, flavour)
        self.texts: dict[str, str] = {}
        places: defaultdict[str, list[int]] = defaultdict(list)
        for sentence in document_sentences(self.document, language):
            name = key(sentence.text)
            self.texts.setdefault(name, normal(sentence.text))
            places[name].append(sentence.start)
        self.places = dict(places)
        self._starts: defaultdict[str, list[str]] = defaultdict(list)
        for name, flat in sorted(self.texts.items(), key=lambda item: -len(item[1])):
            self._starts[flat[:1]].append(name)

    def keys(self, said: str) -> tuple[str, ...]:
        """The keys of the sentences that ``said``, a stretch of the text, consists of.

        A stretch that is only part of a sentence has the key of that; what is not in the text has keys of its own.
        """
        flat = normal(said)
        if (name := key(flat)) in self.texts:
            return (name,)
        found, rest = list[str](), flat
        while rest:
            first = next((n for n in self._starts[rest[0]] if rest.startswith(self.texts[n])), None)
            if first is not None:
                found.append(first)
                rest = rest[len(self.texts[first]) :].lstrip()
            elif marks := _MARKS.match(rest):  # the end of a highlight may count to the sentence, or not
                rest = rest[marks.end() :]
            else:
                break
        if found and not rest:
            return tuple(found)
        if around := [name for name, text in self.texts.items() if flat in text]:
            return (around[0],)
        return tuple(key(flat[start:end]) for start, end in sentences(flat, self.language))


def unfinished(
    english: str, target: str, entries: Iterable[Entry], language: str, flavour: Flavour | None = None
) -> tuple[Unfinished, ...]:
    """The sentences of ``target``, a translation of ``english``, that wait, in reading order.

    ``entries`` are those of the document; one that disagrees with the texts is ignored. English that is left is found
    without them. ``flavour`` is the Markdown flavour; None detects it.
    """
    flavour = flavour or page_flavour((english, target))
    return unfinished_of(Sentences(english, "en", flavour), Sentences(target, language, flavour), entries)


def unfinished_of(source: Sentences, own: Sentences, entries: Iterable[Entry]) -> tuple[Unfinished, ...]:
    """``unfinished`` for the sentences of an English text and of its translation."""
    found = list(_holding(source, own, entries))
    listed = {normal(one.source) for _, one in found}
    left = still_english((t for n, t in source.texts.items() if t not in listed), prose(own.document))
    for sentence in left.values():
        found.append((_place(own, sentence), Unfinished("english", sentence, sentence, 0)))
    found.sort(key=lambda one: one[0])
    target = own.text
    lines = target.lines if isinstance(target, Page) else None
    out = []
    at = ends = 0
    for start, one in found:
        at, ends = start, ends + target.count("\n", at, start)
        line = lines[min(ends, len(lines) - 1)] if lines else ends + 1
        fields = (one.old_source, one.old_target, one.entry)
        out.append(Unfinished(one.state, one.source, one.text, line, *fields))
    return tuple(out)


def unwritten(waiting: Iterable[Unfinished]) -> frozenset[str]:
    """The keys of the sentences that no person wrote."""
    every = (one for one in waiting if one.state in UNWRITTEN)
    return frozenset(name for one in every for name in (one.entry.text if one.entry else (key(one.text),)))


def _holding(source: Sentences, own: Sentences, entries: Iterable[Entry]) -> Iterator[tuple[int, Unfinished]]:
    """The entries that agree with both texts, with the places of their texts; each sentence is used once."""
    used = Counter[str]()

    def place(entry: Entry) -> int:
        return source.places[entry.source[0]][0] if entry.source[0] in source.places else -1

    for entry in sorted(entries, key=place):
        wanted = Counter(entry.text)
        free = all(used[n] + k <= len(own.places.get(n, ())) for n, k in wanted.items())
        if not free or not all(name in source.places for name in entry.source):
            continue
        start = own.places[entry.text[0]][used[entry.text[0]]]
        used.update(wanted)
        english = " ".join(source.texts[n] for n in entry.source)
        text = " ".join(own.texts[n] for n in entry.text)
        old = entry.old_target or (text if entry.state == "kept" else "")
        yield start, Unfinished(entry.state, english, text, 0, entry.old_source, old, entry)


@dataclass(frozen=True)
class Gone:
    """Text of the translation that is no longer in it; ``line`` (from 1) is where it was, in the file as it is now.

    ``code``: it is part of a program, such as a comment, and has no markup.
    """

    text: str
    line: int
    code: bool = False


def gone(
    old: Sentences,
    now: Sentences,
    shown: Iterable[str],
    english: str = "",
    in_code: Sequence[tuple[int, str]] = (),
) -> list[Gone]:
    """The sentences and comments of ``old`` that are neither in ``now`` nor in any text that is ``shown`` to people.

    ``in_code`` is what its code says and that of ``now`` does not, each with its place.

    A sentence that has other code, math, references, link targets or marks now is there: its words all are. So is a
    comment that the old ``english`` had, or that had this English in it.
    """
    there = prose(now.document)
    seen = [normal(text) for text in shown]
    fresh = [(name, start) for name, starts in now.places.items() if name not in old.places for start in starts]
    mended: defaultdict[str, list[int]] = defaultdict(list)
    for name, start in sorted(fresh, key=lambda one: one[1]):
        mended[fold_atoms(now.texts[name])].append(start)
    after = now.text
    lines = after.lines if isinstance(after, Page) else None
    out: list[Gone] = []
    named = set[str]()
    place = 0
    said = [(start, old.texts[name], name, False) for name, starts in old.places.items() for start in starts]
    said += [(start, text, "", False) for start, text in _lost_comments(old, now, english)]
    said += [(start, text, "", True) for start, text in in_code]
    for _, text, name, code in sorted(said, key=lambda one: one[0]):
        if name in now.places:
            place = next((p for p in now.places[name] if p > place), place)
        elif starts := mended[fold_atoms(text)] if name else []:
            place = max(place, starts.pop(0))
        elif name and not speaks(text):
            continue
        elif text not in there and not any(text in one for one in seen):
            line = after.count("\n", 0, place) + 1
            # A comment in a sentence goes with that.
            if name or (text not in named if code else not any(text in one.text for one in out)):
                named.add(text)
                out.append(Gone(text, lines[min(line, len(lines)) - 1] if lines else line, code))
    return out


def _lost_comments(old: Sentences, now: Sentences, english: str) -> list[tuple[int, str]]:
    """The comments of ``old`` that are not in ``now``, each with its place."""
    left, flat = Counter(text for *_, text in remarks(now.document)), normal(english)
    found = []
    for _, start, text in remarks(old.document):
        left[text] -= 1
        if left[text] < 0 and inside(text) not in flat:
            found.append((start, text))
    return found


def settled_texts(target: str, entries: Iterable[Entry], language: str, flavour: Flavour) -> Iterator[str]:
    """The old translations that were shown beside sentences of ``entries`` that people edited in ``target`` since."""
    own = Sentences(target, language, flavour)
    return (e.old_target for e in entries if e.old_target and not all(name in own.places for name in e.text))


def _place(own: Sentences, sentence: str) -> int:
    """Where a sentence starts in a text, that of the first sentence that has it."""
    starts = (own.places[name][0] for name, text in own.texts.items() if sentence in text or text in sentence)
    return min(starts, default=0)


def settled(entries: Sequence[Entry], paths: Collection[str]) -> tuple[Entry, ...]:
    """The entries after people reviewed the documents at ``paths``: what is still English waits as before."""
    return tuple(e for e in entries if e.path not in paths or e.state == "english")
