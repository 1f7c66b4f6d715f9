"""The bot's replies to comments. No line of them can be read as a command, mention people or close issues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.drafting.draft import DraftSegment
from bot.drafting.redraft import Redrafted
from bot.drafting.report import ROUGH, Confirmation, Retranslation, many
from bot.engines import Origin
from bot.reporting import links
from bot.reporting.quoting import code, fenced, inline

LIMIT = 60_000
"""Maximum code points of a comment; GitHub allows 65,536."""


def to(author: str, location: str) -> str:
    """The start of a reply: which comment it answers."""
    return f"To [the comment]({location}) of {code(author)}: "


def refusal(author: str) -> str:
    """The reply to a person who may not give commands."""
    return (
        f"Thank you, {code(author)}. Only people who may write to this repository, or whom its settings list as "
        "`translators`, can ask for another try here. A maintainer will gladly do it for you."
    )


def problem(text: str) -> str:
    """The reply to a command that failed."""
    lines = "\n".join(f"- {inline(line)}" for line in text.splitlines())
    return f"Nothing was changed.\n\n{lines}\n"


def waiting() -> str:
    """The reply to a command whose drafts are not ready yet."""
    return "The engine is still at work; give the same command again later, and it goes on."


def done(made: Retranslation) -> str:
    """The reply to a completed command: what was drafted anew, what was left to people, and which pairs were used."""
    if made.before:
        return "This was done in an earlier run; its commit is in this pull request."
    pieces = list(_pieces(made))
    text, room = pieces[0], LIMIT - len(pieces[0])
    for piece in pieces[1:]:
        room -= len(piece) + 1
        if room < 100:
            return f"{text}\n*The rest is in the commit.*\n"
        text += f"\n{piece}"
    return text


def confirmed(made: Confirmation) -> str:
    """The reply to ``/reviewed``: what is settled, and what is not."""
    if made.before:
        return "This was done in an earlier run; its commit is in this pull request."
    rows = [f"- {code(path)}: {many(number, 'sentence')}" for path, number in made.documents.items()]
    commit = f", in {made.commit[:10]}" if made.commit else ""
    left = f"\n{many(made.english, 'sentence')} still in English: that takes a translation.\n" if made.english else ""
    more = [f"- and {many(len(rows) - _ROWS, 'more document')}"] if len(rows) > _ROWS else []
    return "\n".join([f"**Reviewed**{commit}:\n", *rows[:_ROWS], *more, left])


_ROWS = 200
"""Documents that a reply names."""


def _pieces(made: Retranslation) -> Iterator[str]:
    every = list(made.documents.values())
    changed = sum(len(d.changed) for d in every)
    left = sum(len(d.redraft.left) for d in every)
    commit = f" in {made.commit[:10]}" if made.commit else ""
    address = made.location if made.location.startswith("http") else ""
    yield f"**{many(changed, 'draft')} made anew**{commit}" + _with(made) + "\n"
    for path, document in made.documents.items():
        yield f"### {links.document(address, path)}\n"
        for segment in document.changed:
            yield _redraft(document, segment, links.lines(address, path, segment.line, segment.line))
        yield from _unchanged(document)
    if left:
        advice = "With `--force` they are drafted too."
        yield f"**Left, since people had edited them:** {many(left, 'sentence')}. {advice}\n"
        for path, document in made.documents.items():
            yield from (f"{links.document(address, path)}\n\n{fenced(text)}" for text in document.redraft.left)


def _with(made: Retranslation) -> str:
    """Which parallel data was used, and what the engine translated."""
    if made.merged is None:
        return "."
    data = f", with {many(len(made.merged.units), 'pair')} that people merged (`{made.merged.content_hash[:10]}`)"
    own = f" and {many(made.edited, 'pair')} that they wrote in this pull request" if made.edited else ""
    cost = f" {made.billed:,} characters were translated." if made.billed else ""
    return f"{data}{own}.{cost}"


def _redraft(document: Redrafted, segment: DraftSegment, place: str) -> str:
    kind = "Replaced, what people had written" if segment.segment.number in document.redraft.edited else "Before"
    sources: Mapping[Origin, str] = {
        "context": "people say so in the same context",
        "exact": "people say so",
        "mended": "as people say it",
    }
    made = ROUGH if segment.origin == "rough" else "machine translation"
    made += f" by {segment.engine}" if segment.engine else ""
    origin = sources.get(segment.origin, made)
    return (
        f"{place}, in English:\n\n{fenced(segment.segment.source)}\n{kind}:\n\n{fenced(document.before(segment))}\n"
        f"Now ({origin}):\n\n{fenced(segment.text)}"
    )


def _unchanged(document: Redrafted) -> Iterator[str]:
    """The drafts that did not change, and what could not be drafted."""
    same = [s for s in document.segments if s.origin != "english" and s not in document.changed]
    if same:
        yield f"{many(len(same), 'draft')} came out as before.\n"
    for segment in document.segments:
        if segment.origin == "english":
            yield f"Not drafted, {inline(segment.reason)}:\n\n{fenced(segment.segment.source)}"
