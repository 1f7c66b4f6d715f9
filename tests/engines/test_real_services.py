"""What the emulators guess, asked of real services; costs some cents, and each runs only when its variables are set.

Set ``AMTS_TEST_OPENAI_MODEL`` (with ``AMTS_TEST_OPENAI_URL``, if it is not OpenAI's; its key is in ``OPENAI_API_KEY``),
``AMTS_TEST_BEDROCK_MODEL`` (with credentials, and ``AMTS_AWS_REGION`` unless it is us-east-1), ``AMTS_TEST_DEEPL`` to 1
(with the key in ``DEEPL_AUTH_KEY``) or ``AMTS_TEST_LIBRETRANSLATE_URL``, and run pytest on this file.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

REAL = dict(os.environ)
"""As it was before the other tests' fixtures emptied it."""

from bot.alignment.translation_unit import Provenance, TranslationUnit  # noqa: E402
from bot.clock import SystemClock  # noqa: E402
from bot.document.atoms import atoms  # noqa: E402
from bot.document.segment import Segment  # noqa: E402
from bot.engines import Batch  # noqa: E402
from bot.engines.registry import Context, build  # noqa: E402
from bot.engines.resources import Resources  # noqa: E402
from bot.parallel_data.dataset import ParallelData  # noqa: E402
from bot.settings import engines as settings  # noqa: E402

ENGLISH = [
    "The `hull` is **wet**, see [the plan](p.md) & $x < y$.",
    "A boat floats on the sea.",
    "The mast is new & red.",
]
PAIR = TranslationUnit("The mast is new and red.", "El palo es nuevo y rojo.", Provenance("a.md", 1))
VARIABLES = {
    "openai": "AMTS_TEST_OPENAI_MODEL",
    "bedrock": "AMTS_TEST_BEDROCK_MODEL",
    "deepl": "AMTS_TEST_DEEPL",
    "libretranslate": "AMTS_TEST_LIBRETRANSLATE_URL",
}


def chosen(name: str) -> Any:
    """The settings of an engine, from the variables."""
    value = REAL.get(VARIABLES[name], "")
    if name == "openai":
        url = REAL.get("AMTS_TEST_OPENAI_URL")
        return settings.OpenAi(model=value, **({"url": url} if url else {}))
    if name == "bedrock":
        return settings.Bedrock(model=value, region=REAL.get("AMTS_AWS_REGION", "us-east-1"))
    return (
        settings.DeepL(name="amts-test", translation_memory=True)
        if name == "deepl"
        else settings.LibreTranslate(url=value)
    )


class Chosen:
    """Settings with one engine."""

    def __init__(self, name: str) -> None:
        setattr(self, name, chosen(name))


@pytest.mark.parametrize("name", VARIABLES)
def test_every_sentence_comes_back_whole_and_is_paid_for_once(
    name: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not REAL.get(VARIABLES[name]):
        pytest.skip(f"no real service: set {VARIABLES[name]}")
    for variable, value in REAL.items():
        monkeypatch.setenv(variable, value)
    told: list[str] = []
    make: Callable[[], Any] = partial(build, name, Context(partial(Chosen, name), tmp_path, told.append, SystemClock()))  # type: ignore[arg-type]
    batch = Batch("en", "es", {("a.md", n): Segment(text, "paragraph") for n, text in enumerate(ENGLISH)})
    known = Resources(ParallelData(("en", "es"), "sentence", (PAIR,)))
    first = make().translate(batch, known)
    for text, answer in zip(ENGLISH, first.answers.values(), strict=True):
        assert answer.text, f"{answer.reason}; {told}"
        assert Counter(atoms(answer.text)) == Counter(atoms(text)) and answer.text != text
    sent = len(told)
    assert make().translate(batch, known).answers == first.answers
    assert not any("sent" in line for line in told[sent:]), "nothing is paid for twice"
