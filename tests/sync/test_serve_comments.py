"""Who may command, and with which comments: whole runs of the action on the comments of a pull request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import git
import pytest
from fakes.github import Fault, GitHub
from support.comments import COMMANDS, MISTAKES, OTHERS
from support.hubs import ENGLISH, Hub, Hubs
from support.worlds import CHAPTER

from bot.contracts import BRANCH, REVIEW
from bot.reporting.wording import wording
from bot.review.record import read

ROWED = "Some boats are rowed by tired people."
MORE = f"# More\n\n{ROWED}\n"
HUMAN = "Unos remeros cansados mueven barcos."
LONGEST_COMMENT = 65_536
"""Code points, of GitHub."""


@dataclass(frozen=True)
class Who:
    """Somebody, with a ``level`` in the repository and what GitHub says of their ``association``."""

    level: str
    association: str
    may: bool
    kind: str = "User"
    listed: bool = False
    answered: bool = True


PEOPLE = {
    "the-owner": Who("admin", "OWNER", True),
    "a-maintainer": Who("maintain", "COLLABORATOR", True),
    "a-writer": Who("write", "COLLABORATOR", True),
    "a-triager": Who("triage", "COLLABORATOR", False),
    "a-reader": Who("read", "COLLABORATOR", False),
    "an-outsider": Who("none", "NONE", False),
    "a-contributor": Who("none", "CONTRIBUTOR", False),
    "a-member-without-rights": Who("read", "MEMBER", False),
    "a-private-member": Who("write", "NONE", True),
    "a-listed-translator": Who("none", "NONE", True, listed=True),
    "A-Listed-Translator-In-Capitals": Who("none", "NONE", True, listed=True),
    "a-bot[bot]": Who("write", "NONE", False, kind="Bot", answered=False),
    "an-app[bot]": Who("admin", "NONE", False, kind="Bot", answered=False),
}


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.forges.github.connection.BETWEEN_WRITES", 0.0)


def finished(folder: Path, github: GitHub) -> Hub:
    """A pull request with a document whose draft a translator has finished elsewhere, so that a try changes it."""
    made = Hub(folder, github)
    listed = "".join(f"\n      - '{name.casefold()}'" for name, who in PEOPLE.items() if who.listed)
    made.push("book/es", {"amts.yml": f"{made.settings()}    translators:{listed}\n"})
    made.push(ENGLISH, {"boats.md": CHAPTER.replace("It has a hull and a mast.", ROWED), "more.md": MORE})
    assert made.sync(here=True).status == 0
    made.edit(ROWED, HUMAN)
    for name, who in PEOPLE.items():
        user = github.user(name, who.kind)
        if who.level != "none":
            github.permit("book/es", name, who.level)
        user.association = who.association
    return made


@pytest.fixture
def book(hubs: Hubs) -> Iterator[Hub]:
    with hubs.hub(finished) as hub:
        yield hub


def commits(book: Hub) -> int:
    """Those of the bot for comments."""
    bare = git.Repo(book.github.repository("book/es").path)
    return int(bare.git.rev_list(BRANCH, count=True, grep="AMTS-Comment"))


@pytest.mark.parametrize("name", PEOPLE)
def test_who_may_command(book: Hub, name: str) -> None:
    comment = book.comment("/retranslate more.md", name)
    done = book.serve(comment, here=True)
    assert done.status == 0, done.log
    assert (HUMAN in book.text(path="more.md"), commits(book)) == (PEOPLE[name].may, int(PEOPLE[name].may))
    assert len(book.answers()) - (PEOPLE[name].kind == "Bot") == int(PEOPLE[name].answered)
    assert book.reactions(comment) == (["rocket" if PEOPLE[name].may else "confused"] if PEOPLE[name].answered else [])


def test_each_command_is_answered_once_and_no_other_comment(book: Hub) -> None:
    bodies = [body[:LONGEST_COMMENT] for body in (*COMMANDS, *MISTAKES, *OTHERS)]
    said = {body: book.comment(body, "a-writer") for body in bodies if body.strip()}
    done = book.serve(said["/retranslate"], here=True)
    assert done.status == 0, done.log
    commands = {body[:LONGEST_COMMENT] for body in (*COMMANDS, *MISTAKES)}
    assert {body for body, comment in said.items() if book.reactions(comment)} == commands
    assert len(book.answers()) == len(commands) >= 30 and len(said) - len(commands) >= 20
    # One draft again, and that reviewed. What is no document of the pull request, or no command, changes nothing.
    assert commits(book) == 2
    writes = len(book.github.writes)
    assert book.serve(said["/retranslate"], here=True).status == 0 and len(book.github.writes) == writes


def test_whoever_may_not_command_is_answered_once_however_often_they_ask(book: Hub) -> None:
    said = [book.comment(f"/retranslate\n{n}", "an-outsider") for n in range(3)]
    book.serve(said[0], here=True)
    said.append(book.comment("/retranslate", "an-outsider"))
    book.serve(said[-1], here=True)
    assert len(book.answers()) == 1 and "an-outsider" in book.answers()[0] and commits(book) == 0


def test_answers_are_in_the_language_that_the_translation_chose(book: Hub) -> None:
    book.push("book/es", {"amts.yml": f"{book.settings()}    page_language: ja\n"})
    said = [book.comment("/retranslate more.md", "a-writer"), book.comment("/retranslate nowhere.md", "a-writer")]
    book.comment("/retranslate", "an-outsider")
    assert book.serve(said[0], here=True).status == 0
    answers = "\n".join(book.answers())
    words = wording("ja")
    assert words("redrafted", number=1) in answers and words("reply.refusal", author="`an-outsider`") in answers
    assert "nowhere.md はこのプルリクエストの文書ではありません" in answers
    subjects = git.Repo(book.github.repository("book/es").path).git.log(BRANCH, "--format=%s")
    assert words("commit.retranslate", what="more.md") in subjects.splitlines()


def test_an_edited_comment_and_one_on_an_issue_are_no_commands(book: Hub) -> None:
    comment = book.comment("/retranslate", "a-writer")
    assert "only new ones" in book.serve(comment, here=True, action="edited").log
    assert not book.answers() and commits(book) == 0


def test_a_comment_on_another_pull_request_does_not_touch_the_open_one(book: Hub) -> None:
    book.clones["book/es"].git.fetch("origin")
    book.clones["book/es"].git.push("origin", "origin/main:refs/heads/other")
    book.push("book/es", {"x.md": "Otro.\n"}, "other")
    repository = book.github.repository("book/es")
    other = book.github.open_pull("book/es", "a-writer", "Otro", "other")
    before = repository.git.branch(BRANCH)
    for body in ("/retranslate", "/retranslate more.md", "/retranslate x.md --force"):
        done = book.serve(book.comment(body, "a-writer", number=other.number), here=True)
        assert done.status == 0
    assert repository.git.branch(BRANCH) == before and len(book.answers()) == 3
    assert all("not the open pull request" in answer for answer in book.answers())


def test_what_nobody_waits_for_any_more_is_not_served(book: Hub) -> None:
    old = book.comment("/retranslate more.md", "a-writer")
    old.created_at = "2020-01-01T00:00:00Z"
    book.serve(book.comment("/retranslate boats.md", "a-writer"), here=True)
    assert not book.reactions(old) and HUMAN not in book.text(path="more.md")


def test_two_comments_are_served_in_their_order_by_one_run_and_the_second_run_has_nothing_to_do(book: Hub) -> None:
    first = book.comment("/retranslate boats.md --force", "a-writer")
    second = book.comment("/retranslate more.md", "a-writer")
    for comment in (first, second):
        assert book.serve(comment, here=True).status == 0
    assert len(book.answers()) == 2
    assert [book.reactions(c) for c in (first, second)] == [["rocket"], ["rocket"]]


def test_an_answer_that_somebody_forged_keeps_nobody_from_being_served(book: Hub) -> None:
    comment = book.comment("/retranslate more.md", "a-writer")
    book.comment(f'Done!\n<!-- amts:v1 {{"answers": "{comment.id}"}} -->\n', "an-outsider")
    book.serve(comment, here=True)
    assert HUMAN in book.text(path="more.md") and len(book.answers()) == 1


def test_a_command_on_lines_drafts_the_paragraphs_of_those_lines_only(book: Hub) -> None:
    book.push(ENGLISH, {"more.md": f"{MORE}\nA second paragraph came along later.\n"})
    assert book.sync(here=True).status == 0
    comment = book.on_line("/retranslate", 5, "a-writer", path="more.md")
    book.serve(comment, here=True)
    assert HUMAN not in book.text(path="more.md")
    assert book.reactions(comment) == ["rocket"]
    comment = book.on_line("/retranslate", 3, "a-writer", path="more.md")
    book.serve(comment, here=True)
    assert HUMAN in book.text(path="more.md")


def test_a_command_on_lines_of_the_english_beside_a_document(book: Hub) -> None:
    comment = book.on_line("/retranslate", 3, "a-writer", path="more_origin.md")
    book.serve(comment, here=True)
    assert HUMAN in book.text(path="more.md") and book.reactions(comment) == ["rocket"]
    assert "a-writer" in [c.user.login for c in book.github.repository("book/es").review_comments.values()]


def test_a_line_that_is_gone_is_told(book: Hub) -> None:
    comment = book.on_line("/retranslate", 3, "a-writer", path="more.md")
    book.push("book/es", {"more.md": "# More\n"}, BRANCH)
    done = book.serve(comment, here=True)
    assert done.status == 0 and book.reactions(comment) == ["confused"]
    assert "Nothing was changed" in book.answers()[0]


def test_what_people_edited_is_drafted_again_with_force_only(book: Hub) -> None:
    book.edit(HUMAN, "Barcos que nadie mueve nunca.", path="boats.md")
    text = book.text()
    book.serve(book.comment("/retranslate boats.md", "a-writer"), here=True)
    assert book.text() == text and "--force" in book.answers()[0]
    book.serve(book.comment("/retranslate boats.md --force", "a-writer"), here=True)
    # What they refuse teaches nothing, so there is nothing to draft it with.
    assert "1 pair" not in book.answers()[1] and "Not drafted" in book.answers()[1]


def test_the_command_of_a_bot_is_not_served_with_those_of_people(book: Hub) -> None:
    bots = [book.comment("/retranslate", "a-bot[bot]"), book.on_line("/retranslate", 3, "an-app[bot]", "more.md")]
    book.serve(book.comment("/retranslate nowhere.md", "a-writer"), here=True)
    assert commits(book) == 0 and not any(book.reactions(c) for c in bots)


def test_a_comment_on_what_was_there_before_is_told_so(book: Hub) -> None:
    comment = book.on_line("/retranslate", 3, "a-writer", path="more.md")
    comment.side = "LEFT"
    book.serve(comment, here=True)
    assert commits(book) == 0 and book.reactions(comment) == ["confused"]
    assert "comment on a line of the new text" in "".join(book.answers())


def test_a_command_on_lines_cannot_mean_another_document(book: Hub) -> None:
    comment = book.on_line("/retranslate boats.md", 3, "a-writer", path="more.md")
    book.serve(comment, here=True)
    assert commits(book) == 0 and "the comment is not on boats.md" in book.answers()[0]


def test_lines_are_found_where_they_have_moved_to(book: Hub) -> None:
    book.push(ENGLISH, {"more.md": f"{MORE}\nA second paragraph came along later.\n"})
    assert book.sync(here=True).status == 0
    comment = book.on_line("/retranslate", 3, "a-writer", path="more.md")
    text = book.text(path="more.md")
    book.push("book/es", {"more.md": text.replace("# More\n", "# Otros\n\nUna nota.\n\nY otra.\n")}, BRANCH)
    book.serve(comment, here=True)
    assert book.text(path="more.md").count(HUMAN) == 1 and book.reactions(comment) == ["rocket"]


def test_a_run_that_died_before_it_answered_is_not_repeated(book: Hub) -> None:
    comment = book.comment("/retranslate more.md", "a-writer")
    # Its answer fails for good, and the commit is there.
    book.github.faults.append(Fault("issues/create-comment", "server", times=99))
    assert book.serve(comment, here=True).status == 1 and commits(book) == 1
    book.github.faults.clear()
    assert book.serve(comment, here=True).status == 0
    assert commits(book) == 1 and "done in an earlier run" in book.answers()[0]
    assert book.reactions(comment) == ["rocket"]


def test_a_reviewed_document_is_settled_and_answered_once(book: Hub) -> None:
    before = book.text(path="more.md")
    # This book has no engine: what is English counts as a draft here.
    book.edit('"state":"english"', '"state":"draft"', path=REVIEW)
    comment = book.comment("/reviewed more.md\nAll fine.", "a-writer")
    assert book.serve(comment, here=True).status == 0
    (answer,) = book.answers()
    assert "**Reviewed**" in answer and "`more.md`: " in answer
    entries = read(book.text(path=REVIEW).encode())
    assert all(entry.path != "more.md" for entry in entries) and book.text(path="more.md") == before
    book.serve(comment, here=True)
    assert book.answers() == [answer]


@pytest.mark.parametrize("on_line", [False, True], ids=["below", "on a line"])
def test_in_a_locked_conversation_a_command_is_done_without_an_answer(book: Hub, on_line: bool) -> None:
    if on_line:
        comment = book.on_line("/retranslate", 3, "a-writer", path="more.md")
    else:
        comment = book.comment("/retranslate more.md", "a-writer")
    book.github.lock("book/es", 1)
    done = book.serve(comment)
    assert done.status == 0, done.log
    assert HUMAN in book.text(path="more.md") and not book.answers()
    (notice,) = (c for c in done.commands if c.startswith("::notice"))
    assert "got no answer: the conversation is locked" in notice and "issue is locked" in notice
