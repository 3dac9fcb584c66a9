"""Second looks at the plan as tables and sentences; formats, never computes."""

from __future__ import annotations

from egov_model.analysis import crosscheck
from egov_model.analysis.influence import swings
from egov_model.analysis.kept import kept
from egov_model.model.plan import Plan
from egov_model.report.fragments import Table
from egov_model.report.input_names import input_name
from egov_model.report.wording import Say, marked
from egov_model.report.words import EVIDENCE, named

RATINGS = {"red": marked("red: weighs and poorly known"), "amber": marked("amber: weighs or poorly known"), "green": marked("green")}
DELIVERIES = {"vendor": marked("a vendor"), "in_house": marked("own staff"), "mixed": marked("own staff and a vendor")}
RATIOS = {
    "inhabitant": marked("Cost per inhabitant and year"),
    "user": marked("Cost per user of government systems and year"),
    "village": marked("Cost per village and year"),
    "spending_share": marked("Share of the regency's yearly spending (2026)"),
    "run_share": marked("Share that runs rather than builds"),
    "run_to_build_share": marked("Running cost of the last year as a share of all that is built"),
}


def software(say: Say, plan: Plan) -> Table:
    """Person-months by two methods, who works them, and what the plan pays."""
    titles = plan.inputs.rows["initiatives"]
    rows = []
    for key, r in crosscheck.software_by_initiative(plan).iterrows():
        spread = f"{say.number(r['low'], 1)} \N{EN DASH} {say.number(r['high'], 1)}"
        work = (
            say.number(r["applications"]),
            say.number(r["function_points"]),
            say.number(r["mode"], 1),
            say.number(r["second"], 1),
            spread,
            say(DELIVERIES[r["delivery"]]),
            say.number(r["weeks"]),
        )
        rows.append((say.title(titles[key]), *work, say.rupiah(int(r["paid_idr"]))))
    heads = (
        say("Initiative"), say("Applications"), say("Function points"), say("Person-months (COCOMO II)"),
        say("Person-months (use case points)"),
        say("Range (P10 to P90)"), say("Built by"), say("Weeks to build"), say("Paid to a vendor in the plan"),
    )  # fmt: skip
    return Table(say("Software: size, effort and time"), heads, tuple(rows), frozenset({1, 2, 3, 4, 5, 7, 8}), cards=True)


def software_finding(say: Say, plan: Plan) -> str:
    """How far the two methods are apart."""
    frame = crosscheck.software_by_initiative(plan)
    if frame.empty:
        return say("No initiative of this scenario builds or changes software.")
    first, second = float(frame["mode"].sum()), float(frame["second"].sum())
    return say(
        "The software of the plan is {first} person-months of work by COCOMO II fitted to local experience; use case points say "
        "{second}, {ratio} times apart, which widens the range.",
        first=say.number(first), second=say.number(second), ratio=say.number(max(first, second) / max(0.1, min(first, second)), 1),
    )  # fmt: skip


def ratios(say: Say, plan: Plan) -> Table:
    """Ratios that a reader can hold against other regencies."""
    rows = tuple(
        (say(RATIOS[k]), say.percent(v, 2) if k.endswith("share") else say.rupiah(round(v))) for k, v in crosscheck.ratios(plan).items()
    )
    return Table(say("The plan in ratios"), (say("Ratio"), say("Value")), rows, frozenset({1}))


def ranking(say: Say, plan: Plan, most: int = 20) -> Table:
    """Inputs, each with the key under which a scenario sets it, by how far the total moves between their P10 and P90."""
    rows = []
    for r in kept(plan, swings).head(most).itertuples():
        spread = f"{say.figure(r.low)} \N{EN DASH} {say.figure(r.high)}"
        rows.append(
            (
                f"{input_name(say, plan.inputs, r.table, r.row)} ({r.key})",
                say.figure(r.mode),
                spread,
                say.money(r.swing_idr),
                say.percent(r.share, 1),
                named(say, EVIDENCE, r.evidence),
                say(RATINGS[r.rating]),
            )
        )
    heads = (say("Parameter"), say("Value"), say("Range (P10 to P90)"), say("Total moves by"), say("Share"), say("Evidence"), say("Rating"))
    return Table(say("What moves the total most (dates held still)"), heads, tuple(rows), frozenset({1, 2, 3, 4}), cards=True)
