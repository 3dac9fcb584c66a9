"""The assumption book holds every row of every table, as it was typed, and what the scenario changed."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from plan_samples import LANGUAGES, edge, project
from tiny_pack import TINY, with_changes

from egov_model.inputs.catalogue import TABLES as CATALOGUE
from egov_model.inputs.priced import priced_items
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan
from egov_model.report import assumptions_view
from egov_model.report.wording import speak
from egov_model.report.words import TABLES

both_languages = pytest.mark.parametrize("language", LANGUAGES)


@both_languages
@pytest.mark.parametrize("name", TABLES)
def test_every_row_stands_with_unit_source_and_evidence(language, name):
    plan, say = project(), speak(language)
    rows = plan.inputs.rows[name]
    view = assumptions_view.records(say, name, rows)
    fields = [field for field in CATALOGUE[name].columns() if field not in ("unit", "source", "evidence")]
    assert view.columns == (*fields, say("Unit"), say("Source"), say("Evidence"))
    assert len(view.rows) == len(rows)
    for cells, record in zip(view.rows, rows.values(), strict=True):
        assert len(cells) == len(view.columns)
        assert cells[-3:-1] == (record.unit, record.source)
        for cell, field in zip(cells, fields, strict=False):
            value = getattr(record, field)
            if isinstance(value, float):
                thousands, point = (".", ",") if language == "id" else (",", ".")
                plain = cell.replace(thousands, "").replace(point, ".").replace("\N{MINUS SIGN}", "-")
                assert float(plain) == value, (field, cell)
            elif isinstance(value, str):
                assert cell == value


@both_languages
def test_numbers_have_separators_and_years_have_none(language):
    say, rows = speak(language), edge("as it is").inputs.rows
    procurement = assumptions_view.records(say, "procurement", rows["procurement"])
    limit = procurement.columns.index("max_value_idr")
    assert procurement.rows[0][limit] == ("200.000.000" if language == "id" else "200,000,000")
    prices = assumptions_view.records(say, "prices", rows["prices"])
    assert prices.rows[0][prices.columns.index("price_year")] == "2027"
    codes = assumptions_view.records(say, "sub_activities", rows["sub_activities"])
    assert (codes.rows[0][1], codes.rows[0][codes.columns.index("valid_from")]) == ("2.16.03.2.02.0030", "2024")


@both_languages
def test_register_holds_every_table_closed(language):
    say, plan = speak(language), edge("as it is")
    soup = BeautifulSoup(str(assumptions_view.register(say, plan)), "html.parser")
    boxes = soup.find_all("details")
    assert len(boxes) == len(TABLES) == len(CATALOGUE)
    assert not any(box.has_attr("open") for box in boxes)
    for box, (name, title) in zip(boxes, TABLES.items(), strict=True):
        count = len(plan.inputs.rows[name])
        assert box.summary.get_text() == f"{say(title)} ({say.plural('{n} row', '{n} rows', count)})"
        assert len(box.select("tbody tr")) == count


CHANGES = """
set:
  settings.ceiling_factor: 0.8
  settings.revised_budget_held: n
  settings.issued_on: 2027-01-31
  agencies.kominfo.urusan: "2.20"
  roles.analis.mode: 5500000
  roles.analis.on_board: 3
  phase_roles.beli.build.analis.fte: 0.25
drop:
  formations: [analis.2028]
