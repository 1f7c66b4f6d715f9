"""The language of a code block: maps its info string, in the syntax of any flavour, to a name in Pygments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from bot.document.model import Block

_ARGUMENT = frozenset({"code", "code-block", "code-cell", "sourcecode", "highlight", "exec", "prompt", "tab"})
"""Directives whose argument names the language."""

_ALIASES = {
    "code-cell": "python",
    "jupyter-execute": "python",
    "ipython": "python",
    "ipython2": "python",
    "ipython3": "python",
    "python-exec": "python",
    "pyodide": "python",
    "pyodide-python": "python",
    "webr": "r",
    "webr-r": "r",
    "ojs": "javascript",
    "observable": "javascript",
    "node": "javascript",
    "jsonc": "json5",
    "mjs": "javascript",
    "cjs": "javascript",
    "mts": "typescript",
    "cts": "typescript",
    "vue": "html",
    "html+vue": "html",
    "vue-html": "html",
    "svelte": "html",
    "astro": "tsx",
    "mdx": "markdown",
    "patch": "diff",
    "math": "tex",
    "eval-rst": "rst",
    "zsh": "bash",
    "fish": "bash",
    "cmd": "bat",
    "golang": "go",
    "cu": "cuda",
    "output": "text",
}
"""Names that books use and Pygments does not have. To support another one, add a line here."""

PLAIN = "text"
"""A fence without a language: a file tree, output, a diagram, or an unknown language."""


def language_of(block: Block) -> str:
    """The name that Pygments has for the language of a code block; ``PLAIN`` if it has none."""
    return _named(block.info)


@lru_cache(maxsize=512)
def _named(info: str) -> str:
    for name in _candidates(info.casefold()):
        name = _ALIASES.get(name, name)
        try:
            get_lexer_by_name(name)
        except ClassNotFound:
            continue
        return name
    return PLAIN


def _candidates(info: str) -> Iterator[str]:
    """Names in ``{code-cell} ipython3``, ``{.python .input}``, ``{r, echo=FALSE}``, ``rust,editable``, ``js{1,3}``."""
    names = re.findall(r"[\w+#-][\w+#.-]*", info)
    directive, closed, argument = info.partition("}")
    if info.startswith("{") and closed and names and names[0] in _ARGUMENT:
        yield from re.findall(r"[\w+#-]+", argument)[:1]
    if info.startswith("{"):
        yield from re.findall(r"(?<=\.)[\w+#-]+", directive)
    for name in names[:1]:
        yield name
        yield name.replace("_", "-")
