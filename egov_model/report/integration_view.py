"""How applications are joined, and what every agency owes, as tables, sentences and a figure; formats, never computes."""

from __future__ import annotations

import math

import pandas as pd

from egov_model.inputs.integration import HUB
from egov_model.model import duties as duty_room
from egov_model.model import treatments
from egov_model.model.integration import INVENTORY, PLANNED, architectures, cost_curve
from egov_model.model.plan import Plan
from egov_model.report.figures import BILLION, INK, LINE, PLAN, SOFT, WARN, drawing, svg
from egov_model.report.fragments import Figure, Table
from egov_model.report.tables_view import DASH
from egov_model.report.wording import Say, marked
from egov_model.report.words import why_not_placed

SCOPES = {PLANNED: marked("paid by the plan"), INVENTORY: marked("whole inventory")}
DUTIES = {
    treatments.KEEP: marked("keep as it is"),
    treatments.ADAPT: marked("adapt"),
    treatments.INTEGRATE: marked("integrate"),
    treatments.REPLACE: marked("replace"),
    treatments.RETIRE: marked("retire"),
    treatments.BUILD: marked("build"),
}
OF_MANY = {
    treatments.KEEP: (marked("keep {n} as it is"), "keep {n} as they are"),
    treatments.ADAPT: (marked("adapt {n}"), "adapt {n}"),
    treatments.INTEGRATE: (marked("integrate {n}"), "integrate {n}"),
    treatments.REPLACE: (marked("replace {n}"), "replace {n}"),
    treatments.RETIRE: (marked("retire {n}"), "retire {n}"),
    treatments.BUILD: (marked("build {n}"), "build {n}"),
}

MOST_NAMES = 6  # in one cell


def integration(say: Say, plan: Plan) -> Table:
    """Both architectures side by side: build, upkeep per year, over the plan."""
    rows = []
    frame = architectures(plan)
    for scope, r in frame[frame["pairs"] > 0].iterrows():
        for name, kind, links in ((_hub(say), "hub", r["connectors"]), (_direct(say), "point_to_point", r["pairs"])):
            money = (say.rupiah(int(r[f"{kind}_{c}"])) for c in ("build_idr", "upkeep_idr_year", "total_idr"))
            rows.append((name, say(SCOPES[scope]), say.number(links), *money))
    heads = (
        say("Architecture"),
        say("Interfaces of"),
        say("Connectors or interfaces"),
        say("To build"),
        say("Upkeep per year"),
        say.plural("Over {n} year", "Over {n} years", len(plan.timeline.years)),
    )
    return Table(say("Over the hub or point to point"), heads, tuple(rows), frozenset({2, 3, 4, 5}), cards=True)


def integration_finding(say: Say, plan: Plan) -> str:
    """What this scenario does, what the other way would cost, and how sure the order is."""
    frame = architectures(plan)
    paid, whole = frame.loc[PLANNED], frame.loc[INVENTORY]
    hub, direct = say.money(int(paid["hub_total_idr"])), say.money(int(paid["point_to_point_total_idr"]))
    spread = [_limit(say, whole[name]) for name in ("crossover_low", "crossover", "crossover_high")]
    sure = say(
        "For the whole inventory the hub is cheaper above {limit} interfaces, {low} to {high} by the work of a connector; "
        "{pairs} are listed. Were every application to exchange data with every other, it would be from {applications} applications on.",
        limit=spread[1], low=spread[0], high=spread[2], pairs=say.number(whole["pairs"]),
        applications=say.number(math.ceil(whole["crossover_applications"])),
    )  # fmt: skip
    if not paid["pairs"]:
        told = say("This scenario pays for no integration.")
    elif plan.inputs.settings.integration == HUB:
        told = say(
            "This scenario integrates over the hub: what the plan joins costs {hub} with the hub itself, point to point {direct}.",
            hub=hub, direct=direct,
        )  # fmt: skip
    else:
        told = say(
            "This scenario integrates point to point: what the plan joins costs {direct}, over the hub {hub} with the hub itself.",
            hub=hub, direct=direct,
        )  # fmt: skip
    return f"{told} {sure}"


