"""Measures against a shortage of people by hand: dates counted back and forth, what each adds, what it costs."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest
from tiny_pack import with_changes

from egov_model.model.drivers import count_drivers
from egov_model.model.posts import CONTRACT, HIRE, TRAIN, options, proposed_by, unit_price_idr
from egov_model.model.timeline import make_timeline

TECHNICIAN = (
    "{id: teknisi, title_id: Teknisi, title_en: Technician, employment: asn, on_board: 2, project_share: 0.5, operate_share: 0.25, "
    "attrition: 0, price_year: 2027, low: 4000000, mode: 4000000, high: 4000000, unit: rupiah/bulan, source: uji, evidence: assumption}"
)
TRAINED = (
    "{from_role: teknisi, to_role: analis, item: alat, participants: 2, most: 1, low: 2, mode: 2.5, high: 4, unit: bulan, source: uji, "
    "evidence: assumption}"
)


def found(tmp_path, body="", buyable=0):
    inputs = with_changes(tmp_path, body)
    timeline, drivers = make_timeline(inputs.settings), count_drivers(inputs)
    shape = (len(inputs.rows["roles"]), len(timeline.months))
    return options(inputs, timeline, drivers, np.full(shape, buyable, dtype=np.int64))


@pytest.mark.parametrize(
    ("deadline", "months", "arrives", "by"),
    [
        ("03-31", 11, date(2028, 3, 1), date(2027, 3, 31)),  # 1 April 2027 is eleven months before
        ("03-31", 11.5, date(2028, 3, 1), date(2026, 3, 31)),  # the first half of a month begun is not waited for: 1 March
        ("03-31", 12, date(2028, 3, 1), date(2026, 3, 31)),
        ("03-31", 14, date(2029, 7, 1), date(2028, 3, 31)),
        ("06-30", 6, date(2029, 1, 1), date(2028, 6, 30)),
        ("12-31", 1, date(2029, 2, 1), date(2028, 12, 31)),
        ("04-01", 11, date(2028, 3, 1), date(2027, 4, 1)),  # that very day is early enough
        ("04-02", 11, date(2028, 3, 1), date(2026, 4, 2)),  # the day after is not
    ],
)
def test_proposals_close_the_lead_time_before_duty(deadline, months, arrives, by):
    assert proposed_by(SimpleNamespace(proposal_deadline=deadline, mode=months), arrives) == by


def test_a_hire_of_an_intake_that_is_still_open(tmp_path):
    """Proposals of January 2027 closed on 31 March 2026, before the plan was adopted; of the two of January 2028 one is planned."""
    (made,) = found(tmp_path)
    assert (made.kind, made.role, made.how, made.most) == (HIRE, "analis", "asn", 1)
    assert (made.decide_by, made.starts) == (date(2027, 3, 31), date(2028, 1, 1))
    assert made.idr.tolist() == [0, 12 * 5_000_000]
    assert made.adds_milli.tolist() == [[0] * 12 + [1200] * 12]  # all of a person's time is the plan's, and a fifth more for running


def test_no_hire_before_the_lead_time_after_adoption(tmp_path):
    assert found(tmp_path, "set: {settings.adopted_on: 2027-03-31}")
    assert not found(tmp_path / "late", "set: {settings.adopted_on: 2027-04-01}")


def test_a_late_formation_is_proposed_as_before_and_comes_later(tmp_path):
    (made,) = found(tmp_path, "set: {settings.hiring_delay_years: 1, settings.adopted_on: 2026-03-01}\ndrop: {formations: [analis.2028]}")
    assert (made.decide_by, made.starts, made.most) == (date(2026, 3, 31), date(2028, 1, 1), 2)


def test_a_formation_takes_its_places_from_the_form_it_is_filled_by(tmp_path):
    """Contracts of employment (pppk) close with the same proposals; the planned civil servant of 2028 leaves both their places free."""
    pppk = (
        "{role: analis, form: pppk, proposal_deadline: 03-31, arrives_month: 1, most: 2, working_share: 1, ramp_share: 1, ramp_low: 0, "
        "ramp_months: 0, ramp_high: 0, low: 7, mode: 9, high: 12, unit: bulan, source: uji, evidence: assumption}"
    )
    made = found(tmp_path, f"add: {{hiring: [{pppk}]}}")
    assert [(o.how, o.most) for o in made] == [("asn", 1), ("pppk", 2)]
    other = found(tmp_path / "other", f"set: {{roles.analis.employment: pppk}}\nadd: {{hiring: [{pppk}]}}")
    assert [(o.how, o.most) for o in other] == [("asn", 2), ("pppk", 1)]


def test_no_hire_where_the_plan_takes_every_place_and_none_beyond_its_years(tmp_path):
    assert not found(tmp_path, "set: {formations.analis.2028.hires: 2}")
    (made,) = found(tmp_path / "year", "set: {settings.last_year: 2027, settings.adopted_on: 2026-03-01}")
    assert (made.starts, made.most, made.idr.tolist()) == (date(2027, 1, 1), 2, [60_000_000])


def test_who_learns_counts_in_part_is_paid_in_full_and_leaves(tmp_path):
    body = (
        "set: {hiring.analis.asn.ramp_months: 6, hiring.analis.asn.ramp_high: 6, hiring.analis.asn.ramp_share: 0.25, "
        "hiring.analis.asn.working_share: 0.5, roles.analis.attrition: 0.5}"
    )
    (made,) = found(tmp_path, body)
    weeks = np.arange(52) * 7 / 365.25  # from Friday 7 January 2028
    months = np.array([date.fromordinal(date(2028, 1, 7).toordinal() + 7 * n).month for n in range(52)])
    there = np.array([np.mean(0.5 ** weeks[months == m]) for m in range(1, 13)])
    assert made.idr[1] == round(float(there.sum() * 0.5 * 5_000_000))
    assert made.adds_milli[0, 12] == int(there[0] * 0.5 * 0.25 * 1.2 * 1000) and made.adds_milli[0, 23] == int(there[11] * 0.5 * 1.2 * 1000)


def test_training_takes_from_one_role_before_it_adds_to_the_other(tmp_path):
    """New money of 2027 from 12 February: training from March; two and a half months are three."""
    made = [o for o in found(tmp_path, f"add: {{roles: [{TECHNICIAN}], retraining: [{TRAINED}]}}") if o.kind == TRAIN]
    first, second = made
    assert (first.role, first.how, first.decide_by, first.starts) == ("analis", "teknisi", date(2027, 3, 1), date(2027, 6, 1))
    assert first.adds_milli.tolist() == [[0] * 5 + [1200] * 19, [0] * 2 + [-750] * 22]
    # two places at 10 million, and a million a month more pay from June
    assert first.idr.tolist() == [20_000_000 + 7_000_000, 12_000_000] and second.decide_by == date(2028, 3, 1)


def trained(tmp_path, body="", **role):
    """Training of the tiny regency's technician, with differences of that role."""
    technician = TECHNICIAN
    for key, value in role.items():
        technician = re.sub(rf"{key}: [\w.]+", f"{key}: {value}", technician)
    return [o for o in found(tmp_path, f"{body}\nadd: {{roles: [{technician}], retraining: [{TRAINED}]}}") if o.kind == TRAIN]


