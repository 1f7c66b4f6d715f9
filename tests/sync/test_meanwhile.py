"""What people do with a pull request on GitHub while an engine works, which may take hours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fakes.github import GitHub
from support.hubs import ENGLISH, Hub, Hubs
from support.worlds import CHAPTER

from bot.contracts import BRANCH
from bot.engines import Batch, Engine, Result
from bot.engines.resources import Resources
from bot.errors import AmtsError
from bot.forges import Moved
from bot.sync.pipeline import sync

FIRST = "Some boats are rowed by tired people."
AGAIN = "Nobody ever rows the other boats."
HUMAN = "Unos remeros cansados mueven barcos."


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.forges.github.connection.BETWEEN_WRITES", 0.0)


@dataclass
class Busy:
    """An engine that people act beside, once."""

    engine: Engine
    people: list[Callable[[], object]]
    name: str = "memory_only"
    asynchronous: bool = field(default=False)

    def translate(self, batch: Batch, resources: Resources) -> Result:
        while self.people:
            self.people.pop(0)()
        return self.engine.translate(batch, resources)


def finished(folder: Path, github: GitHub) -> Hub:
    """A pull request that a translator has finished; meanwhile English has changed in the same sentence."""
    made = Hub(folder, github)
    made.push(ENGLISH, {"boats.md": CHAPTER.replace("It has a hull and a mast.", FIRST)})
    assert made.sync(here=True).status == 0
    made.edit(FIRST, HUMAN)
    made.push(ENGLISH, {"boats.md": CHAPTER.replace("It has a hull and a mast.", AGAIN)})
    return made


@pytest.fixture
def book(hubs: Hubs) -> Iterator[Hub]:
    with hubs.hub(finished) as hub:
        yield hub


@pytest.mark.parametrize("end", ["merged", "squashed", "closed", "branch deleted"])
def test_what_ended_meanwhile_is_not_gone_on_with(book: Hub, end: str) -> None:
    def people() -> None:
        if end == "closed":
            book.github.close("book/es", 1)
        else:
            book.github.merge("book/es", 1, squash=end != "merged")
        if end == "branch deleted":
            book.clones["book/es"].git.push("origin", "--delete", BRANCH)

    site = book.site()
    edition = site.language("es", "memory_only")
    done = sync(site.english(), edition, Busy(site.engine("memory_only"), [people]))
    assert done.state == "opened" and [p.number for p in book.pulls()] == [2]
    assert AGAIN in book.text() and HUMAN not in book.text()
    # The next run finds no conflict with what was merged, and nothing to do.
    before = len(book.github.writes)
    assert book.sync(here=True).status == 0 and len(book.github.writes) == before
    book.github.merge("book/es", 2)
    assert AGAIN in book.text(branch="main")


def test_a_token_that_expired_meanwhile_is_named_and_nothing_is_half_done(book: Hub) -> None:
    token, before = book.token(), book.github.repository("book/es").git.branch(BRANCH)
    site = book.site(token)
    edition, body = site.language("es", "memory_only"), book.pulls()[0].body
    engine = Busy(site.engine("memory_only"), [lambda: book.github.expire(token)])
    with pytest.raises(AmtsError, match="its pull request cannot be written") as caught:
        sync(site.english(), edition, engine)
    assert "it has expired" in caught.value.fix and book.github.repository("book/es").git.branch(BRANCH) == before
    assert book.pulls()[0].body == body
    assert book.sync(here=True).status == 0 and AGAIN in book.text()


@pytest.mark.parametrize("end", ["merged", "closed"])
def test_a_command_pushes_to_no_pull_request_that_ended_meanwhile(book: Hub, end: str) -> None:
    forge = book.site().language("es", "memory_only").forge
    current, before = forge.current(), book.github.repository("book/es").git.branch(BRANCH)
    if end == "merged":
        book.github.merge("book/es", 1)
    else:
        book.github.close("book/es", 1)
    with pytest.raises(Moved):
        forge.extend(current, {"boats.md": b"Barcos.\n"}, "Retranslate boats.md\n")
    assert book.github.repository("book/es").git.branch(BRANCH) == before
