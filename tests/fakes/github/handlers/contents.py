"""Commits and what is in them."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from ..asked import Answer, Asked, handles
from ..errors import Refusal, not_found

_BIG = 1_048_576
_TYPES = {"blob": "file", "tree": "dir", "commit": "submodule"}


@handles("repos/get-commit")
def _commit(asked: Asked) -> Answer:
    git, name = asked.repository.git, asked.params["ref"]
    if not git.refs():
        raise Refusal(409, "Git Repository is empty.")
    sha = git.branch(name) or git.sha(name)
    if not sha:
        raise Refusal(422, f"No commit found for SHA: {name}")
    return Answer(200, asked.forms.commit(asked.repository, sha, full=True))


@dataclass(frozen=True)
class _Entry:
    """A line of a folder's list."""

    mode: str
    kind: str
    sha: str
    size: int
    path: str

    @classmethod
    def of(cls, line: str) -> _Entry:
        told, _, path = line.partition("\t")
        mode, kind, sha, size = told.split()
        return cls(mode, kind, sha, 0 if size == "-" else int(size), path)

    @property
    def type(self) -> str:
        return "symlink" if self.mode == "120000" else _TYPES[self.kind]


@handles("repos/get-content")
def _content(asked: Asked) -> Answer:
    git, path = asked.repository.git, asked.params["path"].strip("/")
    ref = asked.query.get("ref") or asked.repository.default_branch
    sha = git.branch(ref) or git.sha(ref)
    if not sha:
        told = f"No commit found for the ref {ref}" if asked.query.get("ref") else "This repository is empty."
        raise Refusal(404, told)
    if path:
        entries = _listed(asked, sha, path)
        if not entries:
            raise not_found()
        if entries[0].type != "dir":
            return Answer(200, _file(asked, entries[0], ref))
    listed = _listed(asked, sha, f"{path}/" if path else "")
    return Answer(200, [_shown(asked, entry, ref) for entry in listed])


def _listed(asked: Asked, sha: str, path: str) -> list[_Entry]:
    """The folder's entries where the path ends with a slash, else that of the path itself."""
    words = ["--", f":(literal){path}"] if path else []
    lines = asked.repository.git.run("ls-tree", "-z", "--long", "--full-tree", sha, *words).split("\0")
    return [_Entry.of(line) for line in lines if line]


def _shown(asked: Asked, entry: _Entry, ref: str) -> dict[str, Any]:
    api, page = asked.forms.url(asked.repository), f"{asked.forms.web}/{asked.repository.full_name}"
    path, kind = quote(entry.path), entry.type
    own = f"{api}/contents/{path}?ref={quote(ref, safe='')}"
    git = f"{api}/git/{'trees' if kind == 'dir' else 'blobs'}/{entry.sha}"
    html = f"{page}/{'tree' if kind == 'dir' else 'blob'}/{quote(ref)}/{path}"
    return {
        "name": entry.path.rpartition("/")[2],
        "path": entry.path,
        "sha": entry.sha,
        "size": entry.size,
        "url": own,
        "html_url": html,
        "git_url": git,
        "download_url": f"{page}/raw/{quote(ref)}/{path}" if kind in ("file", "symlink") else None,
        "type": kind,
        "_links": {"self": own, "git": git, "html": html},
    }


def _file(asked: Asked, entry: _Entry, ref: str) -> dict[str, Any]:
    found = _shown(asked, entry, ref)
    if entry.type == "submodule":
        # Guess: where a submodule is at home is not looked up.
        return found | {"submodule_git_url": ""}
    data = asked.repository.git.blob(entry.sha)
    if entry.type == "symlink":
        return found | {"target": data.decode("utf-8", "replace")}
    if len(data) > _BIG:
        return found | {"content": "", "encoding": "none"}
    text = base64.b64encode(data).decode()
    lines = "".join(f"{text[at : at + 60]}\n" for at in range(0, len(text), 60))
    return found | {"content": lines, "encoding": "base64"}
