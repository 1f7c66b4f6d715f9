"""The text of ``amts.yml``: whatever the values are, it loads and says the same."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.settings.file import read
from bot.setup.evidence import BaselineFound, FlavourFound
from bot.setup.layouts import Candidate
from bot.setup.proposal import Language, Proposal, scalar, settings_text, summary

folders = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=12).filter(
    lambda t: ".." not in t and not t.startswith(("github:", "/")) and t.strip() == t
)
languages = st.sampled_from(["no", "zh", "pt-BR", "ja"])
kinds = st.sampled_from(["sibling", "lock", "front-matter"])


@given(folders, folders, languages, kinds, st.sampled_from(["{path}", "docs/{lang}/{path}", "{stem}.{lang}{ext}"]),
       st.integers(0, 3), st.sampled_from([None, "hugo"]))  # fmt: skip
def test_it_loads_and_says_the_same(
    english: str, other: str, language: str, kind: str, layout: str, recorded: int, flavour: str | None
) -> None:
    candidate = Candidate(language, "{path}", layout, ("a.md",), 2, 1)
    baseline = BaselineFound(kind, recorded, "l10n.sourceCommit", recorded)  # type: ignore[arg-type]
    one = Language(f"{other}-x", candidate, baseline, ("left out: 1 at x.md",))
    counts = FlavourFound(flavour, {"hugo": 2, "commonmark": 1}, 3)  # type: ignore[arg-type, dict-item]
    proposal = Proposal(english, "{path}", 3, counts, ("README.md", "a b.md"), (one,))
    found = read(settings_text(proposal), Path("amts.yml"))
    assert (found.source.repository, found.source.exclude, found.source.flavour) == (
        english, ["README.md", "a b.md"], flavour
    )  # fmt: skip
    (translation,) = found.translations
    assert (translation.language, translation.repository, translation.layout, translation.baseline) == (
        language, f"{other}-x", layout, kind
    )  # fmt: skip
    assert translation.baseline_key == ("l10n.sourceCommit" if kind == "front-matter" else "default_lang_commit")
    assert any("left out" in line for line in summary(proposal))


def test_words_that_yaml_reads_otherwise_are_in_quotes() -> None:
    assert [scalar(word) for word in ("no", "on", "5", "a: b", "{path}", "book-zh", "../en", "#x")] == [
        '"no"', '"on"', '"5"', '"a: b"', '"{path}"', "book-zh", "../en", '"#x"'
    ]  # fmt: skip
