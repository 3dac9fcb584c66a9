"""Running operations as tables: work by norm and desk, training by group and year, equipment that falls due."""

from __future__ import annotations

import numpy as np
import pandas as pd

from egov_model.inputs.priced import priced_items
from egov_model.inputs.training import DRIVER, Training
from egov_model.model.operations import desk_load, effective_minutes, live_mask, work_fte
from egov_model.model.plan import Plan
from egov_model.model.training import participant_days, people_taught, trainer_days
from egov_model.model.workload import mean_wait_minutes, service_level


def work_frame(plan: Plan) -> pd.DataFrame:
    """One row per piece of running work, by role: key, source (norm, desk, training), role, initiative, begins (date; None when its
    initiative has no place), hours and fte of the plan's last year if live, own_fte that falls to own staff in its last week."""
    minutes, order = effective_minutes(plan.inputs), list(plan.inputs.rows["roles"])
    rows = []
    for work, own in work_fte(plan.inputs, plan.drivers, plan.network, plan.schedule):
        live = np.flatnonzero(live_mask(plan.network, plan.schedule, work.initiative)[0])
        rows.append(
            {
                "key": work.key,
                "source": work.source,
                "role": work.role,
                "initiative": work.initiative,
                "begins": plan.timeline.day(live[0]) if live.size else None,
                "hours": float(work.fte[-1]) * minutes / 60,
                "fte": float(work.fte[-1]),
                "own_fte": float(own[0, -1]),
            }
        )
    columns = ["key", "source", "role", "initiative", "begins", "hours", "fte", "own_fte"]
    return pd.DataFrame(rows, columns=columns).sort_values("role", key=lambda r: r.map(order.index), kind="stable").reset_index(drop=True)


def work_by_role(plan: Plan) -> pd.DataFrame:
    """One row per role: fte of all work that is live in the plan's last week, own_fte of it that own staff do, on_board at the start."""
    frame = work_frame(plan)
    frame = (
        frame[frame["begins"].notna()].groupby("role")[["fte", "own_fte"]].sum().reindex(list(plan.inputs.rows["roles"]), fill_value=0.0)
    )
    return frame.assign(on_board=[role.on_board for role in plan.inputs.rows["roles"].values()])


def desk_frame(plan: Plan) -> pd.DataFrame:
    """Three rows per desk in the plan's last year, with one agent fewer, as many as needed and one more: desk, agents, needed (bool),
    arrivals_per_hour in the busiest hour, answered (share in time), wait_minutes (mean; infinite when the desk cannot keep up), fte."""
    rows = []
    for key, desk in plan.inputs.rows["desks"].items():
        norm = plan.inputs.rows["norms"][desk.norm]
        load = desk_load(desk, norm, plan.drivers, effective_minutes(plan.inputs))
        arrivals, needed = float(load.arrivals_per_hour[-1]), int(load.agents[-1])
        for agents in range(max(0, needed - 1), needed + 2):
            rows.append(
                {
                    "desk": key,
                    "agents": agents,
                    "needed": agents == needed,
                    "arrivals_per_hour": arrivals,
                    "answered": float(service_level(arrivals, norm.minutes, agents, desk.answer_within_minutes)),
                    "wait_minutes": float(mean_wait_minutes(arrivals, norm.minutes, agents)),
                    "fte": float(load.fte[-1]) * agents / max(1, needed),
                }
            )
    return pd.DataFrame(rows, columns=["desk", "agents", "needed", "arrivals_per_hour", "answered", "wait_minutes", "fte"])


