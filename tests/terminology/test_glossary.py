"""Term lists of every format become terms, and what does not become one is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import AmtsError
from bot.terminology.glossary import Glossary, Term, read

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "d2l" / "glossaries"


def shown(glossary: Glossary) -> dict[str, tuple[str, ...]]:
    return {term.source: term.targets for term in glossary.terms}


def kinds(glossary: Glossary) -> list[tuple[int, str]]:
    return [(problem.line, problem.kind) for problem in glossary.problems]


def only(text: str, language: str = "tr") -> Term:
    (term,) = read(text, language, "source,target").terms
    return term


# Each English word has a spelling of English, so that any list of them can be told from Spanish without accents.
ENGLISH = ["lighting", "of", "shelving", "brightness", "hooked", "width", "sheet", "path"]
FOREIGN = {
    "zh": ["灯笼", "架子", "亮度", "宽", "纸路", "山水", "木", "石"],
    "tr": ["genişlik", "kağıt", "ışıklı", "şerit", "çiçek", "göl"],
    "es": ["farol", "estante", "brillo", "ancho", "papel", "camino", "flor", "lago"],
}
FORMATS = ["，", ",", "; ", ": ", "\t", "table", "wide table", "csv", "tsv"]


@st.composite
def entries(draw: st.DrawFn) -> tuple[str, list[tuple[str, str]]]:
    """A language and pairs of a source, which no other one equals, and its translation."""
    language = draw(st.sampled_from(sorted(FOREIGN)))
    english = st.lists(st.sampled_from(ENGLISH), min_size=1, max_size=3).map(" ".join)
    foreign = st.lists(st.sampled_from(FOREIGN[language]), min_size=1, max_size=3)
    space = "" if language == "zh" else " "
    sources = draw(st.lists(english, min_size=1, max_size=9, unique=True))
    return language, [(source, space.join(draw(foreign))) for source in sources]


def written(pairs: list[tuple[str, str]], layout: str, language: str, source_first: bool) -> str:
    rows = [pair if source_first else pair[::-1] for pair in pairs]
    if layout in ("csv", "tsv"):
        comma = "," if layout == "csv" else "\t"
        head = ("en", language) if source_first else (language, "en")
        return "\n".join(comma.join(row) for row in [head, *rows])
    if layout == "table":
        return "# A\n\n| a | b |\n|---|:-:|\n" + "\n".join(f"| {a} | {b} |" for a, b in rows)
    if layout == "wide table":
        half = len(rows) // 2
        parts = ["\n".join(f"|{a} | {b}| [x](http://y/{a}) |" for a, b in part) for part in (rows[:half], rows[half:])]
        return "\n\n".join(f"## {'AB'[n]}\n| one | two | talk |\n|--|--|--|\n{part}" for n, part in enumerate(parts))
    return "## Words\n\n" + "\n\n".join(f"{a}{layout}{b}" for a, b in rows)


@given(entries(), st.sampled_from(FORMATS), st.booleans(), st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_every_term_of_every_format_comes_back(
    found: tuple[str, list[tuple[str, str]]], layout: str, source_first: bool, told: bool, newline: str
) -> None:
    language, pairs = found
    text = written(pairs, layout, language, source_first).replace("\n", newline)
    order = "source,target" if source_first else "target,source"
    glossary = read(text, language, order if told else "auto")  # type: ignore[arg-type]
    assert shown(glossary) == {source: (target,) for source, target in pairs}
    assert not glossary.problems
    for term in glossary.terms:
        assert term.source in text.split(newline)[term.line - 1]


@given(st.text(st.sampled_from("ab 词|,;，/()[]\"'`*-:#\n\tor"), max_size=120), st.sampled_from(["zh", "tr"]))
def test_no_line_with_words_is_lost(text: str, language: str) -> None:
    try:
        glossary = read(text, language)
    except AmtsError:
        return
    lines = text.split("\n")
    assert all(term.targets and all(term.targets) and term.source for term in glossary.terms)
    assert all(1 <= at.line <= len(lines) for at in (*glossary.terms, *glossary.problems))
    assert read(text, language) == glossary


@pytest.mark.parametrize(
    ("line", "source", "variants", "abbreviations", "remark"),
    [
        ("quick brown fox (QBF); tilki", "quick brown fox", (), ("QBF",), ""),
        ("quickly and brownly run (q.b.r.); koş", "quickly and brownly run", (), ("q.b.r.",), ""),
        ("quick brown fox (QBF) hunt; av", "quick brown fox hunt", (), ("QBF",), ""),
        ("qbf (quick brown fox); tilki", "quick brown fox", (), ("qbf",), ""),
        ("fox (in the woods); tilki", "fox", (), (), "in the woods"),
        ("fox (ZOO); tilki", "fox", (), (), "ZOO"),
        ("（quick) fox; tilki", "fox", (), (), "quick"),
        ("foxhole (fox hole); in", "foxhole", ("fox hole",), (), ""),
        ("fox(es); tilki", "fox", ("foxes",), (), ""),
        ("quick fox/hare; hızlı", "quick fox", ("quick hare",), (), ""),
        ("FO/XE fox; tilki", "FO/XE fox", (), (), ""),
        ("**[fox](http://x)**; `tilki`", "fox", (), (), ""),
        ("- fox; tilki", "fox", (), (), ""),
        ("3. fox; tilki", "fox", (), (), ""),
    ],
)
def test_brackets_and_strokes_of_the_source(
    line: str, source: str, variants: tuple[str, ...], abbreviations: tuple[str, ...], remark: str
) -> None:
    term = only(line)
    assert (term.source, term.variants, term.abbreviations, term.remark) == (source, variants, abbreviations, remark)


@pytest.mark.parametrize(
    ("line", "language", "targets"),
    [
        ("fox; tilki, kurt/çakal、sırtlan", "tr", ("tilki", "kurt", "çakal", "sırtlan")),
        ("fox; tilki; kurt", "tr", ("tilki", "kurt")),
        ("fox; tilki veya kurt", "tr", ("tilki", "kurt")),
        ("fox hunt; tilki veya kurt avı", "tr", ("tilki avı", "kurt avı")),
        ("fox; gri/kızıl tilki", "tr", ("gri tilki", "kızıl tilki")),
        ("fox; cáo hoặc chồn", "vi", ("cáo", "chồn")),
        ("fox; con cáo (hoặc con chồn)", "vi", ("con cáo", "con chồn")),
        ("fox; con cáo (cáo đỏ)", "vi", ("con cáo", "cáo đỏ")),
        ("fox; (con) cáo", "vi", ("cáo", "con cáo")),
        ("fox; con (vật) cáo", "vi", ("con cáo", "con vật cáo")),
        ("fox; cáo (trong rừng, núi)", "vi", ("cáo",)),
        ("fox; 狐狸（FOX）", "zh", ("狐狸", "FOX")),
        ("fox; fox", "zh", ("fox",)),
    ],
)
def test_alternatives_of_the_target(line: str, language: str, targets: tuple[str, ...]) -> None:
    assert only(line, language).targets == targets


def test_what_is_no_term_is_told_with_its_line() -> None:
    long = "狐" * 67
    text = f"""# Words
