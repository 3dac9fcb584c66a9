"""The pictures of a what-if as SVG text, drawn in a few milliseconds; colours as in the reports, and never a meaning by colour alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
from markupsafe import escape

from egov_model.report.figures import BILLION, INK, LINE, PLAN, RANGE, SOFT, WARN
from egov_model.report.map_figure import NEVER, year_fills
from egov_model.report.wording import Say
from egov_model.whatif.ranges import Ranges
from egov_model.whatif.result import Result

WIDE, HIGH = 440, 220  # of every picture
LEFT, RIGHT, TOP, BOTTOM = 8, 8, 24, 20
OTHER = "#7a5195"  # what it is compared with, drawn dashed


def cost(say: Say, result: Result, other: Result, sure: Ranges | None) -> str:
    """Cost by year as bars under the ceilings, the other as an outline, P10 to P90 as a whisker."""
    years, before = result.years, other.years.set_index("year")["used_idr"]
    top = 1.1 * max(1, years["used_idr"].max(), years["ceiling_idr"].max(), before.max(), sure.year_idr.max() if sure else 0)
    slot, floor = (WIDE - LEFT - RIGHT) / len(years), HIGH - BOTTOM
    up = (floor - TOP) / top
    parts = []
    for n, row in enumerate(years.itertuples()):
        x, y = LEFT + slot * n, floor - up * row.used_idr
        middle = x + slot / 2
        parts.append(_box(x + 0.2 * slot, y, 0.6 * slot, floor - y, PLAN))
        if row.year in before.index:
            was = floor - up * before[row.year]
            parts.append(
                f'<path d="M{x + 0.14 * slot:.1f} {floor}V{was:.1f}h{0.72 * slot:.1f}V{floor}" fill="none" stroke="{OTHER}" '
                'stroke-width="1.6" stroke-dasharray="2 2"/>'
            )
        level = floor - up * row.ceiling_idr
        parts.append(_line(x + 0.06 * slot, level, x + 0.94 * slot, level, INK, 2, "6 3"))
        if sure:
            low, high = (floor - up * sure.year_idr[k, n] for k in (0, 3))
            parts.append(_line(middle, low, middle, high, INK, 1.2) + _line(middle - 5, low, middle + 5, low, INK, 1.2))
            parts.append(_line(middle - 5, high, middle + 5, high, INK, 1.2))
        parts.append(_word(middle - 0.26 * slot, floor - 5, say.number(row.used_idr / BILLION, 1), "start", 12, "#fff", bold=True))
        parts.append(_word(middle, HIGH - 5, str(row.year), size=12))
    keys = [(PLAN, "", say("Plan")), (INK, "6 3", say("Ceiling")), (OTHER, "2 2", say("Compared"))]
    keys += [(INK, "", say("P10\N{EN DASH}P90"))] if sure else []
    told = "; ".join(
        say("{year} plan {plan}, ceiling {ceiling}", year=r.year, plan=say.money(r.used_idr), ceiling=say.money(r.ceiling_idr))
        for r in years.itertuples()
    )
    return _picture(f"{say('Cost by year')} ({say('Rp billion')}): {told}", _legend(keys) + "".join(parts))


def people(say: Say, result: Result, other: Result) -> str:
    """Need by month as an area, who is available as a line, the other's need dashed."""
    frame, before = result.people, other.people
    top = 1.1 * max(1.0, frame.max().max(), before["need_fte"].max())
    need = _points(frame["need_fte"], top)
    floor = HIGH - BOTTOM
    area = f'<path d="M{LEFT} {floor}L{_path(need)}L{need[-1][0]:.1f} {floor}Z" fill="{RANGE}"/>'
    area += f'<path d="M{_path(need)}" {_stroke(PLAN, 2)}/>'
    lines = f'<path d="M{_path(_points(before["need_fte"], top))}" {_stroke(OTHER, 1.5, "2 2")}/>'
    lines += f'<path d="M{_path(_points(frame["available_fte"], top))}" {_stroke(WARN, 2, "7 2")}/>'
    peak = frame["need_fte"].idxmax()
    keys = [(PLAN, "", say("Need")), (WARN, "7 2", say("Available")), (OTHER, "2 2", say("Compared"))]
    most = say.number(frame["need_fte"].max(), 1)
    there, month = say.number(frame.loc[peak, "available_fte"], 1), say.month(date.fromisoformat(f"{peak}-01"))
    told = say("most are needed in {month}, {need} FTE of {available} available", month=month, need=most, available=there)
    marks = _word(need[0][0] + 2, TOP + 12, f"{say.number(top, 0)} FTE", "start", 11, SOFT)
    return _picture(f"{say('People by month')}: {told}", _legend(keys) + area + lines + marks + _year_marks(frame.index))


