"""What every built page must keep, looked for in a real browser with the network blocked."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, Page, Route

PHONE = {"width": 390, "height": 844}  # CSS pixels
DESKTOP = {"width": 1280, "height": 900}
A4 = {"width": 680, "height": 986}  # CSS pixels of 210 x 297 mm less the margins of 17, 15 and 19 mm
TOO_WIDE = """() => [...document.querySelectorAll('table, figure')]
  .filter((one) => one.offsetWidth > (one.closest('.wide') ? 1009 : 681))
  .map((one) => `paper: a ${one.localName} of ${one.offsetWidth}px makes the whole page smaller: ${one.innerText.slice(0, 60)}`)"""

RULES = (Path(__file__).parent / "page_rules.js").read_text(encoding="utf-8")
OVERFLOW = (Path(__file__).parent / "overflow.js").read_text(encoding="utf-8")
CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
AXE = (Path(__file__).parent / "axe.js").read_text(encoding="utf-8")
WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}  # all but colours of text
REACHED = {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}  # what hangs on the screen's width
COLOURS = {"type": "rule", "values": ["color-contrast"]}

WATCH = """document.addEventListener('securitypolicyviolation', (event) =>
  console.error(`policy refused ${event.effectiveDirective}: ${event.sample || event.blockedURI}`))"""


@dataclass
class Visit:
    """One page opened in the browser: what it asked for, what it complained of, which rules it breaks."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def problems(self) -> list[str]:
        """Everything that is wrong, as sentences."""
        return [f"request left the page: {url}" for url in self.requests] + self.errors + self.broken


def visit(browser: Browser, path: Path, language: str, axe: bool = False) -> Visit:
    """Open a page from disk on a phone, on a desktop and for print, with every request but the page itself blocked and noted.

    axe: whether to ask axe-core and the contrast of drawings, which takes longer than all the rest.
    """
    seen = Visit()
    address = path.resolve().as_uri()
    context = browser.new_context(viewport=PHONE, service_workers="block")
    try:
        page = context.new_page()
        page.on("console", lambda message: seen.errors.append(f"console: {message.text}") if message.type == "error" else None)
        page.on("pageerror", lambda error: seen.errors.append(f"page error: {error}"))
        page.on("websocket", lambda socket: seen.requests.append(socket.url))
        page.add_init_script(WATCH)
        context.route("**/*", lambda route: _block(route, address, seen.requests))
        page.goto(address, wait_until="load")
        seen.broken += page.evaluate(RULES, language)
        seen.broken += [f"phone: {problem}" for problem in page.evaluate(OVERFLOW)]
        page.set_viewport_size(DESKTOP)
        seen.broken += [f"desktop: {problem}" for problem in page.evaluate(OVERFLOW)]
        page.set_viewport_size(A4)
        page.emulate_media(media="print")
        seen.broken += page.evaluate(TOO_WIDE)
        page.emulate_media(media="screen")
        page.set_viewport_size(DESKTOP)
        _look_everywhere(page)
        seen.links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
        if axe:
            seen.broken += accessibility(page)
    finally:
        context.close()
    return seen


def accessibility(page: Page) -> list[str]:
    """What axe-core finds by WCAG 2.2 A and AA and good practice, on a desktop and on a phone; table rows built alike are thinned out."""
    page.emulate_media(media="screen", color_scheme="light")
    page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    found = page.evaluate(CONTRAST)
    found += page.evaluate(AXE, [WCAG, True])
    page.set_viewport_size(PHONE)
    for rules in (REACHED, COLOURS):
        found += page.evaluate(AXE, [rules, False])
    return list(dict.fromkeys(found))


def _block(route: Route, address: str, noted: list[str]) -> None:
    url = route.request.url
    if url == address or url.startswith("data:"):
        route.continue_()
    else:  # another file counts as well: a report has to survive being sent alone
        noted.append(url)
        route.abort()


def _look_everywhere(page: Page) -> None:
    """Bring up what loads only when it is seen: lower parts, opened details, the print and dark styles."""
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    page.evaluate("window.scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    page.emulate_media(media="print")
    page.emulate_media(media="screen", color_scheme="dark")
    page.wait_for_load_state("networkidle")
