"""Pull requests on GitHub, or on a GitHub Enterprise server: git over HTTPS, and the REST API by PyGithub.

Git provides the contents of a pull request, GitHub whether it is open, merged or closed; the hidden marker in its text
only stores the plan that people refused. Nothing is force-pushed, and nothing is written twice: after an error, the
bot checks whether the write happened before it retries.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain, islice
from typing import TYPE_CHECKING
from urllib.parse import quote

import requests
from github import GithubException

from bot.contracts import BOT_EMAIL, BRANCH, TREE_TRAILER
from bot.errors import AmtsError
from bot.forges import LIMIT, PAGE, Check, Current, Moved, Page, Past, PullRequest, Remark, boxes, marker
from bot.forges.branches import adopting, afresh, base_of, check_place, continued, into, is_merged
from bot.forges.github import reviews, statuses
from bot.forges.github.errors import explained, why_of
from bot.forges.github.retry import once
from bot.repositories import history
from bot.repositories.remote import Remote
from bot.repositories.repository import Repository

if TYPE_CHECKING:
    from github.PullRequest import PullRequest as Hosted
    from github.Repository import Repository as Hub

_TITLE = re.compile(r"Sync \S+ with English [0-9a-f]{7,40}|Record the English version of [\d,]+ documents?")
"""Matches titles that the bot wrote in English before it stored them in the marker."""

RECENT = 50
"""Closed pull requests among which the last merged one is looked for (a guess)."""

NO_ROOM = "its text was not updated: what others wrote in it leaves no room; shorten that"


@dataclass(frozen=True)
class HostedForge:
    """The rolling pull request of one ``language``; ``repository`` is the bare clone that ``remote`` is fetched into.

    ``branch`` is where people merge; None means the default branch. ``own`` is the bot's branch. A new pull request
    gets the ``labels`` and requests reviews from the ``reviewers``.
    """

    repository: Repository
    remote: Remote
    hub: Hub
    language: str
    branch: str | None
    labels: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    own: str = BRANCH

    def adopting(self) -> HostedForge:
        """The same repository, another branch."""
        return replace(self, own=adopting(self.own))

    def base(self) -> str:
        """Raises AmtsError when the branch that people merge into does not exist."""
        return base_of(self.repository, self._name, self.hub.full_name)

    def current(self) -> Current:
        """Fetches first. Raises AmtsError when the branch and the open pull request conflict."""
        self.remote.fetch(self.repository)
        check_place(self.repository, self.own)
        name, base = self._name, self.base()
        head = self.repository.branch(self.own)
        with explained(self.hub.full_name, "its pull requests cannot be listed"):
            opened = self._open()
            closed = self._closed() if opened is None else iter(())
            past = list(islice(closed, RECENT))
            known = opened is not None or any(
                p.head.sha == head and not self._elsewhere(p) for p in chain(past, closed)
            )
        last = opened or next((p for p in past if p.merged_at is not None and not self._elsewhere(p)), None)
        ticked = boxes.ticked(last.body or "") if last else frozenset[str]()
        if head is None:
            return replace(afresh(self.repository, base, None), ticked=ticked)
        if opened is not None:
            self._check_base(opened)
            fields = marker.parse(opened.body or "")
            waiting, incomplete = bool(fields.get("waiting")), bool(fields.get("incomplete"))
            shown = fields.get("shown", "")
            request = PullRequest(opened.number, head, opened.html_url, "", waiting, incomplete, shown=shown)
            found = continued(self.repository, name, self.own, base, head, request, self.language)
            return replace(found, ticked=ticked)
        if known or is_merged(self.repository, head, base) or self._is_ours(head, base):
            return replace(afresh(self.repository, base, head), ticked=ticked)
        # A branch that people work on, whose pull request has not been opened yet.
        return continued(self.repository, name, self.own, base, head, None, self.language)

    def closed(self, fingerprint: str) -> PullRequest | None:
        """The newest pull request, if people closed it unmerged and the plan is the same."""
        with explained(self.hub.full_name, "its pull requests cannot be listed"):
            last = next(self._closed(), None)
            if last is None or last.merged_at is not None or self._elsewhere(last):
                return None
        found = marker.parse(last.body or "").get("fingerprint", "") or self._drafted_from(last.head.sha)
        again = "to have it anew, reopen it there and run the sync again"
        same = found == fingerprint
        return PullRequest(last.number, last.head.sha, last.html_url, found, notes=(again,)) if same else None

    def publish(
        self,
        current: Current,
        changes: Mapping[str, bytes | None],
        page: Page,
        *,
        message: str,
        fingerprint: str,
    ) -> PullRequest:
        """Pushes one commit, after updating the text of an open pull request or before opening a new one.

        If a run dies between the two steps, the next run still has something to plan and does both; if it dies after
        opening a new one, the next run finds it marked as incomplete.
        """
        commit = self._made(current, changes, message)
        remembered, notes = {"fingerprint": fingerprint, "title": page.title, "shown": commit}, tuple[str, ...]()
        with explained(self.hub.full_name, "its pull request cannot be written"):
            opened = self._open()
            # Engines take hours: meanwhile people may have merged or closed it, or changed where it goes.
            if (opened is None) != (current.pull_request is None) or (opened and opened.base.ref != self._name):
                raise Moved
            if opened is not None:
                fields = marker.parse(opened.body or "")
                if fields.get("waiting") and not _made_ready(opened):
                    remembered["waiting"] = "yes"
                if fields.get("incomplete"):
                    remembered["incomplete"] = "yes"
                text = _text(opened.body or "", page, opened.html_url, remembered, current.ticked)
                notes = () if text else (NO_ROOM,)
                # A title that people wrote instead is kept. Ours may be in any language, and is known by the marker.
                ours = opened.title == fields.get("title") or _TITLE.fullmatch(opened.title)
                title = page.title if text and ours else opened.title
                opened.edit(body=text or opened.body, title=title)
        self._push(current, commit)
        if opened is None:
            remembered["incomplete"] = "yes"
            with explained(self.hub.full_name, "its pull request cannot be written"):
                opened = self._opened(page.title, _text("", page, self._comparison, remembered))
        if "incomplete" in remembered:
            notes += self._introduced(opened)
        return PullRequest(opened.number, commit, opened.html_url, fingerprint, notes=notes)

    def extend(self, current: Current, changes: Mapping[str, bytes | None], message: str) -> PullRequest:
        """Pushes one commit, unless people have merged or closed the pull request meanwhile."""
        assert current.pull_request
        with explained(self.hub.full_name, "its pull requests cannot be listed"):
            if self._open() is None:
                raise Moved
        commit = self._made(current, changes, message)
        self._push(current, commit)
        return replace(current.pull_request, head=commit)

    def rewrite(self, request: PullRequest, page: Page, settled: Collection[str] = ()) -> None:
        """As one edit of its text; none where others left no room, or the page lacks its marks."""
        with explained(self.hub.full_name, "its pull request cannot be written"):
            opened = self.hub.get_pull(request.number)
            body = opened.body or ""
            fields = {**marker.parse(body), "shown": request.head}
            here = opened.head.sha == request.head
            text = _text(body, page, opened.html_url, fields, settled) if here else ""
            if marker.part(text):
                opened.edit(body=text)

    def past(self) -> Past:
        """The branch and the heads of all pull requests that GitHub keeps; fetches the latter first."""
        self.remote.fetch_requests(self.repository)
        return Past(history.heads(self.repository, f"refs/heads/{self.own}", "refs/pull"))

    def settle(self, request: PullRequest) -> tuple[str, ...]:
        """Ends a draft that only waited for an engine, and completes a new pull request."""
        if request.waiting:
            self.announce(request, waiting=False)
        if not request.incomplete:
            return ()
        with explained(self.hub.full_name, "its pull request cannot be read"):
            opened = self.hub.get_pull(request.number)
        return self._introduced(opened)

    def report(self, request: PullRequest, names: Sequence[str], checks: Callable[[], Sequence[Check]]) -> str:
        """As commit statuses: check runs are for Apps alone, and the token of a workflow may write statuses."""
        return statuses.report(self.hub, request, names, checks)

    def remark(self, request: PullRequest, remarks: Callable[[], Sequence[Remark]], intro: Callable[[int], str]) -> str:
        """As one review."""
        return reviews.remark(self.hub, request, remarks(), intro)

    def announce(self, request: PullRequest, *, waiting: bool) -> None:
        """Makes it a draft while an engine is working; drafts that people made themselves stay drafts.

        The marker is set before and removed after the draft, so a later run can end the draft of a run that died.
        """
        with explained(self.hub.full_name, "its pull request cannot be written"):
            opened = self.hub.get_pull(request.number)
            fields = dict(marker.parse(opened.body or ""))
            waited = bool(fields.pop("waiting", ""))
            # Where people left no place for the marker, no later run would end the draft.
            if waiting and not (waited or opened.draft) and _remember(opened, {**fields, "waiting": "yes"}):
                _make_draft(opened, True)
            elif waited and not waiting and _made_ready(opened):
                _remember(opened, fields)

    def _made(self, current: Current, changes: Mapping[str, bytes | None], message: str) -> str:
        """The commit of ``changes``; one that an earlier run pushed already, if it could not open the pull request."""
        commit = self.repository.commit(current.parents, current.commit, changes, message)
        left = current.expected if current.pull_request is None else None
        if left and self.repository.same_files(left, commit) and self.repository.is_ancestor(current.base, left):
            return left
        return commit

    def _drafted_from(self, head: str) -> str:
        """The fingerprint of the bot's last draft, where people emptied the text of its pull request; empty if none."""
        # If the branch was deleted, git fetches the commit from the pull request by itself, as it does large files.
        drafted = history.naming(self.repository, head, TREE_TRAILER) if self.repository.resolve(head) else None
        return history.bot_trailer(self.repository, drafted, TREE_TRAILER) if drafted else ""

    def _push(self, current: Current, commit: str) -> None:
        if commit != current.expected and not self.remote.push(self.repository, commit, self.own, current.expected):
            raise Moved

    def _introduced(self, opened: Hosted) -> tuple[str, ...]:
        """Gives a new pull request reviewers, labels and its own links; failures are returned as notes."""
        wanted: list[tuple[str, Callable[[], object]]] = [
            (f"{r} was not asked for a review", partial(opened.create_review_request, [r])) for r in self.reviewers
        ]
        if labels := self.labels:
            wanted.append((f"it was not labelled {', '.join(labels)}", partial(opened.add_to_labels, *labels)))
        # Last, since it also takes away the mark of an incomplete one.
        wanted.append(("its links lead to the comparison of the branches", lambda: self._complete(opened)))
        notes = []
        for without, write in wanted:
            try:
                write()
            except GithubException as error:
                notes.append(f"{without}: {why_of(error)}")
            except requests.RequestException as error:
                notes.append(f"{without}: {type(error).__name__}")
        return tuple(notes)

    def _complete(self, opened: Hosted) -> None:
        """Puts the address of a pull request in the place of that of the comparison, by which it was opened."""
        text = opened.body or ""
        fields = {key: value for key, value in marker.parse(text).items() if key != "incomplete"}
        comparison = rf"{re.escape(self.hub.html_url)}/compare/[^\s()#]+(?=#diff-)"
        page = re.sub(comparison, lambda _: f"{opened.html_url}/files", marker.part(text))
        opened.edit(body=marker.replaced(text, page, fields))

    def _opened(self, title: str, text: str) -> Hosted:
        """A new pull request; the existing one if GitHub reports one, or failed after creating it."""
        return once(self._open, lambda: self.hub.create_pull(self._name, self.own, title=title, body=text))

    def _open(self) -> Hosted | None:
        """The open pull request of the bot's branch, even if someone renamed it, or changed where it goes."""
        found = list(self._from_here(state="open"))
        return next((p for p in found if p.base.ref == self._name), found[0] if found else None)

    def _closed(self) -> Iterator[Hosted]:
        """Merged and closed pull requests, newest first."""
        return self._from_here(state="closed", sort="created", direction="desc")

    def _from_here(self, **how: str) -> Iterator[Hosted]:
        """Pull requests of the bot's branch, whatever branch they go into."""
        found = self.hub.get_pulls(head=self._head, **how)
        # A fork can have the same owner; one that was deleted has no repository any more.
        return (p for p in found if getattr(p.head.repo, "id", 0) == self.hub.id)

    def _check_base(self, opened: Hosted) -> None:
        """Raises AmtsError if the open pull request goes into another branch than the settings say.

        Following it would merge that branch into the bot's, which nobody can take back without a forced push.
        """
        if opened.base.ref != self._name:
            raise AmtsError(
                f"{opened.html_url} goes into {opened.base.ref}, and translations of {self.language} into {self._name}",
                why=f"somebody changed where it goes; {'amts.yml' if self.branch else 'the default branch'} says "
                f"{self._name}",
                fix=f"change its base back to {self._name}, or write `branch: {opened.base.ref}` for this translation "
                "in amts.yml",
            )

    def _elsewhere(self, closed: Hosted) -> bool:
        """Whether nobody decided on it here: it was merged into another branch, or closed with one that is gone."""
        base = closed.base.ref
        return base != self._name and (closed.merged_at is not None or self.repository.branch(base) is None)

    @property
    def _head(self) -> str:
        return f"{self.hub.owner.login}:{self.own}"

    @property
    def _comparison(self) -> str:
        """The address of what the branch changes, which exists before the pull request does."""
        return f"{self.hub.html_url}/compare/{quote(self._name)}...{quote(self.own)}"

    @cached_property
    def _name(self) -> str:
        fix = "choose another default branch, or set `branch` in amts.yml"
        return into(self.branch or self.hub.default_branch, self.own, self.hub.full_name, fix)

    def _is_ours(self, head: str, base: str) -> bool:
        """Whether only the bot has committed on a branch, as on one that a run left without a pull request."""
        return set(history.authors(self.repository, head, base)) <= {BOT_EMAIL}


