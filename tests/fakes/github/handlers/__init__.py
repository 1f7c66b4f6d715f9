"""What answers each operation."""

from __future__ import annotations

from . import apps, comments, contents, issues, pulls, reactions, repositories, review_comments, reviews, statuses

__all__ = [
    "apps",
    "comments",
    "contents",
    "issues",
    "pulls",
    "reactions",
    "repositories",
    "review_comments",
    "reviews",
    "statuses",
]
