"""Files of translation units: what is written is lawful and comes back; what is broken or hostile is told."""

from __future__ import annotations

import csv
import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bot.alignment.translation_unit import Provenance, TranslationUnit
from bot.document.sentences import normal
from bot.errors import AmtsError
from bot.parallel_data import files
from bot.parallel_data.rules import FIELD, FORMATS, Format, broken_rule

PAIR = ("en", "zh")

# What trips formats up: quotes, separators, line breaks, signs, markup, long and wide characters, controls.
SIGNS = "ab ,;\"\t\n\r\v\x85\u2028=+-@<>&]#'\\é汉😀𠀋\u200f\x00\x0b\ud800\ufeff"
AWKWARD = st.text(st.sampled_from(SIGNS), max_size=12)
TEXT = st.one_of(AWKWARD, st.text(max_size=30), st.just("汉" * 334), st.just("a" * 1001), st.just("b" * 1000))
PLACE = st.builds(
    Provenance,
    st.text("abc/.-_", min_size=1, max_size=9),
    st.integers(1, 10**6),
    st.sampled_from(["", "0" * 40]),
    st.integers(0, 2**32),
)


@st.composite
def units(draw: st.DrawFn, format: Format) -> list[TranslationUnit]:
    """Units that break no rule, as the filter before the writer leaves them."""
    drawn = draw(st.lists(st.builds(TranslationUnit, TEXT, TEXT, PLACE, TEXT, TEXT), max_size=5))
    plain = [
        TranslationUnit(*(normal(t) for t in (u.source, u.target)), u.provenance, _clean(u.before), _clean(u.after))
        for u in drawn
    ]
    return [u for u in plain if not broken_rule(u.source, u.target, format)]


def _clean(text: str) -> str:
    return "" if broken_rule(normal(text), "x", "tmx") else normal(text)


def written(given_units: list[TranslationUnit], format: Format) -> bytes:
    stream = io.BytesIO()
    files.write(given_units, stream, PAIR, format)
    return stream.getvalue()


