"""Any number of scenarios against a base: figures, differences, years, bridges, and which are worse than another in everything."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from egov_model.analysis.bridge import Bridge, bridge
from egov_model.analysis.chances import Chances, chances
from egov_model.analysis.compare import ANYWAY, BASE, Headline, comparison
from egov_model.analysis.drawn import Outlook
from egov_model.analysis.measures import reached
from egov_model.analysis.robust import criteria, dominated, scores
from egov_model.inputs.chain import ScenarioFile
from egov_model.inputs.errors import InputError, did_you_mean, listed
from egov_model.inputs.scenario import PlanInputs
from egov_model.model.maturity import published
from egov_model.model.plan import Plan

APART = {"scenario", "peak_year", "tightest_year", "index_year", "index_scheme", "index_predicate"}  # without a difference


@dataclass(frozen=True)
class Comparison:
    """Plans against a base, which is the first of `plans`.

    `headlines` and `differences` (to the base, finish in days) have one row per scenario; `criteria` too, columns of CRITERIA; `years` one
    per scenario and year (see `by_year`); `dominated` one per scenario and other one that is as good in everything and better in
    something; `bridges` one per scenario but the base. `chances` is what shared draws say, None without draws; `left_out` are
    scenarios that plan other years.
    """

    plans: tuple[Plan, ...]
    headlines: pd.DataFrame
    differences: pd.DataFrame
    criteria: pd.DataFrame
    years: pd.DataFrame
    dominated: pd.DataFrame
    bridges: tuple[Bridge, ...]
    chances: Chances | None = None
    left_out: tuple[ScenarioFile, ...] = ()

    @property
    def base(self) -> Plan:
        """What all others are set against."""
        return self.plans[0]

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Names in the order of `plans`."""
        return tuple(plan.inputs.scenario.name for plan in self.plans)


def chosen(asked: Sequence[str], base: str, known: Collection[str]) -> list[str]:
    """The scenarios to compare, the base first: those asked for, or all; what happens anyway is always among them.

    An empty `base` is the pack's own base scenario, or the first one asked for when there is none. Raises InputError for an unknown name,
    one named twice, and when there is nothing to compare with what is asked for.
    """
    for name in (*asked, *([base] if base else [])):
        if name not in known:
            raise InputError(" ".join(filter(None, (f"no scenario {name!r}; there are: {listed(known)}.", did_you_mean(name, known)))))
    for name in dict.fromkeys(asked):
        if asked.count(name) > 1:
            raise InputError(f"scenario {name!r} is named {asked.count(name)} times; name each once")
    first = base or (BASE if BASE in known else [*asked, *known][0])
    others = [name for name in asked or known if name != first]
    if ANYWAY in known and ANYWAY not in (first, *others):
        others.append(ANYWAY)
    if asked and not others:
        raise InputError(f"nothing to compare: {first!r} is the base itself; name another scenario, or another --base")
    return [first, *others]


def of_same_years(loaded: Sequence[PlanInputs], asked: Collection[str]) -> tuple[list[PlanInputs], tuple[ScenarioFile, ...]]:
    """The scenarios that plan the years of the first one, and those that do not; raises InputError when one of those is asked for."""
    years = loaded[0].settings.years
    other = [inputs for inputs in loaded if inputs.settings.years != years]
    named = [inputs for inputs in other if inputs.scenario.name in asked]
    if named:
        told = [f"{i.scenario.name!r} plans {i.settings.years[0]} to {i.settings.years[-1]}" for i in named]
        base = f"{loaded[0].scenario.name!r} {years[0]} to {years[-1]}"
        raise InputError(f"{', '.join(told)}, the base {base}: only scenarios over the same years can be compared")
    return [inputs for inputs in loaded if inputs not in other], tuple(inputs.scenario for inputs in other)


def side_by_side(plans: Sequence[Plan], outlooks: Sequence[Outlook] | None = None, left_out: tuple[ScenarioFile, ...] = ()) -> Comparison:
    """The first plan as base, all against it, with the outlook of each over the same draws when there are some."""
    base, names = plans[0], [plan.inputs.scenario.name for plan in plans]
    judged = {name: criteria(plan) for name, plan in zip(names, plans, strict=True)}
    worse = dominated(scores(judged))[0]
    pairs = [(names[b], names[a]) for b, a in np.argwhere(worse).tolist()]
    headlines = comparison(plans)
    return Comparison(
        tuple(plans),
        headlines,
        _differences(headlines),
        pd.DataFrame([{"scenario": name, **row} for name, row in judged.items()]),
        pd.concat([by_year(plan) for plan in plans], ignore_index=True),
        pd.DataFrame(pairs, columns=["scenario", "by"]),
        tuple(bridge(base, plan) for plan in plans[1:]),
        chances(plans, outlooks) if outlooks else None,
        left_out,
    )


def by_year(plan: Plan) -> pd.DataFrame:
    """One row per year: scenario, year, used_idr, ceiling_idr, initiatives (live by its end), services, villages (likewise), need_fte (mean
    over the months), index (None in a year that no scheme scores)."""
    years, ends = plan.timeline.years, np.cumsum(plan.timeline.year_weeks)
    money = plan.ceilings.groupby("year")[["used_idr", "ceiling_idr"]].sum()
    people = plan.staffing.groupby("year")["need_fte"].sum() / 12
    live, index = plan.schedule.live[:1], {}
    for part in plan.maturity:
        index |= {years[n]: published(float(value)) for n, value in zip(part.years, part.index[0], strict=True)}
    rows = []
    for year, end in zip(years, ends.tolist(), strict=True):
        brought = reached(plan, live, year).iloc[0]
        rows.append(
            {
                "scenario": plan.inputs.scenario.name,
                "year": year,
                "used_idr": int(money.loc[year, "used_idr"]),
                "ceiling_idr": int(money.loc[year, "ceiling_idr"]),
                "initiatives": int(((live[0] >= 0) & (live[0] < end)).sum()),
                "services": int(brought["services"]),
                "villages": int(brought["villages"]),
                "need_fte": round(float(people.get(year, 0.0)), 1),
                "index": index.get(year),
            }
        )
    return pd.DataFrame(rows)


def _differences(headlines: pd.DataFrame) -> pd.DataFrame:
    """What each scenario has more than the first; `finish_days` later; None where either has no value."""
    names = [f.name for f in fields(Headline) if f.name not in APART]
    rows, base = [], headlines.iloc[0]
    for _, row in headlines.iterrows():
        made = {"scenario": row["scenario"]}
        for name in names:
            known = row[name] is not None and base[name] is not None and not pd.isna(row[name]) and not pd.isna(base[name])
            if name == "finish":
                made["finish_days"] = (row[name] - base[name]).days if known else None
            else:
                made[name] = _less(row[name], base[name]) if known else None
        rows.append(made)
    return pd.DataFrame(rows)


def _less(one: object, other: object) -> object:
    return int(one) - int(other) if float(one).is_integer() and float(other).is_integer() else round(float(one) - float(other), 6)
