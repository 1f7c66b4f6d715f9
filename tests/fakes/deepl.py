"""DeepL over HTTP: translation of XML, glossaries, translation memories, usage.

Requests and answers are held against DeepL's own description of its API (``fakes.descriptions``), but for the import of
translation memories, which its published version does not have yet: that is after its documentation.
"""

from __future__ import annotations

import difflib
import html
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
    "translation_memory_id": str,
    "translation_memory_threshold": int,
}
_SEGMENT = re.compile(r"<seg>(.*?)</seg>", re.DOTALL)


class DeepL(HttpService):
    """``billed`` counts how often each text was paid for; ``keeps`` says whether ignored tags are left alone."""

    described = "deepl"

    def __init__(self) -> None:
        super().__init__()
        self.key, self.keeps = KEY, True
        self.billed: Counter[str] = Counter()
        self.glossaries: dict[str, dict[str, Any]] = {}
        self.memories: dict[str, dict[str, Any]] = {}
        self.jobs: dict[str, dict[str, Any]] = {}
        self.failure = ""
        self.made = 0

    def answer(self, asked: Asked) -> Reply:
        if asked.method == "PUT" and asked.path.removeprefix("/upload/") in self.jobs:
            return self._upload(asked, self.jobs[asked.path.removeprefix("/upload/")])
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
            case "GET", path if path.startswith("/v3/translation_memories?"):
                query = {k: int(v) for k, v in (pair.split("=") for pair in path.partition("?")[2].split("&"))}
                start, size = query["page"] * query["page_size"], query["page_size"]
                shown = [{k: v for k, v in m.items() if k != "pairs"} for m in self.memories.values()]
                return Reply({"translation_memories": shown[start : start + size], "total_count": len(shown)})
            case "POST", "/v3/translation_memories/import":
                return self._import(asked.json)
            case "GET", path if path.removeprefix("/v3/translation_memories/jobs/") in self.jobs:
                return self._job(path.removeprefix("/v3/translation_memories/jobs/"))
            case "DELETE", path if path.removeprefix("/v3/translation_memories/") in self.memories:
                del self.memories[path.removeprefix("/v3/translation_memories/")]
                return Reply(b"", 204)
        return Reply({"message": "Not found"}, 404)

    def keep(self, id: str, name: str, pairs: dict[str, str]) -> None:
        """Keeps a translation memory in the account."""
        about = {"source_language": "en", "target_languages": ["es"], "segment_count": len(pairs)}
        self.memories[id] = {"translation_memory_id": id, "name": name, **about, "pairs": pairs}

    def _import(self, body: dict[str, Any]) -> Reply:
        assert set(body) == {"source_file", "parameters"}
        declared = body["source_file"]
        assert 0 < declared["content_length"] <= 2**30 and len(declared["file_name"]) <= 100
        self.made += 1
        id = f"job-{self.made}"
        self.jobs[id] = {**body, "looks": 0}
        return Reply({"job_id": id, "upload_url": f"{self.url}/upload/{id}", "expires_at": "2026-12-01T00:00:00Z"}, 202)

    def _upload(self, asked: Asked, job: dict[str, Any]) -> Reply:
        declared = job["source_file"]
        assert "Authorization" not in asked.headers, "the address is signed, the key is not for it"
        assert asked.headers["Content-Type"] == declared["content_type"]
        assert len(asked.body) == declared["content_length"]
        found = [html.unescape(text) for text in _SEGMENT.findall(asked.body.decode())]
        job["pairs"] = dict(zip(found[::2], found[1::2], strict=True))
        return Reply(b"")

    def _job(self, id: str) -> Reply:
        """Notices an upload when it is looked at a second time, and is done at the third."""
        job = self.jobs[id]
        job["looks"] += "pairs" in job
        if job["looks"] < 3:
            result: dict[str, Any] = {"status": "awaiting_input" if job["looks"] < 2 else "processing"}
        elif self.failure:
            result = {"status": "failed", "error": {"message": self.failure}}
        else:
            memory = f"memory-{id}"
            name = job["parameters"]["display_name"]
            self.keep(memory, name, job["pairs"])
            result = {"status": "completed", "translation_memory_id": memory, "skipped_segment_count": 0}
        return Reply({"job_id": id, "operation": "import", "results": [result]})

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
        memory = self.memories.get(body.get("translation_memory_id", ""))
        if "translation_memory_id" in body and memory is None:
            return Reply({"message": "Translation memory not found"}, 404)
        out = []
        for text in body["text"]:
            self.billed[text] += 1
            said = translated(text, keeps=self.keeps)
            for source, target in (memory or {}).get("pairs", {}).items():
                alike = difflib.SequenceMatcher(None, source, html.unescape(text), autojunk=False).ratio()
                if alike * 100 >= body.get("translation_memory_threshold", 75):
                    said = html.escape(target)
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
