"""The stand-in for GitHub, asked by real PyGithub and real git."""

from __future__ import annotations

import base64
import gzip
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
from github import Auth, Github, GithubException, GithubIntegration
from github.Repository import Repository

from fakes.github import Fault, GitHub
from fakes.github.asked import HANDLERS
from fakes.github.pull_forms import PullForms
from fakes.github.trim import KEPT

NAME = "book/es"
LINES = [f"line {number}" for number in range(1, 31)]
TEXT = "\n".join(LINES) + "\n"
EDITED = TEXT.replace("line 10\n", "line X\nline Y\n")
QUICK: dict[str, Any] = {"seconds_between_requests": 0, "seconds_between_writes": 0, "retry": None}


@dataclass
class World:
    """A repository on the server with a clone of it, and clients that are closed in the end."""

    hub: GitHub
    folder: Path
    clients: list[Any] = field(default_factory=list)

    def git(self, *words: str, fails: bool = False) -> str:
        """What git says in the clone."""
        env = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "GIT_CONFIG_GLOBAL": os.devnull}
        env |= {"GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
        for role in ("AUTHOR", "COMMITTER"):
            env |= {f"GIT_{role}_NAME": "Ann", f"GIT_{role}_EMAIL": "ann@example.org"}
        clone = self.folder / "clone"
        command = ["git", *(["-C", str(clone)] if clone.exists() else []), *words]
        done = subprocess.run(command, capture_output=True, text=True, env=env)
        assert bool(done.returncode) == fails, done.stderr
        return done.stdout + done.stderr

    def remote(self, token: str, name: str = NAME) -> str:
        return self.hub.git_url.replace("://", f"://x-access-token:{token}@") + f"/{name}.git"

    def commit(self, branch: str, files: dict[str, str], start: str = "main") -> str:
        """A commit on a branch, pushed past HTTP; the branch starts at another one where it is new."""
        if self.git("branch", "--list", branch):
            self.git("checkout", "-q", branch)
        else:
            self.git("checkout", "-q", "-b", branch, start)
        for name, text in files.items():
            path = self.folder / "clone" / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.git("add", ".")
        self.git("commit", "-q", "-m", f"Change {', '.join(files)}")
        self.git("push", "-q", str(self.hub.repository(NAME).path), branch)
        return self.git("rev-parse", "HEAD").strip()

    def client(self, token: str = "", **more: Any) -> Github:
        auth = Auth.Token(token) if token else None
        made = Github(auth=auth, base_url=self.hub.url, **(QUICK | more))
        self.clients.append(made)
        return made

    def repo(self, login: str = "bot", level: str = "write", **more: Any) -> Repository:
        return self.client(self.hub.token(login, {NAME: level}, **more)).get_repo(NAME)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with GitHub(tmp_path / "hub") as hub:
        made = World(hub, tmp_path)
        bare = hub.repository(NAME).path
        made.git("init", "-q", "--initial-branch=main", str(tmp_path / "clone"))
        made.git("commit", "-q", "--allow-empty", "-m", "Nothing")
        made.commit("main", {"a.md": TEXT, "deep/b.md": "b\n"})
        made.commit("work", {"a.md": EDITED})
        assert bare.is_dir()
        yield made
        for client in made.clients:
            client.close()


def refused(call: Callable[[], Any]) -> tuple[int, str]:
    """How GitHub refuses something."""
    with pytest.raises(GithubException) as caught:
        call()
    return caught.value.status, json.dumps(caught.value.data)


def test_every_operation_has_a_handler() -> None:
    assert set(HANDLERS) == set(KEPT)


# Issues


def test_issues_are_opened_listed_and_changed(world: World) -> None:
    repo = world.repo()
    first = repo.create_issue("One", "Body")
    second = world.repo("ana", "read").create_issue("Two")
    repo.create_pull(base="main", head="work", title="Three")
    assert [i.number for i in repo.get_issues()] == [3, 2, 1]
    assert [i.number for i in repo.get_issues(creator="bot", direction="asc")] == [1, 3]  # type: ignore[arg-type]
    assert [i.pull_request is None for i in repo.get_issues()] == [False, True, True]
    first.edit(body="Other", state="closed")
    assert (first.state, first.body, first.title) == ("closed", "Other", "One")
    assert [i.number for i in repo.get_issues(state="closed")] == [1]
    assert len(list(repo.get_issues(state="all"))) == 3
    first.edit(state="open")
    assert repo.get_issue(1).closed_at is None
    second.edit(body="By its author")
    assert not world.hub.problems


def test_who_may_not_change_an_issue(world: World) -> None:
    world.repo().create_issue("One", "Body")
    theirs = world.repo("ana", "read").get_issue(1)
    assert refused(lambda: theirs.edit(body="Mine"))[0] == 403
    scopes = {"contents": "write", "metadata": "read", "pull_requests": "write"}
    other = world.repo("bob", "write", scopes=scopes)
    assert refused(lambda: other.create_issue("Two"))[0] == 403
    assert refused(lambda: world.repo().create_issue(" "))[0] == 422
    assert refused(lambda: world.repo().create_issue("Long", "x" * 65_537))[0] == 422


# git


def test_clone_and_push_over_http_with_protocol_2(world: World) -> None:
    token = world.hub.token("bot", {NAME: "write"})
    other = world.folder / "other"
    traced = world.git("-c", "protocol.version=2", "clone", world.remote(token), str(other))
    assert "Cloning" in traced and (other / "a.md").read_text(encoding="utf-8") == TEXT
    # Protocol 2 asks for refs with a request of its own.
    assert [r.method for r in world.hub.requests] == ["GET", "POST", "POST"]
    world.git("push", "-q", world.remote(token), "work:refs/heads/new")
    repository = world.hub.repository(NAME)
    assert repository.git.branch("new") == world.git("rev-parse", "work").strip()
    push = repository.pushes[-1]
    assert (push.ref, push.before, push.after) == ("refs/heads/new", "0" * 40, repository.git.branch("new"))
    assert push.user.login == "bot"
    (write,) = world.hub.writes
    assert write.operation == "git/receive-pack" and write.body.endswith("refs/heads/new") and write.login == "bot"
    assert not world.hub.problems


def test_a_big_push_comes_in_chunks(world: World) -> None:
    blob = base64.b64encode(os.urandom(100_000)).decode()
    world.git("checkout", "-q", "-b", "big", "main")
    (world.folder / "clone" / "big.txt").write_text(blob, encoding="utf-8")
    world.git("add", ".")
    world.git("commit", "-q", "-m", "Big")
    token = world.hub.token("bot", {NAME: "write"})
    world.git("-c", "http.postBuffer=2000", "push", "-q", world.remote(token), "big")
    assert world.hub.repository(NAME).git.branch("big") and len(world.hub.writes) == 1


def test_a_body_may_be_packed(world: World) -> None:
    url = f"{world.hub.git_url}/{NAME}.git/git-upload-pack"
    sent = {"Content-Type": "application/x-git-upload-pack-request", "Content-Encoding": "gzip"}
    asked = gzip.compress(b"0014command=ls-refs\n0000")
    answer = requests.post(url, asked, headers=sent | {"Git-Protocol": "version=2"}, timeout=10)
    assert answer.status_code == 200 and b"refs/heads/main" in answer.content
    requests.post(url, b"0000", headers=sent | {"Content-Encoding": ""}, timeout=10).close()


@pytest.mark.parametrize(
    ("level", "told"), [("read", "Permission to book/es.git denied to bot."), ("triage", "403"), ("none", "not found")]
)
def test_who_may_not_write_cannot_push(world: World, level: str, told: str) -> None:
    token = world.hub.token("bot", {NAME: level})
    assert told in world.git("push", world.remote(token), "work:refs/heads/new", fails=True)
    assert not world.hub.repository(NAME).git.branch("new")


def test_a_token_without_contents_cannot_push(world: World) -> None:
    token = world.hub.token("bot", {NAME: "write"}, scopes={"contents": "read", "metadata": "read"})
    assert "403" in world.git("push", world.remote(token), "work:refs/heads/new", fails=True)


def test_a_wrong_or_expired_token_is_told_from_none(world: World) -> None:
    token = world.hub.token("bot", {NAME: "write"})
    world.hub.expire(token)
    for bad in (token, "ghp_nonsense"):
        assert "Authentication failed" in world.git("push", world.remote(bad), "work:refs/heads/new", fails=True)
    assert "could not read Username" in world.git("push", f"{world.hub.git_url}/{NAME}", "work:x", fails=True)
    assert refused(lambda: world.client(token).get_repo(NAME))[0] == 401


def test_a_protected_branch_takes_no_push(world: World) -> None:
    world.hub.protect(NAME, "main")
    told = world.git("push", world.remote(world.hub.token("bot", {NAME: "write"})), "work:main", fails=True)
    assert "GH006: Protected branch update failed for refs/heads/main" in told
    assert world.repo().get_branch("main").protected


def test_a_private_repository_is_not_there_for_others(world: World) -> None:
    world.hub.repository("book/secret", private=True)
    stranger = world.hub.token("eve", {NAME: "read"})
    assert "not found" in world.git("ls-remote", world.remote(stranger, "book/secret"), fails=True)
    assert refused(lambda: world.client(stranger).get_repo("book/secret"))[0] == 404
    friend = world.hub.token("ann", {"book/secret": "read"})
    world.git("ls-remote", world.remote(friend, "book/secret"))
    assert world.client(friend).get_repo("book/secret").private


# Pull requests


def test_the_life_of_a_pull_request(world: World) -> None:
    repo: Any = world.repo()
    pull = repo.create_pull(base="main", head="work", title="Title", body="Body", draft=True)
    assert (pull.number, pull.draft, pull.user.login, pull.mergeable) == (1, True, "bot", True)
    pull.mark_ready_for_review()
    assert not repo.get_pull(1).draft
    pull.convert_to_draft()
    assert repo.get_pull(1).draft and world.hub.writes[-1].operation == "graphql/convertPullRequestToDraft"
    pull.mark_ready_for_review()
    pull.edit(title="Other", body="Else")
    pull.edit(state="closed")
    assert world.hub.pull(NAME, 1).closed_at
    pull.edit(state="open")
    (file,) = pull.get_files()
    assert (file.filename, file.status, file.changes) == ("a.md", "modified", 3) and "+line X" in file.patch
    assert [c.commit.message for c in pull.get_commits()] == ["Change a.md"]
    assert pull.merge(merge_method="merge").merged
    found = world.hub.pull(NAME, 1)
    assert found.merged_by and found.merged_by.login == "bot" and found.title == "Other"
    assert repo.get_pull(1).merged and repo.get_contents("a.md").decoded_content.decode() == EDITED
    repo.get_git_ref("heads/work").delete()
    assert refused(lambda: repo.get_branch("work"))[0] == 404
    assert not world.hub.problems


def test_pull_requests_that_cannot_be(world: World) -> None:
    repo = world.repo()

    def told(base: str = "main", head: str = "work", **more: Any) -> str:
        status, text = refused(lambda: repo.create_pull(base=base, head=head, **{"title": "T", **more}))
        assert status == 422
        return text

    repo.create_pull(base="main", head="work", title="T")
    assert "A pull request already exists for book:work." in told()
    assert "No commits between main and main" in told(head="main")
    assert '"field": "base", "code": "invalid"' in told(base="nowhere")
    assert '"field": "head"' in told(head="nowhere") and '"field": "head"' in told(head="eve:work")
    world.commit("more", {"c.md": "c\n"})
    assert "maximum is 65536" in told(head="more", body="x" * 65_537)
    assert "missing_field" in told(head="more", title="")
    repo.create_pull(base="main", head="more", title="T", body="x" * 65_536)


def test_lists_of_pull_requests_are_filtered_and_sorted(world: World) -> None:
    repo = world.repo()
    for name in ("one", "two", "three"):
        world.commit(name, {f"{name}.md": name})
        repo.create_pull(base="main", head=name, title=name)
    repo.get_pull(2).edit(state="closed")
    repo.get_pull(1).create_issue_comment("hello")

    def numbers(**query: str) -> list[int]:
        return [pull.number for pull in repo.get_pulls(**query)]

    assert numbers() == [3, 1] and numbers(state="closed") == [2] and numbers(state="all") == [3, 2, 1]
    assert numbers(head="book:one") == [1] and numbers(head="eve:one") == [] and numbers(base="two") == []
    assert numbers(sort="created", direction="asc") == [1, 3] and numbers(sort="updated", direction="desc") == [1, 3]
    assert numbers(sort="popularity", direction="desc")[0] == 1


def test_open_pull_requests_follow_their_branches(world: World) -> None:
    repo = world.repo()
    repo.create_pull(base="main", head="work", title="T")
    new = world.commit("work", {"a.md": EDITED + "more\n"})
    assert world.hub.pull(NAME, 1).head_sha == new and repo.get_pull(1).head.sha == new
    token = world.hub.token("ann", {NAME: "write"})
    world.git("checkout", "-q", "main")
    world.git("merge", "-q", "--no-ff", "--no-edit", "work")
    world.git("push", "-q", world.remote(token), "main")
    pull = repo.get_pull(1)
    assert pull.merged and pull.state == "closed" and pull.merged_by.login == "ann" and pull.changed_files == 1


def test_a_pull_request_ends_with_its_branch(world: World) -> None:
    repo = world.repo()
    pull = repo.create_pull(base="main", head="work", title="T")
    ref = repo.get_git_ref("heads/work")
    ref.delete()
    assert repo.get_pull(1).state == "closed" and not repo.get_pull(1).merged
    status, told = refused(lambda: pull.edit(state="open"))
    assert status == 422 and "branch has been deleted" in told
    assert "Reference does not exist" in refused(ref.delete)[1]


def test_people_merge_close_and_reopen(world: World) -> None:
    repo = world.repo()
    repo.create_pull(base="main", head="work", title="Squashed")
    sha = world.hub.merge(NAME, 1, squash=True)
    git = world.hub.repository(NAME).git
    assert git.branch("main") == sha and git.run("show", "-s", "--format=%s %P", sha).count(" ") == 3
    assert repo.get_pull(1).merge_commit_sha == sha
    world.commit("more", {"c.md": "c\n"})
    repo.create_pull(base="main", head="more", title="T")
    world.hub.close(NAME, 2)
    assert repo.get_pull(2).state == "closed"
    world.hub.reopen(NAME, 2)
    assert repo.get_pull(2).state == "open"
    with pytest.raises(ValueError):
        world.hub.merge(NAME, 1)


def test_a_conflict_is_not_merged(world: World) -> None:
    repo = world.repo()
    pull = repo.create_pull(base="main", head="work", title="T")
    world.commit("main", {"a.md": TEXT.replace("line 10\n", "line Z\n")})
    assert repo.get_pull(1).mergeable is False
    assert refused(pull.merge) == (405, json.dumps(refused_data("Pull Request is not mergeable", 405)))
    assert refused(lambda: pull.merge(sha="0" * 40))[0] == 409


def refused_data(message: str, status: int) -> dict[str, str]:
    return {"message": message, "documentation_url": "https://docs.github.com/rest", "status": str(status)}


def test_a_pull_request_from_a_fork(world: World) -> None:
    world.hub.repository("eve/es", parent=NAME)
    eve = world.client(world.hub.token("eve", {"eve/es": "admin", NAME: "read"}))
    pull = eve.get_repo(NAME).create_pull(base="main", head="eve:work", title="T")
    assert pull.head.repo.full_name == "eve/es" and pull.head.repo.fork and pull.changed_files == 1
    bot = world.repo()
    assert bot.get_pull(1).head.label == "eve:work"
    world.git("fetch", "-q", f"{world.hub.git_url}/{NAME}", "refs/pull/1/head")
    assert refused(lambda: world.repo("ann", "read").create_pull(base="main", head="work", title="T"))[0] == 422
    world.hub.merge(NAME, 1)
    assert world.hub.repository(NAME).git.branch("main")


def test_reviewers_are_collaborators(world: World) -> None:
    pull = world.repo().create_pull(base="main", head="work", title="T")
    world.hub.permit(NAME, "ann", "triage")
    pull.create_review_request(reviewers=["ann"])
    assert [user.login for user in world.hub.pull(NAME, 1).reviewers] == ["ann"]
    assert "from pull request author" in refused(lambda: pull.create_review_request(reviewers=["bot"]))[1]
    assert "not a collaborator" in refused(lambda: pull.create_review_request(reviewers=["eve"]))[1]


def test_labels_are_made_when_they_are_added(world: World) -> None:
    repo = world.repo()
    pull = repo.create_pull(base="main", head="work", title="T")
    repo.create_label("known", "ff0000")
    pull.add_to_labels("known", "new")
    assert [label.name for label in pull.get_labels()] == ["known", "new"] == [x.name for x in repo.get_pull(1).labels]
    assert repo.get_label("NEW").name == "new" and repo.get_issue(1).pull_request
    pull.remove_from_labels("known")
    assert [label.name for label in pull.get_labels()] == ["new"]
    assert "already_exists" in refused(lambda: repo.create_label("New", "ff0000"))[1]
    assert refused(lambda: pull.remove_from_labels("known"))[0] == 404
    assert not world.hub.problems


# Comments


def test_comments(world: World) -> None:
    pull = world.repo().create_pull(base="main", head="work", title="T")
    comment = pull.create_issue_comment("one")
    comment.edit("two")
    said = world.hub.comment(NAME, 1, "ann", "three")
    assert [c.body for c in pull.get_issue_comments()] == ["two", "three"]
    assert pull.get_issue_comment(said.id).user.login == "ann"
    assert refused(lambda: pull.create_issue_comment("x" * 65_537))[0] == 422
    assert refused(lambda: comment.edit("x" * 65_537))[0] == 422
    comment.delete()
    assert [c.body for c in pull.get_issue_comments()] == ["three"]
    assert refused(lambda: pull.get_issue_comment(comment.id))[0] == 404
    # A reader may talk, and may not change what others say.
    reader = world.repo("eve", "read").get_pull(1)
    reader.create_issue_comment("mine").edit("still mine")
    assert refused(lambda: reader.get_issue_comment(said.id).delete())[0] == 403


def test_comments_on_lines_follow_them(world: World) -> None:
    repo = world.repo()
    pull = repo.create_pull(base="main", head="work", title="T")
    head = repo.get_commit(pull.head.sha)
    comment = pull.create_review_comment("here", head, "a.md", line=11, start_line=10, start_side="RIGHT")
    assert comment.diff_hunk.endswith("+line Y") and (comment.position, comment.start_line) == (6, 10)
    reply = pull.create_review_comment_reply(comment.id, "yes")
    again = pull.create_review_comment_reply(reply.id, "no")
    assert [c.in_reply_to_id for c in pull.get_review_comments()] == [None, comment.id, comment.id]
    assert again.path == "a.md" and pull.get_review_comment(reply.id).body == "yes"
    said = world.hub.review_comment(NAME, 1, "ann", "there", "a.md", 10)
    world.commit("work", {"a.md": "first\n" + EDITED.replace("line X", "line V")})
    moved, *_, gone = pull.get_review_comments()
    assert moved.raw_data["line"] == 12 and gone.id == said.id and gone.raw_data["line"] is None
    old = pull.create_review_comment("old", head, "a.md", line=12)
    assert old.raw_data["original_commit_id"] == head.sha
    assert not world.hub.problems


def test_lines_outside_of_the_diff_take_no_comment(world: World) -> None:
    pull = world.repo().create_pull(base="main", head="work", title="T")
    head = world.repo().get_commit(pull.head.sha)
    for path, line in (("a.md", 25), ("deep/b.md", 1), ("nowhere.md", 1)):
        status, told = refused(lambda p=path, n=line: pull.create_review_comment("x", head, p, line=n))  # type: ignore[misc]
        assert status == 422 and "pull_request_review_thread" in told
        with pytest.raises(ValueError):
            world.hub.review_comment(NAME, 1, "ann", "x", path, line)
    later = world.repo().get_commit(world.commit("other", {"a.md": "other\n"}))
    assert "not part of" in refused(lambda: pull.create_review_comment("x", later, "a.md", line=1))[1]


def test_a_review_has_comments_on_lines_all_of_them_or_none(world: World) -> None:
    pull = world.repo().create_pull(base="main", head="work", title="T")
    head = world.repo().get_commit(pull.head.sha)
    wanted: Any = [
        {"path": "a.md", "line": 11, "start_line": 10, "side": "RIGHT", "start_side": "RIGHT", "body": "one"},
        {"path": "a.md", "line": 10, "side": "RIGHT", "body": "two"},
    ]
    made = pull.create_review(head, "look", "COMMENT", wanted)
    assert [(r.id, r.state, r.body, r.commit_id) for r in pull.get_reviews()] == [
        (made.id, "COMMENTED", "look", head.sha)
    ]
    assert {c.pull_request_review_id for c in pull.get_review_comments()} == {made.id}
    first = next(iter(pull.get_review_comments()))
    first.edit("better")
    assert [c.body for c in pull.get_review_comments()] == ["better", "two"]
    outside = {"path": "a.md", "line": 25, "side": "RIGHT", "body": "x"}
    assert refused(lambda: pull.create_review(head, "look", "COMMENT", [wanted[0], outside]))[0] == 422
    assert refused(lambda: pull.create_review(head, " ", "COMMENT", wanted))[0] == 422
    assert len(list(pull.get_reviews())) == 1 and len(list(pull.get_review_comments())) == 2
    reader = world.repo("eve", "read").get_pull(1)
    assert refused(lambda: reader.get_review_comment(first.id).edit("mine"))[0] == 403
    assert not world.hub.problems


@pytest.mark.parametrize("on_line", [False, True])
def test_a_reaction_is_made_once(world: World, on_line: bool) -> None:
    pull = world.repo().create_pull(base="main", head="work", title="T")
    comment: Any = pull.create_issue_comment("one")
    if on_line:
        comment = pull.get_review_comment(world.hub.review_comment(NAME, 1, "ann", "x", "a.md", 11).id)
    first, second = comment.create_reaction("eyes"), comment.create_reaction("eyes")
    assert first.id == second.id and [r.status for r in world.hub.writes[-2:]] == [201, 200]
    comment.create_reaction("+1")
    assert [r.content for r in comment.get_reactions()] == ["eyes", "+1"]
    comment.delete_reaction(first.id)
    assert [r.content for r in comment.get_reactions()] == ["+1"]
    assert refused(lambda: comment.create_reaction("wink"))[0] == 422
    assert not comment.delete_reaction(first.id) and world.hub.writes[-1].status == 404
    assert not world.hub.problems


# People, pages, contents


def test_what_each_role_may_do(world: World) -> None:
    world.repo().create_pull(base="main", head="work", title="T")
    triage, reader = world.repo("tom", "triage").get_pull(1), world.repo("eve", "read").get_pull(1)
    triage.add_to_labels("new")
    triage.edit(state="closed")
    triage.edit(state="open")
    assert refused(lambda: triage.edit(title="X"))[0] == refused(triage.merge)[0] == 403
    status, told = refused(lambda: reader.add_to_labels("new"))
    assert status == 403 and "Resource not accessible by personal access token" in told
    outside = world.client(world.hub.token("out", {})).get_repo(NAME).get_pull(1)
    assert refused(lambda: outside.create_issue_comment("x"))[0] == 403
    assert refused(lambda: world.client().get_repo(NAME).get_pull(1).create_issue_comment("x"))[0] == 401
    workflow = world.repo("github-actions[bot]", "write", kind="actions", scopes={"contents": "read"})
    status, told = refused(lambda: workflow.create_pull(base="main", head="work", title="T"))
    assert status == 403 and "Resource not accessible by integration" in told


def test_permissions_are_told_with_old_and_new_names(world: World) -> None:
    repo = world.repo()
    for login, level in (("mary", "maintain"), ("tom", "triage"), ("ann", "admin")):
        world.hub.permit(NAME, login, level)
    world.hub.user("eve")
    told = {
        n: (repo.get_collaborator_permission(n), repo.get_collaborator_role_name(n)) for n in ("mary", "tom", "eve")
    }
    assert told == {"mary": ("write", "maintain"), "tom": ("read", "triage"), "eve": ("read", "read")}
    assert refused(lambda: repo.get_collaborator_permission("nobody"))[0] == 404
    reader = world.repo("rea", "read")
    assert "Must have push access" in refused(lambda: reader.get_collaborator_permission("tom"))[1]
    me = world.client(world.hub.token("ann", {NAME: "admin"}))
    assert me.get_user().login == "ann" and me.get_user("Book").login == "book"
    assert me.get_rate_limit().rate.limit == 5000 and me.rate_limiting[1] == 5000


@pytest.mark.parametrize("size", [1, 2, 100])
def test_pages(world: World, size: int) -> None:
    world.repo().create_pull(base="main", head="work", title="T")
    for number in range(5):
        world.hub.comment(NAME, 1, "ann", f"{number}")
    repo = world.client(world.hub.token("bot", {NAME: "write"}), per_page=size).get_repo(NAME)
    comments = repo.get_pull(1).get_issue_comments()
    assert [c.body for c in comments] == list("01234") and [c.body for c in comments.reversed] == list("43210")
    asked = [r for r in world.hub.requests if r.operation == "issues/list-comments"]
    assert len(asked) >= -(-5 // size)


def test_contents_commits_and_branches(world: World) -> None:
    # Any, as PyGithub cannot tell a file's type from a folder's.
    repo: Any = world.repo()
    assert [file.path for file in repo.get_contents("")] == ["a.md", "deep"]
    assert [file.path for file in repo.get_contents("deep")] == ["deep/b.md"]
    file = repo.get_contents("a.md", ref="work")
    assert file.decoded_content.decode() == EDITED and file.size == len(EDITED)
    assert refused(lambda: repo.get_contents("nowhere"))[0] == 404
    assert refused(lambda: repo.get_contents("a.md", ref="nowhere"))[0] == 404
    assert [branch.name for branch in repo.get_branches()] == ["main", "work"]
    sha = repo.get_git_ref("heads/work").object.sha
    commit = repo.get_commit("work")
    assert commit.sha == sha and [f.filename for f in commit.files] == ["a.md"] and commit.stats.additions == 2
    assert refused(lambda: repo.get_commit("0" * 40))[0] == 422
    assert not world.hub.problems


# Apps


def test_an_app_and_its_tokens(world: World) -> None:
    world.hub.repository("book/fr")
    app = world.hub.app("amts", {NAME: "write", "book/fr": "write"})
    known = GithubIntegration(auth=Auth.AppAuth(app.id, app.key), base_url=world.hub.url, **QUICK)
    world.clients.append(known)
    assert known.get_app().slug == "amts"
    number = known.get_repo_installation("book", "es").id
    assert known.get_app_installation(number).id == number
    client = world.client(known.get_access_token(number).token)
    pull = client.get_repo(NAME).create_pull(base="main", head="work", title="T")
    assert pull.user.login == "amts[bot]" and pull.user.type == "Bot"
    assert refused(lambda: client.get_user().login)[0] == 403
    limited = known.get_access_token(number, permissions={"contents": "read"})
    assert limited.permissions == {"contents": "read", "metadata": "read"}
    assert refused(lambda: world.client(limited.token).get_repo(NAME).get_pull(1))[0] == 403
    assert refused(lambda: known.get_access_token(number, permissions={"administration": "write"}))[0] == 422
    answer = requests.post(
        f"{world.hub.url}/app/installations/{number}/access_tokens",
        json={"repositories": ["fr"]},
        headers={"Authorization": f"Bearer {Auth.AppAuth(app.id, app.key).create_jwt()}"},
        timeout=10,
    )
    assert [r["full_name"] for r in answer.json()["repositories"]] == ["book/fr"]
    token = answer.json()["token"]
    assert "403" in world.git("push", world.remote(token), "work:refs/heads/new", fails=True)
    stranger = GithubIntegration(
        auth=Auth.AppAuth(app.id, world.hub.app("other", {NAME: "read"}).key), base_url=world.hub.url, **QUICK
    )
    world.clients.append(stranger)
    assert refused(stranger.get_app)[0] == 401
    assert not world.hub.problems


def test_the_repositories_of_an_installation(world: World) -> None:
    world.hub.repository("book/fr")
    app = world.hub.app("amts", {NAME: "write", "book/fr": "write"})
    known = GithubIntegration(auth=Auth.AppAuth(app.id, app.key), base_url=world.hub.url, **QUICK)
    world.clients.append(known)
    found = known.get_repo_installation("book", "es").get_repos()
    assert sorted(repository.full_name for repository in found) == ["book/es", "book/fr"]
    assert not world.hub.problems


# Statuses, and repositories that were renamed


def test_the_newest_status_of_each_context_counts(world: World) -> None:
    commit = world.repo().get_commit("work")
    for state, context in (("pending", "one"), ("success", "one"), ("failure", "two")):
        commit.create_status(state, description="Why", context=context)
    combined = commit.get_combined_status()
    assert combined.state == "failure" and {s.context: s.state for s in combined.statuses} == {
        "one": "success",
        "two": "failure",
    }
    assert refused(lambda: commit.create_status("success", description="x" * 141))[0] == 422
    reader = world.repo("reader", "read").get_commit("work")
    assert refused(lambda: reader.create_status("success"))[0] == 403
    limited = world.repo("bot", scopes={"metadata": "read", "contents": "write"}).get_commit("work")
    assert refused(lambda: limited.create_status("success"))[0] == 403
    assert not world.hub.problems


def test_a_repository_that_was_renamed_is_found_by_both_names(world: World) -> None:
    world.hub.open_pull(NAME, "ann", "T", "work")
    token = world.hub.token("bot", {NAME: "write"})
    world.hub.rename(NAME, "library/spanish")
    for name in (NAME, "library/spanish"):
        repo = world.client(token).get_repo(name)
        assert repo.full_name == "library/spanish" and repo.get_pull(1).title == "T"
        assert [p.number for p in repo.get_pulls(head="library:work")] == [1]
        world.git("push", world.remote(token, name), f"work:refs/heads/from-{name.partition('/')[0]}")
    asked = requests.post(
        f"{world.hub.url}/repos/{NAME}/issues", json={"title": "T"}, timeout=10, allow_redirects=False
    )
    assert asked.status_code == 307 and asked.headers["Location"].endswith("/issues")
    assert not world.hub.problems


# Faults


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("secondary", 403),
        ("limit", 429),
        ("primary", 403),
        ("invalid", 422),
        ("server", 500),
        ("gateway", 502),
        ("unavailable", 503),
        ("closed", 0),
    ],
)
def test_faults_of_rest(world: World, kind: str, status: int, after: bool) -> None:
    repo = world.repo()
    world.hub.faults.append(Fault("pulls/create", kind, after=after, seconds=7))
    with pytest.raises((GithubException, requests.ConnectionError)) as caught:
        repo.create_pull(base="main", head="work", title="T")
    if isinstance(caught.value, GithubException):
        assert caught.value.status == status
        headers = caught.value.headers or {}
        assert headers.get("retry-after") == ("7" if kind in ("secondary", "limit") else None)
        assert (headers.get("x-ratelimit-remaining") == "0") == (kind == "primary")
    else:
        assert status == 0
    assert len(world.hub.repository(NAME).pulls) == int(after) and not world.hub.faults
    assert world.hub.writes[-1].status == status and not world.hub.problems
    if not after:
        repo.create_pull(base="main", head="work", title="T")


