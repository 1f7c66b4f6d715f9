"""The steps of ``/retranslate``: drafts an open pull request again, using what people wrote in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.alignment.sequences import Matcher
from bot.baselines.records import document_of
from bot.contracts import COMMENT_TRAILER
from bot.document.page import by_line, file_of, lines_in_text
from bot.document.sentences import normal, sentences
from bot.drafting.redraft import Redraft, Scope, in_file, plan_redraft, redrafted
from bot.drafting.report import Retranslation
from bot.drafting.translate import translated
from bot.engines import Batch, Engine
from bot.errors import AmtsError
from bot.forges import Current, Lines
from bot.messages import Message
from bot.parallel_data import dataset
from bot.parallel_data.dataset import ParallelData
from bot.parallel_data.extraction import TranslatedDocument
from bot.reporting.quoting import is_plain
from bot.reporting.wording import wording
from bot.repositories import history as commit_log
from bot.sync.checks import report
from bot.sync.comment_command import Command, Confirm
from bot.sync.corpus import Book, Edition
from bot.sync.delivery import announced
from bot.sync.pipeline import persistent
from bot.sync.resources import merged_resources
from bot.sync.shown import show
from bot.sync.under_review import Reviewed, reviewed
from bot.sync.unfinished import after_redraft


@dataclass(frozen=True)
class Asked:
    """A command, the lines that its comment refers to (None: none), and the comment's id (0: none)."""

    command: Command | Confirm
    lines: Lines | None = None
    comment: int = 0


def retranslate(english: Book, edition: Edition, engine: Engine, asked: Asked, number: int = 0) -> Retranslation:
    """Drafts again the part of the open pull request that ``asked`` selects; its number must be ``number`` (0: any).

    Raises AmtsError, with a remedy, if there is nothing to draft again; then nothing was written.
    """
    edition.check_writable()
    return persistent(edition.name, lambda: _once(english, edition, engine, asked, number))


def _once(english: Book, edition: Edition, engine: Engine, asked: Asked, number: int) -> Retranslation:
    current = opened(edition, number)
    if served_before(edition, current, asked):
        return Retranslation(edition.name, {}, before=True)
    documents = reviewed(english, edition, current)
    chosen, scope = _chosen(documents, edition, current, asked)
    flavour = english.source.flavour
    plans = {
        p: plan_redraft(d.english, d.text, d.who, scope, language=edition.name, flavour=flavour)
        for p, d in chosen.items()
    }
    if missing := [path for path, plan in plans.items() if plan is None]:
        raise AmtsError(
            Message("{path} has no section {anchor}", path=missing[0], anchor=scope.anchor),
            why=Message("no heading there has that label or those words"),
            fix=Message("name the label of the section, or the document alone"),
        )
    found = {path: plan for path, plan in plans.items() if plan and (plan.segments or plan.left)}
    if not found:
        raise AmtsError(
            Message("there is no draft to make again"),
            why=Message("what is there was merged before this pull request, or is no prose"),
            fix=Message("name another document, or comment on a line that this pull request drafted"),
        )
    return _redrafted(english, edition, engine, current, documents, found, asked)


def opened(edition: Edition, number: int) -> Current:
    """The state of the open pull request. Raises AmtsError if its number is another than ``number`` (0: any)."""
    current = edition.forge.current()
    request = current.pull_request
    if request is None or number not in (0, request.number):
        raise AmtsError(
            Message("this is not the open pull request of {language}", language=edition.name)
            if request
            else Message("{language} has no open pull request", language=edition.name),
            why=Message("that one is {location}", location=request.location)
            if request
            else Message("everything is merged or closed"),
            fix=Message("comment there") if request else Message("wait for the next sync"),
        )
    return current


def served_before(edition: Edition, current: Current, asked: Asked) -> bool:
    """Whether a commit of the pull request was made for the same comment."""
    commits = commit_log.commits(edition.repository, current.commit, current.base)
    return bool(asked.comment) and str(asked.comment) in (c.comment for c in commits)


