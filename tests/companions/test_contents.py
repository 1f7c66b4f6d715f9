"""Tables of contents follow the documents, and keep every other byte."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.baselines.layout import SAME, Layout
from bot.companions import Companions, Sides, Traveller
from bot.companions.contents import contents
from bot.document.tree import Tree

ENGLISH = """\
format: jb-book
root: intro
parts:
  - caption: Boats
    chapters:
      - file: boats
        sections:
          - file: hull
          - file: mast
      - file: oars
        title: On oars
  - caption: Sea
    chapters:
      - file: tides
"""
SPANISH = """\
# Nuestro índice
format: jb-book
root: intro
parts:
- caption: "Mar"   # primero el mar
  chapters:
  - {file: tides, title: Mareas}

- caption: Barcos
  chapters:
  - file: boats   # lo principal
    title: Los barcos
    sections:
    - file: hull
  # notas de traducción
  - url: https://example.org
"""


def traveller(was: str, path: str, source: str = "") -> Traveller:
    return Traveller(was, path, source or path or was, "x" if path else "", "x" if path else "")


def found(
    english: str,
    own: str | bytes,
    *documents: Traveller,
    name: str = "_toc.yml",
    docs: str = "intro boats hull mast oars tides",
    folder: str = "",
    suffix: str = ".md",
    layout: Layout = SAME,
    place: str = "",
) -> Companions:
    pages = {f"{folder}{page}{suffix}": b"" for page in docs.split()}
    gone = {d.source_path for d in documents if not d.path}
    ours = {**pages, place or name: own.encode() if isinstance(own, str) else own}
    for document in documents:
        if document.was != document.path:
            ours.pop(document.path, None)
        if document.was:
            ours[document.was] = b""
    theirs = {name: english.encode(), **{p: b"" for p in pages if p not in gone}}
    theirs |= {d.source_path: b"" for d in documents if d.path}

    def tree(files: Mapping[str, bytes]) -> Tree:
        return Tree({path: path for path in files}, lambda path: files[path])

    return contents(documents, Sides(tree(theirs), tree(ours), layout, bool(place)), {})


def merged(english: str, own: str, *documents: Traveller, name: str = "_toc.yml", **more: str) -> str:
    made = found(english, own, *documents, name=name, **more)  # type: ignore[arg-type]
    assert not made.left, made.left
    return made.files[name].decode()


def test_a_new_document_gets_an_entry_behind_the_one_before_it() -> None:
    text = merged(ENGLISH, SPANISH, traveller("", "mast.md"), traveller("", "oars.md"))
    added = SPANISH.replace(
        "    - file: hull\n", "    - file: hull\n    - file: mast\n  - file: oars\n    title: On oars\n"
    )
    assert text == added
    told = [note.text for note in found(ENGLISH, SPANISH, traveller("", "oars.md")).carried]
    assert told == ["entry of oars.md added; its title is in English"]
    # Then there is nothing to do.
    assert found(ENGLISH, added, traveller("", "mast.md")) == Companions()


def test_a_new_first_document_gets_an_entry_before_the_next() -> None:
    english = ENGLISH.replace("      - file: tides", "      - file: moon\n      - file: sun\n      - file: tides")
    text = merged(english, SPANISH, traveller("", "moon.md"), traveller("", "sun.md"))
    assert text == SPANISH.replace("  - {file: tides", "  - file: moon\n  - file: sun\n  - {file: tides")


def test_new_documents_below_a_new_document_come_with_it() -> None:
    english = ENGLISH + "      - file: moon\n        sections:\n        - file: eclipse\n        - file: hull\n"
    text = merged(english, SPANISH, traveller("", "moon.md"), traveller("", "eclipse.md"))
    new = "  - file: moon\n    sections:\n    - file: eclipse\n"
    assert text == SPANISH.replace("Mareas}\n", "Mareas}\n" + new)
    docs = "intro boats hull mast oars tides eclipse"
    text = merged(english, SPANISH, traveller("", "moon.md"), docs=docs)
    assert text == SPANISH.replace("Mareas}\n", "Mareas}\n  - file: moon\n")


def test_a_moved_document_keeps_its_place_and_title() -> None:
    english = ENGLISH.replace("file: boats", "file: ships/all")
    text = merged(english, SPANISH, traveller("boats.md", "ships/all.md"))
    assert text == SPANISH.replace("file: boats ", "file: ships/all ")


def test_a_deleted_document_loses_its_entry() -> None:
    own = SPANISH.replace("    - file: hull\n", "    - file: hull\n    - file: mast\n      title: El mástil\n")
    assert merged(ENGLISH.replace("          - file: mast\n", ""), own, traveller("mast.md", "")) == SPANISH


def test_additions_moves_and_deletions_at_once() -> None:
    own = SPANISH.replace("    - file: hull\n", "    - file: hull\n    - file: mast\n")
    english = ENGLISH.replace("          - file: mast\n", "").replace("file: hull", "file: shell")
    text = merged(english, own, traveller("mast.md", ""), traveller("hull.md", "shell.md"), traveller("", "oars.md"))
    new = "  - file: oars\n    title: On oars\n"
    assert text == SPANISH.replace("    - file: hull\n", "    - file: shell\n" + new)


NUMBERED = "root: intro\nchapters:\n- file: p/1\n- file: p/2\n- file: p/3\n"
TITLED = "site_name: x\nnav:\n  - Uno: p/1.md\n  - Dos: p/2.md\n  - Tres: p/3.md\n"


@pytest.mark.parametrize("titled", [False, True])
def test_documents_that_move_to_the_paths_of_others_have_one_entry_each(titled: bool) -> None:
    own, name, folder = (TITLED, "mkdocs.yml", "docs/") if titled else (NUMBERED, "_toc.yml", "")
    more = {"name": name, "folder": folder, "docs": "intro p/1 p/2 p/3"}

    def at(was: str, path: str, source: str = "") -> Traveller:
        return traveller(*(f"{folder}p/{name}.md" if name else "" for name in (was, path, source or path or was)))

    # One is put in, one is taken out, and two are exchanged.
    longer = own + ("  - Four: p/4.md\n" if titled else "- file: p/4\n")
    text = merged(longer, own, at("", "2"), at("2", "3"), at("3", "4"), **more)
    new = own.replace("p/3", "p/4").replace("p/2", "p/3").replace("  - Dos", "  - Dos: p/2.md\n  - Dos", 1)
    assert text == (new if titled else longer)
    shorter = own.replace("  - Tres: p/3.md\n", "").replace("- file: p/3\n", "")
    text = merged(shorter, own, at("2", ""), at("3", "2"), **more)
    assert text == (own.replace("  - Dos: p/2.md\n", "").replace("p/3", "p/2") if titled else shorter)
    made = found(own, own, at("1", "2"), at("2", "1"), **more)  # type: ignore[arg-type]
    assert not made.left and made.files.get(name) == (
        own.replace("p/1", "?").replace("p/2", "p/1").replace("?", "p/2").encode() if titled else None
    )


def test_what_has_no_safe_place_is_left_to_people() -> None:
    made = found(ENGLISH + "  - caption: New\n    chapters:\n      - file: moon\n", SPANISH, traveller("", "moon.md"))
    assert not made.files and made.left[0].text == "add an entry of moon.md: no neighbour of it is there"
    made = found(ENGLISH.replace("      - file: tides\n", ""), SPANISH, traveller("tides.md", ""))
    assert not made.files and "the list would be empty" in made.left[0].text
    made = found(ENGLISH.replace("file: boats", "url: x"), SPANISH, traveller("boats.md", ""))
    assert not made.files and "there are entries below it" in made.left[0].text
    twice = SPANISH + "  - file: hull\n"
    made = found(ENGLISH.replace("file: hull", "url: x"), twice, traveller("hull.md", ""))
    assert not made.files and "more than once" in made.left[0].text
    flow = "root: intro\nchapters: [{file: boats}, {file: hull}]\n"
    made = found(ENGLISH.replace("file: hull", "url: x"), flow, traveller("hull.md", ""))
    assert not made.files and "shares its line" in made.left[0].text


@pytest.mark.parametrize(
    ("own", "why"),
    [
        ("- file: [\n", "it is not valid YAML"),
        ("a: &x\n  - file: boats\nb: *x\n", "it uses aliases"),
        ("[" * 5000, "it is not valid YAML"),
        ("# " + "x" * 1_000_001, "more than 1,000,000 characters"),
        (b"\xff\xfe", "byte 0 cannot be decoded"),
    ],
)
def test_a_broken_table_is_left_to_people(own: str | bytes, why: str) -> None:
    made = found(ENGLISH, own, traveller("", "oars.md"))
    assert not made.files and why in made.left[0].text and "check the entries of oars.md" in made.left[0].text


MKDOCS = """\
site_name: Boats
nav:
  - Home: index.md
  - Guide:
      - guide/boats.md
      - Oars: guide/oars.md
