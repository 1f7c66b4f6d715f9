"""Sends requests to a language model one by one, several at a time, within a budget, and each only once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Protocol

from bot.engines.llm.answers import Reply
from bot.engines.llm.prompt import Prompt
from bot.engines.registry import Tell
from bot.errors import AmtsError
from bot.messages import Message

GIVE_UP = 5
"""Failed requests after which the rest is not sent (a guess)."""


class Kept(Protocol):
    """Replies of earlier runs, by request."""

    def get(self, prompt: Prompt) -> Reply | None: ...

    def add(self, prompt: Prompt, reply: Reply) -> None: ...

    def drop(self, prompt: Prompt) -> None: ...


@dataclass(frozen=True)
class Budget:
    """What a language may use in a run: tokens, and USD at prices per million tokens; None is no limit.

    Services that count characters have those as the ``unit`` of all of this, and only input.
    """

    tokens: int | None = None
    cost: float | None = None
    price_input: float = 0.0
    price_output: float = 0.0
    name: str = ""
    unit: str = "tokens"

    def price(self, reply: Reply) -> float:
        """What a reply costs, in USD."""
        return (reply.input_tokens * self.price_input + reply.output_tokens * self.price_output) / 1e6


@dataclass
class Online:
    """Asks ``one`` for each request. What it has spent counts over several calls."""

    one: Callable[[Prompt], Reply]
    kept: Kept
    budget: Budget
    tell: Tell
    at_once: int = 4
    spent: Reply = field(default_factory=Reply)
    failures: list[AmtsError] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def __call__(self, prompts: Sequence[Prompt]) -> list[Reply]:
        """Raises AmtsError if the first request fails that had to be sent."""
        before = self.spent
        known = {n: reply for n, p in enumerate(prompts) if (reply := self.kept.get(p))}
        fresh = [n for n in range(len(prompts)) if n not in known]
        if fresh:
            try:
                # One before all others: where the key or the address is wrong, that is enough to know.
                known[fresh[0]] = self._sent(prompts[fresh[0]])
            except AmtsError:
                if not before.input_tokens:
                    raise
            with ThreadPoolExecutor(self.at_once) as pool:
                rest = [n for n in fresh if n not in known]
                known |= dict(zip(rest, pool.map(lambda n: self._guarded(prompts[n]), rest), strict=True))
            used = replace(
                self.spent,
                input_tokens=self.spent.input_tokens - before.input_tokens,
                output_tokens=self.spent.output_tokens - before.output_tokens,
            )
            cost = f", {self.budget.price(used):.2f} USD" if self.budget.price(used) else ""
            amount = f"{used.input_tokens:,} {self.budget.unit}"
            if self.budget.unit == "tokens":
                amount += f" in, {used.output_tokens:,} out"
            self.tell(f"{len(fresh):,} sent, {amount}{cost}")
        return [known[n] for n in range(len(prompts))]

    def _guarded(self, prompt: Prompt) -> Reply:
        if len(self.failures) >= GIVE_UP:
            error = self.failures[-1]
            return Reply(problem=error.reason, again=False)
        try:
            return self._sent(prompt)
        except AmtsError as error:
            self.failures.append(error)
            return Reply(problem=error.reason, again=False)

    def _sent(self, prompt: Prompt) -> Reply:
        if self._exhausted():
            return Reply(
                problem=Message("left out: the budget ({setting}) is used up", setting=self.budget.name), again=False
            )
        reply = self.one(prompt)
        with self._lock:
            self.spent = Reply(
                input_tokens=self.spent.input_tokens + reply.input_tokens,
                output_tokens=self.spent.output_tokens + reply.output_tokens,
            )
            if not reply.problem:
                self.kept.add(prompt, reply)
        return reply

    def _exhausted(self) -> bool:
        tokens, cost = self.budget.tokens, self.budget.cost
        used = self.spent.input_tokens + self.spent.output_tokens
        return (tokens is not None and used >= tokens) or (cost is not None and self.budget.price(self.spent) >= cost)


def affordable(prompts: Sequence[Prompt], budget: Budget) -> int:
    """How many of the first requests fit a budget, by an estimate before they are sent: four characters a token."""
    spent = Reply()
    for number, prompt in enumerate(prompts):
        sent = (len(prompt.system) + len(prompt.user)) // 4
        spent = Reply(input_tokens=spent.input_tokens + sent, output_tokens=spent.output_tokens + len(prompt.user) // 8)
        tokens = spent.input_tokens + spent.output_tokens
        if (budget.tokens is not None and tokens > budget.tokens) or (
            budget.cost is not None and budget.price(spent) > budget.cost
        ):
            return number
    return len(prompts)
