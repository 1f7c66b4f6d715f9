"""Nothing that people have not finished is forgotten: stories over real git, however a pull request is merged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fakes.github import GitHub
from support.accounts import SETTINGS, Account
from support.hubs import ENGLISH, Hub, Hubs
from support.worlds import AUTHOR, CAPITULO, CHAPTER, World, commit, world

from bot.cli.main import main
from bot.review.record import Entry, read

ROWED = "Some boats are rowed by tired people."
EDITED = CHAPTER.replace("It has a hull and a mast.", ROWED)
MAST = "Tiene un casco y un mástil."
HUMAN = "Unos remeros cansados mueven barcos."

PERSON = {f"GIT_{role}_{key}": "p@example.org" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}
HOW = ("merge", "squash", "rebase", "fast-forward")


@pytest.fixture
def drafts(tmp_path: Path, account: Account) -> World:
    """A book with an engine that drafts."""
    made = world(tmp_path)
    made.config.write_text(made.config.read_text(encoding="utf-8") + SETTINGS, encoding="utf-8")
    return made


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.clock.time.sleep", lambda seconds: None)


def merge(book: World, how: str = "merge") -> None:
    """What a person does on the server, while others commit elsewhere in the book."""
    git = book.spanish.git
    if how == "fast-forward":
        git.merge("--ff-only", "amts/sync", env=PERSON)
        return
    commit(book.spanish, {"LEEME.md": f"Otra vez: {how}\n"}, "Mientras tanto")
    if how == "squash":
        git.merge("--squash", "amts/sync", env=PERSON)
        book.spanish.index.commit("Squashed", author=AUTHOR, committer=AUTHOR)
    elif how == "rebase":
        git.cherry_pick("main..amts/sync", env=PERSON)
    else:
        git.merge("--no-ff", "--no-edit", "amts/sync", env=PERSON)


def edit(book: World, old: str, new: str, branch: str = "amts/sync") -> None:
    """A translator's commit."""
    text = book.text("boats.md", branch)
    assert old in text
    if branch != "main":
        book.spanish.git.checkout(branch)
    commit(book.spanish, {"boats.md": text.replace(old, new)}, "Terminado")
    book.spanish.git.checkout("main")


def entries(book: World, branch: str = "main") -> tuple[Entry, ...]:
    """The review record of a branch."""
    return read(book.text("amts.review", branch).encode())


def draft(book: World, before: str = "Un barco flota en el agua.", after: str = "*Nota") -> str:
    """What is between two human texts of the pull request."""
    return book.text("boats.md").partition(before)[2].partition(after)[0].strip()


@pytest.mark.parametrize("how", HOW)
def test_english_that_was_merged_waits(tmp_path: Path, how: str, capsys: pytest.CaptureFixture[str]) -> None:
    book = world(tmp_path, "lock" if how == "rebase" else "sibling")
    book.push({"boats.md": EDITED})
    book.sync()
    merge(book, how)
    capsys.readouterr()
    assert book.sync() == 0
    assert "English is unchanged; 1 sentence still waits" in capsys.readouterr().out
    assert [(e.state, e.old_target) for e in entries(book)] == [("english", MAST)]
    # Its English is edited so little that a human translation would have been kept.
    book.push({"boats.md": EDITED.replace("tired people", "very tired people")})
    assert book.sync() == 0
    fresh = "Some boats are rowed by very tired people."
    assert fresh in book.text("boats.md") and ROWED not in book.text("boats.md")
    (entry,) = entries(book, "amts/sync")
    assert (entry.state, entry.old_source, entry.old_target) == ("english", "It has a hull and a mast.", MAST)
    assert MAST in book.page(2) and "Kept" not in book.page(2)
    edit(book, fresh, HUMAN)
    merge(book, "squash")
    capsys.readouterr()
    assert book.sync() == 0
    assert "up to date" in capsys.readouterr().out


def test_a_quiet_sync_counts_what_waits_after_people_worked(drafts: World, capsys: pytest.CaptureFixture[str]) -> None:
    drafts.push({"boats.md": EDITED})
    drafts.sync()
    capsys.readouterr()
    assert drafts.sync() == 0 and "1 sentence still waits in the open" in capsys.readouterr().out
    edit(drafts, draft(drafts), HUMAN)
    assert drafts.sync() == 0 and "up to date" in capsys.readouterr().out


