"""A LibreTranslate server: translation of HTML, and the languages that it has."""

from __future__ import annotations

from fakes.html_translation import translated
from fakes.http_service import Asked, HttpService, Reply

KEY = "libre-secret-7766"


class LibreTranslate(HttpService):
    """Needs the key ``KEY``; ``keeps`` says whether it leaves elements alone that are not for translation."""

    def __init__(self) -> None:
        super().__init__()
        self.key, self.keeps = KEY, True
        self.texts: list[str] = []

    def answer(self, asked: Asked) -> Reply:
        if (asked.method, asked.path) == ("GET", "/languages"):
            return Reply([{"code": "en", "name": "English", "targets": ["en", "es", "pt-BR"]}])
        if (asked.method, asked.path) != ("POST", "/translate"):
            return Reply({"error": "Not found"}, 404)
        body = asked.json
        if body.get("api_key") != self.key:
            return Reply({"error": f"Invalid API key {body.get('api_key')}"}, 403)
        assert set(body) == {"q", "source", "target", "format", "api_key"} and body["format"] == "html"
        if body["target"] not in ("en", "es", "pt-BR"):
            return Reply({"error": f"{body['target']} is not supported"}, 400)
        self.texts.append(body["q"])
        return Reply({"translatedText": translated(body["q"], keeps=self.keeps)})
