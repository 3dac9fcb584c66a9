"""Who is served when: the island groups at their places, as large as their people, filled by the year their villages are connected."""

from __future__ import annotations

import math

import pandas as pd

from egov_model.analysis.served import island_frame
from egov_model.model.plan import Plan
from egov_model.report.figures import INK, SOFT, drawing, svg
from egov_model.report.fragments import Figure, Table
from egov_model.report.map_figure import AXES_INCHES, NEVER, ROOM_HIGH, ROOM_WIDE, extent, ground, year_fills
from egov_model.report.tables_view import DASH
from egov_model.report.wording import Say

LARGEST, SMALLEST = 500.0, 45.0  # area of a circle [square points]
COLUMNS = 3  # of the legend


def islands_figure(plan: Plan, say: Say) -> Figure:
    """A circle per island group and a dot per village; the data is what each group gets."""
    frame, villages = island_frame(plan), _villages(plan)
    drawn_groups = frame[frame["villages"] > 0]
    fills = year_fills(sorted(int(year) for year in frame["half_year"].dropna().unique()))
    finding, data = islands_finding(say, plan), _table(say, frame, plan.timeline.years[-1])
    wide, high = extent(villages)
    never = int(drawn_groups["half_year"].isna().sum())
    inches = min(AXES_INCHES * ROOM_HIGH / ROOM_WIDE * high / wide, 7.0) + 0.45 + 0.18 * math.ceil((len(fills) + bool(never)) / COLUMNS)
    most = max(1, int(frame["people"].max()))
    with drawing("islands", inches) as canvas:
        axes = canvas.add_subplot()
        axes.scatter(villages["lon"], villages["lat"], s=3, color=SOFT, linewidth=0)
        for r in drawn_groups.sort_values("people", ascending=False).itertuples():
            fill = NEVER if pd.isna(r.half_year) else fills[int(r.half_year)]
            size = max(SMALLEST, LARGEST * r.people / most)
            axes.scatter([r.lon], [r.lat], s=size, facecolor=fill, edgecolor=INK, linewidth=0.8, zorder=5)
        names = drawn_groups.sort_values(["lat", "island_group"])  # from the south, so that leaders to crowded places do not cross
        ground(axes, villages, say, [(_short(r.island_group), r.lat, r.lon) for r in names.itertuples()])
        look = {"linestyle": "", "markersize": 7, "markeredgecolor": INK, "markeredgewidth": 0.6, "marker": "o"}
        handles = []
        for year, fill in fills.items():
            label = f"{year} ({say.number(int((frame['half_year'] == year).sum()))})"
            handles += axes.plot([], [], color=fill, label=label, **look)
        if never:
            handles += axes.plot([], [], color=NEVER, label=f"{say('not in this plan')} ({say.number(never)})", **look)
        canvas.legend(
            handles=handles, loc="outside upper left", ncols=COLUMNS, frameon=False, handletextpad=0.2, columnspacing=1, alignment="left",
            title=say("Half of the villages connected by (island groups)"), title_fontsize=9,
        )  # fmt: skip
        spoken = "; ".join(f"{row[0]}: {row[3]}, {row[5]}" for row in data.rows)
        drawn = svg(canvas, f"{finding}. {spoken}.")
    told = say(
        "Each circle is an island group, as large as its people; its fill is the year by whose end half of its villages are connected, "
        "darkest first. Small dots are villages. To scale, without coastlines."
    )
    return Figure(finding, drawn, told, data)


def islands_finding(say: Say, plan: Plan) -> str:
    """Who is connected last, and how much less it uses."""
    frame, year = island_frame(plan), plan.timeline.years[-1]
    frame = frame[frame["villages"] > 0]
    some = frame[frame["half_year"].notna()]
    if some.empty:
        return say("No island group gets a connection for half of its villages in this scenario")
    never = [_short(name) for name in frame.loc[frame["half_year"].isna(), "island_group"]]
    first, last = int(some["half_year"].min()), int(some["half_year"].max())
    if never:
        return say("Left out: {groups}; the first island groups are half connected by {year}", groups=say.listing(never), year=first)
    latest = [_short(name) for name in frame.loc[frame["half_year"] == last, "island_group"]]
    if first == last:
        return say("All island groups are half connected by the end of {year}", year=last)
    low, high = frame.loc[frame["digital_share"].idxmin()], frame.loc[frame["digital_share"].idxmax()]
    return say(
        "Served last: {groups}, half connected by {last}, {n} after the first; in {year} {low} of the transactions of {least} are digital, "
        "{high} of those of {most}",
        groups=say.listing(latest), last=last, n=say.plural("{n} year", "{n} years", last - first), year=year,
        low=say.percent(low["digital_share"], 1), least=_short(low["island_group"]), high=say.percent(high["digital_share"], 1),
        most=_short(high["island_group"]),
    )  # fmt: skip


def _table(say: Say, frame: pd.DataFrame, year: int) -> Table:
    rows = tuple(
        (
            r.island_group, say.number(r.people), say.number(r.villages), DASH if pd.isna(r.half_year) else str(r.half_year),
            say.percent(r.digital_share, 1), say.number(r.hours_per_thousand),
        )
        for r in frame.itertuples()
    )  # fmt: skip
    heads = (
        say("Island group"), say("People"), say("Villages"), say("Half connected by"), say("Transactions digital in {year}", year=year),
        say("Hours saved per thousand people"),
    )  # fmt: skip
    return Table(say("Who is served when, first to last"), heads, rows, frozenset({1, 2, 3, 4, 5}))


def _villages(plan: Plan) -> pd.DataFrame:
    """Places of all villages; of districts where a pack has none."""
    places = plan.inputs.rows["villages"] or plan.inputs.rows["districts"]
    return pd.DataFrame({"lat": [p.lat for p in places.values()], "lon": [p.lon for p in places.values()]})


def _short(name: str) -> str:
    return name.partition(" (")[0]