A sentence, with a comma and; a semicolon.
fox; tilki
hare;
fox; tilki
Fox; kurt
bear / brown wolf; ayı / boz kurt sürüsü
no delimiter here
owl; {long}
hen; -
"""
    glossary = read(text, "tr")
    assert kinds(glossary) == [
        (2, "unread"),
        (4, "empty"),
        (5, "duplicate"),
        (6, "conflict"),
        (7, "unclear"),
        (8, "unread"),
        (9, "long"),
        (10, "empty"),
    ]
    assert shown(glossary) == {"fox": ("tilki", "kurt"), "owl": (long,)}


def test_columns_are_told_by_their_head_else_by_all_lines_together() -> None:
    # Neither the first line nor most lines say which side is English; together they do.
    lines = [("radar", "radar"), ("motel", "motel"), ("lobo", "wolf"), ("mirador", "lighting of the sheets")]
    for flip in (False, True):
        text = "\n".join("; ".join(line[::-1] if flip else line) for line in lines)
        assert shown(read(text, "es"))["wolf"] == ("lobo",)
    head = "| Español | n | English |\n|---|---|---|\n| mirador | 1 | lobo |\n| x | y | z |"
    assert shown(read(head, "es")) == {"lobo": ("mirador",), "z": ("x",)}
    assert shown(read("Türkçe; English\nwolf; kurtçuk", "tr")) == {"kurtçuk": ("wolf",)}
    with pytest.raises(AmtsError, match="which column of the glossary is English"):
        read("lobo; mira", "es")
    assert shown(read("lobo; mira", "es", "target,source")) == {"mira": ("lobo",)}


def test_csv_is_read_by_its_head() -> None:
    text = '\ufeffen,fr,pt-BR\nfox,renard,"raposa, zorro"\n"hare, brown",lièvre,lebre\nhen,poule\nowl,a,b,c\n'
    glossary = read(text, "pt")
    assert shown(glossary) == {"fox": ("raposa", "zorro"), "hare": ("lebre",)}
    assert glossary.terms[1].variants == ("brown",)
    assert kinds(glossary) == [(4, "empty"), (5, "unread")]
    assert kinds(read('en,pt\nfox,raposa\nhare,"lebre\nhen,galinha\n', "pt")) == [(3, "unread")]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "# Words\n", "Only prose here.\n", "| a | b |\n|---|---|\n", "en,tr\nfox,\n"]
)
def test_a_file_without_a_term_is_an_error(text: str) -> None:
    with pytest.raises(AmtsError, match="has no term") as error:
        read(text, "tr")
    assert "CSV" in error.value.fix


@pytest.mark.skipif(
    not DATA.is_dir(), reason="the real glossaries are missing: put the test material at ../shared/data"
)
@pytest.mark.parametrize(
    ("language", "terms", "problems"),
    [
        ("zh", 138, {}),
        ("tr", 182, {"conflict": 1, "unread": 1}),
        ("ko", 75, {"empty": 81}),
        ("vi", 451, {"conflict": 4, "duplicate": 2, "unclear": 2, "unread": 4}),
    ],
)
def test_real_glossaries(language: str, terms: int, problems: dict[str, int]) -> None:
    glossary = read((DATA / f"{language}.md").read_text(encoding="utf-8"), language)
    told = [kind for _, kind in kinds(glossary)]
    assert len(glossary.terms) == terms
    assert {kind: told.count(kind) for kind in set(told)} == problems
    assert all(term.source.isascii() for term in glossary.terms)
