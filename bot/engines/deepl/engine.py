"""The engine ``deepl``: a call for each sentence, with its neighbours as context and the terms as a glossary.

Where the settings say so, the pairs are a translation memory of the service.

Source: DeepL's description of its API (v2/translate). Code and the like are elements ``span``, which ``ignore_tags``
protects; emphasis and links are other elements. Exact matches of the memory never get here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.engines import Batch, Result
from bot.engines.deepl import glossaries, memories
from bot.engines.html_drafting import drafted
from bot.engines.http_client import HttpClient, httpx_module, secret
from bot.engines.llm.answers import Reply
from bot.engines.llm.kept_replies import KeptReplies
from bot.engines.llm.online import Budget, Online
from bot.engines.llm.prompt import Prompt
from bot.engines.registry import Context, Tell
from bot.engines.resources import Resources
from bot.errors import AmtsError
from bot.languages import base_language
from bot.messages import Message
from bot.settings.engines import DeepL as Chosen

PAID, FREE = "https://api.deepl.com", "https://api-free.deepl.com"
"""Where the service is; keys of free accounts end in ``:fx``."""

CONTEXT = 2_000
"""Most characters of context, which is not billed (a guess)."""

_TARGETS = {"en": "EN-US", "pt": "PT-PT", "pt-br": "PT-BR", "zh": "ZH-HANS", "zh-cn": "ZH-HANS"}
_TARGETS |= dict.fromkeys(("zh-tw", "zh-hk", "zh-hant"), "ZH-HANT")


@dataclass(frozen=True)
class DeepL:
    """Drafts with ``client``; replies are kept in ``folder``. Without a ``threshold`` (percent) there is no memory."""

    client: HttpClient
    budget: Budget
    folder: Path
    tell: Tell
    formality: str = ""
    at_once: int = 4
    resource: str = "amts"
    threshold: int = 0
    name: str = "deepl"
    asynchronous: bool = False

    def translate(self, batch: Batch, resources: Resources) -> Result:
        """Raises AmtsError if the service cannot be used at all."""
        language = batch.target_language
        codes = base_language(batch.source_language).upper(), target_code(language)
        options: dict[str, Any] = {
            "source_lang": codes[0],
            "target_lang": codes[1],
            "tag_handling": "xml",
            "ignore_tags": ["span"],
            "split_sentences": "0",
            "preserve_formatting": True,
            "show_billed_characters": True,
        }
        if self.formality:
            options["formality"] = "prefer_more" if self.formality == "formal" else "prefer_less"
        prefix = f"{self.resource}-{language}-"
        terms = resources.terminology.terms if resources.terminology else ()
        if terms and batch.segments and (glossary := glossaries.bring(self.client, prefix, codes, terms)):
            options["glossary_id"] = glossary
        identity: list[object] = [self.client.base, dict(options)]
        if self.threshold and batch.segments and (name := self._memory(prefix, batch, resources, options)):
            # By its name: another import of the same pairs has another id.
            identity += [name, self.threshold]
        kept = KeptReplies(self.folder / f"{language}.jsonl", json.dumps(identity))

        def one(prompt: Prompt) -> Reply:
            return self._ask(prompt, options)

        ask = Online(one, kept, self.budget, lambda text: self.tell(f"{language}: {text}"), self.at_once)
        result = drafted(batch, ask)
        if options.get("glossary_id"):
            glossaries.tidy(self.client, prefix, options["glossary_id"])
        if options.get("translation_memory_id"):
            memories.tidy(self.client, prefix, options["translation_memory_id"])
        return result

    def _memory(self, prefix: str, batch: Batch, resources: Resources, options: dict[str, Any]) -> str:
        """Adds the memory of the pairs to ``options``; its name, or empty if there is none, which users then see."""
        languages = batch.source_language, batch.target_language
        if not memories.supported(languages):
            self.tell(f"{languages[1]}: DeepL has no translation memories for this language; drafted without")
            return ""
        units = resources.parallel_data.units
        name = memories.title(prefix, languages, units)
        if name:
            try:
                id = memories.bring(self.client, name, languages, units)
            except AmtsError as error:
                self.tell(f"{languages[1]}: {error.what}: {error.why}; drafted without")
                return ""
            options |= {"translation_memory_id": id, "translation_memory_threshold": self.threshold}
        return name

    def _ask(self, prompt: Prompt, options: dict[str, Any]) -> Reply:
        body = {"text": [prompt.user], **options}
        if prompt.system:
            body["context"] = prompt.system[:CONTEXT]
        return reply(self.client.send("POST", "/v2/translate", body), len(prompt.user))


def reply(answer: Any, sent: int) -> Reply:
    """What the service answered to one text of ``sent`` characters, with what it billed."""
    try:
        found: Sequence[Any] = answer["translations"]
        (one,) = found
        text, billed = one["text"], int(one.get("billed_characters") or sent)
    except (KeyError, TypeError, ValueError):
        return Reply(problem=Message("the answer of the service is not as described"))
    return Reply(text, "", billed) if isinstance(text, str) else Reply(problem=Message("the service returned no text"))


def target_code(language: str) -> str:
    """A target language as DeepL calls it."""
    found = _TARGETS.get(language.lower()) or _TARGETS.get(base_language(language))
    return found or base_language(language).upper()


def client(chosen: Chosen, clock: Clock) -> HttpClient:
    """The service of the settings. Raises AmtsError for what is missing."""
    httpx_module("deepl")
    key = secret("deepl", chosen.key)
    url = (chosen.url or (FREE if key.endswith(":fx") else PAID)).rstrip("/")
    quota = "the quota of the account is used up: wait for the next month, or raise its limit"
    return HttpClient("deepl", url, key, "DeepL-Auth-Key", clock, statuses={456: quota}, variable=chosen.key)


def build(context: Context) -> DeepL:
    """The engine. Raises AmtsError for what is missing in the settings or the environment."""
    chosen = context.settings().deepl
    budget = Budget(chosen.max_characters, chosen.max_cost, chosen.price, 0.0, "deepl.max_…", "characters")
    name = f"{chosen.name}-evaluation" if context.for_evaluation else chosen.name
    return DeepL(
        client(chosen, context.clock),
        budget,
        context.folder / "deepl",
        context.tell,
        chosen.formality or "",
        chosen.at_once,
        name,
        chosen.memory_threshold if chosen.translation_memory else 0,
    )
