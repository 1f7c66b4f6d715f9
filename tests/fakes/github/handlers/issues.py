"""Issues and labels."""

from __future__ import annotations

from ..asked import Answer, Asked, handles
from ..errors import Refusal, invalid, not_found
from ..state import Label


@handles("issues/get")
def _get(asked: Asked) -> Answer:
    return Answer(200, asked.forms.issue(asked.repository, asked.issue()))


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
