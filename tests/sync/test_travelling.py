"""What travels with the drafts of a sync, in the same commit."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.worlds import CHAPTER, World, commit, world

PICTURE = b"\x89PNG\r\n\x1a\n\x00\xff"


def with_figure(name: str) -> str:
    return f"{CHAPTER}\n![A boat seen from above.]({name})\n:label:`img_boat`\n"


def changed(book: World) -> list[str]:
    return sorted(str(book.spanish.git.diff("--name-only", "main", "amts/sync")).splitlines())


def quiet(book: World) -> None:
    """A second run, before and after the merge, writes nothing."""
    head = book.branch()
    assert book.sync() == 0 and book.branch() == head
    book.spanish.git.merge("--ff-only", "amts/sync")
    assert book.sync() == 0 and book.branch() == head


def test_a_figure_travels_with_its_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = world(tmp_path)
    book.push({"boats.md": with_figure("img/boat.png"), "img/boat.png": PICTURE, "img/other.png": b"other"})
    assert book.sync("--dry-run") == 0 and book.branch() is None
    assert "came along: 1 file: img/boat.png" in capsys.readouterr().out
    assert book.sync() == 0
    assert changed(book) == ["boats.md", "boats_origin.md", "img/boat.png"]
    assert book.spanish.git.ls_tree("amts/sync", "img/boat.png") == book.english.git.ls_tree("main", "img/boat.png")
    assert "- `img/boat.png`: figure of boats.md" in book.page()
    assert len(list(book.spanish.iter_commits("main..amts/sync"))) == 1
    quiet(book)


def test_a_figure_of_the_translation_is_left_alone(tmp_path: Path) -> None:
    book = world(tmp_path)
    commit(book.spanish, {"img/boat.png": b"propia"}, "Figura")
    book.push({"boats.md": with_figure("img/boat.png"), "img/boat.png": PICTURE})
    assert book.sync() == 0
    assert changed(book) == ["boats.md", "boats_origin.md"]


def test_hostile_figures_are_told_and_never_written(tmp_path: Path) -> None:
    book = world(tmp_path)
    (tmp_path / "outside.png").write_bytes(b"secret")
    (tmp_path / "en" / "link.png").symlink_to(tmp_path / "outside.png")
    (tmp_path / "es" / "img").symlink_to(tmp_path)
    commit(book.spanish, {}, "Enlace")
    names = ["../outside.png", "../../outside.png", "link.png", "img/boat.png", ".github/x.png", "data:image/png,x.png"]
    text = CHAPTER + "".join(f"\n![A boat.]({name})\n" for name in names)
    book.push({"boats.md": text, ".github/x.png": PICTURE, "img/boat.png": PICTURE})
    assert book.sync() == 0
    assert changed(book) == ["boats.md", "boats_origin.md"]
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["amts.yml", "outside.png"]
    page = book.page()
    assert "**To do by hand" in page and "behind a symbolic link" in page and "no hidden files" in page
    assert "outside.png" not in page[page.index("**To do by hand") : page.index("## ")]


def test_nothing_travels_without_a_draft(tmp_path: Path) -> None:
    book = world(tmp_path)
    text = with_figure("img/boat.png")
    book.push({"boats.md": text}, "A figure that is not there yet")
    assert book.sync() == 0
    book.spanish.git.merge("--ff-only", "amts/sync")
    head = book.branch()
    book.push({"img/boat.png": PICTURE})
    assert book.sync() == 0 and book.branch() == head


def test_a_bibliography_entry_travels_with_its_citation(tmp_path: Path) -> None:
    book = world(tmp_path)
    own = "% Propia\n@book{hull, title={El casco}}\n"
    commit(book.spanish, {"boats.bib": own}, "Libros")
    entry = "@article{sail,\n  title = {On {Sails}},\n}"
    book.push({"boats.md": CHAPTER, "boats.bib": f"@book{{hull, title={{The hull}}}}\n\n{entry}\n\n@misc{{x}}\n"})
    assert book.sync() == 0 and book.branch() is None
    book.push({"boats.md": CHAPTER.replace("We call its", "It is old :cite:`sail,hull`. We call its")})
    assert book.sync() == 0
    assert changed(book) == ["boats.bib", "boats.md", "boats_origin.md"]
    assert book.text("boats.bib") == f"{own}\n{entry}\n"
    assert "- `boats.bib`: bibliography entries: sail" in book.page()
    quiet(book)


def test_a_broken_bibliography_is_left_to_people(tmp_path: Path) -> None:
    book = world(tmp_path)
    commit(book.spanish, {"boats.bib": "@book{hull, title={El casco\n"}, "Libros")
    book.push({"boats.md": CHAPTER + "\nSee :cite:`sail`.\n", "boats.bib": "@misc{sail, title={Sails}}\n"})
    assert book.sync() == 0
    assert changed(book) == ["boats.md", "boats_origin.md"]
    assert "does not end; entries to add: sail" in book.page()
