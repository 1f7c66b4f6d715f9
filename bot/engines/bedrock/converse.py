"""One request to a model of Amazon Bedrock, in the shape of the operation Converse, and what it answers.

Source: botocore's models of ``bedrock-runtime``. Batch jobs of the type Converse have the same shapes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bot.engines.amazon.connection import explained
from bot.engines.llm.answers import Reply
from bot.engines.llm.prompt import SCHEMA, Prompt
from bot.messages import Message

MAX_TOKENS = 4096
"""Most tokens of an answer, so that a model that does not stop costs little (a guess: a sentence has under 200)."""


@dataclass(frozen=True)
class Model:
    """A model by its id, an inference profile or an ARN, and how it is asked.

    ``cache`` marks the end of the stable head, for models that can cache it; others refuse it.
    """

    id: str
    schema: bool = True
    temperature: float | None = None
    cache: bool = False

    def body(self, prompt: Prompt) -> dict[str, Any]:
        """The request, without the model's id."""
        system: list[dict[str, Any]] = [{"text": prompt.system}]
        if self.cache:
            system.append({"cachePoint": {"type": "default"}})
        inference: dict[str, Any] = {"maxTokens": MAX_TOKENS}
        if self.temperature is not None:
            inference["temperature"] = self.temperature
        out: dict[str, Any] = {
            "system": system,
            "messages": [{"role": "user", "content": [{"text": prompt.user}]}],
            "inferenceConfig": inference,
        }
        if self.schema:
            wanted = {"schema": json.dumps(SCHEMA), "name": "translation"}
            out["outputConfig"] = {"textFormat": {"type": "json_schema", "structure": {"jsonSchema": wanted}}}
        return out

    def ask(self, client: Any, prompt: Prompt) -> Reply:
        """The reply to one request. Raises AmtsError if the service refuses or cannot be reached."""
        with explained(f"bedrock: the model {self.id} does not answer", settings="bedrock"):
            return reply(client.converse(modelId=self.id, **self.body(prompt)))

    @property
    def identity(self) -> str:
        """What a kept reply depends on beside the request."""
        return f"bedrock {self.id} {self.schema} {self.temperature}"


def reply(answer: Any) -> Reply:
    """The reply in an answer; only one whose model came to its end may become a draft."""
    try:
        usage = answer["usage"]
        tokens = int(usage["inputTokens"]), int(usage["outputTokens"])
        # What was read from the cache or written to it is input too.
        tokens = tokens[0] + sum(int(usage.get(f"cache{n}InputTokens") or 0) for n in ("Read", "Write")), tokens[1]
        reason = answer["stopReason"]
        # Other blocks, such as the model's reasoning, may come first.
        text = "".join(block["text"] for block in answer["output"]["message"]["content"] if "text" in block)
    except (KeyError, TypeError, ValueError, AttributeError):
        return Reply(problem=Message("the answer of the service is not as described"))
    if reason != "end_turn":
        return Reply(
            problem=Message("the model stopped early: {reason}", reason=str(reason)),
            input_tokens=tokens[0],
            output_tokens=tokens[1],
        )
    return Reply(text, "", *tokens)
