"""The status of a book in a terminal and in Markdown."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from support.statuses import BROKEN, DONE, ENGLISH, HOSTILE, ZH, status

from bot.status import tables
from bot.status.book_status import BookStatus, LanguageStatus
from bot.status.document_status import Amount, DocumentStatus


def shown(book: BookStatus) -> str:
    stream = io.StringIO()
    tables.show(book, Console(file=stream, width=80, highlight=False))
    return stream.getvalue()


def row(text: str, start: str) -> list[str]:
    (line,) = [line for line in text.splitlines() if line.startswith(start)]
    return line.split()


def test_what_is_not_up_to_date_is_listed_with_its_figures() -> None:
    text = shown(status(ZH))
    assert row(text, "boats/index.md")[1:8] == ["▲", "behind", "6", "500", "1", "3", "2020-09-13"]
    assert "the recorded English is no exact version; lacks 2 of 3 labels" in text
    assert not [line for line in text.splitlines() if line.startswith("index.md")]
    for state in ("English left", "drifted", "machine draft", "never translated", "no baseline", "orphan"):
        assert state in text


def test_the_totals_of_each_language_follow() -> None:
    text = shown(status())
    assert row(text.split("behind since")[-1], "zh ") == "zh 63% 6 of 7 3 18 1,700 2020-09-13".split()
    assert row(text.split("behind since")[-1], "pt-BR") == "pt-BR 100% 7 of 7 7 0 0".split()
    assert "To catch up in zh costs at most: free with memory_only, smt, 0.10 USD with amazon" in text
    assert "amts.lock cannot be <read>: x" in text


def test_prices_that_look_alike_are_written_once() -> None:
    documents = (DocumentStatus("a.md", "a.md", "never translated", Amount(1, 90)),)
    prices = {"memory_only": 0.0, "amazon": 15.0, "deepl": 25.0}
    book = BookStatus("a" * 40, {"a.md": Amount(1, 90)}, (LanguageStatus("zh", "c" * 40, documents),), prices)
    assert "at most: free with memory_only, less than 0.01 USD with amazon, deepl\n" in shown(book)


def test_in_a_file_nothing_is_cut() -> None:
    path = "deep/" * 40 + "a.md"
    documents = (DocumentStatus(path, path, "never translated", Amount(1, 1)),)
    book = BookStatus("a" * 40, {path: Amount(1, 1)}, (LanguageStatus("zh", "c" * 40, documents),), {})
    text = shown(book)
    assert row(text, path)[1:] == ["○", "never", "translated", "1", "1"]
    assert "…" not in text


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 120, 200])
def test_in_a_terminal_of_any_width_nothing_is_cut(width: int) -> None:
    stream = io.StringIO()
    tables.show(status(ZH), Console(file=stream, width=width, force_terminal=True, color_system=None, highlight=False))
    text = stream.getvalue()
    flat = "".join(text.split())
    assert "…" not in text
    for word in ("boats/index.md", "▲behind", "500", "2020-09-13", "1,700", "63%", "charactersstill"):
        assert word in flat or (word.startswith("characters") and "characters500" in flat)


def test_markdown_has_the_same_figures_and_quotes_what_is_not_ours() -> None:
    text = tables.markdown(status())
    assert "| zh | 63% | 6 of 7 | 3 | 18 | 1,700 | 2020-09-13 |" in text
    assert "| `boats/index.md` | behind | 6 | 500 | 1 | 3 | 2020-09-13 |" in text
    assert "| ``sails/</script><b onclick=x>&\\|`a`.md`` |" in text
    assert HOSTILE not in text
    assert "`amts.lock cannot be <read>: x`" in text


def test_markdown_changes_only_if_the_status_does() -> None:
    moved = BookStatus("b" * 40, ENGLISH, (ZH, DONE, BROKEN), status().prices)
    assert tables.markdown(moved) == tables.markdown(status())


def test_markdown_fits_a_limit_and_says_what_is_not_there() -> None:
    paths = [f"chapter/{n:04}.md" for n in range(2_000)]
    documents = tuple(DocumentStatus(p, p, "never translated", Amount(1, 1)) for p in paths)
    language = LanguageStatus("zh", "c" * 40, documents)
    book = BookStatus("a" * 40, dict.fromkeys(paths, Amount(1, 1)), (language, language), {})
    text = tables.markdown(book, 20_000)
    assert 15_000 < len(text) <= 20_000
    listed = text.count("| `chapter/")
    cut = [int(line.split()[0].strip("*").replace(",", "")) for line in text.splitlines() if "more documents" in line]
    assert listed + sum(cut) == 4_000
    assert tables.markdown(book).count("| `chapter/") == 4_000
