"""Checks the engine of the settings: what must be installed for it, and for Amazon Translate the account."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from bot.contracts import EngineName
from bot.errors import AmtsError
from bot.findings import Finding
from bot.sync.composition import Composition

SMT = ("jieba", "snowballstemmer")
"""Modules of the extra ``amts[smt]`` (pyproject.toml)."""


def examine(site: Composition) -> Iterator[Finding]:
    """What the engines of the settings need."""
    for name in site.settings.engines:
        yield from _needs(name, site)


def _needs(name: EngineName, site: Composition) -> Iterator[Finding]:
    names = [t.language for t in site.settings.translations]
    languages = tuple(n for n in names if name in site.settings.engine_of(n))
    if name == "memory_only":
        yield Finding("memory_only", "good", "needs nothing; what no translation says yet stays in English")
    elif name == "smt":
        yield from _learned()
    elif name == "neural":
        yield from _neural(site, languages)
    elif name == "openai":
        yield from _openai(site)
    elif name == "deepl":
        yield from _deepl(site)
    elif name == "libretranslate":
        yield from _libretranslate(site, languages)
    elif name == "bedrock":
        from bot.engines.bedrock import doctor as bedrock_doctor

        yield from bedrock_doctor.examine(site.context())
    else:
        # boto3 takes longer to import than all other checks take.
        from bot.engines.amazon import batch, connection, doctor

        if name == "amazon-realtime":
            yield from doctor.examine_realtime(connection.connect(site.settings.amazon.region), languages)
            return
        try:
            engine = batch.build(site.context())
        except AmtsError as error:
            yield Finding("amazon", "bad", f"{error.what}: {error.why}", error.fix)
        else:
            yield from doctor.examine(engine, languages)


def _learned() -> Iterator[Finding]:
    missing = [name for name in SMT if find_spec(name) is None]
    if missing:
        detail = f"not installed: {', '.join(missing)}"
        yield Finding("smt", "bad", detail, "pip install 'amts[smt]'")
    else:
        yield Finding("smt", "good", "is installed; it learns in the first sync, up to a minute for 10,000 pairs")


def _neural(site: Composition, languages: tuple[str, ...]) -> Iterator[Finding]:
    from bot.engines.neural import engine

    try:
        engine.installed()
    except AmtsError as error:
        yield Finding("neural", "bad", f"{error.what}: {error.why}", error.fix)
        return
    models = engine.store(site.context())
    for language in languages:
        what, found = f"model en-{language}", models.find(("en", language))
        try:
            if found:
                engine.loaded(found)
        except AmtsError as error:
            yield Finding(what, "bad", f"{error.what}: {error.why}", error.fix)
            continue
        if found:
            yield Finding(what, "good", f"is in {found.model.parent}")
        elif models.given:
            yield Finding(what, "bad", f"is not in {models.given}", "put it there, or remove neural.models")
        else:
            yield Finding(what, "good", "is not here yet: the first sync fetches it, 20 to 40 MB")


def _openai(site: Composition) -> Iterator[Finding]:
    """Asks the server which models it has; not every server can say."""
    from bot.engines import openai

    try:
        made = openai.model(site.settings.openai, site.clock)
        listed = made.client.send("GET", "/models")
    except AmtsError as error:
        yield Finding("openai", "bad", f"{error.what}: {error.why}", error.fix)
        return
    yield Finding("server", "good", f"{made.client.base} answers")
    found = [str(m.get("id")) for m in listed.get("data") or []] if isinstance(listed, dict) else []
    if made.model in found:
        yield Finding("model", "good", made.model)
    else:
        detail = f"{made.model} is not among {', '.join(found[:5]) or 'the models it lists'}"
        yield Finding("model", "doubtful", detail, "correct openai.model, or load the model there")
    if made.client.key and made.client.base.startswith("http://"):
        yield Finding("key", "doubtful", "it is sent without encryption", "use https in openai.url")


def _deepl(site: Composition) -> Iterator[Finding]:
    from bot.engines.deepl import engine

    try:
        usage = engine.client(site.settings.deepl, site.clock).send("GET", "/v2/usage")
    except AmtsError as error:
        yield Finding("deepl", "bad", f"{error.what}: {error.why}", error.fix)
        return
    used, limit = (int((usage or {}).get(f"character_{name}") or 0) for name in ("count", "limit"))
    full = bool(limit) and used >= limit
    detail = f"{used:,} of {limit:,} characters are used in this period"
    yield Finding("deepl", "bad" if full else "good", detail, "wait, or raise the limit" if full else "")


def _libretranslate(site: Composition, languages: tuple[str, ...]) -> Iterator[Finding]:
    from bot.engines import libretranslate

    try:
        listed = libretranslate.client(site.settings.libretranslate, site.clock).send("GET", "/languages")
    except AmtsError as error:
        yield Finding("libretranslate", "bad", f"{error.what}: {error.why}", error.fix)
        return
    english = [one for one in listed or [] if isinstance(one, dict) and one.get("code") == "en"]
    targets = {str(t) for one in english for t in one.get("targets", [])}
    for language in languages:
        found = libretranslate.code(language)
        if found in targets:
            yield Finding(f"language {language}", "good", f"the server has {found}")
        else:
            fix = "load that language on the server"
            yield Finding(f"language {language}", "bad", f"the server does not have {found}", fix)
