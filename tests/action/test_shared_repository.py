"""The action where English and its translations are in one repository on the emulated GitHub."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fakes.github import GitHub
from support.hubs import ENGLISH, TRANSLATIONS, Hub
from support.worlds import CHAPTER

EDITED = CHAPTER.replace("It has a hull and a mast.", "Some boats are rowed by tired people.")
SETTINGS = f"""\
source: {{repository: 'github:{ENGLISH}', layout: 'docs/{{lang}}/{{path}}'}}
page_language: en
translations:
  - {{language: es, repository: 'github:{ENGLISH}', layout: 'docs/{{lang}}/{{path}}', baseline: lock}}
  - {{language: tr, repository: 'github:{ENGLISH}', layout: 'docs/{{lang}}/{{path}}', baseline: lock}}
"""


class Shared(Hub):
    """Everything in one repository."""

    def __post_init__(self) -> None:
        files = {f"docs/{name}/boats.md": TRANSLATIONS[name] for name in ("es", "tr")}
        repo = self.add(ENGLISH, {"docs/en/boats.md": CHAPTER, **files})
        blob = repo.head.commit.tree["docs/en/boats.md"].hexsha
        locks = {
            f"amts.{name}.lock": json.dumps(
                {"version": 1, "documents": {f"docs/{name}/boats.md": {"source": "docs/en/boats.md", "blob": blob}}}
            )
            for name in ("es", "tr")
        }
        self.push(ENGLISH, dict(locks))
        (self.runner.workspace / "amts.yml").write_text(SETTINGS, encoding="utf-8")

    def token(self, **more: str) -> str:
        return self.github.token("github-actions", {ENGLISH: "write"}, kind="actions")

    def heads(self) -> dict[str, int]:
        return {p.head: p.number for p in self.github.repository(ENGLISH).pulls if p.state == "open"}


@pytest.fixture
def book(tmp_path: Path, github: GitHub, monkeypatch: pytest.MonkeyPatch) -> Shared:
    monkeypatch.setattr("bot.forges.github.connection.BETWEEN_WRITES", 0.0)
    made = Shared(tmp_path / "book", github)
    github.permit(ENGLISH, "ana", "write")
    return made


def test_each_language_has_a_pull_request_and_a_command_finds_its_language(book: Shared, github: GitHub) -> None:
    book.push(ENGLISH, {"docs/en/boats.md": EDITED})
    done = book.sync(here=True)
    assert done.status == 0, done.log
    heads = book.heads()
    assert set(heads) == {"amts/sync-es", "amts/sync-tr"}
    assert {p.base for p in github.repository(ENGLISH).pulls} == {"main"}
    comment = github.comment(ENGLISH, heads["amts/sync-tr"], "ana", "/retranslate")
    served = book.serve(comment, "en", here=True)
    assert served.status == 0 and "docs/tr/boats.md" in book.answers("en")[-1], book.answers("en")
    assert book.reactions(comment), served.log
    # Merging one leaves the other open; the next run has nothing to do.
    github.merge(ENGLISH, heads["amts/sync-es"], squash=True)
    before = list(github.writes)
    assert book.sync(here=True).status == 0
    assert set(book.heads()) == {"amts/sync-tr"} and list(github.writes) == before


def test_a_command_on_a_pull_request_of_people_has_no_language(book: Shared, github: GitHub) -> None:
    people = book.clones[ENGLISH]
    people.git.push("origin", "main:mine")
    book.push(ENGLISH, {"docs/es/boats.md": TRANSLATIONS["es"] + "\nFin.\n"}, "mine")
    pull = github.open_pull(ENGLISH, "ana", "Mine", "mine")
    done = book.serve(github.comment(ENGLISH, pull.number, "ana", "/retranslate"), "en", here=True)
    assert done.status == 1 and "is not one of the bot" in done.log and "amts/sync-es, amts/sync-tr" in done.log
