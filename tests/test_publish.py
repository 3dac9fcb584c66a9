"""From a data pack to a folder: what is asked for, the index, and a failed report that never hides the good ones."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from plan_samples import HARM, harmful_pack
from report_samples import PARAMETERS, notebook
from tiny_pack import HEAD, copy_of_tiny

from egov_model.inputs.errors import InputError
from egov_model.inputs.scenario import ANYWAY
from egov_model.report import freshness
from egov_model.report import publish as module
from egov_model.report.build import BuildResult
from egov_model.report.freshness import Record, read_manifest, write_manifest
from egov_model.report.publish import EACH, publish
from egov_model.report.wording import speak

EXPORTS = [
    "anggaran.csv", "anggaran.json", "anggaran.xlsx", "jadwal.xml", "kewajiban.csv", "layanan.csv", "lokasi.csv", "ringkasan.json",
    "tabel.xlsx", "tenggat.ics",
]  # fmt: skip


OVER_ALL = 'scenario: str = "semua"  # none\nlanguage: str = "id"  # id or en\ndata: str = ""  # folder\n'


class Desk:
    """A folder of notebooks, a data pack and an empty place for reports."""

    def __init__(self, folder: Path):
        self.folder, self.out, self.said = folder / "notebooks", folder / "reports", []
        self.folder.mkdir()
        self.data = copy_of_tiny(folder)
        notebook(self.folder, "HTML('<p>baik</p>')", name="01-ringkasan-eksekutif")
        self.second("HTML('<p>ada</p>')")

    def second(self, code: str) -> None:
        notebook(self.folder, code, name="02-anggaran")

    def scenario(self, name: str, body: str = "") -> None:
        (self.data / "scenarios" / f"{name}.yaml").write_text(HEAD + body, encoding="utf-8")

    def publish(
        self, *scenarios: str, notebooks: tuple[str, ...] = (), language: str = "id", data: Path | None = None,
        agencies: tuple[str, ...] = (),
    ) -> int:  # fmt: skip
        wanted = {"scenarios": scenarios, "notebooks": notebooks, "language": language, "agencies": agencies}
        return publish(self.folder, data or self.data, self.out, **wanted, jobs=2, force=False, talk=self.said.append)

    def states(self) -> list[str]:
        soup = BeautifulSoup((self.out / "index.html").read_text(encoding="utf-8"), "html.parser")
        return [cell["data-status"] for cell in soup.find_all(attrs={"data-status": True})]

    def files(self) -> dict[str, tuple[bytes, int]]:
        return {p.relative_to(self.out).as_posix(): (p.read_bytes(), p.stat().st_mtime_ns) for p in self.out.rglob("*") if p.is_file()}


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A desk under the code as it is at first sight: who edits or merges while the tests run makes none of its reports stale."""
    monkeypatch.setattr(freshness, "package_files", functools.cache(freshness.package_files))
    return Desk(tmp_path)


@pytest.fixture
def asked(monkeypatch):
    """What would be built: names of the reports, without building any."""
    seen: list[tuple[list, set | None]] = []

    def record(jobs_list, *, only, **settings):
        reports = {job.name for job in jobs_list if job.notebook}
        seen.append(([job for job in jobs_list if job.name in reports], only and set(only) & reports))
        return BuildResult((), (), (), ())

    monkeypatch.setattr(module, "build", record)
    return seen


