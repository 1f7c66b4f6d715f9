"""Several jobs, each with a shard of the languages, do what one run does."""

from __future__ import annotations

import shutil
from pathlib import Path

import git
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.worlds import CHAPTER, World, world

from bot.errors import AmtsError
from bot.sync.shards import Shard, read

LANGUAGES = ("es", "pt", "tr")


@given(st.lists(st.text("abc", min_size=1, max_size=3), unique=True, max_size=20), st.integers(1, 25))
def test_every_language_is_in_one_shard_and_shards_are_alike(languages: list[str], total: int) -> None:
    parts = [Shard(n, total).languages(languages) for n in range(1, total + 1)]
    assert sorted(name for part in parts for name in part) == sorted(languages)
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


@pytest.mark.parametrize("text", ["0/2", "3/2", "1", "1/", "/2", "a/b", "-1/2", "1/2/3", "1/0"])
def test_anything_else_is_no_shard(text: str) -> None:
    with pytest.raises(AmtsError, match="is not a shard"):
        read(text)


def books(folder: Path) -> World:
    """A book with three translations, of which English has moved on."""
    made = world(folder)
    for language in LANGUAGES[1:]:
        shutil.copytree(folder / "es", folder / language)
    entries = "".join(f"  - language: {n}\n    repository: {n}\n    baseline: sibling\n" for n in LANGUAGES)
    made.config.write_text(f"source:\n  repository: en\ntranslations:\n{entries}", encoding="utf-8")
    made.push(
        {"boats.md": CHAPTER.replace("It has a hull and a mast.", "A hull carries the mast."), "new.md": "# New\n"}
    )
    return made


def state(book: World) -> dict[str, str]:
    """The tree of the pull request of each language, and its page without commit ids."""
    found = {}
    for language in LANGUAGES:
        with git.Repo(book.folder / language) as repository:
            heads = [head for head in repository.heads if head.name == "amts/sync"]
            found[language] = heads[0].commit.tree.hexsha if heads else ""
            page = book.folder / "pull-requests" / f"{language}-1.md"
            if heads:
                found[f"{language} page"] = page.read_text(encoding="utf-8").replace(heads[0].commit.hexsha, "HEAD")
    return found


def test_two_shards_give_what_one_run_gives(tmp_path: Path) -> None:
    whole, parts = books(tmp_path / "whole"), books(tmp_path / "parts")
    assert whole.sync() == 0
    assert parts.sync("--shard", "1/2") == 0
    halfway = state(parts)
    assert halfway["es"] and halfway["tr"] and not halfway["pt"]
    assert parts.sync("--shard", "2/2") == 0
    assert {n: tree for n, tree in state(parts).items() if n in LANGUAGES} == {
        n: tree for n, tree in state(whole).items() if n in LANGUAGES
    }
    # Once more, in another order and with other parts: nothing changes.
    done = state(parts)
    for shard in ("3/3", "1/3", "2/3"):
        assert parts.sync("--shard", shard) == 0
    assert state(parts) == done


def test_a_shard_without_a_language_does_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = books(tmp_path)
    assert book.sync("--shard", "4/4") == 0
    assert "Nothing to do: shard 4/4 has no language." in capsys.readouterr().out
    assert not any(tree for name, tree in state(book).items() if name in LANGUAGES)
