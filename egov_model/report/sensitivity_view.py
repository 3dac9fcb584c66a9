"""What moves the plan, at which values it breaks, and whose doubt makes the spread, as sentences and tables; formats, never computes."""

from __future__ import annotations

import math

import pandas as pd

from egov_model.analysis.switching import BREAKS, CEILING, CHOICE, FINISH, FIT, Switching, switching
from egov_model.analysis.tornado import Tornado, tornado
from egov_model.model.plan import Plan
from egov_model.report.fragments import Table
from egov_model.report.input_names import input_name, input_value
from egov_model.report.remembered import remembered
from egov_model.report.tables_view import DASH
from egov_model.report.wording import Say
from egov_model.report.words import EVIDENCE, named

MOST = 12


def tornado_finding(say: Say, plan: Plan, made: Tornado | None = None) -> str:
    """Which input moves the cost most, and how many let something fall out."""
    made = made or remembered(plan, tornado, Tornado)
    frame = made.frame
    if frame.empty or frame["swing_idr"].iloc[0] == 0:
        return say("No input moves the cost of this plan")
    row = frame.iloc[0]
    told = say(
        "{input} moves the cost most: {low} at its P10, {high} at its P90",
        input=input_name(say, plan.inputs, row["table"], row["row"]), low=say.money(row["low_idr"]), high=say.money(row["high_idr"]),
    )  # fmt: skip
    out = int(_falls_out(frame).sum())
    return told + "; " + say.plural(
        "at one end of {n} of {all} inputs something of the plan falls out",
        "at one end of {n} of {all} inputs something of the plan falls out",
        out, all=say.number(len(frame)),
    )  # fmt: skip


def _falls_out(frame: pd.DataFrame) -> pd.Series:
    """Inputs at one end of which something promised has no place."""
    return frame["low_left_out"].map(bool) | frame["high_left_out"].map(bool)


def tornado_table(say: Say, plan: Plan, made: Tornado | None = None, most: int = MOST) -> Table:
    """The inputs that move cost most: range, cost, what is paid, finish and what falls out at both ends."""
    made = made or remembered(plan, tornado, Tornado)
    rows = []
    for r in made.frame.head(most).itertuples():
        spread = f"{input_value(say, r.table, r.row, r.low)} {DASH} {input_value(say, r.table, r.row, r.high)}"
        cells = [
            both(say, say.money(r.low_idr), say.money(r.high_idr)),
            both(say, say.money(r.low_paid_idr), say.money(r.high_paid_idr)),
            both(say, *(finish(say, plan, *end) for end in ((r.low_finish_week, r.low_left_out), (r.high_finish_week, r.high_left_out)))),
            both(say, say.number(len(r.low_left_out)), say.number(len(r.high_left_out))),
        ]
        rows.append((input_name(say, plan.inputs, r.table, r.row), spread, *cells, named(say, EVIDENCE, r.evidence)))
    heads = (
        say("Input"), say("Range (P10 to P90)"), say("Cost of all that is planned, at P10 and P90"), say("Paid for what has a place"),
        say("Finished"), say("Initiatives that fall out"), say("Evidence"),
    )  # fmt: skip
    return Table(say("What moves the cost most, scheduled again"), heads, tuple(rows), cards=True)


def both(say: Say, low: str, high: str) -> str:
    """What stands at P10 and at P90, once where it is the same."""
    return low if low == high else say("{low} and {high}", low=low, high=high)


def finish(say: Say, plan: Plan, week: int, left_out: tuple[str, ...]) -> str:
    """The month in which promised work ends, or that it does not within the plan."""
    if left_out:
        return say("after {year}", year=plan.timeline.years[-1])
    return say.month(plan.timeline.last_day(week)) if week else DASH


