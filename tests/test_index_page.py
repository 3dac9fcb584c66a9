"""The index page: every scenario and report once, failures told with what is left, no text unescaped, nothing loaded."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup

from egov_model.inputs.errors import EgovModelError
from egov_model.report.index_page import LABELS, Report, Scenario, Sheet, write_index

TEXTS = {name: f"<{name}>" for name in LABELS}
GOOD = Report("Anggaran", "baseline/02-anggaran.html", "ok")
KEPT = Report("SDM", "baseline/03-sdm.html", "failed", "code cell 3 of 7: KeyError: <x>", kept=True)
NEVER = Report("SDM", "lean/03-sdm.html", "failed", "the kernel died", kept=False)
ENTRIES = [
    Scenario(
        "baseline",
        "Rencana & dasar",
        "Apa adanya",
        (("Biaya", "Rp41,2 miliar"), ("Selesai", "Agustus 2031")),
        (GOOD, KEPT),
        (date(2026, 11, 23), "23 Nov 2026"),
        (("anggaran.xlsx", "baseline/anggaran.xlsx"),),
        (
            Sheet("Dinas <A>", (("Uang", "Rp1"),), Report("A", "baseline/opd/a.html", "ok", others=(("en", "English", "opd/a.en.html"),))),
            Sheet("Dinas B", (("Uang", "Rp2"),), Report("B", "baseline/opd/b.html", "stale", "masukan berubah")),
        ),
    ),  # fmt: skip
    Scenario("lean", "Hemat", "<b>pagu</b> turun", (("Biaya", "Rp33,0 miliar"),), (NEVER,)),
]


@pytest.fixture
def soup(tmp_path):
    write_index(tmp_path / "index.html", ENTRIES, TEXTS, language="id")
    return BeautifulSoup((tmp_path / "index.html").read_text(encoding="utf-8"), "html.parser")


def test_scenarios_stand_with_their_figures(soup):
    table = soup.find_all("table")[0]
    assert [th.get_text() for th in table.thead.find_all("th")] == ["<scenario>", "Biaya", "Selesai", "<issued>", "<files>"]
    rows = table.tbody.find_all("tr")
    assert [rows[0].th.a.get_text(), rows[0].th.small.get_text()] == ["Rencana & dasar", "Apa adanya"]
    assert [td.get_text() for td in rows[0].find_all("td")][:3] == ["Rp41,2 miliar", "Agustus 2031", "23 Nov 2026"]
    assert rows[0].time["datetime"] == "2026-11-23", "the age is counted from it in the browser; without script the date stands"
    assert [(a["href"], a.get_text()) for a in rows[0].details.find_all("a")] == [("baseline/anggaran.xlsx", "anggaran.xlsx")]
    assert [td.get_text() for td in rows[1].find_all("td")] == ["Rp33,0 miliar", "", "", ""]
    assert rows[1].th.small.get_text() == "<b>pagu</b> turun"
    assert rows[1].th.a is None, "a scenario without any report links nowhere"


def test_each_report_tells_its_state(soup):
    cells = {(tr.th.get_text(), n): td for tr in soup.find_all("table")[1].tbody.find_all("tr") for n, td in enumerate(tr.find_all("td"))}
    good, kept, none, never = cells.values()
    assert (good["data-status"], good.a["href"]) == ("ok", "baseline/02-anggaran.html")
    assert (kept["data-status"], kept.a["href"]) == ("failed", "baseline/03-sdm.html")
    assert "<kept>" in kept.get_text()
    assert not none.attrs and not none.get_text()
    assert (never["data-status"], never.a) == ("failed", None)
    assert "<missing>" in never.get_text()


def test_failures_are_told_first_with_their_reason(soup):
    told = [" ".join(li.get_text().split()) for li in soup.select(".failures li")]
    assert told == [
        "<failed> Rencana & dasar · SDM code cell 3 of 7: KeyError: <x> (<kept>)",
        "<failed> Hemat · SDM the kernel died (<missing>)",
    ]


def test_page_is_complete_and_loads_nothing(soup):
    assert soup.html["lang"] == "id"
    assert len(soup.find_all("h1")) == 1
    assert all(table.caption.get_text() for table in soup.find_all("table"))
    assert all(th.get("scope") for th in soup.find_all("th"))
    assert not soup.find_all(["img", "iframe"])
    (script,) = soup.find_all("script")
    assert not script.attrs and "fetch" not in script.string and "innerHTML" not in script.string
    assert [link["href"] for link in soup.find_all("link")] == ["data:,"]
    assert all(not a["href"].startswith(("/", "http", "file")) for a in soup.find_all("a"))


def test_reports_over_all_scenarios_are_listed(tmp_path):
    shared = [Report("Perbandingan", "perbandingan.html", "ok"), Report("Peta", "peta.html", "missing", kept=False)]
    write_index(tmp_path / "index.html", ENTRIES[:1], TEXTS, language="en", shared=shared)
    soup = BeautifulSoup((tmp_path / "index.html").read_text(encoding="utf-8"), "html.parser")
    listed = [(li["data-status"], li.a and li.a["href"]) for li in soup.select("li[data-status]")]
    assert listed == [("ok", "perbandingan.html"), ("missing", None)]


@pytest.mark.parametrize(
    ("labels", "says"),
    [
        ({**TEXTS, "titel": "x"}, "unknown text 'titel' did you mean 'title'?"),
        ({name: text for name, text in TEXTS.items() if name != "ok"}, "no text for ok"),
    ],
)
def test_texts_have_to_be_exactly_those_asked_for(tmp_path, labels, says):
    with pytest.raises(EgovModelError, match=says.replace("?", r"\?")):
        write_index(tmp_path / "index.html", ENTRIES, labels)
    assert not (tmp_path / "index.html").exists()


def test_sheets_stand_with_their_agency_figures_state_and_other_language(soup):
    rows = soup.find(id="opd").find_next("table").tbody.find_all("tr")
    assert [(a["href"], a.get("lang")) for a in rows[0].th.find_all("a")] == [("baseline/opd/a.html", None), ("opd/a.en.html", "en")]
    assert rows[0].th.a.get_text() == "Dinas <A>" and rows[0].td.get_text() == "Rp1"
    assert [row["data-status"] for row in rows] == ["ok", "stale"]
    assert "masukan berubah" in rows[1].get_text() and "<stale>" in rows[1].get_text()


def test_what_is_searched_is_what_is_shown_and_without_script_everything_shows(soup):
    assert soup.select_one(".search").has_attr("hidden"), "the script shows it"
    found = {one["data-find"] for one in soup.select("[data-find]")}
    assert "baseline Rencana & dasar Anggaran" in found and "baseline Rencana & dasar Dinas <A> A" in found
    assert soup.find("label", attrs={"for": "find"}) and soup.find("input", id="find")
    assert not soup.select(".off")