def test_a_slow_answer_and_a_turn_that_is_skipped(world: World) -> None:
    repo = world.repo()
    world.hub.faults.append(Fault("pulls/list", "slow", seconds=0.2))
    world.hub.faults.append(Fault("pulls/list", "server", skip=1, match="state=all"))
    assert list(repo.get_pulls()) == []
    assert list(repo.get_pulls(state="all")) == [] and list(repo.get_pulls()) == []
    assert refused(lambda: list(repo.get_pulls(state="all")))[0] == 500


def test_a_page_that_was_cut_short_goes_on(world: World) -> None:
    pull = world.repo().create_pull(base="main", head="work", title="T")
    for number in range(4):
        world.hub.comment(NAME, 1, "ann", f"{number}")
    world.hub.faults.append(Fault("issues/list-comments", "truncated"))
    assert [c.body for c in pull.get_issue_comments()] == list("0123")
    assert len([r for r in world.hub.requests if r.operation == "issues/list-comments"]) == 4


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("kind", ["secondary", "server", "gateway", "closed", "slow"])
def test_faults_of_git(world: World, kind: str, after: bool) -> None:
    remote = world.remote(world.hub.token("bot", {NAME: "write"}))
    world.hub.faults.append(Fault("git/receive-pack", kind, after=after))
    world.git("push", remote, "work:refs/heads/new", fails=kind != "slow")
    done = after or kind == "slow"
    repository = world.hub.repository(NAME)
    assert bool(repository.git.branch("new")) == done and len(repository.pushes) == int(done)
    assert not world.hub.faults
    world.hub.faults.append(Fault("git/upload-pack", kind, after=after))
    world.git("ls-remote", remote, fails=kind != "slow")
    world.git("ls-remote", remote)
    assert not world.hub.problems


