"""``amts evaluate --revisions``: what people revised in the history of a real repository, and drafts of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein
from support.worlds import World, commit, world

from bot.cli.main import main
from bot.cli.options import composed
from bot.contracts import BOT_EMAIL, TRAILER
from bot.engines import Answer, Batch, Result
from bot.engines.resources import Resources
from bot.evaluation.evaluate import Translated
from bot.evaluation.revised import evaluate
from bot.evaluation.revisions import revisions
from bot.sync.corpus import merged_corpus

NOUNS = {"boat": "barco", "sail": "vela", "mast": "mástil", "rope": "cabo", "oar": "remo", "hull": "casco"}
VERBS = {"moves": "mueve", "hides": "esconde", "holds": "sujeta", "hits": "golpea", "cuts": "corta", "lifts": "levanta"}
ENGLISH = [f"The {one} {verb} the {other}." for verb in VERBS for one, other in permutations(NOUNS, 2)][::3]
SPANISH = [f"El {one} {v} el {two}." for v in VERBS.values() for one, two in permutations(NOUNS.values(), 2)][::3]

OLD, VIEJO = "The boat moves the old rope.", "El barco mueve el viejo cabo."
NEW, NUEVO = "The boat hides the old oar.", "El barco esconde el viejo remo."
STAYS, QUEDA = "A good sailor keeps every sail dry.", "Un buen marinero cuida las velas."
SAID = "A good sailor always dries his sails."
PERSON = {f"GIT_{role}_{key}": "p@example.org" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}


def text(*sentences: str) -> str:
    return "# Words\n\n" + "\n\n".join(sentences) + "\n"


@dataclass(frozen=True)
class Site:
    """A book whose history the test writes, with ``english`` recorded beside each translation, or in a lock."""

    world: World

    def people(self, english: str, spanish: str, author: str = "person@example.org", message: str = "Cambio") -> None:
        """A commit of the translation together with the English that it follows."""
        self.world.push({"words.md": english})
        repo = self.world.spanish
        commit(repo, {"words.md": spanish, "words_origin.md": english}, message)
        repo.git.commit("--amend", "--no-edit", f"--author=A <{author}>", env=PERSON)

    def run(self, *words: str) -> int:
        return main(["evaluate", "--config", str(self.world.config), "--language", "es", "--revisions", *words])


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(world(tmp_path))
    made.people(text(*ENGLISH, OLD, STAYS), text(*SPANISH, VIEJO, QUEDA))
    return made


@dataclass
class Recorder:
    """An engine that keeps what it could learn from, and translates nothing well."""

    known: list[Resources] = field(default_factory=list)
    name: str = "neural"
    asynchronous: bool = False

    def translate(self, batch: Batch, resources: Resources) -> Result:
        self.known.append(resources)
        return Result({key: Answer("El gato duerme.", "engine") for key in batch.segments}, 0)


def test_what_people_revised_is_drafted_and_compared(site: Site, tmp_path: Path) -> None:
    site.people(text(*ENGLISH, NEW, STAYS), text(*SPANISH, NUEVO, QUEDA))
    place = tmp_path / "json"
    assert site.run("--json", str(place)) == 0
    found = json.loads(place.read_text(encoding="utf-8"))
    assert (found["revisions"], found["unchanged"]) == (1, 0)
    stale, repair = found["arms"]
    assert (stale["arm"], stale["made"], stale["untouched"]) == ("stale", 1, 0)
    assert (
        stale["typed"] == Levenshtein.distance(VIEJO, NUEVO)
        and stale["unaided"] == len(NUEVO)
        and 0 < stale["hter"] < 1
    )
    assert (repair["arm"], repair["untouched"], repair["typed"], repair["hter"]) == ("repair", 1, 0, 0.0)
    assert repair["workload"] == 1.0 and sum(band["number"] for band in repair["bands"]) == 1


def test_nothing_is_learned_from_a_revised_sentence(site: Site) -> None:
    site.people(text(*ENGLISH, NEW, STAYS), text(*SPANISH, NUEVO, QUEDA))
    made = composed(site.world.config)
    english, edition = made.english(), made.language("es", ("memory_only",))
    documents = tuple(merged_corpus(english, edition, edition.forge.base()).documents())
    engine = Recorder()
    found = evaluate(Translated(("en", "es"), documents), revisions(english, edition), ["neural"], lambda _: engine)
    (resources,) = engine.known
    said = {side for unit in resources.parallel_data.units for side in (unit.source, unit.target)}
    assert said and not said & {OLD, VIEJO, NEW, NUEVO}
    assert found.leaked >= 1 and found.pairs == len(resources.parallel_data.units)
    fresh, choice = found.arms[2:]
    assert (fresh.name, fresh.drafts[0].text) == ("neural, fresh", "El gato duerme.")
    assert (choice.name, choice.figures.made) == ("neural, choice", 1)


def test_what_people_left_as_it_was_is_counted_and_not_scored(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.people(text(*ENGLISH, NEW, SAID), text(*SPANISH, NUEVO, QUEDA))
    assert site.run() == 0
    told = capsys.readouterr().out
    assert told.startswith("1 revised sentence (1 more whose translation people left as it was)")


@pytest.mark.parametrize("how", ["author", "message", "merge"])
def test_what_began_with_a_draft_is_no_revision(site: Site, how: str, capsys: pytest.CaptureFixture[str]) -> None:
    repo = site.world.spanish
    changed = text(*ENGLISH, NEW, STAYS), text(*SPANISH, NUEVO, QUEDA)
    if how == "author":
        site.people(*changed, author=BOT_EMAIL)
    elif how == "message":
        site.people(*changed, message=f"Squashed\n\n{TRAILER}: {'a' * 40}")
    else:
        repo.git.checkout("-q", "-b", "side")
        site.people(*changed, author=BOT_EMAIL)
        repo.git.checkout("-q", "main")
        repo.git.merge("--no-ff", "--no-edit", "side", env=PERSON)
    assert site.run() == 1
    assert "there is no revision to score" in capsys.readouterr().err


def test_people_s_merge_is_a_revision(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    repo = site.world.spanish
    repo.git.checkout("-q", "-b", "side")
    site.people(text(*ENGLISH, NEW, STAYS), text(*SPANISH, NUEVO, QUEDA))
    repo.git.checkout("-q", "main")
    repo.git.merge("--no-ff", "--no-edit", "side", env=PERSON)
    assert site.run() == 0 and capsys.readouterr().out.startswith("1 revised sentence (0 more")


def test_a_translation_whose_english_did_not_change_is_no_revision(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.people(text(*ENGLISH, OLD, STAYS), text(*SPANISH, VIEJO.replace("viejo cabo", "cabo viejo"), QUEDA))
    assert site.run() == 1 and "there is no revision to score" in capsys.readouterr().err


def test_an_estimate_sends_nothing(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.people(text(*ENGLISH, NEW, STAYS), text(*SPANISH, NUEVO, QUEDA))
    assert site.run("--arm", "smt:sentence", "--estimate") == 0
    assert f"smt: {len(NEW)} characters" in capsys.readouterr().out


def test_options_that_nothing_would_use_are_refused(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert site.run("--hold-out", "words.md") == 1
    assert "--hold-out does not go with --revisions" in capsys.readouterr().err
