"""Review pages of whole syncs: beside the local pull request, made again after people worked, with figures."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from support.worlds import CAPITULO, CHAPTER, World, commit, world

from bot.cli.main import main

ROWED = "Some boats are rowed by tired people."
MAST = "Tiene un casco y un mástil."
EDITED = CHAPTER.replace("It has a hull and a mast.", ROWED)
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def book(tmp_path: Path) -> World:
    made = world(tmp_path)
    made.push({"boats.md": EDITED})
    assert made.sync() == 0
    return made


def page(book: World, name: str = "es-1") -> html.HtmlElement:
    return html.fromstring((book.folder / "pull-requests" / f"{name}.html").read_text(encoding="utf-8"))


def review(book: World, *more: str) -> int:
    return main(["review", "--config", str(book.config), *more])


def states(tree: html.HtmlElement) -> list[str]:
    found: list[str] = tree.xpath("//li[contains(@class, 'row')]/@data-state")
    return [state for state in found if state != "human"]


def test_a_local_pull_request_has_a_review_page_beside_it(book: World) -> None:
    assert "[es-1.html](es-1.html)" in book.page()
    tree = page(book)
    assert states(tree) == ["english"]
    assert ROWED in tree.text_content() and MAST in tree.text_content()
    assert "amts reviewed --language es boats.md" in tree.xpath("//section/@data-command")


def test_what_people_finish_is_gone_from_the_page_when_it_is_made_again(
    book: World, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert review(book) == 0 and "es: 1 sentence waits: " in capsys.readouterr().out
    assert states(page(book)) == ["english"]
    book.spanish.git.checkout("amts/sync")
    commit(book.spanish, {"boats.md": book.text("boats.md").replace(ROWED, "Unos remeros mueven barcos.")}, "Listo")
    book.spanish.git.checkout("main")
    assert review(book) == 0 and "es: 0 sentences wait: " in capsys.readouterr().out
    assert not states(page(book))  # nor as text that is gone: people saw it beside the sentence that they finished


def test_both_pages_are_in_the_language_of_the_settings(tmp_path: Path) -> None:
    book = world(tmp_path)
    text = book.config.read_text(encoding="utf-8").replace("page_language: en", "page_language: es")
    book.config.write_text(text, encoding="utf-8")
    book.push({"boats.md": EDITED})
    assert book.sync() == 0
    assert page(book).get("lang") == "es" and "Por traducir" in page(book).text_content()
    (book.folder / "pull-requests" / "es-1.html").unlink()
    assert review(book) == 0 and page(book).get("lang") == "es"


def test_without_a_pull_request_the_page_shows_what_waits_in_what_was_merged(book: World) -> None:
    book.spanish.git.merge("amts/sync")
    assert review(book, "--output", str(book.folder / "here"), "--language", "es") == 0
    tree = html.fromstring((book.folder / "here" / "es.html").read_text(encoding="utf-8"))
    assert states(tree) == ["english"] and not tree.xpath("//a")


def test_a_language_that_cannot_be_read_hides_no_other(book: World, capsys: pytest.CaptureFixture[str]) -> None:
    more = "  - language: pt\n    repository: nowhere\n    baseline: sibling\n"
    book.config.write_text(book.config.read_text(encoding="utf-8") + more, encoding="utf-8")
    capsys.readouterr()
    assert review(book) == 1
    said = capsys.readouterr()
    assert "amts: pt: " in said.err and "es: " in said.out


def test_figures_are_in_the_page_as_long_as_there_is_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sync.review_pages.LARGEST", 100)
    monkeypatch.setattr("bot.sync.review_pages.ALL", 150)
    book = world(tmp_path)
    shown = "".join(f"\n![Figure {n}](img/{n}.png)\n" for n in ("one", "big", "two", "one", "gone", "../../etc/passwd"))
    files = {"img/one.png": PNG + b"1" * 80, "img/big.png": PNG + b"2" * 200, "img/two.png": PNG + b"3" * 80}
    commit(book.spanish, {"boats.md": CAPITULO + shown, "boats_origin.md": CHAPTER + shown, **files}, "Figuras")
    book.push({"boats.md": EDITED + shown})
    assert book.sync() == 0
    tree = page(book)
    assert len(tree.xpath("//img")) == 2 and len(set(tree.xpath("//img/@src"))) == 1
    assert all(source.startswith("data:image/png;base64,") for source in tree.xpath("//img/@src"))
    assert {"img/big.png", "img/two.png", "img/gone.png"} <= set(tree.xpath("//figure/small/text()"))