def _redrafted(
    english: Book,
    edition: Edition,
    engine: Engine,
    current: Current,
    documents: Mapping[str, Reviewed],
    plans: Mapping[str, Redraft],
    asked: Asked,
) -> Retranslation:
    batch = Batch("en", edition.name, {(p, s.number): s for p, plan in plans.items() for s in plan.segments})
    merged = merged_resources(english, edition, current.base)
    refused = {said for plan in plans.values() for n in plan.edited for said in _said(plan.drafts[n], edition.name)}
    own = _edited(documents.values(), english, edition, current.commit, refused)
    # A repair would come out as it did before.
    repairs = merged.repairs and engine.name == "memory_only"
    resources = replace(merged, parallel_data=dataset.join([merged.parallel_data, own]), repairs=repairs)
    result = translated(announced(engine, edition.forge, current), batch, resources)
    made = {
        path: redrafted(plan, {n: answer for (p, n), answer in result.answers.items() if p == path})
        for path, plan in plans.items()
    }
    done = {path: in_file(d, documents[path].text) for path, d in made.items()}
    retranslation = Retranslation(
        edition.name,
        done,
        merged.parallel_data,
        len(own.units),
        result.characters,
        edition.price,
        location=current.pull_request.location if current.pull_request else "",
    )
    changes = {path: d.text.encode() for path, d in done.items() if d.text != file_of(documents[path].text)}
    if not changes:
        return retranslation
    record = after_redraft(english, edition, current.commit, {p: (documents[p], made[p]) for p in changes})
    files = {**changes, edition.records.review: record} if record else changes
    trailer = f"\n\n{COMMENT_TRAILER}: {asked.comment}" if asked.comment else ""
    only = next(iter(changes))
    words = wording(edition.page_language)
    what = only if len(changes) == 1 and is_plain(only) else words("documents", number=len(changes))
    subject = words("commit.retranslate", what=what)
    request = edition.forge.extend(current, files, f"{subject}{trailer}\n")
    report(english, edition, current, request)
    show(english, edition, replace(current, pull_request=request))
    return replace(retranslation, commit=request.head)


def _chosen(
    documents: Mapping[str, Reviewed], edition: Edition, current: Current, asked: Asked
) -> tuple[dict[str, Reviewed], Scope]:
    """The selected documents, and which part of each."""
    assert isinstance(asked.command, Command)
    scope = Scope(asked.command.anchor, force=asked.command.force)
    path = asked.command.path
    if asked.lines:
        document = document_of(asked.lines.path) if edition.records.kind == "sibling" else ""
        place, english = document or asked.lines.path, bool(document)
        if path and path != place:
            raise AmtsError(
                Message("the comment is not on {path}", path=path),
                why=Message("it is on {path}", path=asked.lines.path),
                fix=Message("leave the path out, or comment on the pull request itself"),
            )
        path = place
        lines = _now(edition, current, asked.lines)
        if found := documents.get(path):
            lines = lines_in_text(found.english if english else found.text, lines)
        scope = replace(scope, lines=lines, english=english)
    if not path:
        return dict(documents), scope
    if path not in documents:
        names = ", ".join(list(documents)[:5]) + (", …" if len(documents) > 5 else "")
        raise AmtsError(
            Message("{path} is not a document of this pull request", path=path[:200]),
            why=Message("those are {documents}", documents=names) if names else Message("it has none"),
            fix=Message("name one of them as the list of changed files shows it"),
        )
    return {path: documents[path]}, scope


def _now(edition: Edition, current: Current, lines: Lines) -> tuple[int, int]:
    """The current position of lines of an earlier commit. Raises AmtsError if they no longer exist."""
    repository = edition.repository
    files = repository.files(lines.commit) if repository.resolve(lines.commit) else {}
    now = repository.files(current.commit)
    if lines.path in files and lines.path in now:
        old, new = (repository.read(blob).decode().splitlines() for blob in (files[lines.path], now[lines.path]))
        if found := _moved(old, new, lines.first - 1, lines.last):
            return found
    raise AmtsError(
        Message("the lines of the comment are gone"),
        why=Message("{path} has changed since then", path=lines.path),
        fix=Message("comment on a line of the newest version"),
    )


def _moved(old: Sequence[str], new: Sequence[str], start: int, stop: int) -> tuple[int, int] | None:
    """The first and the last line of ``new``, counted from 1, that ``old[start:stop]`` became."""
    places: list[int] = []
    for tag, a, b, c, d in Matcher(None, old, new, autojunk=False).get_opcodes():
        first, last = max(a, start), min(b, stop)
        if first < last and tag == "equal":
            places += range(c + first - a, c + last - a)
        elif first < last:
            places += range(c, d)
    return (places[0] + 1, places[-1] + 1) if places else None


def _edited(
    documents: Iterable[Reviewed], english: Book, edition: Edition, commit: str, refused: Collection[str]
) -> ParallelData:
    """The pairs that people wrote in the pull request itself, without the ``refused`` sentences."""
    texts, words = [], set[str]()
    for document in documents:
        if document.who.edited:
            history = commit_log.written(edition.repository, commit, document.path)
            known = by_line(document.text, history)
            flavour = english.source.flavour
            texts.append(TranslatedDocument(document.path, document.english, document.text, known, flavour))
            words |= document.who.edited.difference(refused)
    data = dataset.build(texts, ("en", edition.name))
    return replace(data, units=tuple(unit for unit in data.units if _said(unit.target, edition.name) <= words))


def _said(text: str, language: str) -> set[str]:
    return {normal(text[start:end]) for start, end in sentences(text, language)}
