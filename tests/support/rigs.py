"""What each engine needs to work in a test: settings, an environment, an emulator, a model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fakes.http_service import HttpService

from bot.contracts import EngineName


@dataclass
class Rig:
    """``settings`` are lines of ``amts.yml``; ``broken`` makes the service fail from now on.

    ``secrets`` must not be read anywhere; ``asked`` counts the sentences that the service was asked for so far.
    ``service`` is an emulator that can fail on request.
    """

    settings: str = ""
    secrets: tuple[str, ...] = ()
    broken: Callable[[], None] | None = None
    asked: Callable[[], int] | None = None
    environment: dict[str, str] = field(default_factory=dict)
    service: HttpService | None = None


@contextmanager
def rig(name: EngineName, folder: Path, request: pytest.FixtureRequest) -> Iterator[Rig]:
    """What an engine needs."""
    with RIGS[name](folder, request) as made:
        patch: pytest.MonkeyPatch = request.getfixturevalue("monkeypatch")
        for key, value in made.environment.items():
            patch.setenv(key, value)
        yield made


@contextmanager
def _nothing(folder: Path, request: pytest.FixtureRequest) -> Iterator[Rig]:
    yield Rig()


@contextmanager
def _neural(folder: Path, request: pytest.FixtureRequest) -> Iterator[Rig]:
    from fakes.model_mirror import real_model

    pytest.importorskip("fxtranslate", reason="the extra neural is not installed")
    models = folder / "models"
    models.mkdir()
    # The model speaks Portuguese, whatever the folder says.
    (models / "en-es").symlink_to(real_model())
    yield Rig("neural:\n  models: models\n", broken=(models / "en-es").unlink)


@contextmanager
def _amazon(folder: Path, request: pytest.FixtureRequest) -> Iterator[Rig]:
    from support.accounts import BUCKET, ROLE

    account = request.getfixturevalue("account")
    emulator = account.aws

    def broken() -> None:
        patch: pytest.MonkeyPatch = request.getfixturevalue("monkeypatch")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "another-secret-entirely")

    yield Rig(
        f"amazon:\n  bucket: {BUCKET}\n  role: {ROLE}\n  timeout: 60\n",
        (emulator.environment["AWS_SECRET_ACCESS_KEY"], "another-secret-entirely"),
        broken,
        lambda: sum(emulator.billed_texts.values()),
    )


@contextmanager
def _openai(folder: Path, request: pytest.FixtureRequest) -> Iterator[Rig]:
    from fakes.chat_server import KEY, ChatServer

    pytest.importorskip("httpx", reason="the extra openai is not installed")
    with ChatServer() as server:
        yield Rig(
            f"openai:\n  url: {server.url}/v1\n  model: small\n  price_input: 3\n  price_output: 15\n",
            (KEY,),
            lambda: setattr(server, "key", "another"),
            lambda: len(server.model.texts),
            {"OPENAI_API_KEY": KEY},
            server,
        )


@contextmanager
def _bedrock(folder: Path, request: pytest.FixtureRequest) -> Iterator[Rig]:
    from fakes.amazon.signature import SECRET_KEY
    from fakes.bedrock import MODEL, Bedrock

    request.getfixturevalue("account")
    with Bedrock() as service:
        yield Rig(
            f"bedrock:\n  model: {MODEL}\n  price_input: 3\n  price_output: 15\n",
            (SECRET_KEY,),
            lambda: setattr(service, "key", "another"),
            lambda: len(service.model.texts),
            dict(service.environment),
            service,
        )


@contextmanager
def _deepl(folder: Path, request: pytest.FixtureRequest) -> Iterator[Rig]:
    from fakes.deepl import KEY, DeepL

    pytest.importorskip("httpx", reason="the extra deepl is not installed")
    with DeepL() as service:
        yield Rig(
            f"deepl:\n  url: {service.url}\n",
            (KEY,),
            lambda: setattr(service, "key", "another"),
            lambda: sum(service.billed.values()),
            {"DEEPL_AUTH_KEY": KEY},
            service,
        )


@contextmanager
def _libretranslate(folder: Path, request: pytest.FixtureRequest) -> Iterator[Rig]:
    from fakes.libretranslate import KEY, LibreTranslate

    pytest.importorskip("httpx", reason="the extra libretranslate is not installed")
    with LibreTranslate() as server:
        yield Rig(
            f"libretranslate:\n  url: {server.url}\n",
            (KEY,),
            lambda: setattr(server, "key", "another"),
            lambda: len(server.texts),
            {"LIBRETRANSLATE_API_KEY": KEY},
            server,
        )


RIGS = {
    "memory_only": _nothing,
    "smt": _nothing,
    "neural": _neural,
    "openai": _openai,
    "deepl": _deepl,
    "libretranslate": _libretranslate,
    "bedrock": _bedrock,
    "amazon": _amazon,
    "amazon-realtime": _amazon,
}
