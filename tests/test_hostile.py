"""Texts that mean harm, in every field a planner may type: it is refused and told why, or it stays text on every page and in every file."""

from __future__ import annotations

import csv
import json
import re
from xml.etree import ElementTree

import hostile_samples
import icalendar
import openpyxl
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from hostile_samples import TYPED, TYPED_LATER, fields, harmful_pack, kinds, taken
from tiny_pack import copy_of_tiny

from egov_model import build_outlook, build_plan, load_scenario
from egov_model.inputs.errors import InputError
from egov_model.inputs.letters import one_line
from egov_model.report.agency_page import TABLES as OF_AGENCY
from egov_model.report.agency_page import agency_page
from egov_model.report.contents import DRAWN_FIGURES, DRAWN_FINDINGS, DRAWN_TABLES, FIGURES, FINDINGS, TABLES
from egov_model.report.exports import write_figures, write_files
from egov_model.report.figure_cells import figure_cells
from egov_model.report.marks import DIRECTION, mark
from egov_model.report.notebook import report_page
from egov_model.report.wording import speak

MARKUP = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
MORE = "</style>]]>--><!--{{7*7}}{0}{x}%s&#x3c;$\\frac$ `x` [x](javascript:1)"
HARMS = {  # what free text may hold
    "markup": f"{MARKUP}{MORE}",
    "formula": '=HYPERLINK("http://x")',
    "plus": "+1+1",
    "minus": "-1+1",
    "at": "@SUM(1)",
    "tab": "\t=1+1",
    "lines": "a\r\nb\u2028c\n=1+1",
    "unseen": "\u202e\u2067\u200f\u200b\ufeff=1+1",
    "mark": mark("alone", "", MARKUP),
    "arabic": "ديوان (٢)",
}
REFUSED = {  # what no text may hold
    "\x1b[31m": "U+001B",
    "\x00": "U+0000",
    "\x07": "U+0007",
    "\x7f": "U+007F",
    "\x9b31m": "U+009B",
    "\ud800": "U+D800",
    "\uffff": "U+FFFF",
}
LONG = "a" * 10_000
LOADED = {"markup": f"{HARMS['unseen'][:-4]}{HARMS['mark']}{MARKUP}{MORE}", "formula": HARMS["formula"], "minus": HARMS["minus"]}


@pytest.mark.parametrize("table", kinds())
def test_every_field_takes_it_or_says_why_not(table):
    kind = kinds()[table]
    for field in kind.record.model_fields:
        for name, harm in HARMS.items():
            made, found = kind.made(field, harm)
            free = (table, field) in taken() or (table, field) == TYPED_LATER or table == TYPED
            assert (made is None) == bool(found) and (free or made is None or not one_line(harm).strip()), (field, name)
            assert made is None or table == TYPED or getattr(made, field) == one_line(harm), (field, name)
            told(found, kind.file, field, name)


def told(problems, file, field, name):
    """Each problem says where, what was found and what is allowed, without a letter that steers a screen."""
    for p in problems:
        assert (p.file, p.row, p.field) == (file, 2, field) and p.found and p.allowed, (field, name, p)
        assert str(InputError([p])).replace("\n", "").isprintable(), (field, name)


@pytest.mark.parametrize(("table", "field"), sorted(taken()))
def test_free_text_refuses_what_is_no_letter_and_too_many(table, field):
    kind = kinds()[table]
    for harm, letter in REFUSED.items():
        made, found = kind.made(field, f"ab{harm}c")
        assert made is None and len(found) == 1 and f"take out letter 3, {letter}" in found[0].allowed
        told(found, kind.file, field, letter)
    made, found = kind.made(field, LONG)
    assert made is None and f"field {field}: found 10,000 letters; allowed: {kind.most(field):,} letters or less" in str(found[0])
    assert kind.made(field, "a" * kind.most(field))[0] is not None


def test_every_other_field_refuses_ten_thousand_letters_in_few_words():
    for table, field in set(fields()) - taken() - {TYPED_LATER}:
        made, found = kinds()[table].made(field, LONG)
        assert made is None or table == TYPED, (table, field)
        assert all(len(str(p)) < 1_000 for p in found), (table, field)


