"""What closes the gaps of staffing, by role, quarter and year: gaps before and after, measures, cost, and what stays open."""

from __future__ import annotations

import numpy as np
import pandas as pd

from egov_model.analysis import limits
from egov_model.model.hiring import added_milli, levelled_milli
from egov_model.model.network import packages
from egov_model.model.people import MILLI, project_capacity_milli_fte
from egov_model.model.plan import Plan
from egov_model.model.posts import BLOCK_MONTHS, CONTRACT, HIRE, TRAIN

WAIT = "wait"
KINDS = (HIRE, TRAIN, CONTRACT, WAIT)
TOO_EARLY, LIMIT = "too_early", "limit"


def quarters(plan: Plan) -> list[str]:
    """Names of the plan's quarters, such as 2027-Q1."""
    return [f"{year}-Q{q}" for year in plan.timeline.years for q in range(1, 5)]


def taken(plan: Plan) -> pd.DataFrame:
    """One row per measure taken: kind, role, how, decide_by, starts (dates), number (people; of services: for a quarter), months (service
    months; 0 otherwise), idr (of all of them, over the plan), first those that are decided first."""
    measures, rows = plan.measures, []
    for option, n in zip(measures.options, measures.mix.taken.tolist(), strict=True):
        if n:
            months = n * BLOCK_MONTHS if option.kind == CONTRACT else 0
            row = (option.kind, option.role, option.how, option.decide_by, option.starts, n, months, n * int(option.idr.sum()))
            rows.append(row)
    columns = ["kind", "role", "how", "decide_by", "starts", "number", "months", "idr"]
    return pd.DataFrame(rows, columns=columns).sort_values("decide_by", kind="stable").reset_index(drop=True)


def by_role_and_year(plan: Plan) -> pd.DataFrame:
    """One row per role and year: hires and trained (people who start), service_months, waiting_fte (most at a month's end), open_months
    (person-months that nothing closes)."""
    roles, years = list(plan.measures.roles), list(plan.timeline.years)
    frame, mix = taken(plan), plan.measures.mix
    frame["year"] = [min(d.year, years[-1]) for d in frame["starts"]]
    counts = {
        name: frame[frame["kind"] == kind].groupby(["role", "year"])[column].sum()
        for name, kind, column in (("hires", HIRE, "number"), ("trained", TRAIN, "number"), ("service_months", CONTRACT, "months"))
    }
    index = pd.MultiIndex.from_product([roles, years], names=["role", "year"])
    made = pd.DataFrame({name: values.reindex(index, fill_value=0).astype("int64") for name, values in counts.items()}, index=index)
    waiting = np.zeros(mix.open_milli.shape)
    for row, kind in zip(mix.backlog_milli, plan.measures.shortage.waiting, strict=True):
        waiting[kind.role] += row
    made["waiting_fte"] = (waiting.reshape(len(roles), len(years), 12).max(axis=2) / MILLI).ravel()
    made["open_months"] = (mix.open_milli.reshape(len(roles), len(years), 12).sum(axis=2) / MILLI).ravel()
    return made.reset_index()


def cost_by_kind(plan: Plan) -> pd.DataFrame:
    """Rupiah by kind of measure (hire, train, contract, wait) and year, with `total_idr`; waiting is a price put on delay, not money."""
    years, measures = list(plan.timeline.years), plan.measures
    made = pd.DataFrame(0, index=list(KINDS), columns=years, dtype="int64")
    for option, n in zip(measures.options, measures.mix.taken.tolist(), strict=True):
        made.loc[option.kind] += n * option.idr
    for row, kind in zip(measures.mix.backlog_milli, measures.shortage.waiting, strict=True):
        made.loc[WAIT] += row.reshape(len(years), 12).sum(axis=1) * kind.cost_idr
    return made.assign(total_idr=made.sum(axis=1))


