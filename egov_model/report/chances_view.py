"""What shared draws say of scenarios: ranges, who is best where, regret, how stable a choice is; formats, never computes."""

from __future__ import annotations

from datetime import date

import pandas as pd

from egov_model.analysis.robust import CRITERIA
from egov_model.analysis.side_by_side import Comparison
from egov_model.report.bridge_view import signed
from egov_model.report.comparison_view import out_of_hundred, titles
from egov_model.report.figures import BILLION, INK, LINE, PLAN, RANGE, WARN, drawing, svg
from egov_model.report.fragments import Figure, Table
from egov_model.report.tables_view import DASH
from egov_model.report.wording import Say, marked
from egov_model.report.words import named

WORDS = {
    "total_idr": marked("cost"),
    "finish": marked("finish"),
    "index": marked("index"),
    "initiatives": marked("initiatives finished"),
    "services": marked("digital services"),
    "villages": marked("villages connected"),
}


def ranges_figure(say: Say, found: Comparison) -> Figure:
    """P10 to P90 of every scenario's cost with P50, P80 and the plan's own figure."""
    names, rows = titles(say, found), found.chances.ranges.set_index("scenario")
    with drawing("ranges", 0.9 + 0.42 * len(names)) as canvas:
        axes = canvas.add_subplot()
        low, high = (float(rows[column].agg(how)) / BILLION for column, how in (("total_p10_idr", "min"), ("total_p90_idr", "max")))
        plain = {"fontsize": 8.5, "parse_math": False, "ha": "left", "va": "bottom", "in_layout": False}
        for n, name in enumerate(names):
            r = rows.loc[name] if isinstance(rows.loc[name], pd.Series) else rows.loc[name].iloc[0]
            amounts = {q: r[f"total_p{q}_idr"] / BILLION for q in (10, 50, 80, 90)}
            axes.plot([amounts[10], amounts[90]], [-n] * 2, color=RANGE, linewidth=6, solid_capstyle="butt", label=say("P10 to P90"))
            axes.plot([amounts[50]], [-n], color=PLAN, marker="o", linestyle="", markersize=6, label="P50")
            axes.plot([amounts[80]], [-n], color=INK, marker="|", linestyle="", markersize=11, markeredgewidth=2, label="P80")
            diamond = {"color": WARN, "marker": "D", "linestyle": "", "markersize": 4.5, "fillstyle": "none"}
            axes.plot([r["plan_total_idr"] / BILLION], [-n], label=say("the plan's own figure"), **diamond)
            axes.text(min(low, float(rows["plan_total_idr"].min()) / BILLION), -n + 0.16, names[name], **plain)
        axes.set_ylim(-len(names) + 0.5, 0.7)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.grid(axis="x", color=LINE, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.xaxis.set_major_formatter(lambda x, _: say.figure(round(x, 6)))
        axes.set_xlabel(say("Rp billion, total of the plan"), fontsize=8)
        handles, labels = axes.get_legend_handles_labels()
        canvas.legend(handles[:4], labels[:4], loc="outside upper left", ncols=2, frameon=False)
        finding, data = ranges_finding(say, found), ranges_table(say, found)
        drawn = svg(canvas, f"{finding}. " + "; ".join(f"{row[0]}: P50 {row[2]}, P80 {row[3]}" for row in data.rows) + ".")
    told = say(
        "The bar holds 80 of 100 courses: in 10 it ends below its left end, in 10 above its right end. The dot is the middle, the stroke "
        "what 80 of 100 do not exceed, the diamond the plan at most likely values."
    )
    return Figure(finding, drawn, told, data)


def ranges_finding(say: Say, found: Comparison) -> str:
    """The base's P80, in words of a hundred courses."""
    names, first = titles(say, found), found.chances.ranges.iloc[0]
    return say(
        "Of 100 possible courses of {scenario}, 80 end at or below {money}; the plan's own {plan} holds in {held}",
        scenario=names[found.scenarios[0]], money=say.money(int(first["total_p80_idr"])), plan=say.money(int(first["plan_total_idr"])),
        held=out_of_hundred(say, first["plan_held_share"]),
    )  # fmt: skip


def ranges_table(say: Say, found: Comparison) -> Table:
    """Ranges of cost, finish and index."""
    names, rows = titles(say, found), []
    for r in found.chances.ranges.itertuples():
        finish = [say.short_month(day) if isinstance(day, date) else say("not even after the plan") for day in (r.finish_p50, r.finish_p80)]
        index = DASH if pd.isna(r.index_p50) else f"{say.number(r.index_p10, 2)} {DASH} {say.number(r.index_p90, 2)}"
        rows.append(
            (
                names[r.scenario],
                say.money(r.total_p10_idr),
                say.money(r.total_p50_idr),
                say.money(r.total_p80_idr),
                say.money(r.total_p90_idr),
                out_of_hundred(say, r.plan_held_share),
                *finish,
                out_of_hundred(say, r.within_share),
                index,
            )
        )
    heads = (
        say("Scenario"), "P10", "P50", "P80", "P90", say("Plan's cost holds (of 100)"), say("Finished, P50"), say("Finished, P80"),
        say("All within the plan's years (of 100)"), say("Index, P10 to P90"),
    )  # fmt: skip
    return Table(say("Ranges over shared draws"), heads, tuple(rows), frozenset({1, 2, 3, 4, 5, 8, 9}), cards=True)


def against_base(say: Say, found: Comparison) -> Table:
    """The difference to the base in the same draw, and how often each scenario is the better one."""
    names, base = titles(say, found), found.scenarios[0]
    pairs = found.chances.pairs.set_index(["scenario", "other"])
    rows = []
    for r in found.chances.differences.iloc[1:].itertuples():
        pair = pairs.loc[(r.scenario, base)]
        chances = [DASH if pd.isna(pair[c]) else out_of_hundred(say, pair[c]) for c in ("cheaper_share", "earlier_share", "higher_share")]
        money = [signed(say, int(m)) for m in (r.total_p10_idr, r.total_p50_idr, r.total_p90_idr)]
        rows.append((names[r.scenario], *money, *chances))
    heads = (
        say("Scenario"), say("Cost: P10"), "P50", "P90", say("Cheaper (of 100)"), say("Earlier (of 100)"), say("Higher index (of 100)"),
    )  # fmt: skip
    caption = say("Difference from {base} in the same draw", base=names[base])
    return Table(caption, heads, tuple(rows), frozenset(range(1, 7)), cards=True)


def best(say: Say, found: Comparison) -> Table:
    """By criterion: who is best most often, and whose largest regret is smallest."""
    names, rows = titles(say, found), []
    for name in CRITERIA:
        mine = found.chances.regret[found.chances.regret["criterion"] == name]
        if mine.empty:
            continue
        most = mine.loc[mine["best_share"].idxmax()]
        least = mine[mine["minimax"]]
        safe = say.listing([names[s] for s in least["scenario"]]) if len(least) < len(mine) else say("all alike")
        rows.append(
            (
                named(say, WORDS, name),
                names[most["scenario"]],
                out_of_hundred(say, most["best_share"]),
                safe if len(least) else DASH,
                amount(say, name, least["regret_max"].iloc[0]) if len(least) else DASH,
            )
        )
    heads = (say("By"), say("Best most often"), say("Best in (of 100)"), say("Smallest largest regret"), say("that is at most"))
    return Table(say("Which scenario is best where"), heads, tuple(rows), frozenset({2, 4}), cards=True)


def regret(say: Say, found: Comparison) -> Table:
    """Regret of every scenario by every criterion."""
    names, rows, groups = titles(say, found), [], []
    for name in CRITERIA:
        mine = found.chances.regret[found.chances.regret["criterion"] == name]
        if len(mine):
            groups.append((len(rows), named(say, WORDS, name)))
        for r in mine.itertuples():
            far = [amount(say, name, r.regret_mean, 1), amount(say, name, r.regret_p90), amount(say, name, r.regret_max)]
            rows.append((names[r.scenario], out_of_hundred(say, r.best_share), *far))
    heads = (say("Scenario"), say("Best in (of 100)"), say("Mean regret"), say("Regret, P90"), say("Largest regret"))
    caption = say("Regret: how far each scenario is from the best of a draw")
    return Table(caption, heads, tuple(rows), frozenset(range(1, 5)), groups=tuple(groups))


def amount(say: Say, criterion: str, value: float, decimals: int = 0) -> str:
    """A regret in its criterion's unit; what is counted has `decimals` only in a mean."""
    if pd.isna(value):
        return say("has no end")
    if criterion == "total_idr":
        return say.money(round(value))
    if criterion == "finish":
        return say.plural("{n} week", "{n} weeks", round(value / 7))
    return say.number(value, 2 if criterion == "index" else decimals)


def often_worse(say: Say, found: Comparison) -> Table:
    """In how many draws each scenario has another that beats it in everything."""
    names = titles(say, found)
    frame = found.chances.dominated.sort_values("share", ascending=False, kind="stable")
    rows = [
        (names[r.scenario], out_of_hundred(say, r.share), names.get(r.by, DASH), out_of_hundred(say, r.by_share))
        for r in frame.itertuples()
    ]
    heads = (say("Scenario"), say("Beaten in everything (of 100)"), say("Most often by"), say("by that one (of 100)"))
    caption = say("In how many courses another scenario is as good in everything and better in something")
    return Table(caption, heads, tuple(rows), frozenset({1, 3}), cards=True)


def stability_finding(say: Say, found: Comparison) -> str:
    """How many optional initiatives of the base are nearly sure, and which is least so."""
    frame = found.chances.stability
    mine = frame[(frame["scenario"] == found.scenarios[0]) & ~frame["mandatory"] & frame["planned"]]
    if mine.empty:
        return say("The base plans no optional initiative.")
    least = mine.loc[mine["within_share"].idxmin()]
    rows = found.base.inputs.rows["initiatives"]
    return say.plural(
        "Of {all} that {base} plans, {n} is finished within the plan in at least 90 of 100 courses; least sure is {title}, with {share} "
        "of 100.",
        "Of {all} that {base} plans, {n} are finished within the plan in at least 90 of 100 courses; least sure is {title}, with {share} "
        "of 100.",
        int((mine["within_share"] >= 0.9).sum()),
        base=titles(say, found)[found.scenarios[0]],
        all=say.plural("{n} optional initiative", "{n} optional initiatives", len(mine)),
        title=say.title(rows[least["initiative"]]), share=out_of_hundred(say, least["within_share"]),
    )  # fmt: skip


def stability(say: Say, found: Comparison) -> Table:
    """Every optional initiative: in how many scenarios it is planned, and how often it is finished within the plan."""
    frame, rows = found.chances.stability, found.base.inputs.rows["initiatives"]
    optional = frame[~frame["mandatory"]]
    made = []
    for key, mine in optional.groupby("initiative", sort=False):
        planned = mine[mine["planned"]]
        base = planned.loc[planned["scenario"] == found.scenarios[0], "within_share"]
        title = say.title(rows[key]) if key in rows else _title(say, found, key)
        least, most = (planned["within_share"].min(), planned["within_share"].max()) if len(planned) else (0.0, 0.0)
        in_base = out_of_hundred(say, base.iloc[0]) if len(base) else DASH
        made.append((least, (title, say.number(len(planned)), in_base, out_of_hundred(say, least), out_of_hundred(say, most))))
    made.sort(key=lambda row: (row[0], row[1][0]))
    heads = (
        say("Optional initiative"), say("Scenarios that plan it (of {n})", n=len(found.scenarios)), say("Finished in the base (of 100)"),
        say("least, where it is planned"), say("most"),
    )  # fmt: skip
    caption = say("How often each optional initiative is finished within the plan")
    return Table(caption, heads, tuple(row for _, row in made), frozenset({1, 2, 3, 4}), cards=True)


def _title(say: Say, found: Comparison, key: str) -> str:
    return next(say.title(p.inputs.rows["initiatives"][key]) for p in found.plans if key in p.inputs.rows["initiatives"])


def brought(say: Say, found: Comparison) -> Table:
    """Index, initiatives, services, villages and benefits over the draws."""
    names, rows = titles(say, found), []
    index = found.chances.ranges.set_index("scenario")
    for r in found.chances.brought.to_dict("records"):
        i = index.loc[r["scenario"]]
        spread = DASH if pd.isna(i["index_p50"]) else _spread(say, [i["index_p10"], i["index_p50"], i["index_p90"]], 2)
        counts = [_spread(say, [r[f"{n}_p{q}"] for q in (10, 50, 90)], 0) for n in ("initiatives", "services", "villages")]
        money = _spread(say, [r[f"benefit_idr_p{q}"] / BILLION for q in (10, 50, 90)], 2)
        rows.append((names[r["scenario"]], spread, *counts, money))
    heads = (
        say("Scenario"), say("Index"), say("Initiatives finished"), say("Digital services"), say("Villages connected"),
        say("Hours and travel saved, present value (Rp billion)"),
    )  # fmt: skip
    caption = say("What each scenario brings over the draws (P10 / P50 / P90)")
    return Table(caption, heads, tuple(rows), frozenset(range(1, 6)), cards=True)


def _spread(say: Say, values: list[float], decimals: int) -> str:
    return "\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}".join(say.number(value, decimals) for value in values)
