"""Days by which somebody has to decide or act, counted back from the plan: the APBD year, procurements, people."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from egov_model.analysis.budget_calendar import budget_years
from egov_model.analysis.staff_calendar import staff_decisions
from egov_model.model.network import packages
from egov_model.model.plan import Plan

PROCUREMENT = "procurement"
# dates of an APBD year, in the order in which they come
RKPD, DPA, LAST, REVISED, EVIDENCE, LAST_REVISED, CLOSE = (
    "rkpd", "dpa", "last_contract", "revised_budget", "evidence", "last_contract_revised", "payment_close"
)  # fmt: skip
OF_YEAR = {
    RKPD: "rkpd_cut_off", DPA: "dpa_available", LAST: "last_contract", REVISED: "revised_budget", EVIDENCE: "evidence_cut_off",
    LAST_REVISED: "last_contract_revised", CLOSE: "payment_close",
}  # fmt: skip
STAFF = "staff_"  # before the kind of a row of `staff_decisions`
COLUMNS = ["day", "kind", "key", "year", "initiative", "phase", "planned", "otherwise", "role", "number"]


def deadlines(plan: Plan) -> pd.DataFrame:
    """One row per deadline from the day the plan is issued on, soonest first; nothing of a year before it.

    Columns: day (the last one), kind (a key of OF_YEAR, PROCUREMENT, or STAFF and a kind of `staff_decisions`), key (names the deadline for
    good, whatever its day), year (the APBD year; 0 for a decision on people), initiative and phase (of a procurement, else ""), planned
    (when the plan does it; None else), otherwise (the day of the next APBD gate, when this one is missed: None where no later one is or
    none is asked), role and number (of a decision on people: people, or person-months of services; else "" and 0).

    The last day of a procurement is the first day of the last week from which its contract can still be signed while its APBD gate is
    open and, when of a single year, be finished before payments close.
    """
    rows = [*_of_years(plan), *_procurements(plan), *_people(plan)]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame = frame[[day >= plan.inputs.settings.issued_on for day in frame["day"]]]
    return frame.sort_values(["day", "kind", "key"], kind="stable").reset_index(drop=True).astype({"year": "int64", "number": "int64"})


def _of_years(plan: Plan) -> list[tuple]:
    frame, made = budget_years(plan), []
    for year, r in frame.iterrows():
        following = frame.loc[year + 1, "dpa_available"] if year + 1 in frame.index else None
        ways = {LAST: following, LAST_REVISED: following, RKPD: r["revised_budget"] or following, DPA: None, REVISED: following}
        for kind, name in OF_YEAR.items():
            if r[name] is not None:
                made.append((r[name], kind, f"{kind}-{year}", year, "", "", None, ways.get(kind), "", 0))
    return made


def _procurements(plan: Plan) -> list[tuple]:
    problem, network, start = plan.problem, plan.network, plan.schedule.start[0]
    made = []
    for activity, bought in packages(plan.inputs, network):
        group, phase = network.activities[activity]
        contract = next((a for a in bought if network.spends[a]), None)
        if contract is None or start[activity] < 0 or start[activity] == plan.schedule.finish[0, activity]:
            continue
        allowed, signed = problem.windows_allow[contract], int(start[contract])
        closes = np.flatnonzero(~allowed[signed:])
        last = signed + int(closes[0]) - 1 if closes.size else len(allowed) - 1
        before = sum(int(problem.duration[a]) for a in network.chains[group] if activity <= a < contract)
        later = np.flatnonzero(allowed[last + 1 :])
        otherwise = plan.timeline.day(last + 1 + int(later[0])) if later.size else None
        key, year = network.groups[group], plan.timeline.years[int(network.week_year[signed])]
        made.append((
            plan.timeline.day(last - before), PROCUREMENT, f"{PROCUREMENT}-{key}-{phase}", year, key, phase,
            plan.timeline.day(int(start[activity])), otherwise, "", 0,
        ))  # fmt: skip
    return made


def _people(plan: Plan) -> list[tuple]:
    seen: dict[str, int] = {}
    made = []
    for r in staff_decisions(plan).itertuples():
        key = f"{r.kind}-{r.role}-{r.how}-{_month(r.for_when)}"
        seen[key] = seen.get(key, 0) + 1
        key = key if seen[key] == 1 else f"{key}-{seen[key]}"
        made.append((r.date, STAFF + r.kind, key, 0, "", "", r.for_when, None, r.role, r.number))
    return made


def _month(day: date) -> str:
    return f"{day.year}-{day.month:02d}"