def by_month(plan: Plan) -> pd.DataFrame:
    """One row per role and month [FTE]: need, levelled (after waiting), there (people the plan may use), own (with hires and training),
    supply (with services too), gap_before and gap_after (beyond what is negligible)."""
    measures = plan.measures
    shortage, mix = measures.shortage, measures.mix
    level = levelled_milli(shortage, mix.backlog_milli)
    own = shortage.there_milli + added_milli(shortage, mix.taken, service=False)
    bought = np.minimum(added_milli(shortage, mix.taken, service=True), shortage.buyable_milli)
    before = shortage.need_milli - shortage.there_milli
    before[before <= shortage.tolerance_milli] = 0
    months = list(plan.timeline.months)
    made = {
        "role": np.repeat(np.array(measures.roles, dtype=object), len(months)),
        "month": months * len(measures.roles),
    }
    numbers = (shortage.need_milli, level, shortage.there_milli, own, own + bought, before, mix.open_milli)
    names = ("need_fte", "levelled_fte", "there_fte", "own_fte", "supply_fte", "gap_before_fte", "gap_after_fte")
    return pd.DataFrame(made | {name: (values / MILLI).ravel() for name, values in zip(names, numbers, strict=True)})


def gaps(plan: Plan, column: str = "gap_before_fte") -> pd.DataFrame:
    """Largest monthly gap by role (index) and quarter (columns) [FTE]."""
    roles = list(plan.measures.roles)
    cells = by_month(plan)[column].to_numpy().reshape(len(roles), -1, 3).max(axis=2)
    return pd.DataFrame(cells, index=roles, columns=quarters(plan))


def still_open(plan: Plan) -> pd.DataFrame:
    """One row per role and reason with something open: role, reason (too_early: nothing can add to it by then; limit: every measure that
    could is taken as often as it may be), person_months, first and last (months)."""
    measures, months, rows = plan.measures, plan.timeline.months, []
    for r, role in enumerate(measures.roles):
        for reason, mask in ((TOO_EARLY, measures.too_early[r]), (LIMIT, ~measures.too_early[r])):
            at = np.flatnonzero((measures.mix.open_milli[r] > 0) & mask)
            if at.size:
                amount = float(measures.mix.open_milli[r, at].sum()) / MILLI
                rows.append((role, reason, amount, months[at[0]], months[at[-1]]))
    return pd.DataFrame(rows, columns=["role", "reason", "person_months", "first", "last"])


def personnel(plan: Plan) -> pd.DataFrame:
    """The personnel share (see `limits.personnel`) by year with what the measures add: measures_idr, share_with, empty without figures."""
    frame = limits.personnel(plan)
    if frame.empty:
        return frame.assign(measures_idr=[], share_with=[])
    cost = cost_by_kind(plan)
    more = cost.loc[HIRE, list(plan.timeline.years)] + cost.loc[TRAIN, list(plan.timeline.years)]
    spending = plan.inputs.rows["figures"][limits.SPENDING].amount
    return frame.assign(measures_idr=more.to_numpy(), share_with=(frame["personnel_idr"] + more.to_numpy()) / spending)


def desk_by_quarter(plan: Plan) -> pd.DataFrame:
    """The procurement desk by quarter: packages (most in hand in one week), possible (that its people can have in hand at once, by the mean
    time a package takes of them), used_fte and desk_fte (in the week with most in hand), started (packages begun)."""
    network, timeline = plan.network, plan.timeline
    buying = [a for a, _ in packages(plan.inputs, network) if plan.schedule.start[0, a] >= 0 and network.role_demand[a].any()]
    capacity = project_capacity_milli_fte(plan.inputs, timeline)
    desks = np.flatnonzero(network.role_demand[buying].sum(axis=0)) if buying else np.array([], dtype=np.int64)
    hand, used = np.zeros(timeline.weeks, dtype=np.int64), np.zeros(timeline.weeks, dtype=np.int64)
    begun = np.zeros(len(quarters(plan)), dtype=np.int64)
    quarter = timeline.week_month // 3
    for a in buying:
        start, finish = int(plan.schedule.start[0, a]), int(plan.schedule.finish[0, a])
        hand[start:finish] += 1
        used[start:finish] += int(network.role_demand[a].sum())
        if finish > start:
            begun[quarter[min(start, timeline.weeks - 1)]] += 1
    room = capacity[desks].sum(axis=0)
    each = np.mean([int(network.role_demand[a].sum()) for a in buying]) if buying else 0.0
    rows = []
    for q, name in enumerate(quarters(plan)):
        weeks = np.flatnonzero(quarter == q)
        busiest = weeks[int(np.argmax(hand[weeks]))]
        possible = int(np.floor(room[weeks].mean() / each)) if each else 0
        rows.append((name, int(hand[busiest]), possible, used[busiest] / MILLI, room[busiest] / MILLI, int(begun[q])))
    return pd.DataFrame(rows, columns=["quarter", "packages", "possible", "used_fte", "desk_fte", "started"])