def test_a_failing_notebook_hides_nothing_and_heals_and_a_second_run_touches_nothing(desk):
    desk.second("raise ValueError('rusak <b>sekali</b>')")
    assert desk.publish() == 1
    assert (desk.out / "baseline/01-ringkasan-eksekutif.html").exists() and not (desk.out / "baseline/02-anggaran.html").exists()
    assert desk.states() == ["ok", "failed"]
    index = (desk.out / "index.html").read_text(encoding="utf-8")
    assert "ValueError: rusak &lt;b&gt;sekali&lt;/b&gt;" in index and "<b>sekali" not in index
    total = json.loads((desk.out / "baseline/ringkasan.json").read_text(encoding="utf-8"))["total_idr"]
    assert speak("id").money(total) in index
    desk.second("HTML('<p>sembuh</p>')")
    assert desk.publish() == 0
    assert desk.states() == ["ok", "ok"]
    assert "sembuh" in (desk.out / "baseline/02-anggaran.html").read_text(encoding="utf-8")
    before = desk.files()
    assert set(before) == {
        "index.html", "manifest.json", "baseline/01-ringkasan-eksekutif.html", "baseline/02-anggaran.html",
        "baseline/01-ringkasan-eksekutif.angka.json", "baseline/02-anggaran.angka.json",
        "baseline/ringkasan.json", "baseline/anggaran.csv", "baseline/anggaran.json", "baseline/anggaran.xlsx", "baseline/kewajiban.csv",
        "baseline/lokasi.csv", "baseline/layanan.csv", "baseline/jadwal.xml", "baseline/tenggat.ics", "baseline/tabel.xlsx",
    }  # fmt: skip
    assert desk.publish() == 0
    assert desk.said[-1] == "2 reports up to date; nothing to do"
    assert desk.files() == before, "nothing changed, so no byte and no date of any file did"


def test_a_scenario_that_is_gone_takes_its_reports_and_figures_along(desk):
    desk.scenario("lain")
    assert desk.publish("lain", notebooks=("1",)) == 0
    made = ["01-ringkasan-eksekutif.angka.json", "01-ringkasan-eksekutif.html", *EXPORTS]
    assert sorted(p.name for p in (desk.out / "lain").iterdir()) == made
    assert not (desk.out / "baseline").exists(), "only what was asked for"
    assert desk.states() == ["missing", "missing", "ok", "missing"]
    (desk.data / "scenarios/lain.yaml").unlink()
    for path in desk.folder.glob("02-*"):
        path.unlink()
    assert desk.publish() == 0
    assert not (desk.out / "lain").exists()
    assert desk.states() == ["ok"]


@pytest.mark.parametrize(
    ("scenarios", "notebooks", "says"),
    [
        (("basline",), (), "no scenario 'basline'; there are: baseline, lain. did you mean 'baseline'?"),
        (("x",), (), "no scenario 'x'; there are: baseline, lain."),
        ((), ("02-angaran",), "no notebook '02-angaran'; there are: 01-ringkasan-eksekutif, 02-anggaran. did you mean '02-anggaran'?"),
        ((), ("9",), "no notebook '9'; there are: 01-ringkasan-eksekutif, 02-anggaran."),
    ],
)
def test_an_unknown_name_is_refused_before_anything_is_built(desk, scenarios, notebooks, says):
    desk.scenario("lain")
    with pytest.raises(InputError) as error:
        desk.publish(*scenarios, notebooks=notebooks)
    assert str(error.value) == says
    assert not desk.out.exists() and not desk.said


def test_a_mistake_in_any_scenario_stops_everything_before_it_begins(desk):
    desk.scenario("lain", "set: {settings.scope: semua}")
    with pytest.raises(InputError, match="lain.yaml"):
        desk.publish("baseline")
    assert not desk.out.exists()


@pytest.mark.parametrize("name", ["2", "02", "02-anggaran", "02-anggaran.ipynb"])
def test_a_notebook_by_number_or_name(desk, asked, name):
    desk.publish(notebooks=(name,))
    ((jobs, only),) = asked
    assert only == {"baseline/02-anggaran"}
    assert [job.name for job in jobs] == ["baseline/01-ringkasan-eksekutif", "baseline/02-anggaran"], "links need all of them"


def test_numbers_are_whole_numbers_not_parts_of_one(desk, asked):
    for name in ("00-kerangka", "12-lampiran"):
        notebook(desk.folder, "1", name=name)
    desk.publish(notebooks=("2", "12"))
    assert asked[0][1] == {"baseline/02-anggaran", "baseline/12-lampiran"}
    assert "baseline/00-kerangka" not in {job.name for job in asked[0][0]}, "a template is no report"
    assert {job.title for job in asked[0][0]} == {"Ringkasan eksekutif", "Anggaran", "12-lampiran"}


def test_everything_when_nothing_is_asked_for(desk, asked):
    desk.scenario("alternatif")
    desk.publish()
    ((jobs, only),) = asked
    assert only is None
    assert [job.scenario for job in jobs] == ["baseline", "baseline", "alternatif", "alternatif"], "baseline first"


