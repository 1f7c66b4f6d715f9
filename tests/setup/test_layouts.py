"""Layouts found by counting the documents that pair up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from support.setups import ENGLISH, JAPANESE

from bot.baselines.layout import Layout
from bot.contracts import DOCUMENTS
from bot.setup.layouts import left_out, ranked, rivals, shapes
from bot.setup.places import Documents

E, J = ENGLISH["guide/run.md"], JAPANESE["guide/run.md"]


def documents(*paths: str) -> Documents:
    """Documents whose path says which language they are in: Japanese below `ja`, else English."""
    return Documents.of(paths, lambda path: J if "ja" in path.replace(".", "/").split("/") else E)


def test_only_documents_count() -> None:
    found = documents(
        "a.md", "a_origin.md", "b_origin.md", ".github/x.md", "node_modules/p/README.md", "a.rst", "{x}.md", "\udc80.md"
    )
    assert found.paths == ("a.md", "b_origin.md")


def test_a_document_of_english_alone_is_not_paired() -> None:
    (found,) = shapes(documents("en/a.md", "en/b.md", "en/c.md", "ja/a.md", "ja/c.md", "ja/d.md"))
    (one,) = found.candidates
    assert one.paired == ("en/a.md", "en/c.md") and one.documents == 3


def test_few_pairs_are_a_chance() -> None:
    own = [f"ja/x{n}.md" for n in range(9)]
    assert not shapes(documents("en/a.md", "en/b.md", "ja/a.md", *own))
    assert shapes(documents("en/a.md", "en/b.md", "ja/a.md", *own[:2]))


def test_a_mirrored_path_wins_over_another_with_as_many_pairs() -> None:
    copies = [f"{folder}/{name}.md" for folder in ("docs/en", "old/v1", "zzz") for name in "abc"]
    best, *others = shapes(documents(*copies, "docs/ja/a.md", "docs/ja/b.md"))
    assert (best.source, best.target) == ("docs/{lang}/{path}", "docs/{lang}/{path}")
    assert others and not rivals(best, others)


def test_versions_of_the_book_are_rivals() -> None:
    found = shapes(documents("v1/a.md", "v2/a.md", "i18n/ja/a.md"))
    assert {s.source for s in found} == {"v1/{path}", "v2/{path}"}
    assert rivals(found[0], found) == [found[1]]


def test_past_versions_are_no_part_of_the_book() -> None:
    """Docusaurus keeps a copy of book and translations for each release: more pairs, which nobody works on."""
    plugin = "i18n/ja/docusaurus-plugin-content-docs"
    now = [f"{folder}/{name}.md" for folder in ("docs", f"{plugin}/current") for name in "abc"]
    past = (
        "versioned_docs/version-1.0",
        "versioned_docs/version-2.0",
        f"{plugin}/version-1.0",
        f"{plugin}/version-2.0",
    )
    found = shapes(documents(*now, *(f"{folder}/{name}.md" for folder in past for name in "abcd")))
    assert [(s.source, s.target, s.pairs) for s in found] == [
        ("docs/{path}", "i18n/{lang}/docusaurus-plugin-content-docs/current/{path}", 3)
    ]


def test_a_folder_for_translations_may_be_full_of_english_copies() -> None:
    """Those wait for translation; `docs/ts/` with a document that reads like another language is none all the same."""
    languages = {"i18n/ja/a.md": J, "docs/ja/a.md": J}
    paths = [f"{folder}{name}.md" for folder in ("", "i18n/ja/", "docs/ja/") for name in "abcde"]
    found = shapes(Documents.of(paths, lambda path: languages.get(path, E)))
    assert {s.target for s in found} == {"i18n/{lang}/{path}"}


def test_what_is_left_out_at_one_place_is_one_line() -> None:
    here = [f"docs/{name}.md" for name in "abcdef"] + [f"i18n/ja/docs/{name}.md" for name in "abcdef"]
    blog = ["posts/x.md", "news/y.md", "i18n/ja/blog/x.md", "i18n/ja/blog/y.md"]
    found = shapes(documents(*here, *blog))
    assert left_out(found[0], found) == ["left out: 2 at i18n/{lang}/blog/{path} (ja); a language has one layout"]


def test_what_is_left_out_is_listed_once() -> None:
    found = shapes(documents("docs/a.md", "docs/b.md", "docs/ja/a.md", "docs/ja/b.md", "README.md", "README.ja.md"))
    assert left_out(found[0], found) == ["left out: 1 at {stem}.{lang}{ext} (ja); a language has one layout"]


def test_a_repository_of_one_language_may_have_its_name_in_all_file_names() -> None:
    """Also the name of a country, or of nothing that is known; English is in another repository."""
    english = documents("a/one.md", "a/two.md", "b/one.md")
    for end in ("_vn", ".japanese", "-jajp"):
        translated = documents(f"a/one{end}.md", f"a/two{end}.md", f"b/one{end}.md", "a/README.md")
        best, *_ = shapes(english, translated, "ja")
        assert best.target == f"{{stem}}{end}{{ext}}" and best.pairs == 3
        assert [c.language for c in best.candidates] == ["ja"]
    assert shapes(english, documents("a/one.md", "a/one-hot.md"), "ja")[0].target == "{path}"


names = st.from_regex(r"[a-z]{4,6}", fullmatch=True)
trees = st.lists(st.lists(names, min_size=1, max_size=3), min_size=1, max_size=8)


@given(trees, st.sampled_from(["docs/%s/", "%s/", "i18n/%s/", "src/content/%s/docs/"]), st.sampled_from(DOCUMENTS))
def test_whatever_is_found_holds(tree: list[list[str]], folder: str, ext: str) -> None:
    """Mirrored folders are always found, with all their pairs; each pair is one by the layout."""
    paths = {"/".join(parts) + ext for parts in tree}
    book = documents(*(folder % "en" + p for p in paths), *(folder % "ja" + p for p in paths))
    best = shapes(book)[0]
    assert best.pairs == len(paths) and best == ranked(shapes(book))[0]
    for one in best.candidates:
        layout = Layout(one.language, one.target, one.source)
        for path in one.paired:
            assert layout.english(layout.translated(path)) == path and layout.translated(path) in book.paths
