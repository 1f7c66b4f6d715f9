"""How Sphinx makes the site of these pages, which stay plain Markdown: GitHub shows them as well.

`make site` builds it, with warnings as errors. The navigation is that of index.md.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any

HERE = Path(__file__).resolve().parent
FILES = "https://github.com/amts-bot/amts/blob/main/"
"""Where a reader of the site finds what is not on it."""

project = "AMTS"
html_title = "AMTS"
author = "The AMTS contributors"
project_copyright = "The AMTS contributors"
extensions = ["myst_parser"]
html_theme = "furo"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
exclude_patterns = ["*.py", "schemas", "static"]
myst_heading_anchors = 4
smartquotes = False  # Options begin with two hyphens.


def _toctree(heading: str, links: list[tuple[str, str]]) -> str:
    entries = [f"{title} <{path}>" for title, path in links]
    return "\n".join(["```{toctree}", ":hidden:", f":caption: {heading}", "", *entries, "```", ""])


def _navigation(index: str) -> str:
    """The pages that each section of the index links to, as what Sphinx makes a navigation of."""
    trees = []
    for heading, section in re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", index, re.M | re.S):
        links = re.findall(r"^- \[([^\]]+)\]\(([^)#]+)\.md\)", section, re.M)
        trees.append(_toctree(heading, [(title.replace("`", ""), path) for title, path in links]))
    return "\n".join([index, *trees])


def _outward(text: str, folder: PurePosixPath) -> str:
    """Links to files of the repository that are not pages of the site lead to GitHub."""

    def address(match: re.Match[str]) -> str:
        path, anchor = match[1], match[2] or ""
        place = PurePosixPath(normpath(f"docs/{folder}/{path}"))
        inside = place.parts[0] == "docs" and place.suffix == ".md"
        return match[0] if inside else f"]({FILES}{place}{anchor})"

    return re.sub(r"\]\((?![a-z]+:|#)([^)#\s]+)(#[^)\s]*)?\)", address, text)


def _read(_: Any, name: str, content: list[str]) -> None:
    if name == "index":
        content[0] = _navigation(content[0])
    content[0] = _outward(content[0], PurePosixPath(name).parent)


def setup(app: Any) -> None:
    app.connect("source-read", _read)