def test_what_happens_anyway_counts_as_an_input_of_the_summary_alone(desk, asked):
    notebook(desk.folder, "# anyway(data)", name="01-ringkasan-eksekutif")
    keys = []
    for body in ("set: {settings.scope: running}", "set: {settings.scope: running, settings.escalation_shift: 0.01}"):
        desk.scenario(ANYWAY, body)
        desk.publish()
        keys.append({job.name: job.key for job in asked[-1][0]})
    changed = {name for name in keys[0] if keys[0][name] != keys[1][name]}
    assert changed == {"baseline/01-ringkasan-eksekutif", f"{ANYWAY}/01-ringkasan-eksekutif", f"{ANYWAY}/02-anggaran"}


def test_the_base_counts_as_an_input_of_what_is_set_against_it(desk, asked):
    for name in ("01-ringkasan-eksekutif", "07-asumsi"):
        notebook(desk.folder, "# unchanged(data)", name=name)
    keys = []
    for body in ("set: {settings.ceiling_factor: 1}", "set: {settings.ceiling_factor: 0.9}"):
        desk.scenario("lain", "set: {settings.scope: running}")
        desk.scenario("baseline", body)
        desk.publish()
        keys.append({job.name: job.key for job in asked[-1][0]})
    assert {name for name in keys[0] if keys[0][name] != keys[1][name] and name.startswith("lain")} == {
        f"lain/{page}" for page in ("01-ringkasan-eksekutif", "07-asumsi")
    }


def test_a_report_over_all_scenarios_is_one_and_reads_every_scenario(desk, asked):
    notebook(desk.folder, "1", name="09-perbandingan")
    desk.scenario("lain")
    desk.publish()
    first = {job.name: job.key for job in asked[-1][0]}
    assert [name for name in first if name.endswith("perbandingan")] == ["perbandingan"]
    desk.scenario("lain", "set: {settings.ceiling_factor: 0.9}")
    desk.publish()
    second = {job.name: job.key for job in asked[-1][0]}
    assert {name for name in first if first[name] != second[name]} == {
        "perbandingan", "lain/01-ringkasan-eksekutif", "lain/02-anggaran",
    }  # fmt: skip
    desk.scenario("ketiga")
    desk.publish()
    assert {job.name: job.key for job in asked[-1][0]}["perbandingan"] != second["perbandingan"]
    desk.publish("lain")
    assert asked[-1][1] == {"lain/01-ringkasan-eksekutif", "lain/02-anggaran"}, "asked for one scenario, that one's reports alone"
    desk.publish(notebooks=("9",))
    assert asked[-1][1] == {"perbandingan"}


def test_the_index_links_the_report_over_all_scenarios(desk):
    notebook(desk.folder, "HTML('<p>semua</p>')", name="09-perbandingan", parameters=OVER_ALL)
    assert desk.publish(notebooks=("9",)) == 0, desk.said
    soup = BeautifulSoup((desk.out / "index.html").read_text(encoding="utf-8"), "html.parser")
    (entry,) = soup.find_all("li", attrs={"data-status": True})
    assert (entry["data-status"], entry.a["href"], entry.a.get_text()) == ("ok", "perbandingan.html", "Perbandingan")
    for path in desk.folder.glob("09-*"):
        path.unlink()
    assert desk.publish() == 0, desk.said
    assert not (desk.out / "perbandingan.html").exists()


def test_the_index_in_english(desk, asked):
    desk.publish(language="en")
    soup = BeautifulSoup((desk.out / "index.en.html").read_text(encoding="utf-8"), "html.parser")
    assert soup.html["lang"] == "en"
    assert "Example Plan" in soup.find("header").get_text() and "Baseline" in soup.get_text()
    assert [cell.get_text(" ", strip=True) for cell in soup.find_all(attrs={"data-status": True})] == [
        "Executive summary not built yet",
        "Budget not built yet",
    ]
    assert not (desk.out / "index.html").exists()
    with pytest.raises(InputError, match="'fr'"):
        desk.publish(language="fr")


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_text_of_the_data_becomes_markup_in_the_index(tmp_path, asked, language):
    desk = Desk(tmp_path)
    desk.publish(language=language, data=harmful_pack(tmp_path / "harm"))
    text = next(desk.out.glob("index*.html")).read_text(encoding="utf-8")
    soup = BeautifulSoup(text, "html.parser")
    assert soup.find("img") is None
    assert text.count("<script") == 1 and "<script>alert" not in text and HARM in soup.get_text(), "the one script is our own search"


