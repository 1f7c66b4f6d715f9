"""Every link between pages leads somewhere, and the site has every page."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*.md")])
_markdown = MarkdownIt("commonmark").enable("table")


@cache
def anchors(path: Path) -> set[str]:
    """What can follow a # in a link to a page, by GitHub's rule."""
    tokens = _markdown.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            text = "".join(t.content for t in inline.children or [] if t.type in ("text", "code_inline"))
            name = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
            n = 0
            while (one := f"{name}-{n}" if n else name) in found:
                n += 1
            found.add(one)
    return found


def links(path: Path) -> list[str]:
    tokens = [t for token in _markdown.parse(path.read_text(encoding="utf-8")) for t in token.children or []]
    found = [str(t.attrs.get("href") or t.attrs.get("src")) for t in tokens if t.type in ("link_open", "image")]
    return [link for link in found if not re.match(r"[a-z]+:", link)]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for link in links(path):
        place, _, anchor = link.partition("#")
        target = (path.parent / place).resolve() if place else path
        assert target.exists(), link
        if anchor:
            assert target.suffix == ".md" and anchor in anchors(target), link


def test_the_navigation_has_every_page_once() -> None:
    """As docs/conf.py reads it: the items of the lists of the index."""
    index = ROOT / "docs" / "index.md"
    listed = re.findall(r"^- \[[^\]]+\]\(([^)#]+\.md)\)", index.read_text(encoding="utf-8"), re.M)
    pages = [path.relative_to(index.parent).as_posix() for path in index.parent.rglob("*.md") if path != index]
    assert sorted(listed) == sorted(pages)
