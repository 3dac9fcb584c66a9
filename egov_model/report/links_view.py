"""How and by when sites are connected, and who pays for it; formats, never computes."""

from __future__ import annotations

from egov_model.analysis.reached import site_links, subscriptions, unpowered
from egov_model.model.plan import Plan
from egov_model.report.fragments import Figure
from egov_model.report.map_figure import connection_map
from egov_model.report.wording import Say


def connection_figure(plan: Plan, say: Say) -> Figure:
    """Map of every site's link and the year it comes."""
    return connection_map(site_links(plan), say)


def who_pays(say: Say, plan: Plan) -> str:
    """What running the links costs in the last year, and what of it falls to village budgets and other funds."""
    year, frame = plan.timeline.years[-1], subscriptions(plan)
    frame = frame[frame["year"] == year]
    if not frame["full_idr"].sum():
        return say("No initiative of this scenario pays for connections.")
    reaches = plan.inputs.rows["reach"].values()
    villages = {row.initiative for row in reaches if row.site_kind == "village"}
    to_villages = int(frame.loc[frame["initiative"].isin(villages), "others_idr"].sum())
    return say(
        "In {year} the connections of this plan cost {full} to run all year; the plan pays {paid}, village budgets (APBDes) must "
        "pay {villages} and other budgets of the sites, such as the health centres' own funds, {others}",
        year=year, full=say.money(int(frame["full_idr"].sum())), paid=say.money(int(frame["paid_idr"].sum())),
        villages=say.money(to_villages), others=say.money(int(frame["others_idr"].sum()) - to_villages),
    )  # fmt: skip


def without_power(say: Say, plan: Plan) -> str:
    """Connected sites that the grid does not feed all day and the plan gives no power."""
    frame = unpowered(plan)
    if frame.empty:
        return say("Every connected site has electricity for its connection.")
    return say(
        "{n} connected sites, {villages} of them village offices, lack electricity part of the day and get no solar power from this "
        "plan: their connection rests in those hours until village or other budgets pay about {capex} for panels and batteries "
        "(prices of {year})",
        n=say.number(len(frame)), villages=say.number(int((frame["kind"] == "village").sum())),
        capex=say.money(int(frame["power_capex_idr"].sum())), year=plan.inputs.settings.base_price_year,
    )  # fmt: skip
