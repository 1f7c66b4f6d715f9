"""The bot's replies to comments. No line of them can be read as a command, mention people or close issues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.drafting.draft import DraftSegment
from bot.drafting.redraft import Redrafted
from bot.drafting.report import Confirmation, Retranslation
from bot.engines import Origin
from bot.reporting import links
from bot.reporting.quoting import code, fenced, inline
from bot.reporting.wording import Wording

LIMIT = 60_000
"""Maximum code points of a comment; GitHub allows 65,536."""


def to(author: str, location: str, words: Wording) -> str:
    """The start of a reply: which comment it answers."""
    return words("reply.to", author=code(author), location=location)


def refusal(author: str, words: Wording) -> str:
    """The reply to a person who may not give commands."""
    return words("reply.refusal", author=code(author))


def problem(texts: Iterable[str], words: Wording) -> str:
    """The reply to a command that failed."""
    lines = "\n".join(f"- {inline(words.message(text))}" for text in texts)
    return f"{words('reply.problem')}\n\n{lines}\n"


def waiting(words: Wording) -> str:
    """The reply to a command whose drafts are not ready yet."""
    return words("reply.waiting")


def done(made: Retranslation, words: Wording) -> str:
    """The reply to a completed command: what was drafted anew, what was left to people, and which pairs were used."""
    if made.before:
        return words("reply.before")
    pieces = list(_pieces(made, words))
    text, room = pieces[0], LIMIT - len(pieces[0])
    for piece in pieces[1:]:
        room -= len(piece) + 1
        if room < 100:
            return f"{text}\n{words('reply.cut')}\n"
        text += f"\n{piece}"
    return text


def confirmed(made: Confirmation, words: Wording) -> str:
    """The reply to ``/reviewed``: what is settled, and what is not."""
    if made.before:
        return words("reply.before")
    sizes = [(code(path), words("sentences", number=number)) for path, number in made.documents.items()]
    rows = [f"- {words('labelled', name=name, text=size)}" for name, size in sizes]
    head = words("reviewed.in", commit=made.commit[:10]) if made.commit else words("reviewed")
    left = f"\n{words('reviewed.english', number=made.english)}\n" if made.english else ""
    rest = words("documents.more", number=len(rows) - _ROWS)
    more = [f"- {words('rows.and', rest=rest)}"] if len(rows) > _ROWS else []
    return "\n".join([f"{head}\n", *rows[:_ROWS], *more, left])


_ROWS = 200
"""Documents that a reply names."""


def _pieces(made: Retranslation, words: Wording) -> Iterator[str]:
    every = list(made.documents.values())
    left = sum(len(d.redraft.left) for d in every)
    address = made.location if made.location.startswith("http") else ""
    yield _head(made, sum(len(d.changed) for d in every), words) + "\n"
    for path, document in made.documents.items():
        yield f"### {links.document(address, path)}\n"
        for segment in document.changed:
            yield _redraft(document, segment, links.line(address, path, segment.line, words), words)
        yield from _unchanged(document, words)
    if left:
        yield words("redrafted.left", number=left) + "\n"
        for path, document in made.documents.items():
            yield from (f"{links.document(address, path)}\n\n{fenced(text)}" for text in document.redraft.left)


def _head(made: Retranslation, changed: int, words: Wording) -> str:
    """How many drafts were made, which parallel data was used, and what the engine translated."""
    commit = made.commit[:10]
    head = words("redrafted.in", number=changed, commit=commit) if commit else words("redrafted", number=changed)
    if made.merged is None:
        return words("redrafted.alone", made=head)
    data = made.merged
    merged = words("redrafted.merged", number=len(data.units), hash=f"`{data.content_hash[:10]}`")
    if made.edited:
        own = words("redrafted.own", number=made.edited)
        text = words("redrafted.with_both", made=head, merged=merged, own=own)
    else:
        text = words("redrafted.with", made=head, merged=merged)
    return f"{text} {words('redrafted.cost', number=made.billed)}" if made.billed else text


_PEOPLE: Mapping[Origin, str] = {
    "context": "redraft.context",
    "exact": "redraft.exact",
    "mended": "redraft.mended",
}
"""The texts shown for drafts that people wrote elsewhere."""


def _redraft(document: Redrafted, segment: DraftSegment, place: str, words: Wording) -> str:
    kind = "redraft.replaced" if segment.segment.number in document.redraft.edited else "redraft.before"
    made = words("origin.rough" if segment.origin == "rough" else "origin.engine")
    made = words("by", what=made, engine=segment.engine) if segment.engine else made
    origin = words(_PEOPLE[segment.origin]) if segment.origin in _PEOPLE else made
    return (
        f"{words('redraft.english', place=place)}\n\n{fenced(segment.segment.source)}\n"
        f"{words(kind)}\n\n{fenced(document.before(segment))}\n"
        f"{words('redraft.now', origin=origin)}\n\n{fenced(segment.text)}"
    )


def _unchanged(document: Redrafted, words: Wording) -> Iterator[str]:
    """The drafts that did not change, and what could not be drafted."""
    same = [s for s in document.segments if s.origin != "english" and s not in document.changed]
    if same:
        yield words("redrafted.same", number=len(same)) + "\n"
    for segment in document.segments:
        if segment.origin == "english":
            reason = inline(words.message(segment.reason))
            yield f"{words('redraft.failed', reason=reason)}\n\n{fenced(segment.segment.source)}"