def test_states_are_equal_however_it_was_merged(drafts: World) -> None:
    drafts.push({"boats.md": EDITED.replace("The sail catches the wind.", "The sail catches all the wind.")})
    drafts.sync()
    start = drafts.branch("main")
    found = set()
    for how in HOW:
        drafts.spanish.git.reset("--hard", start)
        merge(drafts, how)
        found.add((drafts.text("amts.review", "main"), drafts.text("boats.md", "main")))
    assert len(found) == 1
    assert [e.state for e in entries(drafts)] == ["draft", "draft"]


def test_the_drafts_of_all_rounds_wait_until_somebody_edits_them(
    drafts: World, capsys: pytest.CaptureFixture[str]
) -> None:
    drafts.push({"boats.md": EDITED})
    drafts.sync()
    first = draft(drafts)
    drafts.push({"boats.md": EDITED.replace("The sail catches the wind.", "Every sail needs strong rope.")})
    drafts.sync()
    second = draft(drafts, "## Velas", "Llamamos")
    page = drafts.page()
    assert first in page and second in page and MAST in page and "La vela atrapa el viento." in page
    edit(drafts, first, HUMAN)
    drafts.push(
        {"boats.md": EDITED.replace("The sail catches the wind.", "Every sail needs strong rope.") + "\nThe end.\n"}
    )
    drafts.sync()
    page = drafts.page()
    assert first not in page and second in page
    merge(drafts, "squash")
    capsys.readouterr()
    drafts.sync()
    assert "English is unchanged; 2 sentences still wait" in capsys.readouterr().out


def test_a_draft_of_a_draft_still_shows_what_people_had_written(drafts: World) -> None:
    drafts.push({"boats.md": EDITED})
    drafts.sync()
    merge(drafts)
    drafts.push({"boats.md": EDITED.replace("tired people", "people who never sleep at all")})
    drafts.sync()
    (entry,) = entries(drafts, "amts/sync")
    assert (entry.state, entry.old_source, entry.old_target) == ("draft", "It has a hull and a mast.", MAST)
    assert MAST in drafts.page(2)


def test_what_people_say_they_reviewed_is_settled(drafts: World, capsys: pytest.CaptureFixture[str]) -> None:
    def reviewed(*path: str) -> int:
        return main(["reviewed", "--config", str(drafts.config), "--language", "es", *path])

    drafts.push({"boats.md": EDITED, "wind.md": "# Wind\n\nStrong winds tear old sails.\n"})
    drafts.sync()
    before = drafts.text("boats.md")
    assert reviewed("LEEME.md") == 1
    assert "no sentence of LEEME.md waits for review" in capsys.readouterr().err
    assert reviewed("boats.md") == 0 and {e.path for e in entries(drafts, "amts/sync")} == {"wind.md"}
    assert drafts.text("boats.md") == before
    # The next draft of the pull request leaves it settled.
    drafts.push(
        {
            "boats.md": EDITED.replace("## Sails", "## All the sails"),
            "wind.md": "# Wind\n\nStrong winds tear old sails.\n",
        }
    )
    drafts.sync()
    assert draft(drafts) not in drafts.page() and [e.path for e in entries(drafts, "amts/sync")].count("boats.md") == 1
    assert reviewed() == 0 and not entries(drafts, "amts/sync") and reviewed() == 1
    merge(drafts, "squash")
    capsys.readouterr()
    assert drafts.sync() == 0 and "up to date" in capsys.readouterr().out
    status = ["status", "--config", str(drafts.config)]
    assert main(status) == 0 and "machine draft" not in capsys.readouterr().out


def test_what_nobody_reviewed_teaches_nothing(drafts: World, tmp_path: Path) -> None:
    drafts.push({"boats.md": EDITED})
    drafts.sync()
    machine = draft(drafts)
    merge(drafts)

    def pairs() -> str:
        place = tmp_path / "pairs.tsv"
        options = ["--config", str(drafts.config), "--language", "es", "--format", "tsv", "--output", str(place)]
        assert main(["parallel-data", "build", *options]) == 0
        return place.read_text(encoding="utf-8")

    assert machine not in pairs() and "Un barco flota en el agua." in pairs()
    edit(drafts, machine, HUMAN, "main")
    assert HUMAN in pairs()


