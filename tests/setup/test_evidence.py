"""What documents show: flavour, recorded English, pages about the project."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from support.setups import ENGLISH, JAPANESE, stamped

from bot.baselines.layout import WHOLE, Layout
from bot.setup import evidence
from bot.setup.evidence import BaselineFound
from bot.setup.places import Documents

HUGO, MDX = "{{< note >}}\nText.\n{{< /note >}}\n", "import X from 'y';\n\nText\n"


def documents(files: Mapping[str, str]) -> Documents:
    return Documents.of(files, lambda path: files[path])


@pytest.mark.parametrize(
    ("texts", "flavour"),
    [
        (["Text.\n"] * 5, None),
        ([HUGO, HUGO, "Text.\n", "Text.\n"], "hugo"),
        ([HUGO, "Text.\n"], None),
        ([HUGO] * 4 + [MDX], "hugo"),
        ([HUGO] * 3 + [MDX], None),
    ],
)
def test_a_flavour_is_what_nearly_all_documents_show(texts: list[str], flavour: str | None) -> None:
    files = {f"{n}.md": text for n, text in enumerate(texts)}
    found = evidence.flavour(documents(files), list(files))
    assert found.flavour == flavour and sum(found.counts.values()) == found.read == len(texts)


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (JAPANESE, BaselineFound("lock")),
        ({**JAPANESE, "start_origin.md": ENGLISH["start.md"]}, BaselineFound("sibling", 1)),
        ({**JAPANESE, "amts.lock": "{}"}, BaselineFound("lock", 3)),
        ({**JAPANESE, "amts.lock": "{}", "start_origin.md": ""}, BaselineFound("lock", 3)),
        (stamped("l10n.sourceCommit", "a" * 40, JAPANESE), BaselineFound("front-matter", 3, "l10n.sourceCommit", 3)),
        (
            {**stamped("default_lang_commit", "a" * 40, JAPANESE), "start_origin.md": ""},
            BaselineFound("front-matter", 3, "default_lang_commit", 3),
        ),
        ({**JAPANESE, "amts.ja.lock": "{}"}, BaselineFound("lock")),
    ],
)
def test_the_baseline_with_most_documents(files: Mapping[str, str], found: BaselineFound) -> None:
    blobs = dict.fromkeys(files, "0" * 40)
    assert evidence.baseline(blobs, documents(files), Layout("ja"), "ja", shared=False) == found


def test_a_shared_repository_has_a_lock_for_each_language() -> None:
    files = {**JAPANESE, "amts.ja.lock": "{}"}
    blobs = dict.fromkeys(files, "0" * 40)
    found = evidence.baseline(blobs, documents(files), Layout("ja"), "ja", shared=True)
    assert found == BaselineFound("lock", 3)


def test_pages_about_the_project() -> None:
    names = [
        "README.md",
        "CONTRIBUTING.md",
        "Code-of-Conduct.md",
        "index.md",
        "SECURITY.md",
        "docs/SECURITY.md",
        "a/LICENSE.md",
    ]
    english = documents(dict.fromkeys(names, ENGLISH["about.md"]))
    pages = evidence.project_pages(english, WHOLE, ["CONTRIBUTING.md"])
    assert pages == ("Code-of-Conduct.md", "README.md"), "not what is translated, nor what is elsewhere in the book too"
    assert not evidence.project_pages(english, "docs/{path}", [])
