"""The versions of documents in the history of a real repository."""

from __future__ import annotations

from pathlib import Path

import git
import pytest
from support.worlds import commit, repository

from bot.repositories import versions
from bot.repositories.repository import Repository
from bot.repositories.versions import Versions


@pytest.fixture
def people(tmp_path: Path) -> git.Repo:
    return repository(tmp_path / "en", {"a.md": "one\n", "b.txt": "no\n"}, "First")


def read(people: git.Repo) -> Versions:
    opened = Repository.open(Path(people.working_dir))
    return versions.of_history(opened, people.head.commit.hexsha, lambda path: path.endswith(".md"))


def test_each_version_has_its_first_and_last_commit_and_what_ended_it(people: git.Repo) -> None:
    first = people.head.commit.hexsha
    second = commit(people, {"b.txt": "still\n"}, "Other")
    third = commit(people, {"a.md": "two\n"}, "Change")
    fourth = commit(people, {"c.md": "see\n"}, "Add")
    found = read(people)
    assert set(found) == {"a.md", "c.md"}
    one, two = found["a.md"]
    assert (one.oldest, one.newest, one.ended) == (first, second, third)
    assert (two.oldest, two.newest, two.ended) == (third, fourth, "")
    assert one.blob != two.blob and people.git.cat_file("blob", two.blob) == "two"


def test_a_deleted_document_ends_with_its_deletion(people: git.Repo) -> None:
    gone = commit(people, {"a.md": None}, "Delete")
    assert [v.ended for v in read(people)["a.md"]] == [gone]


def test_a_text_that_came_back_is_one_version(people: git.Repo) -> None:
    first = people.head.commit.hexsha
    commit(people, {"a.md": "two\n"}, "Change")
    back = commit(people, {"a.md": "one\n"}, "Back")
    found = {people.git.cat_file("blob", v.blob): v for v in read(people)["a.md"]}
    assert (found["one"].oldest, found["one"].newest, found["one"].ended) == (first, back, "")


def test_what_a_merge_brings_is_a_version_and_what_a_branch_had_meanwhile_is_not(people: git.Repo) -> None:
    people.git.checkout("-b", "side")
    commit(people, {"a.md": "half\n"}, "Half")
    commit(people, {"a.md": "whole\n"}, "Whole")
    people.git.checkout("main")
    commit(people, {"b.txt": "x\n"}, "Meanwhile")
    people.git.execute(
        ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "merge", "--no-ff", "-m", "Merge", "side"]
    )
    texts = [people.git.cat_file("blob", v.blob) for v in read(people)["a.md"]]
    assert sorted(texts) == ["one", "whole"]


def test_a_tag_adds_what_history_does_not_have(people: git.Repo) -> None:
    people.git.checkout("--orphan", "other")
    tagged = commit(people, {"a.md": "tagged\n"}, "A release")
    people.git.checkout("main")
    opened = Repository.open(Path(people.working_dir))
    more = versions.of_tree(opened, tagged, lambda path: path.endswith(".md"))
    found = versions.joined(read(people), more)
    assert [people.git.cat_file("blob", v.blob) for v in found["a.md"]] == ["one", "tagged"]
    again = versions.joined(found, versions.of_tree(opened, tagged, lambda path: path.endswith(".md")))
    assert again == found
