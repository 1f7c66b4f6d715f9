"""A page of people that English moves to make room for another, on the host: from the push to the next quiet run."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes.github import GitHub
from support.hubs import ENGLISH, Hub
from support.worlds import CAPITULO, CHAPTER

KNOTS = "# Knots\n\nA knot holds a rope. It is made by hand.\n\nSome knots are hard to open again.\n"
HUMAN = "Algunos nudos cuestan mucho de abrir."


def test_a_page_moves_with_its_people_through_a_whole_pull_request(
    tmp_path: Path, github: GitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.forges.github.connection.BETWEEN_WRITES", 0.0)
    book = Hub(tmp_path / "book", github)
    book.push(ENGLISH, {"boats.md": KNOTS, "ships.md": CHAPTER})
    done = book.sync(here=True)
    assert done.status == 0, done.log
    (pull,) = book.pulls()
    assert "`boats.md` → `ships.md`" in pull.body and "deletes" not in pull.body
    assert book.text(path="ships.md") == CAPITULO and book.text(path="boats.md") == KNOTS
    # A translator works on both pages; English goes on with both.
    book.edit("Some knots are hard to open again.", HUMAN, path="boats.md")
    book.edit("Un barco flota en el agua.", "Un buen barco flota en el agua.", path="ships.md")
    more = CHAPTER.replace("It has a hull and a mast.", "It has a hull and two masts.")
    book.push(ENGLISH, {"ships.md": more, "boats.md": KNOTS.replace("by hand", "by two hands")})
    done = book.sync(here=True)
    assert done.status == 0, done.log
    assert HUMAN in book.text(path="boats.md") and "Un buen barco" in book.text(path="ships.md")
    assert "by two hands" in book.text(path="boats.md") and "`boats.md` → `ships.md`" in book.pulls()[0].body
    # A second try leaves what people wrote.
    github.permit("book/es", "ana", "write")
    served = book.serve(book.comment("/retranslate ships.md"))
    assert served.status == 0, served.log
    assert "Un buen barco" in book.text(path="ships.md") and HUMAN in book.text(path="boats.md")
    github.merge("book/es", 1, squash=True)
    writes = list(github.writes)
    done = book.sync(here=True)
    assert done.status == 0 and list(github.writes) == writes, done.log
    assert HUMAN in book.text(path="boats.md", branch="main")
