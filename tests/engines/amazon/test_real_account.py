"""What the emulator guesses, asked of a real account; costs some cents, and runs only when its variables are set.

Set ``AMTS_AWS_BUCKET`` and ``AMTS_AWS_ROLE`` (as in docs/aws.md), ``AMTS_AWS_REGION`` (default us-east-1) and
credentials, and run pytest tests/engines/amazon/test_real_account.py.
"""

from __future__ import annotations

import os
import time
import uuid
from dataclasses import dataclass

import pytest
from support.accounts import batch, pairs, resources, texts

REAL = {name: value for name, value in os.environ.items() if name.startswith(("AWS_", "AMTS_AWS_"))}
"""As it was before the other tests' fixtures emptied it."""

from bot.clock import SystemClock  # noqa: E402
from bot.engines.amazon import custom_data, jobs  # noqa: E402
from bot.engines.amazon.batch import Amazon, Place  # noqa: E402
from bot.engines.amazon.connection import connect  # noqa: E402

pytestmark = pytest.mark.skipif(
    not {"AMTS_AWS_BUCKET", "AMTS_AWS_ROLE"} <= set(REAL), reason="no real account: set AMTS_AWS_BUCKET, AMTS_AWS_ROLE"
)
ENGLISH = ["The `hull` is **wet**, see [the plan](p.md) & $x < y$.", "Nets hold fish.", "A boat floats."]


@dataclass(frozen=True)
class Real:
    engine: Amazon
    told: list[str]


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> Real:
    for name, value in REAL.items():
        monkeypatch.setenv(name, value)
    told: list[str] = []
    place = Place(REAL["AMTS_AWS_BUCKET"], "amts", REAL["AMTS_AWS_ROLE"], "amts-test")
    region = REAL.get("AMTS_AWS_REGION", "us-east-1")
    return Real(Amazon(connect(region), place, SystemClock(), told.append, 7200.0, salt=uuid.uuid4().hex), told)


def test_a_job_with_parallel_data_brings_every_sentence_back(real: Real) -> None:
    data = pairs(("Nets hold fish.", "Las redes sujetan peces azules."), ("A boat floats.", "Un barco flota."))
    done = real.engine.translate(batch(("a.md", ENGLISH)), resources(data))
    said = texts(done)
    # Guesses: entities, white space, protected elements and tags come back as the decoder expects them.
    assert all(said), [a.reason for a in done.answers.values()]
    assert "`hull`" in str(said[0]) and "$x < y$" in str(said[0]) and "](p.md)" in str(said[0])
    # Guess: the closest pair decides; an exact one is used as it stands.
    assert said[1] == "Las redes sujetan peces azules."
    # Guess: what is billed is the text without mark-up.
    assert done.characters == sum(len(t) for t in ["The `hull` is wet, see the plan & $x < y$.", *ENGLISH[1:]])
    # Nothing is sent a second time.
    again = real.engine.translate(batch(("a.md", ENGLISH)), resources(data))
    assert texts(again) == said and again.characters == 0


def test_the_same_token_is_the_same_job(real: Real) -> None:
    client = real.engine.connection.translate
    storage = real.engine.storage("es")
    name = f"amts-test-{uuid.uuid4().hex}"
    storage.put(f"runs/{name}/input/a.html", b'<html><body><p id="s0">One net.</p></body></html>')
    order = jobs.Order(
        name,
        name[-36:],
        storage.uri(f"runs/{name}/input/"),
        storage.uri(f"runs/{name}/output/"),
        ("en", "es"),
        real.engine.place.role,
    )
    first = jobs.start(client, order)
    # Guess: a token is remembered, and the first job answered.
    assert jobs.start(client, order).id == first.id
    found = jobs.find(client, name)
    assert found is not None and found.id == first.id
    assert real.engine.connection.translate.stop_text_translation_job(JobId=first.id)


def test_the_state_of_an_update_is_that_of_its_attempt(real: Real) -> None:
    resource = pairs(("Nets hold fish.", f"Redes {uuid.uuid4().hex}."))
    done = real.engine.push(resources(resource))
    assert done is not None and done.status == "ACTIVE" and done.imported == 1
    end = time.monotonic() + 60
    while time.monotonic() < end:
        found = custom_data.look(real.engine.connection.translate, done.name)
        assert found is not None and found.content == done.content
        if not found.busy:
            break
        time.sleep(5)
