"""What the diff of a pull request shows: only on these lines can people, or the bot, comment."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from git.exc import GitCommandError

from bot.contracts import DOCUMENTS
from bot.repositories.repository import Repository

CONTEXT = 3
"""Lines around a change that hosts show."""

_HUNK = re.compile(rb"@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")


def shown(repository: Repository, base: str, head: str) -> Mapping[str, tuple[range, ...]]:
    """The hunks of each document that ``head`` changes since it left ``base``: their lines in the new file, from 1.

    A path that git would quote is left out; no hunks at all are known if git lacks one of the texts.
    """
    start = repository.merge_base(base, head)
    # Only documents: a clone lacks large pictures, and git would fetch them to look for moved files.
    names = repository.output("diff", "--name-only", "--no-renames", "-z", start, head).split("\0") if start else []
    documents = [name for name in names if name.endswith(DOCUMENTS)]
    if start is None or not documents:
        return {}
    way = ("--no-color", "--no-ext-diff", "--no-textconv", "--find-renames", f"--unified={CONTEXT}")
    prefixes = ("--src-prefix=a/", "--dst-prefix=b/", "--inter-hunk-context=0", "--diff-algorithm=default")
    try:
        words = (*way, *prefixes, start, head, "--", *documents)
        output = repository.raw_output("-c", "core.quotePath=off", "diff", *words)
    except GitCommandError:
        return {}
    found: defaultdict[str, list[range]] = defaultdict(list)
    path, left = "", 0
    for line in output.split(b"\n"):
        if left > 0:
            left -= not line.startswith((b"-", b"\\"))
        elif line.startswith(b"+++ "):
            path = line[6:].rstrip(b"\t").decode("utf-8", "replace") if line.startswith(b"+++ b/") else ""
        elif (hunk := _HUNK.match(line)) and path:
            first, left = int(hunk[1]), int(hunk[2] or 1)
            if left:
                found[path].append(range(first, first + left))
    return {path: tuple(hunks) for path, hunks in found.items()}
