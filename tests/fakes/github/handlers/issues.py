"""Issues and labels."""

from __future__ import annotations

from ..asked import Answer, Asked, handles
from ..errors import Refusal, Unsupported, invalid, not_found, too_long
from ..life import titled
from ..state import Issue, Label, Pull


@handles("issues/get")
def _get(asked: Asked) -> Answer:
    return Answer(200, asked.forms.issue(asked.repository, asked.issue()))


@handles("issues/list-for-repo")
def _issues(asked: Asked) -> Answer:
    """Issues and pull requests, the newest first."""
    query = asked.query
    if (
        set(query) - {"state", "creator", "direction", "page", "per_page", "sort"}
        or query.get("sort", "created") != "created"
    ):
        raise Unsupported("that way to list issues")
    state, creator = query.get("state") or "open", query.get("creator", "").lower()
    found = [i for i in asked.repository.issues.values() if state in ("all", i.state)]
    found = [i for i in found if creator in ("", i.user.login.lower())]
    found.sort(key=lambda issue: issue.created_at, reverse=query.get("direction", "desc") == "desc")
    return asked.page(found, lambda issue: asked.forms.issue(asked.repository, issue))


@handles("issues/create")
def _open(asked: Asked) -> Answer:
    told = asked.body
    titled(str(told.get("title", "")))
    too_long("Issue", told.get("body"))
    if set(told) - {"title", "body"}:
        raise Unsupported("labels, milestones and assignees of a new issue")
    now, number = asked.state.clock.tick(), max(asked.repository.issues, default=0) + 1
    issue = Issue(asked.state.id(), number, asked.user, str(told["title"]), told.get("body"), now, now)
    asked.repository.issues[number] = issue
    return Answer(201, asked.forms.issue(asked.repository, issue))


@handles("issues/update")
def _update(asked: Asked) -> Answer:
    issue, told = asked.issue(), asked.body
    if set(told) - {"title", "body", "state"} or isinstance(issue, Pull):
        raise Unsupported("that change of an issue")
    asked.may("triage" if set(told) <= {"state"} else "write", issue.user)
    if "title" in told:
        titled(str(told["title"]))
    too_long("Issue", told.get("body"))
    now = asked.state.clock.tick()
    if (state := told.get("state", issue.state)) != issue.state:
        closed = state == "closed"
        issue.state, issue.closed_at, issue.closed_by = state, now if closed else None, asked.user if closed else None
    issue.title, issue.body = str(told.get("title", issue.title)), told.get("body", issue.body)
    issue.updated_at = now
    return Answer(200, asked.forms.issue(asked.repository, issue))


@handles("issues/list-labels-for-repo")
def _list(asked: Asked) -> Answer:
    labels = sorted(asked.repository.labels.values(), key=lambda label: label.name.lower())
    return asked.page(labels, lambda label: asked.forms.label(asked.repository, label))


@handles("issues/get-label")
def _get_label(asked: Asked) -> Answer:
    label = asked.repository.labels.get(asked.params["name"].lower())
    if label is None:
        raise not_found()
    return Answer(200, asked.forms.label(asked.repository, label))


@handles("issues/create-label")
def _create(asked: Asked) -> Answer:
    name = asked.body["name"].strip()
    if not name or len(name) > 50:
        raise invalid("Label", "name", "missing_field" if not name else "invalid")
    if name.lower() in asked.repository.labels:
        raise invalid("Label", "name", "already_exists")
    color = asked.body.get("color", "ededed").lower()
    if len(color) != 6 or set(color) - set("0123456789abcdef"):
        raise invalid("Label", "color")
    label = Label(asked.state.id(), name, color, asked.body.get("description"))
    asked.repository.labels[name.lower()] = label
    return Answer(201, asked.forms.label(asked.repository, label))


@handles("issues/list-labels-on-issue")
def _on_issue(asked: Asked) -> Answer:
    return asked.page(asked.issue().labels, lambda label: asked.forms.label(asked.repository, label))


@handles("issues/add-labels")
def _add(asked: Asked) -> Answer:
    issue, known = asked.issue(), asked.repository.labels
    told = asked.body if isinstance(asked.body, list) else asked.body.get("labels", [])
    names = [item["name"] if isinstance(item, dict) else str(item) for item in told]
    for name in names:
        if not name or len(name) > 50:
            raise invalid("Label", "name")
    for name in names:
        # A label that is not known yet is made.
        label = known.setdefault(name.lower(), Label(asked.state.id(), name))
        if label not in issue.labels:
            issue.labels.append(label)
            issue.updated_at = asked.state.clock.tick()
    return Answer(200, [asked.forms.label(asked.repository, label) for label in issue.labels])


@handles("issues/remove-label")
def _remove(asked: Asked) -> Answer:
    issue = asked.issue()
    label = asked.repository.labels.get(asked.params["name"].lower())
    if label is None or label not in issue.labels:
        raise Refusal(404, "Label does not exist")
    issue.labels.remove(label)
    issue.updated_at = asked.state.clock.tick()
    return Answer(200, [asked.forms.label(asked.repository, left) for left in issue.labels])