def test_a_plan_of_nothing_has_an_index_too(desk):
    desk.scenario("kosong", "set: {settings.ceiling_factor: 0}")
    desk.publish()
    soup = BeautifulSoup((desk.out / "index.html").read_text(encoding="utf-8"), "html.parser")
    rows = [[td.get_text() for td in tr.find_all("td")] for tr in soup.find("table").tbody.find_all("tr")]
    assert rows[1][:5] == ["Rp0", "Rp0", "0 dari 3", speak("id")("running only"), "1"]
    pages = [f"{name}.{kind}" for name in ("01-ringkasan-eksekutif", "02-anggaran") for kind in ("angka.json", "html")]
    assert sorted(p.name for p in (desk.out / "kosong").iterdir()) == [*pages, *EXPORTS]


def test_a_pack_that_is_not_there_is_told(desk, tmp_path):
    with pytest.raises(InputError, match="no such folder"):
        desk.publish(data=tmp_path / "tiada")
    assert not desk.out.exists()


def test_what_a_focus_group_says_makes_its_report_stale_and_no_other(desk, asked):
    notebook(desk.folder, "# focus_group(plan, data)", name="06-hasil")
    desk.publish()
    points = desk.data / "fgd/participants/hemat.csv"
    points.write_text("criterion,points\nbiaya,90\ndesa,10\n", encoding="utf-8")
    desk.publish()
    before, after = ({job.notebook.stem: job.key for job in jobs} for jobs, _ in asked)
    assert [stem for stem in before if before[stem] != after[stem]] == ["06-hasil"]


def test_nothing_is_built_while_a_focus_groups_file_is_wrong(desk, asked):
    (desk.data / "fgd/participants/hemat.csv").write_text("criterion,points\nbiaya,90\ndesa,1\n", encoding="utf-8")
    with pytest.raises(InputError, match="91 in all"):
        desk.publish()
    assert asked == []


SHEET = PARAMETERS + 'agency: str = ""  # id\n'


def sheets(desk: Desk) -> None:
    """The notebook of the sheets, as short as it can be."""
    notebook(desk.folder, "HTML('<p>' + escape(agency) + '</p>')", name="08-lembar-opd", parameters=SHEET)


def test_sheets_of_the_base_are_wanted_with_the_rest_and_of_others_when_asked_for(desk, asked):
    sheets(desk)
    desk.scenario("lain")
    desk.publish()
    jobs, only = asked[-1]
    assert only is None
    assert [job.name for job in jobs if job.agency] == ["baseline/opd/kominfo", "baseline/opd/kec-seberang"]
    desk.publish("lain")
    assert asked[-1][1] == {"lain/01-ringkasan-eksekutif", "lain/02-anggaran"}
    desk.publish("lain", agencies=("kominfo",))
    assert asked[-1][1] == {"lain/opd/kominfo"} and "lain/opd/kec-seberang" not in {job.name for job in asked[-1][0]}
    desk.publish(notebooks=("8",), agencies=(EACH,))
    assert asked[-1][1] == {f"{scenario}/opd/{agency}" for scenario in ("baseline", "lain") for agency in ("kominfo", "kec-seberang")}
    desk.publish("baseline", notebooks=("2",), agencies=("kominfo",), language="en")
    assert asked[-1][1] == {"baseline/02-anggaran.en", "baseline/opd/kominfo.en"}
    desk.publish(notebooks=("2",))
    assert not any("opd" in name for name in asked[-1][1])


def test_a_sheet_that_was_asked_for_once_is_kept_up_to_date(desk, asked):
    sheets(desk)
    desk.scenario("lain")
    write_manifest(desk.out, {"lain/opd/kominfo": Record({}, "ok")})
    desk.publish("lain")
    assert asked[-1][1] == {"lain/01-ringkasan-eksekutif", "lain/02-anggaran", "lain/opd/kominfo"}


