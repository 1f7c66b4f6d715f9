"""What ``amts adopt`` found, for people: the page of its pull request and the table on a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.drafting.report import many
from bot.forges import PAGE
from bot.messages import in_a_row
from bot.origins.verdict import DOUBT
from bot.reporting.quoting import code, inline

if TYPE_CHECKING:
    from rich.console import Console

    from bot.origins.verdict import Confidence, Verdict
    from bot.reporting.wording import Wording
    from bot.repositories.versions import Version

WORDS: Mapping[Confidence, str] = {
    "certain": "certain",
    "likely": "likely",
    "unsure": "ask a person",
    "english": "not translated",
}
"""The text shown for each confidence on a terminal."""


@dataclass(frozen=True)
class Written:
    """A pull request that records baselines: of how many documents, and where people read it."""

    documents: int
    location: str
    notes: tuple[str, ...] = ()


def title(documents: int, words: Wording) -> str:
    """The title of the pull request."""
    return words("adopt.title", number=documents)


def page(
    language: str,
    verdicts: Sequence[Verdict],
    written: Collection[Verdict],
    words: Wording,
    address: str = "",
    limit: int = PAGE,
    earlier: str = "",
) -> str:
    """The page of the pull request: what it records and why, and what it leaves open; nothing of ``earlier`` stays."""
    recorded = [v for v in verdicts if v in written]
    parts = [
        *([] if address else [f"# {title(len(recorded), words)}\n"]),
        words("adopt.intro", language=f"`{language}`") + "\n",
        f"| {words('adopt.document')} | {words('adopt.version')} | | {words('adopt.why')} |",
        "|:--|:--|:--|:--|",
        *(
            f"| {code(v.path)} | {_shown(v)} | {words(f'adopt.{v.confidence}')} | {_reasons(v, words)} |"
            for v in recorded
        ),
    ]
    open_ = [v for v in verdicts if v.confidence == "unsure"]
    if open_:
        parts += [f"\n## {words('adopt.open')}\n", *(_row(v, _reasons(v, words), words) for v in open_)]
    worse = [v for v in verdicts if v.worse and v not in written and v.confidence != "unsure"]
    if worse:
        parts += [f"\n## {words('adopt.worse')}\n", *(_row(v, _better(v, words), words) for v in worse)]
    gone = [v for v in recorded if v.today and v.today[0].path != (v.version.path if v.version else "")]
    if gone:
        parts += [f"\n## {words('adopt.gone')}\n", *(_row(v, _today(v, words), words) for v in gone)]
    return _cut(parts, limit, words)


def _row(verdict: Verdict, text: str, words: Wording) -> str:
    return f"- {words('labelled', name=code(verdict.path), text=text)}"


def _cut(parts: Sequence[str], limit: int, words: Wording) -> str:
    """The lines that fit; none if not even a word about the rest would."""
    full = f"\n{words('adopt.full')}\n"
    if limit < len(full):
        return ""
    out: list[str] = []
    room = limit - len(full) - 2
    for part in parts:
        room -= len(part) + 1
        if room < 0:
            return "\n".join([*out, full])
        out.append(part)
    return "\n".join(out) + "\n"


def _shown(verdict: Verdict) -> str:
    version = verdict.version
    return f"{code(version.path)} {_day(version)} `{version.oldest[:10]}`" if version else ""


def _day(version: Version) -> str:
    return f"{datetime.fromtimestamp(version.time, UTC):%Y-%m-%d}"


def _reasons(verdict: Verdict, words: Wording) -> str:
    return inline(words.message(in_a_row(verdict.evidence)))


def _better(verdict: Verdict, words: Wording) -> str:
    assert verdict.recorded and verdict.version
    return words("adopt.better", recorded=_day(verdict.recorded), better=_day(verdict.version))


def _today(verdict: Verdict, words: Wording) -> str:
    found = [(code(place.path), inline(words.message(place.why))) for place in verdict.today]
    return words.any_of([words("adopt.place", path=path, why=why) for path, why in found])


def show(verdicts: Sequence[Verdict], console: Console) -> None:
    """Each document with its English version, how sure that is, and why; then the totals."""
    for verdict in verdicts:
        found = verdict.version
        path = "" if found is None or found.path == verdict.path else f" {found.path}"
        version = f"{_day(found)} {found.oldest[:10]}{path}" if found else ""
        console.print(verdict.path, style="bold", markup=False, soft_wrap=True)
        line = "; ".join(filter(None, (version, *_remarks(verdict))))
        console.print(f"  {WORDS[verdict.confidence]}: {line}", markup=False, soft_wrap=True)
    counts = Counter(v.confidence for v in verdicts)
    line = ", ".join(f"{counts[name]} {words}" for name, words in WORDS.items() if counts[name])
    console.print(f"{many(len(verdicts), 'document')}: {line}", soft_wrap=True)
    if worse := sum(v.worse > 0 for v in verdicts):
        console.print(f"{worse} recorded ones fit worse than another version; --replace records that", soft_wrap=True)


def _remarks(verdict: Verdict) -> Iterator[str]:
    if verdict.recorded and verdict.worse:
        how = "clearly" if verdict.worse >= DOUBT else "a little"
        yield f"the recorded version of {_day(verdict.recorded)} fits {how} worse ({verdict.worse:.0f})"
    yield from verdict.evidence
    if verdict.today and verdict.version and verdict.today[0].path != verdict.version.path:
        sure = "now" if verdict.today[0].sure else "gone from English; perhaps"
        yield f"{sure} " + " or ".join(f"{place.path} ({place.why})" for place in verdict.today)
    elif verdict.version and not verdict.today:
        yield "gone from English; no successor is known"
