"""The engine ``amazon``: one batch job per language, customised with the parallel data of that moment.

The steps of a batch: what earlier runs have translated is not sent again; an interrupted run is resumed;
the rest is sent as one HTML document per Markdown document; the results are checked, and what fails is sent once more,
with its Markdown hidden. What fails again stays English, with the reason.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from bot.clock import Clock, wait
from bot.document.runs import plain
from bot.document.sentences import unwrapped
from bot.document.structure import language_problem
from bot.engines import Answer, Batch, Pending, Result
from bot.engines.amazon import custom_data, jobs, uploads
from bot.engines.amazon.connection import Connection, connect
from bot.engines.amazon.custom_data import Imported
from bot.engines.amazon.jobs import Job
from bot.engines.amazon.journal import Journal, Outcome, Run
from bot.engines.amazon.language_codes import service_codes
from bot.engines.amazon.quotas import DOCUMENT_TEXT, FORMALITY
from bot.engines.amazon.storage import Storage
from bot.engines.registry import Context, Tell
from bot.engines.resources import Resources
from bot.engines.segment_html import Form, decode, encode
from bot.errors import AmtsError
from bot.messages import Message
from bot.progress import Progress, silent

LARGEST = DOCUMENT_TEXT * 2 // 5
"""Maximum bytes of English in one document: mark-up makes it longer, and it is a guess what of that counts."""

LONG = 600.0
"""Minimum number of seconds to wait for an import, since no job can start without it (a guess)."""


@dataclass(frozen=True)
class Place:
    """Where in an account the engine works, and the names it uses."""

    bucket: str
    prefix: str
    role: str
    name: str = "amts"


@dataclass(frozen=True)
class Amazon:
    """Translates through batch jobs; ``budget`` is the maximum number of characters to send per language.

    With ``patience`` 0 it does not wait for a job that it has started; a new ``salt`` forces new translations.
    """

    connection: Connection
    place: Place
    clock: Clock
    tell: Tell
    patience: float
    customised: bool = True
    formality: str = ""
    budget: int | None = None
    salt: str = ""
    name: str = "amazon"
    asynchronous: bool = True
    progress: Progress = silent

    def translate(self, batch: Batch, resources: Resources) -> Result:
        return _Translation(self, batch, resources).result()

    def storage(self, language: str) -> Storage:
        """The folder of a language in the bucket."""
        return Storage(self.connection.s3, self.place.bucket, f"{self.place.prefix}/{language}")

    def push(self, resources: Resources) -> Imported | None:
        """Updates the parallel data of a language in Amazon Translate; None if there are no pairs."""
        found, language = uploads.parallel_data(resources), resources.language
        for note in found.notes:
            self.tell(f"{language}: {note}")
        return self.bring(language, found.data) if found.data else None

    def bring(self, language: str, tmx: bytes) -> Imported:
        """Makes ``tmx`` the parallel data of a language."""
        return custom_data.bring(
            self.connection.translate,
            self.storage(language),
            self.resource(language),
            tmx,
            clock=self.clock,
            tell=lambda text: self.tell(f"{language}: {text}"),
            timeout=max(self.patience, LONG),
        )

    def resource(self, language: str) -> str:
        """The name of a language's parallel data and of its terminology."""
        return f"{self.place.name}-{language}"