def test_sheets_are_refused_without_saying_whose(desk):
    sheets(desk)
    with pytest.raises(InputError) as error:
        desk.publish("baseline", notebooks=("08",))
    told = "08-lembar-opd makes one sheet per agency: add --each agency for all 2, or --agency ID for one, such as --agency kominfo"
    assert str(error.value).startswith(told)
    with pytest.raises(InputError, match="no agency 'komimfo'; there are: kominfo, kec-seberang. did you mean 'kominfo'"):
        desk.publish(agencies=("komimfo",))
    assert not desk.out.exists()


def test_a_sheet_is_built_where_its_links_lead_back_and_goes_with_its_agency(desk):
    sheets(desk)
    (desk.folder / "02-anggaran.ipynb").unlink()
    desk.scenario("lain")
    assert desk.publish("lain", agencies=(EACH,)) == 0
    page = BeautifulSoup((desk.out / "lain/opd/kominfo.html").read_text(encoding="utf-8"), "html.parser")
    assert page.find("p", string="kominfo")
    links = [(a["href"], a.get("aria-current")) for a in page.nav.find_all("a")]
    assert links == [
        ("../../index.html", None), ("../01-ringkasan-eksekutif.html", None), ("../../index.html#opd", None), ("kominfo.html", "page"),
    ]  # fmt: skip
    assert {p.name for p in (desk.out / "lain/opd").glob("*.html")} == {"kominfo.html", "kec-seberang.html"}
    assert "lain/opd/kominfo" in read_manifest(desk.out)
    (desk.data / "scenarios/lain.yaml").unlink()
    assert desk.publish() == 0
    assert not (desk.out / "lain").exists() and (desk.out / "baseline/opd/kominfo.html").exists()


def test_figures_beside_reports_follow_the_reports_that_are_asked_for(desk, monkeypatch):
    notebook(desk.folder, "1", name="09-perbandingan", parameters=OVER_ALL)
    seen = []
    monkeypatch.setattr(module, "build", lambda jobs_list, *, only, **rest: seen.append(only) or BuildResult((), (), (), ()))
    desk.scenario("lain")
    desk.publish(notebooks=("9",))
    desk.publish("lain", notebooks=("2",))
    assert seen == [{"perbandingan", "angka"}, {"lain/02-anggaran", "lain/berkas", "lain/angka"}]


def test_languages_share_the_figures_and_each_says_truly_why_it_is_built(desk):
    notebook(desk.folder, "HTML('<p>semua</p>')", name="09-perbandingan", parameters=OVER_ALL)

    def built(language: str) -> dict[str, str]:
        desk.said.clear()
        assert desk.publish(language=language) == 0
        lines = [re.match(r"\[.*?\] (\S+)  .*?\((.*?)\)", line) for line in desk.said]
        return {line[1]: line[2] for line in lines if line}

    shared = {"baseline/angka", "angka"}
    mine = {"baseline/01-ringkasan-eksekutif", "baseline/02-anggaran", "baseline/berkas", "perbandingan"}
    english = {f"{name}.en" for name in mine}
    assert built("id") == dict.fromkeys(mine | shared, "not built yet")
    assert built("en") == dict.fromkeys(english, "not built yet") and built("id") == built("en") == {}
    settings = desk.data / "settings.csv"
    settings.write_text(settings.read_text(encoding="utf-8").replace("2026-11-23", "2026-11-24"), encoding="utf-8")
    assert built("en") == dict.fromkeys(english | shared, "inputs changed")
    assert built("id") == dict.fromkeys(mine, "inputs changed") and built("id") == built("en") == {}


def test_the_index_tells_what_has_become_stale_since(desk):
    assert desk.publish() == 0
    (desk.folder / "01-ringkasan-eksekutif.ipynb").write_text((desk.folder / "02-anggaran.ipynb").read_text(), encoding="utf-8")
    assert desk.publish(notebooks=("2",)) == 0, "only the other is looked at"
    assert desk.states() == ["stale", "ok"]
    assert speak("id")("notebook changed") in (desk.out / "index.html").read_text(encoding="utf-8")
