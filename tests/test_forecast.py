"""From where a plan stands: followed, it ends as planned to the rupiah; ranges narrow to a point; what is late stays late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import numpy as np
import pytest
from actuals_samples import following, with_actuals
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_samples import edge
from risk_samples import eventful, still

from egov_model.analysis.evaluate_draws import evaluator
from egov_model.analysis.forecast import forecast, from_here
from egov_model.analysis.rest_network import rest_of
from egov_model.analysis.standing import IN_WORK, LIVE, WAITING, standing, week_at
from egov_model.inputs.actuals import Progress, last_day
from egov_model.inputs.errors import InputError
from egov_model.inputs.scenario import load_scenario
from egov_model.model.horizon import budgeted_from
from egov_model.model.plan import build_plan


def reported(plan, folder, until, **changes):
    return build_plan(load_scenario("baseline", with_actuals(folder, **following(plan, until, **changes))))


def likely(plan, day):
    """The forecast when nothing is uncertain."""
    base, sample = evaluator(plan), still(plan)
    return from_here(base, standing(plan, day), sample, base.drawn(sample))


@pytest.mark.parametrize("until", ["2027-01", "2027-02", "2027-03", "2027-04", "2027-05", "2027-08", "2027-12", "2028-06", "2028-12"])
def test_a_plan_that_is_followed_ends_as_planned_to_the_rupiah(tmp_path, until):
    plan = edge("as it is")
    made = likely(reported(plan, tmp_path, until), last_day(until))
    placed = plan.schedule.live[0] >= 0
    assert made.live[0].tolist() == plan.schedule.live[0, placed].tolist()
    assert made.finish_week[0] == plan.schedule.finish[0].max()
    assert made.total_idr[0] == plan.schedule.paid_idr[0].sum()
    by_group = np.bincount(plan.network.line_group, plan.schedule.paid_idr[0].sum(axis=1), len(placed))
    assert made.by_group_idr[0].tolist() == by_group[placed].astype(int).tolist()
    assert made.by_year_idr[0].tolist() == [*plan.schedule.paid_idr[0].sum(axis=0).tolist(), 0]


def test_with_nothing_done_yet_the_forecast_draws_as_the_risk_report_does(tmp_path):
    plan = edge("as it is")
    base, sample = evaluator(plan), eventful(plan, 40)
    day = plan.timeline.start - timedelta(days=1)
    nothing = standing(plan, day)
    made, drawn = from_here(base, nothing, sample, base.drawn(sample)), base.evaluate(sample)
    assert made.live.tolist() == drawn.live.tolist() and made.total_idr.tolist() == drawn.total_idr.tolist()


def test_ranges_narrow_to_a_point_as_work_is_done(tmp_path):
    plan, spreads = edge("as it is"), []
    for until in ("2027-02", "2027-05", "2027-11", "2028-06", "2028-12"):
        made = forecast(reported(plan, tmp_path / until, until), last_day(until), 200)
        low, high = np.quantile(made.total_idr, [0.1, 0.9])
        spreads.append((float(np.ptp(made.finish_week)), float(high - low)))
    assert [s[0] for s in spreads] == sorted((s[0] for s in spreads), reverse=True)
    assert [s[1] for s in spreads] == sorted((s[1] for s in spreads), reverse=True)
    assert spreads[0][0] > 0 and spreads[0][1] > 0 and spreads[-1] == (0, 0)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.9, 0.99])
def test_what_is_under_way_varies_by_the_part_that_is_left(tmp_path, share):
    rows = {"progress": [("2027-03", "alat-desa", 0, share)]}
    plan = build_plan(load_scenario("baseline", with_actuals(tmp_path, **rows)))
    made = forecast(plan, date(2027, 3, 31), 100)
    live = made.live[:, made.groups.index("alat-desa")]
    now = week_at(plan, date(2027, 3, 31))[0]
    assert (live >= now).all()
    if share >= 0.9:
        assert np.ptp(live) <= 2
    if share == 0:
        assert np.ptp(live) > 5


def test_a_commitment_makes_the_price_certain(tmp_path):
    rows = {"progress": [("2027-05", "alat-desa", 10_000_000, 0.6)]}
    open_price = build_plan(load_scenario("baseline", with_actuals(tmp_path / "a", **rows)))
    signed = [("k1", "alat-desa", "2027-04-01", "2027-08-01", 33_000_000)]
    known = build_plan(load_scenario("baseline", with_actuals(tmp_path / "b", commitments=signed, **rows)))
    makes = [forecast(plan, date(2027, 5, 31), 100) for plan in (open_price, known)]
    spread = [np.ptp(made.by_group_idr[:, made.groups.index("alat-desa")]) for made in makes]
    assert spread[1] < spread[0]


def test_a_start_that_was_missed_is_not_made_up(tmp_path):
    plan = edge("as it is")
    late = {"progress": [row for row in following(plan, "2027-09")["progress"] if row[1] == "internet"]}
    made = likely(build_plan(load_scenario("baseline", with_actuals(tmp_path, **late))), date(2027, 9, 30))
    now = week_at(plan, date(2027, 9, 30))[0]
    for key, live in zip(made.groups, made.live[0].tolist(), strict=True):
        assert key == "internet" or live > now + 8  # at least the eight weeks of building


def test_the_rest_is_cut_where_the_work_stands(tmp_path):
    rows = [("2027-05", "internet", 0, 1), ("2027-05", "alat-desa", 0, 0.5)]
    plan = build_plan(load_scenario("baseline", with_actuals(tmp_path, progress=rows)))
    base, reached = evaluator(plan), standing(plan, date(2027, 5, 31))
    network = plan.network
    assert [int(reached.stage[network.groups.index(key)]) for key in ("internet", "alat-desa", "aplikasi")] == [LIVE, IN_WORK, WAITING]
    rest = rest_of(plan, base.further.network, budgeted_from(network, plan.schedule), reached, 22)
    # weeks 2, 3, 8 of which 6.5 are done: prepared, procured, 1.5 of 8 built
    assert rest.network.groups == ("alat-desa under way", "alat-desa", "aplikasi")
    assert reached.fraction[network.groups.index("alat-desa")] == pytest.approx(1.5 / 8)
    assert [name for _, name in rest.network.activities] == ["build", "prepare", "procure", "build"]
    assert rest.network.after == ((), (0,), (1,)) and rest.network.lines == ("alat-desa-langganan", "aplikasi-barang")


def test_draws_that_cannot_be_are_refused():
    with pytest.raises(InputError, match="draws: found 0"):
        forecast(edge("as it is"), date(2027, 3, 31), 0)


def test_the_same_again_gives_the_same(tmp_path):
    plan = reported(edge("as it is"), tmp_path, "2027-04")
    one, other = forecast(plan, date(2027, 4, 30), 50), forecast(plan, date(2027, 4, 30), 50)
    assert one.total_idr.tobytes() == other.total_idr.tobytes() and one.live.tobytes() == other.live.tobytes()


@settings(max_examples=25)
@given(st.data())
def test_whatever_is_reported_money_adds_up_and_nothing_ends_in_the_past(data):
    """Any shares and payments: what a group costs adds up to the whole, no date lies before today, what is paid is never unpaid again."""
    plan, years = edge("as it is"), (2027, 2028)
    month = data.draw(st.integers(1, 24))
    year, of_year = years[(month - 1) // 12], (month - 1) % 12 + 1
    rows = {}
    for key in plan.network.groups:
        if data.draw(st.booleans()):
            share = data.draw(st.sampled_from([0.0, 0.05, 0.2, 0.5, 0.75, 0.99, 1.0]))
            paid = data.draw(st.integers(0, 200_000_000))
            name = f"{year}-{of_year:02d}"
            rows[f"{name}.{key}"] = Progress(month=name, initiative=key, paid_idr=str(paid), physical_share=str(share))
    inputs = replace(plan.inputs, rows=MappingProxyType({**plan.inputs.rows, "progress": MappingProxyType(rows)}))
    mine = replace(plan, inputs=inputs)
    day = last_day(f"{year}-{of_year:02d}")
    base, sample = evaluator(mine), eventful(mine, 8, seed=month)
    reached = standing(mine, day)
    made = from_here(base, reached, sample, base.drawn(sample))
    now, _ = week_at(mine, day)
    responses = sample.response_idr[:, (0 if year == 2027 else 1) :].sum()
    assert (made.by_group_idr.sum(axis=1) + responses == made.total_idr).all()
    assert (made.by_year_idr.sum(axis=1) == made.total_idr).all() and (made.total_idr >= reached.paid_idr.sum()).all()
    ahead = reached.stage != LIVE
    assert ((made.live[:, ahead] >= now) | (made.live[:, ahead] < 0)).all()
    assert (made.live[:, ~ahead] == reached.live[~ahead]).all()
