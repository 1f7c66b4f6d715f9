"""The settings of each engine that has any."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.contracts import EngineName
from bot.settings.strict import Strict

Url = Annotated[str, Field(pattern=r"^https?://[^\s/@?#]+(/[^\s?#@]*)?$")]


class Amazon(Strict):
    """Amazon Translate: where it runs, what it may cost (USD), how long a run waits for it (seconds)."""

    region: Annotated[str, Field(pattern=r"^[a-z]{2}(-[a-z]+)+-[0-9]$")] = "us-east-1"
    bucket: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")] | None = None
    role: Annotated[str, Field(pattern=r"^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$")] | None = None
    prefix: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$")] = "amts"
    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$", max_length=200)] = "amts"
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
