"""``amts effort``: what people made of the drafts, from the history of real repositories."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Any

import git
import pytest
from lxml import etree
from support.worlds import CAPITULO, CHAPTER, World, commit, world

from bot.cli.main import main
from bot.contracts import BOT_EMAIL, BRANCH, TRAILER
from bot.effort.figures import Effort, Figures, Month, measured
from bot.effort.post_editing import PostEdit, Step, aligned, post_edits
from bot.effort.ter import edits
from bot.forges.branches import afresh, is_merged
from bot.repositories.repository import Repository

WINDS = "Strong winds tear old sails apart."
VIENTOS = "Los vientos fuertes rompen las velas viejas."
OARS = "Long oars move heavy boats."
REMOS = "Los remos largos mueven barcos pesados."
MAST = "Every mast is made of wood."
PERSON = {f"GIT_{role}_{key}": "p@example.org" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}


@dataclass(frozen=True)
class Site:
    """A world whose drafts are written by the test, as an engine would."""

    world: World

    @property
    def git(self) -> git.Repo:
        return self.world.spanish

    def draft(self, english: str, spanish: str) -> None:
        """The bot's commit on its branch, on top of what is open there, else on the default branch."""
        pushed = self.world.push({"boats.md": english})
        repository = Repository.open(self.world.folder / "es")
        main, head = repository.branch("main"), repository.branch(BRANCH)
        assert main
        parents = afresh(repository, main, head).parents if not head or is_merged(repository, head, main) else (head,)
        changes: Mapping[str, bytes] = {"boats.md": spanish.encode(), "boats_origin.md": english.encode()}
        message = f"Sync es with English {pushed[:10]}\n\n{TRAILER}: {pushed}\n"
        made = repository.commit(parents, parents[-1], changes, message)
        assert repository.move_branch(BRANCH, made, head)

    def finish(self, *changes: tuple[str, str]) -> None:
        """A translator's commit on the branch."""
        text = self.world.text("boats.md")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        self.git.git.checkout("--quiet", BRANCH)
        commit(self.git, {"boats.md": text}, "Terminado")
        self.git.git.checkout("--quiet", "main")

    def merge(self, how: str = "merge", month: str = "2024-05") -> None:
        """What a person does; ``how`` is merge, squash, rebase or ff."""
        env = {"GIT_AUTHOR_DATE": f"{month}-03T12:00:00+00:00", "GIT_COMMITTER_DATE": f"{month}-03T12:00:00+00:00"}
        env |= PERSON
        if how == "squash":
            self.git.git.merge("--squash", BRANCH, env=env)
            self.git.git.commit("--no-edit", env=env)
        elif how == "rebase":
            for key in ("NAME", "EMAIL", "DATE"):
                del env[f"GIT_AUTHOR_{key}"]
            # Another parent, or git would fast-forward.
            commit(self.git, {"LEEME.md": "Otra vez\n"}, "Mientras tanto")
            self.git.git.cherry_pick(f"main..{BRANCH}", env=env)
        else:
            self.git.git.merge("--no-ff" if how == "merge" else "--ff-only", "--no-edit", BRANCH, env=env)

    def run(self, *words: str) -> int:
        return main(["effort", "--config", str(self.world.config), *words])

    def figures(self, *words: str) -> list[dict[str, Any]]:
        """The rows of all months."""
        place = self.world.folder / "effort.json"
        assert self.run("--json", str(place), *words) == 0
        return list(json.loads(place.read_text(encoding="utf-8"))["months"])

    def of(self, origin: str = "all") -> dict[str, Any]:
        """The only row of an origin."""
        (row,) = [r for r in self.figures() if r["origin"] == origin]
        return row


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(world(tmp_path))


def added(text: str, *sentences: str) -> str:
    return text + "\n" + "\n\n".join(sentences) + "\n"