def switching_finding(say: Say, plan: Plan, made: Switching | None = None) -> str:
    """What breaks first, and how many inputs break nothing."""
    made = made or remembered(plan, switching, Switching)
    frame = made.frame
    inputs, holding = frame["key"].nunique(), int(frame.groupby("key")["nearest"].agg(lambda n: n.isna().all()).sum())
    if not inputs:
        return say("No input moves this plan by enough to weigh")
    if holding == inputs:
        return say("All {n} inputs that weigh leave the plan whole between their P10 and P90", n=say.number(inputs))
    row = frame.iloc[0]
    down = not math.isnan(row["down_value"]) and (math.isnan(row["up_value"]) or _way(row, "down") <= _way(row, "up"))
    value, names = (row["down_value"], row["down_names"]) if down else (row["up_value"], row["up_names"])
    told = say(
        "The plan breaks first at {input}: at {value} instead of {now} {what}",
        input=input_name(say, plan.inputs, row["table"], row["row"]), value=input_value(say, row["table"], row["row"], value),
        now=input_value(say, row["table"], row["row"], row["mode"]), what=_what(say, plan, row["breaks"], names, made.tolerance_weeks),
    )  # fmt: skip
    return told + "; " + say.plural(
        "{n} of {all} inputs that weigh breaks nothing between P10 and P90",
        "{n} of {all} inputs that weigh break nothing between P10 and P90",
        holding, all=say.number(inputs),
    )  # fmt: skip


def _way(row: pd.Series, name: str) -> float:
    """How far a break is, against the way to the end of the range on its side."""
    end = row["low"] if name == "down" else row["high"]
    return abs(row[f"{name}_value"] - row["mode"]) / abs(end - row["mode"])


def _what(say: Say, plan: Plan, kind: str, names: tuple[str, ...], tolerance_weeks: int) -> str:
    """What breaks, in words."""
    titles = plan.inputs.rows["initiatives"]
    if kind == CEILING:
        funds = {key: say.title(row) for key, row in plan.inputs.rows["funds"].items()}
        told = [f"{funds[name.rpartition(' ')[0]]} {name.rpartition(' ')[2]}" for name in names]
        return say("the ceiling no longer covers the plan's own dates ({ceilings})", ceilings=say.listing(told))
    if kind == FINISH:
        return say("the work ends more than {weeks} weeks later, or not within the plan", weeks=say.number(tolerance_weeks))
    told = say.listing([say.title(titles[name]) for name in names])
    if kind == FIT:
        return say("something has no place ({initiatives})", initiatives=told)
    return say("other initiatives are chosen ({initiatives})", initiatives=told)


def switching_table(say: Say, plan: Plan, made: Switching | None = None, most: int = 20) -> Table:
    """The inputs that break something, the nearest first: the value from which each thing breaks, up to the first `most` of them."""
    made = made or remembered(plan, switching, Switching)
    rows = []
    by_key = dict(list(made.frame.dropna(subset=["nearest"]).groupby("key", sort=False)))
    for part in list(by_key.values())[:most]:
        row, cells = part.iloc[0], part.set_index("breaks")
        broken = [_values(say, cells.loc[kind]) if kind in cells.index else DASH for kind in BREAKS]
        spread = (
            f"{input_value(say, row['table'], row['row'], row['low'])} {DASH} {input_value(say, row['table'], row['row'], row['high'])}"
        )
        now = input_value(say, row["table"], row["row"], row["mode"])
        rows.append((input_name(say, plan.inputs, row["table"], row["row"]), now, spread, *broken, named(say, EVIDENCE, row["evidence"])))
    later = say("Ends over {weeks} weeks later, or not within the plan", weeks=say.number(made.tolerance_weeks))
    words = {
        CEILING: say("A ceiling breaks"),
        FIT: say("Something has no place"),
        FINISH: later,
        CHOICE: say("The choice of initiatives changes"),
    }
    heads = (say("Input"), say("Most likely"), say("Range (P10 to P90)"), *(words[kind] for kind in BREAKS), say("Evidence"))
    return Table(say("Switching values: from which value the plan breaks"), heads, tuple(rows), cards=True)


def _values(say: Say, row: pd.Series) -> str:
    """From which value down and up."""
    signs = {"down": "\N{LESS-THAN OR EQUAL TO}", "up": "\N{GREATER-THAN OR EQUAL TO}"}
    found = {sign: row[f"{name}_value"] for name, sign in signs.items()}
    told = [f"{sign} {input_value(say, row['table'], row['row'], value)}" for sign, value in found.items() if not math.isnan(value)]
    return "; ".join(told) or DASH
