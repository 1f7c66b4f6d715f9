"""How long the review page of a long document takes: to make, and to open in Chromium.

The document is made up: so many sentences, half of which wait. Opening is from the request until the browser has shown
the page and is idle; processor time is that of the page's own thread. Needs Chromium (apt-get install chromium).
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from playwright.sync_api import Browser, sync_playwright  # noqa: E402
from support.review_pages import ADDRESS, large  # noqa: E402

from bot.reporting.review_page.page import page  # noqa: E402


def opened(browser: Browser, place: Path) -> tuple[float, float]:
    """Seconds until the page can be read, and seconds of its thread."""
    tab = browser.new_page()
    session = tab.context.new_cdp_session(tab)
    session.send("Performance.enable")
    start = time.perf_counter()
    tab.goto(place.as_uri())
    tab.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    took = time.perf_counter() - start
    metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    tab.close()
    return took, metrics["ThreadTime"]


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, nargs="+", default=[200, 2_000])
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    if browser_path is None:
        print("Chromium is missing: apt-get install chromium", file=sys.stderr)
        return 1
    table = Table("sentences", "kB", "made (s)", "opened (s)", "processor (s)", box=None)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for sentences in options.sentences:
            report = large(sentences)
            start = time.perf_counter()
            text = "".join(page(report, ADDRESS))
            made = time.perf_counter() - start
            place = Path(folder) / f"{sentences}.html"
            place.write_text(text, encoding="utf-8")
            runs = [opened(browser, place) for _ in range(options.runs + 1)][1:]
            took, thread = (statistics.median(column) for column in zip(*runs, strict=True))
            table.add_row(
                f"{sentences:,}", f"{len(text.encode()) / 1000:,.0f}", f"{made:.2f}", f"{took:.2f}", f"{thread:.2f}"
            )
        browser.close()
    Console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