def _text(text: str, page: Page, address: str, values: Mapping[str, str], settled: Collection[str] = ()) -> str:
    """``text`` with the page as the bot's part, as long as GitHub allows; empty if others left no room for any.

    What people ticked stays ticked, except the boxes that this run has ``settled``.
    """
    room = marker.room(text, values, LIMIT)
    if room < 0:
        return ""
    body = page.body(address, min(PAGE, room), marker.part(text))
    return boxes.kept(text, marker.replaced(text, body, values), settled)


def _make_draft(opened: Hosted, draft: bool) -> bool:
    """Makes a pull request a draft, or ready; False if that fails, for example if the host has no drafts."""
    try:
        if draft:
            opened.convert_to_draft()
        else:
            opened.mark_ready_for_review()
    except (GithubException, requests.RequestException):
        return False
    return True


def _made_ready(opened: Hosted) -> bool:
    """Ends a draft; False if it is still a draft."""
    return not opened.draft or _make_draft(opened, False)


def _remember(opened: Hosted, fields: Mapping[str, str]) -> bool:
    """Replaces the values of the hidden marker, and nothing else; False if it is not there, or has no room."""
    text = marker.with_values(opened.body or "", fields)
    if marker.parse(text) != fields or len(text) > LIMIT:
        return False
    opened.edit(body=text)
    return True