def test_who_is_trained_leaves_like_the_others_of_the_post(tmp_path):
    """Half leave a year, counted from March 2027: after three months 0.8409 are left, after a year the half."""
    first, _ = trained(tmp_path, "set: {roles.analis.attrition: 0.5}", attrition=0.5)
    gained, lost = first.adds_milli.tolist()
    assert (gained[4], gained[5], gained[14]) == (0, 1009, 600)  # 1200 x 0.5^(1/4), and x 0.5
    assert (lost[1], lost[2], lost[5], lost[14]) == (0, -750, -631, -375)  # what is taken is rounded up: 630.67


def test_a_new_post_that_pays_less_saves_nothing(tmp_path):
    first, _ = trained(tmp_path, low=6000000, mode=6000000, high=6000000)
    assert first.idr.tolist() == [20_000_000, 0]  # the course alone


def test_training_that_ends_with_the_plan_is_none(tmp_path):
    """From March 2028 nine months end in November, ten with the plan."""
    nine, ten = (TRAINED.replace("mode: 2.5, high: 4", f"mode: {months}, high: 10") for months in (9, 10))
    made = {}
    for name, row in (("nine", nine), ("ten", ten), ("none", TRAINED.replace("most: 1", "most: 0"))):
        options_made = found(tmp_path / name, f"add: {{roles: [{TECHNICIAN}], retraining: [{row}]}}")
        made[name] = [o.decide_by for o in options_made if o.kind == TRAIN]
    assert made == {"nine": [date(2027, 3, 1), date(2028, 3, 1)], "ten": [date(2027, 3, 1)], "none": []}


