"""Checks what the engine ``bedrock`` needs: credentials, the model, and for batch jobs the bucket."""

from __future__ import annotations

from collections.abc import Iterator

import boto3

from bot.engines.amazon.connection import explained
from bot.engines.amazon.storage import Storage
from bot.engines.bedrock.engine import Bedrock, build
from bot.engines.llm.prompt import Prompt
from bot.engines.registry import Context
from bot.errors import AmtsError
from bot.findings import Finding


def examine(context: Context) -> Iterator[Finding]:
    """All checks; one word is asked of the model, which costs next to nothing."""
    try:
        engine = build(context)
    except AmtsError as error:
        yield Finding("bedrock", "bad", f"{error.what}: {error.why}", error.fix)
        return
    session = boto3.Session(region_name=engine.region)
    for what, check in (("credentials", _credentials), ("model", _model), ("bucket", _bucket)):
        try:
            if found := check(engine, session):
                yield Finding(what, "good", found)
        except AmtsError as error:
            yield Finding(what, "bad", error.why, error.fix)


def _credentials(engine: Bedrock, session: boto3.Session) -> str:
    with explained("who is asking", settings="bedrock"):
        return str(session.client("sts").get_caller_identity()["Arn"])


def _model(engine: Bedrock, session: boto3.Session) -> str:
    with explained("there is no client", settings="bedrock"):
        client = session.client("bedrock-runtime")
    data = '<segment>\n{\n "kind": "text",\n "english": "Yes"\n}\n</segment>'
    reply = engine.model.ask(client, Prompt('Answer with JSON: {"translation": "…"}, in French.', data))
    if reply.problem:
        raise AmtsError("the model", why=reply.problem, fix="correct bedrock.model")
    return f"{engine.model.id} answers"


def _bucket(engine: Bedrock, session: boto3.Session) -> str:
    if engine.place is None:
        return ""
    storage = Storage(session.client("s3"), engine.place.bucket, engine.place.prefix)
    storage.put("doctor", b"A probe; it can be deleted.")
    storage.remove("doctor")
    return f"{storage.uri('')} can be written"
