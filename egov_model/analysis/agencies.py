"""A plan as one agency sees it: its money, its initiatives, what others do for it, whom it takes, its dates, what it should confirm."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from egov_model.analysis.apbd import chosen_year, rka_table
from egov_model.analysis.ask_first import ASSUMPTION
from egov_model.analysis.deadlines import CLOSE, DPA, LAST, LAST_REVISED, PROCUREMENT, REVISED, RKPD, STAFF, deadlines
from egov_model.analysis.influence import swings
from egov_model.analysis.kept import kept
from egov_model.analysis.reached import site_links
from egov_model.analysis.served import service_frame
from egov_model.analysis.staff_calendar import BUDGET, PROPOSE
from egov_model.analysis.staff_calendar import TRAINING as START_TRAINING
from egov_model.inputs.survey_scope import FORM_TABLES
from egov_model.model.duties import duties
from egov_model.model.people import by_month
from egov_model.model.plan import Plan
from egov_model.model.staffing import project_need_fte

APPLICATION, LINK, POWER, TRAINING = "application", "link", "power", "training"  # ways in which an initiative reaches an agency
ONE_EACH = {  # groups of training.csv of which every agency of a kind sends people
    "agencies": lambda agency: True,
    "offices": lambda agency: agency.kind != "kecamatan",
    "district_offices": lambda agency: agency.kind == "kecamatan",
}
ICT, PLANNING, FINANCE, PERSONNEL, AUDIT = "2.16", "5.01", "5.02", "5.03", "6.01"  # urusan (Permendagri 90/2019)
DUE_BY_OFFICE = {PLANNING: (RKPD,), FINANCE: (DPA, CLOSE), PERSONNEL: (STAFF + PROPOSE, STAFF + BUDGET, STAFF + START_TRAINING)}
DUE_OF_ALL = (RKPD, DPA, LAST, REVISED, LAST_REVISED, CLOSE)
LINKED = "linked_agencies"  # agencies that own an application which the initiative treats


def money_by_agency(plan: Plan) -> pd.DataFrame:
    """Rupiah by agency (index: every agency, in the order of agencies.csv), int.

    Columns: own_idr (in its own budget: the initiatives it answers for), for_others_idr (of that, for applications of other agencies),
    from_others_idr (in the budgets of others, for its applications), served_idr = own_idr - for_others_idr + from_others_idr (spent on
    it). own_idr and served_idr both add up to the plan's total: money that is for no application stays with whoever budgets it.
    """
    initiatives, agencies = plan.inputs.rows["initiatives"], list(plan.inputs.rows["agencies"])
    frame = kept(plan, duties)
    shared = frame[frame["amount_idr"] > 0]
    shared = shared.assign(owner=[initiatives[key].owner for key in shared["initiative"]])
    shared = shared[shared["owner"] != shared["agency"]]

    def by(column: str, rows: pd.DataFrame) -> pd.Series:
        return rows.groupby(column)["amount_idr"].sum().reindex(agencies, fill_value=0).astype("int64")

    made = pd.DataFrame({"own_idr": by("agency", plan.budget), "for_others_idr": by("owner", shared)})
    made["from_others_idr"] = by("agency", shared)
    return made.assign(served_idr=made["own_idr"] - made["for_others_idr"] + made["from_others_idr"])


def budget_rows(plan: Plan, agency: str) -> pd.DataFrame:
    """Exact rupiah of an agency's own budget by sub-kegiatan code and account (index) and year, with `total_idr`; empty without money."""
    keys, years = ["sub_kegiatan_code", "sub_kegiatan", "account_code", "account"], list(plan.timeline.years)
    mine = plan.budget[plan.budget["agency"] == agency]
    frame = mine.pivot_table(index=keys, columns="year", values="amount_idr", aggfunc="sum", fill_value=0)
    frame = frame.reindex(columns=years, fill_value=0).astype("int64")
    return frame.assign(total_idr=frame[years].sum(axis=1)).sort_index(kind="stable")


def rka_by_year(plan: Plan, agency: str) -> pd.Series:
    """The same in whole thousands, as RKA and DPA print it, by year (index), int."""
    frame = kept(plan, rka_table)
    mine = frame[frame.index.get_level_values("agency") == agency]
    return mine[list(plan.timeline.years)].sum().astype("int64")


def own_initiatives(plan: Plan, agency: str) -> pd.DataFrame:
    """Rows of `Plan.initiatives` that an agency answers for: with work, by their start, then what only runs, then what has no place."""
    frame = plan.initiatives[plan.initiatives["owner"] == agency]
    place = [(2, "") if r.status != "placed" else (0, r.start.isoformat()) if r.works else (1, "") for r in frame.itertuples()]
    return frame.iloc[sorted(range(len(frame)), key=lambda n: place[n])]


def own_applications(plan: Plan, agency: str) -> pd.DataFrame:
    """Rows of `duties` of an agency's applications."""
    frame = kept(plan, duties)
    return frame[frame["agency"] == agency]


def own_services(plan: Plan, agency: str) -> pd.DataFrame:
    """Rows of `service_frame` that an agency answers for."""
    frame = kept(plan, service_frame)
    return frame[frame["owner"] == agency]


