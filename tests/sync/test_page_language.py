"""Which language the pages and titles of pull requests are in; terminals stay English."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.worlds import CHAPTER, World, commit, world

from bot.cli.main import main
from bot.contracts import BRANCH, TRAILER
from bot.reporting.wording import wording

EDITED = CHAPTER.replace("It has a hull and a mast.", "Some boats are rowed by tired people.")


def configured(book: World, top: str) -> None:
    text = book.config.read_text(encoding="utf-8").replace("page_language: en\n", top)
    book.config.write_text(text, encoding="utf-8")


def shown(book: World, language: str) -> bool:
    """Whether the page and the title of the pull request are in a language."""
    words, english = wording(language), book.english.head.commit.hexsha[:10]
    title = words("title", language="es", commit=english)
    page, message = book.page(), str(book.spanish.commit(BRANCH).message)
    return f"# {title}\n" in page and words("intro", commit=f"`{english}`") in page and message.startswith(f"{title}\n")


def test_a_page_is_in_the_language_of_its_translation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = world(tmp_path)
    configured(book, "")
    book.push({"boats.md": EDITED})
    assert book.sync() == 0
    assert shown(book, "es") and "Pull request 1 de `es`" in book.page()
    assert f"\n{TRAILER}: " in str(book.spanish.commit(BRANCH).message)
    out = capsys.readouterr().out
    assert "opened a pull request" in out
    assert book.sync() == 0
    assert "English is unchanged; 1 sentence still waits" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("top", "entry", "language"),
    [
        ("page_language: ja\n", "", "ja"),
        ("page_language: ja\n", "vi", "vi"),
        ("page_language: xx\n", "", "en"),
    ],
)
def test_the_language_of_pages_can_be_set(tmp_path: Path, top: str, entry: str, language: str) -> None:
    book = world(tmp_path, **({"page_language": entry} if entry else {}))
    configured(book, top)
    book.push({"boats.md": EDITED})
    assert book.sync() == 0 and shown(book, language)


def test_a_page_goes_on_in_another_language(tmp_path: Path) -> None:
    book = world(tmp_path)
    book.push({"boats.md": EDITED})
    assert book.sync() == 0 and shown(book, "en")
    configured(book, "page_language: tr\n")
    book.push({"boats.md": EDITED.replace("# Boats", "# Boats and ships")})
    assert book.sync() == 0 and shown(book, "tr")
    assert [page.name for page in (tmp_path / "pull-requests").glob("*.md")] == ["es-1.md"]


def test_what_adopt_records_is_told_in_the_language_of_the_translation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = world(tmp_path, "lock")
    configured(book, "")
    commit(book.spanish, {"amts.lock": None}, "Sin registro")
    assert main(["adopt", "--config", str(book.config), "--language", "es", "--write"]) == 0
    (page,) = (tmp_path / "pull-requests").glob("es-adopt-*.md")
    told, words = page.read_text(encoding="utf-8"), wording("es")
    assert words("adopt.title", number=1) in told and "misma ruta" in told
    subject, _, trailers = str(book.spanish.commit("amts/adopt").message).strip().partition("\n\n")
    assert subject == words("adopt.title", number=1) and trailers == "AMTS-Adopted: 1"
    assert "Record the English version of 1 document" in capsys.readouterr().out
