"""Files beside the reports: the same figures, safe to open in a spreadsheet, the same bytes every time."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict, replace

import openpyxl
import pandas as pd
import pytest
from comparison_samples import tiny
from plan_samples import EDGES, HARM, edge, harmful_pack, plan_of, project

from egov_model.analysis import comparison_figures, summary
from egov_model.analysis.appraisal import appraise, service_headline
from egov_model.analysis.compare import headline
from egov_model.analysis.reached import LOCATION_COLUMNS
from egov_model.analysis.served import SERVICE_COLUMNS, service_frame
from egov_model.inputs.errors import EgovModelError
from egov_model.inputs.place import ROOT
from egov_model.inputs.scenario import load_scenario
from egov_model.model.duties import duties
from egov_model.model.plan import build_plan
from egov_model.report.answers import COMPARED_DRAWS
from egov_model.report.beside import FIGURES_FILES, files_in
from egov_model.report.exports import write_comparison, write_figures, write_files
from egov_model.report.spreadsheet import HEAD_ROW
from egov_model.report.wording import speak

WRITTEN = (*FIGURES_FILES, *files_in("id"))


def write_both(plan, folder):
    write_figures(plan, folder)
    write_files(plan, folder, speak("id"))


def rows(folder) -> list[dict[str, str]]:
    with (folder / "anggaran.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", [*EDGES, "baseline", "lean"])
def test_json_is_the_headline_and_csv_sums_to_the_total(name, tmp_path):
    plan = plan_of(name)
    write_figures(plan, tmp_path)
    found = json.loads((tmp_path / "ringkasan.json").read_text(encoding="utf-8"))
    wanted = asdict(headline(plan))
    wanted["finish"] = wanted["finish"] and wanted["finish"].isoformat()
    years = {str(y): row for y, row in summary.ceilings_by_year(plan).to_dict("index").items()}
    assert found == {**wanted, "years": years, "services": service_headline(plan), "inputs": plan.inputs.content_hash}
    cells = rows(tmp_path)
    assert sum(int(row["amount_idr"]) for row in cells) == found["total_idr"]
    for year in plan.timeline.years:
        assert sum(int(row["amount_idr"]) for row in cells if row["year"] == str(year)) == found["years"][str(year)]["used_idr"]


def test_csv_holds_every_column_of_every_budget_row(tmp_path):
    plan = project()
    write_figures(plan, tmp_path)
    cells = rows(tmp_path)
    assert list(cells[0]) == list(plan.budget.columns)
    assert [row["account_code"] for row in cells] == plan.budget["account_code"].tolist()
    assert [float(row["units"]) for row in cells] == plan.budget["units"].tolist()


def test_csv_json_and_spreadsheet_hold_the_same_cells(tmp_path):
    """Cell by cell: text in CSV, typed in JSON, and the amounts and codes of the workbook's detail sheet in the same order."""
    plan = project()
    write_both(plan, tmp_path)
    told = json.loads((tmp_path / "anggaran.json").read_text(encoding="utf-8"))
    assert told["scenario"] == "baseline" and told["inputs"] == plan.inputs.content_hash
    assert list(told["columns"]) == list(plan.budget.columns) and all(told["columns"].values())
    assert [{k: str(v) for k, v in cell.items()} for cell in told["cells"]] == rows(tmp_path)
    kinds = {name: type(value) for name, value in told["cells"][0].items()}
    assert (kinds["amount_idr"], kinds["year"], kinds["units"], kinds["account_code"]) == (int, int, float, str)
    sheet = openpyxl.load_workbook(tmp_path / "anggaran.xlsx", data_only=True)[speak("id")("Details")]
    heads = {cell.value: n for n, cell in enumerate(sheet[HEAD_ROW])}
    shown = [row for row in sheet.iter_rows(min_row=HEAD_ROW + 1, values_only=True) if row[1]]
    say, columns = speak("id"), {"Line": "line", "Year": "year", "Account code": "account_code", "Amount": "amount_idr"}
    for head, name in columns.items():
        assert [row[heads[say(head)]] for row in shown] == [cell[name] for cell in told["cells"]]


@pytest.mark.parametrize("name", [*EDGES, "baseline"])
def test_csv_of_duties_holds_every_application(name, tmp_path):
    plan = plan_of(name)
    write_figures(plan, tmp_path)
    with (tmp_path / "kewajiban.csv").open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    wanted = duties(plan)
    assert list(cells[0]) == list(wanted.columns) and [row["application"] for row in cells] == wanted["application"].tolist()
    assert [row["year"] for row in cells] == ["" if pd.isna(year) else str(year) for year in wanted["year"]]
    assert [int(row["amount_idr"]) for row in cells] == wanted["amount_idr"].tolist()


