"""How soon a report is seen: first contentful paint in Chromium with a processor four times as slow, opened from disk.

`python -m benchmarks.paint --check` fails when the slowest page needs more than a second (issue 6) or any page asks for another file.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.run import Row, machine, table, verdict

REPORTS = Path(__file__).resolve().parents[1] / "reports"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
SLOWER, MOST_S = 4, 1.0
PHONE = {"width": 390, "height": 844}
PAINT = "performance.getEntriesByName('first-contentful-paint').map((entry) => entry.startTime)"


def paint_s(browser: Browser, page_file: Path) -> tuple[float, int]:
    """Seconds until the first text or drawing of a page is seen, and how many other files it asked for."""
    context, asked = browser.new_context(viewport=PHONE), []
    try:
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.on("request", lambda request: asked.append(request.url))
        page.goto(page_file.resolve().as_uri(), wait_until="load")
        page.wait_for_function(f"() => {PAINT}.length > 0")
        return page.evaluate(PAINT)[0] / 1000, sum(not url.startswith("data:") for url in asked) - 1
    finally:
        context.close()


def measured(pages: list[Path], times: int) -> list[Row]:
    """The median paint of every page, the slowest against the bar."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        paint_s(browser, pages[0])  # the browser's own start is not the page's
        seen = {page: [paint_s(browser, page) for _ in range(times)] for page in pages}
        browser.close()
    medians = {page: statistics.median(seconds for seconds, _ in found) for page, found in seen.items()}
    rows = [Row(f"{page.stem}: first contentful paint", seconds, "s", MOST_S) for page, seconds in medians.items()]
    return [*rows, Row("other files asked for", max(count for found in seen.values() for _, count in found), "files", 0)]


def main() -> int:
    """Measure the pages of a folder and print them as a table or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=REPORTS / "baseline", help="built reports (default: reports/baseline)")
    parser.add_argument("--times", type=int, default=3, help="how often each page is opened")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--check", action="store_true", help="fail when a bar is missed")
    asked = parser.parse_args()
    pages = sorted(asked.folder.glob("*.html"))
    if not pages:
        parser.error(f"no report in {asked.folder}: make reports")
    rows = measured(pages, asked.times)
    print(json.dumps([[row.name, row.value, row.unit, row.bar] for row in rows], indent=1) if asked.json else table(rows))
    print(machine(), file=sys.stderr)
    return verdict(rows, asked.check)


if __name__ == "__main__":
    sys.exit(main())
