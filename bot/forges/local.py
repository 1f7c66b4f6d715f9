"""Pull requests without a server: the branch ``amts/sync`` of a repository on disk, and a page to read.

Open, merged and closed are read from git. The hidden marker at the end of a page only remembers what
git cannot show: the plan that people refused when they deleted the branch, and the branch it was made for.
"""

from __future__ import annotations

import re
import shlex
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.contracts import BRANCH
from bot.errors import AmtsError
from bot.forges import PAGE, Check, Current, Moved, Page, Past, PullRequest, Remark, marker
from bot.forges.branches import adopting, afresh, base_of, check_place, continued, into, is_merged, published
from bot.messages import Message
from bot.repositories import history
from bot.repositories.repository import Repository

_TOPICS = ("", "adopt")
"""Of syncs, and of pull requests that record baselines."""


@dataclass(frozen=True)
class LocalForge:
    """The pull requests of one ``language``; ``pages`` is the folder of their pages.

    ``branch`` is where people merge; None means the branch that the repository's HEAD points to. ``own`` is the
    bot's branch; ``topic`` is in the names of the pages. ``languages`` are all that are kept in this repository (empty:
    only this one).
    """

    repository: Repository
    language: str
    branch: str | None
    pages: Path
    own: str = BRANCH
    topic: str = ""
    languages: tuple[str, ...] = ()

    def adopting(self) -> LocalForge:
        """Its pages have names of their own: ``zh-adopt-1.md``."""
        return replace(self, own=adopting(self.own), topic=_TOPICS[1])

    def merging(self) -> str:
        """How people merge the pull request: a command, or what one alone cannot do in words."""
        place, into = self.repository.path.resolve(), self._branch()
        place = place.relative_to(here) if place.is_relative_to(here := Path.cwd()) else place
        if self.repository.bare:
            return f"merge the branch {self.own} into {into}, in a clone of {place}"
        if self.repository.checked_out() != into:
            return f"merge the branch {self.own} into {into}, in {place}"
        return f"git -C {shlex.quote(str(place))} merge {self.own}"

    def _branch(self) -> str:
        branch = self.branch or published(self.repository, self.remembered)
        fix = "set HEAD of the repository, or `branch` in amts.yml, to the branch that people publish"
        return into(branch, self.own, self.repository.path, fix)

    def remembered(self) -> tuple[str, ...]:
        """The branches that the newest pull requests of this repository were made for, as their pages say."""
        every = (replace(self, language=name, topic=t) for name in self.languages or (self.language,) for t in _TOPICS)
        pages = [last.location for forge in every if (last := forge._last())]
        return tuple(name for page in pages if (name := marker.parse(self._text(page)).get("into", "")))

    def base(self) -> str:
        """Raises AmtsError if there is no default branch, or if it has no commits."""
        return base_of(self.repository, self._branch(), self.repository.path)

    def current(self) -> Current:
        """Raises AmtsError if there is no default branch, or if it conflicts with the open pull request."""
        check_place(self.repository, self.own)
        name = self._branch()
        base = base_of(self.repository, name, self.repository.path)
        head = self.repository.branch(self.own)
        if head is None or is_merged(self.repository, head, base):
            return afresh(self.repository, base, head)
        opened = self._last()
        number, place = (opened.number, opened.location) if opened else (1, self._place(1))
        request = PullRequest(number, head, place, "", shown=opened.shown if opened else "")
        return continued(self.repository, name, self.own, base, head, request, self.language)

    def closed(self, fingerprint: str) -> PullRequest | None:
        """Only called when none is open: the branch was deleted or merged."""
        last = self._last()
        if last is None or last.fingerprint != fingerprint or self.repository.branch(self.own) is not None:
            return None
        if last.head and self.repository.resolve(last.head) and is_merged(self.repository, last.head, self.base()):
            return None  # merged, and its branch deleted: what waited for that follows
        again = "to have it anew, delete its page and run the sync again"
        return PullRequest(last.number, last.head, last.location, last.fingerprint, notes=(again,))

    def publish(
        self,
        current: Current,
        changes: Mapping[str, bytes | None],
        page: Page,
        *,
        message: str,
        fingerprint: str,
    ) -> PullRequest:
        """Adds one commit, moves the branch by compare-and-swap, and rewrites the page.

        Raises AmtsError when the repository or the pages cannot be written; the branch is then unchanged.
        """
        commit = self.repository.commit(current.parents, current.commit, changes, message)
        last = self._last()
        number = current.pull_request.number if current.pull_request else (last.number + 1 if last else 1)
        request = PullRequest(number, commit, self._place(number), fingerprint)
        into = self._branch()
        review, bare = _review(request), self.repository.bare
        head = Message(
            "Pull request {request} of {language}: {own} into {into}, in the repository {folder}. "
            "To work on it: {start}. To merge it into {into}: {merge}. To refuse it: {refuse}.",
            request=str(number),
            language=f"`{self.language}`",
            own=f"`{self.own}`",
            into=f"`{into}`",
            folder=f"`{self.repository.path}`",
            start=f"`git clone -b {self.own} {self.repository.path}`" if bare else f"`git switch {self.own}`",
            merge=f"`git switch {into} && git merge {self.own}{' && git push' if bare else ''}`",
            refuse=f"`git push origin --delete {self.own}`" if bare else f"`git branch -D {self.own}`",
        )
        remembered = {"number": number, "head": commit, "fingerprint": fingerprint, "shown": commit, "into": into}
        # Write the text first: a branch moved without its page would never get one, since nothing is left to plan.
        before = self._text(request.location) if current.pull_request else ""
        beside = Message("Side by side, with what waits for you: {page}.", page=f"[{review.name}]({review.name})")
        lines = [page.shown(head), *([page.shown(beside)] if page.review else [])]
        text = f"*{' '.join(lines)}*\n\n{_writable(page.body('', PAGE, marker.part(before)))}"
        text = marker.replaced(before, text, remembered)
        self._replace(request, text, page, lambda: self.repository.move_branch(self.own, commit, current.expected))
        return request

    def _replace(self, request: PullRequest, text: str, page: Page, first: Callable[[], bool]) -> None:
        """Replaces the page and its review page. Raises Moved, and leaves both, if what comes ``first`` fails."""
        texts: dict[Path, Iterable[str]] = {Path(request.location): [text]}
        if page.review:
            texts[_review(request)] = page.review()
        fresh: dict[Path, Path] = {}
        try:
            fresh |= {place: self._written(text) for place, text in texts.items()}
            if not first():
                raise Moved
            for place, written in fresh.items():
                written.replace(place)
        except OSError as error:
            raise self._unwritable(error) from error
        finally:
            for written in fresh.values():
                written.unlink(missing_ok=True)

    def rewrite(self, request: PullRequest, page: Page, settled: Collection[str] = ()) -> None:
        """Does nothing if the page lacks its marks. Raises AmtsError when the pages cannot be written."""
        before = self._text(request.location)
        if body := page.body("", PAGE, marker.part(before)):
            fields = {**marker.parse(before), "shown": request.head}
            self._replace(request, marker.replaced(before, _writable(body), fields), page, lambda: True)

    def extend(self, current: Current, changes: Mapping[str, bytes | None], message: str) -> PullRequest:
        """Adds one commit and moves the branch by compare-and-swap."""
        assert current.pull_request
        commit = self.repository.commit(current.parents, current.commit, changes, message)
        if not self.repository.move_branch(self.own, commit, current.expected):
            raise Moved
        return replace(current.pull_request, head=commit)

    def settle(self, request: PullRequest) -> tuple[str, ...]:
        """Does nothing: a page is complete when its branch moves."""
        return ()

    def report(self, request: PullRequest, names: Sequence[str], checks: Callable[[], Sequence[Check]]) -> str:
        """Does nothing: git has no checks, and the page says the same."""
        return ""

    def remark(self, request: PullRequest, remarks: Callable[[], Sequence[Remark]], intro: Callable[[int], str]) -> str:
        """Does nothing: git has no comments on lines, and the page says the same."""
        return ""

    def announce(self, request: PullRequest, *, waiting: bool) -> None:
        """Does nothing: nobody can merge a page on disk too early."""

    def _place(self, number: int) -> str:
        return str(self.pages / f"{self._name}-{number}.md")

    @property
    def _name(self) -> str:
        return f"{self.language}-{self.topic}" if self.topic else self.language

    def past(self) -> Past:
        """The branch, a mirror's refs below refs/pull, and the bot's last commit in each pull request with a page."""
        published = frozenset(self._pull_request(number, page).head for number, page in self._pages())
        return Past(history.heads(self.repository, f"refs/heads/{self.own}", "refs/pull"), published)

    def _last(self) -> PullRequest | None:
        """The newest page of this language, even if its marker is broken."""
        found = self._pages()
        return self._pull_request(*max(found)) if found else None

    def _pages(self) -> list[tuple[int, Path]]:
        pattern = re.compile(rf"{re.escape(self._name)}-(\d+)\.md")
        return [(int(m[1]), p) for p in self.pages.glob("*.md") if (m := pattern.fullmatch(p.name))]

    def _text(self, page: str | Path) -> str:
        """The text of a page; empty if it cannot be read."""
        try:
            return Path(page).read_bytes().decode("utf-8", "surrogateescape")
        except OSError:
            return ""

    def _pull_request(self, number: int, page: Path) -> PullRequest:
        """What the marker of a page records."""
        fields = marker.parse(self._text(page))
        head, fingerprint, shown = (fields.get(name, "") for name in ("head", "fingerprint", "shown"))
        return PullRequest(number, head, str(page), fingerprint, shown=shown)

    def _written(self, pieces: Iterable[str]) -> Path:
        """A new file next to the pages; its name cannot be guessed, so nobody can plant a symbolic link there."""
        try:
            self.pages.mkdir(parents=True, exist_ok=True)
            # Pages beside a book must not become its documents.
            if not (ignored := self.pages / ".gitignore").exists():
                ignored.write_text("*\n", encoding="utf-8")
            with tempfile.NamedTemporaryFile(dir=self.pages, suffix=".new", delete=False) as stream:
                fresh = Path(stream.name)
                try:
                    stream.writelines(piece.encode("utf-8", "surrogateescape") for piece in pieces)
                except BaseException:
                    fresh.unlink()
                    raise
            fresh.chmod(0o644)
            return fresh
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> AmtsError:
        return AmtsError(
            f"the pages in {self.pages} cannot be written",
            why=error.strerror or str(error),
            fix="correct `pages` in amts.yml, or the permissions of that folder, and run the sync again",
        )


def _review(request: PullRequest) -> Path:
    return Path(request.location).with_suffix(".html")


def _writable(text: str) -> str:
    """``text`` with what is no character, as in the name of a file, escaped."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