def test_every_site_stands_in_its_own_file(tmp_path):
    """Seven sites of the tiny regency; nobody takes its health centres, so they have no year."""
    write_figures(edge("as it is"), tmp_path)
    with (tmp_path / "lokasi.csv").open(encoding="utf-8", newline="") as file:
        sites = {row["id"]: row for row in csv.DictReader(file)}
    assert len(sites) == 7 and list(next(iter(sites.values()))) == list(LOCATION_COLUMNS)
    far = sites["99.01.02.2001"]
    assert (far["technology"], far["power"], far["initiative"], far["year"]) == ("leo", "solar", "alat-desa", "2027")
    assert (far["users"], far["need_mbps"], far["capex_idr"], far["opex_idr_year"]) == ("5", "1.0", "38250000", "15150000")
    assert (sites["pkm-990101-1"]["initiative"], sites["pkm-990101-1"]["year"]) == ("", "")


def test_services_stand_in_their_own_file_and_their_worth_in_the_summary(tmp_path):
    plan, without = edge("as it is"), edge("only what runs")
    write_figures(plan, tmp_path, without)
    with (tmp_path / "layanan.csv").open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    assert list(cells[0]) == list(SERVICE_COLUMNS)
    wanted = service_frame(plan)
    assert [(row["service"], float(row["digital"]), int(row["cost_idr"])) for row in cells] == list(
        zip(wanted["service"], wanted["digital"], wanted["cost_idr"], strict=True)
    )
    told = json.loads((tmp_path / "ringkasan.json").read_text(encoding="utf-8"))["services"]
    made = appraise(plan, without)
    assert (told["services"], told["services_digital"], told["villages_connected"]) == (2, 2, 3)
    assert told["benefit_cost_ratio"] == round(float(made.ratio()[0]), 4) and told["npv_idr"] == round(float(made.npv_idr()[0]))
    assert told["benefit_cost_ratio_without_citizens_time"] < told["benefit_cost_ratio"] and told["payback_year"] is None
    write_figures(edge("new work does not fit"), tmp_path)
    with (tmp_path / "layanan.csv").open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    assert (first["go_live"], first["held_by"], first["digital"]) == ("", "aplikasi", "0.0")


def test_no_cell_is_run_as_a_formula(tmp_path):
    plan = build_plan(load_scenario("baseline", harmful_pack(tmp_path)))
    write_figures(plan, tmp_path / "out")
    cells = [cell for row in rows(tmp_path / "out") for cell in row.values()]
    assert HARM.startswith("=") and any(cell.startswith(f"'{HARM}") for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]


@pytest.mark.parametrize(
    ("text", "written"),
    [*((f"{sign}cmd", f"'{sign}cmd") for sign in "=+-@\t"), ("\r=1", " =1"), ("a\r\nb, c\nd", "a b, c d"), ("2.16", "2.16")],
)
def test_text_stays_text_and_in_one_line(text, written, tmp_path):
    plan = edge("as it is")
    other = replace(plan)
    other.__dict__["budget"] = plan.budget.assign(item_name=text)
    write_figures(other, tmp_path)
    assert {row["item_name"] for row in rows(tmp_path)} == {written}


def test_the_same_plan_gives_the_same_bytes_and_leaves_the_files_alone(tmp_path):
    write_both(edge("as it is"), tmp_path)
    before = {name: ((tmp_path / name).read_bytes(), (tmp_path / name).stat().st_mtime_ns) for name in WRITTEN}
    write_both(edge("as it is"), tmp_path)
    assert {name: ((tmp_path / name).read_bytes(), (tmp_path / name).stat().st_mtime_ns) for name in WRITTEN} == before
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(WRITTEN)
    texts = {name: content for name, (content, _) in before.items() if not name.endswith("xlsx")}
    assert all(content.endswith(b"\n") and (b"\r" in content) == name.endswith(".ics") for name, content in texts.items())


def test_files_of_another_language_are_beside_and_touch_no_figures(tmp_path):
    """Whoever makes the files of a second language finds the first's and the figures as they were."""
    write_both(edge("as it is"), tmp_path)
    before = {name: (tmp_path / name).stat().st_mtime_ns for name in WRITTEN}
    write_files(edge("as it is"), tmp_path, speak("en"))
    assert {name: (tmp_path / name).stat().st_mtime_ns for name in WRITTEN} == before
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted((*WRITTEN, *files_in("en")))


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "lain").write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(EgovModelError, match="cannot write ringkasan.json"):
        write_figures(edge("as it is"), tmp_path / "lain")


@pytest.mark.parametrize("draws", [0, 30])
def test_files_over_all_scenarios_hold_what_is_compared(tmp_path, draws):
    found = tiny(draws)
    write_comparison(found, tmp_path)
    told = json.loads((tmp_path / "perbandingan.json").read_text(encoding="utf-8"))
    assert told.pop("inputs") == {plan.inputs.scenario.name: plan.inputs.content_hash for plan in found.plans}
    assert told == json.loads(json.dumps(comparison_figures.figures(found)))
    with (tmp_path / "perbandingan.csv").open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    assert [row["scenario"] for row in cells] == list(found.scenarios)
    assert [int(row["total_idr"]) for row in cells] == [int(plan.budget["amount_idr"].sum()) for plan in found.plans]


def test_the_notebook_over_all_scenarios_makes_as_many_draws_as_the_files_beside_it():
    notebook = (ROOT / "notebooks" / "09-perbandingan.ipynb").read_text(encoding="utf-8")
    assert f'"draws: int = {COMPARED_DRAWS}  #' in notebook
