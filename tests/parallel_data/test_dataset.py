"""Parallel data from the command line: the same bytes for the same book, and every pair accounted for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from support.worlds import World, commit, world

from bot.alignment.translation_unit import Provenance, TranslationUnit
from bot.cli.main import main
from bot.parallel_data.dataset import ParallelData, for_engine, join

ROPES = "# Ropes\n\nRopes hold boats. A *good* rope never breaks.\n\nRopes hold boats.\n"
CUERDAS = "# Cuerdas\n\nLas cuerdas sujetan barcos. Una *buena* cuerda nunca se rompe.\n\nLa cuerda sujeta barcos.\n"


@pytest.fixture
def book(tmp_path: Path) -> World:
    made = world(tmp_path)
    made.push({"ropes.md": ROPES})
    commit(made.spanish, {"ropes.md": CUERDAS, "ropes_origin.md": ROPES}, "Cuerdas")
    return made


def build(book: World, *more: str, name: str = "pairs.csv") -> tuple[bytes, dict[str, object]]:
    """The file and the report of ``amts parallel-data build``."""
    out, report = book.folder / name, book.folder / "report.json"
    words = ["parallel-data", "build", "--config", str(book.config), "--language", "es", "-o", str(out)]
    assert main([*words, "--report", str(report), *more]) == 0
    return out.read_bytes(), json.loads(report.read_text(encoding="utf-8"))


def rows(data: bytes, delimiter: str = ",") -> list[Sequence[str]]:
    return list(csv.reader(io.StringIO(data.decode()), delimiter=delimiter))[1:]


def test_the_same_book_gives_the_same_bytes_in_every_format(book: World) -> None:
    for name in ("a.csv", "a.tsv", "a.tmx"):
        first, told = build(book, name=name)
        second, again = build(book, name=name)
        assert first == second and told == again and len(str(told["content_hash"])) == 64
        assert b"A good rope never breaks." in first and b"es" in first.splitlines()[0] + first


def test_an_edited_document_changes_its_own_pairs_only(book: World) -> None:
    before = rows(build(book)[0])
    text = CUERDAS.replace("Una *buena* cuerda nunca se rompe.", "Una *buena* soga jamás se rompe.")
    commit(book.spanish, {"ropes.md": text}, "Soga")
    after = rows(build(book)[0])
    assert [r for r in after if r not in before] == [["A good rope never breaks.", "Una buena soga jamás se rompe."]]
    assert [r for r in before if r not in after] == [["A good rope never breaks.", "Una buena cuerda nunca se rompe."]]


def test_engines_get_one_translation_each_and_memories_get_all(book: World) -> None:
    engine, told = build(book)
    assert [r for r in rows(engine) if r[0] == "Ropes hold boats."] == [
        ["Ropes hold boats.", "Las cuerdas sujetan barcos."]
    ]
    dropped = told["dropped"]
    assert isinstance(dropped, dict) and dropped["older translation"] == 1
    memory, everything = build(book, "--for", "memory")
    assert ["A *good* rope never breaks.", "Una *buena* cuerda nunca se rompe."] in rows(memory)
    assert len([r for r in rows(memory) if r[0] == "Ropes hold boats."]) == 2
    for report in (told, everything):
        assert isinstance(report["dropped"], dict) and isinstance(report["provenance"], list)
        assert report["aligned"] == report["kept"] + sum(report["dropped"].values())
        assert len(report["provenance"]) == report["kept"]


def test_the_provenance_names_document_block_and_commit(book: World) -> None:
    first = book.spanish.head.commit.parents[0].hexsha
    last = book.spanish.head.commit.hexsha
    told = build(book)[1]["provenance"]
    assert isinstance(told, list)
    assert ["boats.md", 1, first] in told and ["ropes.md", 2, last] in told


def test_the_newest_of_several_translations_wins(book: World, monkeypatch: pytest.MonkeyPatch) -> None:
    # The second one is mended later, and so becomes the newer one.
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_DATE", "1714564900 +0000")
    commit(book.spanish, {"ropes.md": CUERDAS.replace("La cuerda sujeta", "Una cuerda sujeta")}, "Después")
    assert ["Ropes hold boats.", "Una cuerda sujeta barcos."] in rows(build(book)[0])


def test_documents_can_be_left_out_and_paragraphs_asked_for(book: World) -> None:
    assert all("ope" not in r[0] for r in rows(build(book, "--without", "ropes.md")[0]))
    paragraphs = rows(build(book, "--granularity", "paragraph")[0])
    whole = "Las cuerdas sujetan barcos. Una buena cuerda nunca se rompe."
    assert ["Ropes hold boats. A good rope never breaks.", whole] in paragraphs


def test_only_what_was_merged_is_learned(book: World) -> None:
    book.push({"ropes.md": ROPES.replace("Ropes hold boats.", "Ropes hold big boats.", 1)})
    before = build(book)[0]
    assert book.sync() == 0
    assert build(book)[0] == before


def test_more_pairs_from_files_and_folders(book: World) -> None:
    (book.folder / "more.csv").write_text("en,es\nThe sail is dry.,La vela está seca.\nx,\n", encoding="utf-8")
    for name, text in (("in/a/knots.md", "A knot ties ropes.\n"), ("out/a/knots.md", "Un nudo ata cuerdas.\n")):
        (book.folder / name).parent.mkdir(parents=True)
        (book.folder / name).write_text(text, encoding="utf-8")
    places = ["--from", str(book.folder / "more.csv"), "--from", str(book.folder / "in"), str(book.folder / "out")]
    data, told = build(book, *places, "--subject", "0")
    assert ["The sail is dry.", "La vela está seca."] in rows(data)
    assert ["A knot ties ropes.", "Un nudo ata cuerdas."] in rows(data)
    assert isinstance(told["dropped"], dict) and told["dropped"]["empty"] == 1


def test_the_books_own_translators_win_over_pairs_from_elsewhere(book: World) -> None:
    (book.folder / "more.csv").write_text("en,es\nThe sail catches the wind.,Otra cosa.\n", encoding="utf-8")
    data = rows(build(book, "--from", str(book.folder / "more.csv"), "--subject", "0")[0])
    assert ["The sail catches the wind.", "La vela atrapa el viento."] in data


def test_what_is_on_another_subject_is_dropped_and_counted(book: World) -> None:
    lines = [f"Bake the {w} dough with butter.,Hornea la masa {w} con mantequilla." for w in ("dark", "sour", "flat")]
    (book.folder / "bread.csv").write_text("\n".join(["en,es", *lines]), encoding="utf-8")
    data, told = build(book, "--from", str(book.folder / "bread.csv"))
    assert b"dough" not in data
    assert isinstance(told["dropped"], dict) and told["dropped"]["other subject"] == 3


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--from", "nowhere.tmx"], "nowhere.tmx cannot be read"),
        (["--from", "en", "nowhere"], "nowhere is not a folder"),
        (["--from", "en"], "en is not a source of pairs"),
        (["--from", "amts.yml"], "no known format"),
        (["--language", "fr"], "no language fr"),
    ],
)
def test_bad_sources_are_told(
    book: World, more: list[str], told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(book.folder)
    assert main(["parallel-data", "build", "--language", "es", "-o", "x.csv", *more]) == 1
    error = capsys.readouterr().err
    assert told in error and "Traceback" not in error
    assert not (book.folder / "x.csv").exists()


def unit(source: str, target: str, time: int, n: int = 1) -> TranslationUnit:
    return TranslationUnit(source, target, Provenance("a.md", n, "", time))


def test_amazon_gets_the_newest_then_the_most_frequent() -> None:
    data = ParallelData(("en", "zh"), "sentence", (unit("a", "旧", 1), unit("a", "新", 2), unit("a", "旧", 1)), 1, 3)
    assert [u.target for u in for_engine(data, "csv").units] == ["新"]
    same = replace(data, units=tuple(replace(u, provenance=Provenance("a.md", 1)) for u in data.units))
    done = for_engine(same, "csv")
    assert [u.target for u in done.units] == ["旧"]
    assert dict(done.dropped) == {"duplicate": 1, "older translation": 1}


def test_the_hash_is_that_of_the_pairs() -> None:
    one = ParallelData(("en", "zh"), "sentence", (unit("a", "甲", 1),))
    assert one.content_hash == replace(one, units=(unit("a", "甲", 2, 9),)).content_hash
    assert one.content_hash != replace(one, units=(unit("a", "乙", 1),)).content_hash
    assert one.content_hash != join([one, one]).content_hash
