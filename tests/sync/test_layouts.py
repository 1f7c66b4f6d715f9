"""Translations in the repository of English: in folders, or by suffix; English commits in their front matter."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import git
import pytest
from support.worlds import CAPITULO, CHAPTER, commit, repository

from bot.cli.main import main

EDITED = CHAPTER.replace("A boat floats on water.", "A boat floats on water and on quicksilver.")
NEW = "# Oars\n\nAn oar is a lever.\n"


@dataclass
class Repository:
    """One repository with English and two translations, whose settings are beside it."""

    folder: Path

    @property
    def git(self) -> git.Repo:
        return git.Repo(self.folder / "book")

    def sync(self, *more: str) -> int:
        return main(["sync", "--config", str(self.folder / "amts.yml"), *more])

    def text(self, path: str, branch: str) -> str:
        return str(self.git.git.show(f"{branch}:{path}", strip_newline_in_stdout=False))

    def changed(self, branch: str) -> list[str]:
        """The files that a pull request changes, without the review record."""
        names = str(self.git.git.diff("--name-only", "main", branch)).splitlines()
        return [name for name in names if not name.endswith(".review")]


def book(folder: Path, files: Mapping[str, str], source: str, *layouts: str, baseline: str = "lock") -> Repository:
    made = repository(folder / "book", dict(files), "First")
    (folder / "amts.yml").write_text(
        f"source: {{repository: book, layout: '{source}'}}\npage_language: en\ntranslations:\n"
        + "".join(
            f"  - {{language: {language}, repository: book, layout: '{layout}', baseline: {baseline}}}\n"
            for language, layout in zip(("es", "pt-BR"), layouts, strict=False)
        ),
        encoding="utf-8",
    )
    for language, layout in zip(("es", "pt-BR"), layouts, strict=False):
        if baseline == "lock":
            path, english = (
                p.format(path="boats.md", stem="boats", ext=".md", lang=language) for p in (layout, source)
            )
            english = english.replace(f"/{language}/", "/en/")
            entry = {"source": english, "blob": made.head.commit.tree[english].hexsha}
            lock = json.dumps({"version": 1, "documents": {path: entry}})
            commit(made, {f"amts.{language}.lock": lock}, f"Record {language}")
    return Repository(folder)


FOLDERS = {
    "docs/en/boats.md": CHAPTER,
    "docs/es/boats.md": CAPITULO,
    "docs/pt-BR/boats.md": CAPITULO,
    "README.md": "Hi\n",
}
SUFFIXES = {"boats.md": CHAPTER, "boats.es.md": CAPITULO, "boats.pt-BR.md": CAPITULO}


def test_english_is_that_of_main_while_a_pull_request_is_checked_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = book(tmp_path, FOLDERS, "docs/en/{path}", "docs/es/{path}", "docs/pt-BR/{path}")
    commit(made.git, {"docs/en/boats.md": EDITED}, "English")
    assert made.sync("--language", "es") == 0
    made.git.git.branch("ideas", "main~1")
    commit(made.git, {"docs/en/boats.md": EDITED + "\nMore to come.\n"}, "More English")
    made.git.git.checkout("amts/sync-es")
    capsys.readouterr()
    # The other language goes into main, not into the pull request of Spanish, and has what is new in main.
    assert made.sync("--language", "pt-BR") == 0
    assert "More to come." in made.text("docs/pt-BR/boats.md", "amts/sync-pt-BR")
    assert made.changed("amts/sync-pt-BR") == ["amts.pt-BR.lock", "docs/pt-BR/boats.md"]
    assert "amts/sync-pt-BR` into `main`" in (tmp_path / "pull-requests" / "pt-BR-1.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("files", "source", "layout", "place"),
    [
        (FOLDERS, "docs/{lang}/{path}", "docs/{lang}/{path}", "docs/%s/"),
        (SUFFIXES, "{path}", "{stem}.{lang}{ext}", ""),
    ],
)
def test_each_language_of_a_repository_has_a_pull_request_of_its_own(
    tmp_path: Path, files: Mapping[str, str], source: str, layout: str, place: str
) -> None:
    here = book(tmp_path, files, source, layout, layout)
    assert here.sync() == 0 and {h.name for h in here.git.heads} == {"main"}
    english = "docs/en/" if place else ""
    commit(here.git, {f"{english}boats.md": EDITED, f"{english}oars.md": NEW}, "Quicksilver")
    assert here.sync() == 0
    assert {h.name for h in here.git.heads} == {"main", "amts/sync-es", "amts/sync-pt-BR"}
    for language in ("es", "pt-BR"):
        branch = f"amts/sync-{language}"
        names = [f"docs/{language}/boats.md", f"docs/{language}/oars.md"]
        names = names if place else [f"boats.{language}.md", f"oars.{language}.md"]
        assert sorted(here.changed(branch)) == sorted([*names, f"amts.{language}.lock"])
        draft = here.text(names[0], branch)
        assert "on quicksilver" in draft and "La vela atrapa el viento." in draft
        assert here.text(names[1], branch) == NEW
    # Merged one after the other, without a conflict; then nothing is left to do, although English has not changed.
    for language in ("es", "pt-BR"):
        here.git.git.execute(["git", "-c", "user.name=A", "-c", "user.email=a@b.c", "merge", f"amts/sync-{language}"])
    heads = [h.commit.hexsha for h in here.git.heads]
    assert here.sync() == 0
    assert [h.commit.hexsha for h in here.git.heads] == heads


def test_a_translation_is_no_english_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also a sibling baseline beside a translation with a suffix, and a translation without English."""
    files = {**SUFFIXES, "boats.es_origin.md": CHAPTER, "boats.pt-BR_origin.md": CHAPTER, "old.es.md": "Viejo\n"}
    here = book(tmp_path, files, "{path}", "{stem}.{lang}{ext}", "{stem}.{lang}{ext}", baseline="sibling")
    assert here.sync() == 0
    assert {h.name for h in here.git.heads} == {"main"}, capsys.readouterr().out
    commit(here.git, {"boats.md": EDITED}, "Quicksilver")
    assert here.sync("--language", "es") == 0
    assert sorted(here.changed("amts/sync-es")) == ["boats.es.md", "boats.es_origin.md"]


