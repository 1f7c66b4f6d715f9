"""``amts adopt`` over real repositories: what it finds, what it asks, and what it records."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import git
import pytest
from support.worlds import commit, repository

from bot.cli.main import main
from bot.repositories.repository import Repository

BRANCH = "amts/adopt"


def code(*numbers: int) -> str:
    return "```python\n" + "".join(f"value_{n} = compute({n})\n" for n in numbers) + "```\n"


def english(*numbers: int, prose: str = "A boat floats on water.") -> str:
    return f"# Boats\n:label:`sec_boats`\n\n{prose}\n\n{code(*numbers)}"


def spanish(*numbers: int) -> str:
    return f"# Barcos\n:label:`sec_boats`\n\nUn barco flota en el agua.\n\n{code(*numbers)}"


VERSIONS = [english(*range(n, n + 9)) for n in range(4)]


@dataclass
class Books:
    """An English book with four versions of a chapter, and a translation without baselines."""

    folder: Path
    commits: list[str]

    @property
    def english(self) -> git.Repo:
        return git.Repo(self.folder / "en")

    @property
    def spanish(self) -> git.Repo:
        return git.Repo(self.folder / "es")

    def settings(self, baseline: str, more: str = "") -> None:
        (self.folder / "amts.yml").write_text(
            f"source: {{repository: en{more}}}\n"
            f"page_language: en\ntranslations: [{{language: es, repository: es, baseline: {baseline}}}]\n",
            encoding="utf-8",
        )

    def translate(self, files: Mapping[str, str | bytes | None], message: str = "Traducir") -> str:
        return commit(self.spanish, files, message)

    def adopt(self, *words: str) -> int:
        return main(["adopt", "--config", str(self.folder / "amts.yml"), "--language", "es", *words])

    def sync(self, *words: str) -> int:
        return main(["sync", "--config", str(self.folder / "amts.yml"), *words])

    def text(self, path: str, branch: str = BRANCH) -> str:
        return str(self.spanish.git.show(f"{branch}:{path}", strip_newline_in_stdout=False))

    def changed(self) -> list[str]:
        return str(self.spanish.git.diff("--name-only", "main", BRANCH)).splitlines()

    def branches(self) -> set[str]:
        return {head.name for head in self.spanish.heads}


@pytest.fixture
def books(tmp_path: Path) -> Books:
    made = repository(tmp_path / "en", {"boats.md": VERSIONS[0]}, "First")
    commits = [made.head.commit.hexsha]
    commits += [commit(made, {"boats.md": text}, "Change") for text in VERSIONS[1:]]
    repository(tmp_path / "es", {"boats.md": spanish(*range(1, 10))}, "Primera")
    found = Books(tmp_path, commits)
    found.settings("sibling")
    return found


def test_it_writes_nothing_unless_asked(books: Books, capsys: pytest.CaptureFixture[str]) -> None:
    assert books.adopt() == 0
    shown = capsys.readouterr().out
    assert "certain" in shown and books.commits[1][:10] in shown
    assert books.branches() == {"main"} and not (books.folder / "pull-requests").exists()


def test_siblings_come_in_a_pull_request_that_changes_nothing_else_and_then_a_sync_works(books: Books) -> None:
    assert books.sync("--dry-run") == 1
    assert books.adopt("--write") == 0
    assert books.changed() == ["boats_origin.md"] and books.text("boats_origin.md") == VERSIONS[1]
    page = (books.folder / "pull-requests" / "es-adopt-1.md").read_text(encoding="utf-8")
    assert "# Record the English version of 1 document" in page and "`boats.md`" in page
    subject = str(books.spanish.git.log("-1", "--format=%s", BRANCH))
    assert subject == "Record the English version of 1 document"
    books.spanish.git.merge(BRANCH)
    assert books.sync() == 0
    assert books.text("boats.md", "amts/sync") == spanish(*range(3, 12))


def test_the_state_file_of_another_tool_is_taken_over(books: Books, capsys: pytest.CaptureFixture[str]) -> None:
    """Its commit decides between versions that fit equally well, and is not believed against the text."""
    books.settings("lock")
    state = f"source-sha: {books.commits[1]}\nsynced-at: '2026-10-09'\nmode: UPDATE\n"
    books.translate({".translate/state/boats.md.yml": state})
    assert books.adopt("--write") == 0
    assert "source-sha in .translate/state/boats.md.yml" in capsys.readouterr().out
    assert books.changed() == ["amts.lock"]
    blob = git.Repo(books.folder / "en").git.rev_parse(f"{books.commits[1]}:boats.md")
    assert json.loads(books.text("amts.lock"))["documents"]["boats.md"]["blob"] == blob


def test_a_lock_gets_entries_and_keeps_those_it_has(books: Books) -> None:
    books.settings("lock")
    kept = {"source": "trains.md", "blob": "1" * 40}
    books.translate({"amts.lock": json.dumps({"version": 1, "documents": {"trenes.md": kept}})})
    assert books.adopt("--write") == 0
    found = json.loads(books.text("amts.lock"))["documents"]
    blob = books.english.git.rev_parse(f"{books.commits[1]}:boats.md")
    assert found == {"boats.md": {"source": "boats.md", "blob": blob}, "trenes.md": kept}
    assert books.changed() == ["amts.lock"]


def test_front_matter_names_the_commit(books: Books) -> None:
    books.settings("front-matter")
    assert books.adopt("--write") == 0
    text = books.text("boats.md")
    assert f"default_lang_commit: {books.commits[1]}" in text and text.endswith(spanish(*range(1, 10)))


def test_front_matter_cannot_name_an_english_document_at_another_path(
    books: Books, capsys: pytest.CaptureFixture[str]
) -> None:
    books.settings("front-matter")
    books.translate({"boats.md": None, "barcos.md": spanish(*range(1, 10))})
    assert books.adopt("--write") == 0
    assert "cannot name boats.md" in capsys.readouterr().out and books.branches() == {"main"}
    books.settings("lock")
    assert books.adopt("--write") == 0
    assert json.loads(books.text("amts.lock"))["documents"]["barcos.md"]["source"] == "boats.md"


def test_the_commit_that_is_shown_is_recorded_in_front_matter_that_can_name_one(
    books: Books, capsys: pytest.CaptureFixture[str]
) -> None:
    books.settings("front-matter, baseline_key: l10n.of")
    commit(books.english, {"boats.md": VERSIONS[3], "other.md": "# Other\n"}, "Another document")
    bodies = {"boats.md": spanish(*range(3, 12)), "trains.md": spanish(*range(3, 12))}
    commit(books.english, {"trains.md": VERSIONS[3]}, "Trains")
    heads = {"boats.md": "---\nl10n:\n  by: Ana\n---\n", "trains.md": "---\nl10n: Ana\n---\n"}
    books.translate({path: heads[path] + body for path, body in bodies.items()})
    assert books.adopt("--write") == 0
    shown = capsys.readouterr().out
    assert books.commits[3][:10] in shown and "its front matter cannot record l10n.of" in shown
    of = f"---\nl10n:\n  of: {books.commits[3]}\n  by: Ana\n---\n"
    assert books.text("boats.md") == of + bodies["boats.md"] and books.changed() == ["boats.md"]


def test_notebooks_have_versions_too(books: Books) -> None:
    def notebook(title: str, *numbers: int) -> str:
        cells = [
            {"cell_type": "markdown", "id": "a", "metadata": {}, "source": f"# {title}"},
            *(
                {
                    "cell_type": "code",
                    "id": f"c{n}",
                    "metadata": {},
                    "source": f"value_{n} = compute({n})",
                    "outputs": [],
                    "execution_count": None,
                }
                for n in numbers
            ),
        ]
        return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)

    for n in range(3):
        commit(books.english, {"ships.ipynb": notebook("Ships", *range(n, n + 12))}, "Change")
    books.settings("sibling", ", include: ['**/*.md', '**/*.ipynb']")
    books.translate({"ships.ipynb": notebook("Barcos", *range(1, 13))})
    assert books.adopt("--write") == 0
    assert books.text("ships_origin.ipynb") == notebook("Ships", *range(1, 13))


def test_a_second_run_has_nothing_to_record(books: Books, capsys: pytest.CaptureFixture[str]) -> None:
    assert books.adopt("--write") == 0
    head = books.spanish.heads[BRANCH].commit
    capsys.readouterr()
    assert books.adopt("--write") == 0
    assert "nothing to record" in capsys.readouterr().out
    assert books.spanish.heads[BRANCH].commit == head


def test_an_open_pull_request_is_continued_on_top_of_what_people_committed(books: Books) -> None:
    assert books.adopt("--write") == 0
    books.spanish.git.checkout("-b", "mine", BRANCH)
    theirs = books.translate({"boats_origin.md": VERSIONS[2]}, "Mejor")
    books.spanish.git.update_ref(f"refs/heads/{BRANCH}", theirs)
    books.spanish.git.checkout("main")
    books.translate({"ships.md": spanish(*range(20, 29)).replace("sec_boats", "sec_ships")})
    commit(books.english, {"ships.md": english(*range(20, 29)).replace("sec_boats", "sec_ships")}, "Ships")
    books.spanish.git.execute(["git", "commit", "--amend", "--no-edit", "-q", "--date=now"], env=_person())
    assert books.adopt("--write") == 0
    assert books.text("boats_origin.md") == VERSIONS[2] and books.text("ships_origin.md").startswith("# Boats")
    assert Repository.open(books.folder / "es").is_ancestor(theirs, BRANCH)


def _person() -> dict[str, str]:
    return {"GIT_COMMITTER_NAME": "A person", "GIT_COMMITTER_EMAIL": "person@example.org"}


def test_a_wrong_record_is_told_and_replaced_only_on_demand(books: Books, capsys: pytest.CaptureFixture[str]) -> None:
    books.translate({"boats_origin.md": VERSIONS[3]})
    assert books.adopt("--write") == 0
    shown = capsys.readouterr().out
    assert "fits clearly worse" in shown and "nothing to record" in shown and books.branches() == {"main"}
    assert books.adopt("--write", "--replace") == 0
    assert books.text("boats_origin.md") == VERSIONS[1]


def test_a_record_that_is_no_english_at_all_is_replaced_only_on_demand(books: Books) -> None:
    books.translate({"boats_origin.md": "Something else.\n"})
    assert books.adopt("--write") == 0 and books.branches() == {"main"}
    assert books.adopt("--write", "--replace") == 0
    assert books.text("boats_origin.md") == VERSIONS[1]


def test_a_message_of_a_translator_decides_between_versions_that_fit_equally(books: Books) -> None:
    same = [english(*range(3, 12), prose=f"A boat floats on {water}.") for water in ("waters", "the waters", "a water")]
    commits = [commit(books.english, {"boats.md": text}, "Words") for text in same]
    books.translate({"boats.md": spanish(*range(3, 12))}, f"Sync with book-en @ {commits[1][:9]} (#3)")
    assert books.adopt("--write") == 0
    assert books.text("boats_origin.md") == same[1]


def test_a_fork_is_known_by_the_last_commit_it_shares(books: Books, tmp_path: Path) -> None:
    same = english(*range(3, 12), prose="A boat floats on waters.")
    shared = commit(books.english, {"boats.md": same}, "Words")
    fork = git.Repo.clone_from(books.folder / "en", tmp_path / "fork")
    commit(fork, {"boats.md": spanish(*range(3, 12))}, "Traducir")
    commit(books.english, {"boats.md": english(*range(3, 12), prose="A boat floats on a water.")}, "Words")
    (books.folder / "amts.yml").write_text(
        "source: {repository: en}\npage_language: en\n"
        "translations: [{language: es, repository: fork, baseline: sibling}]\n"
    )
    assert books.adopt("--write") == 0
    found = str(fork.git.show(f"{BRANCH}:boats_origin.md", strip_newline_in_stdout=False))
    assert found == same and Repository.open(tmp_path / "fork").resolve(shared)


def test_a_document_that_is_still_english_is_not_recorded(books: Books, capsys: pytest.CaptureFixture[str]) -> None:
    books.translate({"boats.md": VERSIONS[1]})
    assert books.adopt("--write") == 0
    assert "not translated" in capsys.readouterr().out and books.branches() == {"main"}


def test_revisions_can_be_named(books: Books, capsys: pytest.CaptureFixture[str]) -> None:
    books.english.create_tag("v1", books.commits[0])
    assert books.adopt("--at", "v1", "--at", books.commits[3]) == 0
    assert books.commits[0][:10] in capsys.readouterr().out
    assert books.adopt("--at", "v9") == 1
    assert "the English repository has no v9" in capsys.readouterr().err


def test_a_tag_beside_the_branch_counts(books: Books) -> None:
    books.english.git.checkout("--orphan", "release")
    commit(books.english, {"boats.md": english(*range(30, 39))}, "Release")
    books.english.create_tag("v0.17")
    books.english.git.checkout("main")
    books.translate({"boats.md": spanish(*range(30, 39))})
    assert books.adopt("--write") == 0
    assert books.text("boats_origin.md") == english(*range(30, 39))


def test_what_is_in_doubt_is_listed_and_recorded_once_a_person_has_answered(
    books: Books, capsys: pytest.CaptureFixture[str]
) -> None:
    books.translate({"boats.md": None, "barcos.md": "# Barcos\n\nUna barca.\n"})
    listing = books.folder / "open.tsv"
    assert books.adopt("--write", "--list", str(listing)) == 0
    assert "ask a person" in capsys.readouterr().out and books.branches() == {"main"}
    assert "barcos.md" in listing.read_text(encoding="utf-8")
    listing.write_text(f"barcos.md\tboats.md@{books.commits[2]}\n", encoding="utf-8")
    assert books.adopt("--write", "--confirm", str(listing)) == 0
    assert books.text("barcos_origin.md") == VERSIONS[2]
    for line, problem in (
        (f"trenes.md\tboats.md@{books.commits[2]}", "the translation has no trenes.md"),
        (f"barcos.md\ttrains.md@{books.commits[2]}", "English has no trains.md"),
        ("barcos.md\tboats.md@nowhere", "the English repository has no nowhere"),
    ):
        listing.write_text(line + "\n", encoding="utf-8")
        assert books.adopt("--write", "--confirm", str(listing)) == 1
        assert problem in capsys.readouterr().err


def test_two_documents_do_not_share_one_english(books: Books, capsys: pytest.CaptureFixture[str]) -> None:
    books.translate({"copy/old.md": spanish(*range(1, 10))})
    assert books.adopt("--write") == 0
    assert "another document is at the path of boats.md" in capsys.readouterr().out
    assert books.changed() == ["boats_origin.md"]


def test_the_error_of_a_sync_without_baselines_names_the_command(
    books: Books, capsys: pytest.CaptureFixture[str]
) -> None:
    assert books.sync() == 1
    assert "run amts adopt --language es" in capsys.readouterr().out


def test_while_its_pull_request_is_open_the_advice_is_to_merge_it(
    books: Books, capsys: pytest.CaptureFixture[str]
) -> None:
    books.settings("lock")
    commit(books.english, {"trains.md": "# Trains\n\nA train runs.\n"}, "Trains")
    assert books.adopt("--write") == 0
    page = str(books.folder / "pull-requests" / "es-adopt-1.md")
    capsys.readouterr()
    assert books.sync("--dry-run") == 1
    assert f"merge the pull request that records them first: {page}" in capsys.readouterr().out
    assert books.adopt() == 0
    merge = f"Next: git -C {books.folder / 'es'} merge amts/adopt; then: amts sync --config {books.folder}"
    assert f"found earlier is open: {page}\n{merge}" in capsys.readouterr().out
    main(["doctor", "--config", str(books.folder / "amts.yml")])
    assert f"merge the pull request that records it: {page}" in capsys.readouterr().out
    # The same where some documents have their baseline.
    books.spanish.git.merge(BRANCH)
    books.translate({"trains.md": "# Trenes\n\nUn tren corre.\n"})
    assert books.sync("--dry-run") == 0
    assert (
        "trains.md; run amts adopt --language es, which also names copies that are still in English"
        in capsys.readouterr().out
    )
    listing = books.folder / "answers.tsv"
    listing.write_text("trains.md\ttrains.md@main\n", encoding="utf-8")
    assert books.adopt("--write", "--confirm", str(listing)) == 0
    capsys.readouterr()
    assert books.sync("--dry-run") == 0
    assert "trains.md; first merge " in capsys.readouterr().out


def test_a_document_with_the_name_of_a_sibling_is_one_beside_a_lock(books: Books) -> None:
    books.settings("lock")
    commit(books.english, {"species_origin.md": VERSIONS[0], "boats.md": None}, "Species")
    books.translate({"species_origin.md": spanish(*range(9)), "boats.md": None})
    assert books.adopt("--write") == 0
    assert list(json.loads(books.text("amts.lock"))["documents"]) == ["species_origin.md"]


def test_the_lines_of_documents_without_a_version_and_of_english_copies(
    books: Books, capsys: pytest.CaptureFixture[str]
) -> None:
    books.translate({"boats.md": VERSIONS[3], "nada.md": "# Nada\n\nNada.\n"})
    assert books.adopt() == 0
    shown = capsys.readouterr().out
    assert "  ask a person: nothing in English is like it\n" in shown and "gone from English" not in shown


def test_commands_that_only_read_run_with_the_branch_of_the_pull_request_checked_out(
    books: Books, capsys: pytest.CaptureFixture[str]
) -> None:
    books.translate({"boats_origin.md": VERSIONS[1]})
    assert books.sync() == 0
    config = ["--config", str(books.folder / "amts.yml")]
    commands = (["status"], ["review"], ["sync", "--dry-run"], ["adopt", "--language", "es"])
    capsys.readouterr()
    shown = {}
    for branch in ("main", "amts/sync"):
        books.spanish.git.checkout(branch)
        shown[branch] = [(main([*command, *config]), capsys.readouterr().out) for command in commands]
    assert shown["main"] == shown["amts/sync"] and not any(status for status, _ in shown["main"])
    for command in (["sync"], ["doctor"], ["reviewed", "--language", "es"]):
        assert main([*command, *config]) == 1
        output = "".join(capsys.readouterr())
        assert "has the branch amts/sync checked out" in output and "git switch main" in output
    books.spanish.git.branch("ideas")
    for page in (books.folder / "pull-requests").glob("*.md"):
        page.unlink()
    assert main(["status", *config]) == 1
    assert "which of the other branches people publish: ideas, main" in capsys.readouterr().out


def test_todays_english_as_baseline_of_an_older_translation_is_told(
    books: Books, capsys: pytest.CaptureFixture[str]
) -> None:
    books.translate({"boats_origin.md": VERSIONS[3]}, "Hacer callar el error")
    assert books.sync() == 0
    shown = capsys.readouterr().out
    assert "the recorded English of boats.md is today's, but an older one fits better (code" in shown
    assert "run amts adopt --language es --write --replace" in shown
    assert books.adopt("--write", "--replace") == 0
    books.spanish.git.merge(BRANCH)
    capsys.readouterr()
    assert books.sync() == 0
    assert "is today's" not in capsys.readouterr().out


def test_a_right_baseline_of_today_is_not_told(books: Books, capsys: pytest.CaptureFixture[str]) -> None:
    books.translate({"boats.md": spanish(*range(3, 12)), "boats_origin.md": VERSIONS[3]})
    assert books.sync() == 0
    assert "note:" not in capsys.readouterr().out


def test_a_translation_that_leaves_code_out_is_not_told_where_no_older_english_fits_better(
    books: Books, capsys: pytest.CaptureFixture[str]
) -> None:
    books.translate({"boats.md": spanish(*range(3, 10)), "boats_origin.md": VERSIONS[3]})
    assert books.sync() == 0
    assert "note:" not in capsys.readouterr().out


def test_what_a_sync_recorded_is_not_told(books: Books, capsys: pytest.CaptureFixture[str]) -> None:
    """People changed the code on purpose after the sync; the baseline is right nevertheless."""
    assert books.adopt("--write") == 0
    books.spanish.git.merge(BRANCH)
    assert books.sync() == 0
    books.spanish.git.merge("amts/sync")
    books.translate({"boats.md": spanish(*range(1, 10))})
    capsys.readouterr()
    assert books.sync() == 0
    assert "is today's" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("baseline", "message"), [("sibling", ""), ("sibling", "Baselines"), ("lock", "Baselines"), ("front-matter", "")]
)
def test_english_added_before_baselines_were_recorded_is_new_and_no_gap(
    books: Books, baseline: str, message: str
) -> None:
    """People squashed the pull request, which is no work on the translation; without a ``message`` it has the usual."""
    books.settings(baseline)
    commit(books.english, {"oars.md": "# Oars\n\nAn oar is a lever.\n"}, "Oars", time="2040-01-01T12:00:00")
    assert books.adopt("--write") == 0
    written = str(books.spanish.git.log("-1", "--format=%B", BRANCH))
    books.spanish.git.merge("-q", "--squash", BRANCH)
    identity = {f"GIT_{who}_{what}": "p@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    books.spanish.git.commit(
        "-q", "-m", message or written, env={**identity, "GIT_COMMITTER_DATE": "2040-02-01T12:00:00"}
    )
    books.spanish.git.branch("-D", BRANCH)
    assert books.sync() == 0
    assert "oars.md" in str(books.spanish.git.ls_tree("--name-only", "amts/sync")).splitlines()


def test_it_says_what_is_next(
    books: Books, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    books.settings("lock")
    monkeypatch.chdir(books.folder)
    following = []
    for words in (("--at", "main"), ("--write",), (), ("--write",)):
        assert main(["adopt", "--language", "es", *words]) == 0
        shown = capsys.readouterr().out
        following += [line for line in shown.splitlines() if line.startswith("Next: ")]
        if following[-1].startswith("Next: git "):
            command = following[-1].removeprefix("Next: ").partition(";")[0]
            subprocess.run(command.split(), check=True, capture_output=True)
    write = "Next: amts adopt --language es --at main --write"
    assert following == [write, "Next: git -C es merge amts/adopt; then: amts sync"]
    assert "nothing to record" in shown


def test_a_bare_repository_is_merged_in_a_clone_of_it(books: Books, capsys: pytest.CaptureFixture[str]) -> None:
    books.settings("lock")
    books.spanish.clone(str(books.folder / "es.git"), bare=True)
    config = books.folder / "amts.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("repository: es", "repository: es.git"))
    assert books.adopt("--write") == 0
    place = books.folder / "es.git"
    assert f"Next: merge the branch amts/adopt into main, in a clone of {place}" in capsys.readouterr().out


def test_the_branch_that_records_is_left_alone_while_it_is_checked_out(
    books: Books, capsys: pytest.CaptureFixture[str]
) -> None:
    books.settings("lock")
    books.spanish.git.checkout("-b", "amts/adopt")
    before = books.spanish.head.commit
    assert books.adopt("--write") == 1
    assert "has the branch amts/adopt checked out" in capsys.readouterr().err and books.spanish.head.commit == before
