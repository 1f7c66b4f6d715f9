"""Comments of the bot on lines of its pull request, on the emulated GitHub: made once, and only where they can be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fakes.github import Fault, GitHub
from fakes.github.diff import moved
from support.hubs import ENGLISH, Hub, Hubs

from bot.contracts import BRANCH
from bot.forges import marker
from bot.forges.github import reviews

OLD = "The sail catches the wind that comes over the wide bay in the long evenings of summer."
NEW = OLD.replace("wide", "broad")
KEPT = "La vela atrapa el viento que llega sobre la amplia bahía en las largas tardes de verano."
BETTER = "La vela atrapa el viento que llega sobre la ancha bahía en las largas tardes de verano."
HULL, ROWED = "It has a hull and a mast.", "Some boats are rowed by tired people."
CASCO = "Tiene un casco y un mástil."
CHAPTER = f"# Boats\n\n{OLD} It goes on.\n\n{HULL}\n"
CAPITULO = f"# Barcos\n\n{KEPT} Y sigue.\n\n{CASCO}\n"


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.forges.github.connection.BETWEEN_WRITES", 0.0)
    monkeypatch.setattr("bot.clock.time.sleep", lambda seconds: None)


def edited(folder: Path, github: GitHub) -> Hub:
    """English edits a sentence a little, and rewrites the paragraph below; people translated the new one elsewhere."""
    made = Hub(folder, github)
    github.permit("book/es", "ana", "write")
    start(made, CHAPTER, CAPITULO)
    made.push(ENGLISH, {"boats.md": CHAPTER.replace(OLD, NEW).replace(HULL, ROWED)})
    made.configure("review_comments: flagged\n")
    return made


def start(book: Hub, source: str, target: str) -> None:
    elsewhere, there = f"# Bays\n\n{NEW}\n", f"# Bahías\n\n{BETTER}\n"
    book.push(ENGLISH, {"boats.md": source, "bays.md": elsewhere})
    book.push(
        "book/es",
        {"boats.md": target, "boats_origin.md": source, "bays.md": there, "bays_origin.md": elsewhere},
    )


@pytest.fixture
def book(hubs: Hubs) -> Iterator[Hub]:
    with hubs.hub(edited) as hub:
        yield hub


def said(book: Hub) -> list[Any]:
    return list(book.github.repository("book/es").review_comments.values())


def written(book: Hub) -> int:
    return len(book.github.repository("book/es").reviews)


def push(book: Hub, old: str, new: str) -> None:
    text = book.clones[ENGLISH].git.show("HEAD:boats.md", strip_newline_in_stdout=False)
    assert old in text
    book.push(ENGLISH, {"boats.md": text.replace(old, new)})


def test_beside_a_kept_sentence_is_a_better_text(book: Hub) -> None:
    assert book.sync(here=True).status == 0
    (comment,) = said(book)
    assert (comment.path, comment.line, comment.start_line) == ("boats.md", 3, None)
    assert "<del>wide</del> <ins>broad</ins>" in comment.body
    assert f"```suggestion\n{BETTER} Y sigue.\n```" in comment.body
    assert KEPT in book.text()
    (review,) = book.github.repository("book/es").reviews.values()
    assert review.body.startswith("1 sentence to look at") and comment.review_id == review.id


def test_it_is_made_once_and_brought_up_to_date(book: Hub) -> None:
    assert book.sync(here=True).status == 0
    (before,) = [c.body for c in said(book)]
    push(book, ROWED, "Nobody rows these boats today.")
    assert book.sync(here=True).status == 0
    assert [c.body for c in said(book)] == [before] and written(book) == 1
    # The same words of people, and English is edited again.
    push(book, "comes over", "blows over")
    assert book.sync(here=True).status == 0
    (after,) = [c.body for c in said(book)]
    assert "<ins>blows</ins>" in after and "<ins>broad</ins>" in after and written(book) == 1


def test_what_people_settled_gets_no_comment(book: Hub) -> None:
    assert book.sync(here=True).status == 0
    book.edit(KEPT, BETTER)
    push(book, ROWED, "Nobody rows these boats today.")
    assert book.sync(here=True).status == 0 and len(said(book)) == 1


def test_nothing_is_said_unless_it_is_asked_for(book: Hub) -> None:
    book.configure("")
    assert book.sync(here=True).status == 0 and not said(book)
    assert not [r for r in book.github.requests if r.operation == "pulls/list-review-comments"]


def test_the_translation_decides_for_itself(book: Hub) -> None:
    book.push("book/es", {"amts.yml": f"{book.settings()}    review_comments: none\n"})
    assert book.sync(here=True).status == 0 and not said(book)


def test_lines_that_the_diff_does_not_show_get_none(book: Hub) -> None:
    far = "".join(f"A boat with the number {n} is here.\n\n" for n in range(4))
    lejos = "".join(f"Un barco con el número {n} está aquí.\n\n" for n in range(4))
    source = CHAPTER.replace(HULL, far + HULL)
    start(book, source, CAPITULO.replace(CASCO, lejos + CASCO))
    book.push(ENGLISH, {"boats.md": source.replace(OLD, NEW).replace(HULL, ROWED)})
    done = book.sync(here=True)
    assert done.status == 0 and "no comments" not in done.log and not said(book)
    assert "<ins>broad</ins>" in str(book.pulls()[0].body)


def test_there_are_never_too_many_at_once(book: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviews, "MOST", 3)

    def text(wide: str, hull: str) -> str:
        return "# Boats\n" + "".join(f"\n{OLD[:-1]} of {n}.\n\n{hull} {n}.\n" for n in range(1900, 1905)).replace(
            "wide", wide
        )

    target = "# Barcos\n" + "".join(f"\n{KEPT[:-1]} de {n}.\n\nTiene casco {n}.\n" for n in range(1900, 1905))
    start(book, text("wide", "It has a hull"), target)
    book.push(ENGLISH, {"boats.md": text("broad", "Some boats are rowed by tired people in")})
    assert book.sync(here=True).status == 0 and len(said(book)) == 3
    push(book, "rowed by tired people in 1900", "never rowed by anybody")
    assert book.sync(here=True).status == 0 and len(said(book)) == 5 and written(book) == 2
    keys = [marker.parse(c.body)["remark"] for c in said(book)]
    assert len(set(keys)) == 5


@pytest.mark.parametrize(
    ("kind", "after"),
    [("closed", False), ("closed", True), ("gateway", False), ("gateway", True), ("secondary", False)],
)
def test_a_review_is_made_once_whatever_fails(book: Hub, kind: str, after: bool) -> None:
    book.github.faults.append(Fault("pulls/create-review", kind, after=after))
    assert book.sync(here=True).status == 0
    assert len(said(book)) == 1 and written(book) == 1


def test_a_run_that_died_after_its_review_is_not_repeated(book: Hub) -> None:
    book.github.faults.append(Fault("pulls/create-review", "closed", after=True))
    book.github.faults.append(Fault("pulls/list-review-comments", "closed", times=99, skip=1))
    done = book.sync(here=True)
    assert done.status == 0 and len(said(book)) == 1
    assert "no comments on its lines" in done.log
    book.github.faults.clear()
    push(book, ROWED, "Nobody rows these boats today.")
    assert book.sync(here=True).status == 0
    assert len(said(book)) == 1 and written(book) == 1


def test_what_a_run_that_died_could_not_say_the_next_does_and_people_may_delete_it(book: Hub) -> None:
    for operation in ("pulls/create-review", "repos/create-commit-status"):
        book.github.faults.append(Fault(operation, "closed", times=99))
    assert book.sync(here=True).status == 0 and not said(book)
    book.github.faults.clear()
    assert book.sync(here=True).status == 0
    (comment,) = said(book)
    assert f"```suggestion\n{BETTER} Y sigue.\n```" in comment.body
    before = len(book.github.writes)
    assert book.sync(here=True).status == 0 and len(book.github.writes) == before
    # What people delete stays away, also when they push.
    del book.github.repository("book/es").review_comments[comment.id]
    book.edit("# Barcos", "# Los barcos")
    assert book.sync(here=True).status == 0 and not said(book)


def test_a_comment_that_somebody_else_copied_is_left_alone(book: Hub) -> None:
    assert book.sync(here=True).status == 0
    (comment,) = said(book)
    del book.github.repository("book/es").review_comments[comment.id]
    copy = book.on_line(comment.body, 3, "eve")
    push(book, "comes over", "blows over")
    assert book.sync(here=True).status == 0
    (_, ours) = said(book)
    assert copy.body == comment.body and "blows" in ours.body and ours.user.login == "amts-bot"


def test_a_token_that_may_not_review_costs_a_note(book: Hub) -> None:
    book.github.faults.append(Fault("pulls/create-review", "invalid", times=9))
    done = book.sync(here=True)
    assert done.status == 0 and "no comments on its lines: GitHub answers 422" in done.log
    assert book.text(branch=BRANCH) and len(book.pulls()) == 1


def applied(book: Hub, comment: Any) -> str:
    """The document after the suggestion of a comment was applied, as GitHub does it: to the lines as they are now."""
    repository = book.github.repository("book/es")
    where = moved(repository.git, comment.path, comment.line, comment.commit_id, repository.git.branch(BRANCH) or "")
    found = re.search(r"(?ms)^(`{3,})suggestion\n(.*?)^\1$", comment.body)
    assert where is not None and found
    first = where - (comment.line - (comment.start_line or comment.line))
    lines = book.text().splitlines(keepends=True)
    return "".join([*lines[: first - 1], found[2], *lines[where:]])


def test_a_sentence_that_is_there_twice_gets_two_comments(book: Hub) -> None:
    source = f"# Boats\n\n{OLD} It goes on.\n\n- {OLD}\n- {HULL}\n"
    target = f"# Barcos\n\n{KEPT} Y sigue.\n\n- {KEPT}\n- {CASCO}\n"
    start(book, source, target)
    book.push(ENGLISH, {"boats.md": source.replace("wide", "broad").replace(HULL, ROWED)})
    assert book.sync(here=True).status == 0
    push(book, ROWED, "Nobody rows these boats today.")
    assert book.sync(here=True).status == 0
    text = book.text()
    done = {applied(book, comment) for comment in said(book)}
    assert done == {text.replace(KEPT, BETTER, 1), text.replace(f"- {KEPT}", f"- {BETTER}")}


def test_a_suggestion_is_never_beside_other_lines_than_its_own(book: Hub) -> None:
    assert book.sync(here=True).status == 0
    # Somebody writes the same sentence above, with other words on its line.
    book.edit("# Barcos\n", f"# Barcos\n\nAntes. {KEPT} Después.\n")
    push(book, ROWED, "Nobody rows these boats today.")
    assert book.sync(here=True).status == 0
    text = book.text()
    for comment in said(book):
        assert applied(book, comment) in (text.replace(KEPT, BETTER, 1), text.replace(f"{KEPT} Y", f"{BETTER} Y"))
