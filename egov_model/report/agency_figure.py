"""When what happens at an agency: its own initiatives as bars, what others bring as marks."""

from __future__ import annotations

from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from egov_model.analysis import agencies as room
from egov_model.analysis.kept import kept
from egov_model.model.plan import Plan
from egov_model.report.figures import INK, PLAN, RANGE, WARN, drawing, svg
from egov_model.report.fragments import Figure, Table
from egov_model.report.gantt_figure import TALL, shortened, write_over, years_across
from egov_model.report.wording import Say

MARKS = {room.APPLICATION: ("D", PLAN), room.LINK: ("s", WARN), room.POWER: ("s", WARN), room.TRAINING: ("^", RANGE)}


def agency_figure(plan: Plan, say: Say, agency: str) -> Figure | None:
    """The dates of one agency over the plan's years; None when nothing has a date."""
    own = kept(plan, room.own_initiatives, agency)
    own, others = own[own["works"]], _by_initiative(plan, agency)
    if own.empty and not others:
        return None
    titles, timeline = plan.inputs.rows["initiatives"], plan.timeline
    rows = [(say.title(r), say.day(r["start"]), say.day(r["finish"]), say("own")) for _, r in own.iterrows()]
    agencies = plan.inputs.rows["agencies"]
    rows += [(say.title(titles[key]), "", say.day(day), agencies[titles[key].owner].short_name) for key, day, _ in others]
    with drawing(f"agency-{agency}", 1.2 + 0.34 * len(rows)) as canvas:
        axes = canvas.add_subplot()
        for n, (_, r) in enumerate(own.iterrows()):
            begin, end = _week(plan, r["start"]), _week(plan, r["finish"]) + 1
            axes.barh(n, end - begin, left=begin, height=TALL, facecolor=PLAN, edgecolor="none", zorder=3)
            write_over(axes, plan, n, shortened(say.title(r)), begin, end)
        for n, (key, day, hows) in enumerate(others, len(own)):
            at = min(_week(plan, day), timeline.weeks)
            for step, how in enumerate(hows):
                marker, colour = MARKS[how]
                axes.plot([at + 5 * step], [n], marker, markersize=6, markerfacecolor=colour, markeredgecolor=INK, clip_on=False, zorder=3)
            write_over(axes, plan, n, shortened(say.title(titles[key])), at, at)
        years_across(axes, plan, len(rows))
        shown = {how for *_, hows in others for how in hows}
        canvas.legend(handles=_legend(say, not own.empty, shown), loc="outside upper left", ncols=2, frameon=False, fontsize=8)
        finding = _finding(say, own, others)
        drawn = svg(canvas, f"{finding}. " + "; ".join(f"{title}: {end}" for title, _, end, _ in rows) + ".")
    heads = (say("Initiative"), say("Start"), say("Finish"), say("Responsible"))
    explains = say("Bars: work that this agency answers for. Marks: the month in which an initiative of another agency reaches it.")
    return Figure(finding, drawn, explains, Table(say("Dates of this agency"), heads, tuple(rows)))


def _finding(say: Say, own, others) -> str:
    """How much of it, and the first and last date."""
    if own.empty:
        first, last = (say.month(day) for day in (min(day for _, day, _ in others), max(day for _, day, _ in others)))
        count = say.plural("{n} initiative of others reaches it", "{n} initiatives of others reach it", len(others))
        return say("{initiatives}, from {first} to {last}", initiatives=count, first=first, last=last)
    days = [*own["start"], *own["finish"], *(day for _, day, _ in others)]
    return say(
        "{own} of its own and {others} of others have a date here, from {first} to {last}",
        own=say.number(len(own)), others=say.number(len(others)), first=say.month(min(days)), last=say.month(max(days)),
    )  # fmt: skip


def _by_initiative(plan: Plan, agency: str) -> list[tuple]:
    """Initiative, day and ways in which it reaches the agency, soonest first."""
    found: dict[str, tuple] = {}
    for r in kept(plan, room.from_others, agency).itertuples():
        if r.day is not None:
            _, hows = found.setdefault(r.initiative, (r.day, []))
            hows += [r.how] if r.how not in hows else []
    return [(key, day, hows) for key, (day, hows) in found.items()]


def _week(plan: Plan, day) -> float:
    return (day - plan.timeline.start).days / 7


def _legend(say: Say, own: bool, shown: set[str]) -> list:
    words = {room.APPLICATION: say("work on its application"), room.LINK: say("connection or power"), room.TRAINING: say("training")}
    keys = {room.LINK if how == room.POWER else how for how in shown}
    handles = [Patch(facecolor=PLAN, label=say("own initiative"))] if own else []
    for how in words:
        if how in keys:
            marker, colour = MARKS[how]
            look = {"markersize": 6, "markerfacecolor": colour, "markeredgecolor": INK}
            handles.append(Line2D([], [], linestyle="none", marker=marker, label=words[how], **look))
    return handles
