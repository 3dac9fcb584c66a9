"""Scenarios side by side as sentences and tables; formats, never computes."""

from __future__ import annotations

from datetime import date

import pandas as pd

from egov_model.analysis.compare import ANYWAY
from egov_model.analysis.side_by_side import Comparison
from egov_model.model.plan import Plan
from egov_model.report.bridge_view import label, signed, title
from egov_model.report.fragments import Table
from egov_model.report.tables_view import DASH
from egov_model.report.wording import Say

HUNDRED = 100


def titles(say: Say, found: Comparison) -> dict[str, str]:
    """Title of every scenario by name."""
    return {name: title(say, plan) for name, plan in zip(found.scenarios, found.plans, strict=True)}


def answer(say: Say, found: Comparison) -> str:
    """Which scenario brings the index furthest, what it costs more than the base, and which are no better than another in anything."""
    names, rows = titles(say, found), found.criteria.set_index("scenario")
    count = say.plural("Of {n} scenario", "Of {n} scenarios", len(names))
    known = rows["index"].dropna().astype(float)
    told = []
    if len(known):
        best = str(known.idxmax())
        less = int(rows.loc[best, "total_idr"]) - int(rows.loc[found.scenarios[0], "total_idr"])
        told.append(
            say(
                "{scenario} brings the index furthest, to {index} for {money} ({difference} beside {base})",
                scenario=names[best], index=say.number(known[best], 2), money=say.money(int(rows.loc[best, "total_idr"])),
                difference=signed(say, less), base=names[found.scenarios[0]],
            )
            if less
            else say(
                "{scenario} brings the index furthest, to {index} for {money}",
                scenario=names[best], index=say.number(known[best], 2), money=say.money(int(rows.loc[best, "total_idr"])),
            )
        )  # fmt: skip
    worse = list(dict.fromkeys(found.dominated["scenario"]))
    if worse:
        told.append(say.plural("{n} is no better than another in anything", "{n} are no better than another in anything", len(worse)))
    else:
        told.append(say("each is better than the others in something"))
    return say("{count}, {findings}", count=count, findings="; ".join(told))


def costs(say: Say, found: Comparison) -> Table:
    """What each scenario costs, with the difference to the base, when it is done, and whom it lacks."""
    names, more = titles(say, found), found.differences.set_index("scenario")
    heads = found.headlines.set_index("scenario")
    rows = []
    for r in found.criteria.itertuples():
        d, h, base = more.loc[r.scenario], heads.loc[r.scenario], r.scenario == found.scenarios[0]
        ended = say.short_month(r.finish) if isinstance(r.finish, date) else say("nothing new is finished")
        rows.append(
            (
                names[r.scenario],
                say.money(r.total_idr),
                DASH if base else signed(say, int(d["total_idr"])),
                say.money(int(h["new_money_idr"])),
                ended,
                DASH if base or r.scenario == ANYWAY or pd.isna(d["finish_days"]) else _weeks(say, int(d["finish_days"])),
                say.number(int(h["hires_missing"])),
            )
        )
    columns = (
        say("Scenario"), say("Cost"), say("Difference from the base"), say("of which new"), say("Finished"), say("Weeks later"),
        say("People missing"),
    )  # fmt: skip
    return Table(say("What each scenario costs"), columns, tuple(rows), frozenset({1, 2, 3, 5, 6}), cards=True)


def brings(say: Say, found: Comparison) -> Table:
    """What each scenario brings by the end of the plan, and which others are as good in everything and better in something."""
    names, heads = titles(say, found), found.headlines.set_index("scenario")
    rows = []
    for r in found.criteria.rename(columns={"index": "points"}).itertuples():
        better = found.dominated.loc[found.dominated["scenario"] == r.scenario, "by"]
        rows.append(
            (
                names[r.scenario],
                DASH if pd.isna(r.points) else say.number(r.points, 2),
                say("{placed} of {all}", placed=say.number(r.initiatives), all=say.number(int(heads.loc[r.scenario, "initiatives"]))),
                say.number(r.services),
                say.number(r.villages),
                say.listing([names[by] for by in better]) or DASH,
            )
        )
    columns = (
        say("Scenario"), say("Index"), say("Initiatives reached"), say("Digital services"), say("Villages connected"),
        say("No better in anything than"),
    )  # fmt: skip
    return Table(say("What each scenario brings"), columns, tuple(rows), frozenset({1, 2, 3, 4}), cards=True)


def dominated(say: Say, found: Comparison) -> str:
    """Which scenarios no one would choose for what they bring, and beside which."""
    names = titles(say, found)
    if found.dominated.empty:
        return say(
            "No scenario is at least as good as another in everything: by cost, finish, index, initiatives, services and villages each has "
            "something for it."
        )
    told = []
    for name, rows in found.dominated.groupby("scenario", sort=False):
        told.append(say("{scenario} beside {others}", scenario=names[name], others=say.listing([names[by] for by in rows["by"]])))
    return say(
        "At most likely values no better in anything (cost, finish, index, initiatives, services, villages) and worse in something: "
        "{list}. Where such a scenario is not a choice but something that may happen, it shows what that would cost.",
        list="; ".join(told),
    )


