"""How people, repositories, issues and comments look in GitHub's JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from .state import LEVELS, Comment, Issue, Label, Pull, Reaction, Repository, User

EMOTIONS = ("+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes")
_LINKS = {
    "followers_url": "/followers",
    "following_url": "/following{/other_user}",
    "gists_url": "/gists{/gist_id}",
    "starred_url": "/starred{/owner}{/repo}",
    "subscriptions_url": "/subscriptions",
    "organizations_url": "/orgs",
    "repos_url": "/repos",
    "events_url": "/events{/privacy}",
    "received_events_url": "/received_events",
}
_REPOSITORY_LINKS = {
    "archive_url": "/{archive_format}{/ref}",
    "assignees_url": "/assignees{/user}",
    "blobs_url": "/git/blobs{/sha}",
    "branches_url": "/branches{/branch}",
    "collaborators_url": "/collaborators{/collaborator}",
    "comments_url": "/comments{/number}",
    "commits_url": "/commits{/sha}",
    "compare_url": "/compare/{base}...{head}",
    "contents_url": "/contents/{+path}",
    "contributors_url": "/contributors",
    "deployments_url": "/deployments",
    "downloads_url": "/downloads",
    "events_url": "/events",
    "forks_url": "/forks",
    "git_commits_url": "/git/commits{/sha}",
    "git_refs_url": "/git/refs{/sha}",
    "git_tags_url": "/git/tags{/sha}",
    "hooks_url": "/hooks",
    "issue_comment_url": "/issues/comments{/number}",
    "issue_events_url": "/issues/events{/number}",
    "issues_url": "/issues{/number}",
    "keys_url": "/keys{/key_id}",
    "labels_url": "/labels{/name}",
    "languages_url": "/languages",
    "merges_url": "/merges",
    "milestones_url": "/milestones{/number}",
    "notifications_url": "/notifications{?since,all,participating}",
    "pulls_url": "/pulls{/number}",
    "releases_url": "/releases{/id}",
    "stargazers_url": "/stargazers",
    "statuses_url": "/statuses/{sha}",
    "subscribers_url": "/subscribers",
    "subscription_url": "/subscription",
    "tags_url": "/tags",
    "teams_url": "/teams",
    "trees_url": "/git/trees{/sha}",
}
_ROLES = {"pull": "read", "triage": "triage", "push": "write", "maintain": "maintain", "admin": "admin"}


def node(kind: str, number: int) -> str:
    """A node id: opaque to clients."""
    return f"{kind}_kwDO{number:08d}"


@dataclass(frozen=True)
class Forms:
    """``api`` and ``web`` are where the REST interface and the pages are."""

    api: str
    web: str

    def user(self, user: User) -> dict[str, Any]:
        url = f"{self.api}/users/{quote(user.login)}"
        return {
            "login": user.login,
            "id": user.id,
            "node_id": node("U", user.id),
            "avatar_url": f"{self.web}/avatars/u/{user.id}?v=4",
            "gravatar_id": "",
            "url": url,
            "html_url": f"{self.web}/{quote(user.login)}",
            **{name: url + rest for name, rest in _LINKS.items()},
            "type": user.kind,
            "user_view_type": "public",
            "site_admin": False,
        }

    def profile(self, user: User, when: str) -> dict[str, Any]:
        """A person's page."""
        nothing = ("company", "location", "email", "hireable", "bio", "twitter_username")
        counts = ("public_repos", "public_gists", "followers", "following")
        return {
            **self.user(user),
            **dict.fromkeys(nothing),
            **dict.fromkeys(counts, 0),
            "name": user.login,
            "blog": "",
            "created_at": when,
            "updated_at": when,
        }

    def collaborator(self, user: User, level: str) -> dict[str, Any]:
        return {**self.user(user), "permissions": roles(level), "role_name": level}

    def repository(self, repository: Repository, level: str = "") -> dict[str, Any]:
        """A repository as it stands in lists and in other things; ``level`` is what the reader may do."""
        url, page = self.url(repository), f"{self.web}/{repository.full_name}"
        pushed = repository.pushes[-1].when if repository.pushes else repository.created_at
        open_issues = sum(issue.state == "open" for issue in repository.issues.values())
        return {
            "id": repository.id,
            "node_id": node("R", repository.id),
            "name": repository.name,
            "full_name": repository.full_name,
            "private": repository.private,
            "owner": self.user(repository.owner),
            "html_url": page,
            "description": None,
            "fork": repository.parent is not None,
            "url": url,
            **{name: url + rest for name, rest in _REPOSITORY_LINKS.items()},
            "created_at": repository.created_at,
            "updated_at": pushed,
            "pushed_at": pushed,
            "git_url": f"git:{page.partition(':')[2]}.git",
            "ssh_url": f"git@{self.web.partition('//')[2]}:{repository.full_name}.git",
            "clone_url": f"{page}.git",
            "svn_url": page,
            "mirror_url": None,
            "homepage": None,
            "language": None,
            "license": None,
            **dict.fromkeys(("size", "stargazers_count", "watchers_count", "watchers", "forks_count", "forks"), 0),
            "open_issues_count": open_issues,
            "open_issues": open_issues,
            **dict.fromkeys(("has_issues", "has_projects", "has_wiki", "has_downloads", "allow_forking"), True),
            **dict.fromkeys(("has_pages", "has_discussions", "archived", "disabled", "is_template"), False),
            "web_commit_signoff_required": False,
            "topics": [],
            "visibility": "private" if repository.private else "public",
            "default_branch": repository.default_branch,
            **({"permissions": roles(level)} if level else {}),
        }

    def full_repository(self, repository: Repository, level: str) -> dict[str, Any]:
        """A repository asked for by its name."""
        found = self.repository(repository, level) | {"network_count": 0, "subscribers_count": 0}
        if repository.owner.kind == "Organization":
            found["organization"] = self.user(repository.owner)
        if repository.parent:
            found |= dict.fromkeys(("parent", "source"), self.repository(repository.parent))
        settings = {"allow_merge_commit": True, "allow_squash_merge": True, "allow_rebase_merge": False}
        settings |= dict.fromkeys(("allow_auto_merge", "delete_branch_on_merge", "allow_update_branch"), False)
        return found | settings

    def label(self, repository: Repository, label: Label) -> dict[str, Any]:
        return {
            "id": label.id,
            "node_id": node("LA", label.id),
            "url": f"{self.url(repository)}/labels/{quote(label.name, safe='')}",
            "name": label.name,
            "color": label.color,
            "default": False,
            "description": label.description,
        }

    def reaction(self, reaction: Reaction) -> dict[str, Any]:
        return {
            "id": reaction.id,
            "node_id": node("REA", reaction.id),
            "user": self.user(reaction.user),
            "content": reaction.content,
            "created_at": reaction.created_at,
        }

    def issue(self, repository: Repository, issue: Issue) -> dict[str, Any]:
        """An issue, or a pull request as one."""
        url = f"{self.url(repository)}/issues/{issue.number}"
        page = self.page(repository, issue)
        found = {
            "url": url,
            "repository_url": self.url(repository),
            "labels_url": f"{url}/labels{{/name}}",
            "comments_url": f"{url}/comments",
            "events_url": f"{url}/events",
            "html_url": page,
            "id": issue.id,
            "node_id": node("I", issue.id),
            "number": issue.number,
            "title": issue.title,
            "user": self.user(issue.user),
            "labels": [self.label(repository, label) for label in issue.labels],
            "state": issue.state,
            "locked": issue.locked,
            "assignee": None,
            "assignees": [],
            "milestone": None,
            "comments": sum(c.number == issue.number for c in repository.comments.values()),
            "created_at": issue.created_at,
            "updated_at": issue.updated_at,
            "closed_at": issue.closed_at,
            "author_association": issue.user.association,
            "active_lock_reason": None,
            "body": issue.body,
            "closed_by": self.user(issue.closed_by) if issue.closed_by else None,
            "reactions": self.reactions(url, []),
            "timeline_url": f"{url}/timeline",
            "performed_via_github_app": None,
            "state_reason": None,
        }
        if isinstance(issue, Pull):
            found["draft"] = issue.draft
            found["pull_request"] = {
                "url": f"{self.url(repository)}/pulls/{issue.number}",
                "html_url": page,
                "diff_url": f"{page}.diff",
                "patch_url": f"{page}.patch",
                "merged_at": issue.merged_at,
            }
        return found

    def comment(self, repository: Repository, comment: Comment) -> dict[str, Any]:
        """A comment in the conversation."""
        url = f"{self.url(repository)}/issues/comments/{comment.id}"
        issue = repository.issues[comment.number]
        return {
            "url": url,
            "html_url": f"{self.page(repository, issue)}#issuecomment-{comment.id}",
            "issue_url": f"{self.url(repository)}/issues/{comment.number}",
            "id": comment.id,
            "node_id": node("IC", comment.id),
            "user": self.user(comment.user),
            "created_at": comment.created_at,
            "updated_at": comment.updated_at,
            "body": comment.body,
            "author_association": comment.user.association,
            "reactions": self.reactions(url, comment.reactions),
            "performed_via_github_app": None,
        }

    def reactions(self, url: str, reactions: Sequence[Reaction]) -> dict[str, Any]:
        """How many reactions there are of each kind."""
        counts = {name: sum(r.content == name for r in reactions) for name in EMOTIONS}
        return {"url": f"{url}/reactions", "total_count": len(reactions), **counts}

    def url(self, repository: Repository) -> str:
        return f"{self.api}/repos/{repository.full_name}"

    def page(self, repository: Repository, issue: Issue) -> str:
        kind = "pull" if isinstance(issue, Pull) else "issues"
        return f"{self.web}/{repository.full_name}/{kind}/{issue.number}"


def roles(level: str) -> dict[str, bool]:
    """What somebody may do, one by one."""
    return {name: LEVELS.index(level) >= LEVELS.index(least) for name, least in _ROLES.items()}
