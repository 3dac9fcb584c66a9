"""The choice over a small plan whose initiatives compete for money: what is kept, what an omission costs, by hand."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest
from portfolio_samples import competing_pack

from egov_model.analysis.choice_scenario import begins, choice_text
from egov_model.analysis.measures import measure
from egov_model.analysis.objectives import INDEX, SERVICES, VILLAGES, objective
from egov_model.analysis.portfolio import (
    CHOSEN,
    DROPPED,
    POSTPONED,
    Choice,
    choose_initiatives,
    frontier,
    one_billion,
    paid_idr,
    required_problem,
    verdicts,
)
from egov_model.inputs.scenario import load_scenario, load_text
from egov_model.model.from_network import starts_of
from egov_model.model.plan import Plan, build_plan
from egov_model.model.verify import violations
from egov_model.model.worth import worth_of


@cache
def folder() -> Path:
    return competing_pack(Path(mkdtemp()))


@cache
def plan() -> Plan:
    return build_plan(load_scenario("sempit", folder()))


@cache
def choice(name: str) -> Choice:
    return choose_initiatives(plan(), objective(plan(), required_problem(plan()), name), limit=2, tries=2000)


def test_money_goes_where_it_serves_what_is_sought():
    """Enough for one application or for the equipment of the villages, of which one serves letters and the other three villages."""
    services, villages = verdicts(choice(SERVICES)).set_index("initiative"), verdicts(choice(VILLAGES)).set_index("initiative")
    assert services.loc["aplikasi", "verdict"] in (CHOSEN, POSTPONED) and choice(SERVICES).value == 2
    assert villages.loc["alat-desa", "verdict"] in (CHOSEN, POSTPONED) and choice(VILLAGES).value == 3
    assert services.loc["lain", "verdict"] == DROPPED
    assert list(services.columns[-4:]) == ["index", "villages", "services", "benefit_idr"]
    assert services.loc["aplikasi", "services"] == 1 and villages.loc["alat-desa", "villages"] == 3


def test_what_an_omission_costs_by_hand():
    """Dropped: the equipment would bring three villages and, a level higher of an indicator, its weight in index points."""
    frame = verdicts(choice(SERVICES)).set_index("initiative")
    out = frame[frame["verdict"] == DROPPED]
    assert out.loc["alat-desa", "villages"] == 3 and out.loc["lain", ["index", "villages", "services", "benefit_idr"]].tolist() == [
        0,
        0,
        0,
        0,
    ]
    assert out.loc["lain", "paid_idr"] == 111_000_000
    assert (frame["go_live"].isna() == (frame["verdict"] == DROPPED)).all()


def test_the_choice_is_a_schedule_of_the_problem_and_the_internet_that_runs_is_not_put_off():
    for name in (INDEX, SERVICES, VILLAGES):
        made = choice(name)
        assert violations(made.problem, made.found.placed.starts) == []
        assert worth_of(made.objective.worth, made.problem, made.found.placed.starts) == made.found.placed.value
        assert made.live[plan().network.groups.index("internet")] == plan().schedule.live[0, plan().network.groups.index("internet")]
        assert made.found.lacking == () and made.found.proven.status == "optimal"


def test_money_of_groups_is_that_of_the_schedule():
    paid = paid_idr(plan().problem, starts_of(plan().network, plan().schedule))
    by_group = np.zeros(len(plan().network.groups), dtype=np.int64)
    np.add.at(by_group, plan().network.line_group, plan().schedule.paid_idr[0].sum(axis=1))
    assert paid.tolist() == by_group.tolist() and paid.sum() > 0


def test_the_scenario_of_a_choice_gives_its_dates_again():
    for name in (INDEX, SERVICES, VILLAGES):
        made = choice(name)
        text = choice_text(made, {"settings.escalation_shift": "0.0", "initiatives.lain.earliest": "2027-02-01"})
        again = build_plan(load_text("lagi", text, folder()))
        live = dict(zip(again.network.groups, again.schedule.live[0].tolist(), strict=True))
        kept = {key: int(w) for key, w in zip(plan().network.groups, made.live, strict=True) if w >= 0}
        assert live == kept
        assert again.inputs.settings.scheduling == "listed" and again.inputs.scenario.extends == ("sempit",)
    assert not (folder() / "scenarios" / "lagi.yaml").exists()


def test_the_choice_goes_before_what_was_typed_and_texts_stay_texts():
    """What the choice sets itself is not set twice, by whatever name it was typed."""
    typed = {"settings.scheduling.value": "priority", "initiatives.internet.priority": "9", "initiatives.internet.title_en": "2027"}
    again = load_text("lagi", choice_text(choice(INDEX), typed), folder())
    assert again.settings.scheduling == "listed"
    assert again.rows["initiatives"]["internet"].priority != 9 and again.rows["initiatives"]["internet"].title_en == "2027"


def test_who_waits_for_a_year_is_told_its_first_day():
    for name in (INDEX, SERVICES, VILLAGES):
        for key, day in begins(choice(name)).items():
            assert (day.month, day.day) == (1, 1) and day >= date(2027, 1, 1) and key != "internet"


def test_a_frontier_never_falls_and_every_point_has_its_bound():
    told: list[str] = []
    frame = frontier(choice(INDEX), 4, 2, told.append)
    assert len(frame) == len(told) == 4 and frame["factor"].is_monotonic_increasing
    assert frame["best_value"].is_monotonic_increasing and (frame["best_value"] <= frame["bound"] + 1e-12).all()
    assert (frame["value"] <= frame["best_value"] + 1e-12).all() and (frame["spent_idr"] <= frame["ceiling_idr"]).all()
    assert frame["best_value"].iloc[-1] > frame["best_value"].iloc[0] and frame["dropped"].iloc[-1].count(" ") < 2


def test_one_billion_more_never_costs_and_less_never_helps():
    frame = one_billion(choice(INDEX), 2)
    assert frame[["year", "fund"]].values.tolist() == [[2027, "dau"], [2028, "dau"]]
    assert (frame["more"] >= 0).all() and (frame["less"] <= 0).all() and (frame["more"] <= frame["more_bound"] + 1e-12).all()
    assert frame.loc[0, "more"] > 0  # with a billion in 2027 all three fit
    assert "internet" in frame.loc[0, "lacking"]  # and without it not even what runs


@pytest.mark.parametrize("name", [INDEX, SERVICES, VILLAGES])
def test_the_objective_is_what_the_saved_plan_is_measured_at(name):
    made = choice(name)
    counted = measure(plan(), made.live[None], made.objective.year)[name].iloc[0]
    assert made.value == pytest.approx(counted)
