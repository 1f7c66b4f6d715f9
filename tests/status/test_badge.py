"""The badge of a language."""

from __future__ import annotations

import re

import pytest
from lxml import etree
from support.statuses import DONE, ENGLISH, ZH, status

from bot.status.badge import badge
from bot.status.book_status import LanguageStatus
from bot.status.document_status import Amount, DocumentStatus

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return [str(found.text) for found in etree.fromstring(svg.encode()).iter(f"{SVG}text")]


def of_share(share: float) -> LanguageStatus:
    documents = (
        DocumentStatus("index.md", "index.md", "behind", Amount(100, 10_000), Amount(1, round(10_000 * (1 - share)))),
    )
    return LanguageStatus("zh", "c" * 40, documents)


def test_it_says_the_language_and_its_share() -> None:
    svg = badge(status(), ZH)
    assert texts(svg) == ["zh", "63%"]
    assert etree.fromstring(svg.encode()).findtext(f"{SVG}title") == "Translation zh: 63% translated"
    assert 'aria-label="Translation zh: 63% translated"' in svg


def test_a_language_that_is_up_to_date_says_so() -> None:
    assert texts(badge(status(), DONE)) == ["pt-BR", "up to date"]


def test_only_all_is_a_hundred_percent() -> None:
    assert texts(badge(status(), of_share(0.9999)))[1] == "99%"


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 0.95])
def test_white_can_be_read_on_every_colour(share: float) -> None:
    fills = re.findall(r'<rect[^>]* fill="(#\w{6})"', badge(status(), of_share(share)))
    assert len(fills) == 2
    assert all(contrast("#ffffff", fill) >= 4.5 for fill in fills)


def test_it_loads_nothing() -> None:
    svg = badge(status(), ZH)
    assert not re.search(r"href|url\((?!#)|<script|<image|@import", svg)
    assert len(ENGLISH) == 7


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (WCAG 2, relative luminance)."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
