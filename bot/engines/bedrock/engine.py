"""The engine ``bedrock``: language models through Amazon Bedrock, with boto3 alone.

The usual push is a few sentences: a call of Converse for each. From ``batch_from`` requests on, where the settings name
a bucket and a role, one batch job takes them at about half the price.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from bot import __version__
from bot.clock import Clock, SystemClock
from bot.engines import Batch, Result
from bot.engines.amazon.connection import explained
from bot.engines.amazon.storage import Storage
from bot.engines.bedrock.batch import Jobs, StoredReplies
from bot.engines.bedrock.converse import Model
from bot.engines.llm.answers import Reply
from bot.engines.llm.drafting import drafted
from bot.engines.llm.kept_replies import KeptReplies, key
from bot.engines.llm.online import Budget, Kept, Online, affordable
from bot.engines.llm.prompt import Prompt
from bot.engines.registry import Context, Tell
from bot.engines.resources import Resources
from bot.errors import AmtsError
from bot.messages import Message
from bot.progress import Progress, silent

if TYPE_CHECKING:
    from bot.settings.engines import Bedrock as Chosen


@dataclass(frozen=True)
class Place:
    """Where batch jobs read and write, and their names."""

    bucket: str
    role: str
    prefix: str
    name: str
    batch_from: int


@dataclass(frozen=True)
class Bedrock:
    """Drafts with ``model``. Without a ``place``, there are no batch jobs and replies are kept in ``folder``."""

    region: str
    model: Model
    budget: Budget
    folder: Path
    tell: Tell
    place: Place | None = None
    at_once: int = 4
    patience: float = 3000.0
    clock: Clock = field(default_factory=SystemClock)
    name: str = "bedrock"
    asynchronous: bool = True
    progress: Progress = silent

    def translate(self, batch: Batch, resources: Resources) -> Result:
        """Raises AmtsError if the service cannot be used at all, Pending if a later run is to collect a job."""
        language = batch.target_language

        def tell(text: str) -> None:
            self.tell(f"{language}: {text}")

        session = boto3.Session(region_name=self.region)
        with explained("bedrock: there is no client", settings="bedrock"):
            client = session.client("bedrock-runtime", config=_config())
        kept: Kept = KeptReplies(self.folder / f"{language}.jsonl", self.model.identity)
        jobs = None
        if self.place:
            storage = Storage(
                session.client("s3", config=_config()), self.place.bucket, f"{self.place.prefix}/{language}"
            )
            kept = stored = StoredReplies(storage, self.model.identity)
            name = f"{self.place.name}-{language}"
            made: Any = session.client("bedrock", config=_config())
            args = (made, storage, stored, self.model, self.place.role, name, self.clock, self.patience, tell)
            jobs = Jobs(*args, partial(self.progress, language))
            jobs.resume()
        online = Online(lambda prompt: self.model.ask(client, prompt), kept, self.budget, tell, self.at_once)
        return drafted(batch, resources, self._asking(jobs, kept, online), kept)

    def _asking(self, jobs: Jobs | None, kept: Kept, online: Online) -> Callable[[Sequence[Prompt]], Sequence[Reply]]:
        def ask(prompts: Sequence[Prompt]) -> Sequence[Reply]:
            if jobs is None or self.place is None:
                return online(prompts)
            known = {p: found for p in prompts if (found := kept.get(p))}
            fresh = [p for p in prompts if p not in known]
            sent = fresh[: affordable(fresh, self.budget)]
            if len(sent) < self.place.batch_from:
                return online(prompts)
            replies = jobs.run(sent)
            missing = Reply(problem=Message("the batch job did not return it"))
            known |= {p: replies.get(key(self.model.identity, p), missing) for p in sent}
            left_out = Reply(
                problem=Message("left out: the budget ({setting}) is used up", setting=self.budget.name), again=False
            )
            return [known.get(p, left_out) for p in prompts]

        return ask


def _config() -> Config:
    return Config(
        retries={"mode": "standard", "max_attempts": 5},
        connect_timeout=10,
        read_timeout=120,
        user_agent_extra=f"amts/{__version__}",
        s3={"addressing_style": "path"},
    )


def chosen_model(chosen: Chosen) -> Model:
    """The model of the settings. Raises AmtsError if they name none."""
    if chosen.model is None:
        raise AmtsError(
            "bedrock.model is missing",
            why="Amazon Bedrock has many models",
            fix="name one: its id, an inference profile such as eu.…, or an ARN (docs/engines.md)",
        )
    return Model(chosen.model, chosen.schema_answers, chosen.temperature, chosen.cache)


def build(context: Context) -> Bedrock:
    """The engine. Raises AmtsError for what is missing in the settings."""
    chosen = context.settings().bedrock
    place = None
    if chosen.bucket and chosen.role:
        name = f"{chosen.name}-evaluation" if context.for_evaluation else chosen.name
        place = Place(chosen.bucket, chosen.role, f"{chosen.prefix}/bedrock", name, chosen.batch_from)
    return Bedrock(
        chosen.region,
        chosen_model(chosen),
        Budget(chosen.max_tokens, chosen.max_cost, chosen.price_input, chosen.price_output, "bedrock.max_…"),
        context.folder / "bedrock",
        context.tell,
        place,
        chosen.at_once,
        float(chosen.timeout) if context.patient else 0.0,
        context.clock,
        progress=context.progress,
    )