class _Translation:
    """One batch in progress; the steps are in the order of ``result``."""

    def __init__(self, engine: Amazon, batch: Batch, resources: Resources) -> None:
        self.engine, self.batch, self.resources = engine, batch, resources
        self.language = batch.target_language
        self.languages = service_codes((batch.source_language, batch.target_language))
        self.storage = engine.storage(batch.target_language)
        pairs = uploads.parallel_data(resources) if engine.customised else uploads.Upload()
        terms = uploads.terminology(resources)
        self.tmx, self.terms, self.notes = pairs.data, terms.data, (*pairs.notes, *terms.notes)
        # The service ignores it for other languages.
        self.formality = engine.formality if self.languages[1] in FORMALITY else ""
        identity = [self.languages, _hash(self.tmx), _hash(self.terms), engine.formality, engine.salt]
        self.journal = Journal(self.storage, hashlib.sha256(json.dumps(identity).encode()).hexdigest()[:16])
        self.characters = 0

    def result(self) -> Result:
        outcomes = dict(self.journal.outcomes())
        for run in self.journal.open_runs(outcomes):
            self.engine.tell(f"{self.language}: resuming the job of an earlier run")
            outcomes[run.id] = self.carry_out(run)
        attempts = sum(bool(o.failure) for o in outcomes.values())
        known = reduce(Outcome.joined, outcomes.values(), Outcome())
        wanted = self.documents()
        done = {**known.texts, **known.problems}
        fresh, left_out = self.affordable([s for d in wanted for s in d if s not in done])
        if fresh:
            known = known.joined(self.carry_out(self.run(wanted, fresh, "tags", attempts)))
        damaged = {s for s, (form, _) in known.problems.items() if form == "tags"}
        again, more = self.affordable([s for d in wanted for s in d if s in damaged])
        if again:
            self.engine.tell(f"{self.language}: sentences that came back damaged are sent once more: {len(again):,}")
            known = known.joined(self.carry_out(self.run(wanted, again, "masks", attempts)))
        answers = {key: _answer(unwrapped(s.source), known, left_out | more) for key, s in self.batch.segments.items()}
        return Result(answers, self.characters)

    def documents(self) -> Sequence[Sequence[str]]:
        """The distinct sentences of each document, in reading order; each one only where it first occurs."""
        found: dict[str, list[str]] = {}
        seen: set[str] = set()
        for (path, _), segment in self.batch.segments.items():
            if (text := unwrapped(segment.source)) not in seen:
                seen.add(text)
                found.setdefault(path, []).append(text)
        return list(found.values())

    def affordable(self, sentences: Sequence[str]) -> tuple[set[str], set[str]]:
        """The leading sentences that fit the budget, and the others."""
        left = None if self.engine.budget is None else self.engine.budget - self.characters
        taken: set[str] = set()
        for text in sentences:
            if left is not None:
                left -= len(plain(text))
                if left < 0:
                    break
            taken.add(text)
        return taken, set(sentences) - taken

    def run(self, documents: Sequence[Sequence[str]], sentences: set[str], form: Form, attempt: int) -> Run:
        """The run that sends these sentences of the documents."""
        parts = [part for document in documents for part in _parts([s for s in document if s in sentences])]
        name = self.engine.resource(self.language)
        return Run(
            self.journal.version,
            form,
            tuple(parts),
            name if self.tmx else "",
            name if self.terms else "",
            self.formality,
            attempt,
        )

    def carry_out(self, run: Run) -> Outcome:
        """Performs the remaining steps of a run; repeating it changes nothing and costs nothing."""
        client, order = self.engine.connection.translate, self.order(run)
        job = jobs.find(client, order.name)
        if job is None:
            self.journal.begin(run)
            documents = (encode(d, self.languages[0], run.form).encode() for d in run.documents)
            self.storage.put_all({f"{run.folder}/input/{n:05}.html": html for n, html in enumerate(documents)})
            self.bring_resources(run)
            job = jobs.start(client, order)
            sentences = sum(map(len, run.documents))
            progress = f"{sentences:,} sentence{'s' if sentences != 1 else ''} sent, job {job.id}"
            self.engine.tell(f"{self.language}: {progress}")
        job = self.waited(job)
        outcome = self.collected(run, job)
        self.journal.end(run, outcome)
        if outcome.failure:
            raise AmtsError(
                f"the translation job {job.id} for {self.language} delivered no translations",
                why=outcome.failure,
                fix="correct that (`amts doctor` may show what it is) and run it again; the sentences are sent anew",
            )
        self.characters += outcome.characters
        return outcome

    def bring_resources(self, run: Run) -> None:
        """Updates parallel data and terminology."""
        client = self.engine.connection.translate
        for note in self.notes:
            self.engine.tell(f"{self.language}: {note}")
        if run.parallel_data:
            self.engine.progress(self.language, "importing parallel data into Amazon Translate")
            done = self.engine.bring(self.language, self.tmx)
            if done.failed or done.skipped:
                self.engine.tell(f"{self.language}: Amazon left {done.failed + done.skipped} pairs out")
        if run.terminology:
            custom_data.bring_terminology(client, run.terminology, self.terms)

    def order(self, run: Run) -> jobs.Order:
        return jobs.Order(
            f"{self.engine.place.name}-{self.language}-{run.id}",
            run.id,
            self.storage.uri(f"{run.folder}/input/"),
            self.storage.uri(f"{run.folder}/output/"),
            self.languages,
            self.engine.place.role,
            run.parallel_data,
            run.terminology,
            run.formality,
        )

    def waited(self, job: Job) -> Job:
        """The job once it has ended. Raises Pending if a later run is to collect it."""
        last = ""

        def step() -> Job | None:
            nonlocal last
            now = jobs.look(self.engine.connection.translate, job)
            self.engine.progress(self.language, f"waiting for Amazon Translate, {now.status}")
            if now.status != last:
                self.engine.tell(f"{self.language}: job {job.id} is {now.status.lower().replace('_', ' ')}")
                last = now.status
            return now if now.status in jobs.OVER else None

        done = step() if not self.engine.patience else wait(step, self.engine.clock, self.engine.patience)
        if done is None:
            raise Pending(
                f"the translation job {job.id} for {self.language} is not done yet",
                why=f"it is {last.lower().replace('_', ' ')}; batch jobs take minutes to hours",
                fix="run the sync again later: it continues with this job, and nothing is paid for twice",
            )
        return done

    def collected(self, run: Run, job: Job) -> Outcome:
        """The results of the job, with every sentence checked."""
        if job.status not in jobs.DONE:
            return Outcome(failure=f"it ended as {job.status}: {job.message or 'the service does not say why'}")
        found = jobs.results(self.storage, job, self.languages[1])
        texts: dict[str, str] = {}
        problems: dict[str, tuple[Form, str]] = {}
        for number, document in enumerate(run.documents):
            name = f"{number:05}.html"
            html = found.documents.get(name)
            if html is None:
                reason = (
                    found.problems.get(name)
                    or found.problems.get("")
                    or Message("the service did not return its document")
                )
                problems |= dict.fromkeys(document, (run.form, reason))
                continue
            for source, got in zip(document, decode(html, document, run.form), strict=True):
                problem = got.problem if got.text is None else language_problem(source, got.text, self.languages)
                if got.text is None or problem:
                    problems[source] = run.form, problem
                else:
                    texts[source] = got.text
        return Outcome(texts, problems, found.characters)


