"""What travels with the drafts of a sync, in the same commit."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.worlds import CAPITULO, CHAPTER, World, commit, world

from bot.contracts import REVIEW

OARS = "# Oars\n\nAn oar is a lever of the first kind.\n\nIt is made of ash or of spruce.\n"
OLD = "# Old\n\nWhat nobody needs any more is here.\n"
PICTURE = b"\x89PNG\r\n\x1a\n\x00\xff"


def with_figure(name: str) -> str:
    return f"{CHAPTER}\n![A boat seen from above.]({name})\n:label:`img_boat`\n"


def changed(book: World) -> list[str]:
    """The files that the pull request changes, without the review record."""
    names = str(book.spanish.git.diff("--name-only", "main", "amts/sync")).splitlines()
    return sorted(name for name in names if name != REVIEW)


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
    assert "outside.png" not in page[page.index("**To do by hand") :]


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


def test_tables_of_contents_follow_the_documents(tmp_path: Path) -> None:
    book = world(tmp_path)
    toc = "root: boats\nchapters:\n- file: oars\n- file: old\n"
    book.push({"oars.md": OARS, "old.md": OLD, "_toc.yml": toc})
    indice = "# El nuestro\nroot: boats\nchapters:\n- file: old   # viejo\n- file: oars\n  title: Remos\n"
    files = {"oars.md": "# Remos\n", "oars_origin.md": OARS, "old.md": "# Viejo\n", "old_origin.md": OLD}
    commit(book.spanish, {**files, "_toc.yml": indice}, "Remos")
    assert book.sync() == 0 and book.branch() is None
    toc = "root: boats\nchapters:\n- file: gear/oars\n- file: tides\n"
    english = {"oars.md": None, "gear/oars.md": OARS, "old.md": None, "tides.md": "# Tides\n\nTwice a day.\n"}
    book.push({**english, "_toc.yml": toc})
    assert book.sync() == 0
    expected = "# El nuestro\nroot: boats\nchapters:\n- file: gear/oars\n  title: Remos\n- file: tides\n"
    assert book.text("_toc.yml") == expected
    assert "- `_toc.yml`: entry of tides.md added" in book.page()
    quiet(book)


def test_a_broken_table_of_contents_is_left_to_people(tmp_path: Path) -> None:
    book = world(tmp_path)
    commit(book.spanish, {"_toc.yml": "chapters: [\n"}, "Roto")
    book.push({"tides.md": "# Tides\n\nTwice a day.\n", "_toc.yml": "root: boats\nchapters:\n- file: tides\n"})
    assert book.sync() == 0
    assert changed(book) == ["tides.md", "tides_origin.md"]
    assert "not valid YAML" in book.page() and "check the entries of tides.md" in book.page()


@pytest.mark.parametrize(
    ("name", "english", "spanish", "line"),
    [
        (
            "index.md",
            "# Book\n\n```toc\n:maxdepth: 1\n\nboats\noars\n```\n",
            "# Libro\n\n```toc\n:maxdepth: 2\n\noars\nboats\n```\n",
            "tides",
        ),
        (
            "index.md",
            "# Book\n\n```{toctree}\n:caption: Sea\n\nboats\noars\n```\n",
            "# Libro\n\n```{toctree}\n:caption: Mar\n\nboats\noars\n```\n",
            "tides",
        ),
        (
            "SUMMARY.md",
            "# Summary\n\n- [Boats](boats.md)\n- [Oars](oars.md)\n",
            "# Índice\n\n- [Barcos](boats.md)\n- [Remos](oars.md)\n",
            "- [Tides](tides.md)",
        ),
    ],
)
def test_tables_in_documents_are_merged_with_them(
    tmp_path: Path, name: str, english: str, spanish: str, line: str
) -> None:
    book = world(tmp_path)
    book.push({name: english, "oars.md": OARS})
    origin = name.replace(".md", "_origin.md")
    files = {name: spanish, origin: english, "oars.md": "# Remos\n", "oars_origin.md": OARS}
    commit(book.spanish, files, "Índice")
    assert book.sync() == 0 and book.branch() is None
    last = next(one for one in english.splitlines() if "oars" in one)
    book.push({name: english.replace(last, f"{last}\n{line}"), "tides.md": "# Tides\n\nTwice a day.\n"})
    assert book.sync() == 0
    text = book.text(name)
    # Their captions, options and order stay; the new entry is there once.
    assert text.count(f"{line}\n") == 1 and text.replace(f"{line}\n", "") == spanish
    quiet(book)


LINKS = "# Links\n\nSee [the oars](oars.md#made), :numref:`sec_boats` and {ref}`oars <sec_oars>`. That is all.\n"
ENLACES = "# Enlaces\n\nVéase [los remos](oars.md#made), :numref:`sec_boats` y {ref}`remos <sec_oars>`. No hay más.\n"


def test_renamed_targets_of_links_are_followed_where_english_follows_them(tmp_path: Path) -> None:
    book = world(tmp_path)
    book.push({"oars.md": OARS, "links.md": LINKS})
    files = {"oars.md": "# Remos\n\nUn remo.\n", "oars_origin.md": OARS, "links.md": ENLACES, "links_origin.md": LINKS}
    commit(book.spanish, files, "Remos")
    assert book.sync() == 0 and book.branch() is None
    targets = (("oars.md#made", "gear/oars.md#wood"), ("sec_boats", "sec_ships"), ("sec_oars", "sec_gear_oars"))
    english, spanish = LINKS, ENLACES
    for old, new in targets:
        english, spanish = english.replace(old, new), spanish.replace(old, new)
    renamed = CHAPTER.replace("sec_boats", "sec_ships")
    book.push({"oars.md": None, "gear/oars.md": OARS, "boats.md": renamed, "links.md": english})
    assert book.sync() == 0
    assert book.text("links.md") == spanish
    assert book.text("boats.md") == CAPITULO.replace("sec_boats", "sec_ships")
    assert book.text("gear/oars.md") == "# Remos\n\nUn remo.\n"
    quiet(book)


def test_links_stay_where_english_left_them(tmp_path: Path) -> None:
    book = world(tmp_path)
    book.push({"oars.md": OARS, "links.md": LINKS})
    files = {"oars.md": "# Remos\n\nUn remo.\n", "oars_origin.md": OARS, "links.md": ENLACES, "links_origin.md": LINKS}
    commit(book.spanish, files, "Remos")
    book.push({"oars.md": None, "gear/oars.md": OARS})
    assert book.sync() == 0
    assert "links.md" not in changed(book)


def test_what_travels_takes_no_room_in_a_pull_request(tmp_path: Path) -> None:
    book = world(tmp_path)
    drawing = "<svg>\n" + "One sentence in a drawing. Another one.\n" * 300 + "</svg>\n"
    book.push({"boats.md": with_figure("img/boat.svg"), "img/boat.svg": drawing, "oars.md": OARS})
    assert book.sync("--max-documents", "1", "--path", "boats.md") == 0
    assert book.sync("--max-documents", "2") == 0
    assert {"img/boat.svg", "oars.md"} < set(changed(book))
