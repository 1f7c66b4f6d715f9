"""The engine ``openai``: a language model behind any server that speaks chat completions.

Ollama, vLLM, llama.cpp, gateways and OpenAI itself do. What servers differ in is left to the settings: whether an
answer can be bound to a JSON Schema, and the temperature. That some server gives no usage figures is a guess; its
replies count no tokens.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.engines import Batch, Result
from bot.engines.http_client import HttpClient, httpx_module, secret
from bot.engines.llm.answers import Reply
from bot.engines.llm.drafting import drafted
from bot.engines.llm.kept_replies import KeptReplies
from bot.engines.llm.online import Budget, Online
from bot.engines.llm.prompt import SCHEMA, Prompt
from bot.engines.registry import Context, Tell
from bot.engines.resources import Resources
from bot.errors import AmtsError
from bot.messages import Message
from bot.settings.engines import OpenAi


@dataclass(frozen=True)
class ChatModel:
    """A model behind ``client``."""

    client: HttpClient
    model: str
    schema: bool = True
    temperature: float | None = None

    def ask(self, prompt: Prompt) -> Reply:
        """The reply to one request. Raises AmtsError if the server refuses or cannot be reached."""
        body: dict[str, Any] = {
            "model": self.model,
            "messages": [{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.user}],
        }
        if self.schema:
            wanted = {"name": "translation", "strict": True, "schema": SCHEMA}
            body["response_format"] = {"type": "json_schema", "json_schema": wanted}
        if self.temperature is not None:
            body["temperature"] = self.temperature
        return _reply(self.client.send("POST", "/chat/completions", body))

    @property
    def identity(self) -> str:
        """What a kept reply depends on beside the request."""
        return f"{self.client.base} {self.model} {self.schema} {self.temperature}"


def _reply(answer: Any) -> Reply:
    try:
        choice = answer["choices"][0]
        usage = answer.get("usage") or {}
        tokens = int(usage.get("prompt_tokens") or 0), int(usage.get("completion_tokens") or 0)
        text, reason = choice["message"].get("content"), choice.get("finish_reason")
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        return Reply(problem=Message("the answer of the server is not a chat completion"))
    if reason != "stop":
        return Reply(
            problem=Message("the model stopped early: {reason}", reason=str(reason)),
            input_tokens=tokens[0],
            output_tokens=tokens[1],
        )
    if not isinstance(text, str) or not text:
        return Reply(problem=Message("the model declined to answer"), input_tokens=tokens[0], output_tokens=tokens[1])
    return Reply(text, "", *tokens)


@dataclass(frozen=True)
class OpenAiEngine:
    """Drafts with a chat model; replies are kept in ``folder``."""

    model: ChatModel
    budget: Budget
    folder: Path
    tell: Tell
    at_once: int = 4
    name: str = "openai"
    asynchronous: bool = False

    def translate(self, batch: Batch, resources: Resources) -> Result:
        """Raises AmtsError if the server cannot be used at all."""
        language = batch.target_language
        kept = KeptReplies(self.folder / f"{language}.jsonl", self.model.identity)
        ask = Online(self.model.ask, kept, self.budget, lambda text: self.tell(f"{language}: {text}"), self.at_once)
        return drafted(batch, resources, ask, kept)


def model(chosen: OpenAi, clock: Clock) -> ChatModel:
    """The model of the settings. Raises AmtsError for what is missing."""
    httpx_module("openai")
    if chosen.model is None:
        raise AmtsError(
            "openai.model is missing", why="a server has several models", fix="name one, as the server calls it"
        )
    key = secret("openai", chosen.key, optional="api.openai.com" not in chosen.url)
    seconds = float(chosen.timeout)
    client = HttpClient("openai", chosen.url.rstrip("/"), key, clock=clock, timeout=seconds, variable=chosen.key)
    return ChatModel(client, chosen.model, chosen.schema_answers, chosen.temperature)


def build(context: Context) -> OpenAiEngine:
    """The engine. Raises AmtsError for what is missing in the settings or the environment."""
    chosen = context.settings().openai
    budget = Budget(chosen.max_tokens, chosen.max_cost, chosen.price_input, chosen.price_output, "openai.max_…")
    return OpenAiEngine(model(chosen, context.clock), budget, context.folder / "openai", context.tell, chosen.at_once)
