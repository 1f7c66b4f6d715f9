"""Numbered pages that English moves to the paths of others: each translation goes with its own English."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html
from support.worlds import World, commit, repository

from bot.baselines.records import Recorded, lock_text
from bot.cli.main import main

THINGS = {
    "knots": ("rope", "cabo"),
    "masts": ("mast", "mástil"),
    "oars": ("paddle", "pala"),
    "tides": ("harbour", "puerto"),
}


def english(name: str, more: str = "") -> str:
    thing = THINGS[name][0]
    lines = [f"Sentence {n} of this page is about a {thing} of {name}." for n in range(1, 9)]
    return f"# All about {name}\n\n" + "\n\n".join(lines) + f"\n{more}"


def spanish(name: str, more: str = "") -> str:
    thing = THINGS[name][1]
    lines = [f"La frase {n} de esta página trata de un {thing}." for n in range(1, 9)]
    return f"# Todo sobre {thing}\n\n" + "\n\n".join(lines) + f"\n{more}"


@pytest.fixture(params=["lock", "sibling"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    return made(tmp_path, request.param)


def made(folder: Path, kind: str) -> World:
    """Pages 1 to 3 about knots, masts and oars, all translated."""
    pages = dict(enumerate(["knots", "masts", "oars"], 1))
    source = repository(folder / "en", {f"{n}.md": english(name) for n, name in pages.items()}, "First")
    files: dict[str, str | bytes | None] = {f"{n}.md": spanish(name) for n, name in pages.items()}
    if kind == "sibling":
        files |= {f"{n}_origin.md": english(name) for n, name in pages.items()}
    else:
        tree = source.head.commit.tree
        files["amts.lock"] = lock_text({f"{n}.md": Recorded(f"{n}.md", tree[f"{n}.md"].hexsha) for n in pages})
    repository(folder / "es", files, "Primera")
    (folder / "amts.yml").write_text(
        "source:\n  repository: en\npage_language: en\ntranslations:\n  - language: es\n    repository: es\n"
        f"    baseline: {kind}\n",
        encoding="utf-8",
    )
    return World(folder, kind)


def merge(book: World) -> None:
    book.spanish.git.merge("-q", "--ff-only", "amts/sync")


def test_a_page_put_in_between_moves_the_others_with_their_translations(book: World) -> None:
    edited = english("oars").replace("Sentence 4 of this page", "Some words of this page")
    book.push({"2.md": english("tides"), "3.md": english("masts"), "4.md": edited})
    assert book.sync() == 0
    assert book.text("1.md") == spanish("knots") and book.text("3.md") == spanish("masts")
    assert book.text("4.md").replace("Some words of this page is about a paddle of oars.", "*") == spanish(
        "oars"
    ).replace("La frase 4 de esta página trata de un pala.", "*")
    assert book.text("2.md") == english("tides")  # no engine has drafted it
    page = book.page()
    assert "`2.md` → `3.md`" in page and "`3.md` → `4.md`" in page and "deletes" not in page
    merge(book)
    assert book.sync() == 0 and book.branch() == book.branch("main")


def test_the_pull_request_goes_on_with_the_pages_where_they_are_now(book: World) -> None:
    book.push({"2.md": english("tides"), "3.md": english("masts"), "4.md": english("oars")})
    assert book.sync() == 0
    book.push({"3.md": english("masts", "\nOne more line.\n")})
    assert book.sync() == 0
    assert book.text("3.md") == spanish("masts", "\nOne more line.\n")
    assert book.text("4.md") == spanish("oars") and book.text("2.md") == english("tides")
    page = book.page()
    assert "deletes" not in page and "no longer" not in page


def test_a_page_taken_out_is_the_one_that_goes(book: World) -> None:
    book.push({"2.md": english("oars"), "3.md": None})
    assert book.sync() == 0
    assert book.text("1.md") == spanish("knots") and book.text("2.md") == spanish("oars")
    assert "3.md" not in book.spanish.git.ls_tree("--name-only", "amts/sync").split()
    for _ in range(2):  # however often the pull request goes on, it names what people lose
        page = book.page()
        assert "deletes 1 translated document" in page and ":2.md`" in page
        book.push({"1.md": english("knots", "\nOne more line.\n")})
        assert book.sync() == 0


@pytest.mark.parametrize(("was", "now", "name"), [("1.md", "2.md", "knots"), ("3.md", "2.md", "oars")])
def test_what_a_moved_page_lost_is_named_and_not_what_the_page_before_it_had(
    book: World, was: str, now: str, name: str
) -> None:
    book.push(
        {
            now: english(name).replace(f"\n\nSentence 5 of this page is about a {THINGS[name][0]} of {name}.", ""),
            was: None,
        }
    )
    assert book.sync() == 0
    page = book.page()
    assert f"`{was}` → `{now}`" in page and "deletes 1 translated document" in page
    assert f"<del>La frase 5 de esta página trata de un {THINGS[name][1]}.</del>" in page
    assert "mástil" not in page  # the page that is deleted is named as a whole


def test_what_moves_and_goes_stays_on_the_pages_of_a_pull_request(book: World) -> None:
    book.push({"2.md": english("oars"), "3.md": None})
    assert book.sync() == 0
    book.push({"1.md": english("knots", "\nOne more line.\n")})
    assert book.sync() == 0 and "`3.md` → `2.md`" in book.page()
    review = book.folder / "pull-requests" / "es-1.html"
    for _ in range(2):
        text = " ".join(html.fromstring(review.read_text(encoding="utf-8")).text_content().split())
        assert "This moves 1 document: 3.md → 2.md" in text and "This deletes 1 translated document: 2.md" in text
        assert main(["review", "--config", str(book.config)]) == 0


def test_pages_that_english_exchanges_are_exchanged(book: World) -> None:
    book.push({"1.md": english("masts"), "2.md": english("knots")})
    assert book.sync() == 0
    assert book.text("1.md") == spanish("masts") and book.text("2.md") == spanish("knots")


def test_a_page_of_people_is_no_machine_draft_where_it_moved(book: World, capsys: pytest.CaptureFixture[str]) -> None:
    book.push({"1.md": english("masts"), "2.md": english("oars"), "3.md": None, "own.md": english("knots")})
    assert book.sync() == 0 and book.text("own.md") == spanish("knots")
    merge(book)
    capsys.readouterr()
    assert main(["status", "--config", str(book.config)]) == 0
    assert "machine draft" not in capsys.readouterr().out


def test_where_one_page_cannot_move_none_takes_its_place(book: World, capsys: pytest.CaptureFixture[str]) -> None:
    commit(book.spanish, {"4.md": "Nuestra propia página.\n"}, "Propia")
    book.push({"2.md": english("tides"), "3.md": english("masts"), "4.md": english("oars")})
    assert book.sync() == 1
    shown = capsys.readouterr().out
    assert "4.md exists already: 3.md should move there" in shown
    assert "2.md exists already: what is there stays" in shown
    assert book.branch() is None
    assert book.text("3.md", "main") == spanish("oars") and book.text("4.md", "main") == "Nuestra propia página.\n"


def test_a_pull_request_too_small_for_all_takes_what_makes_room(tmp_path: Path) -> None:
    book = made(tmp_path, "lock")
    book.config.write_text(book.config.read_text(encoding="utf-8") + "review_size: 1\n", encoding="utf-8")
    book.push({"2.md": english("tides"), "3.md": english("masts"), "4.md": english("oars")})
    seen = set()
    for _ in range(4):
        assert book.sync() == 0
        if book.branch() is None:
            break
        names = book.spanish.git.ls_tree("-r", "--name-only", "amts/sync").split()
        texts = [book.text(name) for name in names]
        assert all(spanish(name) in texts for name in ("knots", "masts", "oars"))
        seen |= set(names)
        merge(book)
        book.spanish.git.branch("-D", "amts/sync")
    assert {"2.md", "3.md", "4.md"} <= seen
    lock = json.loads(book.text("amts.lock", "main"))["documents"]
    assert {path: entry["source"] for path, entry in lock.items()} == {f"{n}.md": f"{n}.md" for n in range(1, 5)}


@pytest.mark.parametrize("new", [english("tides"), "# Soon\n\nThis page is not written yet, come back later.\n"])
def test_a_page_that_english_writes_anew_stays_where_it_is(tmp_path: Path, new: str) -> None:
    book = made(tmp_path, "lock")
    book.push({"2.md": new, "5.md": english("tides").replace("Sentence", "Line")})
    assert book.sync() == 0
    assert "→" not in book.page() and "deletes" not in book.page()


def test_what_an_earlier_sync_deleted_is_named_whatever_leaves_its_path_now(book: World) -> None:
    book.push({"1.md": english("masts"), "2.md": english("oars"), "3.md": english("tides")})
    assert book.sync() == 0
    assert "deletes 1 translated document" in book.page() and ":1.md`" in book.page()
    book.push({"1.md": english("oars"), "2.md": english("tides"), "3.md": None, "own.md": english("masts")})
    assert book.sync() == 0
    assert book.text("own.md") == spanish("masts") and book.text("1.md") == spanish("oars")
    assert "deletes 1 translated document" in book.page() and ":1.md`" in book.page()


def test_what_an_earlier_sync_deleted_is_named_where_a_new_page_has_its_path_now(book: World) -> None:
    book.push({"1.md": english("masts"), "2.md": english("oars"), "3.md": english("tides")})
    assert book.sync() == 0
    book.push({"1.md": english("tides"), "3.md": english("masts")})
    assert book.sync() == 0
    assert book.text("3.md") == spanish("masts") and book.text("1.md") == english("tides")
    assert "deletes 1 translated document" in book.page() and ":1.md`" in book.page()


def test_a_new_page_is_no_restored_one_of_what_moved_away(tmp_path: Path) -> None:
    book = made(tmp_path, "lock")
    book.config.write_text(book.config.read_text(encoding="utf-8") + "review_size: 1\n", encoding="utf-8")
    book.push({"1.md": english("tides"), "2.md": english("knots"), "3.md": english("masts"), "4.md": english("oars")})
    assert book.sync() == 0 and book.text("2.md") == spanish("knots")
    head = book.branch()
    assert book.sync() == 0 and book.branch() == head  # the pull request is full
    assert book.sync("--max-sentences", "99") == 0
    assert book.text("1.md") == english("tides") and "Before: " not in book.page()


def test_sentences_of_people_are_no_drafts_on_a_page_that_moved(
    book: World, capsys: pytest.CaptureFixture[str]
) -> None:
    edited = english("masts").replace("Sentence 4 of this page", "Some words of this page")
    book.push({"2.md": english("tides"), "3.md": edited, "4.md": english("oars")})
    assert book.sync() == 0
    book.push({"2.md": english("knots"), "1.md": english("tides")})
    assert book.sync() == 0 and book.text("2.md") == spanish("knots")
    capsys.readouterr()
    for name in ("1.md", "2.md", "3.md", "4.md"):
        moved_only = name in ("2.md", "4.md")
        assert main(["retranslate", "--config", str(book.config), "--language", "es", name]) == moved_only
        assert "came out as before" not in capsys.readouterr().out
    merge(book)
    assert main(["effort", "--config", str(book.config)]) == 0
    assert "reused from the book" not in capsys.readouterr().out


def test_a_page_that_is_new_at_an_old_path_is_drafted(tmp_path: Path) -> None:
    book = made(tmp_path, "lock")
    book.config.write_text(book.config.read_text(encoding="utf-8") + "review_size: 1\n", encoding="utf-8")
    commit(book.spanish, {"1.md": spanish("knots", "\n*Nota nuestra.*\n")}, "Más tarde", "2038-01-01T00:00:00")
    book.push({"2.md": english("tides"), "3.md": english("masts"), "4.md": english("oars")})
    assert book.sync() == 0 and book.text("3.md") == spanish("masts")
    merge(book)
    assert book.sync() == 0 and book.text("2.md") == english("tides")


def test_what_a_page_that_moved_no_longer_says_stays_on_the_page_of_the_pull_request(book: World) -> None:
    lost = "\n\n".join(f"Sentence {n} of this page is about a mast of masts." for n in (4, 5, 6))
    edited = english("masts").replace(lost, "Nothing that was here before is true, and nobody wants it back any more.")
    book.push({"2.md": english("tides"), "3.md": edited, "4.md": english("oars")})
    assert book.sync() == 0 and "3 sentences gone" in book.page()
    book.push({"1.md": english("knots", "\nOne more line.\n")})
    assert book.sync() == 0 and "3 sentences gone" in book.page()


def test_what_people_wrote_in_between_hides_no_deletion(book: World) -> None:
    book.push({"4.md": english("tides")})
    assert book.sync() == 0
    book.spanish.git.switch("-q", "amts/sync")
    commit(book.spanish, {"4.md": spanish("tides")}, "Mareas")
    book.spanish.git.switch("-q", "main")
    book.push({"3.md": english("tides"), "4.md": None})
    for more in ("One", "Two"):
        assert book.sync() == 0 and book.text("3.md") == spanish("tides")
        assert "deletes 1 translated document" in book.page() and ":3.md`" in book.page()
        book.push({"1.md": english("knots", f"\n{more} more.\n")})