def test_what_nobody_reviewed_is_no_effort_of_people_and_is_in_the_status(drafts: World, tmp_path: Path) -> None:
    def effort() -> list[tuple[str, int]]:
        place = tmp_path / "effort.json"
        assert main(["effort", "--config", str(drafts.config), "--json", str(place)]) == 0
        rows = json.loads(place.read_text(encoding="utf-8"))["months"]
        return [(row["origin"], row["drafts"]) for row in rows if row["drafts"]]

    def states() -> list[tuple[str, int]]:
        place = tmp_path / "status.json"
        assert main(["status", "--config", str(drafts.config), "--json", str(place)]) == 0
        (language,) = json.loads(place.read_text(encoding="utf-8"))["languages"]
        return [(d["state"], d["unreviewed"]) for d in language["documents"]]

    drafts.push({"boats.md": EDITED})
    drafts.sync()
    machine = draft(drafts)
    merge(drafts)
    assert effort() == [] and states() == [("unreviewed", 1)]
    edit(drafts, machine, HUMAN, "main")
    assert states() == [("up to date", 0)]
    drafts.push({"boats.md": EDITED.replace("The sail catches the wind.", "Every sail needs strong rope.")})
    drafts.sync()
    edit(drafts, draft(drafts, "## Velas", "Llamamos"), "Toda vela necesita cabos fuertes.")
    merge(drafts, "squash")
    assert ("machine", 1) in effort()


@pytest.mark.parametrize("broken", ["", "no record\n", '<<<<<<< ours\n{}\n[1]\n{"path": 3}\n', None])
def test_a_broken_record_changes_no_text(drafts: World, broken: str | None) -> None:
    drafts.push({"boats.md": EDITED})
    drafts.sync()
    merge(drafts)
    commit(drafts.spanish, {"amts.review": broken}, "Rota")
    text = drafts.text("boats.md", "main")
    assert drafts.sync() == 0 and drafts.text("boats.md", "main") == text
    drafts.push({"boats.md": EDITED.replace("## Sails", "## All sails")})
    assert drafts.sync() == 0
    assert drafts.text("boats.md").replace(draft(drafts, "*\n", "La vela"), "## Velas") == text


def test_a_kept_sentence_waits_with_the_english_that_people_translated(tmp_path: Path) -> None:
    book = world(tmp_path)
    wind = "The sail catches the wind that comes over the wide bay in the long evenings of summer."
    viento = "La vela atrapa el viento que llega en verano."
    commit(
        book.spanish,
        {
            "boats.md": CAPITULO.replace("La vela atrapa el viento.", viento),
            "boats_origin.md": CHAPTER.replace("The sail catches the wind.", wind),
        },
        "Más",
    )
    book.push({"boats.md": CHAPTER.replace("The sail catches the wind.", wind)})
    assert book.sync() == 0 and book.branch() is None
    for once, (old, new) in enumerate((("wide", "broad"), ("comes", "blows"))):
        wind_now = wind.replace("wide", "broad").replace("comes", "blows" if once else "comes")
        book.push({"boats.md": CHAPTER.replace("The sail catches the wind.", wind_now)})
        book.sync()
        (entry,) = entries(book, "amts/sync")
        assert (entry.state, entry.old_source) == ("kept", wind), (old, new)
        assert viento in book.text("boats.md")
        merge(book)


@pytest.mark.parametrize("squash", [True, False])
def test_on_github_what_was_merged_in_english_comes_back(hubs: Hubs, squash: bool) -> None:
    def fresh(folder: Path, github: GitHub) -> Hub:
        made = Hub(folder, github)
        made.push(ENGLISH, {"boats.md": EDITED})
        assert made.sync(here=True).status == 0
        return made

    with hubs.hub(fresh) as book:
        first = str(book.pulls()[0].body)
        assert first.partition("-->\n")[2].startswith("**Translate 1 sentence.**") and f"Before: {MAST}" in first
        book.github.merge("book/es", 1, squash=squash)
        done = book.sync(here=True)
        assert "English is unchanged; 1 sentence still waits" in done.log and not book.pulls()
        book.push(
            ENGLISH, {"boats.md": EDITED.replace("tired people", "very tired people").replace("# Boats", "# Ships")}
        )
        assert book.sync(here=True).status == 0
        (pull,) = book.pulls()
        assert "Some boats are rowed by very tired people." in str(pull.body) and f"Before: {MAST}" in str(pull.body)
        assert "/edit/amts/sync/boats.md#L4" in str(pull.body)
