"""Boxes on the page of a pull request on the emulated GitHub: what people tick is settled, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.github import Fault, GitHub
from support.hubs import ENGLISH, Hub, Hubs

from bot.contracts import BRANCH
from bot.forges import marker
from bot.review.record import read

BAY = "The sail catches the wind that comes over the wide bay in the long evenings of summer."
TIDE = "The tide carries the boats that lie in the old harbour out to the open sea every morning."
BOATS, WIND = f"# Boats\n\n{BAY}\n", f"# Wind\n\n{TIDE}\n"
BARCOS = "# Barcos\n\nLa vela atrapa el viento que llega sobre la amplia bahía en las largas tardes de verano.\n"
VIENTO = "# Viento\n\nLa marea lleva los barcos del viejo puerto al mar abierto cada mañana.\n"
BOX = re.compile(r"(?m)^- \[[ x]\] Reviewed.*$")


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.forges.github.connection.BETWEEN_WRITES", 0.0)
    monkeypatch.setattr("bot.clock.time.sleep", lambda seconds: None)


def two_kept(folder: Path, github: GitHub) -> Hub:
    """A pull request in which a kept sentence waits in each of two documents."""
    made = Hub(folder, github)
    github.permit("book/es", "ana", "write")
    made.push(ENGLISH, {"boats.md": BOATS, "wind.md": WIND})
    files = {"boats.md": BARCOS, "boats_origin.md": BOATS, "wind.md": VIENTO, "wind_origin.md": WIND}
    made.push("book/es", dict(files))
    english(made, "wide", "broad")
    assert made.sync(here=True).status == 0
    return made


def english(book: Hub, old: str, new: str, **more: str) -> None:
    """Edits both English documents a little."""
    boats = book.clones[ENGLISH].git.show("HEAD:boats.md", strip_newline_in_stdout=False).replace(old, new)
    wind = book.clones[ENGLISH].git.show("HEAD:wind.md", strip_newline_in_stdout=False).replace("old", "quiet")
    book.push(ENGLISH, {"boats.md": boats, "wind.md": wind, **more})


@pytest.fixture
def book(hubs: Hubs) -> Iterator[Hub]:
    with hubs.hub(two_kept) as hub:
        yield hub


def tick(book: Hub, path: str = "boats.md", number: int = 1, *, crlf: bool = False) -> None:
    """A person ticks the box of a document; ``crlf``: a browser sends the text with other line ends."""
    pull = book.github.pull("book/es", number)
    before, fold, rest = str(pull.body).partition(f"<b>{path}</b>")
    assert fold and "- [ ]" in rest
    text = before + fold + rest.replace("- [ ]", "- [x]", 1)
    pull.body = text.replace("\n", "\r\n") if crlf else text


def body(book: Hub) -> str:
    (pull,) = book.pulls()
    return str(pull.body)


def waiting(book: Hub, branch: str = BRANCH) -> set[str]:
    return {entry.path for entry in read(book.text(path="amts.review", branch=branch).encode())}


def boxes(book: Hub) -> dict[str, bool]:
    """Whether the box of each document on the page is ticked."""
    folds = re.findall(r"(?s)<details><summary><b>(.*?)</b>.*?</details>", body(book))
    marks = [bool(re.match(r"- \[x\]", found)) for found in BOX.findall(body(book))]
    return dict(zip(folds, marks, strict=True))


@pytest.mark.parametrize("crlf", [False, True])
def test_a_ticked_document_is_settled_by_a_commit(book: Hub, crlf: bool) -> None:
    assert boxes(book) == {"boats.md": False, "wind.md": False} and waiting(book) == {"boats.md", "wind.md"}
    text = book.text()
    tick(book, crlf=crlf)
    done = book.sync(here=True)
    assert done.status == 0 and "1 sentence still waits" in done.log
    assert waiting(book) == {"wind.md"} and book.text() == text
    git = book.github.repository("book/es").git
    assert git.known("log", "-1", "--format=%s", BRANCH).strip() == "Reviewed: boats.md"
    # What was settled is settled once.
    head = git.branch(BRANCH)
    assert book.sync(here=True).status == 0 and git.branch(BRANCH) == head


def test_a_settled_document_leaves_the_page_and_other_ticks_stay(book: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    tick(book)
    book.push(ENGLISH, {"more.md": "# More\n\nNobody has ever sailed it alone.\n"})

    # Somebody ticks the other box while the run is at work.
    from bot.forges.github.pull_requests import HostedForge

    whole = HostedForge.publish

    def late(self: HostedForge, *given: object, **named: object) -> object:
        tick(book, "wind.md")
        return whole(self, *given, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(HostedForge, "publish", late)
        assert book.sync(here=True).status == 0
    assert "<b>boats.md</b>" not in body(book)
    assert BOX.findall(body(book)) == [found for found in BOX.findall(body(book)) if found.startswith("- [x]")] != []
    assert waiting(book) == {"wind.md", "more.md"}
    assert book.sync(here=True).status == 0 and waiting(book) == {"more.md"}


def test_a_tick_settles_nothing_that_its_page_did_not_show(book: Hub) -> None:
    tick(book)
    english(book, "comes", "blows")
    assert book.sync(here=True).status == 0
    assert boxes(book) == {"boats.md": False, "wind.md": False}
    # What was ticked counts as settled: only the last edit is asked about.
    assert "<del>comes</del> <ins>blows</ins>" in body(book) and "<del>wide</del>" not in body(book)


def test_a_box_says_nothing_about_what_is_still_english(book: Hub) -> None:
    book.push(ENGLISH, {"more.md": "# More\n\nNobody has ever sailed it alone.\n"})
    assert book.sync(here=True).status == 0
    assert "<b>more.md</b>" in body(book) and len(BOX.findall(body(book))) == 2


@pytest.mark.parametrize("squash", [True, False])
def test_what_was_ticked_and_merged_does_not_come_back(book: Hub, squash: bool) -> None:
    tick(book)
    book.github.merge("book/es", 1, squash=squash)
    done = book.sync(here=True)
    assert "1 sentence still waits" in done.log and not book.pulls()
    english(book, "nothing", "", **{"more.md": "# More\n\nNobody has ever sailed it alone.\n"})
    assert book.sync(here=True).status == 0
    assert waiting(book) == {"wind.md", "more.md"} and "<b>boats.md</b>" not in body(book)


def test_what_was_ticked_and_closed_is_not_settled(book: Hub) -> None:
    tick(book)
    book.github.close("book/es", 1)
    english(book, "comes", "blows")
    assert book.sync(here=True).status == 0
    assert waiting(book) == {"boats.md", "wind.md"} and boxes(book) == {"boats.md": False, "wind.md": False}


def test_a_box_outside_of_the_bots_part_is_none(book: Hub) -> None:
    (pull,) = book.pulls()
    ticked = [line.replace("[ ]", "[x]") for line in BOX.findall(body(book))]
    pull.body = "\n".join(ticked) + f"\n\n{pull.body}\n" + "\n".join(ticked)
    assert book.sync(here=True).status == 0 and waiting(book) == {"boats.md", "wind.md"}
    assert marker.part(body(book)).count("- [ ]") == 2


@pytest.mark.parametrize("after", [False, True])
def test_a_run_that_died_settles_it_the_next_time(book: Hub, after: bool) -> None:
    tick(book)
    book.github.faults.append(Fault("git/receive-pack", "closed", times=9, after=after))
    book.sync(here=True)
    book.github.faults.clear()
    assert book.sync(here=True).status == 0 and waiting(book) == {"wind.md"}
    log = book.github.repository("book/es").git.known("log", "--format=%s", BRANCH)
    assert log.count("Reviewed: boats.md") == 1


def test_a_dry_run_settles_nothing(book: Hub) -> None:
    tick(book)
    assert book.sync(here=True, dry_run="true").status == 0 and waiting(book) == {"boats.md", "wind.md"}


def test_a_tick_that_was_settled_is_not_one_for_the_same_words_at_another_place(book: Hub) -> None:
    tick(book)
    assert book.sync(here=True).status == 0
    first = BOATS.replace("wide", "broad") + f"\n{TIDE}\n"
    book.push(ENGLISH, {"boats.md": first})
    assert book.sync(here=True).status == 0 and boxes(book) == {"boats.md": False, "wind.md": False}
    tick(book)
    assert book.sync(here=True).status == 0 and waiting(book) == {"wind.md"}
    book.push(ENGLISH, {"boats.md": f"{first}\n## Again\n\n{TIDE}\n"})
    assert book.sync(here=True).status == 0 and waiting(book) == {"boats.md", "wind.md"}
    assert boxes(book) == {"boats.md": False, "wind.md": False}
    assert book.sync(here=True).status == 0 and waiting(book) == {"boats.md", "wind.md"}


def test_a_tick_on_a_page_whose_commit_was_not_pushed_yet_is_kept(book: Hub) -> None:
    english(book, "comes", "blows")
    book.github.faults.append(Fault("git/receive-pack", "closed", times=9))
    book.sync(here=True)
    book.github.faults.clear()
    assert "<ins>blows</ins>" in body(book)
    tick(book)
    assert book.sync(here=True).status == 0
    assert boxes(book)["boats.md"] and waiting(book) == {"boats.md", "wind.md"}
    assert book.sync(here=True).status == 0 and waiting(book) == {"wind.md"}
