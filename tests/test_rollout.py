"""Go-live by quarter and the load of the procurement desk, by hand for the made-up regency and by sums for any plan."""

from __future__ import annotations

import pytest
from plan_samples import EDGES, edge, plan_of
from tiny_pack import with_changes

from egov_model.analysis.limits import package_frame
from egov_model.analysis.rollout import desk_role, live_by_quarter, packages_by_method, procurement_load
from egov_model.model.plan import build_plan

PLANS = (*EDGES, "baseline")


def test_two_initiatives_go_live_by_the_calendar():
    """Weeks 14 and 27 after 1 January 2027: the last days of work are Thursday 8 April and Thursday 8 July."""
    frame = live_by_quarter(edge("as it is"))
    assert len(frame) == 8
    live = frame[frame["live"] > 0]
    assert live[["year", "quarter", "live", "live_sum"]].to_numpy().tolist() == [[2027, 2, 1, 1], [2027, 3, 1, 2]]
    assert live["initiatives"].tolist() == [("alat-desa",), ("aplikasi",)]


@pytest.mark.parametrize("name", PLANS)
def test_every_initiative_with_work_goes_live_once(name):
    plan = plan_of(name)
    frame = live_by_quarter(plan)
    listed = [key for keys in frame["initiatives"] for key in keys]
    assert sorted(listed) == sorted(plan.initiatives.loc[plan.initiatives["works"], "initiative"])
    assert frame["live_sum"].iloc[-1] == len(listed) and frame["live"].tolist() == [len(keys) for keys in frame["initiatives"]]


def test_a_desk_of_one_with_two_packages(tmp_path):
    """Each procurement takes 0.6 of the one analyst: weeks 2 to 4 and 16 to 18 after 1 January 2027 (15 January to 4 February, 23 April to
    13 May). January has five Fridays, of which the first procurement takes three; May four, of which the second takes one."""
    plan = build_plan(with_changes(tmp_path, DESK))
    assert desk_role(plan) == "analis"
    frame = procurement_load(plan)
    assert frame["packages"].tolist()[:6] == [1, 0, 0, 1, 1, 0] and frame.loc["2027-01", "can_fte"] == 1
    assert frame.loc["2027-01", "need_fte"] == pytest.approx(0.6 * 3 / 5)
    assert frame.loc["2027-05", "need_fte"] == pytest.approx(0.6 * 1 / 4)
    # a package finds no room beside any other work of the analyst: weeks 0 to 26 but week 5, in which a contract waits for the DPA
    assert frame["full"].sum() == 26


DESK = "add: {phase_roles: [{kind: beli, phase: procure, role: analis, fte: 0.6, build_share: 0, unit: F, source: uji, evidence: low}]}"


@pytest.mark.parametrize("name", PLANS)
def test_packages_by_method_are_those_of_the_packages(name):
    plan = plan_of(name)
    frame, packages = packages_by_method(plan), package_frame(plan)
    assert frame.to_numpy().sum() == len(packages)
    for method, row in frame.iterrows():
        for year, count in row.items():
            assert count == ((packages["method"] == method) & (packages["year"] == year)).sum()
    load = procurement_load(plan)
    assert len(load) == len(plan.timeline.months) and (load["need_fte"] <= load["can_fte"] + 1e-9).all()
    assert not load["packages"].any() or not packages.empty


def test_a_desk_that_needs_nobody_is_nobody():
    plan = edge("as it is")
    assert desk_role(plan) == "" and not procurement_load(plan)["need_fte"].any() and procurement_load(plan)["packages"].max() == 1
