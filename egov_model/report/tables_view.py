"""Finished results as tables in one language; formats, never computes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from egov_model.analysis import summary
from egov_model.analysis.compare import Headline
from egov_model.inputs.priced import priced_items
from egov_model.model.plan import Plan
from egov_model.report.fragments import Table
from egov_model.report.wording import Say
from egov_model.report.words import ACCOUNT_GROUPS, EMPLOYMENT, EVIDENCE, SECTIONS, named, why_not_placed

DASH, NBSP = "\N{EN DASH}", "\N{NO-BREAK SPACE}"


def money_by_year(say: Say, caption: str, heads: Sequence[str], frame: pd.DataFrame, label: Callable[[object], Sequence[str]]) -> Table:
    """A frame of rupiah by year with its total row, without rows when nothing is paid; `label` gives the text cells of an index value."""
    columns = [str(c) if c != summary.TOTAL else say("Total") for c in frame.columns]
    rows = [
        (*label(index), *(say.rupiah(v) if v else DASH for v in values))
        for index, values in zip(frame.index, frame.to_numpy().tolist(), strict=True)
    ]
    if not rows:
        return Table(caption, (*heads, *columns), ())
    total = (say("Total"), *[""] * (len(heads) - 1), *(say.rupiah(v) for v in frame.sum().to_list()))
    numeric = frozenset(range(len(heads), len(heads) + len(columns)))
    return Table(caption, (*heads, *columns), (*rows, total), numeric, frozenset([len(rows)]))


def ceilings(say: Say, plan: Plan) -> Table:
    """Ceiling, plan and what is left by year."""
    frame = summary.ceilings_by_year(plan)
    rows = [(str(y), say.rupiah(r.used_idr), say.rupiah(r.ceiling_idr), say.rupiah(r.left_idr)) for y, r in frame.iterrows()]
    total = (say("Total"), *(say.rupiah(int(frame[c].sum())) for c in ("used_idr", "ceiling_idr", "left_idr")))
    heads = (say("Year"), say("Plan"), say("Ceiling"), say("Left"))
    return Table(say("Cost and ceiling by year"), heads, (*rows, total), frozenset({1, 2, 3}), frozenset([len(rows)]))


def funds(say: Say, plan: Plan) -> Table:
    """Plan and ceiling by source of funds and year."""
    titles = {key: say.title(f) for key, f in plan.inputs.rows["funds"].items()}
    frame = plan.ceilings.sort_values(["fund", "year"], kind="stable")
    rows = [
        (titles[r.fund], str(r.year), say.rupiah(r.used_idr), say.rupiah(r.ceiling_idr), say.rupiah(r.left_idr)) for r in frame.itertuples()
    ]
    heads = (say("Source of funds"), say("Year"), say("Plan"), say("Ceiling"), say("Left"))
    return Table(say("Plan and ceiling by source of funds"), heads, tuple(rows), frozenset({2, 3, 4}), cards=True)


def by_section(say: Say, plan: Plan) -> Table:
    """Rupiah by section of the roadmap."""
    frame = summary.budget_by(plan, "section")
    return money_by_year(say, say("Budget by section of the roadmap"), [say("Section")], frame, lambda s: [named(say, SECTIONS, s)])


def by_agency(say: Say, plan: Plan) -> Table:
    """Rupiah by agency."""
    agencies = plan.inputs.rows["agencies"]
    return money_by_year(say, say("Budget by agency"), [say("Agency")], summary.budget_by(plan, "agency"), lambda a: [agencies[a].name])


def by_account_group(say: Say, plan: Plan) -> Table:
    """Rupiah by kind of spending."""
    frame = summary.budget_by(plan, "account_group")
    heads = [say("Kind of spending")]
    return money_by_year(say, say("Budget by kind of spending"), heads, frame, lambda g: [named(say, ACCOUNT_GROUPS, g)])


def by_initiative(say: Say, plan: Plan) -> Table:
    """Rupiah by initiative."""
    titles, frame = plan.inputs.rows["initiatives"], summary.budget_by(plan, "initiative")
    return money_by_year(say, say("Budget by initiative"), [say("Initiative")], frame, lambda i: [say.title(titles[i])])


def cost_drivers(say: Say, plan: Plan, most: int = 12) -> Table:
    """The dearest price items with source and evidence."""
    prices = priced_items(plan.inputs.rows)
    rows = []
    for r in summary.cost_drivers(plan).head(most).itertuples():
        price = prices[r.item]
        spread = f"{say.rupiah(int(price.low))} {DASH} {say.rupiah(int(price.high))}"
        cost, unit_price = say.rupiah(r.total_idr), say.rupiah(int(price.mode))
        rows.append((r.item_name, cost, say.percent(r.share, 1), unit_price, spread, named(say, EVIDENCE, price.evidence)))
    heads = (say("Item"), say("Cost over the plan"), say("Share"), say("Unit price"), say("Range (P10 to P90)"), say("Evidence"))
    return Table(say("What drives the cost"), heads, tuple(rows), frozenset({1, 2, 3, 4}), cards=True)


def milestones(say: Say, plan: Plan) -> Table:
    """What leadership will see finished, in order of date; what has no place stands last."""
    frame = plan.initiatives[plan.initiatives["milestone"]]
    last = [d.toordinal() if works else 10**9 for d, works in zip(frame["finish"], frame["works"], strict=True)]
    frame = frame.assign(last=last).sort_values("last", kind="stable")
    agencies = plan.inputs.rows["agencies"]
    rows = []
    for _, r in frame.iterrows():
        no_date = say("running") if r["status"] == "placed" else say("not within the plan")
        when = say.month(r["finish"]).replace(" ", NBSP) if r["works"] else no_date
        rows.append((say.title(r), when, f"{say.figure(r['target'])} {r['unit']}", agencies[r["owner"]].short_name))
    heads = (say("Milestone"), say("Finished"), say("Output"), say("Responsible"))
    return Table(say("Milestones and when they are reached"), heads, tuple(rows), cards=True)


def not_placed(say: Say, plan: Plan) -> Table:
    """What does not fit, and why."""
    frame = plan.initiatives[plan.initiatives["status"] != "placed"]
    rows = [(say.title(r), say("yes") if r["mandatory"] else say("no"), why_not_placed(say, plan, r)) for _, r in frame.iterrows()]
    heads = (say("Initiative"), say("Mandatory"), say("Why"))
    return Table(say("What has no place in the plan"), heads, tuple(rows), cards=True)


def dates(say: Say, plan: Plan) -> Table:
    """Every initiative with dates and the weeks it waited."""
    rows = []
    for section in SECTIONS:
        for _, r in plan.initiatives[plan.initiatives["section"] == section].iterrows():
            placed, works = r["status"] == "placed", r["works"]
            start = say.short_month(r["start"]) if placed else DASH
            finish = say.short_month(r["finish"]) if works else (say("running") if placed else DASH)
            waits = [say.number(r[w]) for w in ("waited_gate", "waited_people", "waited_money")]
            rows.append((say.title(r), named(say, SECTIONS, section), start, finish, *waits))
    waited = (say("Weeks waiting for the budget gate"), say("for people"), say("for the ceiling"))
    heads = (say("Initiative"), say("Section"), say("Start"), say("Finish"), *waited)
    return Table(say("Dates of every initiative"), heads, tuple(rows), frozenset({4, 5, 6}))


def procurement(say: Say, plan: Plan) -> Table:
    """Contracts by year and the waiting they suffered."""
    rows = [
        (str(y), say.number(r.contracts), say.number(r.waited_gate), say.number(r.waited_people), say.number(r.waited_money))
        for y, r in summary.procurement_by_year(plan).iterrows()
    ]
    heads = (say("Year"), say("Contracts that start"), say("Weeks waiting for the budget gate"), say("for people"), say("for the ceiling"))
    return Table(say("Contracts by year"), heads, tuple(rows), frozenset({1, 2, 3, 4}), cards=True)


def roles(say: Say, plan: Plan) -> Table:
    """People by role: on board, planned, needed, missing."""
    rows = []
    for r in summary.staff_by_role(plan).itertuples():
        row = plan.inputs.rows["roles"][r.role]
        whole = (say.number(v) for v in (r.on_board, r.hires))
        parts = (say.number(v, 1) for v in (r.person_months, r.peak_fte, r.gap_fte))
        rows.append((say.title(row), named(say, EMPLOYMENT, r.employment), *whole, *parts))
    people = (say("On board"), say("Planned posts"), say("Person-months"), say("Peak need (FTE)"), say("Largest gap (FTE)"))
    return Table(say("People by role"), (say("Role"), say("Employment"), *people), tuple(rows), frozenset({2, 3, 4, 5, 6}), cards=True)


def own_staff(say: Say, plan: Plan) -> Table:
    """Pay of own staff by year, which is not new money."""
    frame = summary.staff_by_year(plan)
    rows = [(str(y), say.number(r.person_months, 1), say.rupiah(int(r.pay_idr))) for y, r in frame.iterrows()]
    total = (say("Total"), say.number(float(frame["person_months"].sum()), 1), say.rupiah(int(frame["pay_idr"].sum())))
    heads = (say("Year"), say("Person-months"), say("Pay of own staff"))
    return Table(say("Own staff by year (full burden, not new money)"), heads, (*rows, total), frozenset({1, 2}), frozenset([len(rows)]))


def scenarios(say: Say, headlines: Sequence[tuple[str, Headline]]) -> Table:
    """Headline figures of several scenarios."""
    rows = [
        (
            title,
            say.rupiah(h.total_idr),
            say.rupiah(h.new_money_idr),
            f"{say.number(h.placed)} / {say.number(h.initiatives)}",
            say.month(h.finish) if h.finish else say("running only"),
            say.number(h.hires_planned),
        )
        for title, h in headlines
    ]
    heads = (say("Scenario"), say("Cost"), say("of which new"), say("Initiatives placed"), say("Finished"), say("Planned posts"))
    return Table(say("With the plan and without it"), heads, tuple(rows), frozenset({1, 2, 3, 5}), cards=True)
