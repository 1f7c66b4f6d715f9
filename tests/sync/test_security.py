"""What strangers may put into a repository, a text or a server: nothing of it runs, leaks, or is written elsewhere."""

from __future__ import annotations

import base64
import os
import stat
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import git
import pytest
from fakes.github import Fault, GitHub
from support.hubs import ENGLISH, Hub, Hubs
from support.runner import Done
from support.worlds import CAPITULO, CHAPTER

from bot.contracts import BRANCH

LINK, FILE, PROGRAM, MODULE = "120000", "100644", "100755", "160000"
ATTRIBUTES = b"* filter=evil diff=evil merge=evil export-subst ident working-tree-encoding=UTF-16 eol=crlf\n"
MODULES = b'[submodule "x"]\n\tpath = x\n\turl = --upload-pack=touch canary\n'
FRESH = "Some boats are rowed by tired people."
EDITED = CHAPTER.replace("It has a hull and a mast.", FRESH)


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.forges.github.connection.BETWEEN_WRITES", 0.0)
    monkeypatch.setattr("bot.clock.time.sleep", lambda seconds: None)


@pytest.fixture
def github(tmp_path: Path) -> Iterator[GitHub]:
    with GitHub(tmp_path / "github") as hub:
        yield hub


def changed(folder: Path, github: GitHub) -> Hub:
    made = Hub(folder, github, ("es", "pt"))
    made.push(ENGLISH, {"boats.md": EDITED, "more.md": "# More\n\nA lot more is said here.\n"})
    return made


@pytest.fixture
def book(hubs: Hubs) -> Iterator[Hub]:
    with hubs.hub(changed, checked=False) as hub:
        yield hub


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    """What appears if anything of a repository is run."""
    return tmp_path / "canary"


def bare(book: Hub, name: str = "book/es") -> git.Repo:
    return git.Repo(book.github.repository(name).path)


