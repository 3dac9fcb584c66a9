"""What every activity of the plan waits for, how far it can slip, and the chain that sets the plan's finish, in the plan's own names."""

from __future__ import annotations

import numpy as np
import pandas as pd

from egov_model.model import critical
from egov_model.model.from_network import starts_of
from egov_model.model.plan import Plan
from egov_model.model.timeline import Window

# what holds an activity: the first week of the plan, its own earliest date, what it follows, the APBD gate, people who are busy, people
# who still have to come, a ceiling; with ORDER nothing holds it, but what follows it could not begin earlier
START, EARLIEST, PREDECESSOR, GATE, PEOPLE, ARRIVAL, CEILING, ORDER = (
    "start", "earliest", "predecessor", "gate", "people", "arrival", "ceiling", "order"
)  # fmt: skip
COLUMNS = (
    "initiative", "phase", "start_week", "finish_week", "cause", "from_initiative", "from_phase", "ready_week", "wait_weeks",
    "gate_weeks", "late_weeks", "role", "fund", "year", "float_weeks", "plan_float_weeks", "critical",
)  # fmt: skip


def activity_links(plan: Plan) -> pd.DataFrame:
    """One row per placed activity, a group without phases as one of no length with phase "".

    `cause` as above; from_initiative and from_phase whose end it waits for ("": nobody's); ready_week when all it follows has ended and its
    own earliest date has come; wait_weeks from the end of `from` (without: from ready_week) to its start; gate_weeks of the weeks since
    ready_week that its APBD window was closed; late_weeks by how many it was ready too late for the window before (0: not the reason);
    role, fund and year (of the ceiling, 0 else) that held it. float_weeks: until something else of the plan or the initiative's end would
    have to move; plan_float_weeks: until the plan's finish would, when all behind it is put as late as can be; critical: on the chain.
    """
    problem, starts = plan.problem, starts_of(plan.network, plan.schedule)
    floats, latest = critical.free_floats(problem, starts), critical.latest_starts(problem, starts)
    made = critical.links(problem, starts)
    path = _path(problem, starts, made)
    rows = [_row(plan, problem, link, starts, floats, latest, path) for link in made]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"critical": bool, **{c: "int64" for c in COLUMNS if c.endswith(("weeks", "_week")) or c == "year"}})


def chain_to(links: pd.DataFrame, initiative: str = "") -> pd.DataFrame:
    """The rows of `activity_links` that lead to the end of an initiative (by default to the plan's finish), first to last."""
    if not initiative:
        frame = links[links["critical"]]
        return frame.sort_values(["start_week", "finish_week"], kind="stable")
    at = {(r.initiative, r.phase): n for n, r in zip(links.index, links.itertuples(), strict=True)}
    own = links[links["initiative"] == initiative]
    if own.empty:
        return own
    path = [own.sort_values(["finish_week", "start_week"], kind="stable").index[-1]]
    while links.at[path[-1], "from_initiative"]:
        path.append(at[links.at[path[-1], "from_initiative"], links.at[path[-1], "from_phase"]])
    return links.loc[path[::-1]]


def gate_misses(plan: Plan, links: pd.DataFrame) -> pd.DataFrame:
    """The rows of `activity_links` that waited for a closed APBD window, in order of date, with what made them miss the one before.

    Columns: initiative, phase, ready and start (dates), gate_year and revised (the window they got), gate_weeks, cause (predecessor: ready
    late_weeks too late; people, arrival, ceiling: that held them until it had closed; gate: there was no earlier window for them), role,
    fund, year.
    """
    held = links[links["gate_weeks"] > 0].sort_values(["start_week", "ready_week"], kind="stable")
    index = {key: g for g, key in enumerate(plan.network.groups)}
    windows = [window_at(plan, index[r.initiative], r.start_week) for r in held.itertuples()]
    made = held[["initiative", "phase", "gate_weeks", "late_weeks", "role", "fund", "year"]].copy()
    made["cause"] = [PREDECESSOR if r.cause == GATE and r.late_weeks else r.cause for r in held.itertuples()]
    made["ready"] = pd.Series([plan.timeline.day(w) for w in held["ready_week"]], index=held.index, dtype=object)
    made["start"] = pd.Series([plan.timeline.day(w) for w in held["start_week"]], index=held.index, dtype=object)
    made["gate_year"] = [plan.timeline.years[w.year] for w in windows]
    made["revised"] = [w.revised for w in windows]
    return made.reset_index(drop=True)