def taught_share(plan: Plan, row: Training) -> np.ndarray:
    """Share of a row's days taught in each year, shape (years,): yearly by weeks live; once in the year its training is paid, which is
    that of the activity of its cost line, or else of the initiative's last activity."""
    network, schedule = plan.network, plan.schedule
    made = np.zeros(len(plan.timeline.years))
    mask = live_mask(network, schedule, row.initiative)[0]
    if row.initiative not in network.groups or schedule.live[0, network.groups.index(row.initiative)] < 0:
        return made
    if row.timing == "yearly":
        return np.bincount(network.week_year, weights=mask, minlength=len(made)) / plan.timeline.year_weeks
    group = network.groups.index(row.initiative)
    lines = plan.inputs.rows["cost_lines"]
    paying = [a for key, a in zip(network.lines, network.line_activity, strict=True) if a >= 0
              and lines[key].initiative == row.initiative and lines[key].driver == DRIVER + "once"]  # fmt: skip
    activity = (paying or list(network.chains[group]) or [-1])[-1]
    week = int(schedule.start[0, activity]) if activity >= 0 else int(schedule.live[0, group])
    made[network.week_year[min(week, len(network.week_year) - 1)]] = 1.0
    return made


def training_frame(plan: Plan) -> pd.DataFrame:
    """One row per group and year with training: group, year, participant_days, class_days (of own trainers)."""
    rows = []
    for row in plan.inputs.rows["training"].values():
        share = taught_share(plan, row)
        days = participant_days(plan.inputs, row, plan.drivers.counts).sum(axis=0) * share
        classes = trainer_days(plan.inputs, row, plan.drivers.counts) * share * bool(row.trainer)
        for y, year in enumerate(plan.timeline.years):
            rows.append({"group": row.group, "year": year, "participant_days": float(days[y]), "class_days": float(classes[y])})
    frame = pd.DataFrame(rows, columns=["group", "year", "participant_days", "class_days"])
    frame = frame.groupby(["group", "year"], as_index=False, sort=False).sum()
    return frame[frame["participant_days"] > 0].reset_index(drop=True)


def staff_lesson_hours(plan: Plan) -> float:
    """Lesson hours per person of own ICT staff in the plan's last year, over every role that is taught; 0 without such training."""
    hours = people = 0.0
    seen: set[str] = set()
    for row in plan.inputs.rows["training"].values():
        if row.group not in plan.inputs.rows["roles"]:
            continue
        taught = float(people_taught(plan.inputs, row, plan.drivers.counts).sum(axis=0)[-1])
        hours += taught * row.mode * float(taught_share(plan, row)[-1])
        people += taught if row.group not in seen else 0.0
        seen.add(row.group)
    return hours / people if people else 0.0


def refresh_frame(plan: Plan) -> pd.DataFrame:
    """One row per refresh line of a placed initiative that buys anything, soonest first.

    Columns: line, item_name, initiative, every_years, due (years of the plan), next_due (first year after it), units and amount_idr of
    what falls due within the plan.
    """
    network, last, rows = plan.network, plan.timeline.years[-1], []
    items = priced_items(plan.inputs.rows)
    for n, key in enumerate(plan.estimate.lines):
        line = plan.inputs.rows["cost_lines"][key]
        live = int(plan.schedule.live[0, network.groups.index(line.initiative)])
        if line.timing != "refresh" or not 0 <= live < len(network.week_year) or not plan.estimate.units[0, n].any():
            continue
        every = int(network.line_every[n])
        first = plan.timeline.years[network.week_year[live]] + every
        due = tuple(range(first, last + 1, every))
        at = [year - plan.timeline.years[0] for year in due]
        rows.append(
            {
                "line": key,
                "item_name": items[line.item].name,
                "initiative": line.initiative,
                "every_years": every,
                "due": due,
                "next_due": due[-1] + every if due else first,
                "units": float(plan.estimate.units[0, n, at].sum()),
                "amount_idr": int(plan.schedule.paid_idr[0, n].sum()),
            }
        )
    columns = ["line", "item_name", "initiative", "every_years", "due", "next_due", "units", "amount_idr"]
    frame = pd.DataFrame(rows, columns=columns)
    soonest = [r["due"][0] if r["due"] else r["next_due"] for r in rows]
    return frame.iloc[np.argsort(soonest, kind="stable")].reset_index(drop=True) if rows else frame
