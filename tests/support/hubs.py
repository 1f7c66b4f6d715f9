"""A book on the emulated GitHub: English, its translations, people's clones of them, and the runner of workflows."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import git
from fakes.github import GitHub

from bot.contracts import BRANCH
from bot.forges.github.credentials import Credentials
from bot.settings.file import load
from bot.sync.composition import Composition
from support.runner import Done, Runner
from support.worlds import CAPITULO, CHAPTER, commit, repository

ENGLISH = "book/en"
TRANSLATIONS = {
    "es": CAPITULO,
    "pt": CAPITULO.replace("Un barco flota en el agua.", "Um barco flutua na água.").replace("# Barcos", "# Os barcos"),
    "tr": CHAPTER.replace("A boat floats on water.", "Bir tekne suda yüzer.")
    .replace("It has a hull and a mast.", "Bir gövdesi ve bir direği var.")
    .replace("The sail catches the wind.", "Yelken rüzgârı yakalar.")
    .replace("We call its area $A$.", "Alanına $A$ deriz.")
    .replace("# Boats", "# Tekneler")
    .replace("## Sails", "## Yelkenler"),
}


@dataclass
class Hub:
    """The host with a book in ``languages``; ``clones`` are those of people, by full name."""

    folder: Path
    github: GitHub
    languages: tuple[str, ...] = ("es",)
    clones: dict[str, git.Repo] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.add(ENGLISH, {"boats.md": CHAPTER})
        for language in self.languages:
            self.add(f"book/{language}", {"boats.md": TRANSLATIONS[language], "boats_origin.md": CHAPTER})
        (self.runner.workspace / "amts.yml").write_text(self.settings(), encoding="utf-8")

    def settings(self, more: str = "") -> str:
        entry = "  - language: {0}\n    repository: github:book/{0}\n    baseline: sibling\n"
        entries = "".join(entry.format(name) for name in self.languages)
        return f"source:\n  repository: github:{ENGLISH}\npage_language: en\ntranslations:\n{entries}{more}"

    def configure(self, more: str) -> None:
        (self.runner.workspace / "amts.yml").write_text(self.settings(more), encoding="utf-8")

    def add(self, name: str, files: Mapping[str, str | bytes | None]) -> git.Repo:
        """A repository with a first commit."""
        bare = self.github.repository(name).path
        repo = repository(self.folder / name.replace("/", "-"), files, "First")
        repo.create_remote("origin", str(bare))
        # As pushed: there are no other objects and branches.
        for part in ("objects", "refs/heads"):
            shutil.copytree(Path(repo.common_dir, part), bare / part, dirs_exist_ok=True)
        self.clones[name] = repo
        return repo

    @property
    def runner(self) -> Runner:
        self.folder.mkdir(exist_ok=True)
        addresses = {"GITHUB_API_URL": self.github.url, "GITHUB_SERVER_URL": self.github.git_url}
        return Runner(self.folder / "run", {**addresses, **self.aws})

    aws: dict[str, str] = field(default_factory=dict)

    def token(self, **more: str) -> str:
        """The bot's: it may write to all translations."""
        return self.github.token("amts-bot", {ENGLISH: "read", **{f"book/{n}": "write" for n in self.languages}})

    def push(self, name: str, files: Mapping[str, str | bytes | None], branch: str = "main") -> str:
        """A person's commit, pushed."""
        repo = self.clones[name]
        if (repo.head.ref.name, repo.head.commit.hexsha) != (branch, self.github.repository(name).git.branch(branch)):
            repo.git.fetch("--prune", "origin")
            repo.git.checkout("-B", branch, f"origin/{branch}")
        made = commit(repo, files, "Change")
        repo.git.push("origin", branch)
        return made

    def text(self, language: str = "es", path: str = "boats.md", branch: str = BRANCH) -> str:
        bare = git.Repo(self.github.repository(f"book/{language}").path)
        return str(bare.git.show(f"{branch}:{path}", strip_newline_in_stdout=False))

    def edit(self, old: str, new: str, language: str = "es", path: str = "boats.md") -> None:
        """A translator's commit on the pull request."""
        text = self.text(language, path)
        assert old in text
        self.push(f"book/{language}", {path: text.replace(old, new)}, BRANCH)

    def pulls(self, language: str = "es", state: str = "open") -> list[Any]:
        return [p for p in self.github.repository(f"book/{language}").pulls if p.state == state]

    def sync(self, token: str | None = None, *, here: bool = False, **inputs: str) -> Done:
        """The step of the workflow that runs on a push to English, ``here`` in this process."""
        head = str(self.clones[ENGLISH].git.rev_parse("HEAD"))
        payload = self.github.push_event(ENGLISH, "refs/heads/main", "0" * 40, head, "author")
        told = {"token": self.token() if token is None else token} | {k.replace("_", "-"): v for k, v in inputs.items()}
        run = self.runner.run_here if here else self.runner.run
        return run("push", payload, told, ENGLISH)

    def site(self, token: str = "") -> Composition:
        """What a run on the command line is made of, in this process."""
        credentials = Credentials.of({"AMTS_TOKEN": token or self.token(), **self.runner.environment})
        return Composition(load(self.runner.workspace / "amts.yml"), credentials, print)

    def comment(self, body: str, login: str = "ana", language: str = "es", number: int = 1) -> Any:
        return self.github.comment(f"book/{language}", number, login, body)

    def on_line(self, body: str, line: int, login: str = "ana", path: str = "boats.md", number: int = 1) -> Any:
        return self.github.review_comment("book/es", number, login, body, path, line)

    def serve(
        self, comment: Any, language: str = "es", *, here: bool = False, action: str = "created", **inputs: str
    ) -> Done:
        """The step of the workflow that runs on a comment in a translation, ``here`` in this process."""
        name = f"book/{language}"
        event = "issue_comment" if not hasattr(comment, "path") else "pull_request_review_comment"
        token = self.github.token("github-actions", {name: "write"}, kind="actions")
        told = {"token": token} | {k.replace("_", "-"): v for k, v in inputs.items()}
        run = self.runner.run_here if here else self.runner.run
        return run(event, self.github.event(name, comment, action), told, name)

    def answers(self, language: str = "es") -> list[str]:
        """What the bot has answered, in the conversation and on lines."""
        repository = self.github.repository(f"book/{language}")
        every = [*repository.comments.values(), *repository.review_comments.values()]
        return [c.body for c in every if c.user.kind == "Bot" or c.user.login == "amts-bot"]

    def reactions(self, comment: Any) -> list[str]:
        return [r.content for r in comment.reactions]