def plant(book: Hub, *entries: tuple[str, str, bytes], branch: str = "main", name: str = "book/es") -> None:
    """A commit with entries (mode, path, content) that no work tree could hold, on a branch of the host."""
    folder = book.github.repository(name).path
    who = {f"GIT_{role}_{what}": "x@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    index = {**os.environ, **who, "GIT_INDEX_FILE": str(book.folder / "planted")}

    def run(*words: str, given: bytes = b"") -> str:
        done = subprocess.run(["git", "-C", folder, *words], input=given, env=index, check=True, capture_output=True)
        return done.stdout.decode().strip()

    run("read-tree", "main")
    for mode, path, content in entries:
        blob = content.decode() if mode == MODULE else run("hash-object", "-w", "--stdin", given=content)
        run("update-index", "-z", "--index-info", given=f"{mode} {blob}\t".encode() + os.fsencode(path) + b"\0")
    made = run("commit-tree", run("write-tree"), "-p", "main", "-m", "Planted")
    run("update-ref", f"refs/heads/{branch}", made)


def tried(book: Hub, **inputs: str) -> Done:
    """A sync that may fail for one language, but neither by a bug nor for the other."""
    before = {ref.name: ref.commit.hexsha for ref in bare(book).heads if ref.name != BRANCH}
    done = book.sync(here=True, **inputs)
    assert done.status in (0, 1) and "Traceback" not in done.raw and "bug" not in done.log, done.raw
    assert {ref.name: ref.commit.hexsha for ref in bare(book).heads if ref.name != BRANCH} == before
    assert book.pulls("pt") and FRESH in book.text("pt")
    return done


@pytest.mark.parametrize("target", ["/etc/passwd", "../../../config", "boats.md", "nowhere"])
@pytest.mark.parametrize("path", ["boats.md", "boats_origin.md", "amts.yml", "more.md", "more_origin.md", "x"])
def test_links_lead_nowhere(book: Hub, path: str, target: str) -> None:
    plant(book, (LINK, path, target.encode()))
    done = tried(book)
    assert "root:" not in done.raw and (path not in ("boats.md", "boats_origin.md") or "boats.md" in done.log)
    if BRANCH in [h.name for h in bare(book).heads]:
        told = bare(book).git.ls_tree("-r", BRANCH).splitlines()
        # The link itself stays as it was, whatever was drafted beside it.
        assert not [line for line in told if line.startswith(LINK) and not line.endswith(f"\t{path}")]
        assert "root:" not in bare(book).git.show(BRANCH)


@pytest.mark.parametrize(
    "entries",
    [
        [(FILE, ".gitattributes", ATTRIBUTES)],
        [(FILE, ".gitmodules", MODULES), (MODULE, "x", b"1" * 40)],
        [(MODULE, "more.md", b"1" * 40)],
        [(PROGRAM, "hooks/post-checkout", b"#!/bin/sh\ntouch canary\n"), (PROGRAM, ".githooks/pre-push", b"#!/bin/sh")],
        [(FILE, "--upload-pack=touch canary.md", b"# X\n"), (FILE, "-rf.md", b"# X\n")],
        [(FILE, "a\nb.md", b"# X\n"), (FILE, "a\tb\\\"'.md", b"# X\n"), (FILE, "\x1b[31m.md", b"# X\n")],
        [(FILE, "\udcff\udcfe.md", b"# X\n"), (FILE, "n" * 250 + ".md", b"# X\n")],
        [(FILE, "BOATS.md", b"# X\n"), (FILE, "Boats_Origin.md", b"# X\n"), (FILE, "boats.md.md", b"# X\n")],
        [(FILE, "boats.md", b"\xff\xfe\x00binary"), (FILE, "boats_origin.md", CHAPTER.encode())],
    ],
    ids=["attributes", "submodule", "module for document", "hooks", "options", "newlines", "bytes", "case", "binary"],
)
def test_odd_trees_run_nothing_and_lose_nothing(
    book: Hub, entries: list[tuple[str, str, bytes]], canary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for command in ("filter.evil.clean", "filter.evil.smudge", "merge.evil.driver", "diff.evil.textconv"):
        git.cmd.Git().config("--global", command, f"touch {canary}")
    plant(book, *entries)
    done = tried(book)
    kept = bare(book).git.ls_tree("-rz", "main").split("\0")
    if done.status == 0:
        now = bare(book).git.ls_tree("-rz", BRANCH).split("\0")
        assert [line for line in kept if "boats" not in line and line not in now] == []
    assert not canary.exists() and not list(book.folder.rglob("canary"))


def test_hooks_and_helpers_of_the_machine_are_not_used(book: Hub, canary: Path, tmp_path: Path) -> None:
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("pre-push", "reference-transaction", "post-checkout"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch {canary}\n")
        (hooks / name).chmod(0o755)
    git.cmd.Git().config("--global", "core.hooksPath", str(hooks))
    for key in ("core.fsmonitor", "core.sshCommand", "core.askPass", "credential.helper"):
        git.cmd.Git().config("--global", key, f"{'!' * (key == 'credential.helper')}touch {canary}")
    done = book.sync(here=True, token="wrong")
    assert done.status == 1 and "Traceback" not in done.raw
    assert book.sync(here=True).status == 0 and book.pulls()
    assert not canary.exists()


def test_a_document_that_was_not_cloned_is_fetched_when_it_is_read(tmp_path: Path, github: GitHub) -> None:
    for name in ("book/en", "book/es"):
        github.repository(name, private=True)
    book = Hub(tmp_path / "book", github)
    large = CAPITULO + "\n\n".join(f"Párrafo {n} del libro {'y más ' * 800}." for n in range(60)) + "\n"
    source = CHAPTER + "\n\n".join(f"Paragraph {n} of the book {'and more ' * 800}." for n in range(60)) + "\n"
    book.push("book/es", {"boats.md": large, "boats_origin.md": source})
    book.push(ENGLISH, {"boats.md": source.replace("It has a hull and a mast.", FRESH)})
    done = book.sync(here=True)
    assert done.status in (0, 1) and "Traceback" not in done.raw, done.raw
    assert FRESH in book.text() and "Párrafo 59 del libro" in book.text()


def test_what_is_no_document_is_not_fetched(book: Hub) -> None:
    plant(book, (FILE, "film.mp4", os.urandom(5_000_000)))
    done = book.sync(here=True)
    assert done.status == 0
    fetched = [r for r in book.github.requests if r.operation == "git/upload-pack"]
    assert fetched and book.runner.workspace.exists()


@pytest.mark.parametrize("branch", ["--upload-pack=touch canary", "-x", "main;touch canary", "$(touch canary)", "a b"])
def test_a_branch_is_no_option(book: Hub, branch: str, canary: Path) -> None:
    place = "repository: github:book/es\n"
    text = book.settings().replace(place, f"{place}    branch: '{branch}'\n")
    (book.runner.workspace / "amts.yml").write_text(text, encoding="utf-8")
    done = book.sync(here=True)
    assert done.status == 1 and "Traceback" not in done.raw and "bug" not in done.log
    assert not canary.exists() and not list(book.folder.rglob("canary"))


@pytest.mark.parametrize(
    "address", ["github:--upload-pack=x/y", "github:-x/y", "ext::sh -c touch% canary", "github:a/b/../c", "github:a/.."]
)
def test_an_address_is_no_option(book: Hub, address: str) -> None:
    text = book.settings().replace("github:book/es", f"'{address}'")
    (book.runner.workspace / "amts.yml").write_text(text, encoding="utf-8")
    done = book.sync(here=True)
    assert done.status == 1 and "Traceback" not in done.raw and "bug" not in done.log
    assert not list(book.folder.rglob("canary"))


def test_a_branch_in_the_way_is_told(book: Hub) -> None:
    plant(book, branch="amts")
    done = tried(book)
    assert done.status == 1 and "amts" in done.log and "delete or rename" in done.log


def test_somebody_else_s_branch_is_gone_on_with_and_a_tag_is_none(book: Hub) -> None:
    plant(book, (FILE, "notes.txt", b"mine\n"), branch=BRANCH)
    bare(book).create_tag(BRANCH, "main")
    assert tried(book).status == 0
    assert book.text(path="notes.txt", branch=f"refs/heads/{BRANCH}") == "mine\n"
    assert FRESH in book.text(branch=f"refs/heads/{BRANCH}")


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(12)
)


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        "!!python/object/apply:os.system [touch canary]\n",
        "translations: [" * 3000,
        "labels: [" + ", ".join(f"l{n}" for n in range(5000)) + "]",
        "\x00\x01",
    ],
    ids=["bomb", "object", "deep", "labels", "binary"],
)
def test_settings_of_a_translation_cannot_hurt(book: Hub, text: str) -> None:
    plant(book, (FILE, "amts.yml", text.encode()))
    done = tried(book)
    assert "amts.yml" in done.log and not list(book.folder.rglob("canary"))


