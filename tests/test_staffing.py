"""Need of people by hand on the tiny plan."""

from __future__ import annotations

import numpy as np
import pytest
from tiny_pack import TINY, with_changes

from egov_model.inputs.scenario import load_scenario
from egov_model.model.operations import operate_need_fte
from egov_model.model.plan import build_plan
from egov_model.model.staffing import project_need_fte


@pytest.fixture(scope="module")
def plan():
    return build_plan(load_scenario("baseline", TINY))


def test_person_weeks_are_conserved(plan):
    need = project_need_fte(plan.network, plan.schedule)[0, 0]
    assert need.sum() == pytest.approx(2 * (2 * 0.5 + 8 * 0.5))  # two initiatives, preparation and build at half time


def test_need_week_by_week(plan):
    need = project_need_fte(plan.network, plan.schedule)[0, 0]
    assert need[:2].tolist() == [0.5, 0.5] and need[2:6].tolist() == [0, 0, 0, 0] and need[6:14].tolist() == [0.5] * 8


def test_operation_starts_when_it_goes_live(plan):
    operate = operate_need_fte(plan.inputs, plan.drivers, plan.network, plan.schedule)[0, 0]
    live = plan.schedule.live[0]
    assert operate[0] == 0
    assert operate[live[1]] == pytest.approx(0.2) and operate[live[1] - 1] == 0  # the desk comes with alat-desa: 2 agents x 125 h
    assert operate[live[2] - 1] == pytest.approx(0.2)
    assert operate[-1] == pytest.approx(0.21)  # and yearly classes with aplikasi: 2 class days x 375 minutes of 75,000


def test_gap_is_need_beyond_what_is_available(tmp_path):
    plan = build_plan(with_changes(tmp_path, "set: {norms.meja.minutes_high: 1000, norms.meja.minutes: 1000}"))
    last = plan.staffing.iloc[-1]
    assert last["need_fte"] == pytest.approx(25 * 12 * 1000 / 75_000 + 0.01) and last["supply_fte"] == 2.0
    assert last["available_fte"] == pytest.approx(2 * (1 + 0.2)) and last["gap_fte"] == pytest.approx(4.01 - 2.4)


def test_pay_follows_need(plan):
    assert (plan.staffing["pay_idr"] == (plan.staffing["need_fte"] * 5_000_000).round().astype(int)).all()


def test_need_of_a_full_time_role_is_counted_even_when_work_crosses_months(plan):
    assert np.isclose(plan.staffing["project_fte"].sum() * 1.0, plan.staffing["need_fte"].sum() - plan.staffing["operate_fte"].sum())


def test_rows_by_role_and_month_with_every_cell(tmp_path):
    """January 2027 has five weeks, of which two with half an analyst; February four, of which three."""
    role = (
        "{id: teknisi, title_id: Teknisi, title_en: Technician, employment: asn, on_board: 2, project_share: 0.25, operate_share: 0.5, "
        "attrition: 0, price_year: 2027, low: 1, mode: 1, high: 1, unit: rupiah/bulan, source: uji, evidence: assumption}"
    )
    made = build_plan(with_changes(tmp_path, f"add: {{roles: [{role}]}}")).staffing
    analyst = {"role": "analis", "title_id": "Analis sistem", "title_en": "Systems analyst", "month": "2027-01", "year": 2027}
    january = {"project_fte": 0.2, "operate_fte": 0.0, "need_fte": 0.2, "supply_fte": 1.0, "available_fte": 1.2, "gap_fte": 0.0}
    february = {"month": "2027-02", "project_fte": 0.375, "need_fte": 0.375, "pay_idr": 1_875_000}
    first, second = made.head(2).to_dict("records")
    assert first == analyst | january | {"pay_idr": 1_000_000} and second == first | february
    technician = {"role": "teknisi", "title_id": "Teknisi", "title_en": "Technician", "month": "2028-12", "year": 2028}
    idle = {"project_fte": 0.0, "operate_fte": 0.0, "need_fte": 0.0, "supply_fte": 2.0, "available_fte": 1.5, "gap_fte": 0.0, "pay_idr": 0}
    assert made.tail(1).to_dict("records") == [technician | idle] and len(made) == 48
