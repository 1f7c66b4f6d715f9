"""Apps, which speak for themselves with a JSON web token, and their installations."""

from __future__ import annotations

from typing import Any

from ..access import App, forbidden, usual_scopes
from ..asked import Answer, Asked, handles
from ..errors import Refusal, not_found
from ..forms import node
from ..state import LEVELS, Repository

_WHEN = "2026-01-01T00:00:00Z"


def app_scopes(app: App, grants: dict[str, str]) -> dict[str, str]:
    """The permissions of an installation."""
    highest = max(grants.values(), key=LEVELS.index, default="none")
    return dict(app.scopes or usual_scopes(highest, "app"))


def _installation(asked: Asked, app: App, number: int) -> dict[str, Any]:
    grants = app.installations[number]
    owner = asked.state.user(next(iter(grants)).partition("/")[0])
    url = f"{asked.forms.api}/app/installations/{number}"
    return {
        "id": number,
        "app_id": app.id,
        "app_slug": app.slug,
        "account": asked.forms.user(owner),
        "target_id": owner.id,
        "target_type": owner.kind,
        "repository_selection": "selected",
        "access_tokens_url": f"{url}/access_tokens",
        "repositories_url": f"{asked.forms.api}/installation/repositories",
        "html_url": f"{asked.forms.web}/settings/installations/{number}",
        "permissions": app_scopes(app, grants),
        "events": ["issue_comment", "pull_request", "pull_request_review_comment", "push"],
        "single_file_name": None,
        "created_at": _WHEN,
        "updated_at": _WHEN,
        "suspended_by": None,
        "suspended_at": None,
    }


def _number(asked: Asked, app: App) -> int:
    """The installation of the path. Raises Refusal."""
    number = asked.number("installation_id")
    if number not in app.installations:
        raise not_found()
    return number


@handles("apps/get-authenticated")
def _me(asked: Asked) -> Answer:
    app = asked.app
    grants = {name: level for found in app.installations.values() for name, level in found.items()}
    page = f"{asked.forms.web}/apps/{app.slug}"
    told = {
        "id": app.id,
        "slug": app.slug,
        "node_id": node("A", app.id),
        "owner": asked.forms.user(app.owner),
        "name": app.slug,
        "description": None,
        "external_url": page,
        "html_url": page,
        "created_at": _WHEN,
        "updated_at": _WHEN,
        "permissions": app_scopes(app, grants),
        "events": [],
        "installations_count": len(app.installations),
    }
    return Answer(200, told)


@handles("apps/get-installation")
def _get(asked: Asked) -> Answer:
    app = asked.app
    return Answer(200, _installation(asked, app, _number(asked, app)))


@handles("apps/get-repo-installation")
def _of_repository(asked: Asked) -> Answer:
    app = asked.app
    for number, grants in app.installations.items():
        if asked.found and asked.found.full_name.lower() in grants:
            return Answer(200, _installation(asked, app, number))
    raise not_found()


@handles("apps/create-installation-access-token")
def _token(asked: Asked) -> Answer:
    app, told = asked.app, asked.body
    grants = app.installations[_number(asked, app)]
    known = [repository for name in grants if (repository := asked.state.find(name))]
    chosen = _chosen(known, told)
    scopes = app_scopes(app, grants)
    for name, level in told.get("permissions", {}).items():
        if scopes.get(name) not in (level, "write"):
            raise Refusal(422, "The permissions requested are not granted to this installation.")
    # Everybody may read what a repository is called.
    limited = {"metadata": "read", **told["permissions"]} if told.get("permissions") else None
    levels = {repository.full_name: grants[repository.full_name.lower()] for repository in chosen}
    token = asked.access.issue(app.user, "app", levels, limited or app.scopes)
    assert token.expires is not None
    found: dict[str, Any] = {
        "token": token.value,
        "expires_at": token.expires.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "permissions": limited or scopes,
        "repository_selection": "selected",
    }
    if len(chosen) < len(known) or "repositories" in told or "repository_ids" in told:
        found["repositories"] = [asked.forms.repository(repository) for repository in chosen]
    return Answer(201, found)


@handles("apps/list-repos-accessible-to-installation")
def _repositories(asked: Asked) -> Answer:
    """The repositories of the token of an installation."""
    token = asked.token
    if token is None or token.kind != "app":
        raise forbidden(token)
    known = [repository for name in token.grants if (repository := asked.state.find(name))]
    answer = asked.page(known, asked.forms.repository)
    body = {"total_count": len(known), "repository_selection": "selected", "repositories": answer.body}
    return Answer(200, body, answer.headers)


def _chosen(known: list[Repository], told: dict[str, Any]) -> list[Repository]:
    """The repositories that a token is for. Raises Refusal."""
    names, ids = told.get("repositories"), told.get("repository_ids")
    if names is None and ids is None:
        return known
    found = []
    for wanted in [*(names or []), *(ids or [])]:
        fits = [r for r in known if wanted == r.id or str(wanted).lower() == r.name.lower()]
        if not fits:
            raise Refusal(
                422,
                "There is at least one repository that does not exist or is not accessible to the parent installation.",
            )
        found += [repository for repository in fits if repository not in found]
    return found
