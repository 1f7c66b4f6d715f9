"""Pull requests without a server: the branch ``amts/sync`` of a repository on disk, and a page to read.

Open, merged and closed are read from git. The hidden marker at the end of a page only remembers what
git cannot tell: the plan that people refused when they deleted the branch.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.contracts import BRANCH, LOCK, MARKER, ORIGIN_SUFFIX
from bot.errors import AmtsError
from bot.forges import Current, Moved, PullRequest
from bot.repos import Repository

_MARKED = re.compile(rf"<!-- {MARKER}:v1 (\{{.*\}}) -->\s*\Z")


@dataclass(frozen=True)
class LocalForge:
    """The pull requests of one ``language``; ``pages`` is the folder of their pages.

    ``branch`` is where people merge; None means the branch that the repository's HEAD stands on.
    """

    repository: Repository
    language: str
    branch: str | None
    pages: Path

    def current(self) -> Current:
        """Raises AmtsError without a default branch, and when it conflicts with the open pull request."""
        name = self.branch or self.repository.head_branch()
        base = self.repository.branch(name)
        if base is None:
            raise AmtsError(
                f"{self.repository.path} has no branch {name}",
                why="a translation needs at least one commit to start from",
                fix="commit something there, or correct `branch` in amts.yml",
            )
        head = self.repository.branch(BRANCH)
        if head is None:
            return Current(base, base, (base,), None, None)
        if self._is_merged(head, base):
            # Left behind after a merge: it goes on from the base without being forced.
            parents = (base,) if self.repository.is_ancestor(head, base) else (head, base)
            return Current(base, base, parents, head, None)
        opened = self._last()
        request = PullRequest(
            opened.number if opened else 1, "open", head, opened.location if opened else self._place(1), ""
        )
        if self.repository.is_ancestor(base, head):
            return Current(head, base, (head,), head, request)
        merge = self.repository.merge_commit(head, base, f"Merge {name} into {BRANCH}\n")
        if merge.commit is None:
            raise AmtsError(
                f"{name} and the open pull request of {self.language} conflict in {', '.join(merge.conflicts)}",
                why="both changed the same lines; a sync decides nothing that people disagree about",
                fix=f"merge {name} into {BRANCH} by hand, then run the sync again",
            )
        return Current(merge.commit, base, (merge.commit,), head, request)

    def _is_merged(self, head: str, base: str) -> bool:
        """Merged in any way; of a squash only the tree can tell: the base has moved on from the old baselines."""
        if self.repository.is_ancestor(head, base):
            return True
        fork = self.repository.merge_base(head, base)
        if fork is None:
            return False
        before, after, now = (self.repository.files(c) for c in (fork, head, base))
        records = [
            path
            for path in {*before, *after}
            if (path.endswith(ORIGIN_SUFFIX) or path == LOCK) and before.get(path) != after.get(path)
        ]
        return bool(records) and all(now.get(path) != before.get(path) for path in records)

    def closed(self, fingerprint: str) -> PullRequest | None:
        """Only asked when none is open: the branch is gone or merged."""
        last = self._last()
        if last is None or last.fingerprint != fingerprint or self.repository.branch(BRANCH) is not None:
            return None
        return PullRequest(last.number, "closed", last.head, last.location, last.fingerprint)

    def publish(
        self,
        current: Current,
        changes: Mapping[str, bytes | None],
        *,
        title: str,
        body: str,
        message: str,
        fingerprint: str,
    ) -> PullRequest:
        """One commit on top, the branch moved by compare-and-swap, the page written anew."""
        commit = self.repository.commit(current.parents, current.commit, changes, message)
        if not self.repository.move_branch(BRANCH, commit, current.expected):
            raise Moved
        last = self._last()
        number = current.pull_request.number if current.pull_request else (last.number + 1 if last else 1)
        request = PullRequest(number, "open", commit, self._place(number), fingerprint)
        into = self.branch or self.repository.head_branch()
        head = (
            f"*Pull request {number} of `{self.language}`: `{BRANCH}` into `{into}`. "
            f"To merge it there: `git merge {BRANCH}`. To refuse it: `git branch -D {BRANCH}`.*\n\n"
        )
        marker = json.dumps({"number": number, "head": commit, "fingerprint": fingerprint})
        self._write(Path(request.location), f"{head}{body}\n<!-- {MARKER}:v1 {marker} -->\n")
        return request

    def _place(self, number: int) -> str:
        return str(self.pages / f"{self.language}-{number}.md")

    def _last(self) -> PullRequest | None:
        """The newest page of this language; one with a broken marker still counts."""
        pattern = re.compile(rf"{re.escape(self.language)}-(\d+)\.md")
        found = [(int(m[1]), p) for p in self.pages.glob("*.md") if (m := pattern.fullmatch(p.name))]
        if not found:
            return None
        number, page = max(found)
        marked = _MARKED.search(page.read_text(encoding="utf-8", errors="replace"))
        try:
            data = json.loads(marked[1]) if marked else {}
        except ValueError:
            data = {}
        return PullRequest(number, "", str(data.get("head", "")), str(page), str(data.get("fingerprint", "")))

    def _write(self, page: Path, text: str) -> None:
        try:
            page.parent.mkdir(parents=True, exist_ok=True)
            fresh = page.with_suffix(".md.new")
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(page)
        except OSError as error:
            raise AmtsError(
                f"the page {page} cannot be written",
                why=error.strerror or str(error),
                fix="the branch is written already; correct `pages` in amts.yml and run the sync again",
            ) from error