def window_at(plan: Plan, group: int, week: int) -> Window:
    """The fiscal window of a group that holds a start week; raises ValueError when there is none."""
    for window in plan.network.windows[group]:
        if window.opens <= week <= window.last_start:
            return window
    raise ValueError(f"{plan.network.groups[group]}: no window holds week {week}")


def _path(problem, starts: np.ndarray, made: tuple[critical.Link, ...]) -> set[int]:
    """Activities on the chain that leads to the last week of work; of activities that end together, the one first in the plan."""
    lengths = np.where(starts >= 0, starts + problem.duration, -1) * (problem.duration > 0)
    return {link.activity for link in critical.chain(made, int(lengths.argmax()))} if lengths.max(initial=0) > 0 else set()


def _row(plan: Plan, problem, link: critical.Link, starts, floats, latest, path: set[int]) -> tuple:
    a, network = link.activity, plan.network
    start, group = int(starts[a]), int(problem.group[a])
    first = a not in range(len(network.activities)) or network.chains[group][0] == a
    ready = max(link.ready, int(network.earliest[group])) if first else link.ready
    closed = int((~problem.windows_allow[a, ready:start]).sum())
    cause, before = _cause(link, start, ready), link.before
    late = 0
    if cause == GATE and before >= 0:
        late = ready - int(np.flatnonzero(problem.windows_allow[a, :ready]).max())
    wait = link.wait if before >= 0 else start - ready
    own, ahead = _name(plan, problem, a), _name(plan, problem, before) if before >= 0 else ("", "")
    role = network.roles[link.resource] if link.resource >= 0 else ""
    fund, year = (network.funds[link.fund], plan.timeline.years[link.year]) if link.fund >= 0 else ("", 0)
    finish = start + int(problem.duration[a])
    return (*own, start, finish, cause, *ahead, ready, wait, closed, late, role, fund, year,
            int(floats[a]), int(latest[a]) - start, a in path)  # fmt: skip


def _cause(link: critical.Link, start: int, ready: int) -> str:
    """The cause in words of the plan; a group's own earliest date stands in the windows of its activities."""
    if link.cause == critical.WINDOW:
        return GATE if start > ready else EARLIEST
    if link.cause == critical.RESOURCE:
        return PEOPLE if link.before >= 0 else ARRIVAL
    names = {critical.START: START, critical.AFTER: PREDECESSOR, critical.MONEY: CEILING, critical.FREE: ORDER}
    return names[link.cause]


def _name(plan: Plan, problem, a: int) -> tuple[str, str]:
    """Initiative and phase of an activity of the problem."""
    group = plan.network.groups[int(problem.group[a])]
    return group, plan.network.activities[a][1] if a < len(plan.network.activities) else ""


def waits(plan: Plan, links: pd.DataFrame) -> pd.DataFrame:
    """Every stretch of weeks in which an activity was ready and did not start: initiative, phase, from_week, to_week (the first week
    after), gate (its budget window was closed)."""
    index = {_name(plan, plan.problem, a): a for a in range(len(plan.problem.names))}
    rows = []
    for r in links[links["start_week"] > links["ready_week"]].itertuples():
        closed = ~plan.problem.windows_allow[index[r.initiative, r.phase], r.ready_week : r.start_week]
        turns = [0, *(np.flatnonzero(closed[1:] != closed[:-1]) + 1).tolist(), len(closed)]
        for begin, end in zip(turns, turns[1:], strict=False):
            rows.append((r.initiative, r.phase, r.ready_week + begin, r.ready_week + end, bool(closed[begin])))
    frame = pd.DataFrame(rows, columns=["initiative", "phase", "from_week", "to_week", "gate"])
    return frame.astype({"from_week": "int64", "to_week": "int64", "gate": bool})