not_in_nav:
  - guide/oars.md
plugins:
  - redirects:
      redirect_maps: {old.md: guide/oars.md}
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
"""


def test_the_navigation_of_mkdocs() -> None:
    own = MKDOCS.replace("Boats", "Barcos").replace("Guide", "Guía").replace("      - Oars: guide/oars.md\n", "")
    docs = {"name": "mkdocs.yml", "docs": "index guide/boats guide/oars", "folder": "docs/"}
    text = merged(MKDOCS, own, traveller("", "docs/guide/oars.md"), **docs)
    assert text == own.replace("guide/boats.md\n", "guide/boats.md\n      - Oars: guide/oars.md\n")
    moved = MKDOCS.replace("  - Home: index.md", "  - Home: start.md")
    text = merged(
        moved,
        own.replace("Home: index.md", "'Inicio': \"index.md\""),
        traveller("docs/index.md", "docs/start.md"),
        **docs,
    )
    assert text == own.replace("Home: index.md", "'Inicio': \"start.md\"")
    text = merged(MKDOCS.replace("      - guide/boats.md\n", ""), MKDOCS, traveller("docs/guide/boats.md", ""), **docs)
    assert text == MKDOCS.replace("      - guide/boats.md\n", "")


QUARTO = """\
project:
  type: book
