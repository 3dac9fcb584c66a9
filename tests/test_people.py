"""Supply of people by hand: attrition, formations, holidays."""

from __future__ import annotations

import numpy as np
import pytest
from tiny_pack import with_changes

from egov_model.model.people import by_month, day_shares, hired_heads, hiring_of, project_capacity_milli_fte, supply_fte, working_share
from egov_model.model.timeline import make_timeline


def both(tmp_path, body=""):
    inputs = with_changes(tmp_path, body)
    return inputs, make_timeline(inputs.settings)


def test_one_analyst_then_two(tmp_path):
    supply = supply_fte(*both(tmp_path))[0]
    assert supply[:53].tolist() == [1.0] * 53  # the formation arrives on 1 January 2028, after week 52 began
    assert supply[53:].tolist() == [2.0] * 52


def test_a_late_formation_arrives_a_year_later(tmp_path):
    assert supply_fte(*both(tmp_path, "set: {settings.hiring_delay_years.value: 1}"))[0].max() == 1.0


def test_attrition_halves_in_a_year(tmp_path):
    supply = supply_fte(*both(tmp_path, "set: {roles.analis.attrition: 0.5}"))[0]
    assert supply[0] == 1.0
    assert supply[52] == pytest.approx(0.5 ** (364 / 365.25))
    assert supply[53] == pytest.approx(0.5 ** (371 / 365.25) + 1)


def test_hires_leave_as_others_do_and_join_those_on_board(tmp_path):
    """Half leave in a year; one on board, one hired on Saturday 1 January 2028: at work from week 53."""
    body = "set: {roles.analis.attrition: 0.5}"
    supply = supply_fte(*both(tmp_path, body))[0]
    year = 7 / 365.25
    assert supply[80] == pytest.approx(0.5 ** (80 * year) + 0.5 ** (27 * year))


def test_a_formation_begins_on_the_first_of_its_month_and_adds_to_others(tmp_path):
    more = "{role: analis, year: 2027, arrives_month: 10, hires: 3, unit: orang, source: uji, evidence: assumption}"
    two = "{role: teknisi, year: 2027, arrives_month: 1, hires: 5, unit: orang, source: uji, evidence: assumption}"
    role = (
        "{id: teknisi, title_id: Teknisi, title_en: Technician, employment: asn, on_board: 2, project_share: 1, operate_share: 0, "
        "attrition: 0, price_year: 2027, low: 1, mode: 1, high: 1, unit: rupiah/bulan, source: uji, evidence: assumption}"
    )
    analyst, technician = supply_fte(*both(tmp_path, f"add: {{roles: [{role}], formations: [{two}, {more}]}}"))
    assert analyst[:39].tolist() == [1.0] * 39 and analyst[39] == 4.0  # Friday 1 October 2027 is the first day of week 39
    assert analyst[53] == 5.0 and technician.tolist() == [7.0] * 105  # each role has its own, whatever stands between them


@pytest.mark.parametrize(
    ("first", "last", "capacity", "months"),
    [
        ("2027-01-04", "2027-01-08", 0.3, {0: 1 - 0.7 * 5 / 21}),  # Monday to Friday; January 2027 has 21 working days
        ("2027-01-09", "2027-01-10", 0, {}),  # a weekend
        ("2027-01-29", "2027-02-01", 0, {0: 20 / 21, 1: 19 / 20}),  # Friday to Monday, in two months
        ("2028-12-25", "2029-01-10", 0, {23: 16 / 21}),  # Monday to Friday of the last week, and on past the end of the plan
        ("2026-12-25", "2027-01-04", 0, {0: 19 / 21}),  # began before it; Friday 1 and Monday 4 January
    ],
)
def test_a_holiday_takes_its_working_days_of_the_month(tmp_path, first, last, capacity, months):
    holiday = f"{{name: Libur, first: {first}, last: {last}, capacity: {capacity}, unit: bagian, source: uji, evidence: assumption}}"
    inputs, timeline = both(tmp_path, f"add: {{holidays: [{holiday}]}}")
    share = working_share(inputs, timeline)
    assert share.tolist() == pytest.approx([months.get(month, 1.0) for month in timeline.week_month.tolist()])


def test_holidays_of_a_month_add_up_and_of_two_on_one_day_the_shorter_day_counts(tmp_path):
    days = (("A", "2027-01-08", "2027-01-11", 0.5), ("B", "2027-01-11", "2027-01-12", 0))  # Friday to Monday, Monday to Tuesday
    rows = (f"{{name: {n}, first: {f}, last: {t}, capacity: {c}, unit: bagian, source: uji, evidence: assumption}}" for n, f, t, c in days)
    share = working_share(*both(tmp_path, f"add: {{holidays: [{', '.join(rows)}]}}"))
    assert share[:5].tolist() == pytest.approx([(21 - 0.5 - 1 - 1) / 21] * 5) and share[5] == 1  # five Fridays in January