def integration_figure(plan: Plan, say: Say) -> Figure:
    """Cost of joining the inventory's applications against the number of interfaces, with the crossover."""
    r = architectures(plan).loc[INVENTORY]
    limit, pairs = float(r["crossover"]), int(r["pairs"])
    widest = max(pairs, limit if math.isfinite(limit) else 0)
    frame = cost_curve(plan, 8 * max(1, math.ceil(widest * 1.3 / 8)))
    with drawing("integration", 2.6) as canvas:
        axes = canvas.add_subplot()
        axes.plot(frame["pairs"], frame["point_to_point_idr"] / BILLION, color=WARN, linestyle=(0, (5, 1)), linewidth=2, label=_direct(say))
        axes.plot(frame["pairs"], frame["hub_idr"] / BILLION, color=PLAN, linewidth=2.2, label=_hub(say))
        axes.axvline(pairs, color=SOFT, linewidth=1, linestyle=(0, (1, 2)))
        axes.plot([pairs, pairs], [r["hub_total_idr"] / BILLION, r["point_to_point_total_idr"] / BILLION], "o", color=INK, markersize=5)
        axes.set_xlim(0, frame["pairs"].iloc[-1])
        axes.set_ylim(0)
        axes.set_xlabel(say("Interfaces between applications"))
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter(lambda value, _: say.figure(round(value, 6)))
        axes.grid(axis="y", color=LINE, linewidth=0.6)
        title = say.plural("Rp billion over {n} year", "Rp billion over {n} years", len(plan.timeline.years))
        canvas.legend(loc="outside upper left", ncols=2, frameon=False, title=title, alignment="left", title_fontsize=9)
        finding = say(
            "The hub is the cheaper way above {limit} interfaces; the inventory lists {pairs} between {applications} applications",
            limit=_limit(say, limit), pairs=say.number(pairs), applications=say.number(r["connectors"]),
        )  # fmt: skip
        rows = tuple(
            (say.number(p.pairs), say.rupiah(round(p.hub_idr)), say.rupiah(round(p.point_to_point_idr))) for p in frame.itertuples()
        )
        heads = (say("Interfaces"), _hub(say), _direct(say))
        data = Table(say("Cost by number of interfaces"), heads, rows, frozenset({1, 2}))
        ends = (("hub_total_idr", _hub(say)), ("point_to_point_total_idr", _direct(say)))
        spoken = "; ".join(f"{name}: {say.money(int(r[column]))}" for column, name in ends)
        drawn = svg(canvas, f"{finding}. {spoken}.")
    told = say(
        "The dots stand at the interfaces of the inventory, priced as if the regency built every one. "
        "The hub costs the same however many interfaces its applications share."
    )
    return Figure(finding, drawn, told, data)


def duties(say: Say, plan: Plan) -> Table:
    """What every agency owes, its money and the year it is integrated by."""
    agencies = plan.inputs.rows["agencies"]
    rows = []
    for key, r in duty_room.duties_by_agency(duty_room.duties(plan)).iterrows():
        owed, years = ", ".join(counted(say, r)), DASH if pd.isna(r["first_year"]) else str(r["first_year"])
        if not pd.isna(r["last_year"]) and r["last_year"] != r["first_year"]:
            years = f"{years}{DASH}{r['last_year']}"
        rows.append((agencies[key].name, say.number(r["applications"]), owed, say.rupiah(int(r["amount_idr"])), years, _by(say, r)))
    heads = (say("Agency"), say("Applications"), say("Duties"), say("Part of the plan's money"), say("Years"), say("Integrated by"))
    return Table(say("Duties of every agency under Perkada 18/2017"), heads, tuple(rows), frozenset({1, 3}), cards=True)


def counted(say: Say, counts: pd.Series) -> list[str]:
    """What is asked of how many applications, from their counts by duty; the number stays with its word."""
    return [say.plural(*words, int(counts[duty])).replace(" ", "\N{NO-BREAK SPACE}", 1) for duty, words in OF_MANY.items() if counts[duty]]


