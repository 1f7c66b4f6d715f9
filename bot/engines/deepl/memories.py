"""Translation memories of DeepL: one for each language, named by its content, since an import always makes a new one.

Source: DeepL's description of its API (v3/translation_memories) and its Python library, as of version 1.32. How similar
texts with tags are to a stored sentence is not described: only pairs of plain sentences are imported, and a match that
loses code or a link is refused by the checks of every draft.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from bot.alignment.translation_unit import TranslationUnit
from bot.clock import wait
from bot.document.atoms import atoms
from bot.document.runs import plain
from bot.document.sentences import unwrapped
from bot.engines.http_client import HttpClient
from bot.errors import AmtsError
from bot.languages import base_language
from bot.parallel_data import tmx

LANGUAGES = ("de", "en", "es", "fr", "it", "ja", "ko", "zh")
"""Base codes of the languages that memories have (July 2026)."""

PATIENCE = 900.0
"""Seconds that an import may take (a guess: it is said to take minutes)."""

PAGE = 25
"""Memories on a page of the list; the service gives no more."""

TMX = "application/xml"


def supported(languages: tuple[str, str]) -> bool:
    """Whether the service has memories for a language pair; of Chinese, only in simplified characters."""
    source, target = languages
    traditional = target.lower() in ("zh-tw", "zh-hk", "zh-hant")
    return base_language(source) in LANGUAGES and base_language(target) in LANGUAGES and not traditional


def title(prefix: str, languages: tuple[str, str], units: Iterable[TranslationUnit]) -> str:
    """The name of the memory with these pairs: equal for equal pairs, empty where none can be imported."""
    pairs = sorted((u.source, u.target) for u in _plain(units))
    return f"{prefix}{hashlib.sha256(repr((languages, pairs)).encode()).hexdigest()[:16]}" if pairs else ""


def bring(client: HttpClient, name: str, languages: tuple[str, str], units: Iterable[TranslationUnit]) -> str:
    """The id of the memory of that ``name``, which is imported if it is not there.

    Raises AmtsError if the service refuses, or has not imported it after ``PATIENCE``.
    """
    for one in _listed(client):
        if one.get("name") == name:
            return str(one["translation_memory_id"])
    stream = BytesIO()
    tmx.write(_plain(units), stream, (base_language(languages[0]), base_language(languages[1])))
    data = stream.getvalue()
    declared = {"file_name": f"{name}.tmx", "content_type": TMX, "content_length": len(data)}
    body = {"source_file": declared, "parameters": {"display_name": name}}
    job = client.send("POST", "/v3/translation_memories/import", body)
    try:
        id, address = str(job["job_id"]), str(job["upload_url"])
    except (KeyError, TypeError):
        raise _failed("the service does not say where to put it") from None
    client.send("PUT", "", data=data, kind=TMX, url=address)
    # While the service has not noticed the upload yet, it still awaits it.
    done = wait(lambda: _result(client, id), client.clock, PATIENCE)
    if done is None:
        raise _failed(f"it is not done after {PATIENCE / 60:.0f} minutes")
    if done.get("status") != "completed" or not done.get("translation_memory_id"):
        error = done.get("error")
        why = error.get("message") if isinstance(error, dict) else ""
        raise _failed(str(why or f"the service calls it {done.get('status')}"))
    return str(done["translation_memory_id"])


def tidy(client: HttpClient, prefix: str, used: str) -> None:
    """Deletes the memories of earlier pairs."""
    for one in list(_listed(client)):
        if str(one.get("name", "")).startswith(prefix) and one.get("translation_memory_id") != used:
            client.send("DELETE", f"/v3/translation_memories/{one['translation_memory_id']}")


def _plain(units: Iterable[TranslationUnit]) -> Iterator[TranslationUnit]:
    """The units without any mark on either side."""
    return (u for u in units if not any(_marked(unwrapped(text)) for text in (u.source, u.target)))


def _marked(text: str) -> bool:
    return plain(text) != text or bool(atoms(text))


def _result(client: HttpClient, id: str) -> dict[str, Any] | None:
    """The result of a job that is over."""
    answer = client.send("GET", f"/v3/translation_memories/jobs/{id}")
    found = answer.get("results") if isinstance(answer, dict) else None
    one = found[0] if isinstance(found, list) and found and isinstance(found[0], dict) else {}
    return one if one.get("status") not in ("awaiting_input", "processing", None) else None


def _listed(client: HttpClient) -> Iterator[dict[str, Any]]:
    number = 0
    while True:
        answer = client.send("GET", f"/v3/translation_memories?page={number}&page_size={PAGE}")
        found = answer.get("translation_memories", []) if isinstance(answer, dict) else []
        yield from (one for one in found if isinstance(one, dict))
        if len(found) < PAGE:
            return
        number += 1


def _failed(why: str) -> AmtsError:
    return AmtsError("deepl: the translation memory cannot be imported", why=why, fix="run it again later")
