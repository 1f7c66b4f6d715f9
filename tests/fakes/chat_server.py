"""A server that speaks chat completions over HTTP.

Requests and answers are held against OpenAI's own description of its API (``fakes.descriptions``).
"""

from __future__ import annotations

from typing import Any

from fakes.http_service import Asked, HttpService, Reply
from fakes.language_model import LanguageModel, tokens

KEY = "sk-chat-secret-0123456789"
MODEL = {"id": "small", "object": "model", "created": 1_714_564_800, "owned_by": "nobody"}
FIELDS = {"model", "messages", "response_format", "temperature"}


class ChatServer(HttpService):
    """Answers ``POST /v1/chat/completions`` with the text of ``model``; needs the key ``KEY`` unless it is empty."""

    described, prefix = "openai", "/v1"

    def __init__(self, key: str = KEY) -> None:
        super().__init__()
        self.key, self.model = key, LanguageModel()
        self.finish = "stop"

    def answer(self, asked: Asked) -> Reply:
        if self.key and asked.headers.get("Authorization") != f"Bearer {self.key}":
            given = asked.headers.get("Authorization", "")
            return Reply({"error": {"message": f"Incorrect API key provided: {given}"}}, 401)
        if (asked.method, asked.path) == ("GET", "/v1/models"):
            return Reply({"object": "list", "data": [MODEL]})
        if (asked.method, asked.path) != ("POST", "/v1/chat/completions"):
            return Reply({"error": {"message": "no such page"}}, 404)
        body = asked.json
        if body["model"] != "small":
            return Reply({"error": {"message": f"model '{body['model']}' not found"}}, 404)
        _check(body)
        system, user = (m["content"] for m in body["messages"])
        text = self.model.answer(system, user)
        counts = tokens(system + user), tokens(text)
        usage = {"prompt_tokens": counts[0], "completion_tokens": counts[1], "total_tokens": sum(counts)}
        message = {"role": "assistant", "content": text, "refusal": None}
        choice = {"index": 0, "message": message, "finish_reason": self.finish, "logprobs": None}
        about = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1_714_564_800, "model": body["model"]}
        return Reply({**about, "choices": [choice], "usage": usage})


def _check(body: dict[str, Any]) -> None:
    assert set(body) <= FIELDS, "no tools, and nothing else"
    assert [m["role"] for m in body["messages"]] == ["system", "user"]
    form = body.get("response_format")
    if form:
        schema = form["json_schema"]["schema"]
        assert form["type"] == "json_schema" and form["json_schema"]["strict"] is True
        # What strict mode requires of a schema.
        assert schema["additionalProperties"] is False and set(schema["required"]) == set(schema["properties"])
