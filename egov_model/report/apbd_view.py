"""The budget in the form of the APBD as tables: RKA rows, kinds of spending, what is new money; formats, never computes."""

from __future__ import annotations

from dataclasses import replace

from egov_model.analysis import apbd
from egov_model.model.plan import Plan
from egov_model.report.fragments import Table
from egov_model.report.tables_view import DASH, money_by_year
from egov_model.report.wording import Say, marked
from egov_model.report.words import ACCOUNT_GROUPS, named

KINDS = {apbd.OPERATING: marked("Operating spending"), apbd.CAPITAL: marked("Capital spending")}
BURDEN = {
    "new_idr": marked("New initiatives"),
    "hires_idr": marked("Pay of the people the plan adds"),
    "additional_idr": marked("Additional spending"),
    "running_idr": marked("Initiatives already running"),
    "employed_idr": marked("Pay of people already employed"),
    "full_idr": marked("Full burden"),
}
SUMS = ("additional_idr", "full_idr")  # rows of BURDEN that sum those above them


def by_code(say: Say, plan: Plan) -> Table:
    """The rows of RKA and DPA: agency, programme code, account, in whole thousands of rupiah."""
    agencies, frame = plan.inputs.rows["agencies"], apbd.rka_table(plan)
    caption = say("Budget by programme code and account, whole thousands of rupiah")
    view = money_by_year(say, caption, [say("Account")], frame, lambda i: [f"{i[3]} {i[4]}"])
    groups: dict[tuple[str, str], tuple[int, str]] = {}
    for number, (agency, code, name, *_) in enumerate(frame.index):
        groups.setdefault((agency, code), (number, f"{agencies[agency].short_name} \N{MIDDLE DOT} {code} {name}"))
    heads = (say("Account"), *(year_head(say, plan, year) for year in plan.timeline.years), say("Total"))
    return replace(view, columns=heads, groups=(*groups.values(), (len(frame), say("All agencies"))) if view.rows else ())


def year_head(say: Say, plan: Plan, year: int) -> str:
    """A year with what it is in the year now being budgeted: its indicative ceiling, or the forward estimate behind it."""
    match year - apbd.chosen_year(plan):
        case 0:
            return say("{year} (indicative ceiling)", year=year)
        case 1:
            return say("{year} (forward estimate)", year=year)
        case _:
            return str(year)


def rounding(say: Say, plan: Plan) -> Table:
    """Exact totals beside those of the rounded rows, by year."""
    frame = apbd.reconciliation(plan)
    frame.loc["total"] = frame.sum()
    heads = (say("Year"), say("Exact total"), say("Total of the rounded rows"), say("Difference"))
    rows = [
        (say("Total") if year == "total" else str(year), *(say.rupiah(int(v)) for v in values))
        for year, values in zip(frame.index, frame.to_numpy().tolist(), strict=True)
    ]
    return Table(say("Rounding of the RKA rows"), heads, tuple(rows), frozenset({1, 2, 3}), frozenset([len(rows) - 1]))


def spending_kinds(say: Say, plan: Plan) -> Table:
    """Operating spending with its parts, and capital spending, by year."""
    frame = apbd.spending_kinds(plan)
    rows: list[tuple[str, ...]] = []
    totals = []
    for kind, part in frame.groupby(level="kind", sort=False):
        totals.append(len(rows))
        rows.append((say(KINDS[kind]), *_money(say, part.sum().to_list())))
        if len(part) > 1:
            rows += [(named(say, ACCOUNT_GROUPS, group), *_money(say, values)) for (_, group), values in _rows(part)]
    totals.append(len(rows))
    rows.append((say("Total"), *_money(say, frame.sum().to_list())))
    heads = (say("Kind of spending"), *map(str, plan.timeline.years), say("Total"))
    return Table(say("Operating and capital spending by year"), heads, tuple(rows), frozenset(range(1, len(heads))), frozenset(totals))


def burden(say: Say, plan: Plan) -> Table:
    """Additional spending apart from the full burden, by year."""
    frame = apbd.burden(plan).T
    rows = [(say(BURDEN[key]), *_money(say, [*values, sum(values)])) for key, values in _rows(frame)]
    heads = (say("Part"), *map(str, plan.timeline.years), say("Total"))
    totals = frozenset(n for n, key in enumerate(frame.index) if key in SUMS)
    return Table(say("Additional spending and full burden by year"), heads, tuple(rows), frozenset(range(1, len(heads))), totals)


def _rows(frame):
    return zip(frame.index, frame.to_numpy().tolist(), strict=True)


def _money(say: Say, values: list[int]) -> list[str]:
    return [say.rupiah(int(v)) if v else DASH for v in values]
