"""However a plan is summed, its money and people add up to the same totals."""

from __future__ import annotations

import pytest
from plan_samples import EDGES, PROJECT, edge, plan_of

from egov_model.analysis import apbd, summary

every_plan = pytest.mark.parametrize("name", [*EDGES, *PROJECT])
CODES = ["program_code", "kegiatan_code", "sub_kegiatan_code", "account_code", "account_group"]
FIELDS = ["initiative", "section", "agency", "fund", "item", "timing", *CODES]
WAYS = [*((field,) for field in FIELDS), ("agency", "section"), ("fund", "account_group", "item")]


def by_year(plan) -> dict[int, int]:
    made = dict.fromkeys(plan.timeline.years, 0)
    for year, amount in zip(plan.ceilings["year"], plan.ceilings["used_idr"].tolist(), strict=True):
        made[year] += amount
    return made


@every_plan
def test_every_way_to_sum_the_budget_gives_the_money_the_ceilings_lost(name):
    plan = plan_of(name)
    wanted = by_year(plan)
    for frame in (summary.budget_by(plan, *fields) for fields in WAYS):
        assert list(frame.columns) == [*plan.timeline.years, summary.TOTAL]
        assert {y: int(frame[y].sum()) for y in plan.timeline.years} == wanted
        assert frame[summary.TOTAL].tolist() == frame[list(plan.timeline.years)].sum(axis=1).tolist()
        assert (frame[summary.TOTAL] > 0).all()
        assert {str(t) for t in frame.dtypes} == {"int64"}


@every_plan
def test_the_dearest_stands_first_and_apbd_rows_stand_by_code(name):
    plan = plan_of(name)
    totals = summary.budget_by(plan, "initiative")[summary.TOTAL].tolist()
    assert totals == sorted(totals, reverse=True)
    index = list(apbd.rka_table(plan).index)
    assert index == sorted(index)
    assert len(set(index)) == len(index)


@every_plan
def test_cost_drivers_make_up_the_whole(name):
    plan = plan_of(name)
    frame, total = summary.cost_drivers(plan), sum(by_year(plan).values())
    assert frame["total_idr"].sum() == total
    assert frame["share"].sum() == pytest.approx(1.0 if total else 0.0)
    assert frame["total_idr"].tolist() == sorted(frame["total_idr"].tolist(), reverse=True)


@every_plan
def test_ceilings_and_their_running_sums(name):
    plan = plan_of(name)
    frame = summary.ceilings_by_year(plan)
    assert frame["used_idr"].to_dict() == by_year(plan)
    assert (frame["ceiling_idr"] - frame["used_idr"] == frame["left_idr"]).all()
    assert frame["used_sum_idr"].iloc[-1] == frame["used_idr"].sum()
    assert frame["ceiling_sum_idr"].iloc[-1] == plan.ceilings["ceiling_idr"].sum()


@every_plan
def test_people_add_up_by_role_by_month_and_by_year(name):
    plan = plan_of(name)
    roles, months, years = summary.staff_by_role(plan), summary.staff_by_month(plan), summary.staff_by_year(plan)
    need = plan.staffing["need_fte"].sum()
    for total in (roles["person_months"].sum(), months["need_fte"].sum(), years["person_months"].sum()):
        assert total == pytest.approx(need)
    assert roles["pay_idr"].sum() == years["pay_idr"].sum() == plan.staffing["pay_idr"].sum()
    assert (months["project_fte"] + months["operate_fte"]).tolist() == pytest.approx(months["need_fte"].tolist())
    assert list(months.index) == list(plan.timeline.months)
    assert list(roles["role"]) == list(plan.inputs.rows["roles"])
    for row in roles.itertuples():
        mine = plan.staffing[plan.staffing["role"] == row.role].set_index("month")
        assert mine.loc[row.peak_month, "need_fte"] == row.peak_fte == mine["need_fte"].max()
        assert row.gap_fte == mine["gap_fte"].max()


def test_hires_count_those_who_arrive_within_the_plan():
    assert summary.staff_by_role(edge("as it is"))["hires"].tolist() == [1]
    assert summary.staff_by_role(edge("one year"))["hires"].tolist() == [0]
    assert summary.staff_by_role(edge("no formations"))["hires"].tolist() == [0]


@every_plan
def test_contracts_by_year_are_the_spending_activities(name):
    plan = plan_of(name)
    frame = summary.procurement_by_year(plan)
    spending = [r for r in plan.activities.to_dict("records") if r["spends"]]
    assert list(frame.index) == list(plan.timeline.years)
    assert frame["contracts"].to_dict() == {y: sum(r["start"].year == y for r in spending) for y in plan.timeline.years}
    for column in ("waited_gate", "waited_people", "waited_money"):
        assert frame[column].sum() == sum(r[column] for r in spending)


@every_plan
def test_rows_by_evidence_are_all_rows(name):
    plan = plan_of(name)
    frame = summary.evidence_counts(plan)
    assert frame["total"].to_dict() == {table: len(rows) for table, rows in plan.inputs.rows.items()}
    assert frame[["high", "medium", "low", "assumption"]].sum(axis=1).tolist() == frame["total"].tolist()


def test_the_tiny_plan_by_hand():
    plan = edge("as it is")
    # a year of office internet on the near island costs 52 million, whatever else happens
    assert summary.budget_by(plan, "initiative").loc["internet"].tolist() == [52_000_000, 52_000_000, 104_000_000]
    # two villages near at 10 million, one far at 1.5 times that
    assert summary.cost_drivers(plan).set_index("item").loc["alat", "total_idr"] == 35_000_000
    # one unit of 100 million with 11 % VAT
    assert summary.cost_drivers(plan).set_index("item").loc["barang-ppn", "total_idr"] == 111_000_000
    assert summary.procurement_by_year(plan)["contracts"].tolist() == [2, 0]
