"""The what-if as a planner uses it, in a browser without network: moved, refused, undone; saved and built, and the figures are the same."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, Page

from benchmarks.what_if_page import Served, opened, served
from egov_model.inputs.scenario import load_scenario
from egov_model.report.answers import build_plan
from egov_model.report.wording import speak
from egov_model.whatif.result import measure

ROOT = Path(__file__).resolve().parents[2]
TINY = Path(__file__).resolve().parents[1] / "tiny"
ID = speak("id")


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(TINY, tmp_path_factory.mktemp("what-if") / "tiny"))


@pytest.fixture(scope="module")
def at(pack: Path) -> Iterator[Served]:
    with served(pack) as here:
        yield here


@pytest.fixture(scope="module")
def page(browser: Browser, at: Served) -> Iterator[Page]:
    asked: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.on("request", lambda request: asked.append(request.url))
    shown = opened(context, at)
    yield shown
    context.close()
    assert [url for url in asked if not url.startswith((at.url, "data:", "blob:"))] == [], "the page asked the network for something"


AXE = """async () => {
  const tags = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] };
  const { violations } = await axe.run({ include: ['.wi'], exclude: ['svg'] }, { runOnly: tags, resultTypes: ['violations'] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.length} x ${nodes[0].html.slice(0, 160)}`);
}"""


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ")


def figures(page: Page) -> list[str]:
    return page.locator(".wi-card .wi-value").all_inner_texts()


def answered(page: Page, do) -> list[str]:
    """The figures after an action has been answered."""
    before = page.locator("[data-answer]").get_attribute("data-answer")
    do()
    page.wait_for_function(f"document.querySelector('[data-answer]').dataset.answer !== '{before}'", timeout=20_000)
    return figures(page)


def entry(page: Page, label: str):
    return page.locator(".wi-lever", has_text=label).locator("input[type=text]").first


def type_into(page: Page, label: str, value: str) -> None:
    box = entry(page, label)
    box.fill(value)
    box.press("Enter")


def button(page: Page, name: str):
    return page.get_by_role("button", name=name, exact=True)


def test_code_and_errors_are_not_shown(page):
    assert page.locator(".jp-InputArea-editor, .jp-RenderedText[data-mime-type*=stderr]").count() == 0
    assert page.locator("h1").inner_text().startswith("Bagaimana jika")
    assert page.evaluate("document.documentElement.lang") == "id"


def test_a_key_on_a_slider_moves_the_plan_and_undo_takes_it_back(page):
    before = figures(page)
    handle = page.locator(".wi-lever .noUi-handle").first
    handle.focus()
    moved = answered(page, lambda: page.keyboard.press("ArrowLeft"))
    assert moved != before
    page.wait_for_function("document.querySelectorAll('.wi-lever.wi-off').length === 1")
    assert answered(page, lambda: button(page, "Batalkan").click()) == before
    page.wait_for_function("document.querySelectorAll('.wi-lever.wi-off').length === 0")


def test_ranges_follow(page):
    answered(page, lambda: type_into(page, "Faktor pagu", "0.9"))
    page.wait_for_selector("[data-answer][data-waiting=false]", timeout=60_000)
    assert "P10" in page.locator(".wi-cards").inner_text()


def test_out_of_range_is_refused_in_the_words_of_the_check(page):
    before = figures(page)
    type_into(page, "Faktor pagu", "11")
    page.wait_for_selector(".wi-refused")
    assert "found '11'; allowed: 10 or less" in page.locator(".wi-refused").inner_text()
    assert entry(page, "Faktor pagu").input_value() == "0.9"
    assert figures(page) == before


def test_what_is_saved_is_what_was_shown(page, pack):
    answered(page, lambda: type_into(page, "Faktor pagu", "0.4"))
    button(page, "Inisiatif").click()
    answered(page, lambda: page.locator(".wi-initiative input[type=checkbox]").first.uncheck())
    button(page, "Simpan").click()
    page.get_by_placeholder("Nama berkas").fill("coba")
    page.get_by_placeholder("Judul", exact=True).fill('Coba "saja"')
    before = figures(page)
    shown = answered(page, lambda: button(page, "Simpan sebagai skenario").click())
    assert shown == before
    page.wait_for_selector("text=Tersimpan: scenarios/coba.yaml")
    inputs = load_scenario("coba", pack)
    assert (inputs.scenario.title, inputs.scenario.extends, len(inputs.dropped)) == ('Coba "saja"', ("baseline",), 1)
    h = measure(build_plan(inputs)).headline
    told = [ID.money(h.total_idr), ID.money(h.ceiling_idr), ID.short_month(h.finish), f"{h.placed} dari {h.initiatives}"]
    assert list(map(plain, shown[:4])) == list(map(plain, told))
    assert shown[4:] == [ID.number(h.peak_gap_fte, 1), ID.number(h.index, 2)]


def test_an_existing_file_is_kept_until_that_is_wanted(page, pack):
    file = pack / "scenarios" / "coba.yaml"
    before = file.read_bytes()
    button(page, "Simpan sebagai skenario").click()
    replace = button(page, "Ganti berkas yang sudah ada")
    replace.wait_for()
    assert file.read_bytes() == before
    page.get_by_placeholder("Judul", exact=True).fill("Lain")
    answered(page, replace.click)
    assert load_scenario("coba", pack).scenario.title == "Lain"


def test_the_report_of_the_saved_scenario_shows_the_same_figures(page, pack, tmp_path):
    shown = figures(page)
    command = [sys.executable, "-m", "egov_model", "report", "coba", "--notebook", "01", "--data", str(pack), "--out", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = plain((tmp_path / "coba" / "01-ringkasan-eksekutif.html").read_text(encoding="utf-8"))
    total, index = plain(shown[0]), plain(shown[5])
    assert total in told
    assert index in told


@pytest.mark.parametrize("name", ["Uang", "Kalender APBD", "Cara membangun", "Inisiatif", "FGD", "Kunci lain", "Simpan"])
def test_every_panel_keeps_the_rules_of_access(page, name):
    button(page, name).click()
    page.wait_for_timeout(300)
    page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    assert page.evaluate(AXE) == []
