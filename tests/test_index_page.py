"""The index page: every scenario and report once, failures told with what is left, no text unescaped, nothing loaded."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from egov_model.inputs.errors import EgovModelError
from egov_model.report.index_page import LABELS, Report, Scenario, write_index

TEXTS = {name: f"<{name}>" for name in LABELS}
GOOD = Report("Anggaran", "baseline/02-anggaran.html", "ok")
KEPT = Report("SDM", "baseline/03-sdm.html", "failed", "code cell 3 of 7: KeyError: <x>", kept=True)
NEVER = Report("SDM", "lean/03-sdm.html", "failed", "the kernel died", kept=False)
ENTRIES = [
    Scenario("baseline", "Rencana & dasar", "Apa adanya", (("Biaya", "Rp41,2 miliar"), ("Selesai", "Agustus 2031")), (GOOD, KEPT)),
    Scenario("lean", "Hemat", "<b>pagu</b> turun", (("Biaya", "Rp33,0 miliar"),), (NEVER,)),
]


@pytest.fixture
def soup(tmp_path):
    write_index(tmp_path / "index.html", ENTRIES, TEXTS, language="id")
    return BeautifulSoup((tmp_path / "index.html").read_text(encoding="utf-8"), "html.parser")


def test_scenarios_stand_with_their_figures(soup):
    table = soup.find_all("table")[0]
    assert [th.get_text() for th in table.thead.find_all("th")] == ["<scenario>", "Biaya", "Selesai"]
    rows = table.tbody.find_all("tr")
    assert [rows[0].th.a.get_text(), rows[0].th.small.get_text()] == ["Rencana & dasar", "Apa adanya"]
    assert [td.get_text() for td in rows[0].find_all("td")] == ["Rp41,2 miliar", "Agustus 2031"]
    assert [td.get_text() for td in rows[1].find_all("td")] == ["Rp33,0 miliar", ""]
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
    assert not soup.find_all(["script", "img", "iframe"])
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
