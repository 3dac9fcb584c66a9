"""The plan's cells add up exactly, whatever the scenario."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plan_samples import project
from tiny_pack import TINY, with_changes

from egov_model.inputs.scenario import load_scenario, load_scenarios, scenario_names
from egov_model.model import prepare
from egov_model.model.plan import Plan, build_plan

BY = ("year", "agency", "section", "sub_kegiatan_code", "account_code", "account_group", "fund", "initiative", "item", "timing")


def assert_adds_up(plan: Plan) -> None:
    """Totals by every field are equal to the rupiah, to the schedule's own money, and under every ceiling."""
    total = int(plan.schedule.paid_idr.sum())
    for field in BY:
        assert int(plan.budget.groupby(field)["amount_idr"].sum().sum()) == total, field
        assert plan.budget[field].notna().all()
    assert int(plan.ceilings["used_idr"].sum()) == total == int(plan.initiatives["total_idr"].sum())
    by_year_and_fund = plan.budget.groupby(["year", "fund"])["amount_idr"].sum().to_dict()
    for row in plan.ceilings.itertuples():
        assert row.used_idr == by_year_and_fund.get((row.year, row.fund), 0) <= row.ceiling_idr
    assert (plan.budget["amount_idr"] > 0).all() and str(plan.budget["amount_idr"].dtype) == "int64"


@pytest.mark.parametrize("name", scenario_names())
def test_the_projects_scenarios_add_up(name):
    assert_adds_up(project(name))


scenarios = st.fixed_dictionaries(
    {
        "settings.ceiling_factor": st.floats(0, 3).map(lambda x: f"{x:.3f}"),
        "settings.escalation_shift": st.floats(-0.1, 0.2).map(lambda x: f"{x:.4f}"),
        "vat.2027.low": st.just("0"),
        "vat.2027.mode": st.sampled_from(["0", "0.1", "0.12"]),
        "settings.dpa_delay_weeks": st.integers(0, 20).map(str),
        "settings.revised_budget_held": st.sampled_from(["y", "n"]),
        "settings.scope": st.sampled_from(["all", "mandatory", "running"]),
        "settings.adopted_on": st.dates(date(2026, 1, 1), date(2029, 1, 1)).map(str),
        "settings.last_year": st.integers(2029, 2031).map(str),
    }
)


@cache
def coming() -> list[str]:
    """The scenarios over the years of the baseline: a plan of the past cannot end in 2031."""
    loaded = load_scenarios(scenario_names())
    return [inputs.scenario.name for inputs in loaded if inputs.settings.years == loaded[0].settings.years]


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_generated_plans_add_up(data):
    wanted = data.draw(scenarios)
    base, names = load_scenario("baseline"), coming()
    kept = data.draw(st.lists(st.sampled_from(sorted(base.rows["prices"])), max_size=6, unique=True))
    for item in kept:
        mode = base.rows["prices"][item].mode
        wanted[f"prices.{item}.high"] = repr(base.rows["prices"][item].high * 4)
        wanted[f"prices.{item}.mode"] = repr(mode * data.draw(st.floats(1, 4)))
    inputs = load_scenario(data.draw(st.sampled_from(names)), overrides=wanted)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prepare, "TRIES_PER_GROUP", 20)  # a plan adds up in whichever order it is placed: a short search finds one too
        plan = build_plan(inputs)
    assert_adds_up(plan)


def test_codes_are_those_of_the_year_of_payment():
    plan = build_plan(load_scenario("baseline", TINY))
    rows = plan.budget[plan.budget["line"] == "internet-langganan"].set_index("year")["sub_kegiatan_code"]
    assert rows.to_dict() == {2027: "2.16.03.2.02.0030", 2028: "2.16.03.2.02.0036"}


def test_a_general_code_takes_the_urusan_of_its_agency():
    row = build_plan(load_scenario("baseline", TINY)).budget.set_index("line").loc["aplikasi-barang"]
    assert (row["program_code"], row["kegiatan_code"], row["sub_kegiatan_code"]) == ("7.01.01", "7.01.01.2.07", "7.01.01.2.07")


def test_a_plan_without_work_is_still_a_plan(tmp_path: Path):
    plan = build_plan(with_changes(tmp_path, "drop: {initiatives: [internet, alat-desa, aplikasi]}"))
    assert plan.budget.empty and plan.activities.empty and plan.initiatives.empty
    assert int(plan.ceilings["used_idr"].sum()) == 0 and np.isclose(plan.staffing["need_fte"].sum(), 0)


def test_doubling_a_driver_doubles_its_lines(tmp_path: Path):
    pedigree = "lat: -0.6, lon: 127.4, area_km2: 1, unit: km2, source: uji, evidence: assumption"
    rows = (f"{{code: 99.01.0{d}.300{n}, name: Baru, district: 99.01.0{d}, {pedigree}}}" for n, d in enumerate((1, 1, 2)))
    more = f"add: {{villages: [{', '.join(rows)}]}}"
    one, two = build_plan(load_scenario("baseline", TINY)), build_plan(with_changes(tmp_path, more))
    paid = [int(p.budget.loc[p.budget["line"] == "alat-desa-alat", "amount_idr"].sum()) for p in (one, two)]
    assert paid[1] == 2 * paid[0]


def test_reasons_name_what_they_are_about(tmp_path: Path):
    body = "set: {ceilings.2028.dau.low: 0, ceilings.2028.dau.mode: 60000000}"
    frame = build_plan(with_changes(tmp_path, body)).initiatives.set_index("initiative")
    assert frame.loc["alat-desa", ["status", "concerns"]].tolist() == ["no_upkeep", "2028"]
    assert frame.loc["aplikasi", ["status", "concerns"]].tolist() == ["waits_for", "alat-desa"]
