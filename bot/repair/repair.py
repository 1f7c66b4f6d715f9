"""Repairs the translation of a sentence whose English changed: only the words of the change are touched."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.document.emphasis import uncarried
from bot.document.sentences import sentences
from bot.document.structure import repair_problem
from bot.languages import explains_before, separates_words
from bot.repair.associations import takes_another, trimmed
from bot.repair.dense import has_words
from bot.repair.difference import LONGEST, Hunk, difference, is_spelling
from bot.repair.examples import Examples
from bot.repair.links import Links, links
from bot.repair.soundness import is_sound
from bot.repair.splice import Change, ChangeKind, apart, applied, fitted, joined, undoubled
from bot.repair.stretches import Stretches
from bot.repair.tokens import Token, spelled_out, tokens
from bot.repair.wording import Wording, Wordings

UNCHANGED = 0.85
"""Least share of the new English that was in the old where nothing is found to change (a guess)."""
NEW = 0.3
"""Share of the new English that was in the old below which it is another sentence (docs/repair.md)."""
LEFT = 0.3
"""Share of the old English words with meaning that may have gone without their translation being found."""
TOUCHED = 0.3
"""Share of a translation without spaces between words that may be removed or replaced (a guess)."""
SHORTEST, LONGEST_TEXT = 0.4, 1.6
"""Least and most words of a repair, by how many the new English has beside the old pair (guesses: of 228 repairs of
Dive into Deep Learning none is longer, and one in a hundred is shorter than half)."""
LIST_COMMA = "、"
"""What separates the items of a list in Chinese and Japanese."""
OUTDATED = 0.25
"""Share of its words that stay below which a whole sentence of the translation goes (a guess)."""


@dataclass(frozen=True)
class Repair:
    """A repaired translation: ``changes`` of the old one, in order, make ``text``.

    ``share`` (0 to 1) is how much of the new English was in the old. ``left`` are English words that went, whose
    translation may still be there; ``unsaid`` are words that came, small ones or such as would be there twice in a row,
    which the text does not have, and words that came into emphasis and are in none.
    """

    text: str
    changes: tuple[Change, ...]
    share: float
    left: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()

    @property
    def english(self) -> bool:
        """Whether English words are left in the text."""
        return any(change.english for change in self.changes)


def repair(old: str, new: str, target: str, language: str, examples: Examples, draft: str = "") -> Repair | None:
    """``target``, the translation of ``old`` in ``language``, repaired so that it translates ``new``.

    New words come from ``draft`` (of the whole new sentence; empty if there is none) and ``examples``. None if a part
    of the edit cannot be carried out safely, or if the structure of the sentence would not change as the English did.
    """
    old, new = spelled_out(old), spelled_out(new)
    before, after, ours = tokens(old, "en"), tokens(new, "en"), tokens(target, language)
    if not ours or max(len(before), len(after), len(ours)) > LONGEST:
        return None
    found = difference(before, after)
    if found.share < NEW:
        return None
    stays = {a for a, _ in found.kept}
    pair = links(before, ours, examples.table, staying=stays)
    missing = set(range(len(before))) - set(pair.owners)
    outdated = list(_outdated(target, language, before, ours, pair, stays))
    pair = pair.without([j for run in outdated for j in run])
    exchanged = [(hunk.old[0], hunk.new[0]) for hunk in found.hunks if hunk.exchange]
    earlier = {b: a for a, b in (*found.kept, *exchanged)}
    places = Stretches(
        before, after, ours, pair, earlier, separates_words(language), missing, explains_before(language)
    )
    wordings = Wordings(new, after, examples, language, draft)
    changes = [Change("removed", ours[run.start].start, ours[run.stop - 1].end, "") for run in outdated]
    hunks = [hunk for hunk in found.hunks if not _corrects(hunk, before, after, examples)]
    edits: list[_Edit] = []
    for hunk in hunks:
        edit = _edit(hunk, places, wordings, (old, new))
        if edit is None:
            return None
        edits.append(edit if separates_words(language) else _trimmed(edit, hunk, before, target, examples))
    changes += [change for edit in edits for change in edit.changes]
    if not has_words(language) and any(change.kind != "exchanged" for change in changes):
        return None
    content = sum(token.content for token in before)
    missed = sum(before[k].content for edit in edits for k in edit.missed)
    if missed >= LEFT * content > 0 or (missed and not separates_words(language)):
        return None
    if not separates_words(language) and any(_precedes(change) or _is_weak(change) for change in changes):
        return None
    if not separates_words(language) and any(examples.cuts(target, at) for c in changes for at in (c.start, c.end)):
        return None
    forms = {token.form for token in after}
    sides: tuple[list[Token], list[Token]] = [], []
    for token in before:
        if token.kind == "word" and token.content:
            sides[token.form in forms].append(token)
    if takes_another(*sides, changes, ours, target, examples, spaced=separates_words(language)):
        return None
    chosen = apart(changes)
    if any(change.text and change not in chosen for change in changes):
        return None
    changes = joined(chosen, target)
    single = undoubled(changes, target) if separates_words(language) else changes
    doubled = [one.new for one, other in zip(changes, single, strict=True) if one.text.strip() and not other.text]
    changes = fitted(single, target, language)
    parts = [change for change in changes if change.kind != "exchanged" and not _is_clause(change, target)]
    touched = sum(change.end - change.start for change in parts)
    if not separates_words(language) and touched > TOUCHED * len(target):
        return None
    text = applied(changes, target)
    if not is_sound(text, target, language) or not _fits(before, after, ours, tokens(text, language)):
        return None
    unchanged = found.share >= UNCHANGED or len(hunks) < len(found.hunks)
    if (text == target and (not unchanged or missed)) or repair_problem(old, new, target, text):
        return None
    left = [_words(before, run, old) for edit in edits for run in edit.left]
    unsaid = [*(word for edit in edits for word in edit.unsaid), *filter(None, doubled)]
    unsaid += uncarried(old, new, text)
    return Repair(text, tuple(changes), found.share, tuple(left), tuple(unsaid))


@dataclass(frozen=True)
class _Edit:
    """What becomes of one hunk: ``changes`` of the translation, and what they do not carry out.

    ``missed`` are tokens of the old English that went, whose translation was not found; ``left`` are these and others
    whose translation stays, as runs of tokens; ``unsaid`` are small words that came.
    """

    changes: tuple[Change, ...] = ()
    missed: range = range(0)
    left: tuple[range, ...] = ()
    unsaid: tuple[str, ...] = ()


def _trimmed(edit: _Edit, hunk: Hunk, before: Sequence[Token], target: str, examples: Examples) -> _Edit:
    """An edit that touches only the translation of the one word that went, where that is a part of a piece."""
    gone = [before[k] for k in hunk.old if before[k].content]
    changes = [trimmed(c, gone, target, examples) if c.kind in ("removed", "replaced") else c for c in edit.changes]
    return replace(edit, changes=tuple(changes))


def _precedes(change: Change) -> bool:
    """Whether words go before a sentence without a comma behind them: where they belong is not known."""
    return change.kind == "inserted" and not change.start and change.text.rstrip()[-1:] not in ("，", "、", ",", "：")


def _is_weak(change: Change) -> bool:
    """Whether the new words are a single character, which means something else in most sentences."""
    text = change.text.strip()
    return change.kind in ("replaced", "inserted") and len(text) == 1 and text.isalpha()


def _is_clause(change: Change, target: str) -> bool:
    """Whether a change removes a clause as a whole, the first one or one in brackets: no word is cut there."""
    text = target[change.start : change.end].strip()
    return not change.text and (text[:1] in "(（" or not change.start) and text[-1:] in ")），、,"


def _fits(before: Sequence[Token], after: Sequence[Token], ours: Sequence[Token], made: Sequence[Token]) -> bool:
    """Whether a repair has about as many words as the new English leads to expect: no clause too many is left in it."""
    old, new, target, text = (
        sum(t.kind in ("word", "atom", "number") for t in side) for side in (before, after, ours, made)
    )
    return SHORTEST * new * target <= text * old <= LONGEST_TEXT * new * target


def _outdated(
    target: str, language: str, before: Sequence[Token], ours: Sequence[Token], pair: Links, stays: Collection[int]
) -> Iterator[range]:
    """The sentences of a translation of several of which next to nothing is in the new English any more."""
    spans = sentences(target, language)
    runs = [[j for j, token in enumerate(ours) if a <= token.start and token.end <= b] for a, b in spans]
    for run in runs if len(runs) > 1 else []:
        owners = [pair.owners[j] for j in run if pair.owners[j] >= 0 and before[pair.owners[j]].content]
        if owners and sum(i in stays for i in owners) / len(owners) < OUTDATED:
            yield range(run[0], run[-1] + 1)


def _edit(hunk: Hunk, places: Stretches, wordings: Wordings, texts: tuple[str, str]) -> _Edit | None:
    """What becomes of one hunk; None if it is too uncertain."""
    gone = [k for k in hunk.old if places.before[k].content]
    come = any(places.after[k].content for k in hunk.new)
    if not gone and not come:
        return _small_words(hunk, places)
    old, new = _words(places.before, hunk.old, texts[0]), _words(places.after, hunk.new, texts[1])

    def change(kind: ChangeKind, span: tuple[int, int], text: str = "", english: bool = False) -> Change:
        return Change(kind, *span, text, old, new, english)

    if hunk.exchange and len(owned := places.links.owned(hunk.old)) == 1:
        span = places.ours[owned[0]].start, places.ours[owned[0]].end
        return _Edit((change("exchanged", span, places.after[hunk.new[0]].text),))
    runs = places.of(hunk)
    if not places.spaced and not runs and places.links.owned(gone):
        return None  # not sure enough
    missed = hunk.old if not runs and any(k in places.missing for k in gone) else range(0)
    left = (missed,) if missed else tuple(places.staying(hunk, runs))
    removed = [change("removed", places.span(places.with_marks(run))) for run in runs]
    edit = _Edit((), missed, left)
    if not come:
        return replace(edit, changes=tuple(removed), unsaid=_qualifiers(places.after, hunk.new))
    if not runs:
        added = _added(hunk, places, wordings)
        if added is None:
            return None
        at, wording = added
        return replace(
            edit, changes=(change("inserted", (at, at), wording.text, wording.english),), unsaid=wording.unsaid
        )
    wording = wordings.of(hunk.new, placed=True)
    # What Japanese hangs on a word stays unless the new words bring their own.
    own = [token.kind for token in tokens(wording.text, wordings.language)][-1:] == ["ending"]
    span = places.span(runs[0], ending=places.spaced or own)
    replaced = change("replaced", span, wording.text, wording.english)
    return replace(edit, changes=(replaced, *removed[1:]), unsaid=wording.unsaid)


def _added(hunk: Hunk, places: Stretches, wordings: Wordings) -> tuple[int, Wording] | None:
    """Where in the translation the new words of a hunk go in, and their wording; None if the place is not known."""
    at, wording = places.place(hunk), wordings.of(hunk.new, placed=False)
    if at is not None:
        return at, wording
    at = places.listed(hunk)
    if at is None:
        return (places.end, wording) if wording.english else None
    first = next(k for k in hunk.new if places.after[k].content or places.after[k].text == "[")
    wording = wordings.of(range(first, hunk.new.stop), placed=True)
    return at, replace(wording, text=f"{LIST_COMMA}{wording.text}")


def _small_words(hunk: Hunk, places: Stretches) -> _Edit:
    """An edit of small words alone changes nothing in the translation, but those that say something are named."""
    went, came = _qualifiers(places.before, hunk.old), _qualifiers(places.after, hunk.new)
    if sorted(map(str.casefold, went)) == sorted(map(str.casefold, came)):
        return _Edit()
    left = (hunk.old,) if went else ()
    return _Edit(left=left, unsaid=came)


def _qualifiers(side: Sequence[Token], places: range) -> tuple[str, ...]:
    return tuple(side[k].text for k in places if side[k].qualifies)


def _corrects(hunk: Hunk, before: Sequence[Token], after: Sequence[Token], examples: Examples) -> bool:
    """Whether a hunk only corrects the spelling of words that nobody else writes so."""
    old, new = ([side[k] for k in places] for side, places in ((before, hunk.old), (after, hunk.new)))
    return is_spelling(old, new) and any(map(examples.is_rare, old))


def _words(side: Sequence[Token], places: range, text: str) -> str:
    return " ".join(text[side[places[0]].start : side[places[-1]].end].split()) if places else ""
