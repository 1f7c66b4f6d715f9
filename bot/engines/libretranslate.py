"""The engine ``libretranslate``: a LibreTranslate server of your own, or one that you have a key for.

Source: the description of its API (POST /translate, GET /languages). That it leaves elements alone which have
``translate="no"`` is a guess; a sentence where it does not is sent once more with all marks hidden, or stays English.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.engines import Batch, Result
from bot.engines.html_drafting import drafted
from bot.engines.http_client import HttpClient, httpx_module, secret
from bot.engines.llm.answers import Reply
from bot.engines.llm.kept_replies import KeptReplies
from bot.engines.llm.online import Budget, Online
from bot.engines.llm.prompt import Prompt
from bot.engines.registry import Context, Tell
from bot.engines.resources import Resources
from bot.languages import base_language
from bot.messages import Message
from bot.settings.engines import LibreTranslate as Chosen


@dataclass(frozen=True)
class LibreTranslate:
    """Drafts with ``client``; replies are kept in ``folder``."""

    client: HttpClient
    folder: Path
    tell: Tell
    at_once: int = 2
    name: str = "libretranslate"
    asynchronous: bool = False

    def translate(self, batch: Batch, resources: Resources) -> Result:
        """Raises AmtsError if the server cannot be used at all."""
        language = batch.target_language
        options = {"source": code(batch.source_language), "target": code(language), "format": "html"}
        kept = KeptReplies(self.folder / f"{language}.jsonl", json.dumps([self.client.base, options]))

        def one(prompt: Prompt) -> Reply:
            key = {"api_key": self.client.key} if self.client.key else {}
            answer = self.client.send("POST", "/translate", {"q": prompt.user, **options, **key})
            return _reply(answer, len(prompt.user))

        budget = Budget(unit="characters")
        return drafted(batch, Online(one, kept, budget, lambda text: self.tell(f"{language}: {text}"), self.at_once))


def _reply(answer: Any, sent: int) -> Reply:
    text = answer.get("translatedText") if isinstance(answer, dict) else None
    return Reply(text, "", sent) if isinstance(text, str) else Reply(problem=Message("the service returned no text"))


def code(language: str) -> str:
    """A language as LibreTranslate calls it: without region, except for Brazil's Portuguese and Chinese (a guess)."""
    special = {"pt-br": "pt-BR", "zh": "zh-Hans", "zh-cn": "zh-Hans", "zh-tw": "zh-Hant", "zh-hant": "zh-Hant"}
    return special.get(language.lower(), base_language(language))


def client(chosen: Chosen, clock: Clock) -> HttpClient:
    """The server of the settings."""
    httpx_module("libretranslate")
    key = secret("libretranslate", chosen.key, optional=True)
    return HttpClient("libretranslate", chosen.url.rstrip("/"), key, "", clock, variable=chosen.key)


def build(context: Context) -> LibreTranslate:
    """The engine, with its server."""
    chosen = context.settings().libretranslate
    folder = context.folder / "libretranslate"
    return LibreTranslate(client(chosen, context.clock), folder, context.tell, chosen.at_once)