def test_a_translation_decides_for_its_people_only(book: Hub) -> None:
    own = book.settings() + "engine: amazon\namazon:\n  bucket: theirs\n  role: arn:aws:iam::999999999999:role/theirs\n"
    own = own.replace("github:book/pt", "github:book/other").replace("baseline: sibling", "baseline: lock", 1)
    book.push("book/es", {"amts.yml": own})
    assert tried(book).status == 0
    assert "amts.lock" not in bare(book).git.ls_tree("-r", "--name-only", BRANCH)


def test_a_forged_marker_and_commands_in_a_book_are_text(book: Hub) -> None:
    nasty = '<!-- amts:v1 {"waiting": "yes", "fingerprint": "x"} --> ::set-output name=cost::9 @octocat closes #1'
    text = f"# {nasty}\n\n/retranslate --force\n\n::add-mask::a\n\n{nasty}\n"
    plant(book, (FILE, "::warning::x.md", text.encode()), (FILE, "boats.md", text.encode()), name=ENGLISH)
    done = book.sync(here=True)
    assert done.status == 0
    # The log of a run is no place for commands of a book, nor are the outputs.
    assert not [c for c in done.commands if "set-output" in c or "x.md" in c.split("::")[0] or "add-mask::a" in c]
    assert done.outputs["cost"] == "0.0000"
    (pull,) = book.pulls()
    assert not pull.draft and "amts&#58;v1" in str(pull.body)
    # A person puts it at the end of the page: the bot believes that it is waiting, and that is all.
    pull.body = f"{pull.body}\n{nasty.partition('-->')[0]}-->"
    plant(book, (FILE, "boats.md", EDITED.replace("# Boats", "# Boats and ships").encode()), name=ENGLISH)
    assert book.sync(here=True).status == 0 and not book.pulls()[0].draft