def test_an_untouched_merge_saves_everything(site: Site) -> None:
    site.draft(added(CHAPTER, WINDS), added(CAPITULO, VIENTOS))
    site.merge()
    row = site.of()
    assert (row["drafts"], row["untouched"], row["workload"], row["hter"]) == (1, 1.0, 1.0, 0.0)
    assert (row["edited"], row["unaided"], row["pull_requests"]) == (0, len(VIENTOS), 1)


@pytest.mark.parametrize("how", ["merge", "squash", "rebase", "ff"])
def test_an_edit_counts_its_characters_however_it_was_merged(site: Site, how: str) -> None:
    site.draft(added(CHAPTER, WINDS, OARS), added(CAPITULO, VIENTOS, REMOS))
    site.finish(("vientos fuertes", "vientos recios"))
    site.merge(how)
    final = VIENTOS.replace("fuertes", "recios")
    row = site.of()
    assert row["edited"] == 5 and row["unaided"] == len(final + REMOS)
    assert row["workload"] == pytest.approx(1 - 5 / len(final + REMOS), abs=1e-4)
    # One word of 8 and 7, the full stops among them.
    assert row["untouched"] == 0.5 and row["hter"] == pytest.approx(1 / 15, abs=1e-4)
    assert row["unmeasured"] == 0 and row["month"] == "2024-05"


def test_what_was_left_in_english_counts_in_full(site: Site) -> None:
    site.draft(added(CHAPTER, WINDS, OARS), added(CAPITULO, WINDS, REMOS))
    site.finish((WINDS, VIENTOS))
    site.merge()
    row = site.of("english")
    assert (row["sentences"], row["drafts"], row["edited"], row["unaided"]) == (1, 0, len(VIENTOS), len(VIENTOS))
    assert site.of()["workload"] == pytest.approx(len(REMOS) / len(VIENTOS + REMOS), abs=1e-4)


def test_what_was_merged_in_english_is_no_work_saved(site: Site) -> None:
    site.draft(added(CHAPTER, WINDS), added(CAPITULO, WINDS))
    site.merge()
    row = site.of()
    assert row["drafts"] == 0 and row["untouched"] is None and row["workload"] == 0.0 and row["edited"] > 20


def test_origins_are_told_apart(site: Site) -> None:
    english = added(CHAPTER.replace("It has a hull and a mast.", "It has a hull, and also a mast."), WINDS, OARS, MAST)
    english += "\nThe sail catches the wind.\n"
    site.draft(english, added(CAPITULO, VIENTOS, OARS, "Cada mástil es de madera.", "La vela atrapa el viento."))
    site.finish(("un casco y un mástil", "un casco y también un mástil"))
    site.merge()
    rows = {r["origin"]: r for r in site.figures()}
    assert rows["machine"]["sentences"] == 2 and rows["english"]["sentences"] == 1
    kept = rows.get("kept")
    assert kept is None or (kept["edited"] == kept["unaided"] == len("también "))


@pytest.mark.parametrize("kind", ["sibling", "lock"])
def test_a_sentence_of_the_book_is_reused_from_end_to_end(tmp_path: Path, kind: str) -> None:
    site = Site(world(tmp_path, kind))
    site.world.push({"more.md": "# More boats\n\nThe sail catches the wind. A boat floats on water.\n"})
    assert site.world.sync() == 0
    site.merge()
    row = site.of("reused")
    assert (row["sentences"], row["untouched"], row["workload"]) == (2, 1.0, 1.0)
    assert site.of("english")["sentences"] == 1


SUBJECTS = {"boat": "barco", "sail": "vela", "mast": "mástil", "rope": "cabo", "oar": "remo", "hull": "casco"}
VERBS = {"moves": "mueve", "hides": "esconde", "holds": "sujeta", "hits": "golpea", "cuts": "corta", "lifts": "levanta"}


