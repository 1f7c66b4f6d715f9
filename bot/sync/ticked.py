"""Boxes that people ticked on the page of a pull request: each settles the sentences that it was beside."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from bot.contracts import BOT_EMAIL
from bot.forges import Current
from bot.repositories import history
from bot.review.record import Entry, name_of, to_review, written
from bot.sync.corpus import Edition, entries_at


def settle_ticked(edition: Edition, current: Current, dry_run: bool) -> tuple[Edition, Current]:
    """Settles what is ticked: in an open pull request by a commit that changes the record alone, as ``/reviewed`` does.

    What people ticked and merged before any run saw it leaves the record with the next commit of a sync. Raises
    ``Moved`` if people pushed to the branch meanwhile.
    """
    reviewed = _reviewed(edition, current) if current.ticked else frozenset[Entry]()
    if not reviewed:
        return edition, current
    done = {entry.path for entry in entries_at(edition, current.commit) if entry in reviewed}
    edition = replace(edition, reviewed=reviewed)
    if not done or current.pull_request is None or dry_run:
        return edition, current
    # Most runs settle nothing, and need no texts.
    from bot.reporting.quoting import is_plain
    from bot.reporting.wording import wording

    words, name = wording(edition.page_language), next(iter(done))
    what = name if len(done) == 1 and is_plain(name) else words("documents", number=len(done))
    left = written(entries_at(edition, current.commit))
    message = f"{words('commit.reviewed', what=what)}\n"
    request = edition.forge.extend(current, {edition.records.review: left}, message)
    return edition, replace(
        current, commit=request.head, parents=(request.head,), expected=request.head, pull_request=request
    )


def _reviewed(edition: Edition, current: Current) -> frozenset[Entry]:
    """The entries beside the ticked boxes, as they were when their page was made.

    So a tick settles no sentence that was drafted after it.
    """
    commits = history.commits(edition.repository, current.commit, current.base)
    made = [commit.id for commit in reversed(commits) if commit.author == BOT_EMAIL]
    found = set[Entry]()
    for commit in (current.commit, current.base, *made):
        documents = defaultdict[str, list[Entry]](list)
        for entry in to_review(entries_at(edition, commit)):
            documents[entry.path].append(entry)
        found.update(e for entries in documents.values() if name_of(entries) in current.ticked for e in entries)
    return frozenset(found)
