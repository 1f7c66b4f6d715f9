"""Plans a whole translation: which documents change, and how. Nothing is written here.

Level-triggered: it compares the recorded baselines with the English head, never with the commits
between them. A document whose English blob matches the recorded one is not even read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from bot.baselines.records import Baselines, Recorded, Records
from bot.contracts import SmallEdits
from bot.document.flavours import Flavour
from bot.document.page import check_alike, file_of
from bot.document.tree import Tree
from bot.errors import AmtsError
from bot.messages import Message
from bot.planning.many_documents import plan_documents
from bot.planning.room import blocked, exists_already, left
from bot.planning.slices import EVERYTHING, Limits, Waiting, sliced
from bot.planning.splits import split_off
from bot.planning.successors import is_likely, places
from bot.progress import Count, silent
from bot.style.preferences import Lines

if TYPE_CHECKING:
    from bot.planning.by_hand import ByHand
    from bot.planning.document_plan import DocumentPlan

ChangeKind = Literal["add", "edit", "rename", "restore", "delete"]


class Unrecorded(AmtsError):
    """No baseline is recorded for any document of a translation."""


_REPLACED: tuple[ChangeKind, ...] = ("edit", "rename", "restore")
"""Changes to documents that the translation has, or had before English removed them."""


@dataclass(frozen=True)
class Former:
    """The full texts (English first) of a document that the translation had until English removed it."""

    source: str
    target: str


@dataclass(frozen=True)
class Change:
    """One document that the sync has to process.

    ``path`` is its path in the translation after the sync (for delete: before it), ``was`` the path before it;
    ``source_path`` is its current English path. ``old`` and ``new`` are the English texts, ``target`` is the
    translation; those of a notebook are its pages. ``failure`` is the reason why it cannot be planned. ``left`` is how
    many sentences are still English in the translation of a document whose English did not change.
    """

    kind: ChangeKind
    path: str
    was: str
    source_path: str
    old: str = ""
    new: str = ""
    target: str = ""
    plan: DocumentPlan | None = None
    failure: str = ""
    left: int = 0


@dataclass(frozen=True)
class BookPlan:
    """All changes to one translation.

    ``unrecorded`` documents exist on both sides but have no baseline. ``waiting`` are the changes that are left to a
    later pull request, ``gaps`` the English documents (by their paths) that are not to be translated now.
    """

    changes: tuple[Change, ...]
    unrecorded: tuple[str, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    gaps: tuple[str, ...] = ()


def plan_book(
    english: Tree,
    translation: Tree,
    baselines: Baselines,
    old_text: Callable[[str, Recorded], str],
    *,
    language: str,
    small_edits: SmallEdits,
    lines: Lines = "keep",
    flavour: Flavour | None = None,
    former: Callable[[str], Former | None] = lambda path: None,
    gaps: Callable[[Sequence[str], Callable[[str], bool]], Collection[str]] = lambda paths, is_new: (),
    limits: Callable[[], Limits] = lambda: EVERYTHING,
    untranslated: bool = False,
    by_hand: Callable[[Change, Recorded], ByHand | None] = lambda change, record: None,
    comments: bool = False,
    shown: Count = silent,
) -> BookPlan:
    """Plans a translation against the English head.

    ``old_text`` returns the baseline text of a document and raises AmtsError if there is none. ``lines`` is the
    style rule for drafts; ``keep`` follows what is usual in each document. ``flavour`` is the Markdown flavour,
    if the book names it. ``former`` returns what the translation once had at a path, ``gaps`` those of some English
    paths without translation that are not to be drafted: it also gets what tells whether a document is new at its
    path. With ``untranslated``, what is still English in documents whose English did not change is planned too.
    ``by_hand`` returns what people have changed in a document since its
    baseline was recorded. With ``comments``, those that English adds to code are segments. ``shown`` takes how many
    documents are planned. Raises Unrecorded if the translation has documents of the book but no baseline at all.
    """
    recorded = {p: r for p, r in baselines.of.items() if p in translation.files}
    old_texts: dict[str, str] = {}

    def old(path: str, record: Recorded) -> str:
        if path not in old_texts:
            old_texts[path] = old_text(path, record)
        return old_texts[path]

    there = places(english, recorded, old, baselines.records.layout.english)
    changes = []
    for path, record in sorted(recorded.items()):
        now = there[path]
        if now and now == record.source_path and english.files[now] == record.blob:
            if untranslated:
                changes.append(_still_english(english, translation, path, record, baselines.records, flavour))
            continue
        change = _change(english, translation, path, record, now, old, baselines.records)
        if change is None and untranslated:
            change = _still_english(english, translation, path, record, baselines.records, flavour)
        changes.append(change)
    free = left(c for c in changes if c is not None)
    taken = {*there.values()}
    fresh = [p for p in sorted(english.files) if p not in taken]
    layout = baselines.records.layout
    unrecorded = tuple(
        at
        for p in sorted(english.files)
        if (at := layout.translated(p)) in translation.files
        # The English at its path may be that of another document, which is to move there.
        and (at not in recorded or (p not in taken and at not in free))
    )
    if unrecorded and not baselines.of:
        raise Unrecorded(
            f"no baseline is recorded for any of {len(unrecorded)} translated documents, such as {unrecorded[0]}",
            why=f"without the English that they were made from ({baselines.records.kind}) its changes are unknown",
            fix=f"run amts adopt --language {language}, which finds it; or set `baseline` of this language in amts.yml",
        )
    added = [p for p in fresh if layout.translated(p) not in unrecorded]
    # Parts of documents that were translated before they moved are no gaps, and come before what they moved from.
    parts = split_off(english, added, [c for c in changes if c is not None])
    sources = {record.source_path for record in recorded.values()}

    def is_new(source_path: str) -> bool:
        if source_path in sources:
            return True  # what was there has moved
        had = former(layout.translated(source_path))
        try:
            return had is not None and not is_likely(had.source, english.text(source_path))
        except AmtsError:
            return False

    omitted = [p for p in gaps(added, is_new) if p not in parts]
    changes += [_added(english, translation, p, baselines.records, former) for p in added if p not in omitted]
    every = _possible([c for c in changes if c is not None], translation)
    # What the open pull request has takes reading it.
    todo, waiting = sliced(every, limits(), parts) if every else ((), ())
    edits = [c for c in todo if c.kind in _REPLACED and not c.failure and not c.left]
    texts = [(c.old, c.new, c.target) for c in edits]
    hands = [by_hand(c, recorded[c.was]) if c.was in recorded else None for c in edits]
    plans = plan_documents(
        texts,
        hands,
        language=language,
        small_edits=small_edits,
        lines=lines,
        flavour=flavour,
        comments=comments,
        shown=shown,
    )
    planned = {id(c): replace(c, plan=plan) for c, plan in zip(edits, plans, strict=True)}
    if baselines.records.kind == "comments":
        todo = tuple(c for c in todo if id(c) not in planned or not _is_idle(planned[id(c)]))
    if taken_up := [c for c in todo if c.left]:
        from bot.planning.document_plan import plan_untranslated

        one = partial(plan_untranslated, language=language, flavour=flavour)
        found = {id(c): one(c.new, c.target) for c in taken_up}
        planned |= {id(c): replace(c, plan=found[id(c)]) for c in taken_up}
        todo = tuple(c for c in todo if not c.left or found[id(c)].segments)
    for change in todo:
        if change.kind == "add" and not change.failure:
            from bot.planning.document_plan import plan_new

            new = plan_new(change.new, language=language, lines=lines, flavour=flavour, comments=comments)
            planned[id(change)] = replace(change, plan=new)
    return BookPlan(
        tuple(planned.get(id(c), c) for c in todo), unrecorded, waiting, tuple(p for p in added if p in omitted)
    )


def _possible(changes: Sequence[Change], translation: Tree) -> list[Change]:
    """The changes; those to a place that another document keeps fail."""
    refused = {id(c) for c in blocked(changes, translation.files)}
    return [replace(c, failure=exists_already(c)) if id(c) in refused else c for c in changes]


def _is_idle(change: Change) -> bool:
    """Whether comments that do not say exactly today's English need no edit: a document cannot tell all of it."""
    from bot.planning.comment_edits import is_idle

    return change.kind == "edit" and change.plan is not None and is_idle(change.plan, change.old, change.new)


