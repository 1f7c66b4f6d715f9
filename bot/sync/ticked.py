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

    What people ticked and merged before any run saw it leaves the record with the next commit of a sync. The boxes
    that are left in what it returns are those that are settled: one of a page whose commit was never pushed is not.
    Raises ``Moved`` if people pushed to the branch meanwhile.
    """
    if not current.ticked:
        return edition, current
    found = _reviewed(edition, current)
    current = replace(current, ticked=frozenset(found))
    reviewed = frozenset(entry for entries in found.values() for entry in entries)
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


def _reviewed(edition: Edition, current: Current) -> dict[str, list[Entry]]:
    """The entries beside the ticked boxes, by the names of these, as they were when their page was made.

    So a tick settles no sentence that was drafted after it.
    """
    commits = history.commits(edition.repository, current.commit, current.base)
    made = [commit.id for commit in reversed(commits) if commit.author == BOT_EMAIL]
    found: dict[str, list[Entry]] = {}
    for commit in (current.commit, current.base, *made):
        documents = defaultdict[str, list[Entry]](list)
        for entry in to_review(entries_at(edition, commit)):
            documents[entry.path].append(entry)
        named = {name_of(entries): entries for entries in documents.values()}
        found.update((name, entries) for name, entries in named.items() if name in current.ticked)
    return found
