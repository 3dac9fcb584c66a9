"""A plan beside its actuals: followed to the rupiah it is on time and on budget; what deviates shows by how much."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from actuals_samples import following, with_actuals
from plan_samples import edge

from egov_model.analysis.planned_value import days_until, planned_value, running_idr, work_value, year_days
from egov_model.analysis.standing import IN_WORK, LIVE, WAITING, last_reported, standing
from egov_model.analysis.tracking import by_initiative, curve, months_until, quarters, track
from egov_model.inputs.actuals import last_day
from egov_model.inputs.errors import InputError
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan


@pytest.fixture(scope="module")
def plan():
    return edge("as it is")


def reported(plan, folder, until, **changes):
    return build_plan(load_scenario("baseline", with_actuals(folder, **following(plan, until, **changes))))


def test_what_runs_costs_what_the_plan_pays(plan):
    network, paid = plan.network, plan.schedule.paid_idr[0]
    running = running_idr(plan, plan.schedule.live[0])
    for g in range(len(network.groups)):
        mine = (network.line_group == g) & (network.line_activity < 0)
        assert running[g].tolist() == paid[mine].sum(axis=0).tolist()


def test_planned_value_is_the_budget_at_the_end_of_each_year(plan):
    ends = year_days(plan)[1:]
    assert planned_value(plan, ends).sum(axis=1) == pytest.approx(np.cumsum(plan.schedule.paid_idr[0].sum(axis=0)))
    assert (np.diff(planned_value(plan, np.arange(0, ends[-1], 5)).sum(axis=1)) >= -1e-6).all()
    assert work_value(plan, ends[-1:]).sum() == plan.schedule.paid_idr[0][plan.network.line_activity >= 0].sum()


@pytest.mark.parametrize("until", ["2027-01", "2027-02", "2027-04", "2027-07", "2027-12", "2028-03", "2028-12"])
def test_a_plan_that_is_followed_is_on_time_and_on_budget(plan, tmp_path, until):
    made = track(reported(plan, tmp_path, until), last_day(until))
    assert made.whole.pv == made.whole.ev == pytest.approx(made.whole.ac, abs=3)  # each initiative's payment is whole rupiah
    assert made.work.pv == made.work.ev
    if made.work.pv:
        assert made.work.spi == 1
    assert made.whole.spi == 1 and made.whole.cpi == pytest.approx(1, abs=1e-6)
    assert made.time.es == made.time.at and made.whole.eac_typical == pytest.approx(made.whole.bac, rel=1e-6)


def test_half_the_pace_at_one_and_a_half_times_the_price(plan, tmp_path):
    slow = {"share": lambda key, month, planned: planned if key == "internet" else planned / 2, "pay": lambda key, paid: paid * 3 // 2}
    rows = following(plan, "2027-04", **slow)
    made = track(build_plan(load_scenario("baseline", with_actuals(tmp_path, progress=rows["progress"]))), date(2027, 4, 30))
    assert made.whole.ac == pytest.approx(1.5 * made.whole.pv, abs=3)
    assert made.work.ev < made.work.pv and made.time.es < made.time.at


def test_stages_follow_reports_and_later_ones_are_left_out(plan, tmp_path):
    rows = following(plan, "2027-12")
    followed = reported(plan, tmp_path, "2027-12")
    assert last_reported(followed) == date(2027, 12, 31)
    group = plan.network.groups.index("alat-desa")
    before, after = standing(followed, date(2027, 1, 31)), standing(followed, date(2027, 12, 31))
    assert before.months == 1 and after.months == 12
    live = {key for key, _, ended in rows["dates"] if ended}
    assert after.stage[group] == LIVE and "alat-desa" in live and after.live[group] == plan.schedule.live[0, group]
    assert before.stage[group] in (WAITING, IN_WORK) and before.paid_idr[group].sum() == 0


def test_a_report_without_dates_begins_with_its_month_and_ends_with_the_month_of_100_per_cent(plan, tmp_path):
    rows = [("2027-03", "alat-desa", 0, 0.3), ("2027-05", "alat-desa", 30_000_000, 1)]
    made = standing(build_plan(load_scenario("baseline", with_actuals(tmp_path, progress=rows))), date(2027, 6, 30))
    group = plan.network.groups.index("alat-desa")
    assert made.began_day[group] == (date(2027, 3, 1) - date(2027, 1, 1)).days
    assert plan.timeline.day(made.live[group]) == date(2027, 6, 4)  # the first week that begins after 31 May
    assert made.stage[plan.network.groups.index("aplikasi")] == WAITING


def test_the_table_of_initiatives_adds_up(plan, tmp_path):
    followed = reported(plan, tmp_path, "2027-04")
    whole = track(followed, date(2027, 4, 30))
    frame = by_initiative(followed, whole.reached)
    assert frame["bac_idr"].sum() == whole.whole.bac and frame["ac_idr"].sum() == whole.whole.ac
    assert frame["ev_idr"].sum() == pytest.approx(whole.whole.ev, abs=3)


def test_the_curve_stops_where_reports_stop(plan, tmp_path):
    made = curve(reported(plan, tmp_path, "2027-04"), date(2027, 4, 30))
    assert len(made) == 24 and made["ac_idr"].notna().sum() == made["ev_idr"].notna().sum() == 4
    assert made["pv_idr"].iloc[-1] == pytest.approx(plan.schedule.paid_idr.sum())
    assert curve(plan, None)["ev_idr"].isna().all()


def test_absorption_by_quarter_beside_the_typical_one(plan, tmp_path):
    made = quarters(reported(plan, tmp_path, "2027-06")).set_index(["year", "quarter"])
    assert made["planned_idr"].groupby(level=0).sum().tolist() == pytest.approx(plan.schedule.paid_idr[0].sum(axis=0).tolist(), abs=4)
    assert made.loc[(2027, 4), "planned_share"] == pytest.approx(1)
    assert made.loc[(2027, 2), "paid_share"] == pytest.approx(made.loc[(2027, 2), "planned_share"], abs=1e-6)
    assert made.loc[(2027, 3), "paid_idr"] is None and made.loc[(2028, 1), "typical"] == 0.1
    assert all(value is None for value in quarters(plan)["paid_idr"])


@pytest.mark.parametrize(("day", "months"), [(date(2027, 1, 31), 1), (date(2027, 4, 15), 3.5), (date(2028, 12, 31), 24)])
def test_time_is_counted_in_months(plan, day, months):
    assert months_until(plan, day) == months and days_until(plan, date(2027, 1, 1)) == 1


def test_a_day_outside_the_plan_is_refused(plan):
    with pytest.raises(InputError, match="a day of the plan, 2027-01-01 to 2028-12-31"):
        last_reported(plan, date(2026, 12, 31))
    assert last_reported(plan) is None
