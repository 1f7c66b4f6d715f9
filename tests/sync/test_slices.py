"""Catching up in pull requests of a size that people can review, and what is drafted of what has no translation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import git
import pytest
from support.worlds import commit, repository

from bot.cli.main import main

NAMES = ("a", "b", "c")
OLD = {f"{name}.md": f"# Part {name}\n\nOne {name}. Two {name}. Three {name}. Four {name}.\n" for name in NAMES}
SPANISH = {f"{name}.md": f"# Parte {name}\n\nUno {name}. Dos {name}. Tres {name}. Cuatro {name}.\n" for name in NAMES}


def edited(name: str, number: int) -> str:
    """The English of a part with its first sentences rewritten."""
    text = OLD[f"{name}.md"]
    for word in ("One", "Two", "Three", "Four")[:number]:
        text = text.replace(f"{word} {name}.", f"The {word.lower()} of {name} is quite another thing now.")
    return text


NOW = {"a.md": edited("a", 3), "b.md": edited("b", 1), "c.md": edited("c", 4)}


@dataclass
class Slices:
    folder: Path

    @property
    def english(self) -> git.Repo:
        return git.Repo(self.folder / "en")

    @property
    def spanish(self) -> git.Repo:
        return git.Repo(self.folder / "es")

    def sync(self, *more: str) -> int:
        return main(["sync", "--config", str(self.folder / "amts.yml"), *more])

    def drafted(self) -> set[str]:
        changed = str(self.spanish.git.diff("--name-only", "main", "amts/sync", "--", "*.md")).splitlines()
        return {p.removesuffix(".md") for p in changed if not p.endswith("_origin.md")}

    def merge(self) -> None:
        name = ["-c", "user.name=A", "-c", "user.email=a@b.c"]
        self.spanish.git.execute(["git", *name, "merge", "--no-ff", "-m", "Merge", "amts/sync"])

    def text(self, path: str, branch: str = "main") -> str:
        return str(self.spanish.git.show(f"{branch}:{path}", strip_newline_in_stdout=False))


@pytest.fixture
def book(tmp_path: Path) -> Slices:
    repository(tmp_path / "en", dict(OLD), "First")
    origins = {path.replace(".md", "_origin.md"): text for path, text in OLD.items()}
    repository(tmp_path / "es", {**SPANISH, **origins}, "Primera")
    (tmp_path / "amts.yml").write_text(
        "source: {repository: en}\nreview_size: 5\n"
        "page_language: en\ntranslations:\n  - {language: es, repository: es, baseline: sibling}\n",
        encoding="utf-8",
    )
    return Slices(tmp_path)


def test_a_book_is_caught_up_in_pull_requests_of_the_review_size(
    book: Slices, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    commit(book.english, dict(NOW), "Change")
    seen = []
    for _ in range(3):
        assert book.sync() == 0
        seen.append(book.drafted())
        printed = capsys.readouterr().out
        head = book.spanish.heads["amts/sync"].commit
        # The pull request is full: another run adds nothing to it, and says what waits.
        assert book.sync() == 0
        assert book.spanish.heads["amts/sync"].commit == head
        again = capsys.readouterr().out
        if len(seen) < 3:
            assert "for later pull requests: " in printed and "c.md (4)" in printed and "c.md (4)" in again
            assert "as large as people can review" in again
            page = sorted((book.folder / "pull-requests").glob("*.md"))[-1].read_text(encoding="utf-8")
            assert "will follow when this pull request is merged" in page and "`c.md`" in page
        book.merge()
    # The smallest first; each within the size (a document counts as one sentence more), one that is larger alone.
    assert seen == [{"b"}, {"a"}, {"c"}]
    assert book.sync() == 0 and "English is unchanged; 10 sentences still wait" in capsys.readouterr().out
    # Every document is as it would be in a single pull request.
    whole = {path: book.text(path) for path in SPANISH}
    book.spanish.git.reset("--hard", book.spanish.git.rev_list("--max-parents=0", "main"))
    book.spanish.git.branch("-D", "amts/sync")
    (tmp_path / "amts.yml").write_text((tmp_path / "amts.yml").read_text() + "pages: other\n", encoding="utf-8")
    assert book.sync("--max-documents", "99") == 0
    assert {path: book.text(path, "amts/sync") for path in SPANISH} == whole


def test_a_branch_that_was_deleted_after_its_merge_was_not_refused(book: Slices) -> None:
    commit(book.english, dict(NOW), "Change")
    assert book.sync() == 0 and book.drafted() == {"b"}
    book.merge()
    book.spanish.git.branch("-d", "amts/sync")
    assert book.sync() == 0 and book.drafted() == {"a"}
    book.spanish.git.branch("-D", "amts/sync")
    assert book.sync() == 0 and "amts/sync" not in {h.name for h in book.spanish.heads}


def test_a_document_in_the_open_pull_request_is_always_continued(book: Slices) -> None:
    commit(book.english, {"a.md": NOW["a.md"]}, "Change")
    assert book.sync() == 0 and book.drafted() == {"a"}
    commit(book.english, {"a.md": edited("a", 4), "b.md": NOW["b.md"]}, "Change")
    assert book.sync() == 0 and book.drafted() == {"a"}
    assert "The four of a" in book.text("a.md", "amts/sync")
    assert book.sync("--max-sentences", "99") == 0 and book.drafted() == {"a", "b"}


def test_options_choose_documents(book: Slices) -> None:
    first = commit(book.english, {"a.md": NOW["a.md"]}, "Change")
    commit(book.english, {"b.md": NOW["b.md"]}, "Change")
    assert book.sync("--since", first) == 0 and book.drafted() == {"b"}
    book.spanish.git.branch("-D", "amts/sync")
    (book.folder / "amts.yml").write_text((book.folder / "amts.yml").read_text() + "pages: other\n", encoding="utf-8")
    assert book.sync("--path", "/a.md", "--max-documents", "1") == 0 and book.drafted() == {"a"}
    assert book.sync("--max-documents", "2") == 0 and book.drafted() == {"a", "b"}


def test_a_pattern_that_matches_no_document_is_an_error(book: Slices, capsys: pytest.CaptureFixture[str]) -> None:
    commit(book.english, {"a.md": NOW["a.md"], "b.md": NOW["b.md"], "sea/a.md": NOW["c.md"]}, "Change")
    assert book.sync("--path", "a.markdown", "--path", "b.md", "--new", "tides") == 1
    printed = capsys.readouterr()
    assert "no document matches a.markdown\n" in printed.out
    assert "amts: no document matches a.markdown, tides" in printed.err
    assert book.drafted() == {"b"}  # what the other pattern names
    assert book.sync("--path", "./a.md", "--max-sentences", "99") == 0 and book.drafted() == {"a", "b"}


def test_what_is_still_english_is_taken_up_on_demand(book: Slices, capsys: pytest.CaptureFixture[str]) -> None:
    boat, other = "A boat floats on the water.", "Nobody has ever seen it sink."
    english = f"# Boats\n\n{boat} {other} A name.\n\n{boat}\n"
    held = f"# Barcos\n\n{boat}  \n{other.replace(' ever ', ' ever' + chr(10))} A name.\n\nUn barco flota en el agua.\n"
    commit(book.english, {"boats.md": english}, "Boats")
    commit(book.spanish, {"boats.md": held, "boats_origin.md": english}, "Barcos")
    assert book.sync() == 0 and [h.name for h in book.spanish.heads] == ["main"]
    capsys.readouterr()
    # The memory knows the first sentence; the second one, and what may be a name, stay.
    assert book.sync("--untranslated", "--dry-run") == 0 and [h.name for h in book.spanish.heads] == ["main"]
    assert book.sync("--untranslated") == 0 and book.drafted() == {"boats"}
    assert book.text("boats.md", "amts/sync") == held.replace(boat, "Un barco flota en el agua.")
    book.merge()
    capsys.readouterr()
    assert book.sync("--untranslated") == 0
    assert "note: 1 sentence still in English: the engine drafted none of them" in capsys.readouterr().out
    assert book.spanish.heads["amts/sync"].commit.hexsha == book.spanish.git.rev_parse("main^2")


@pytest.mark.parametrize("option", ["--path", "--new", "--language"])
def test_an_empty_value_is_refused(book: Slices, capsys: pytest.CaptureFixture[str], option: str) -> None:
    with pytest.raises(SystemExit) as caught:
        book.sync(option, "")
    assert caught.value.code == 2 and "the value is empty" in capsys.readouterr().err


def test_what_english_adds_is_drafted_and_old_gaps_are_listed(book: Slices, capsys: pytest.CaptureFixture[str]) -> None:
    # English had it before the translators' last commit: they did not take it up.
    commit(book.english, {"old.md": "# Old\n\nAn old part.\n"}, "Old")
    when = {"GIT_AUTHOR_DATE": "@4102444800 +0000", "GIT_COMMITTER_DATE": "@4102444800 +0000"}
    (book.folder / "es" / "a.md").write_text(SPANISH["a.md"] + "\nFin.\n", encoding="utf-8")
    people = ["git", "-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-am", "Fin"]
    book.spanish.git.execute(people, env=when)
    assert book.sync() == 0
    assert "not translated: 1 document: old.md; --new PATTERN drafts them" in capsys.readouterr().out
    assert "amts/sync" not in {h.name for h in book.spanish.heads}
    (book.folder / "en" / "new.md").write_text("# New\n\nA new part.\n", encoding="utf-8")
    book.english.git.add(all=True)
    later = dict.fromkeys(when, "@4102444900 +0000")
    book.english.git.execute(["git", "-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-m", "New"], env=later)
    assert book.sync() == 0 and book.drafted() == {"new"}
    # Merged, also without a fast-forward, what English adds stays new; what was a gap stays one.
    book.merge()
    (book.folder / "en" / "newer.md").write_text("# Newer\n\nA newer part.\n", encoding="utf-8")
    book.english.git.add(all=True)
    book.english.git.execute(["git", "-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-m", "New"], env=later)
    assert book.sync() == 0 and book.drafted() == {"newer"}
    assert book.sync("--new", "old.md") == 0 and book.drafted() == {"newer", "old"}


def test_what_a_branch_brings_is_as_new_as_its_merge(book: Slices) -> None:
    """However old the commits of that branch are; the last commit of the translators is from now."""
    past, later = (
        {f"GIT_{who}_DATE": f"@{time} +0000" for who in ("AUTHOR", "COMMITTER")} for time in (86_400, 4_102_444_900)
    )
    people = ["git", "-c", "user.name=A", "-c", "user.email=a@b.c"]
    book.english.git.checkout("-b", "feature")
    (book.folder / "en" / "late.md").write_text("# Late\n\nA late part.\n", encoding="utf-8")
    book.english.git.add(all=True)
    book.english.git.execute([*people, "commit", "-m", "Late"], env=past)
    book.english.git.checkout("main")
    book.english.git.execute([*people, "merge", "--no-ff", "-m", "Merge", "feature"], env=later)
    assert book.sync() == 0 and book.drafted() == {"late"}


@pytest.mark.parametrize("policy", ["list", "skip"])
def test_nothing_new_is_drafted_where_people_do_not_want_it(
    book: Slices, capsys: pytest.CaptureFixture[str], policy: str
) -> None:
    settings = book.folder / "amts.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + f"new_documents: {policy}\n", encoding="utf-8")
    commit(book.english, {"new.md": "# New\n\nA new part.\n"}, "New")
    assert book.sync() == 0
    assert ("new.md" in capsys.readouterr().out) == (policy == "list")
    assert "amts/sync" not in {h.name for h in book.spanish.heads}


def test_a_date_or_a_commit_that_is_none_is_an_error(book: Slices, capsys: pytest.CaptureFixture[str]) -> None:
    commit(book.english, {"a.md": NOW["a.md"]}, "Change")
    assert book.sync("--since", "yesterday") == 1
    printed = capsys.readouterr()
    assert "yesterday is not a commit of English" in printed.out + printed.err
    assert book.sync("--since", "2000-01-01") == 0 and book.drafted() == {"a"}


def test_what_english_moved_to_a_document_of_its_own_keeps_its_translation(book: Slices) -> None:
    english = "# Part {0}\n\n" + "\n".join(f"Sentence {word} of the long part {{0}}." for word in ("one", "two", "six"))
    spanish = "# Parte {0}\n\n" + "\n".join(f"Frase {word} de la parte larga {{0}}." for word in ("uno", "dos", "seis"))
    tail = "\n\n## More\n\nThis paragraph about harbours will move.\nAnd this one about lighthouses too.\n"
    cola = "\n\n## Más\n\nEste párrafo de puertos se mudará.\nY este de faros también.\n"
    commit(book.english, {"long.md": english.format("long") + tail}, "Long")
    people = {"long.md": spanish.format("long") + cola, "long_origin.md": english.format("long") + tail}
    commit(book.english, {"long.md": english.format("long") + "\n", "more.md": f"# More{tail}"}, "Split")
    commit(book.spanish, {**people}, "Largo")
    # The translators worked after the split, so that the new document could look like one that they left out.
    when = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), "@4102444800 +0000")
    who = ["-c", "user.name=A", "-c", "user.email=a@b.c"]
    book.spanish.git.execute(["git", *who, "commit", "--amend", "-m", "Largo"], env=when)
    assert book.sync("--max-documents", "1") == 0 and book.drafted() == {"more"}
    assert "Este párrafo de puertos se mudará." in book.text("more.md", "amts/sync")
    book.merge()
    assert book.sync() == 0 and book.drafted() == {"long"}
    assert "puertos" not in book.text("long.md", "amts/sync")


def test_a_deletion_counts_when_the_pull_request_goes_on(book: Slices) -> None:
    commit(book.english, {"a.md": None, "b.md": NOW["b.md"]}, "Change")
    for _ in range(2):
        assert book.sync("--max-sentences", "1") == 0 and book.drafted() == {"a"}