def from_others(plan: Plan, agency: str) -> pd.DataFrame:
    """What initiatives of other agencies bring to this one, soonest first; what has no date last.

    Columns: how (APPLICATION, LINK, POWER, TRAINING), initiative, owner, what (name of the application, the link's technology, "" else),
    people (who attend a training), hours (lesson hours each), yearly (the training comes back every year), day (the initiative's work
    ends; None without a date), status (of the initiative: as `Plan.initiatives`, or "" when it is not part of the scenario).
    """
    rows = plan.inputs.rows
    record = rows["agencies"][agency]
    made = [(APPLICATION, r.initiative, r.name, 0.0, 0.0, False) for r in own_applications(plan, agency).itertuples() if r.initiative]
    site = kept(plan, site_links)
    here = site[site["id"] == agency].iloc[0]
    made += [(LINK, here["initiative"], here["technology"], 0.0, 0.0, False)] if here["initiative"] else []
    made += [(POWER, here["power_initiative"], here["power"], 0.0, 0.0, False)] if here["power_initiative"] else []
    linked = {a.initiative for a in rows["applications"].values() if a.agency == agency}
    for row in rows["training"].values():
        mine = row.initiative in linked if row.group == LINKED else row.group in ONE_EACH and ONE_EACH[row.group](record)
        if mine:
            made.append((TRAINING, row.initiative, "", row.people, row.mode, row.timing == "yearly"))
    placed = plan.initiatives.set_index("initiative")
    told = []
    for how, key, what, people, hours, yearly in made:
        owner = rows["initiatives"][key].owner
        if owner == agency or key not in placed.index:
            continue
        status = placed.at[key, "status"]
        day = (placed.at[key, "finish"] or placed.at[key, "go_live"]) if status == "placed" else None
        told.append((how, key, owner, what, people, hours, yearly, day, status))
    order = [LINK, POWER, APPLICATION, TRAINING]
    told.sort(key=lambda r: (r[7] is None, r[7].isoformat() if r[7] else "", order.index(r[0]), r[1], r[3]))
    return pd.DataFrame(told, columns=["how", "initiative", "owner", "what", "people", "hours", "yearly", "day", "status"])


def people_needed(plan: Plan, agency: str) -> pd.DataFrame:
    """Person-months that an agency's own initiatives take while they are carried out, by role (index) and year; only roles with some.

    Over all agencies they add up to `project_fte` of `Plan.staffing`, summed over the months.
    """
    owners = [plan.inputs.rows["initiatives"][key].owner for key in plan.network.groups]
    mine = np.array([owners[group] == agency for group, _ in plan.network.activities], dtype=bool)
    network = replace(plan.network, role_demand=plan.network.role_demand * mine[:, None])
    months = by_month(project_need_fte(network, plan.schedule)[0], plan.timeline)  # (roles, months)
    years = list(plan.timeline.years)
    frame = pd.DataFrame(months.reshape(len(months), len(years), 12).sum(axis=2), index=list(network.roles), columns=years)
    return frame[frame.sum(axis=1) > 0]


def dates(plan: Plan, agency: str) -> pd.DataFrame:
    """Rows of `deadlines` that an agency has to keep: procurements of its own initiatives; the dates of the first APBD year, from the one
    now being budgeted on, in which it has money; and what falls to its office in the regency (work plan, finance, personnel) every year."""
    rows, frame = plan.inputs.rows, kept(plan, deadlines)
    asked = {kind for office, kinds in DUE_BY_OFFICE.items() if office_of(plan, office) == agency for kind in kinds}
    paid = plan.budget.loc[plan.budget["agency"] == agency, "year"]
    first = paid[paid >= chosen_year(plan)].min()  # not a number without money
    mine = [
        rows["initiatives"][r.initiative].owner == agency
        if r.kind == PROCUREMENT
        else r.kind in asked or (r.year == first and r.kind in DUE_OF_ALL)
        for r in frame.itertuples()
    ]
    return frame[mine]


def office_of(plan: Plan, urusan: str) -> str:
    """The agency that does this for the regency, by its urusan (Permendagri 90/2019); "" when the pack has none."""
    return next((key for key, agency in plan.inputs.rows["agencies"].items() if agency.urusan == urusan), "")


def to_confirm(plan: Plan, agency: str) -> pd.DataFrame:
    """Assumptions in the survey form of an agency, the one that moves the plan's total most first; then in the order of the form.

    Columns: table, row, swing_idr (how far it moves the total between its P10 and P90; 0 for what moves no cost).
    """
    rows, frame = plan.inputs.rows, kept(plan, swings)
    swing = {(r.table, r.row): int(r.swing_idr) for r in frame[frame["evidence"] == ASSUMPTION].itertuples()}
    asked = [
        (name, key, swing.get((name, key), 0))
        for name, table in FORM_TABLES.items()
        for key, row in table.rows_of(rows, agency).items()
        if row.evidence == ASSUMPTION
    ]
    return pd.DataFrame(sorted(asked, key=lambda r: -r[2]), columns=["table", "row", "swing_idr"])


def prepare(plan: Plan) -> None:
    """Calculate once what the sheets of all agencies share."""
    for make in (duties, deadlines, service_frame, site_links, swings, rka_table, money_by_agency):
        kept(plan, make)