def test_every_day_of_the_plans_years_and_no_other(tmp_path):
    """365 days of 2027, which begins on a Friday, and 366 of 2028; a holiday that ends the day before takes nothing."""
    before = "{name: Libur, first: 2026-12-24, last: 2026-12-31, capacity: 0, unit: bagian, source: uji, evidence: assumption}"
    left = day_shares(*both(tmp_path, f"add: {{holidays: [{before}]}}"))
    assert left.shape == (731,) and left[:4].tolist() == [1, 0, 0, 1] and left[-3:].tolist() == [1, 0, 0]
    assert day_shares(*both(tmp_path / "one", "set: {settings.last_year: 2027}")).shape == (365,)


def test_projects_get_their_share_in_whole_thousandths(tmp_path):
    capacity = project_capacity_milli_fte(*both(tmp_path, "set: {roles.analis.project_share: 0.333}"))
    assert capacity[0, 0] == 333 and capacity[0, 60] == 666 and capacity.dtype == np.int64


def test_mean_by_month(tmp_path):
    _, timeline = both(tmp_path)
    weekly = np.zeros(timeline.weeks)
    weekly[0] = 1.0
    assert by_month(weekly, timeline)[0] == pytest.approx(1 / 5)  # January 2027 has five Fridays
    assert by_month(np.ones(timeline.weeks), timeline).tolist() == [1.0] * 24
    assert by_month(np.stack([weekly, np.ones(timeline.weeks)]), timeline)[:, 0].tolist() == pytest.approx([1 / 5, 1])


def test_a_hire_learns_before_they_count_in_full(tmp_path):
    """Hired on 1 January 2028, at work from Friday the 7th; three months are 91 days, thirteen weeks and a bit."""
    body = "set: {hiring.analis.asn.ramp_months: 3, hiring.analis.asn.ramp_high: 3, hiring.analis.asn.ramp_share: 0.5}"
    inputs, timeline = both(tmp_path, body)
    supply = supply_fte(inputs, timeline)[0]
    assert supply[52:69].tolist() == [1.0] + [1.5] * 14 + [2.0] * 2  # week 14 after the first begins 98 days later
    assert hired_heads(inputs, timeline)[0, 53:].tolist() == [1.0] * 52 and not hired_heads(inputs, timeline)[0, :53].any()


def test_who_learns_leaves_as_well(tmp_path):
    """Half leave in a year: ten weeks after they came, those left count for a quarter each."""
    learn = "hiring.analis.asn.ramp_months: 6, hiring.analis.asn.ramp_high: 6, hiring.analis.asn.ramp_share: 0.25"
    supply = supply_fte(*both(tmp_path, f"set: {{roles.analis.on_board: 0, roles.analis.attrition: 0.5, {learn}}}"))[0]
    assert supply[63] == pytest.approx(0.25 * 0.5 ** (10 * 7 / 365.25))


def test_formations_learn_as_their_own_form_of_hire_does(tmp_path):
    part = (
        "{role: analis, form: pppk-part-time, proposal_deadline: 03-31, arrives_month: 1, most: 1, working_share: 0.5, ramp_share: 0, "
        "ramp_low: 1, ramp_months: 2, ramp_high: 3, low: 7, mode: 9, high: 12, unit: bulan, source: uji, evidence: assumption}"
    )
    inputs, timeline = both(tmp_path, f"add: {{hiring: [{part}]}}")
    assert supply_fte(inputs, timeline)[0, 53] == 2.0  # the post is of form asn
    other, timeline = both(tmp_path / "other", f"add: {{hiring: [{part}]}}\nset: {{roles.analis.employment: pppk}}")
    assert supply_fte(other, timeline)[0, 53] == 2.0 and hiring_of(other, "analis").form == "asn"  # none of its own: the first
    whole = part.replace("pppk-part-time", "pppk")
    own, _ = both(tmp_path / "own", f"add: {{hiring: [{whole}]}}\nset: {{roles.analis.employment: pppk}}")
    assert hiring_of(own, "analis").form == "pppk"  # its own, though not the first
    none, timeline = both(tmp_path / "none", "drop: {hiring: [analis.asn]}")
    assert supply_fte(none, timeline)[0, 53] == 2.0 and hiring_of(none, "analis") is None


def test_projects_get_less_in_a_month_of_short_days(tmp_path):
    short = "{name: Puasa, first: 2027-01-01, last: 2027-01-31, capacity: 0.5, unit: bagian, source: uji, evidence: assumption}"
    capacity = project_capacity_milli_fte(*both(tmp_path, f"set: {{roles.analis.project_share: 0.8}}\nadd: {{holidays: [{short}]}}"))[0]
    assert capacity[:6].tolist() == [400, 400, 400, 400, 400, 800]  # the fifth week begins on 29 January