def index(say: Say, result: Result, other: Result, sure: Ranges | None) -> str:
    """The maturity index by year as dots on a line, the other's dashed."""
    years = result.years
    values, before = years["index"].astype(float), other.years.set_index("year")["index"].astype(float).reindex(years["year"])
    slot, floor = (WIDE - LEFT - RIGHT) / len(years), HIGH - BOTTOM
    low, high = _span([*values, *before, *(sure.index if sure and sure.index is not None else [])])

    def at(n: int, value: float) -> tuple[float, float]:
        return LEFT + slot * (n + 0.5), floor - (floor - TOP - 14) * (value - low) / (high - low)

    parts = []
    for series, colour, dash in ((before, OTHER, "2 2"), (values, PLAN, "")):
        known = [at(n, v) for n, v in enumerate(series) if not math.isnan(v)]
        parts += [f'<path d="M{_path(known)}" {_stroke(colour, 2.2 if not dash else 1.6, dash)}/>'] if known else []
    for n, (year, value) in enumerate(zip(years["year"], values, strict=True)):
        parts.append(_word(LEFT + slot * (n + 0.5), HIGH - 5, str(year), size=12))
        if not math.isnan(value):
            x, y = at(n, value)
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{PLAN}"/>' + _word(x, y - 9, say.number(value, 2), bold=True))
    if sure and sure.index is not None and len(years):
        x, (bottom, upper) = at(len(years) - 1, low)[0], (at(0, sure.index[k])[1] for k in (0, 3))
        parts.append(_line(x, bottom, x, upper, INK, 1.2) + _line(x - 5, bottom, x + 5, bottom, INK, 1.2))
        parts.append(_line(x - 5, upper, x + 5, upper, INK, 1.2))
    keys = [(PLAN, "", say("Index")), (OTHER, "2 2", say("Compared"))]
    told = "; ".join(f"{y} {say.number(v, 2)}" for y, v in zip(years["year"], values, strict=True) if not math.isnan(v))
    return _picture(f"{say('Index by year')}: {told or say('no scheme scores these years')}", _legend(keys) + "".join(parts))


def islands(say: Say, result: Result) -> str:
    """Every site at its place, filled by the year its link comes; white with a ring: not in this plan."""
    sites = result.sites
    if sites.empty:
        return _picture(say("No sites to connect"), "")
    shrink = math.cos(math.radians(sites["lat"].mean()))
    lon, lat = sites["lon"].to_numpy() * shrink, sites["lat"].to_numpy()
    room = (WIDE - 110, HIGH - 12)
    scale = min(room[0] / max(np.ptp(lon), 0.1), room[1] / max(np.ptp(lat), 0.1))
    x = 102 + (lon - lon.min()) * scale + (room[0] - np.ptp(lon) * scale) / 2
    y = 6 + (lat.max() - lat) * scale + (room[1] - np.ptp(lat) * scale) / 2
    years = list(result.years["year"])
    fills = year_fills(years)
    parts, told = [], []
    connected = sites["year"].to_numpy()
    for n, year in enumerate([0, *reversed(years)]):
        mine = connected == year
        count, label = int(mine.sum()), str(year) if year else say("not in this plan")
        row = 22 + 17 * (len(years) if not year else years.index(year))
        parts.append(_dots([(9.0, row - 4.0)], fills.get(year, NEVER)) + _word(18, row, f"{label}: {say.number(count)}", "start", 11))
        if count:
            parts.append(_dots(list(zip(x[mine].tolist(), y[mine].tolist(), strict=True)), fills.get(year, NEVER)))
            told.insert(0 if n else len(told), f"{label}: {say.number(count)}")
    return _picture(f"{say('Sites by year of connection')}: {'; '.join(told)}", "".join(parts))


def _picture(alternative: str, body: str) -> str:
    view = f'viewBox="0 0 {WIDE} {HIGH}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {view} role="img" aria-label="{escape(alternative)}">{body}</svg>'


def _box(x: float, y: float, wide: float, high: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{max(high, 0):.1f}" fill="{fill}"/>'


def _line(x: float, y: float, to_x: float, to_y: float, colour: str, width: float, dash: str = "") -> str:
    return f'<path d="M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}" {_stroke(colour, width, dash)}/>'


def _stroke(colour: str, width: float, dash: str = "") -> str:
    return f'fill="none" stroke="{colour}" stroke-width="{width}"' + (f' stroke-dasharray="{dash}"' if dash else "")


def _dots(places: Sequence[tuple[float, float]], fill: str) -> str:
    """Discs with a dark ring, all in two paths: a stroke with round ends over a wider one."""
    drawn = "".join(f"M{x:.1f} {y:.1f}h0" for x, y in places)
    look = 'fill="none" stroke-linecap="round"'
    return f'<path d="{drawn}" {look} stroke="{INK}" stroke-width="8"/><path d="{drawn}" {look} stroke="{fill}" stroke-width="6.4"/>'


def _word(x: float, y: float, words: str, anchor: str = "middle", size: int = 12, fill: str = INK, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{fill}"{weight}>{escape(words)}</text>'


def _legend(keys: Sequence[tuple[str, str, str]]) -> str:
    parts, x = [], LEFT
    for colour, dash, words in keys:
        parts.append(_line(x, 9, x + 20, 9, colour, 3, dash) + _word(x + 25, 13, words, "start", 12))
        x += 40 + int(7 * len(words))
    return "".join(parts)


def _points(values: pd.Series, top: float) -> list[tuple[float, float]]:
    step, floor = (WIDE - LEFT - RIGHT) / max(1, len(values) - 1), HIGH - BOTTOM
    return [(LEFT + step * n, floor - (floor - TOP) * float(v) / top) for n, v in enumerate(values)]


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _year_marks(months: pd.Index) -> str:
    step = (WIDE - LEFT - RIGHT) / max(1, len(months) - 1)
    starts = [(LEFT + step * n, month[:4]) for n, month in enumerate(months) if month.endswith("-01")]
    ticks = "".join(_line(x, TOP, x, HIGH - BOTTOM, LINE, 0.7) for x, _ in starts)
    return ticks + "".join(_word(x + 2, HIGH - 5, year, "start", 12) for x, year in starts)


def _span(values: Sequence[float]) -> tuple[float, float]:
    """Whole numbers around what is drawn."""
    known = [v for v in values if not math.isnan(v)] or [0.0]
    low, high = math.floor(min(known)), math.ceil(max(known))
    return float(low), float(max(high, low + 1))