def test_english_in_a_folder_of_its_translation_is_still_english(tmp_path: Path) -> None:
    here = book(tmp_path, {"en/boats.md": CHAPTER, "boats.md": CAPITULO}, "en/{path}", "{path}")
    commit(here.git, {"en/boats.md": EDITED}, "Quicksilver")
    assert here.sync() == 0
    assert sorted(here.changed("amts/sync-es")) == ["amts.es.lock", "boats.md"]


def test_a_page_that_english_never_had_is_not_deleted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = book(tmp_path, {"en/boats.md": CHAPTER}, "{lang}/{path}", "{lang}/{path}", baseline="front-matter")
    stamp = f"---\ndefault_lang_commit: {here.git.head.commit.hexsha}\n---\n\n"
    commit(here.git, {"es/boats.md": stamp + CAPITULO, "es/local.md": f"{stamp}# Local\n"}, "Traducir")
    assert here.sync() == 1
    assert "es/local.md: the commit that its front matter names has no en/local.md" in capsys.readouterr().out


PROSE = "# What is it?\n\nThis is the question of the book, and the answer to it is in the chapter on boats.\n"


@pytest.mark.parametrize(
    ("files", "drafted"),
    [
        ({"what.es.md": PROSE}, ["what.es.es.md"]),
        ({"what.es.md": PROSE, "what.md": None}, []),  # English deleted its what.md
        ({"what.es.md": "# ¿Qué es?\n\nUna página que los traductores han escrito ellos mismos, sin original.\n"}, []),
    ],
)
def test_a_name_that_looks_like_a_translation_is_english_if_it_reads_so_and_never_had_an_english(
    tmp_path: Path, files: Mapping[str, str | None], drafted: list[str]
) -> None:
    start = SUFFIXES | ({"what.md": PROSE} if "what.md" in files else {})
    here = book(tmp_path, start, "{path}", "{stem}.{lang}{ext}", "{stem}.{lang}{ext}")
    commit(here.git, files, "What")
    commit(here.git, {"boats.md": EDITED}, "Quicksilver")
    assert here.sync() == 0
    assert sorted(here.changed("amts/sync-es")) == ["amts.es.lock", "boats.es.md", *drafted]


def test_one_translation_beside_english_has_a_branch_with_its_name(tmp_path: Path) -> None:
    here = book(tmp_path, {"boats.md": CHAPTER, "i18n/es/boats.md": CAPITULO}, "{path}", "i18n/{lang}/{path}")
    commit(here.git, {"boats.md": None, "ships.md": EDITED}, "Rename")
    assert here.sync() == 0
    assert "i18n/es/ships.md" in here.changed("amts/sync-es")
    assert "La vela atrapa el viento." in here.text("i18n/es/ships.md", "amts/sync-es")


def test_the_commit_in_the_front_matter_moves_with_the_draft(tmp_path: Path) -> None:
    here = book(
        tmp_path, {"en/boats.md": CHAPTER, "en/oars.md": NEW}, "{lang}/{path}", "{lang}/{path}", baseline="front-matter"
    )
    first = here.git.head.commit.hexsha
    stamp = f"---\ndefault_lang_commit: {first[:12]} # patched\ndrifted_from_default: true\nreviewer: Ana\n---\n\n"
    oars = "# Remos\n\nUn remo es una palanca.\n"
    commit(here.git, {"es/boats.md": stamp + CAPITULO, "es/oars.md": stamp + oars}, "Traducir")
    assert here.sync() == 0 and {h.name for h in here.git.heads} == {"main"}
    head = commit(here.git, {"en/boats.md": EDITED, "en/oars.md": NEW + "\n"}, "Quicksilver")
    assert here.sync() == 0
    assert sorted(here.changed("amts/sync-es")) == ["es/boats.md"]
    draft = here.text("es/boats.md", "amts/sync-es")
    assert draft.startswith(f"---\ndefault_lang_commit: {head} # patched\nreviewer: Ana\n---\n\n# Barcos\n")
    assert "on quicksilver" in draft and "submarinos" in draft
    here.git.git.merge("--ff-only", "amts/sync-es")
    assert here.sync() == 0
    assert here.git.heads["amts/sync-es"].commit == here.git.heads["main"].commit


