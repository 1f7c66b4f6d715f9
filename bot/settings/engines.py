"""The settings of each engine that has any."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from bot.contracts import EngineName
from bot.settings.strict import Strict

Url = Annotated[str, Field(pattern=r"^https?://[^\s/@?#]+(/[^\s?#@]*)?$")]


Variable = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")]
Region = Annotated[str, Field(pattern=r"^[a-z]{2}(-[a-z]+)+-[0-9]$")]
Bucket = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")]
Role = Annotated[str, Field(pattern=r"^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$")]
Prefix = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$")]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$", max_length=200)]


class Amazon(Strict):
    """Amazon Translate: where it runs, what it may cost (USD), how long a run waits for it (seconds)."""

    region: Region = "us-east-1"
    bucket: Bucket | None = None
    role: Role | None = None
    prefix: Prefix = "amts"
    name: Name = "amts"
    parallel_data: bool = True
    formality: Literal["formal", "informal"] | None = None
    price: Annotated[float, Field(ge=0, strict=False)] | None = None
    max_characters: Annotated[int, Field(ge=0)] | None = None
    max_cost: Annotated[float, Field(ge=0, strict=False)] | None = None
    timeout: Annotated[int, Field(ge=0)] = 3000

    def price_of(self, engine: EngineName) -> float:
        """USD per million characters: as configured, else third-party figures of 2025; 0 for local engines."""
        if not engine.startswith("amazon"):
            return 0.0
        return self.price if self.price is not None else 60.0 if engine == "amazon" and self.parallel_data else 15.0

    def budget(self, engine: EngineName) -> int | None:
        """The most characters that one language may send in a run; None means no limit."""
        price = self.price_of(engine)
        by_cost = int(self.max_cost * 1e6 / price) if self.max_cost is not None and price else None
        return min((n for n in (self.max_characters, by_cost) if n is not None), default=None)


class Neural(Strict):
    """Neural translation on this machine: a folder with ``models``, or a ``mirror`` to fetch them from.

    Without both, models are fetched from Mozilla. A mirror has the list of models at ``records``, and their files.
    """

    models: Annotated[str, Field(min_length=1)] | None = None
    mirror: Url | None = None


INPUT_PER_CHARACTER, OUTPUT_PER_CHARACTER = 6.0, 0.4
"""Tokens that a language model reads and writes for a character of English, for estimates: a request has the rules,
examples and neighbours of a sentence. In nine segments of Dive into Deep Learning the median was 613 tokens to read for
147 characters, at four characters a token; short sentences and languages without an alphabet need more."""


class LanguageModel(Strict):
    """What all language models have: ``model`` as the service calls it, prices in USD per million tokens.

    ``max_tokens`` and ``max_cost`` (USD) are the most that one language may use in a run. ``at_once`` requests are
    sent at the same time.
    """

    model: Annotated[str, Field(min_length=1, max_length=2048)] | None = None
    price_input: Annotated[float, Field(ge=0, strict=False)] = 0.0
    price_output: Annotated[float, Field(ge=0, strict=False)] = 0.0
    max_tokens: Annotated[int, Field(ge=0)] | None = None
    max_cost: Annotated[float, Field(ge=0, strict=False)] | None = None
    at_once: Annotated[int, Field(ge=1, le=64)] = 4

    @model_validator(mode="after")
    def _has_prices(self) -> Self:
        if self.max_cost is not None and not (self.price_input or self.price_output):
            raise PydanticCustomError("prices", "max_cost needs price_input and price_output")
        return self

    def price(self) -> float:
        """USD per million characters of English, as an estimate."""
        return INPUT_PER_CHARACTER * self.price_input + OUTPUT_PER_CHARACTER * self.price_output


class OpenAi(LanguageModel):
    """A server that speaks chat completions, at ``url``; ``key`` is the environment variable that has its key.

    ``schema_answers``: answers are bound to a JSON Schema, which some servers cannot. ``timeout`` is in seconds.
    """

    url: Url = "http://127.0.0.1:11434/v1"
    key: Variable = "OPENAI_API_KEY"
    schema_answers: bool = True
    temperature: Annotated[float, Field(ge=0, le=2, strict=False)] | None = None
    timeout: Annotated[int, Field(ge=1)] = 120


class DeepL(Strict):
    """DeepL: ``key`` is the environment variable that has its key, ``price`` is in USD per million characters.

    ``url`` is set for another address than that of the account's kind. Glossaries and translation memories are called
    NAME-LANGUAGE-…. With ``translation_memory``, the service applies pairs at least ``memory_threshold`` percent alike.
    """

    url: Url | None = None
    key: Variable = "DEEPL_AUTH_KEY"
    name: Name = "amts"
    formality: Literal["formal", "informal"] | None = None
    translation_memory: bool = False
    memory_threshold: Annotated[int, Field(ge=50, le=100)] = 90
    price: Annotated[float, Field(ge=0, strict=False)] = 25.0
    max_characters: Annotated[int, Field(ge=0)] | None = None
    max_cost: Annotated[float, Field(ge=0, strict=False)] | None = None
    at_once: Annotated[int, Field(ge=1, le=64)] = 4


class LibreTranslate(Strict):
    """A LibreTranslate server at ``url``; ``key`` is the environment variable that has its key, if it needs one."""

    url: Url = "http://127.0.0.1:5000"
    key: Variable = "LIBRETRANSLATE_API_KEY"
    at_once: Annotated[int, Field(ge=1, le=64)] = 2


class Bedrock(LanguageModel):
    """Amazon Bedrock: ``model`` is an id, an inference profile or an ARN. ``timeout`` is in seconds.

    With a ``bucket`` and a ``role``, a batch job takes ``batch_from`` requests or more. The service has a minimum for
    each model, commonly 100. ``cache`` marks the stable head of requests for models that can cache it.
    """

    region: Region = "us-east-1"
    schema_answers: bool = True
    temperature: Annotated[float, Field(ge=0, le=1, strict=False)] | None = None
    cache: bool = False
    bucket: Bucket | None = None
    role: Role | None = None
    prefix: Prefix = "amts"
    name: Name = "amts"
    batch_from: Annotated[int, Field(ge=1)] = 200
    timeout: Annotated[int, Field(ge=0)] = 3000

    @model_validator(mode="after")
    def _has_both(self) -> Self:
        if (self.bucket is None) != (self.role is None):
            raise PydanticCustomError("batch", "bucket and role belong together: batch jobs need both")
        return self