# Its own honesty


def test_a_broken_answer_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = world.repo()
    right = PullForms.pull

    def wrong(self: PullForms, *given: Any, **named: Any) -> dict[str, Any]:
        return right(self, *given, **named) | {"numbr": 1, "title": None}

    monkeypatch.setattr(PullForms, "pull", wrong)
    assert refused(lambda: repo.create_pull(base="main", head="work", title="T"))[0] == 500
    assert any("numbr" in told for told in world.hub.problems)
    assert any(told.startswith("pulls/create answers 201: title") for told in world.hub.problems)


def test_what_is_not_known_is_told(world: World) -> None:
    repo = world.repo()
    assert refused(lambda: repo.get_milestones()[0])[0] == 404
    assert refused(repo.get_readme)[0] == 404
    assert refused(lambda: list(repo.get_commit("work").get_check_runs()))[0] == 404
    assert len(world.hub.problems) == 3 and "/milestones" in world.hub.problems[0]
    requests.get(f"{world.hub.git_url}/nothing", timeout=10).close()
    requests.get(f"{world.hub.url}/repos/{NAME}", headers={"Accept": "application/vnd.github.raw"}, timeout=10).close()
    pull = repo.create_pull(base="main", head="work", title="T")
    head = repo.get_commit(pull.head.sha)
    assert refused(lambda: pull.create_review_comment("x", head, "a.md", line=10, side="LEFT"))[0] == 500
    assert len(world.hub.problems) == 6 and "Unsupported" in world.hub.problems[-1]