"""


@both_languages
def test_changes_are_written_like_the_rest_of_the_page_and_codes_stay_as_they_are(language, tmp_path):
    say, plan = speak(language), build_plan(with_changes(tmp_path, CHANGES))
    view = assumptions_view.changes(say, plan)
    found = {row[0]: row[1:3] for row in view.rows}
    assert {row[3] for row in view.rows} == {"case"}
    yes, no = say("yes"), say("no")
    wanted = {
        "settings.ceiling_factor.value": ("1", "0,8"),
        "settings.revised_budget_held.value": (yes, no),
        "settings.issued_on.value": ("2026-11-23", "2027-01-31"),
        "agencies.kominfo.urusan": ("2.16", "2.20"),
        "roles.analis.mode": ("5.000.000", "5.500.000"),
        "roles.analis.on_board": ("1", "3"),
        "phase_roles.beli.build.analis.fte": ("0,5", "0,25"),
        "formations.analis.2028": (yes, no),
    }
    if language == "en":
        swap = str.maketrans(".,", ",.")
        number = {key for key in wanted if key.endswith((".mode", ".fte")) or "factor" in key}
        wanted = {key: tuple(v.translate(swap) for v in pair) if key in number else pair for key, pair in wanted.items()}
    assert found == wanted
    assert assumptions_view.changes(say, edge("as it is")).rows == ()


@both_languages
def test_settings_name_what_was_changed(language, tmp_path):
    say, plan = speak(language), build_plan(with_changes(tmp_path, CHANGES))
    rows = {row[0]: row[1:] for row in assumptions_view.settings(say, plan).rows}
    assert len(rows) == len(plan.inputs.rows["settings"])
    settings = plan.inputs.rows["settings"]
    point = "," if language == "id" else "."
    assert rows[say.title(settings["ceiling_factor"])][:2] == (f"0{point}8 ({say('changed')})", f"0{point}5 \N{EN DASH} 1{point}5")
    assert rows[say.title(settings["personnel_limit_share"])][0] == f"0{point}3"
    assert rows[say.title(settings["revised_budget_held"])][0] == f"{say('no')} ({say('changed')})"
    assert rows[say.title(settings["first_year"])][:2] == ("2027", "\N{EN DASH}")


@both_languages
def test_rows_by_evidence_add_up(language):
    say, plan = speak(language), project()
    *rows, total = assumptions_view.evidence(say, plan).rows
    numbers = [[int(cell.replace(".", "").replace(",", "")) for cell in row[1:]] for row in (*rows, total)]
    assert [sum(column) for column in zip(*numbers[:-1], strict=True)] == numbers[-1]
    assert all(sum(row[:-1]) == row[-1] for row in numbers)
    assert numbers[-1][-1] == sum(len(records) for records in plan.inputs.rows.values())


@both_languages
def test_doubtful_prices_are_only_doubtful_ones(language):
    say, plan = speak(language), project()
    prices = {p.name: p for p in priced_items(plan.inputs.rows).values()}
    rows = assumptions_view.influence(say, plan).rows
    assert 0 < len(rows) <= 12
    assert {prices[row[0]].evidence for row in rows} <= {"assumption", "low"}
    assert [row[3] for row in rows] == [prices[row[0]].source for row in rows]
    assert assumptions_view.influence(say, edge("nothing fits")).rows == ()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("set: {prices.alat.mode: 9000000}", "Rp336.764.150, sedangkan skenario dasar Rp340.264.150, lebih murah Rp3.500.000 (1,0%)"),
        ("set: {prices.alat.mode: 12000000}", "Rp347.264.150, sedangkan skenario dasar Rp340.264.150, lebih mahal Rp7.000.000 (2,1%)"),
        ("set: {roles.analis.mode: 5500000}", "Rp340.264.150, sedangkan skenario dasar Rp340.264.150, tidak berbeda"),
    ],
)
def test_all_changes_together_against_the_base(tmp_path, body, told):
    """Three villages get a device of 10 million, the far one at one and a half times the price; pay of own staff is no cost."""
    base = build_plan(load_scenario("baseline", TINY))
    said = assumptions_view.against_base(speak("id"), build_plan(with_changes(tmp_path, body)), base)
    assert told in said.replace("\N{NO-BREAK SPACE}", "").replace(" %", "%")


@both_languages
def test_the_base_itself_and_a_pack_without_one_say_so(language):
    say, plan = speak(language), project()
    assert assumptions_view.against_base(say, plan, plan) == say("This scenario is the base the others are compared with.")
    assert assumptions_view.against_base(say, plan, None) == say("The data pack has no base scenario to compare with.")
