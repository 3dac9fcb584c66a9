"""How soon the what-if answers in a real browser, and whether it grows: `python -m benchmarks.whatif --check`."""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.run import Row, machine, table
from benchmarks.what_if_page import LAB, VOILA, Served, chromium, opened, served
from egov_model.inputs.place import PROJECT_DATA

PANELS = {"Uang": 0, "Kalender APBD": 0, "Orang": 1, "Harga": 0}  # and which slider of each is moved, one with stops enough
AWAY = ("ArrowRight",)  # from the scenario's own value, so that no answer is a remembered one
TO_AND_FRO = ("ArrowRight", "ArrowLeft", "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft")
PAUSES_MS = (0, 120, 420, 700)  # between two moves: also while ranges are drawn
WARM = 100  # moves before memory is looked at: caches fill

# From the key to the first picture of the new answer: ranges of an older one, which come without data-waiting, do not count.
WATCH = """() => {
  window.wi = {begun: 0, taken: []};
  addEventListener('keydown', () => { window.wi.begun = performance.now(); }, true);
  new MutationObserver(() => {
    const answer = document.querySelector('[data-answer]');
    if (!window.wi.begun || !answer || answer.dataset.waiting !== 'true' || answer.dataset.answer === window.wi.last) return;
    window.wi.last = answer.dataset.answer;
    const begun = window.wi.begun;
    window.wi.begun = 0;
    requestAnimationFrame(() => window.wi.taken.push(performance.now() - begun));
  }).observe(document.body, {childList: true, subtree: true});
}"""


def answers_ms(page: Page, moves: int) -> Iterator[float]:
    """Milliseconds from each key press on a slider to the new output on the screen."""
    per_panel = -(-moves // len(PANELS))
    for name, number in PANELS.items():
        reset = page.get_by_role("button", name="Kembalikan semua", exact=True)
        if reset.is_enabled():
            before = page.locator("[data-answer]").get_attribute("data-answer")
            reset.click()
            page.wait_for_function(f"document.querySelector('[data-answer]').dataset.answer !== '{before}'")
        page.get_by_role("button", name=name, exact=True).click()
        handle = page.locator(".wi-lever .noUi-handle").nth(number)
        handle.wait_for()
        page.wait_for_timeout(400)
        handle.focus()
        for key, pause in zip(islice((*AWAY, *islice(cycle(TO_AND_FRO), per_panel)), per_panel), cycle(PAUSES_MS), strict=False):
            page.wait_for_timeout(pause)
            before = page.evaluate("window.wi.taken.length")
            page.keyboard.press(key)
            page.wait_for_function(f"window.wi.taken.length > {before}", timeout=60_000, polling=10)
            yield page.evaluate("window.wi.taken.at(-1)")


def heap_mb(page: Page) -> float:
    """What the page's JavaScript holds after its garbage is collected."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    return used / 1e6


def measured(at: Served, page: Page, moves: int, by: str) -> list[Row]:
    """Time of the answers, and memory after the last move against that after the first hundred."""
    page.evaluate(WATCH)
    list(answers_ms(page, WARM))
    page.wait_for_timeout(2000)
    kernel, heap = at.kernel_mb(), heap_mb(page)
    taken = list(answers_ms(page, moves))
    page.wait_for_timeout(2000)
    ninety_five = statistics.quantiles(taken, n=20)[-1]
    return [
        Row(f"{by}: move to new output, median of {len(taken)}", statistics.median(taken), "ms", 300),
        Row(f"{by}: move to new output, 95th percentile", ninety_five, "ms", 700),
        Row(f"{by}: longest", max(taken), "ms"),
        Row(f"{by}: kernel after {WARM} moves", kernel, "MB"),
        Row(f"{by}: growth of the kernel over {len(taken)} moves", at.kernel_mb() - kernel, "MB", 15),
        Row(f"{by}: growth of the page's heap over {len(taken)} moves", heap_mb(page) - heap, "MB", 5),
    ]


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; with --check status 1 when a bar is missed."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("scenario", nargs="?", default="baseline")
    ask.add_argument("--data", type=Path, default=PROJECT_DATA)
    ask.add_argument("--moves", type=int, default=500, help="that are measured (default 500)")
    ask.add_argument("--lab", action="store_true", help="in JupyterLab as well")
    ask.add_argument("--check", action="store_true", help="status 1 when a bar is missed")
    asked = ask.parse_args(arguments)
    rows: list[Row] = []
    with chromium() as browser:
        for by in (VOILA, LAB) if asked.lab else (VOILA,):
            with served(asked.data, asked.scenario, by=by) as at:
                page = opened(browser, at, by)
                rows += measured(at, page, asked.moves, by)
                page.close()
    print(", ".join(f"{name} {value}" for name, value in machine().items()))
    print(table(rows))
    missed = [row.name for row in rows if not row.held]
    if missed:
        print(f"missed: {', '.join(missed)}", file=sys.stderr)
    return 1 if asked.check and missed else 0


if __name__ == "__main__":
    sys.exit(main())