def test_requests_that_make_no_sense(world: World) -> None:
    token = world.hub.token("bot", {NAME: "write"})
    url = f"{world.hub.url}/repos/{NAME}/pulls"
    with requests.Session() as session:
        session.headers["Authorization"] = f"token {token}"
        assert session.post(url, json={"title": "T"}, timeout=10).status_code == 422
        assert session.post(url, data=b"{nonsense", timeout=10).status_code == 400
        assert session.post(url, json={"title": 1, "head": "work", "base": "main"}, timeout=10).status_code == 422
        chunks = iter([b'{"title": "T", "head"', b': "work", "base": "main"}'])
        assert session.post(url, data=chunks, timeout=10).status_code == 201
    assert not world.hub.problems


def test_webhooks(world: World) -> None:
    world.repo().create_pull(base="main", head="work", title="T")
    hub = world.hub
    told = hub.event(NAME, hub.comment(NAME, 1, "ann", "/retry"))
    assert told["action"] == "created" and told["issue"]["pull_request"] and told["sender"]["login"] == "ann"
    assert told["repository"]["full_name"] == NAME and "installation" not in told
    said = hub.review_comment(NAME, 1, "ann", "no", "a.md", 11, start_line=10)
    told = hub.event(NAME, said, "edited")
    assert told["action"] == "edited" and told["comment"]["line"] == 11 and told["pull_request"]["number"] == 1
    git = hub.repository(NAME).git
    work, main = git.branch("work"), git.branch("main")
    told = hub.push_event(NAME, "refs/heads/work", main, work, "ann")
    assert [c["modified"] for c in told["commits"]] == [["a.md"]] and not told["forced"]
    assert hub.push_event(NAME, "refs/heads/work", "0" * 40, work, "ann")["created"]
    assert hub.push_event(NAME, "refs/heads/work", work, "0" * 40, "ann")["head_commit"] is None


