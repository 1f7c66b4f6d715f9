"""Glossaries of DeepL: one for each language, named by its content, so that it is made only when the terms change.

Source: DeepL's description of its API (v2/glossaries). That an entry may have no tab and no control character is from
there too; that a new glossary can be used at once is a guess, which ``ready`` confirms.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from bot.engines.http_client import HttpClient
from bot.errors import AmtsError
from bot.terminology.glossary import Term

LANGUAGES = frozenset(
    "ar bg cs da de el en es et fi fr he hu id it ja ko lt lv nb nl pl pt ro ru sk sl sv th tr uk vi zh".split()
)
"""Languages of glossaries, which have no regions (June 2026)."""


def bring(client: HttpClient, prefix: str, languages: tuple[str, str], terms: Iterable[Term]) -> str:
    """The id of the glossary with these terms, which is made if it is not there; empty without terms or for a language
    that has no glossaries."""
    languages = languages[0].lower().partition("-")[0], languages[1].lower().partition("-")[0]
    if not LANGUAGES.issuperset(languages):
        return ""
    entries: dict[str, str] = {}
    for term in terms:
        for form in (term.source, *term.variants):
            source, target = " ".join(form.split()), " ".join(term.targets[0].split())
            if source and target:
                entries.setdefault(source, target)
    if not entries:
        return ""
    text = "\n".join(f"{source}\t{target}" for source, target in entries.items())
    name = f"{prefix}{hashlib.sha256(repr((languages, text)).encode()).hexdigest()[:16]}"
    for one in _listed(client):
        if one.get("name") == name and one.get("ready", True):
            return str(one["glossary_id"])
    body = {
        "name": name,
        "source_lang": languages[0],
        "target_lang": languages[1],
        "entries": text,
        "entries_format": "tsv",
    }
    made = client.send("POST", "/v2/glossaries", body)
    if not isinstance(made, dict) or not made.get("glossary_id"):
        raise AmtsError(
            "deepl: the glossary cannot be made", why="the service does not name it", fix="run it again later"
        )
    return str(made["glossary_id"])


def tidy(client: HttpClient, prefix: str, used: str) -> None:
    """Deletes the glossaries of earlier terms."""
    for one in _listed(client):
        if str(one.get("name", "")).startswith(prefix) and one.get("glossary_id") != used:
            client.send("DELETE", f"/v2/glossaries/{one['glossary_id']}")


def _listed(client: HttpClient) -> list[Any]:
    answer = client.send("GET", "/v2/glossaries")
    found = answer.get("glossaries", []) if isinstance(answer, dict) else []
    return [one for one in found if isinstance(one, dict)]