def _answer(source: str, known: Outcome, left_out: set[str]) -> Answer:
    if source in known.texts:
        return Answer(known.texts[source], "engine")
    if source in left_out:
        return Answer(
            None,
            reason=Message("left out: the budget ({setting}) is used up", setting="amazon.max_characters, max_cost"),
        )
    return Answer(None, reason=known.problems.get(source, ("", Message("the service did not answer")))[1])


def _parts(sentences: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """A document, split where it would be too large for the service; no parts for an empty one."""
    part: list[str] = []
    size = 0
    for text in sentences:
        length = len(text.encode())
        if part and size + length > LARGEST:
            yield tuple(part)
            part, size = [], 0
        part.append(text)
        size += length
    if part:
        yield tuple(part)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest() if data else ""


def build(context: Context) -> Amazon:
    """The engine. Raises AmtsError if the settings name no bucket or no role."""
    chosen = context.settings().amazon
    if chosen.bucket is None or chosen.role is None:
        missing = "bucket" if chosen.bucket is None else "role"
        raise AmtsError(
            f"amazon.{missing} is missing",
            why="batch jobs read and write a bucket, through a role of its own",
            fix="set it in amts.yml; docs/aws.md shows how to make both",
        )
    # What evaluations import must not replace the parallel data that syncs use.
    name = f"{chosen.name}-evaluation" if context.for_evaluation else chosen.name
    return Amazon(
        connect(chosen.region),
        Place(chosen.bucket, chosen.prefix, chosen.role, name),
        context.clock,
        context.tell,
        float(chosen.timeout) if context.patient else 0.0,
        chosen.parallel_data,
        chosen.formality or "",
        chosen.budget("amazon"),
        progress=context.progress,
    )