def _still_english(
    english: Tree, translation: Tree, path: str, record: Recorded, records: Records, flavour: Flavour | None
) -> Change | None:
    """The change that takes up what is still English in a document; None if that is nothing, or cannot be read."""
    from bot.review.leftovers import untranslated

    source = record.source_path
    try:
        _check_places({path}, records, translation)
        now, target = english.text(source), translation.text(path)
        check_alike(now, now, target)
    except AmtsError:
        return None  # named when its English changes
    left = len(untranslated(now, target, "en", flavour))
    return Change("edit", path, path, source, now, now, target, left=left) if left else None


def _change(
    english: Tree,
    translation: Tree,
    path: str,
    record: Recorded,
    now: str,
    old_text: Callable[[str, Recorded], str],
    records: Records,
) -> Change | None:
    if not now and records.kind == "front-matter" and ":" in record.blob:
        text = "the commit that its front matter names has no {path}; correct it, or remove the key"
        failure = Message(text, path=record.source_path)
        return Change("edit", path, path, record.source_path, failure=failure)
    if not now:
        try:
            if records.kind == "comments":
                old_text(path, record)  # raises AmtsError if English never had the document
        except AmtsError as error:
            return Change("edit", path, path, record.source_path, failure=error.advice)
        return Change("delete", path, path, record.source_path)
    kind: ChangeKind = "edit" if now == record.source_path else "rename"
    # A document that people keep elsewhere stays there.
    usual = path == records.layout.translated(record.source_path)
    place = records.layout.translated(now) if kind == "rename" and usual else path
    try:
        _check_places({place, path}, records, translation)
        old, new, target = old_text(path, record), english.text(now), translation.text(path)
        check_alike(old, new, target)
        if kind == "edit" and _lines(file_of(old)) == _lines(file_of(new)):
            return None
    except AmtsError as error:
        return Change(kind, place, path, now, failure=error.advice)
    return Change(kind, place, path, now, old, new, target)


