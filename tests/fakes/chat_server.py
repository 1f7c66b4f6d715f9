"""A server that speaks chat completions over HTTP.

Requests are checked against what OpenAI's public description says of the few fields that AMTS sends (from memory: the
description itself is not in the repository).
"""

from __future__ import annotations

from typing import Any

from fakes.http_service import Asked, HttpService, Reply
from fakes.language_model import LanguageModel, tokens

KEY = "sk-chat-secret-0123456789"
FIELDS = {"model", "messages", "response_format", "temperature"}


class ChatServer(HttpService):
    """Answers ``POST /v1/chat/completions`` with the text of ``model``; needs the key ``KEY`` unless it is empty."""

    def __init__(self, key: str = KEY) -> None:
        super().__init__()
        self.key, self.model = key, LanguageModel()
        self.finish = "stop"

    def answer(self, asked: Asked) -> Reply:
        if self.key and asked.headers.get("Authorization") != f"Bearer {self.key}":
            given = asked.headers.get("Authorization", "")
            return Reply({"error": {"message": f"Incorrect API key provided: {given}"}}, 401)
        if (asked.method, asked.path) == ("GET", "/v1/models"):
            return Reply({"object": "list", "data": [{"id": "small", "object": "model"}]})
        if (asked.method, asked.path) != ("POST", "/v1/chat/completions"):
            return Reply({"error": {"message": "no such page"}}, 404)
        body = asked.json
        if body["model"] != "small":
            return Reply({"error": {"message": f"model '{body['model']}' not found"}}, 404)
        _check(body)
        system, user = (m["content"] for m in body["messages"])
        text = self.model.answer(system, user)
        usage = {"prompt_tokens": tokens(system + user), "completion_tokens": tokens(text)}
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": self.finish}
        return Reply({"object": "chat.completion", "choices": [choice], "usage": usage})


def _check(body: dict[str, Any]) -> None:
    assert set(body) <= FIELDS, "no tools, and nothing else"
    assert [m["role"] for m in body["messages"]] == ["system", "user"]
    form = body.get("response_format")
    if form:
        schema = form["json_schema"]["schema"]
        assert form["type"] == "json_schema" and form["json_schema"]["strict"] is True
        # What strict mode requires of a schema.
        assert schema["additionalProperties"] is False and set(schema["required"]) == set(schema["properties"])
