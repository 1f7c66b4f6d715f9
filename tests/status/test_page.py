"""The status page: complete in itself, safe, and readable by everyone."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import html
from support.statuses import BROKEN, DONE, HOSTILE, ZH, status

from bot.status.page import page
from bot.status.page_style import COLOURS

TEXT = page(status())
TREE = html.fromstring(TEXT)


def test_nothing_is_loaded_from_elsewhere() -> None:
    assert not TREE.xpath("//script | //link | //img | //iframe | //object | //@src")
    assert not re.search(r"url\(|@import|https?:", TEXT)
    assert all(a.startswith("#") for a in TREE.xpath("//a/@href"))
    assert "default-src 'none'" in TREE.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]


def test_no_text_of_a_book_becomes_markup() -> None:
    assert HOSTILE in TREE.xpath("//code/text()")
    assert not TREE.xpath("//b | //i | //@onclick")
    assert "<i>Sails</i>" in [e.text for e in TREE.xpath("//th/span")]
    assert "amts.lock cannot be <read>: x" in TREE.xpath("//p/text()")


def test_every_document_is_a_cell_with_a_name_that_leads_to_its_row() -> None:
    cells = TREE.xpath("//td//a")
    assert len(cells) == 8 + 7
    rows = set(TREE.xpath("//tr/@id"))
    assert {c.get("href")[1:] for c in cells} == rows
    names = [c.get("aria-label") for c in cells]
    assert "boats/index.md: behind, 6 sentences to translate (zh)" in names
    assert "boats/index.md: up to date (pt-BR)" in names


def test_states_differ_by_more_than_their_colour() -> None:
    """A sign, or a form of its own: a circle, a dashed frame."""
    forms = {(c.text_content(), c.get("class") if not c.text_content() else "") for c in TREE.xpath("//td//a")}
    assert len(forms) == 8
    legend = [e.text_content() for e in TREE.xpath("//ul[@class='legend']/li")]
    assert "▲behind" not in "".join(legend)
    assert [re.sub("^[✓M≠?†]|^E(?=E)", "", e.split(":")[0]) for e in legend] == [
        "up to date",
        "machine draft",
        "drifted",
        "English left",
        "behind",
        "never translated",
        "no baseline",
        "orphan",
    ]


def test_a_circle_is_explained_where_there_is_one() -> None:
    assert "filled part of a circle" in TREE.xpath("string(//table[@class='picture']/caption)")
    without = html.fromstring(page(status(DONE)))
    assert without.xpath("string(//table[@class='picture']/caption)") == "A mark for each document."


def test_a_circle_is_filled_as_far_as_the_document_is_translated() -> None:
    (cell,) = TREE.xpath("//td//a[contains(@class, 'behind')]")
    assert cell.get("style") == "--done:75%"


def test_chapters_are_rows_and_languages_are_columns() -> None:
    (picture,) = TREE.xpath("//table[@class='picture']")
    assert picture.xpath("./thead//th/text()") == ["Chapter", "zh", "pt-BR"]
    assert [e.text for e in picture.xpath("./tbody//th")] == ["Top of the book", "Boats", "sails"]
    assert {len(row) for row in picture.xpath("./tbody/tr")} == {3}


def test_the_structure_is_that_of_a_document() -> None:
    assert TREE.xpath("/html/@lang") == ["en"]
    assert [len(TREE.xpath(f"/html/body/{e}")) for e in ("header", "main", "footer")] == [1, 1, 1]
    assert len(TREE.xpath("//h1")) == 1
    assert [e.text for e in TREE.xpath("//h2")] == ["Languages", "The book", "Documents"]
    assert all(e.get("scope") in ("col", "row") for e in TREE.xpath("//th"))
    assert len(TREE.xpath("//table/caption")) == len(TREE.xpath("//table")) == 3
    assert len(set(TREE.xpath("//@id"))) == len(TREE.xpath("//@id"))


def test_titles_in_another_language_say_so() -> None:
    assert [(e.get("lang"), e.text) for e in TREE.xpath("//tr//small[@lang]")] == [("zh", "书"), ("zh", "船")]


def test_of_languages_that_cannot_be_read_only_the_problem_is_shown() -> None:
    tree = html.fromstring(page(status(BROKEN)))
    assert [e.text for e in tree.xpath("//h2")] == ["Languages"]


@pytest.mark.parametrize(("number", "paper"), [(0, "#ffffff"), (1, "#0d1117")], ids=["light", "dark"])
def test_every_colour_can_be_told_from_the_background(number: int, paper: str) -> None:
    assert {s: contrast(c[number], paper) for s, c in COLOURS.items() if contrast(c[number], paper) < 4.5} == {}


@pytest.mark.parametrize("width", [390, 1280])
def test_a_browser_lays_it_out_without_scrolling_sideways(width: int, tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("Chromium is missing: install it (apt-get install chromium) to see the page as a browser does")
    place = tmp_path / "page.html"
    # The browser tells what it measured by the title; the page itself runs nothing.
    probe = "<script>document.title=document.documentElement.scrollWidth+' '+innerWidth</script>"
    open_page = re.sub(r"<meta http-equiv=[^>]*>", "", page(status(ZH))).replace("</body>", f"{probe}</body>")
    frame = (
        f'<iframe width="{width}" height="900" srcdoc="{open_page.replace("&", "&amp;").replace(chr(34), "&quot;")}">'
    )
    place.write_text(f"<!DOCTYPE html>{frame}</iframe>", encoding="utf-8")
    words = ["--headless", "--no-sandbox", "--disable-gpu", "--window-size=1600,1000", "--virtual-time-budget=2000"]
    code = (
        "<script>addEventListener('load',()=>{document.body.dataset.found="
        "document.querySelector('iframe').contentDocument.title})</script>"
    )
    place.write_text(place.read_text(encoding="utf-8") + code, encoding="utf-8")
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    done = subprocess.run(
        [browser, *words, profile, "--dump-dom", place.as_uri()], capture_output=True, text=True, timeout=120
    )
    found = re.search(r'data-found="(\d+) (\d+)"', done.stdout)
    assert found, done.stderr[-2000:]
    assert int(found[1]) <= int(found[2]) == width


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (WCAG 2, relative luminance)."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
