"""The review page in a real browser: filters, keyboard, confirmations, a phone, accessibility."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.browser import chromium
from support.review_pages import ADDRESS, sample

from bot.reporting.review_page.page import page as made

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PICTURE = (
    "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSIyMDAwIiBoZWlnaHQ9IjQiLz4="
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "es-7.html"
    file.write_text("".join(made(sample(), ADDRESS, lambda path, name: PICTURE)), encoding="utf-8")
    return file


@pytest.fixture
def page(browser: Browser, place: Path) -> Iterator[Page]:
    """The page, of which no console may have an error, and which may request nothing but itself."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        opened = context.new_page()
        problems: list[str] = []
        opened.on("console", lambda message: problems.append(message.text))
        opened.on("pageerror", lambda error: problems.append(str(error)))
        opened.on("request", lambda request: problems.append(request.url))
        opened.goto(place.as_uri())
        yield opened
        assert [p for p in problems if p not in (place.as_uri(), PICTURE)] == []


def shown(page: Page) -> list[str]:
    """The states of the rows that can be seen, in order."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('.row')].filter(r => r.checkVisibility()).map(r => r.dataset.state)"
    )
    return found


def current(page: Page) -> str:
    return page.locator(".row.current").inner_text()


def left(page: Page) -> str:
    return page.locator(".bar output").inner_text()


def reload(page: Page) -> None:
    """Loads the page again, once the browser has stored what people confirmed: a reload may change the process."""
    page.wait_for_timeout(300)
    page.reload()


def test_filters_by_state_and_document(page: Page) -> None:
    waiting = ["english", "draft", "kept", "gone", "gone", "gone", "english"]
    assert [s for s in shown(page) if s != "human"] == waiting
    page.uncheck("input[value=gone]")
    page.uncheck("input[value=english]")
    assert [s for s in shown(page) if s != "human"] == ["draft", "kept"]
    page.select_option("select[name=context]", "none")
    assert shown(page) == ["draft", "kept"]
    page.select_option("select[name=context]", "all")
    assert len(shown(page)) == 2 + 7  # the heading of the other document is human
    page.check("input[value=english]")
    page.select_option("select[name=context]", "none")
    page.select_option("select[name=document]", label="sails.md (1)")
    assert shown(page) == ["english"] and page.locator("section:visible").count() == 1
    page.uncheck("input[value=english]")
    assert shown(page) == [] and page.locator("main > .empty").is_visible()


# Right after a reload a busy browser may not have what was stored just before: looked at every night, not in each run.
@pytest.mark.slow
def test_the_keyboard_walks_and_confirms(page: Page) -> None:
    assert left(page) == "7 of 7 left"
    page.keyboard.press("j")
    assert "wide piece of cloth" in current(page)
    page.keyboard.press("j")
    assert "rowed by tired people" in current(page)
    page.keyboard.press("c")
    assert left(page) == "6 of 7 left"
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.keyboard.press("k")
    assert "rowed by tired people" in current(page)
    page.keyboard.press("n")
    assert "Tiene un casco" in current(page)  # the kept sentence between them is done
    assert page.locator(".row.current").evaluate("row => row === document.activeElement")
    page.keyboard.press("Control+c")
    assert left(page) == "5 of 7 left"
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("c")
    assert left(page) == "5 of 7 left"
    page.uncheck("#help input")
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()
    reload(page)
    page.keyboard.press("j")
    page.keyboard.press("c")
    assert left(page) == "5 of 7 left"  # whoever speaks to the computer can turn single keys off
    page.keyboard.press("?")
    page.check("#help input")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("c")
    assert left(page) == "4 of 7 left"


@pytest.mark.slow
def test_confirmations_stay_and_become_the_command(page: Page) -> None:
    page.click("button[name=finish]")
    assert "Confirm all drafts" in page.locator("#finish").inner_text()
    page.keyboard.press("Escape")
    page.check(".row.draft input[name=done]")
    page.click("button[name=finish]")
    assert "boats.md: 1 of 2 confirmed" in page.locator("#finish").inner_text()
    assert page.locator("#finish textarea").count() == 0
    page.keyboard.press("Escape")
    page.check(".row.kept input[name=done]")
    reload(page)
    assert left(page) == "5 of 7 left" and page.locator(".row.kept input[name=done]").is_checked()
    page.click("button[name=finish]")
    assert page.locator("#finish textarea").evaluate_all("all => all.map(a => a.value)") == ["/reviewed boats.md"]
    page.keyboard.press("Escape")
    page.uncheck(".row.kept input[name=done]")
    reload(page)
    assert left(page) == "6 of 7 left"


def test_a_phone_shows_one_column_and_needs_no_scrolling_sideways(page: Page) -> None:
    def columns() -> list[list[float]]:
        found: list[list[float]] = page.evaluate(
            "[...document.querySelectorAll('.row.kept .cell')].map(c => [c.getBoundingClientRect().x, c.offsetTop])"
        )
        return found

    english, translation = columns()
    assert english[0] < translation[0] and english[1] == translation[1]
    page.set_viewport_size({"width": 390, "height": 800})
    page.select_option("select[name=context]", "all")
    english, translation = columns()
    assert english[0] == translation[0] and english[1] < translation[1]
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    counter, buttons = (page.locator(f".bar {name}").bounding_box() for name in ("output", ".buttons"))
    assert counter and buttons and counter["y"] + counter["height"] <= buttons["y"]
    page.locator("img").first.scroll_into_view_if_needed()
    picture = page.locator("img").first.bounding_box()
    assert picture and picture["width"] < 390  # of 2,000


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_nothing_is_in_the_way_of_anybody(page: Page, scheme: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    page.select_option("select[name=context]", "all")
    page.check(".row.draft input[name=done]")
    page.keyboard.press("j")  # a row that is done and not the current one
    found = Axe().run(page).response["violations"]
    page.click("button[name=finish]")
    found += Axe().run(page).response["violations"]
    assert found == [], json.dumps(found, indent=1)[:4000]


def test_print_has_no_controls(page: Page) -> None:
    page.emulate_media(media="print")
    assert not page.locator(".bar").is_visible() and not page.locator("input[name=done]").first.is_visible()
    assert page.locator(".row.draft").is_visible()


def test_without_a_script_all_is_shown(browser: Browser, place: Path) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        opened = context.new_page()
        opened.goto(place.as_uri())
        assert opened.locator(".row").count() == opened.locator(".row:visible").count()


def test_where_all_is_still_english_there_is_no_command_to_wait_for(page: Page) -> None:
    page.evaluate("document.querySelectorAll('[data-settles]').forEach(e => e.removeAttribute('data-settles'))")
    page.click("button[name=finish]")
    assert "No command is needed here" in page.locator("#finish").inner_text()
