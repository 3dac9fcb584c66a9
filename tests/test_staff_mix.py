"""Measures and gaps summed the ways people ask for them, on the made-up regency by hand and on the project's own plan by sums."""

from __future__ import annotations

import numpy as np
import pytest
from plan_samples import project
from test_measures import made
from test_posts import TECHNICIAN, TRAINED
from tiny_pack import with_changes

from egov_model.analysis import limits, staff_mix
from egov_model.model.plan import build_plan
from egov_model.model.posts import CONTRACT, HIRE, TRAIN


@pytest.fixture(scope="module")
def short(tmp_path_factory):
    """Six analysts needed for the desk, which may be bought, from its go-live in 2027."""
    settings = ", norms.meja.contractable: y, roles.analis.contract_item: antarmuka"
    return made(tmp_path_factory.mktemp("short"), settings)


def test_one_more_hire_is_cheaper_than_twelve_months_of_service(short):
    """A hire works 1.2 FTE of 2028 for 60 million; a person of the service costs 30 million a quarter."""
    frame = staff_mix.taken(short)
    assert frame[frame["kind"] == HIRE][["number", "idr"]].to_numpy().tolist() == [[1, 60_000_000]]
    services = frame[frame["kind"] == CONTRACT]
    # beyond 3.6 of own people in 2028 6.01 - 0.05 are needed: three at 2.36; and one of them may be carried
    assert services.loc[[d.year == 2028 for d in services["starts"]], "number"].tolist() == [3] * 4
    assert (services["months"] == 3 * services["number"]).all() and (services["idr"] == 30_000_000 * services["number"]).all()


def test_by_role_and_year(short):
    frame = staff_mix.by_role_and_year(short).set_index("year")
    assert frame["hires"].tolist() == [0, 1] and frame["trained"].tolist() == [0, 0]
    assert frame.loc[2028, "service_months"] == 36 and frame.loc[2028, "open_months"] == 0
    assert frame["open_months"].sum() == pytest.approx(short.measures.mix.open_milli.sum() / 1000)


def test_cost_by_kind_adds_up_to_the_mix(short):
    frame = staff_mix.cost_by_kind(short)
    assert list(frame.index) == list(staff_mix.KINDS) and frame.loc[HIRE, 2028] == 60_000_000 and frame.loc[TRAIN].sum() == 0
    for plan in (short, project()):
        frame = staff_mix.cost_by_kind(plan)
        assert frame["total_idr"].sum() == plan.measures.mix.cost_idr
        assert frame.drop(columns="total_idr").sum(axis=1).tolist() == frame["total_idr"].tolist()
        paid = staff_mix.taken(plan).groupby("kind")["idr"].sum()
        assert all(paid.get(kind, 0) == frame.loc[kind, "total_idr"] for kind in (HIRE, TRAIN, CONTRACT))


def test_months_and_quarters_tell_the_same(short):
    frame = staff_mix.by_month(short)
    december = frame.iloc[-1]
    assert december["need_fte"] == 6.01 and december["there_fte"] == 2.4 and december["own_fte"] == 3.6
    assert december["supply_fte"] == 6.6 and december["gap_before_fte"] == 3.61 and december["gap_after_fte"] == 0
    gaps = staff_mix.gaps(short)
    assert list(gaps.columns) == [f"{y}-Q{q}" for y in (2027, 2028) for q in (1, 2, 3, 4)] and gaps.loc["analis", "2028-Q4"] == 3.61
    assert gaps.loc["analis"].max() == frame["gap_before_fte"].max()


def test_levelled_need_keeps_every_person_month():
    frame = staff_mix.by_month(project()).groupby("role")[["need_fte", "levelled_fte"]].sum()
    assert np.allclose(frame["need_fte"], frame["levelled_fte"]) and frame["need_fte"].sum() > 100


def test_what_stays_open_has_its_reason(tmp_path):
    frame = staff_mix.still_open(made(tmp_path))
    assert frame["reason"].tolist() == [staff_mix.TOO_EARLY, staff_mix.LIMIT] and frame["role"].tolist() == ["analis"] * 2
    assert frame["last"].tolist() == ["2027-12", "2028-12"] and frame.loc[1, "first"] == "2028-01"
    assert frame.loc[1, "person_months"] == pytest.approx(12 * 2.36)
    nothing = staff_mix.still_open(build_plan(with_changes(tmp_path / "enough", "")))
    assert nothing.empty


def test_personnel_share_counts_hires_and_training_but_no_services():
    plan = project()
    frame, cost = staff_mix.personnel(plan), staff_mix.cost_by_kind(plan)
    assert frame["measures_idr"].tolist() == [cost.loc[HIRE, y] + cost.loc[TRAIN, y] for y in plan.timeline.years]
    spending = plan.inputs.rows["figures"][limits.SPENDING].amount
    assert np.allclose((frame["share_with"] - frame["share"]) * spending, frame["measures_idr"])
    assert (frame["share_with"] > frame["share"]).any()


def test_training_is_shown_where_the_person_works_then(tmp_path):
    plan = made(tmp_path, "", f"add: {{roles: [{TECHNICIAN}], retraining: [{TRAINED}]}}")
    frame = staff_mix.by_role_and_year(plan).set_index(["role", "year"])
    assert frame.loc[("analis", 2027), "trained"] == 1 and frame["trained"].sum() >= 1
    assert staff_mix.taken(plan).query("kind == 'train'")["how"].unique().tolist() == ["teknisi"]


def test_the_procurement_desk_by_quarter(tmp_path):
    """A package of two weeks at a quarter of a person, and 0.6 of a person at the desk: two at once."""
    role = TECHNICIAN.replace("on_board: 2", "on_board: 1").replace("project_share: 0.5", "project_share: 0.6")
    phase = "{kind: beli, phase: procure, role: teknisi, fte: 0.25, build_share: 0, unit: FTE, source: uji, evidence: assumption}"
    plan = build_plan(with_changes(tmp_path, f"add: {{roles: [{role}], phase_roles: [{phase}]}}"))
    frame = staff_mix.desk_by_quarter(plan).set_index("quarter")
    bought = [a for a in plan.activities.itertuples() if a.phase == "procure" and a.weeks]
    assert bought and frame["started"].sum() == len(bought)
    first = f"{bought[0].start.year}-Q{(bought[0].start.month - 1) // 3 + 1}"
    assert frame.loc[first, "packages"] == 1 and frame.loc[first, "possible"] == 2
    assert frame.loc[first, "used_fte"] == 0.25 and frame.loc[first, "desk_fte"] == 0.6
    assert frame["possible"].tolist() == [2] * 8


def test_without_packages_the_desk_is_idle(tmp_path):
    frame = staff_mix.desk_by_quarter(build_plan(with_changes(tmp_path, "set: {settings.scope: running}")))
    assert frame["packages"].tolist() == [0] * 8 and frame["possible"].tolist() == [0] * 8