def secrets_of(book: Hub) -> list[str]:
    tokens = list(book.github._core.access.tokens)
    return tokens + [base64.b64encode(f"x-access-token:{t}".encode()).decode() for t in tokens]


@pytest.mark.parametrize("fault", ["", "git/upload-pack", "git/receive-pack", "repos/get", "pulls/create"])
@pytest.mark.parametrize("app", [False, True])
def test_tokens_are_nowhere(book: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, app: bool, fault: str) -> None:
    seen = tmp_path / "argv"
    real = next(Path(p, "git") for p in os.environ["PATH"].split(os.pathsep) if Path(p, "git").exists())
    wrapper = tmp_path / "bin" / "git"
    wrapper.parent.mkdir()
    wrapper.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> {seen}\nexec {real} "$@"\n')
    wrapper.chmod(wrapper.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{wrapper.parent}{os.pathsep}{os.environ['PATH']}")
    for name in ("GIT_TRACE", "GIT_CURL_VERBOSE", "GIT_TRACE_CURL", "GIT_TRACE_SETUP", "GIT_TRACE2"):
        monkeypatch.setenv(name, "1")
    book.configure("clones: clones\n")
    inputs = {}
    if app:
        made = book.github.app("amts", {"book/es": "write", "book/pt": "write", ENGLISH: "read"})
        inputs = {"token": "", "app_id": str(made.id), "app_private_key": made.key}
    if fault:
        book.github.faults.append(Fault(fault, "server", times=99))
    done = book.sync(here=True, **inputs)
    assert done.status == (1 if fault else 0)
    hidden = secrets_of(book) + [line for line in inputs.get("app_private_key", "").splitlines() if len(line) > 40]
    shown = [done.log, done.summary, *done.outputs.values(), seen.read_text(encoding="utf-8", errors="replace")]
    shown += [c for c in done.commands if not c.startswith("::add-mask::")]
    shown += [f"{p.title}\n{p.body}" for n in ("es", "pt") for p in book.pulls(n)]
    shown += [f.read_bytes().decode("latin-1") for f in (book.runner.workspace / "clones").rglob("*") if f.is_file()]
    shown += [f.read_bytes().decode("latin-1") for f in book.runner.folder.rglob("*") if f.is_file()]
    assert len(hidden) >= 2 and "clone" in seen.read_text() + "clone"
    for text in shown:
        assert not [secret for secret in hidden if secret in text]


def test_a_token_does_not_follow_to_another_host(book: Hub) -> None:
    heard: list[tuple[str, str]] = []

    class Thief(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append((self.path, str(self.headers.get("Authorization"))))
            self.send_response(404)
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    thief = ThreadingHTTPServer(("127.0.0.1", 0), Thief)
    # Another name of the same machine is another host.
    elsewhere = f"http://localhost:{thief.server_port}"

    class Bad(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", f"{elsewhere}{self.path}")
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    bad = ThreadingHTTPServer(("127.0.0.1", 0), Bad)
    for server in (thief, bad):
        threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        run = book.runner
        told = {**run.environment, "GITHUB_SERVER_URL": f"http://127.0.0.1:{bad.server_port}"}
        token = book.token()
        payload = {"ref": "refs/heads/main"}
        done = type(run)(run.folder, told).run_here("push", payload, {"token": token}, ENGLISH)
        told = {**run.environment, "GITHUB_API_URL": f"http://127.0.0.1:{bad.server_port}"}
        again = type(run)(run.folder, told).run_here("push", payload, {"token": token}, ENGLISH)
    finally:
        for server in (thief, bad):
            server.shutdown()
            server.server_close()
    assert done.status == 1 == again.status and "Traceback" not in done.raw + again.raw
    assert heard and not [a for _, a in heard if token in a or a not in ("None",)]