def duties_finding(say: Say, plan: Plan) -> str:
    """How many agencies are integrated by which year, and what has no date."""
    frame = duty_room.duties(plan)
    agencies = duty_room.duties_by_agency(frame)
    by_year = duty_room.integrated_by_year(plan, agencies)
    owing = int((agencies["owed"] > 0).sum())
    rises = by_year[by_year.diff().fillna(by_year) > 0]
    if rises.empty:
        told = say(
            "Of {all} agencies, {owing} owe something; none has done all of it by the end of {year}.",
            all=say.number(len(agencies)), owing=say.number(owing), year=by_year.index[-1],
        )  # fmt: skip
    else:
        steps = [say("{n} by the end of {year}", n=say.number(n), year=year) for year, n in rises.items()]
        told = say(
            "Of {all} agencies, {owing} owe something; all of it is done in {steps}.",
            all=say.number(len(agencies)), owing=say.number(owing), steps=say.listing(steps),
        )  # fmt: skip
    open_rows = duty_room.undated(frame)
    if open_rows.empty:
        return told
    counts = open_rows["status"].map(lambda s: s if s in (duty_room.NO_INITIATIVE, duty_room.OUT_OF_SCOPE) else "").value_counts()
    reasons = {
        "": say("whose initiative does not fit the plan"),
        duty_room.NO_INITIATIVE: say("that no initiative treats"),
        duty_room.OUT_OF_SCOPE: say("whose initiative is not part of this scenario"),
    }
    parts = [f"{say.number(counts[key])} {words}" for key, words in reasons.items() if key in counts.index]
    missing = say.plural(
        "{n} application of {agencies} agencies has no date: {parts}.", "{n} applications of {agencies} agencies have no date: {parts}.",
        len(open_rows), agencies=say.number(open_rows["agency"].nunique()), parts=say.listing(parts),
    )  # fmt: skip
    return f"{told} {missing}"


def undated(say: Say, plan: Plan) -> Table:
    """Applications that owe something and have no date by the initiative that is to treat them, and why."""
    agencies, initiatives = plan.inputs.rows["agencies"], plan.inputs.rows["initiatives"]
    rows = []
    for key, part in duty_room.undated(duty_room.duties(plan)).groupby("initiative", sort=False):
        owners = [agencies[name].short_name for name in dict.fromkeys(part["agency"])]
        title = say.title(initiatives[key]) if key else say("no initiative")
        rows.append((title, say.number(len(part)), _some(say, list(part["name"])), _some(say, owners), _why(say, plan, part.iloc[0])))
    heads = (say("Initiative"), say("Applications"), say("Which"), say("Agencies"), say("Why"))
    return Table(say("Applications without a date"), heads, tuple(rows), frozenset({1}), cards=True)


def _some(say: Say, names: list[str]) -> str:
    """Names in a row; of many the first three."""
    if len(names) <= MOST_NAMES:
        return say.listing(names)
    return say("{names} and {n} more", names=", ".join(names[:3]), n=len(names) - 3)


def _hub(say: Say) -> str:
    return say("Over the hub (SPLP)")


def _direct(say: Say) -> str:
    return say("Point to point")


def _limit(say: Say, pairs: float) -> str:
    """The most interfaces for which the hub is not cheaper."""
    return say.number(math.floor(pairs)) if math.isfinite(pairs) else say("any number of")


def _by(say: Say, row: pd.Series) -> str:
    if row["owed"] == 0:
        return say("nothing is owed")
    if row["undated"]:
        return say.plural("{n} without a date", "{n} without a date", int(row["undated"]))
    return str(row["integrated_by"])


def _why(say: Say, plan: Plan, row: pd.Series) -> str:
    if row["status"] == duty_room.NO_INITIATIVE:
        return say("No initiative of the plan treats it")
    if row["status"] == duty_room.OUT_OF_SCOPE:
        return say("Its initiative is not part of this scenario")
    return why_not_placed(say, plan, row)
