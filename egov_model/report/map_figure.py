"""The map of links: every site at its place, drawn from coordinates alone. Shape and lightness tell as much as the colour."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from egov_model.analysis.reached import sites_by_year
from egov_model.inputs.links import LEO, NONE, TERRESTRIAL, TOWN_FIBRE, VSAT
from egov_model.report.figures import INK, LINE, SOFT, drawing, svg
from egov_model.report.fragments import Figure, Table
from egov_model.report.marks import plain
from egov_model.report.wording import Say, marked
from egov_model.report.words import named

TECHNOLOGIES = {
    TOWN_FIBRE: marked("town fibre"),
    TERRESTRIAL: marked("terrestrial link"),
    LEO: marked("low-orbit satellite"),
    VSAT: marked("VSAT satellite"),
    NONE: marked("no connection"),
}
KINDS = {
    "office": marked("Offices"),
    "district-office": marked("District offices"),
    "puskesmas": marked("Health centres"),
    "village": marked("Village offices"),
}
# Shape and size by technology; the fill tells the year, from dark (first) to light (last): steps of lightness that grey print keeps apart
MARKS = {TOWN_FIBRE: ("s", 30), TERRESTRIAL: ("^", 26), LEO: ("o", 15), VSAT: ("D", 20), NONE: ("X", 46)}
OTHER = ("P", 24)  # a technology a data pack added
NEVER = "#ffffff"
KM_PER_DEGREE = 111.195  # of a great circle: the mean radius of the earth times pi / 180
APART_KM = 25  # between two named places
NAMES = 6
AXES_INCHES = 3.9  # of the four the drawing is wide
ROOM_WIDE, ROOM_HIGH = 1.12, 1.08  # the map's room over what its sites take up
LEADER = {"arrowstyle": "-", "color": SOFT, "linewidth": 0.7, "shrinkA": 0, "shrinkB": 3}  # from a name that stands off to its place
LETTER_POINTS, LINE_POINTS = 5.3, 9.0  # a letter of a name in 8 points bold, and its height


def year_fills(years: Sequence[int]) -> dict[int, str]:
    """A colour by year, darkest first; hues that the colour-blind tell apart."""
    return {year: to_hex(colormaps["cividis"](0.97 * n / max(1, len(years) - 1))) for n, year in enumerate(years)}


def connection_map(frame: pd.DataFrame, say: Say) -> Figure:
    """The sites of a `site_links`: a marker by technology, filled by the year its link comes, names of a few places and a scale."""
    fills = year_fills(sorted(int(year) for year in frame["year"].dropna().unique()))
    year = frame["year"].astype("float").fillna(0).astype(int)  # 0: not in this plan
    used = frame["technology"].value_counts()
    order = [*(t for t in MARKS if t in used.index), *sorted(t for t in used.index if t not in MARKS)]
    waiting = int((year == 0).sum())
    entries = len(order) + len(fills) + bool(waiting)
    wide, high = extent(frame)
    inches = min(AXES_INCHES * ROOM_HIGH / ROOM_WIDE * high / wide, 7.0) + 0.3 + 0.18 * math.ceil(entries / 2)  # map and legend
    with drawing("connection-map", inches) as canvas:
        axes = canvas.add_subplot()
        groups = frame.groupby([year.rename("when"), "technology"]).size().sort_values(ascending=False, kind="stable")
        for when, name in sorted(groups.index, key=lambda g: (g[1] == NONE, -groups[g])):  # the rare ones on top, those without a link last
            marker, size = MARKS.get(name, OTHER)
            at = frame[(year == when) & (frame["technology"] == name)]
            axes.scatter(at["lon"], at["lat"], s=size, marker=marker, facecolor=fills.get(when, NEVER), edgecolor=INK, linewidth=0.5)
        ground(axes, frame, say, _places(frame))
        look = {"linestyle": "", "markersize": 6, "markeredgecolor": INK, "markeredgewidth": 0.6}
        handles = []
        for name in order:
            label = f"{named(say, TECHNOLOGIES, name)} ({say.number(used[name])})"
            handles += axes.plot([], [], marker=MARKS.get(name, OTHER)[0], color=NEVER, label=label, **look)
        for when, fill in fills.items():
            handles += axes.plot([], [], marker="o", color=fill, label=f"{when} ({say.number(int((year == when).sum()))})", **look)
        if waiting:
            handles += axes.plot([], [], marker="o", color=NEVER, label=f"{say('not in this plan')} ({say.number(waiting)})", **look)
        canvas.legend(handles=handles, loc="outside upper left", ncols=2, frameon=False, handletextpad=0.2, columnspacing=1)
        finding = connection_finding(say, frame)
        data = connection_table(say, frame)
        drawn = svg(canvas, f"{finding}. " + "; ".join(_spoken(data, n) for n in range(len(data.rows))) + ".")
    note = say(
        "Each mark is an office, health centre or village: its shape tells the technology, its fill the year, darkest first. Marks at "
        "one place cover each other. To scale, without coastlines."
    )
    return Figure(finding, drawn, note, data)


def connection_finding(say: Say, frame: pd.DataFrame) -> str:
    """What the map shows, in one sentence."""
    joined = frame[frame["year"].notna()]
    if joined.empty:
        return say("Not one of the {all} sites gets a connection", all=say.number(len(frame)))
    counts = joined["technology"].value_counts()
    counts = counts.iloc[np.lexsort((counts.index.to_numpy(dtype=str), -counts.to_numpy()))]
    how = say.listing([say("{n} by {technology}", n=say.number(n), technology=named(say, TECHNOLOGIES, t)) for t, n in counts.items()])
    by_year = joined["year"].value_counts().sort_index()
    when = say.listing([say("{n} in {year}", n=say.number(n), year=year) for year, n in by_year.items()])
    told = {"all": say.number(len(frame)), "year": by_year.index[-1], "how": how, "when": when}
    if len(joined) == len(frame):
        return say("All {all} sites are connected by {year}, {how}: {when}", **told)
    return say("{n} of {all} sites are connected by {year}, {how}: {when}", n=say.number(len(joined)), **told)


def connection_table(say: Say, frame: pd.DataFrame) -> Table:
    """Sites by year, technology and kind."""
    counts = sites_by_year(frame)
    rows = [
        (
            say("not in this plan") if pd.isna(year) else str(year),
            named(say, TECHNOLOGIES, technology), *(say.number(n) for n in row), say.number(row.sum()),
        )
        for (year, technology), row in zip(counts.index, counts.to_numpy(), strict=True)
    ]  # fmt: skip
    rows.append((say("Total"), "", *(say.number(n) for n in counts.sum()), say.number(len(frame))))
    heads = (say("Connected"), say("Technology"), *(named(say, KINDS, kind) for kind in counts.columns), say("Sites"))
    caption = say("Sites by year of connection, technology and kind")
    return Table(caption, heads, tuple(rows), frozenset(range(2, len(heads))), frozenset({len(rows) - 1}))


def _spoken(data: Table, row: int) -> str:
    cells = data.rows[row]
    counts = ", ".join(f"{head} {cell}" for head, cell in zip(data.columns[2:], cells[2:], strict=True) if plain(cell) != "0")
    return f"{' '.join(filter(None, cells[:2]))}: {counts}"


def extent(frame: pd.DataFrame) -> tuple[float, float]:
    """Width and height [degrees of latitude] of what is drawn; at least some, so that a single site can be drawn."""
    shrink = math.cos(math.radians(frame["lat"].mean()))
    return max(float(np.ptp(frame["lon"])) * shrink, 0.1), max(float(np.ptp(frame["lat"])), 0.1)


def ground(axes: Axes, frame: pd.DataFrame, say: Say, names: Sequence[tuple[str, float, float]]) -> None:
    """Equal scale both ways, names at their places (name, lat, lon), the scale bar; `frame` holds lat and lon of all that is drawn."""
    shrink = math.cos(math.radians(frame["lat"].mean()))
    wide, high = extent(frame)
    middle = (frame["lon"].max() + frame["lon"].min()) / 2, (frame["lat"].max() + frame["lat"].min()) / 2
    axes.set_xlim(middle[0] - ROOM_WIDE / 2 * wide / shrink, middle[0] + ROOM_WIDE / 2 * wide / shrink)
    axes.set_ylim(middle[1] - ROOM_HIGH / 2 * high, middle[1] + ROOM_HIGH / 2 * high)
    axes.set_aspect(1 / shrink)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[:].set(visible=True, color=LINE)
    points = AXES_INCHES * 72 / (ROOM_WIDE * wide)  # about what a degree of latitude is drawn as: enough to keep names apart
    marks = np.column_stack([(frame["lon"] - axes.get_xlim()[0]) * shrink, frame["lat"] - axes.get_ylim()[0]]) * points
    length = _round_km(wide * KM_PER_DEGREE / 3)
    taken = [(0.0, 0.0, 20 + length / KM_PER_DEGREE * points, 28.0)]  # the corner of the scale bar
    for name, lat, lon in names:
        at = (lon - axes.get_xlim()[0]) * shrink * points, (lat - axes.get_ylim()[0]) * points
        left, low = _clear_spot(at, len(name) * LETTER_POINTS, marks, taken, ROOM_WIDE * wide * points)
        offset = {"xytext": (left - at[0], low - at[1]), "textcoords": "offset points", "in_layout": False}
        leader = LEADER if _gap(at, left, low, len(name) * LETTER_POINTS) > 12 else None
        axes.annotate(name, (lon, lat), **offset, arrowprops=leader, fontsize=8, fontweight="bold", parse_math=False)
    left, low = axes.get_xlim()[0] + 12 / points / shrink, axes.get_ylim()[0] + 12 / points
    axes.plot([left, left + length / KM_PER_DEGREE / shrink], [low, low], color=INK, linewidth=2.5, solid_capstyle="butt")
    axes.annotate(f"{say.figure(length)} km", (left, low), xytext=(0, 4), textcoords="offset points", fontsize=8, color=SOFT)


def _clear_spot(
    at: tuple[float, float], width: float, marks: np.ndarray, taken: list[tuple[float, float, float, float]], room: float
) -> tuple[float, float]:
    """Lower left corner [points] of a name beside its place where it hides the fewest marks and no other name, kept in `taken`."""
    best, least = at, math.inf
    tries = []
    for gap in (6, 14, 24, 36):
        tries += [(gap, -3), (-gap - width, -3), (-width / 2, gap), (-width / 2, -gap - 6)]
        tries += [(side, up) for up in (gap / 2, -gap / 2 - 6) for side in (gap, -gap - width)]
    for aside, up in tries:
        left, low = at[0] + aside, at[1] + up
        right, top = left + width, low + LINE_POINTS
        inside = (marks[:, 0] > left - 4) & (marks[:, 0] < right + 4) & (marks[:, 1] > low - 4) & (marks[:, 1] < top + 4)
        clash = sum(left < b[2] and right > b[0] and low < b[3] and top > b[1] for b in taken)
        cost = int(inside.sum()) + 50 * clash + 100 * (left < 0 or right > room) + _gap(at, left, low, width) / 10
        if cost < least:
            best, least = (left, low), cost
    taken.append((*best, best[0] + width, best[1] + LINE_POINTS))
    return best


def _gap(at: tuple[float, float], left: float, low: float, width: float) -> float:
    """Points between a place and the box of its name."""
    return math.hypot(max(left - at[0], 0, at[0] - left - width), max(low - at[1], 0, at[1] - low - LINE_POINTS))


def _places(frame: pd.DataFrame) -> list[tuple[str, float, float]]:
    """Name and place of the capital and of the farthest district centres that stand clear of each other."""
    centres = frame[frame["kind"].isin(["office", "district-office"])].drop_duplicates("district")
    nearest = centres.nsmallest(1, "km_capital")
    chosen: list[tuple[str, float, float]] = []
    for _, r in pd.concat([nearest, centres.sort_values(["km_capital", "district"], ascending=[False, True])]).iterrows():
        clear = all(math.hypot(r["lat"] - lat, r["lon"] - lon) * KM_PER_DEGREE >= APART_KM for _, lat, lon in chosen)
        if clear and len(chosen) < NAMES:
            chosen.append((str(r["centre"]), float(r["lat"]), float(r["lon"])))
    return chosen


def _round_km(most: float) -> float:
    """The largest of 1, 2, 5, 10, 20, 50 ... that is not more than `most` kilometres."""
    power = 10.0 ** math.floor(math.log10(most))
    return next(step * power for step in (5, 2, 1) if step * power <= most)