def test_a_commit_that_english_does_not_have_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = book(tmp_path, {"en/boats.md": CHAPTER}, "{lang}/{path}", "{lang}/{path}", baseline="front-matter")
    commit(here.git, {"es/boats.md": f"---\ndefault_lang_commit: {'9' * 40}\n---\n\n{CAPITULO}"}, "Traducir")
    assert here.sync() == 1
    printed = capsys.readouterr()
    assert "9999999" in printed.out + printed.err and "does not exist in English history" in printed.out + printed.err


def test_figures_and_tables_of_contents_travel_into_the_folder_of_a_translation(tmp_path: Path) -> None:
    toc = "root: boats\nchapters:\n- file: hull\n"
    files = {**FOLDERS, "docs/en/_toc.yml": toc, "docs/es/_toc.yml": toc + "- file: es_aparte\n", "logo.svg": "<svg/>"}
    here = book(tmp_path, files, "docs/{lang}/{path}", "docs/{lang}/{path}")
    text = "# Oars\n\n![An oar.](img/oar.svg) ![Our logo.](/logo.svg) ![Shared.](../shared.svg)\n"
    pictures = {"docs/en/img/oar.svg": "<svg>1</svg>", "docs/shared.svg": "<svg>2</svg>"}
    commit(here.git, {"docs/en/oars.md": text, **pictures, "docs/en/_toc.yml": toc + "- file: oars\n"}, "Oars")
    assert here.sync() == 0
    assert sorted(here.changed("amts/sync-es")) == ["amts.es.lock", "docs/es/img/oar.svg", "docs/es/oars.md"]
    page = next((tmp_path / "pull-requests").glob("es-*.md")).read_text(encoding="utf-8")
    assert "add an entry of docs/es/oars.md: no neighbour of it is there" in page


def test_figures_are_shared_where_a_translation_has_a_suffix(tmp_path: Path) -> None:
    here = book(tmp_path, SUFFIXES, "{path}", "{stem}.{lang}{ext}", "{stem}.{lang}{ext}")
    text = "# Oars\n\n![An oar.](img/oar.svg)\n"
    commit(here.git, {"oars.md": text, "img/oar.svg": "<svg>1</svg>"}, "Oars")
    assert here.sync() == 0
    assert sorted(here.changed("amts/sync-es")) == ["amts.es.lock", "oars.es.md"]


FRENCH = "# Bateaux\n\nUn bateau flotte sur une eau calme, et une voile large pend de son mât le plus haut.\n"


@pytest.mark.parametrize("target", ["{stem}.{lang}{ext}", "{stem}.es{ext}"])
def test_a_translation_that_the_settings_do_not_have_is_no_english_document(tmp_path: Path, target: str) -> None:
    """Nor is what is English still under the name of such a language; a name that only looks like one is."""
    files = {"boats.md": CHAPTER, "boats.es.md": CAPITULO, "boats.french.md": FRENCH, "knots.french.md": PROSE}
    copies = {f"{name}.french.md": PROSE for name in ("one", "two")} | {"one.md": PROSE, "two.md": PROSE}
    here = book(tmp_path, {**files, **copies, "boats.faq.md": PROSE}, "{path}", target)
    commit(here.git, {"boats.md": EDITED}, "Quicksilver")
    assert here.sync("--language", "es") == 0
    assert sorted(here.changed("amts/sync-es")) == [
        "amts.es.lock",
        "boats.es.md",
        "boats.faq.es.md",
        "one.es.md",
        "two.es.md",
    ]


def test_a_folder_of_names_is_english_however_it_reads(tmp_path: Path) -> None:
    names = "# Names\n\n" + "\n".join(f"- alpha beta gamma delta {n}" for n in range(9)) + "\n"
    files = {"docs/boats.md": CHAPTER, "docs/es/boats.md": CAPITULO, "docs/fr/boats.md": FRENCH}
    here = book(tmp_path, {**files, "docs/api/boats.md": names}, "docs/{path}", "docs/{lang}/{path}")
    commit(here.git, {"docs/boats.md": EDITED}, "Quicksilver")
    assert here.sync("--language", "es") == 0
    assert sorted(here.changed("amts/sync-es")) == ["amts.es.lock", "docs/es/api/boats.md", "docs/es/boats.md"]
