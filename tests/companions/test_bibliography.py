"""Which bibliography entries are appended, and that nothing else of a file changes."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.baselines.layout import SAME, Layout
from bot.companions import Companions, Sides, Traveller
from bot.companions.bibliography import LARGEST, bibliography, citations
from bot.document.tree import Tree

ENGLISH = """\
@string{jml = "J. of ML"}
@article{Sea.1, title={The {Sea}},
  journal=jml}
@misc{child, crossref = {parent}}
@book{other, title={Other}}
@book{parent, title={Parent}}
"""
OWN = "% Nuestra\n@book{Boat.1,title={Barco}}\n"


def found(
    text: str,
    english: Mapping[str, str | bytes],
    translation: Mapping[str, str | bytes],
    *,
    draft: str = "",
    layout: Layout = SAME,
    together: bool = False,
) -> Companions:
    def tree(files: Mapping[str, str | bytes]) -> Tree:
        data = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
        return Tree({path: path for path in files}, lambda path: data[path])

    sides = Sides(tree(english), tree(translation), layout, together)
    return bibliography([Traveller("a.md", "a.md", "a.md", text, draft or text)], sides)


def test_citations_of_all_flavours_are_read() -> None:
    text = (
        "See :cite:`a.1,b:2` and :citet:`c`. {cite}`d`, {cite:p}`{see}e{p. 3}, f`, {footcite:ts}`g`.\n"
        "[see @h; -@i, p. 3], @j and @{k l}. Write to me@example.org or @m_1. Not `:cite:` nor :numref:`x`."
    )
    assert set(citations(text)) == {"a.1", "b:2", "c", "d", "e", "f", "g", "h", "i", "j", "m_1"}


def test_a_newly_cited_entry_is_appended_and_nothing_else_changes() -> None:
    made = found("A :cite:`Sea.1,Boat.1` b.", {"x.bib": ENGLISH}, {"x.bib": OWN})
    assert made.files == {
        "x.bib": (OWN + '\n@string{jml = "J. of ML"}\n\n@article{Sea.1, title={The {Sea}},\n  journal=jml}\n').encode()
    }
    assert [note.text for note in made.carried] == ["bibliography entries: Sea.1"] and not made.left
    # Then it is there.
    assert found("A :cite:`Sea.1` b.", {"x.bib": ENGLISH}, {"x.bib": made.files["x.bib"]}) == Companions()


def test_a_key_is_there_in_any_case_and_in_any_file() -> None:
    translation = {"x.bib": OWN, "mas/y.bib": "@misc{SEA.1, title={El mar}}"}
    assert found("{cite}`Sea.1`", {"x.bib": ENGLISH}, translation) == Companions()


def test_a_macro_that_is_there_is_not_added_again() -> None:
    own = '@STRING{JML = "Revista"}\n' + OWN
    text = found("[@Sea.1]", {"x.bib": ENGLISH}, {"x.bib": own}).files["x.bib"].decode()
    assert text == own + "\n@article{Sea.1, title={The {Sea}},\n  journal=jml}\n"


def test_a_parent_travels_behind_its_child() -> None:
    text = found("[@parent; @child]", {"x.bib": ENGLISH}, {"x.bib": OWN}).files["x.bib"].decode()
    assert text.index("@misc{child") < text.index("@book{parent")
    text = found("[@child]", {"x.bib": ENGLISH}, {"x.bib": OWN}).files["x.bib"].decode()
    assert text == OWN + "\n@misc{child, crossref = {parent}}\n\n@book{parent, title={Parent}}\n"


@pytest.mark.parametrize(
    ("own", "gap"), [("", ""), ("@misc{a}", "\r\n\r\n"), ("@misc{a}\r\n", "\r\n"), ("@misc{a}\r\n\r\n", "")]
)
def test_line_ends_are_those_of_the_file(own: str, gap: str) -> None:
    made = found("[@other]", {"x.bib": ENGLISH}, {"x.bib": own})
    gap = gap if "\r" in own else gap.replace("\r", "")
    end = "\r\n" if "\r" in own else "\n"
    assert made.files["x.bib"].decode() == f"{own}{gap}@book{{other, title={{Other}}}}{end}"


def test_only_what_english_cites_travels() -> None:
    made = found("Nothing.", {"x.bib": ENGLISH}, {"x.bib": OWN}, draft="Algo [@other].")
    assert made == Companions()


def test_what_cannot_be_added_is_told() -> None:
    made = found("[@other]", {"x.bib": ENGLISH}, {"y.bib": OWN})
    assert not made.files and made.left[0].text == "the translation has no such file; entries to add: other"
    made = found("[@other]", {"x.bib": ENGLISH}, {"x.bib": OWN + "@misc{open, title={"})
    assert not made.files and "@misc{open, title={ does not end; entries to add: other" in made.left[0].text
    made = found("[@other]", {"x.bib": ENGLISH}, {"x.bib": b"\xff\xfe"})
    assert not made.files and "it is no UTF-8 text; entries to add: other" in made.left[0].text
    made = found("[@other]", {"x.bib": b"%" * (LARGEST + 1)}, {"x.bib": OWN})
    assert not made.files and "more than 20 MB" in made.left[0].text
    assert found("[@nobody]", {"x.bib": ENGLISH}, {"x.bib": OWN}) == Companions()


def test_in_one_repository_only_the_translations_own_file_is_written() -> None:
    layout = Layout("es", "docs/{lang}/{path}", "docs/{lang}/{path}")
    shared = {"refs.bib": ENGLISH, "docs/en/x.bib": ENGLISH}
    assert found("[@other]", shared, shared, layout=layout, together=True) == Companions()
    both = {**shared, "docs/es/x.bib": OWN, "docs/pt/x.bib": OWN}
    made = found("[@other]", both, both, layout=layout, together=True)
    assert set(made.files) == {"docs/es/x.bib"} and not made.left
