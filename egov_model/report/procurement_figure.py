"""What passes the procurement desk, month by month, against what it can do."""

from __future__ import annotations

from egov_model.analysis.rollout import desk_role, procurement_load
from egov_model.model.plan import Plan
from egov_model.report.figures import PLAN, WARN, drawing, grid_from_zero, svg
from egov_model.report.fragments import Figure, Table
from egov_model.report.wording import Say


def procurement_load_figure(plan: Plan, say: Say) -> Figure:
    """People the packages in procurement take against those the desk has for projects."""
    frame = procurement_load(plan)
    with drawing("procurement-load", 2.4) as canvas:
        axes = canvas.add_subplot()
        months = list(range(len(frame)))
        axes.fill_between(months, 0, frame["need_fte"], color=PLAN, step="mid", linewidth=0, label=say("Packages in procurement"))
        axes.step(
            months, frame["can_fte"], where="mid", color=WARN, linewidth=1.8, linestyle=(0, (5, 1)), label=say("What the desk can do")
        )
        starts = [n for n, m in enumerate(frame.index) if m.endswith("-01")]
        axes.set_xticks(starts, [frame.index[n][:4] for n in starts])
        grid_from_zero(axes, say)
        canvas.legend(loc="outside upper left", ncols=2, frameon=False, title=say("FTE"), alignment="left", title_fontsize=9)
        finding = load_finding(say, plan)
        rows = []
        for n in range(0, len(frame), 3):
            part = frame.iloc[n : n + 3]
            quarter = say("{first} to {last}", first=_month(say, plan, part.index[0]), last=_month(say, plan, part.index[-1]))
            most, full = int(part["packages"].max()), int(part["full"].sum())
            need, can = (say.number(float(part[c].mean()), 2) for c in ("need_fte", "can_fte"))
            rows.append((quarter, say.number(most), need, can, say.number(full)))
        heads = (
            say("Months"), say("Most packages at one time"), say("They take (FTE)"), say("The desk has (FTE)"),
            say("Weeks without room for another"),
        )  # fmt: skip
        data = Table(say("Load of the procurement desk by quarter"), heads, tuple(rows), frozenset({1, 2, 3, 4}), cards=True)
        spoken = "; ".join(f"{r[0]}: {r[1]}" for r in rows)
        drawn = svg(canvas, f"{finding}. {say('Most packages at one time')}: {spoken}.")
    note = say(
        "A package takes the desk from the request to the signed contract; what the desk has is the share of its people left for this plan."
    )
    return Figure(finding, drawn, note, data)


def load_finding(say: Say, plan: Plan) -> str:
    """How full the procurement desk is, and when."""
    frame = procurement_load(plan)
    if not frame["packages"].any():
        return say("Nothing passes the procurement desk in this scenario")
    busiest = frame["need_fte"].idxmax() if frame["need_fte"].any() else frame["packages"].idxmax()
    most, full = int(frame["packages"].max()), int(frame["full"].sum())
    role = say.title(plan.inputs.rows["roles"][desk_role(plan)]) if desk_role(plan) else say("the procurement desk")
    told = say(
        "At most {n} packages are in procurement at one time; {role} is busiest in {month}",
        n=say.number(most), role=role, month=_month(say, plan, busiest),
    )  # fmt: skip
    if not full:
        return told + say(" and always has room for another")
    return told + say.plural(" and has no room for another in {n} week", " and has no room for another in {n} weeks", full)


def _month(say: Say, plan: Plan, month: str) -> str:
    return say.short_month(plan.timeline.start.replace(year=int(month[:4]), month=int(month[5:])))