def test_a_repaired_translation_is_a_class_of_its_own_from_end_to_end(site: Site) -> None:
    english = [f"The {one} {verb} the {other}." for verb in VERBS for one, other in permutations(SUBJECTS, 2)][::3]
    spanish = [f"El {a} {v} el {b}." for v in VERBS.values() for a, b in permutations(SUBJECTS.values(), 2)][::3]
    old, viejo = "The boat moves the old rope.", "El barco mueve el viejo cabo."
    before = "# Words\n\n" + "\n\n".join([*english, old]) + "\n"
    site.world.push({"words.md": before})
    target = before.replace("\n\n".join([*english, old]), "\n\n".join([*spanish, viejo]))
    commit(site.git, {"words.md": target, "words_origin.md": before}, "Palabras")
    site.world.push({"words.md": before.replace(old, "The boat hides the old oar.")})
    assert site.world.sync() == 0
    assert "El barco esconde el viejo remo." in site.world.text("words.md")
    site.git.git.checkout("--quiet", BRANCH)
    finished = site.world.text("words.md").replace("viejo remo", "remo viejo")
    commit(site.git, {"words.md": finished}, "Terminado")
    site.git.git.checkout("--quiet", "main")
    site.merge()
    rows = {r["origin"]: r for r in site.figures()}
    assert (rows["repaired"]["sentences"], rows["repaired"]["untouched"]) == (1, 0.0)
    assert 0 < rows["repaired"]["edited"] < rows["repaired"]["unaided"] and rows["repaired"]["hter"] > 0
    assert rows["all"]["drafts"] == 1 and "machine" not in rows


def test_a_kept_sentence_counts_what_people_edited_of_it_on_both_sides(site: Site) -> None:
    long = "The sail catches the wind which blows over the sea all day long and then some more."
    spanish = "La vela atrapa el viento que sopla todo el día y algo más sobre el mar."
    commit(site.git, {"boats.md": added(CAPITULO, spanish), "boats_origin.md": added(CHAPTER, long)}, "More")
    site.world.push({"boats.md": added(CHAPTER, long)})
    site.draft(added(CHAPTER, long.replace("which", "that"), WINDS), added(CAPITULO, spanish, VIENTOS))
    site.finish(("todo el día", "el día entero"))
    site.merge()
    row = site.of("kept")
    assert (row["sentences"], row["drafts"], row["untouched"]) == (1, 0, 0.0) and row["edited"] == row["unaided"] > 0
    assert site.of("machine")["workload"] == 1.0


@pytest.mark.parametrize("end", ["open", "deleted", "nothing"])
def test_only_what_was_merged_counts(site: Site, end: str, capsys: pytest.CaptureFixture[str]) -> None:
    if end != "nothing":
        site.draft(added(CHAPTER, WINDS), added(CAPITULO, VIENTOS))
    if end == "deleted":
        site.git.git.branch("-D", BRANCH)
    assert site.run() == 1
    told = capsys.readouterr().err
    assert "nothing can be measured for es yet" in told and "no pull request of the bot has been merged" in told


def test_a_refused_one_that_github_remembers_does_not_count(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.draft(added(CHAPTER, WINDS), added(CAPITULO, "Un borrador que nadie quiso."))
    site.git.git.update_ref("refs/pull/1/head", BRANCH)
    site.git.git.branch("-D", BRANCH)
    commit(site.git, {"LEEME.md": "Hola, hola\n"}, "Mientras tanto")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "1714565000 +0000")
    site.draft(added(CHAPTER, WINDS), added(CAPITULO, VIENTOS))
    site.merge("squash")
    assert (site.of()["pull_requests"], site.of()["untouched"]) == (1, 1.0)