book:
  chapters:
    - index.qmd
    - part: Sea
      chapters:
        - boats.qmd
        - oars.qmd
"""


@pytest.mark.parametrize("end", ["", "\r\n"])
def test_the_chapters_of_quarto(end: str) -> None:
    own = QUARTO.replace("Sea", "Mar").replace("        - oars.qmd\n", "").replace("\n", "\r\n").rstrip()
    more = {"name": "_quarto.yml", "docs": "index boats oars", "suffix": ".qmd"}
    text = merged(QUARTO, own + end, traveller("", "oars.qmd"), **more)
    assert text == own + "\r\n        - oars.qmd\r\n"


def test_a_program_is_only_looked_at() -> None:
    english = "module.exports = {docs: ['intro', {items: ['guide/oars', \"boats\"]}]};\n"
    own = "module.exports = {docs: ['intro', 'hull']};\n"
    made = found(english, own, traveller("", "docs/guide/oars.md"), traveller("docs/hull.md", ""), name="sidebars.js")
    assert not made.files
    assert [n.text for n in made.left] == [
        "add an entry of docs/guide/oars.md, as English has",
        "remove the entry of docs/hull.md, as in English",
    ]


def test_a_table_that_english_shares_or_the_translation_lacks_is_none_of_our_business() -> None:
    layout = Layout("es", "i18n/{lang}/{path}", "{path}")
    made = found(MKDOCS, MKDOCS, traveller("", "i18n/es/x.md", "x.md"), name="mkdocs.yml", layout=layout, place="y")
    assert made == Companions()
    assert found(ENGLISH, SPANISH, traveller("boats.md", "boats.md")) == Companions()


@pytest.mark.parametrize("path", ["a: b.md", "x #y.md", "[z].md"])
def test_a_path_that_cannot_be_written_plainly_is_left_to_people(path: str) -> None:
    quoted = ENGLISH.replace("file: boats", f"file: '{path}'")
    made = found(quoted, SPANISH, traveller("boats.md", path))
    assert not made.files and "cannot be written in the same way" in made.left[0].text