def test_a_broken_webhook_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.repo().create_pull(base="main", head="work", title="T")
    comment = world.hub.comment(NAME, 1, "ann", "x")
    monkeypatch.setattr(PullForms, "comment", lambda *given: {"id": 1})
    with pytest.raises(AssertionError, match="issue-comment"):
        world.hub.event(NAME, comment)


def test_many_at_once(world: World) -> None:
    world.repo().create_pull(base="main", head="work", title="T")
    pulls = [world.repo().get_pull(1) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda pull: [pull.create_issue_comment("x").id for _ in range(5)], pulls))
    assert len({number for numbers in made for number in numbers}) == 30
    assert len(list(pulls[0].get_issue_comments())) == 30 and not world.hub.problems


def test_a_branch_without_a_common_past(world: World) -> None:
    repo = world.repo()
    repo.create_pull(base="main", head="work", title="T")
    world.git("checkout", "-q", "--orphan", "alone")
    world.git("commit", "-q", "-m", "Alone")
    assert "no history in common" in refused(lambda: _offered(world, repo))[1]
    world.git("push", "-q", "--force", world.remote(world.hub.token("bot", {NAME: "write"})), "alone:work")
    assert repo.get_pull(1).mergeable is False and not world.hub.problems


def _offered(world: World, repo: Repository) -> None:
    world.git("push", "-q", world.remote(world.hub.token("bot", {NAME: "write"})), "alone")
    repo.create_pull(base="main", head="alone", title="T")


def test_reading_writes_nothing(world: World) -> None:
    repo = world.repo()
    list(repo.get_pulls())
    world.git("fetch", "-q", world.remote(world.hub.token("bot", {NAME: "write"})))
    assert world.hub.requests and not world.hub.writes
    assert all(request.status == 200 for request in world.hub.requests)