class Hubs:
    """Hubs that many tests start from: each is built once, by a function that gets a folder and a host, and restored.

    A context manager. Built in the first test that asks, and so in its sealed environment.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: dict[str, _Kept] = {}
        self._servers = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._servers.close()

    @contextmanager
    def hub(self, build: Callable[[Path, GitHub], Hub], *, checked: bool = True) -> Iterator[Hub]:
        """As it was built, whatever other tests did to it. ``checked``: it was asked for nothing that it cannot do."""
        name = build.__name__
        if name not in self._kept:
            place = self._folder / name
            github = self._servers.enter_context(GitHub(place / "github"))
            self._kept[name] = _Kept(place, build(place / "book", github))
        found = self._kept[name].restored()
        yield found
        assert not checked or not found.github.problems


class _Kept:
    """A hub with a copy of its files and of what its host knew."""

    def __init__(self, place: Path, hub: Hub) -> None:
        self._place, self._hub, self._saved, self._turns = place, hub, hub.github.saved(), 0
        shutil.copytree(place, self._beside("saved"), symlinks=True)

    def _beside(self, name: str) -> Path:
        return self._place.with_name(f"{self._place.name}-{name}")

    def restored(self) -> Hub:
        hub = self._hub
        hub.github.restore(self._saved)
        self._turns += 1
        self._place.rename(self._beside(f"after-{self._turns}"))
        shutil.copytree(self._beside("saved"), self._place, symlinks=True)
        # GitPython's objects may still look at the files of before.
        hub.clones = {name: git.Repo(repo.working_dir) for name, repo in hub.clones.items()}
        return hub