def test_months_add_up(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.draft(added(CHAPTER, WINDS), added(CAPITULO, VIENTOS))
    site.merge("squash", "2024-05")
    site.draft(added(CHAPTER, WINDS, OARS), added(CAPITULO, VIENTOS, REMOS))
    site.finish((REMOS, "Los remos mueven barcos."))
    site.merge("merge", "2024-06")
    rows = [(r["month"], r["drafts"], r["untouched"]) for r in site.figures() if r["origin"] == "all"]
    assert rows == [("2024-05", 1, 1.0), ("2024-06", 1, 0.0)]
    assert [r["month"] for r in site.figures("--since", "2024-06") if r["origin"] == "all"] == ["2024-06"]
    assert "es" in capsys.readouterr().out
    assert site.run("--since", "2025-01") == 1 and "nothing was merged since 2025-01" in capsys.readouterr().err


def test_fast_forwards_are_told_apart_by_their_pages(site: Site) -> None:
    reused = "The sail catches the wind."
    for number in range(2):
        site.world.push({f"more{number}.md": f"# Boats\n\n{reused}\n"})
        assert site.world.sync() == 0
        site.merge("ff")
    assert site.of()["pull_requests"] == 2
    (site.world.folder / "pull-requests/es-1.md").unlink()
    assert site.of()["pull_requests"] == 1


def test_a_squash_whose_drafts_are_gone_is_told_and_not_counted(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.draft(added(CHAPTER, WINDS), added(CAPITULO, VIENTOS))
    site.merge("squash")
    head = site.world.branch()
    site.git.git.branch("-D", BRANCH)
    row = site.of()
    assert (row["unmeasured"], row["pull_requests"], row["drafts"], row["untouched"]) == (1, 0, 0, None)
    assert "1 merged pull request could not be measured" in capsys.readouterr().out
    # GitHub still has it.
    site.git.git.update_ref("refs/pull/7/head", head)
    assert (site.of()["unmeasured"], site.of()["untouched"]) == (0, 1.0)


def test_a_squash_under_the_name_of_the_bot_is_no_draft(site: Site) -> None:
    """As GitHub writes it for the author of the pull request."""
    site.draft(added(CHAPTER, WINDS), added(CAPITULO, "Un borrador malo."))
    told = site.git.git.log("-1", "--format=%B", BRANCH)
    site.finish(("Un borrador malo.", VIENTOS))
    site.git.git.merge("--squash", BRANCH)
    site.git.git.commit(f"--message={told}", f"--author=AMTS <{BOT_EMAIL}>", env=PERSON)
    assert (site.of()["unmeasured"], site.of()["drafts"], site.of()["untouched"]) == (0, 1, 0.0)
    site.git.git.branch("-D", BRANCH)
    assert (site.of()["unmeasured"], site.of()["drafts"]) == (1, 0)


def test_a_draft_that_the_bot_replaced_is_not_counted(site: Site) -> None:
    site.draft(added(CHAPTER, WINDS), added(CAPITULO, "Un borrador malo."))
    site.draft(added(CHAPTER, OARS), added(CAPITULO, REMOS))
    site.finish((REMOS, REMOS[:-1] + "!"))
    site.merge()
    row = site.of()
    assert (row["drafts"], row["untouched"], row["edited"]) == (1, 0.0, 1)


def test_a_renamed_document_is_no_draft(site: Site) -> None:
    site.git.git.checkout("--quiet", "-b", "work")
    site.git.git.checkout("--quiet", "main")
    site.world.push({"boats.md": None, "ships.md": added(CHAPTER, WINDS)})
    assert site.world.sync() == 0
    site.merge()
    assert {r["origin"]: r["sentences"] for r in site.figures()} == {"all": 1, "english": 1}


def test_every_form_can_be_read(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.draft(added(CHAPTER, WINDS), added(CAPITULO, VIENTOS))
    site.merge()
    places = {form: site.world.folder / f"effort.{form}" for form in ("json", "csv", "markdown", "chart")}
    assert site.run(*(word for form, place in places.items() for word in (f"--{form}", str(place)))) == 0
    text = {form: place.read_text(encoding="utf-8") for form, place in places.items()}
    told = json.loads(text["json"])
    rows = list(csv.DictReader(text["csv"].splitlines()))
    assert [list(row) for row in rows] == [list(row) for row in told["months"]]
    assert rows[0]["workload"] == "1.0" and told["totals"][0]["workload"] == 1.0
    tables = [line for line in text["markdown"].splitlines() if line.startswith("|")]
    assert "| es | 2024-05 | 1 | 1 | 100.0% | 0.000 | 0 | 0 | 44 | 100.0% |" in tables
    assert len({line.count("|") for line in tables[:3]}) == 1
    picture = etree.fromstring(text["chart"].encode())
    words = {t.text for t in picture.iter("{http://www.w3.org/2000/svg}text")}
    assert {"es 2024-05", "100%"} <= words and "<script" not in text["chart"] and 'href="http' not in text["chart"]
    assert "es" in capsys.readouterr().out and str(site.world.folder) not in "".join(text.values())


@pytest.mark.parametrize(("word", "status"), [("2024-13", 2), ("May", 2)])
def test_a_month_is_a_month(site: Site, word: str, status: int) -> None:
    with pytest.raises(SystemExit) as ended:
        site.run("--since", word)
    assert ended.value.code == status


@pytest.mark.parametrize(
    ("language", "draft", "final", "expected"),
    [
        ("es", "Los remos largos", "Los remos cortos", (1, 3)),
        ("es", "uno dos tres cuatro", "cuatro uno dos tres", (1, 4)),
        ("zh", "小船在水上漂。", "小船在水上漂浮。", (1, 8)),
        ("ja", "ひらがなと nn.Linear", "カタカナと nn.Linear", (4, 8)),
        ("th", "เรือลอย nn.Linear", "เรือ nn.Linear", (3, 7)),
        ("ko", "배는 물에 뜬다.", "배는 물에 떠 있다.", (2, 5)),
    ],
)
def test_the_edit_rate_counts_words_or_characters(
    language: str, draft: str, final: str, expected: tuple[int, int]
) -> None:
    assert edits(draft, final, language) == expected


def test_sentences_are_followed_through_splits_joins_and_removals() -> None:
    assert aligned(["a b c d", "e"], ["a b", "c d", "e"]) == [(range(0, 1), range(0, 2)), (range(1, 2), range(2, 3))]
    assert aligned(["one boat", "two boats"], ["one boat, two boats"]) == [(range(0, 2), range(0, 1))]
    assert aligned(["gone for good", "stays"], ["stays"])[0] == (range(0, 1), range(0, 0))
    step = Step("# Uno\n", "# Uno\n\nUn borrador largo. Otro borrador.\n", ("# One\n", "# One\n\nTwo. Three.\n"))
    found = post_edits([step], "# Uno\n\nUn borrador. Y largo.\n", "es", reusable=lambda s: False)
    assert [e.draft for e in found] == ["Un borrador largo.", "Otro borrador."]
    assert all(e.origin == "machine" and not e.untouched for e in found)
    (one, other) = post_edits([step], "# Uno\n\nUn borrador largo.\n", "es", reusable=lambda s: False)
    assert one.untouched and other.final == ""


def test_figures_of_nothing_are_none() -> None:
    nothing = Figures(())
    assert (nothing.untouched, nothing.hter, nothing.workload) == (None, None, None)
    assert Effort((Month("zh", "2024-05", 0, nothing, 1),)).total().unmeasured == 1


def test_a_removed_draft_costs_and_saves_nothing() -> None:
    found = measured(PostEdit("machine", "borrador", ""), "es", 1.0)
    assert (found.edited, found.unaided, found.words) == (8, 0, 0)


def test_the_flavour_of_the_book_decides_what_is_prose() -> None:
    english, draft = "A boat floats.\n\n    It has a hull.\n", "Un barco flota.\n\n    Lleva casco.\n"
    step = Step("Un barco flota.\n", draft, ("A boat floats.\n", english))
    found = [post_edits([step], draft, "es", reusable=lambda s: False, flavour=f) for f in ("mdx", "commonmark", None)]
    assert [[e.draft for e in edits] for edits in found] == [["Lleva casco."], [], []]
