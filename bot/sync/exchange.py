"""Segments for an agent or a service that AMTS does not know, as JSON, and the answers that it gives.

The files of both are versioned; their JSON Schemas are made from the models here (``docs/schemas``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError

from bot.engines.given import segment_id
from bot.engines.llm import prompt
from bot.errors import AmtsError
from bot.progress import Step, silent
from bot.settings.strict import Strict
from bot.sync.corpus import Book, Edition
from bot.sync.delivery import segments
from bot.sync.planned import planned
from bot.sync.resources import merged_resources

VERSION: Literal[1] = 1
"""Another one where a reader of the files would have to change."""

Id = Annotated[str, Field(pattern="^[0-9a-f]{16}$")]


class Pair(Strict):
    """English and its translation, which is empty where there is none."""

    english: str
    translation: str = ""


class Asked(Strict):
    """A segment to translate, in Markdown, with what helps: its neighbours, the most similar sentences that people
    translated (the best last), and the pair that it replaces, of which only what English changed should change."""

    id: Id
    document: str
    kind: str
    english: str
    before: Pair | None = None
    after: Pair | None = None
    examples: list[Pair] = Field(default=[])
    replaces: Pair | None = None


class LanguagePlan(Strict):
    """What one language needs: ``terms`` are those that occur, ``instructions`` what its translators ask for."""

    language: str
    terms: list[Pair]
    instructions: str
    segments: list[Asked]


class PlanFile(Strict):
    """What ``amts plan --json`` writes; ``english`` is the commit of the English book."""

    version: Literal[1]
    english: str
    languages: list[LanguagePlan]


class AnswersFile(Strict):
    """What ``amts apply`` reads: translations in Markdown by language and by the ids of the plan.

    ``by`` is who gave them, and is named beside each draft. A segment without an answer stays English.
    """

    version: Literal[1]
    by: Annotated[str, Field(pattern=r"^[\w .:/-]{0,60}$")] = ""
    languages: dict[str, dict[Id, str]] = Field(min_length=1)


def plan(english: Book, edition: Edition, step: Step = silent) -> LanguagePlan:
    """The segments of a sync that nobody has translated; ``step`` shows what is going on.

    Raises AmtsError where a sync would.
    """
    current = edition.forge.current()
    found = segments(planned(english, edition, current, step=step).plan)
    if not found:
        return LanguagePlan(language=edition.name, terms=[], instructions="", segments=[])
    step("reading what people merged")
    resources = merged_resources(english, edition, current.base)
    memory = resources.memory
    asked = {}
    for key, segment in found.items():
        match = memory.match(segment.source, segment.before, segment.after)
        if match is None or not match.kind:
            id = segment_id(key, segment)
            about: Any = prompt.about(segment, memory)
            asked[id] = Asked(id=id, document=key[0], english=segment.asked, **about)
    terms = prompt.terms_in(list(found.values()), resources)
    return LanguagePlan(
        language=edition.name,
        terms=[Pair(english=t.source, translation=t.targets[0]) for t in terms],
        instructions=resources.instructions,
        segments=list(asked.values()),
    )


def read_answers(text: str, path: Path) -> AnswersFile:
    """The answers in a file. Raises AmtsError if they are not as the schema says."""
    try:
        return AnswersFile.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise AmtsError(
            f"{path} has no answers",
            why=f"{where}: {first['msg'][0].lower()}{first['msg'][1:]}",
            fix="write it as docs/schemas/answers-1.json says",
        ) from error


def schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of a file."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
