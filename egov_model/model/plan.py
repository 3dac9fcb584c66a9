"""The plan: what is paid in which year, what is finished when, whom it takes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from egov_model.inputs.priced import priced_items
from egov_model.inputs.scenario import PlanInputs
from egov_model.model.drivers import Drivers, count_drivers
from egov_model.model.estimate import Estimate, estimate
from egov_model.model.factors import Factors, most_likely
from egov_model.model.network import Network, durations_weeks, make_network
from egov_model.model.schedule import NO_MONEY, NO_PEOPLE, NO_UPKEEP, NO_WINDOW, PLACED, WAITS_FOR, Schedule, place, priority_order
from egov_model.model.staffing import staffing_frame
from egov_model.model.timeline import Timeline, make_timeline

STATUS_NAMES = {
    PLACED: "placed",
    NO_WINDOW: "no_window",
    NO_PEOPLE: "no_people",
    NO_MONEY: "no_money",
    NO_UPKEEP: "no_upkeep",
    WAITS_FOR: "waits_for",
}


@dataclass(frozen=True)
class Plan:
    """Everything one scenario answers; arrays keep their axis of draws, the frames show the first draw."""

    inputs: PlanInputs
    timeline: Timeline
    drivers: Drivers
    estimate: Estimate
    network: Network
    schedule: Schedule

    @cached_property
    def budget(self) -> pd.DataFrame:
        """One row per cost line and year of payment: initiative, title_id, title_en, section, agency, fund, program_code, kegiatan_code,
        sub_kegiatan_code, sub_kegiatan, account_code, account, account_group, item, item_name, timing, line, year, amount_idr (int)."""
        return budget_frame(self)

    @cached_property
    def ceilings(self) -> pd.DataFrame:
        """One row per year and fund: ceiling_idr, used_idr, left_idr (int)."""
        used = np.zeros(self.network.ceiling_idr.shape[1:], dtype=np.int64)
        np.add.at(used, self.network.fund[self.network.line_group], self.schedule.paid_idr[0])
        rows = [
            {"year": year, "fund": fund, "ceiling_idr": int(self.network.ceiling_idr[0, f, y]), "used_idr": int(used[f, y])}
            for y, year in enumerate(self.timeline.years)
            for f, fund in enumerate(self.network.funds)
        ]
        frame = pd.DataFrame(rows)
        return frame.assign(left_idr=frame["ceiling_idr"] - frame["used_idr"])

    @cached_property
    def initiatives(self) -> pd.DataFrame:
        """One row per initiative in scope: id, titles, section, owner, status, `concerns` (year, role or initiative
        the status is about), `works` (placed and has phases), start and finish dates (None when without
        place or without work), go_live date, waited weeks by cause, total_idr, target, unit, milestone, mandatory."""
        return initiative_frame(self)

    @cached_property
    def activities(self) -> pd.DataFrame:
        """One row per placed activity: initiative, phase, spends, start, finish (last day), weeks, start_week, waits in weeks by cause."""
        rows = []
        for n, (group, phase) in enumerate(self.network.activities):
            if self.schedule.start[0, n] < 0:
                continue
            start, finish = int(self.schedule.start[0, n]), int(self.schedule.finish[0, n])
            rows.append(
                {
                    "initiative": self.network.groups[group],
                    "phase": phase,
                    "spends": bool(self.network.spends[n]),
                    "start_week": start,
                    "weeks": finish - start,
                    "start": self.timeline.day(start),
                    "finish": self.timeline.last_day(max(finish, start + 1)),
                    "waited_gate": int(self.schedule.waited_gate[0, n]),
                    "waited_people": int(self.schedule.waited_people[0, n]),
                    "waited_money": int(self.schedule.waited_money[0, n]),
                }
            )
        columns = [
            "initiative",
            "phase",
            "spends",
            "start_week",
            "weeks",
            "start",
            "finish",
            "waited_gate",
            "waited_people",
            "waited_money",
        ]
        return pd.DataFrame(rows, columns=columns)

    @cached_property
    def staffing(self) -> pd.DataFrame:
        """One row per role and month: project_fte, operate_fte, need_fte, supply_fte (people on board), available_fte, gap_fte, pay_idr."""
        return staffing_frame(self.inputs, self.timeline, self.network, self.schedule)


def build_plan(inputs: PlanInputs, factors: Factors | None = None) -> Plan:
    """The answer of one scenario: undated estimate, dated schedule, and both joined."""
    factors = factors or most_likely(inputs)
    timeline, drivers = make_timeline(inputs.settings), count_drivers(inputs)
    costs = estimate(inputs, drivers, factors)
    network = make_network(inputs, timeline, costs, factors)
    weeks = durations_weeks(inputs, network, costs, factors)
    return Plan(inputs, timeline, drivers, costs, network, place(network, priority_order(network), weeks, costs.amount_idr))


def budget_frame(plan: Plan) -> pd.DataFrame:
    """The budget of the first draw as a tidy frame; codes are those valid in the year of payment."""
    rows = plan.inputs.rows
    codes = {(c.key, year): c for c in rows["sub_activities"].values() for year in range(c.valid_from, c.valid_to + 1)}
    items = priced_items(rows)
    accounts = {(a.key, year): a for a in rows["accounts"].values() for year in range(a.valid_from, a.valid_to + 1)}
    made = []
    for n, key in enumerate(plan.estimate.lines):
        line = rows["cost_lines"][key]
        initiative = rows["initiatives"][line.initiative]
        for y, year in enumerate(plan.timeline.years):
            amount = int(plan.schedule.paid_idr[0, n, y])
            if amount == 0:
                continue
            sub, account = codes[initiative.sub_activity, year], accounts[line.account, year]
            code = sub.code.replace("X.XX", rows["agencies"][initiative.owner].urusan)
            parts = code.split(".")
            made.append(
                {
                    "initiative": initiative.id,
                    "title_id": initiative.title_id,
                    "title_en": initiative.title_en,
                    "section": initiative.section,
                    "agency": initiative.owner,
                    "fund": initiative.fund,
                    "program_code": ".".join(parts[:3]),
                    "kegiatan_code": ".".join(parts[:5]),
                    "sub_kegiatan_code": code,
                    "sub_kegiatan": sub.name,
                    "account_code": account.code,
                    "account": account.name,
                    "account_group": account.group,
                    "item": line.item,
                    "item_name": items[line.item].name,
                    "timing": line.timing,
                    "line": key,
                    "year": year,
                    "units": float(plan.estimate.units[0, n, y]),
                    "amount_idr": amount,
                }
            )
    columns = [
        "initiative",
        "title_id",
        "title_en",
        "section",
        "agency",
        "fund",
        "program_code",
        "kegiatan_code",
        "sub_kegiatan_code",
        "sub_kegiatan",
        "account_code",
        "account",
        "account_group",
        "item",
        "item_name",
        "timing",
        "line",
        "year",
        "units",
        "amount_idr",
    ]
    return pd.DataFrame(made, columns=columns).astype({"amount_idr": "int64", "year": "int64"})


def initiative_frame(plan: Plan) -> pd.DataFrame:
    """Every initiative in scope with its dates, money and, where it has no place, why."""
    schedule, network, rows = plan.schedule, plan.network, plan.inputs.rows
    total = np.zeros(len(network.groups), dtype=np.int64)
    np.add.at(total, network.line_group, schedule.paid_idr[0].sum(axis=1))
    made = []
    for g, key in enumerate(network.groups):
        initiative, chain, live = rows["initiatives"][key], network.chains[g], int(schedule.live[0, g])
        placed = live >= 0
        status = STATUS_NAMES[int(schedule.status[0, g])]
        at = int(schedule.status_at[0, g])
        where = {
            "no_people": lambda a=at: network.roles[a],
            "no_money": lambda a=at: str(plan.timeline.years[a]),
            "no_upkeep": lambda a=at: str(plan.timeline.years[a]),
            "waits_for": lambda a=at: network.groups[a],
        }
        first = int(schedule.start[0, chain[0]]) if placed and chain else live
        made.append(
            {
                "initiative": key,
                "title_id": initiative.title_id,
                "title_en": initiative.title_en,
                "section": initiative.section,
                "owner": initiative.owner,
                "fund": initiative.fund,
                "status": status,
                "works": placed and bool(chain),
                "concerns": where.get(status, str)(),
                "start": plan.timeline.day(first) if placed else None,
                "finish": plan.timeline.last_day(live) if placed and chain else None,
                "go_live": plan.timeline.day(live) if placed else None,
                "waited_gate": int(schedule.waited_gate[0, list(chain)].sum()) if placed else 0,
                "waited_people": int(schedule.waited_people[0, list(chain)].sum()) if placed else 0,
                "waited_money": int(schedule.waited_money[0, list(chain)].sum()) if placed else 0,
                "total_idr": int(total[g]),
                "target": initiative.target,
                "unit": initiative.unit,
                "milestone": initiative.milestone,
                "mandatory": initiative.mandatory,
                "budget_status": initiative.budget_status,
            }
        )
    columns = [
        "initiative",
        "title_id",
        "title_en",
        "section",
        "owner",
        "fund",
        "status",
        "works",
        "concerns",
        "start",
        "finish",
        "go_live",
        "waited_gate",
        "waited_people",
        "waited_money",
        "total_idr",
        "target",
        "unit",
        "milestone",
        "mandatory",
        "budget_status",
    ]
    return pd.DataFrame(made, columns=columns).astype({"works": bool, "mandatory": bool, "milestone": bool})
