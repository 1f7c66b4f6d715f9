"""The promises on real books: read from ../shared/data, skipped where that is absent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import git
import pytest
from support.reviews import reviewed

from bot.alignment.bitext import Bitext
from bot.document.edits import fold_atoms
from bot.document.markdown import parse
from bot.document.model import render
from bot.document.sentences import normal
from bot.drafting.draft import draft_document
from bot.drafting.outcomes import Outcome
from bot.effort.post_editing import said
from bot.engines import Answer
from bot.planning.book_plan import Change
from bot.planning.document_plan import _Planner, plan_document
from bot.planning.many_documents import plan_documents
from bot.repositories.repository import Repository
from bot.review.leftovers import prose

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "d2l"
pytestmark = pytest.mark.skipif(
    not (DATA / "d2l-en.bundle").is_file(),
    reason="the real books are missing: put the test material at ../shared/data beside this checkout",
)

SWEEPS = {
    "contractions to full forms": "b4acd4e",
    "full forms to contractions": "881a23a",
    "mathrm to textrm": "24a5efd",
}


@pytest.fixture(scope="module", params=["en", "zh"])
def history(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return cloned(request.param, tmp_path_factory)


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return cloned("en", tmp_path_factory)


def cloned(name: str, factory: pytest.TempPathFactory) -> Repository:
    folder = factory.mktemp("books") / name
    git.Repo.clone_from(str(DATA / f"d2l-{name}.bundle"), str(folder), bare=True).close()
    return Repository.open(folder)


def pairs(language: str) -> Iterator[tuple[Path, str, str]]:
    """Path, English origin and translation of every document of a language."""
    for origin in sorted((DATA / "pairs" / language).rglob("*_origin.md")):
        target = origin.with_name(origin.name.replace("_origin.md", ".md"))
        yield target, origin.read_bytes().decode(), target.read_bytes().decode()


@pytest.mark.parametrize("releases", [1, pytest.param(None, marks=pytest.mark.slow, id="all")])
def test_every_file_of_every_release_is_lossless(history: Repository, releases: int | None) -> None:
    tags = sorted(t.name for t in git.Repo(history.path).tags if t.name.startswith("tree-"))[:releases]
    blobs = {b for c in ["HEAD", *tags] for p, b in history.files(c).items() if p.endswith(".md")}
    assert len(blobs) > 100
    for blob in blobs:
        text = history.read(blob).decode()
        assert render(parse(text)) == text, blob


@pytest.mark.parametrize(("language", "count"), [("zh", 139), ("tr", 167)])
def test_no_change_of_english_changes_no_translation(language: str, count: int) -> None:
    seen = 0
    for path, english, target in pairs(language):
        plan = plan_document(english, english, target, language=language)
        # The planner itself too, which a comparison of the texts keeps from being asked.
        full = _Planner(Bitext(parse(english), parse(target), "en", language), parse(english), "keep", "keep").plan()
        for found in (plan, full):
            assert "".join(map(str, found.parts)) == target and not found.segments and not found.kept, path
        seen += 1
    assert seen == count


@pytest.mark.parametrize("commit", SWEEPS.values(), ids=SWEEPS)
def test_a_sweep_through_the_book_sends_no_prose(english: Repository, commit: str) -> None:
    was, now = english.files(f"{commit}^"), english.files(commit)
    texts, paths = [], []
    for path, _, target in pairs("zh"):
        name = path.relative_to(DATA / "pairs" / "zh").as_posix()
        if name in was and name in now and was[name] != now[name]:
            paths.append(name)
            texts.append((english.read(was[name]).decode(), english.read(now[name]).decode(), target))
    assert texts
    for name, (_, _, target), plan in zip(
        paths, texts, plan_documents(texts, language="zh", small_edits="keep"), strict=True
    ):
        assert not plan.segments, name
        assert chinese("".join(str(p) for p in plan.parts)) == chinese(target), name


def chinese(text: str) -> str:
    return re.sub(r"[^\u4e00-\u9fff]", "", text)


def test_what_a_real_push_replaces_is_on_its_page() -> None:
    left, waiting = 0, 0
    for event in sorted((DATA / "replay" / "dev").glob("zh*")):
        old, held, new = ((event / name).read_text() for name in ("old_en.md", "old_tgt.md", "new_en.md"))
        plan = plan_document(old, new, held, language="zh")
        answers = {s.number: Answer(f"这是第{s.number}稿译文。", "engine") for s in plan.segments}
        draft = draft_document(plan, answers, old=old, new=new)
        change = Change("edit", "a.md", "a.md", "a.md", old, new, held, plan)
        found = reviewed([Outcome(change, "drafted", "changed", draft)], "zh")
        now = prose(parse(draft.text))
        # A sentence with another reference, formula or link is still there, with all its words.
        words = {fold_atoms(sentence) for sentence in said(draft.text, "zh")}
        gone = [s for s in said(held, "zh") if s not in now and fold_atoms(s) not in words]
        shown = [text for d in found for text in (*(o.old_target for o in d.sentences), *(g.text for g in d.gone))]
        everything = normal(" ".join(shown))
        assert not [sentence for sentence in gone if sentence not in everything], event
        left, waiting = left + len(gone), waiting + sum(len(d.sentences) for d in found)
    assert left > 5 and waiting > 20
