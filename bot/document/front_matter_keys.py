"""The keys of front matter whose values are prose."""

from __future__ import annotations

import re

PROSE_KEYS = {
    "any": (
        "title description summary subtitle heading headline caption excerpt abstract lead tagline teaser intro"
        " keywords short_title short_description nav_title alt"
    ),
    "hugo": "linkTitle menu.name",
    "docusaurus": "sidebar_label pagination_label title_meta",
    "vitepress": "hero.text features.details features.linkText actions.text prev.text next.text",
    "starlight": "sidebar.label prev.label next.label banner.content",
    "sphinx and myst": "sidebar_title toc_title abstract_title",
    "mkdocs": "page_title meta_description",
    "seo": "meta_title og_title og_description seo_title",
}
"""The keys whose values are prose, by the flavour that has them; to support another flavour, add a line here.

``hero.text`` is ``text`` inside ``hero``, with lists and mappings between them left out.
"""


def folded(key: str) -> str:
    """A key in a form equal for all its spellings: ``nav_title`` and ``navTitle`` are the same."""
    return re.sub(r"[-_]", "", key).casefold()


PROSE = frozenset(tuple(map(folded, key.split("."))) for keys in PROSE_KEYS.values() for key in keys.split())
"""The same keys, each as its path."""