def _added(
    english: Tree,
    translation: Tree,
    source_path: str,
    records: Records,
    former: Callable[[str], Former | None],
) -> Change:
    path = records.layout.translated(source_path)
    try:
        _check_places({path}, records, translation)
        new = english.text(source_path)
        if path not in translation.files and (had := former(path)) and is_likely(had.source, new):
            check_alike(had.source, new, had.target)
            return Change("restore", path, path, source_path, had.source, new, had.target)
        return Change("add", path, path, source_path, "", new)
    except AmtsError as error:
        return Change("add", path, path, source_path, failure=error.advice)


def unnamed(baselines: Baselines) -> tuple[Change, ...]:
    """Failures for the documents of a translation whose names are not printable text."""
    failure = Message("its name is no printable UTF-8; rename the file and its baseline")
    names = [ascii(path)[1:-1] for path in sorted(baselines.of) if not path.isprintable()]
    return tuple(Change("edit", name, name, name, failure=failure) for name in names)


def _check_places(paths: Collection[str], records: Records, translation: Tree) -> None:
    """Raises AmtsError if a document or its baseline cannot be written at its path."""
    every = {*paths, *(beside for path in paths for beside in records.beside(path))}
    for path in sorted(every):
        if why := records.refusal(path):
            what = Message("{path} cannot be recorded", path=path)
            raise AmtsError(what, why=why, fix=Message("use `baseline: lock` or `sibling`"))
        if _through_link(path, translation.links):
            why = "a sync never writes through one"
            raise AmtsError(f"{path} is a symbolic link or in a submodule", why=why, fix="make it a file")
        files = translation.files
        if path not in files and any(f.startswith(f"{path}/") or path.startswith(f"{f}/") for f in files):
            why = "git takes one only"
            raise AmtsError(f"{path} would be a file and a folder", why=why, fix="rename one of the two")


def _through_link(path: str, links: Collection[str]) -> bool:
    parts = path.split("/")
    return any("/".join(parts[:n]) in links for n in range(1, len(parts) + 1))


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]
