"""GitHub addresses of the changes in a pull request.

The address of the pull request is not known before it is open; until then that of the comparison of its branches,
``…/compare/BASE...HEAD``, stands for it: both pages show the same changes at the same anchors.
"""

from __future__ import annotations

import hashlib
import re
import shlex
from urllib.parse import quote

from bot.reporting.quoting import code
from bot.reporting.wording import Wording

_REPOSITORY = re.compile(r"(.+)/(?:pull/\d+|compare/.+)")


def changes(pull_request: str, path: str, line: int = 0) -> str:
    """The address of a file's changes, at a ``line`` of the new text (from 1).

    How GitHub names the anchors of that page is not documented: this is a guess that has held for years.
    """
    place = f"R{line}" if line else ""
    page = f"{pull_request}/files" if re.search(r"/pull/\d+$", pull_request) else pull_request
    return f"{page}#diff-{hashlib.sha256(path.encode()).hexdigest()}{place}"


def document(pull_request: str, path: str) -> str:
    """The path of a document, as a link to its changes where the pull request has an address."""
    return f"[{code(path)}]({changes(pull_request, path)})" if pull_request else code(path)


def line(pull_request: str, path: str, number: int, words: Wording) -> str:
    """A line of a document, as a link to its change."""
    shown = words("line", line=str(number))
    return f"[{shown}]({changes(pull_request, path, number)})" if pull_request else shown


def edit(pull_request: str, branch: str, path: str, number: int, words: Wording) -> str:
    """A line of a document, as a link to where it can be edited on the branch of the pull request."""
    address = edit_address(pull_request, branch, path, number)
    return f"[{words('line', line=str(number))}]({address})" if address else line(pull_request, path, number, words)


def edit_address(pull_request: str, branch: str, path: str, number: int) -> str:
    """The address where a line of a document can be edited on a branch; empty if the pull request has none."""
    repository = _REPOSITORY.fullmatch(pull_request)
    return f"{repository[1]}/edit/{quote(branch)}/{quote(path)}#L{number}" if branch and repository else ""


def text_at(pull_request: str, commit: str, path: str) -> str:
    """The path of a document as a link to its text at a commit; without an address, the command that shows it."""
    repository = _REPOSITORY.fullmatch(pull_request)
    if not repository:
        return code(f"git show {shlex.quote(f'{commit[:10]}:{path}')}")
    return f"[{code(path)}]({repository[1]}/blob/{commit}/{quote(path)})"
