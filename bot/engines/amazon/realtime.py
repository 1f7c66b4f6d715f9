"""The engine ``amazon-realtime``: one immediate call per sentence, without parallel data.

The traditional way, for people without a bucket and for comparison with ``amazon``. Calls are paid for as they are
made, and nothing is kept between runs.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from bot.document.runs import plain
from bot.document.sentences import unwrapped
from bot.document.structure import language_problem
from bot.engines import Answer, Batch, Result
from bot.engines.amazon import custom_data, uploads
from bot.engines.amazon.connection import Connection, connect, explained
from bot.engines.amazon.language_codes import service_codes
from bot.engines.amazon.quotas import FORMALITY
from bot.engines.reassembly import Decoded
from bot.engines.registry import Context
from bot.engines.resources import Resources
from bot.engines.segment_html import FORMS, decode, fragment
from bot.errors import AmtsError
from bot.messages import Message

LARGEST = 10_000
"""Maximum bytes of UTF-8 in one call (API reference of TranslateText)."""

AT_ONCE = 5
"""Number of simultaneous calls (a guess: quotas differ between accounts, and the client slows down by itself)."""


@dataclass(frozen=True)
class AmazonRealtime:
    """Translates sentence by sentence; ``budget`` is the maximum number of characters to send."""

    connection: Connection
    tell: Callable[[str], None]
    resource: str = "amts"
    formality: str = ""
    budget: int | None = None
    name: str = "amazon-realtime"
    asynchronous: bool = False

    def translate(self, batch: Batch, resources: Resources) -> Result:
        languages = service_codes((batch.source_language, batch.target_language))
        options: dict[str, Any] = {"SourceLanguageCode": languages[0], "TargetLanguageCode": languages[1]}
        if self.formality and languages[1] in FORMALITY:
            options["Settings"] = {"Formality": self.formality.upper()}
        if resources.terminology:
            name = f"{self.resource}-{batch.target_language}"
            terms = uploads.terminology(resources)
            for note in terms.notes:
                self.tell(f"{batch.target_language}: {note}")
            custom_data.bring_terminology(self.connection.translate, name, terms.data)
            options["TerminologyNames"] = [name]
        left = self.budget
        affordable: list[str] = []
        for text in dict.fromkeys(unwrapped(s.source) for s in batch.segments.values()):
            left = None if left is None else left - len(plain(text))
            if left is not None and left < 0:
                break
            affordable.append(text)
        number = f"{len(affordable):,} sentence{'' if len(affordable) == 1 else 's'}"
        self.tell(f"{batch.target_language}: {number}, one call each")
        with ThreadPoolExecutor(AT_ONCE) as pool:
            said = pool.map(lambda text: self._one(text, languages, options), affordable)
            done = dict(zip(affordable, said, strict=True))
        if done and all(isinstance(d, AmtsError) for d in done.values()):
            raise next(d for d in done.values() if isinstance(d, AmtsError))
        answers = {key: _answer(done.get(unwrapped(s.source))) for key, s in batch.segments.items()}
        return Result(answers, sum(len(plain(t)) for t, d in done.items() if not isinstance(d, AmtsError)))

    def _one(self, text: str, languages: tuple[str, str], options: dict[str, Any]) -> Decoded | AmtsError:
        """Translates a sentence, and once more with its Markdown hidden if it comes back damaged."""
        got = Decoded(None, "it is too long for one call")
        for form in FORMS:
            # ``translate="no"`` protects in TranslateText too (guide: do-not-translate tags).
            html = f'<p id="s0">{fragment(text, "s0", form)}</p>'
            if len(html.encode()) > LARGEST:
                return got
            try:
                with explained("Amazon Translate does not answer"):
                    said = self.connection.translate.translate_text(Text=html, **options)["TranslatedText"]
            except AmtsError as error:
                return error
            (got,) = decode(said, [text], form)
            problem = language_problem(text, got.text, languages) if got.text is not None else ""
            if got.text is not None and not problem:
                return got
            got = Decoded(None, problem or got.problem)
        return got


def _answer(done: Decoded | AmtsError | None) -> Answer:
    if done is None:
        return Answer(
            None,
            reason=Message("left out: the budget ({setting}) is used up", setting="amazon.max_characters, max_cost"),
        )
    if isinstance(done, AmtsError):
        return Answer(None, reason=done.reason)
    return Answer(done.text, "engine") if done.text is not None else Answer(None, reason=done.problem)


def build(context: Context) -> AmazonRealtime:
    """The engine, with the settings of Amazon Translate."""
    chosen = context.settings().amazon
    name = f"{chosen.name}-evaluation" if context.for_evaluation else chosen.name
    return AmazonRealtime(
        connect(chosen.region), context.tell, name, chosen.formality or "", chosen.budget("amazon-realtime")
    )
