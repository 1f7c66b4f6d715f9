"""DeepL over HTTP: translation of XML, glossaries, usage.

Fields, their values and the statuses are those of DeepL's public description of its API as of July 2026, for the few
calls that AMTS makes (written down from notes: the description itself is not in the repository).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from fakes.html_translation import translated
from fakes.http_service import Asked, HttpService, Reply

KEY = "0f1e2d3c-secret-deepl:fx"
_FIELDS: dict[str, type | tuple[Any, ...]] = {
    "text": list,
    "source_lang": str,
    "target_lang": str,
    "context": str,
    "tag_handling": ("xml", "html"),
    "ignore_tags": list,
    "split_sentences": ("0", "1", "nonewlines"),
    "preserve_formatting": bool,
    "show_billed_characters": bool,
    "formality": ("default", "more", "less", "prefer_more", "prefer_less"),
    "glossary_id": str,
}


class DeepL(HttpService):
    """``billed`` counts how often each text was paid for; ``keeps`` says whether ignored tags are left alone."""

    def __init__(self) -> None:
        super().__init__()
        self.key, self.keeps = KEY, True
        self.billed: Counter[str] = Counter()
        self.glossaries: dict[str, dict[str, Any]] = {}
        self.made = 0

    def answer(self, asked: Asked) -> Reply:
        if asked.headers.get("Authorization") != f"DeepL-Auth-Key {self.key}":
            return Reply({"message": f"Forbidden: {asked.headers.get('Authorization')}"}, 403)
        match asked.method, asked.path:
            case "GET", "/v2/usage":
                return Reply({"character_count": 100, "character_limit": 500_000})
            case "POST", "/v2/translate":
                return self._translate(asked.json)
            case "GET", "/v2/glossaries":
                return Reply({"glossaries": list(self.glossaries.values())})
            case "POST", "/v2/glossaries":
                return self._glossary(asked.json)
            case "DELETE", path if path.removeprefix("/v2/glossaries/") in self.glossaries:
                del self.glossaries[path.removeprefix("/v2/glossaries/")]
                return Reply(b"", 204)
        return Reply({"message": "Not found"}, 404)

    def _translate(self, body: dict[str, Any]) -> Reply:
        for name, value in body.items():
            wanted = _FIELDS.get(name)
            if wanted is None or (value not in wanted if isinstance(wanted, tuple) else not isinstance(value, wanted)):
                return Reply({"message": f"Value for '{name}' not supported."}, 400)
        if not body.get("text") or len(body["text"]) > 50 or len(str(body)) > 128 * 1024:
            return Reply({"message": "Bad request"}, 400)
        assert body["tag_handling"] == "xml" and body["ignore_tags"] == ["span"]
        glossary = self.glossaries.get(body.get("glossary_id", ""))
        if "glossary_id" in body and glossary is None:
            return Reply({"message": "Glossary not found"}, 404)
        out = []
        for text in body["text"]:
            self.billed[text] += 1
            said = translated(text, keeps=self.keeps)
            for line in (glossary or {}).get("entries", "").splitlines():
                source, target = line.split("\t")
                said = re.sub(rf"\b{re.escape(translated(source))}\b", target, said)
            plain = re.sub(r"<[^>]*>", "", text)
            out.append({"detected_source_language": "EN", "text": said, "billed_characters": len(plain)})
        return Reply({"translations": out})

    def _glossary(self, body: dict[str, Any]) -> Reply:
        assert set(body) == {"name", "source_lang", "target_lang", "entries", "entries_format"}
        assert all(line.count("\t") == 1 for line in body["entries"].splitlines())
        self.made += 1
        id = f"glossary-{self.made}"
        self.glossaries[id] = {**body, "glossary_id": id, "ready": True}
        return Reply({k: v for k, v in self.glossaries[id].items() if k != "entries"}, 201)
