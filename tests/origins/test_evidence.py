"""Commits that people noted."""

from __future__ import annotations

import pytest

from bot.origins import evidence

ID = "0009192ae1f96290e0b5ecc7e800c2947d209f69"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"---\ntitle: A\ndefault_lang_commit: {ID}\n---\nText\n", [ID]),
        (f"---\nl10n:\n  sourceCommit: {ID}\n---\n", [ID]),
        (f"\ufeff---\ncommit: '{ID[:8]}' # patched\n---\n", [ID[:8]]),
        (f'+++\ncommit = "{ID}"\n+++\n', [ID]),
        ("---\nweight: 1234567\ntitle: deed\n---\n", []),
        (f"---\ntitle: A\n---\ncommit: {ID}\n", []),
        (f"commit: {ID}\n", []),
    ],
)
def test_front_matter(text: str, found: list[str]) -> None:
    assert [note.commit for note in evidence.in_front_matter(text)] == found


@pytest.mark.parametrize(
    ("message", "found"),
    [
        (f"Sync with book/en@{ID}", [ID]),
        (f"Sync with English @ {ID[9:16]} (#12)", [ID[9:16]]),
        (f"Update to {ID[:10]}.\n\nAnd {'a1b2c3d'}", [ID[:10], "a1b2c3d"]),
        (f"See https://example.org/book/en/commit/{ID}", [ID]),
        (f"This reverts commit {ID}.", []),
        (f"This reverts commit {ID}, reversing\nchanges made to {ID[::-1]}.", []),
        (f"Fix\n\n(cherry picked from commit {ID})", []),
        ("Fix issue 1234567, added in v2-abcdef0", []),
        ("Fix images/abcdef0.png and x_abcdef01", []),
    ],
)
def test_messages(message: str, found: list[str]) -> None:
    assert [note.commit for note in evidence.in_message(message, "f" * 40)] == found


@pytest.mark.parametrize(
    ("path", "config", "expected"),
    [
        ("lectures/intro.md", "source-language: en\ndocs-folder: lectures\n", ".translate/state/intro.md.yml"),
        ("lectures/a/intro.md", "docs-folder: 'lectures/'\n", ".translate/state/a/intro.md.yml"),
        ("intro.md", "docs-folder: .\n", ".translate/state/intro.md.yml"),
        ("a/intro.md", "", ".translate/state/a/intro.md.yml"),
    ],
)
def test_where_a_state_file_is(path: str, config: str, expected: str) -> None:
    assert evidence.state_path(path, config) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"source-sha: {ID}\nsynced-at: '2026-10-09'\nmode: UPDATE\n", [ID]),
        (f'model: x\nsource-sha: "{ID}"\n', [ID]),
        (f"other-sha: {ID}\n", []),
        ("", []),
    ],
)
def test_state_file(text: str, found: list[str]) -> None:
    assert [note.commit for note in evidence.in_state(text, "x.yml")] == found
