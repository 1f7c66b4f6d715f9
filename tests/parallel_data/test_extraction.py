"""Pairs out of documents: every sentence once and in order, the right ones together, with their provenance."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.books import Piece, books, sentence, source, target, translated
from support.examples import examples

from bot.alignment.bitext import Bitext
from bot.alignment.lexicon import learn
from bot.document.flavours import Flavour
from bot.document.markdown import parse
from bot.document.segmentation import block_sentences
from bot.document.sentences import one_line
from bot.parallel_data.extraction import LEARNABLE, TranslatedDocument, extract

quick = examples(60)
PAIR = ("en", "ru")


def document(pieces: list[Piece], other: list[Piece] | None = None) -> TranslatedDocument:
    return TranslatedDocument("a.md", source(pieces), target(pieces if other is None else other))


@quick
@given(books(), books(), st.booleans(), st.booleans())
def test_every_sentence_is_in_one_pair_in_order(
    one: list[Piece], two: list[Piece], strangers: bool, lexical: bool
) -> None:
    found = document(one, two if strangers else one)
    lexicon = learn([(s, translated(s)) for p in one for s in p.sentences]) if lexical else None
    bitext = Bitext(parse(found.source), parse(found.target), *PAIR, lexicon)
    pairs = [p for g in range(len(bitext.groups)) for p in bitext.pairs(g)]
    for side, whole in ((0, bitext.source), (1, bitext.target)):
        said = [s for p in pairs for s in (p.source, p.target)[side]]
        every = [s for n in range(len(whole.blocks)) for s in block_sentences(whole, n, PAIR[side])]
        assert [(s.start, s.end) for s in said] == [(s.start, s.end) for s in every]


@quick
@given(books())
def test_what_says_the_same_is_paired(pieces: list[Piece]) -> None:
    found = extract([document(pieces)], PAIR)
    assert [u.target for u in found.units] == [translated(u.source) for u in found.units]
    prose = [p for p in pieces if p.kind in ("paragraph", "item", "heading")]
    assert len(found.units) == sum(len(p.sentences) for p in prose) and found.one_sided == 0
    paragraphs = extract([document(pieces)], PAIR, "paragraph").units
    ends = {"heading": "."}
    assert [one_line(u.source) for u in paragraphs] == [" ".join(p.sentences).rstrip(ends.get(p.kind)) for p in prose]


@quick
@given(st.lists(sentence(), min_size=6, max_size=10, unique=True), st.data())
def test_a_sentence_without_partner_is_counted_and_spoils_no_other(said: list[str], data: st.DataObject) -> None:
    lost = data.draw(st.integers(0, len(said) - 1))
    there = [s for n, s in enumerate(said) if n != lost]
    blocks = TranslatedDocument("a.md", "\n\n".join(said), "\n\n".join(translated(s) for s in there))
    # Many documents teach the words; in one alone nothing but lengths and anchors speaks.
    other = TranslatedDocument("b.md", "\n\n".join(said * 3), translated("\n\n".join(said * 3)))
    found = extract([blocks, other], PAIR)
    own = [u for u in found.units if u.provenance.document == "a.md"]
    right = [u for u in own if u.target == translated(u.source)]
    assert len(own) == len(said) - 1 and found.one_sided == 1
    assert len(right) >= len(own) - 1


def test_the_words_decide_where_lengths_cannot() -> None:
    words = ["".join(letters) for letters in product("bdgk", "aeio", "lmnr", "y")]
    said = [f"{' '.join(words[(7 * n + 13 * k) % 64] for k in range(6)).capitalize()}." for n in range(64)]
    said *= LEARNABLE // 64 + 1
    lessons = TranslatedDocument("b.md", "\n\n".join(said), "\n\n".join(translated(s) for s in said))
    for lost in (0, 2):
        four = said[3:44:13]
        kept = [translated(s) for n, s in enumerate(four) if n != lost]
        found = extract([lessons, TranslatedDocument("a.md", " ".join(four), " ".join(kept))], PAIR)
        own = {u.target: u.source for u in found.units if u.provenance.document == "a.md"}
        assert list(own) == kept
        assert all(s in own[translated(s)] for n, s in enumerate(four) if n != lost)


def test_neighbours_and_blocks_are_told() -> None:
    text = "# One\n\nTwo birds sing here. Three fish swim there.\n"
    units = extract([TranslatedDocument("b/a.md", text, translated(text))], PAIR).units
    assert [(u.source, u.before, u.after, u.provenance.block) for u in units] == [
        ("One", "", "Two birds sing here.", 1),
        ("Two birds sing here.", "One", "Three fish swim there.", 2),
        ("Three fish swim there.", "Two birds sing here.", "", 2),
    ]
    assert {u.provenance.document for u in units} == {"b/a.md"}


def test_the_newest_line_of_a_sentence_dates_its_pair() -> None:
    text = "One bird sings.\n\nTwo fish\nswim here.\n"
    history = (("a" * 40, 5), ("a" * 40, 5), ("b" * 40, 6), ("c" * 40, 7))
    units = extract([TranslatedDocument("a.md", text, translated(text), history)], PAIR).units
    assert [(u.provenance.commit[:1], u.provenance.time) for u in units] == [("a", 5), ("c", 7)]


def test_pictures_code_and_formulas_are_no_pairs_and_captions_headings_cells_are() -> None:
    text = """\
# Heading here

![Caption of it](pic.png)

```python
code = 1
```

$$x = 1$$

* item of it

| cell of it | other cell |
|---|---|
| lower cell | last cell |
"""
    target = text
    for word in ("Heading here", "Caption of it", "item of it", "cell of it", "other cell", "lower cell", "last cell"):
        target = target.replace(word, translated(word))
    units = extract([TranslatedDocument("a.md", text, target)], PAIR).units
    assert [u.source for u in units] == [
        "Heading here",
        "Caption of it",
        "item of it",
        "cell of it",
        "other cell",
        "lower cell",
        "last cell",
    ]
    assert all(u.target == translated(u.source) for u in units)


def test_the_order_of_documents_is_theirs_and_the_result_the_same() -> None:
    documents = [TranslatedDocument(f"{n}.md", t := f"Bird {n} sings. It is {n}.", translated(t)) for n in (3, 1, 2)]
    found = extract(documents, PAIR)
    assert found == extract(documents, PAIR)
    assert [u.provenance.document for u in found.units] == ["3.md"] * 2 + ["1.md"] * 2 + ["2.md"] * 2


@pytest.mark.parametrize(("flavour", "count"), [("mdx", 2), ("commonmark", 1), (None, 1)])
def test_the_flavour_of_the_book_decides_what_is_prose(flavour: Flavour | None, count: int) -> None:
    texts = "A boat floats.\n\n    It has a hull.\n", "Un barco flota.\n\n    Tiene un casco.\n"
    assert len(extract([TranslatedDocument("a.md", *texts, flavour=flavour)], ("en", "es")).units) == count


def test_both_texts_are_read_in_one_flavour() -> None:
    texts = "import A from 'a'\n\nA boat floats.\n\n    It has a hull.\n", "Un barco flota.\n\n    Tiene un casco.\n"
    assert len(extract([TranslatedDocument("a.md", *texts)], ("en", "es")).units) == 2
