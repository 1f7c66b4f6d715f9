"""How pull requests, commits, diffs and comments on lines look in GitHub's JSON."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from .diff import moved
from .forms import Forms, node
from .git import Change
from .state import Pull, Repository, Review, ReviewComment

_STATUS = {"A": "added", "D": "removed", "M": "modified", "R": "renamed", "C": "copied", "T": "changed"}
_FORMAT = "%H%x00%T%x00%P%x00%an%x00%ae%x00%aI%x00%cn%x00%ce%x00%cI%x00%B"


class PullForms(Forms):
    """All forms."""

    def pull(self, repository: Repository, pull: Pull, *, full: bool = False) -> dict[str, Any]:
        """A pull request; ``full`` as it is asked for by its number."""
        url, page = f"{self.url(repository)}/pulls/{pull.number}", self.page(repository, pull)
        issue = f"{self.url(repository)}/issues/{pull.number}"
        statuses = f"{self.url(repository)}/statuses/{pull.head_sha}"
        links = {
            "self": url,
            "html": page,
            "issue": issue,
            "comments": f"{issue}/comments",
            "review_comments": f"{url}/comments",
            "review_comment": f"{self.url(repository)}/pulls/comments{{/number}}",
            "commits": f"{url}/commits",
            "statuses": statuses,
        }
        assert pull.head_repository is not None
        found = {
            "url": url,
            "id": pull.id,
            "node_id": node("PR", pull.id),
            "html_url": page,
            "diff_url": f"{page}.diff",
            "patch_url": f"{page}.patch",
            "issue_url": issue,
            "number": pull.number,
            "state": pull.state,
            "locked": pull.locked,
            "title": pull.title,
            "user": self.user(pull.user),
            "body": pull.body,
            "created_at": pull.created_at,
            "updated_at": pull.updated_at,
            "closed_at": pull.closed_at,
            "merged_at": pull.merged_at,
            "merge_commit_sha": pull.merge_commit_sha,
            "assignee": None,
            "assignees": [],
            "requested_reviewers": [self.user(user) for user in pull.reviewers],
            "requested_teams": [],
            "labels": [self.label(repository, label) for label in pull.labels],
            "milestone": None,
            "draft": pull.draft,
            "commits_url": links["commits"],
            "review_comments_url": links["review_comments"],
            "review_comment_url": links["review_comment"],
            "comments_url": links["comments"],
            "statuses_url": statuses,
            "head": self.end(pull.head_repository, pull.head, pull.head_sha),
            "base": self.end(repository, pull.base, pull.base_sha),
            "_links": {name: {"href": target} for name, target in links.items()},
            "author_association": pull.user.association,
            "auto_merge": None,
            "active_lock_reason": None,
        }
        return found | (self._measured(repository, pull) if full else {})

    def _measured(self, repository: Repository, pull: Pull) -> dict[str, Any]:
        """What GitHub works out for a single pull request only."""
        base = repository.git.start(pull.base_sha, pull.head_sha)
        changes = repository.git.changes(base, pull.head_sha)
        # Unlike GitHub, which answers null at first, this is known at once.
        clean = repository.git.merges(pull.base_sha, pull.head_sha) if pull.state == "open" else None
        state = {None: "unknown", True: "draft" if pull.draft else "clean", False: "dirty"}[clean]
        return {
            "merged": pull.merged_at is not None,
            "mergeable": clean,
            "rebaseable": clean,
            "mergeable_state": state,
            "merged_by": self.user(pull.merged_by) if pull.merged_by else None,
            "comments": sum(c.number == pull.number for c in repository.comments.values()),
            "review_comments": sum(c.number == pull.number for c in repository.review_comments.values()),
            "maintainer_can_modify": False,
            "commits": len(repository.git.between(base, pull.head_sha)),
            "additions": sum(c.added for c in changes),
            "deletions": sum(c.removed for c in changes),
            "changed_files": len(changes),
        }

    def end(self, repository: Repository, branch: str, sha: str) -> dict[str, Any]:
        """One end of a pull request."""
        owner = repository.owner
        return {
            "label": f"{owner.login}:{branch}",
            "ref": branch,
            "sha": sha,
            "user": self.user(owner),
            "repo": self.repository(repository),
        }

    def file(self, repository: Repository, change: Change, sha: str) -> dict[str, Any]:
        """A file of a pull request's diff."""
        page, path = f"{self.web}/{repository.full_name}", quote(change.path)
        found = {
            "sha": change.sha,
            "filename": change.path,
            "status": _STATUS[change.status],
            "additions": change.added,
            "deletions": change.removed,
            "changes": change.added + change.removed,
            "blob_url": f"{page}/blob/{sha}/{path}",
            "raw_url": f"{page}/raw/{sha}/{path}",
            "contents_url": f"{self.url(repository)}/contents/{path}?ref={sha}",
        }
        if change.hunks:
            found["patch"] = change.hunks
        if change.status == "R":
            found["previous_filename"] = change.old_path
        return found

    def commit(self, repository: Repository, sha: str, *, full: bool = False) -> dict[str, Any]:
        """A commit; ``full`` with its files. Nobody's address is known, so no commit has a user."""
        shown = repository.git.known("show", "-s", f"--format={_FORMAT}", sha).split("\0")
        _, tree, parents, *people, message = shown
        made, stored = (
            {"name": name, "email": email, "date": _utc(date)} for name, email, date in (people[:3], people[3:])
        )
        url, page = self.url(repository), f"{self.web}/{repository.full_name}/commit"
        plain = {"verified": False, "reason": "unsigned", "signature": None, "payload": None, "verified_at": None}
        found = {
            "sha": sha,
            "node_id": f"C_{sha}",
            "commit": {
                "author": made,
                "committer": stored,
                "message": message.rstrip("\n"),
                "tree": {"sha": tree, "url": f"{url}/git/trees/{tree}"},
                "url": f"{url}/git/commits/{sha}",
                "comment_count": 0,
                "verification": plain,
            },
            "url": f"{url}/commits/{sha}",
            "html_url": f"{page}/{sha}",
            "comments_url": f"{url}/commits/{sha}/comments",
            "author": None,
            "committer": None,
            "parents": [{"sha": p, "url": f"{url}/commits/{p}", "html_url": f"{page}/{p}"} for p in parents.split()],
        }
        if full:
            changes = repository.git.changes(parents.split()[0] if parents else EMPTY_TREE, sha)
            added, removed = sum(c.added for c in changes), sum(c.removed for c in changes)
            found["stats"] = {"total": added + removed, "additions": added, "deletions": removed}
            found["files"] = [self.file(repository, change, sha) for change in changes]
        return found

    def review(self, repository: Repository, review: Review) -> dict[str, Any]:
        """A review, without its comments."""
        pull = repository.issues[review.number]
        page, above = self.page(repository, pull), f"{self.url(repository)}/pulls/{review.number}"
        own = f"{page}#pullrequestreview-{review.id}"
        return {
            "id": review.id,
            "node_id": node("PRR", review.id),
            "user": self.user(review.user),
            "body": review.body,
            "state": review.state,
            "html_url": own,
            "pull_request_url": above,
            "_links": {"html": {"href": own}, "pull_request": {"href": above}},
            "submitted_at": review.submitted_at,
            "commit_id": review.commit_id,
            "author_association": review.user.association,
        }

    def review_comment(self, repository: Repository, comment: ReviewComment) -> dict[str, Any]:
        """A comment on a line, which follows its line as long as that is there."""
        pull = repository.issues[comment.number]
        assert isinstance(pull, Pull)
        url, page = f"{self.url(repository)}/pulls", self.page(repository, pull)
        own, above = f"{url}/comments/{comment.id}", f"{url}/{pull.number}"
        line = moved(repository.git, comment.path, comment.line, comment.commit_id, pull.head_sha)
        start = None
        if line is not None and comment.start_line is not None:
            start = line - (comment.line - comment.start_line)
        found = {
            "url": own,
            "pull_request_review_id": comment.review_id,
            "id": comment.id,
            "node_id": node("PRRC", comment.id),
            "diff_hunk": comment.diff_hunk,
            "path": comment.path,
            "commit_id": comment.commit_id if line is None else pull.head_sha,
            "original_commit_id": comment.commit_id,
            "user": self.user(comment.user),
            "body": comment.body,
            "created_at": comment.created_at,
            "updated_at": comment.updated_at,
            "html_url": f"{page}#discussion_r{comment.id}",
            "pull_request_url": above,
            "author_association": comment.user.association,
            "_links": {
                "self": {"href": own},
                "html": {"href": f"{page}#discussion_r{comment.id}"},
                "pull_request": {"href": above},
            },
            "reactions": self.reactions(own, comment.reactions),
            "start_line": start,
            "original_start_line": comment.start_line,
            "start_side": None if comment.start_line is None else comment.side,
            "line": line,
            "original_line": comment.line,
            "side": comment.side,
            "position": None if line is None else comment.position,
            "original_position": comment.position,
            "subject_type": "line",
        }
        return found | ({} if comment.in_reply_to is None else {"in_reply_to_id": comment.in_reply_to})


EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


def _utc(date: str) -> str:
    """A date as GitHub writes it."""
    return re.sub(r"\+00:00$", "Z", date)