@pytest.mark.parametrize(
    ("body", "first"),
    [
        ("settings.dpa_delay_weeks: 2", date(2027, 3, 1)),  # 26 February
        ("settings.dpa_delay_weeks: 3", date(2027, 4, 1)),  # 5 March
        ("settings.adopted_on: 2027-03-01", date(2027, 10, 1)),  # the revised budget of 1 October
        ("settings.adopted_on: 2027-10-02", date(2027, 11, 1)),
    ],
)
def test_training_begins_with_the_first_month_that_is_wholly_after_new_money(tmp_path, body, first):
    assert trained(tmp_path, f"set: {{{body}}}")[0].decide_by == first


def test_services_by_the_quarter_once_new_money_can_have_bought_them(tmp_path):
    """12 February and three weeks of direct purchase: from April; up to two people for 1.2 that may be bought."""
    made = [o for o in found(tmp_path, "set: {roles.analis.contract_item: antarmuka}", buyable=1200) if o.kind == CONTRACT]
    assert [o.starts for o in made] == [date(y, m, 1) for y, m in [(2027, 4), (2027, 7), (2027, 10), *((2028, n) for n in (1, 4, 7, 10))]]
    assert {o.most for o in made} == {2} and made[0].idr.tolist() == [30_000_000, 0]
    assert made[0].adds_milli.tolist() == [[0] * 3 + [1000] * 3 + [0] * 18]
    assert {(o.role, o.how, o.decide_by == o.starts) for o in made} == {("analis", "antarmuka", True)}


def test_services_wait_for_the_lightest_procurement_of_services(tmp_path):
    """Eight weeks of direct purchase: from 9 April, so the quarter of July; that goods take three does not matter."""
    body = "set: {roles.analis.contract_item: antarmuka, procurement.langsung-jasa.mode: 8, procurement.langsung-jasa.high: 9}"
    made = [o for o in found(tmp_path, body, buyable=500) if o.kind == CONTRACT]
    assert made[0].starts == date(2027, 7, 1)


def test_services_that_no_method_buys_wait_for_money_alone(tmp_path):
    """A DPA six weeks late is there on 26 March: services from April where the data has no way of procuring any."""
    body = (
        "set: {roles.analis.contract_item: antarmuka, settings.dpa_delay_weeks: 6, kinds.rapat.procurement: goods, "
        "kinds.operasi.procurement: goods}\ndrop: {procurement: [langsung-jasa, tender-jasa]}"
    )
    made = [o for o in found(tmp_path, body, buyable=500) if o.kind == CONTRACT]
    assert made[0].starts == date(2027, 4, 1)


def test_services_for_the_second_role_where_the_first_has_none(tmp_path):
    technician = TECHNICIAN.replace("attrition: 0,", "attrition: 0, contract_item: antarmuka,")
    made = [o for o in found(tmp_path, f"add: {{roles: [{technician}]}}", buyable=500) if o.kind == CONTRACT]
    assert {o.role for o in made} == {"teknisi"} and len(made) == 7


def test_no_service_for_what_only_civil_servants_do_or_nobody_sells(tmp_path):
    assert CONTRACT not in {o.kind for o in found(tmp_path, buyable=1200)}
    body = "set: {roles.analis.contract_item: antarmuka}"
    assert CONTRACT not in {o.kind for o in found(tmp_path / "none", body, buyable=0)}


def test_new_money_after_the_cut_off_waits_for_the_revised_budget(tmp_path):
    body = "set: {roles.analis.contract_item: antarmuka, settings.adopted_on: 2026-12-31}"
    made = [o for o in found(tmp_path, body, buyable=500) if o.kind == CONTRACT]
    assert made[0].starts == date(2028, 1, 1)  # 1 October 2027 and three weeks: November, so the quarter of January


def test_the_price_of_the_capital_with_its_growth_and_tax(tmp_path):
    body = "set: {escalation.umum.mode: 0.1, places.setempat.dekat.mode: 1.5, places.setempat.dekat.high: 1.5}"
    inputs = with_changes(tmp_path, body)
    price = unit_price_idr(inputs, count_drivers(inputs), "alat")
    assert price.tolist() == pytest.approx([15_000_000, 16_500_000])


def test_the_capital_is_where_its_district_is(tmp_path):
    """The capital's district is the far one here: 10 million half as much again."""
    inputs = with_changes(tmp_path, "set: {districts.99.01.01.zone: jauh, districts.99.01.02.zone: dekat}")
    assert unit_price_idr(inputs, count_drivers(inputs), "alat").tolist() == pytest.approx([15_000_000, 15_000_000])