def test_every_setting_refuses_it(tmp_path):
    pack = copy_of_tiny(tmp_path)
    rows = list(csv.DictReader((pack / "settings.csv").read_text(encoding="utf-8").splitlines()))
    with (pack / "settings.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, "value": MARKUP} for row in rows)
    with pytest.raises(InputError) as caught:
        load_scenario("baseline", pack)
    problems = [p for p in caught.value.problems if p.file == "tiny/settings.csv"]
    assert all(p.field == "value" and p.found and p.allowed for p in problems)
    assert {p.row for p in problems if MARKUP[:8] in p.found} == set(range(2, len(rows) + 2))


@pytest.fixture(scope="module", params=LOADED)
def hostile(request, tmp_path_factory):
    """The plan of a pack whose every free text begins with a harm, and the harm as it is read."""
    harm = LOADED[request.param]
    plan = build_plan(load_scenario("baseline", harmful_pack(tmp_path_factory.mktemp("hostile"), harm)))
    return plan, one_line(harm)


def test_the_pack_holds_it_in_every_free_text(hostile):
    plan, harm = hostile
    rows = {name: list(records.values()) for name, records in plan.inputs.rows.items()}
    rows |= {"region": [plan.inputs.region], "scenario": [plan.inputs.scenario]}
    texts = ((name, f, str(getattr(r, f))) for name, records in rows.items() for r in records for f in type(r).model_fields)
    held = {(name, f) for name, f, text in texts if text.startswith(harm[:30])}
    apart = {(t, f) for t, f in taken() if t in (*hostile_samples.NOT_IN_PACK, "issue") or t.startswith("fgd_")}
    assert held == taken() - apart


@pytest.mark.parametrize("hostile", ["markup"], indirect=True)
def test_pages_hold_it_as_text_alone(hostile):
    plan, harm = hostile
    page, sheet = report_page(plan, "id", outlook=build_outlook(plan, 16, 1)), agency_page(plan)
    made = [page.header("answer"), page.decision(), page.gantt(), page.register(), page.legal(), page.footer()]
    made += [sheet.header(), sheet.facts()]
    made += [page.sentence(name) for name in FINDINGS | DRAWN_FINDINGS] + [page.table(name) for name in TABLES | DRAWN_TABLES]
    made += [page.figure(name) for name in FIGURES | DRAWN_FIGURES] + [sheet.table(name) for name in OF_AGENCY]
    body, _ = figure_cells("\n".join(made))
    assert not re.search(r"<(script|img|/style|!--)", body, re.IGNORECASE)
    assert not DIRECTION.search(body)
    soup = BeautifulSoup(body, "html.parser")
    assert not [tag for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
    assert " ".join(harm.split()) in " ".join(soup.get_text().split())


def test_files_beside_hold_it_as_text_alone(hostile, tmp_path):
    plan, harm = hostile
    write_figures(plan, tmp_path)
    write_files(plan, tmp_path, speak("id"))
    for path in tmp_path.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            texts = [cell for row in csv.reader(file) for cell in row if not re.fullmatch(r"-?[\d.e+-]+", cell)]
        assert not [cell for cell in texts if re.match(r"[=+\-@\t\r]", cell)], path.name
    book = openpyxl.load_workbook(tmp_path / "anggaran.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert not [cell.value for cell in cells if cell.data_type == "f" and "HYPERLINK" in cell.value]
    typed = [cell for cell in cells if cell.data_type != "f"]
    assert not [cell.value for cell in typed if re.match(r"[=+\-@\t\r]", cell.value) and not cell.quotePrefix]
    assert not [cell.hyperlink for cell in cells if cell.hyperlink and cell.hyperlink.target]
    assert any(harm in cell.value for cell in typed)
    project = ElementTree.fromstring((tmp_path / "jadwal.xml").read_text(encoding="utf-8"))
    assert any(harm in (e.text or "") for e in project.iter() if e.tag.endswith("Name"))
    raw = (tmp_path / "tenggat.ics").read_bytes()
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in raw.split(b"\r\n"))
    assert any(harm in str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(raw).walk("VEVENT"))
    assert any(harm in cell["title_id"] for cell in json.loads((tmp_path / "anggaran.json").read_text(encoding="utf-8"))["cells"])
    texts = [path.read_text(encoding="utf-8") for path in tmp_path.iterdir() if path.suffix != ".xlsx"]
    assert not [text for text in [*texts, *(cell.value for cell in cells)] if DIRECTION.search(text)]


def test_the_command_line_steers_no_screen_and_starts_no_formula(tmp_path):
    from egov_model.cli import egov

    pack = harmful_pack(tmp_path, "=1+1")
    ran = CliRunner().invoke(egov, ["params", "--format", "csv", "--data", str(pack)])
    assert ran.exit_code == 0 and "'=1+1" in ran.output
    assert not [cell for row in csv.reader(ran.output.splitlines()) for cell in row if cell.startswith("=")]
    for path in (pack / "agencies.csv", pack / "region.yaml", pack / "scenarios" / "baseline.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("name", "\x1b]0;x\x07name", 1).replace("title", "\x1b[31mtitle", 1), encoding="utf-8")
    ran = CliRunner().invoke(egov, ["check", "--data", str(pack)], catch_exceptions=True)
    assert isinstance(ran.exception, InputError) and len(ran.exception.problems) >= 3
    assert str(ran.exception).replace("\n", "").isprintable()