def paragraph(say: Say, found: Comparison, plan: Plan) -> str:
    """One scenario in sentences that can be read aloud."""
    name = plan.inputs.scenario.name
    row = found.criteria.set_index("scenario").loc[name]
    base = name == found.scenarios[0]
    told = [_money(say, found, plan, row, base), _brings(say, found, plan, row)]
    if not base:
        told.append(_finish(say, found, plan, row))
        told += _why(say, found, plan)
    told += _sure(say, found, plan, base)
    worse = list(found.dominated.loc[found.dominated["scenario"] == name, "by"])
    if worse:
        names = titles(say, found)
        told.append(
            say(
                "At most likely values it is no better than {others} in anything that is compared here.",
                others=say.listing([names[one] for one in worse]),
            )
        )
    return " ".join(told)


def _money(say: Say, found: Comparison, plan: Plan, row, base: bool) -> str:
    told = {"scenario": title(say, plan), "money": say.money(int(row["total_idr"])), "year": plan.timeline.years[-1]}
    if base:
        return say("{scenario} is what the others are set against: it costs {money} until {year}.", **told)
    less = int(row["total_idr"]) - int(found.criteria.iloc[0]["total_idr"])
    told |= {"difference": say.money(abs(less)), "base": title(say, found.base)}
    if not less:
        return say("{scenario} costs {money} until {year}, as much as {base}.", **told)
    if less > 0:
        return say("{scenario} costs {money} until {year}, {difference} more than {base}.", **told)
    return say("{scenario} costs {money} until {year}, {difference} less than {base}.", **told)


def _brings(say: Say, found: Comparison, plan: Plan, row) -> str:
    told = {
        "placed": say.number(int(row["initiatives"])),
        "all": say.number(len(plan.initiatives)),
        "services": say.plural("{n} service", "{n} services", int(row["services"])),
        "villages": say.plural("{n} village", "{n} villages", int(row["villages"])),
    }
    if row["index"] is None or pd.isna(row["index"]):
        return say("It brings {placed} of {all} initiatives, makes {services} digital and connects {villages}.", **told)
    return say(
        "It brings {placed} of {all} initiatives, makes {services} digital, connects {villages} and lifts the index to {index}.",
        index=say.number(float(row["index"]), 2), **told,
    )  # fmt: skip


def _finish(say: Say, found: Comparison, plan: Plan, row) -> str:
    days = found.differences.set_index("scenario").loc[plan.inputs.scenario.name, "finish_days"]
    if not isinstance(row["finish"], date):
        return say("Nothing new is finished.")
    month = say.month(row["finish"])
    if days is None or pd.isna(days) or plan.inputs.scenario.name == ANYWAY:
        return say("Its last work ends in {month}.", month=month)
    weeks = say.plural("{n} week", "{n} weeks", round(abs(days) / 7))
    if abs(days) < 7:
        return say("Its last work ends in {month}, as in {base}.", month=month, base=title(say, found.base))
    if days > 0:
        return say("Its last work ends in {month}, {weeks} later than in {base}.", month=month, weeks=weeks, base=title(say, found.base))
    return say("Its last work ends in {month}, {weeks} earlier than in {base}.", month=month, weeks=weeks, base=title(say, found.base))


def _why(say: Say, found: Comparison, plan: Plan) -> list[str]:
    one = next(b for b in found.bridges if b.scenario == plan.inputs.scenario.name)
    steps = [step for step in one.steps if step.total_idr][:2]
    if not steps:
        return []
    told = [say("{change} ({money})", change=label(say, s, found.base, plan), money=signed(say, s.total_idr)) for s in steps]
    return [say("What moves its cost most: {steps}.", steps=say.listing(told))]


def _sure(say: Say, found: Comparison, plan: Plan, base: bool) -> list[str]:
    if not found.chances:
        return []
    name = plan.inputs.scenario.name
    ranges = found.chances.ranges.set_index("scenario").loc[name]
    told = [say("Of 100 possible courses, 80 end at or below {money}.", money=say.money(int(ranges["total_p80_idr"])))]
    if base:
        return told
    pair = found.chances.pairs.set_index(["scenario", "other"]).loc[(name, found.scenarios[0])]
    names = {"base": title(say, found.base), "cheaper": out_of_hundred(say, pair["cheaper_share"])}
    if pd.isna(pair["higher_share"]):
        return [*told, say("In {cheaper} of 100 it is cheaper than {base}.", **names)]
    told.append(
        say(
            "In {cheaper} of 100 it is cheaper than {base}, in {higher} its index is higher.",
            higher=out_of_hundred(say, pair["higher_share"]), **names,
        )
    )  # fmt: skip
    return told


def out_of_hundred(say: Say, share: float) -> str:
    """A share as a whole number of hundred, never all or none unless it is."""
    whole = round(share * HUNDRED)
    if whole == HUNDRED and share < 1:
        return say("more than {n}", n=say.number(HUNDRED - 1))
    if whole == 0 and share > 0:
        return say("fewer than {n}", n=say.number(1))
    return say.number(whole)


def without_words(say: Say, found: Comparison) -> str:
    """What the cheapest of all is: what happens anyway."""
    if ANYWAY not in found.scenarios:
        return ""
    names = titles(say, found)
    return say(
        "{scenario} is always among those compared: it is what happens without the plan. It promises least, so that it costs little and "
        "ends soon speaks neither for nor against it.",
        scenario=names[ANYWAY],
    )


def left_out(say: Say, found: Comparison) -> str:
    """Scenarios that plan other years; nothing when there is none."""
    names = [one.title if say.language == "id" else one.title_en for one in found.left_out]
    return say("Not compared, as it plans other years: {names}.", names=say.listing(names)) if names else ""


def _weeks(say: Say, days: int) -> str:
    told = say.number(round(days / 7))
    return f"+{told}" if days > 3 else told
