"""Gives a key of front matter a value, as an edit of the text that is proved by reading the result.

Several edits may be possible: the first is taken whose result, read by a library, is what it was before with the key
set. So no edit can break the front matter or change another key.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node

Value = object
"""A text, a list of values, or a mapping of values by key; in TOML also what a library makes of other literals."""

Values = Mapping[str, Value]


def parsed(body: str, fence: str) -> Values | None:
    """The values of front matter in YAML (``fence`` is ``---``) or TOML; None for what cannot be read.

    Scalars of YAML stay text: ``1234567`` is a commit and not a number.
    """
    if fence == "---":
        node = _composed(body)
        found = _plain(node) if node is not None else {} if _only_comments(body) else None
        return found if isinstance(found, dict) else None
    try:
        return tomllib.loads(body.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def at(values: Value, words: Sequence[str]) -> Value:
    """The value of the nested key ``words``; None if there is none."""
    for word in words:
        values = values.get(word) if isinstance(values, Mapping) else None
    return values


def with_key(body: str, fence: str, words: Sequence[str], commit: str) -> str | None:
    """``body`` with ``commit`` as the value of the nested key ``words``; None if no edit of the text is safe."""
    before = parsed(body, fence)
    if before is None:
        return None
    wanted = _with(before, words, commit)
    if wanted is None or before == wanted:
        return body if wanted else None
    edits = _yaml_edits if fence == "---" else _toml_edits
    eol = "\r\n" if "\r\n" in body else "\n"
    return next((new for new in edits(body, words, commit, eol) if parsed(new, fence) == wanted), None)


def nested(words: Sequence[str], commit: str, eol: str, indent: str = "") -> str:
    """The lines of YAML for a nested key."""
    parents = "".join(f"{indent}{'  ' * n}{word}:{eol}" for n, word in enumerate(words[:-1]))
    return f"{parents}{indent}{'  ' * (len(words) - 1)}{words[-1]}: {commit}{eol}"


def _with(values: Values, words: Sequence[str], commit: str) -> Values | None:
    """The values with the key set; None if one of its parents is no mapping."""
    word, *rest = words
    if not rest:
        return {**values, word: commit}
    inner = values.get(word) or {}
    below = _with(inner, rest, commit) if isinstance(inner, Mapping) else None
    return None if below is None else {**values, word: below}


def _composed(body: str) -> Node | None:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        yaml = YAML(typ="safe", pure=True)
        yaml.composer.warn_double_anchors = False
        found: Node | None = yaml.compose(body) if body.strip() else None
    except (YAMLError, TypeError, ValueError, RecursionError):
        return None
    return found


def _only_comments(body: str) -> bool:
    return all(line.lstrip().startswith("#") or not line.strip() for line in body.splitlines())


def _plain(node: Node) -> Value:
    """The values of a node; None for a mapping that has a key twice."""
    from ruamel.yaml.nodes import MappingNode, SequenceNode

    if isinstance(node, MappingNode):
        pairs = [(str(key.value), _plain(value)) for key, value in node.value]
        return dict(pairs) if len({key for key, _ in pairs}) == len(pairs) else None
    if isinstance(node, SequenceNode):
        return [_plain(value) for value in node.value]
    return "" if str(node.tag).endswith(":null") else str(node.value)


def _yaml_edits(body: str, words: Sequence[str], commit: str, eol: str) -> Iterator[str]:
    """The edit at the innermost mapping that has a parent of the key, or the key itself."""
    from ruamel.yaml.nodes import MappingNode, ScalarNode

    node, line, column = _composed(body), len(body), 0
    rest = list(words)
    while isinstance(node, MappingNode):
        column = node.value[0][0].start_mark.column if node.value and not node.flow_style else column
        entry = next(((k, v) for k, v in node.value if str(k.value) == rest[0]), None)
        if entry is None:
            break
        key, node = entry
        rest.pop(0)
        after = body.find(":", key.end_mark.index) + 1
        if not rest or (isinstance(node, ScalarNode) and not node.value):
            if rest:  # a parent without a value
                below = body.find("\n", after) + 1
                yield body[:below] + nested(rest, commit, eol, " " * (key.start_mark.column + 2)) + body[below:]
            elif node.start_mark.index == node.end_mark.index:
                yield f"{body[:after]} {commit}{body[after:]}"
            else:
                start, end = node.start_mark.index, node.end_mark.index
                yield body[:start] + commit + body[start + len(body[start:end].rstrip()) :]
            return
        line = body.find("\n", after) + 1
    if isinstance(node, MappingNode) and node.flow_style:
        flow = f"{rest[-1]}: {commit}"
        for word in reversed(rest[:-1]):
            flow = f"{word}: {{{flow}}}"
        start = node.value[0][0].start_mark.index if node.value else body.find("{", node.start_mark.index) + 1
        yield f"{body[:start]}{flow}{', ' if node.value else ''}{body[start:]}"
    else:
        yield body[:line] + nested(rest, commit, eol, " " * column) + body[line:]


_STRING = r"\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''.*?'''|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'"


def _toml_edits(body: str, words: Sequence[str], commit: str, eol: str) -> Iterator[str]:
    """Edits at every place that looks like the key, then at its parents from the innermost."""
    quoted = f'"{commit}"'
    for found in re.finditer(rf"{_name(words[-1])}\s*=[ \t]*(?P<value>{_STRING}|[^\s,}}#]*)", body, re.DOTALL):
        start, end = found.span("value")
        yield body[:start] + quoted + body[end:]
    for depth in range(len(words) - 1, 0, -1):
        entry = f"{'.'.join(words[depth:])} = {quoted}"
        table = r"\s*\.\s*".join(map(_name, words[:depth]))
        for found in re.finditer(rf"^[ \t]*\[\s*{table}\s*\].*\n", body, re.M):
            yield body[: found.end()] + entry + eol + body[found.end() :]
        for found in re.finditer(rf"{_name(words[depth - 1])}\s*=\s*\{{(?P<space>[ \t]*)(?P<empty>\}})?", body):
            place = found.start("empty") if found["empty"] else found.end()
            yield body[:place] + entry + ("" if found["empty"] else ", ") + body[place:]
    yield f"{'.'.join(words)} = {quoted}{eol}{body}"  # before the first table a dotted key has its whole name


def _name(word: str) -> str:
    return rf"(?<![\w-])[\"']?{re.escape(word)}[\"']?"