@pytest.mark.parametrize("format", FORMATS)
@given(data=st.data())
def test_what_is_written_comes_back(
    format: Format, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    some = data.draw(units(format))
    path = tmp_path_factory.getbasetemp() / f"round.{format}"
    path.write_bytes(written(some, format))
    back = list(files.read(path, PAIR))
    if format == "tmx":
        assert back == some
    else:
        assert [(u.source, u.target) for u in back] == [(u.source, u.target) for u in some]


@given(data=st.data())
def test_no_record_breaks_a_rule_of_amazon(data: st.DataObject) -> None:
    for separator, format in ((",", "csv"), ("\t", "tsv")):
        text = written(data.draw(units(format)), format).decode()  # type: ignore[arg-type]
        lines = text.split("\n")
        assert lines[0].split(separator) == list(PAIR) and lines[-1] == ""
        for line in lines[1:-1]:
            # One line is one record, whatever a reader makes of quotes.
            fields = next(csv.reader([line])) if format == "csv" else line.split("\t")
            assert len(fields) == 2
            assert all(f.strip() and f[0] not in "+-=@" and len(f.encode()) <= FIELD for f in fields)
            assert format == "tsv" or len(line.splitlines()) == 1
    root = etree.fromstring(written(data.draw(units("tmx")), "tmx"))
    assert all(s.text and "\n" not in s.text and len(s.text.encode()) <= FIELD for s in root.iter("seg"))


@given(TEXT, TEXT, st.sampled_from(FORMATS))
def test_a_unit_that_breaks_a_rule_is_never_written(source: str, target: str, format: Format) -> None:
    unit = TranslationUnit(source, target, Provenance("a.md", 1))
    if broken_rule(source, target, format):
        with pytest.raises(ValueError):
            written([unit], format)
    else:
        assert written([unit], format) == written([unit], format)


@pytest.mark.parametrize(
    ("text", "format", "rule"),
    [
        ("=1+1", "csv", "sign"),
        ("- a", "tsv", "sign"),
        (" @a", "csv", "sign"),
        ("- a", "tmx", ""),
        ("a\tb", "tsv", "tab"),
        ("a\tb", "csv", ""),
        ('"a" b', "tsv", "quote"),
        ('"a" b', "csv", ""),
        ("a\u2028b", "tmx", "line break"),
        ("a\x01b", "csv", "character"),
        ("a\ud800", "tmx", "character"),
        (" ", "csv", "empty"),
        ("é" * 501, "tmx", "too long"),
        ("é" * 500, "tmx", ""),
    ],
)
def test_rules(text: str, format: Format, rule: str) -> None:
    assert broken_rule(text, "fine", format) == broken_rule("fine", text, format) == rule


def read(path: Path, content: bytes | str, languages: tuple[str, str] = PAIR) -> list[tuple[str, str]]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return [(u.source, u.target) for u in files.read(path, languages)]


def test_tables_of_people(tmp_path: Path) -> None:
    excel = '\ufeffnote;ZH-cn;en_US\r\nx;"甲;""乙""";A b\r\n\r\n;丙;"C\r\nc"\r\n'
    assert read(tmp_path / "a.csv", excel) == [("A b", '甲;"乙"'), ("C c", "丙")]
    assert read(tmp_path / "a.tsv", 'en\tzh\n"quoted ""x"""\t甲\n') == [('quoted "x"', "甲")]
    assert read(tmp_path / "b.csv", "en,zh-TW,zh,zh-HK\na,1,2,3\n") == [("a", "2")]


TMX = """<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header/><body>
<tu><tuv xml:lang="en-US"><seg>A <bpt i="1">&lt;b&gt;</bpt>bold<ept i="1">&lt;/b&gt;</ept>
 <hi>word</hi><ph>{0}</ph> &amp; more</seg></tuv><tuv lang="ZH"><seg>甲</seg></tuv></tu>
<!-- a comment --><tu><tuv xml:lang="en"><seg>lonely</seg></tuv></tu>
<tu><tuv xml:lang="en-GB"><seg>colour</seg></tuv><tuv xml:lang="en"><seg>color</seg></tuv>
<tuv xml:lang="zh-CN"><seg>颜色</seg></tuv><tuv xml:lang="zh-CN"><seg>色</seg></tuv></tu>
</body></tmx>
"""


def test_tmx_of_people(tmp_path: Path) -> None:
    """A named DTD is not fetched; codes of other programs are dropped; the very language comes before its kin."""
    expected = [("A bold word & more", "甲"), ("color", "颜色")]
    assert read(tmp_path / "a.tmx", TMX) == expected
    assert read(tmp_path / "b.tmx", TMX.replace('"1.0"?', '"1.0" encoding="UTF-16"?').encode("utf-16")) == expected


LAUGHS = '<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
TU = '<tu><tuv xml:lang="en"><seg>{}</seg></tuv><tuv xml:lang="zh"><seg>甲</seg></tuv></tu>\n'


def tmx(body: str, doctype: str = "") -> str:
    return f'<?xml version="1.0"?>{doctype}\n<tmx version="1.4"><header/>\n<body>\n{body}</body></tmx>'


def zipped() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.tmx", TMX)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.txt", "en,zh\n", ["no known format"]),
        ("a.csv", "", ["no column en", "empty"]),
        ("a.csv", "english,chinese\na,b\n", ["no column en", "english, chinese"]),
        ("a.csv", "en,zh-TW,zh-HK\na,b,c\n", ["no column zh", "choice"]),
        ("a.csv", "en,zh\na,b\nA, and b,c\n", ["line 3", "3 fields"]),
        ("a.csv", 'en,zh\na,b\n"open,c\n', ["line 3"]),
        ("a.csv", 'en,zh\na,b\n"x"y,c\n', ["line 3"]),
        ("a.csv", b"en,zh\na,\xe4\xb8\n", ["line 2", "UTF-8"]),
        ("a.csv", "en,zh\na,b\n".encode("utf-16"), ["line 1", "NUL"]),
        ("a.csv", "en,zh\n" + "a" * 2_000_000 + ",b\n", ["line 2", "longer"]),
        ("a.csv", 'en,zh\nc,d\n"' + "a\n" * 200_000, ["line", "field"]),
        ("a.tmx", "", ["line 1"]),
        ("a.tmx", zipped(), ["line 1"]),
        ("a.tmx", "<html><body/></html>", ["not TMX"]),
        ("a.tmx", "<html><tu/></html>", ["not TMX"]),
        ("a.tmx", tmx(TU.format("a") + "<tu>"), ["line 5"]),
        ("a.tmx", tmx(TU.format("a \x01 b")), ["line 4"]),
        ("a.tmx", tmx(TU.format("&b;"), LAUGHS), ["declares entities"]),
        ("a.tmx", tmx(TU.format("&b;").replace('"en"', '"&b;"'), LAUGHS), ["declares entities"]),
        ("a.tmx", tmx(TU.format("&undeclared;")), ["line 4", "undeclared"]),
        ("a.tmx", tmx(TU.format("&undeclared;"), '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'), ["line 4", "undeclared"]),
        ("a.tmx", tmx("<x>" * 2_000_000), ["cannot be read"]),
        ("a.tmx", tmx(TU.format("a" * 5_000_000)), ["no translation unit within"]),
        ("a.tmx", tmx("<note>a</note>" * 400_000), ["no translation unit within"]),
    ],
)
def test_broken_and_hostile_files_are_told(tmp_path: Path, name: str, content: str | bytes, told: list[str]) -> None:
    with pytest.raises(AmtsError) as error:
        read(tmp_path / name, content)
    assert all(part in str(error.value) for part in [*told, str(tmp_path / name)])


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(AmtsError, match="cannot be read"):
        list(files.read(tmp_path / "none.tmx", PAIR))


@pytest.mark.parametrize("format", FORMATS)
def test_reading_takes_little_memory(tmp_path: Path, format: Format) -> None:
    path = tmp_path / f"large.{format}"
    unit = TranslationUnit("a sentence " * 20, "一句话" * 40, Provenance("a.md", 1))
    with path.open("wb") as stream:
        files.write((unit for _ in range(8_000)), stream, PAIR, format)
    assert path.stat().st_size > 3_000_000
    tracemalloc.start()
    try:
        assert sum(1 for _ in files.read(path, PAIR)) == 8_000
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", ["a.csv", "a.tmx"])
def test_a_file_with_more_pairs_than_are_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(files, "PAIRS", 3)
    units = [TranslationUnit(f"A word {n}.", f"B {n}.", Provenance("", n)) for n in range(4)]
    for count in (3, 4):
        with (tmp_path / name).open("wb") as stream:
            files.write(units[:count], stream, PAIR, "csv" if name == "a.csv" else "tmx")
        read_again = files.read(tmp_path / name, PAIR)
        if count == 3:
            assert len(list(read_again)) == 3
        else:
            with pytest.raises(AmtsError, match="too many pairs"):
                list(read_again)
