"""Finished results as SVG drawn at phone size; formats, never computes. Colours also differ in lightness, so grey print works."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

import matplotlib.style
from markupsafe import escape
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Canvas

from egov_model.analysis import summary
from egov_model.model.plan import Plan
from egov_model.report import tables_view
from egov_model.report.findings import budget_finding, curve_finding, staffing_finding
from egov_model.report.fragments import Figure, Table
from egov_model.report.marks import plain
from egov_model.report.palette import INK, LINE, PLAN, RANGE, SOFT, WARN
from egov_model.report.wording import Say

BILLION = 10**9
BRIEF = 36  # characters of a label of a drawing
STYLE = {
    "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 9, "text.color": INK, "axes.edgecolor": SOFT, "axes.labelcolor": SOFT,
    "xtick.color": INK, "ytick.color": SOFT, "axes.spines.top": False, "axes.spines.right": False, "axes.linewidth": 0.8,
}  # fmt: skip

LOOK = 'stroke-linejoin="round" stroke-linecap="butt"'  # what matplotlib would say in a style element


@contextmanager
def drawing(name: str, height: float) -> Iterator[Canvas]:
    """A canvas four inches wide whose look does not depend on, or change, the caller's settings."""
    with matplotlib.style.context(["default", {**STYLE, "svg.hashsalt": name}]):
        yield Canvas(figsize=(4.0, height), layout="constrained")


def svg(canvas: Canvas, alternative: str) -> str:
    """The canvas as inline SVG with a text alternative, the same bytes for the same drawing."""
    buffer = io.StringIO()
    FigureCanvasSVG(canvas).print_svg(buffer, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    text = plain(buffer.getvalue())
    body = text[text.index("<svg") :]
    opening = body[: body.index(">") + 1]
    view = re.search(r'viewBox="[^"]*"', opening)[0]
    body = body[len(opening) :]
    body = re.sub(r"\s*<metadata>.*?</metadata>", "", body, flags=re.DOTALL)
    body = re.sub(r"\s*<defs>\s*<style.*?</style>\s*</defs>", "", body, count=1, flags=re.DOTALL)  # what LOOK says instead
    body = re.sub(r'<g id="[^"]*"', "<g", body)  # names such as axes_1, which a second figure of the page would repeat
    body = re.sub(r'(<[a-z][^<>]*?) style="([^"]*)"', lambda found: found[1] + attributes(found[2]), body, flags=re.IGNORECASE)
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'<svg {spaces} {view} {LOOK} role="img" aria-label="{escape(plain(alternative))}">{body}'.strip()


def brief(text: str) -> str:
    """A label of a drawing, cut where it would take the room of the drawing."""
    return text if len(text) <= BRIEF else text[: BRIEF - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def attributes(css: str) -> str:
    """The declarations of a style attribute as presentation attributes; the page's own font serves, so none is named."""
    pairs = dict(declaration.strip().split(":", 1) for declaration in css.split(";") if declaration.strip())
    return "".join(f' {name}="{value.strip()}"' for name, value in pairs.items() if name != "font-family")


def budget_by_year(plan: Plan, say: Say) -> Figure:
    """Cost by year as bars under dashed ceilings."""
    frame = summary.ceilings_by_year(plan)
    with drawing("budget-by-year", 2.5) as canvas:
        axes = canvas.add_subplot()
        used, ceiling = frame["used_idr"] / BILLION, frame["ceiling_idr"] / BILLION
        places = range(len(frame))
        axes.bar(places, used, width=0.6, color=PLAN, label=say("Plan"))
        left, right = [p - 0.4 for p in places], [p + 0.4 for p in places]
        axes.hlines(ceiling, left, right, colors=INK, linestyles=(0, (4, 2)), linewidth=1.5, label=say("Ceiling"))
        top = max(used.max(), ceiling.max(), 1e-6) * 1.08
        for p, value in zip(places, used, strict=True):
            low = value < top / 8  # too low a bar to write into
            where = {"y": value + top / 50, "va": "bottom", "color": INK} if low else {"y": value / 2, "va": "center", "color": "white"}
            axes.text(p, s=say.number(value, 1), ha="center", fontweight="bold", **where)
        axes.set_xticks(list(places), [str(y) for y in frame.index])
        axes.tick_params(axis="x", length=0)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_ylim(0, top)
        canvas.legend(loc="outside upper left", ncols=2, frameon=False, title=say("Rp billion"), alignment="left", title_fontsize=9)
        data = tables_view.ceilings(say, plan)
        finding = budget_finding(say, plan)
        amounts = [(y, say.money(r.used_idr), say.money(r.ceiling_idr)) for y, r in frame.iterrows()]
        spoken = "; ".join(say("{year} plan {plan}, ceiling {ceiling}", year=y, plan=used, ceiling=most) for y, used, most in amounts)
        drawn = svg(canvas, f"{finding}. {spoken}.")
    return Figure(finding, drawn, say("Bars are the money the plan pays each year; the dashed line is the ceiling of that year."), data)


def spending_curve(plan: Plan, say: Say) -> Figure:
    """Running sum of cost and ceilings."""
    frame = summary.ceilings_by_year(plan)
    with drawing("spending-curve", 2.4) as canvas:
        axes = canvas.add_subplot()
        years = list(range(len(frame)))
        axes.plot(years, frame["ceiling_sum_idr"] / BILLION, color=INK, linestyle=(0, (4, 2)), linewidth=1.5, label=say("Ceiling"))
        axes.plot(years, frame["used_sum_idr"] / BILLION, color=PLAN, marker="o", linewidth=2.2, label=say("Plan"))
        axes.set_xticks(years, [str(y) for y in frame.index])
        grid_from_zero(axes, say)
        title = say("Rp billion, running sum")
        canvas.legend(loc="outside upper left", ncols=2, frameon=False, title=title, alignment="left", title_fontsize=9)
        finding = curve_finding(say, plan)
        rows = tuple((str(y), say.rupiah(int(r.used_sum_idr)), say.rupiah(int(r.ceiling_sum_idr))) for y, r in frame.iterrows())
        data = Table(say("Running sum of cost and ceiling"), (say("Year"), say("Plan"), say("Ceiling")), rows, frozenset({1, 2}))
        drawn = svg(canvas, finding + ". " + "; ".join(f"{r[0]}: {r[1]}" for r in rows) + ".")
    return Figure(finding, drawn, say("The closer the line stays to the dashed one, the less money is left unused."), data)


def staffing_by_month(plan: Plan, say: Say) -> Figure:
    """Need of people against what the plan may use, month by month."""
    frame = summary.staff_by_month(plan)
    with drawing("staffing-by-month", 2.6) as canvas:
        axes = canvas.add_subplot()
        months = list(range(len(frame)))
        axes.fill_between(months, 0, frame["operate_fte"], color=RANGE, step="mid", linewidth=0, label=say("Operate"))
        axes.fill_between(months, frame["operate_fte"], frame["need_fte"], color=PLAN, step="mid", linewidth=0, label=say("Projects"))
        axes.step(months, frame["available_fte"], where="mid", color=WARN, linewidth=1.8, linestyle=(0, (5, 1)), label=say("Available"))
        starts = [n for n, m in enumerate(frame.index) if m.endswith("-01")]
        axes.set_xticks(starts, [frame.index[n][:4] for n in starts])
        grid_from_zero(axes, say)
        canvas.legend(loc="outside upper left", ncols=3, frameon=False, title=say("FTE"), alignment="left", title_fontsize=9)
        finding = staffing_finding(say, plan)
        by_year = frame.groupby(lambda m: m[:4])[["need_fte", "available_fte", "gap_fte"]].max()
        rows = tuple((year, *(say.number(v, 1) for v in row)) for year, row in zip(by_year.index, by_year.to_numpy(), strict=True))
        heads = (say("Year"), say("Need"), say("Available"), say("Largest gap"))
        data = Table(say("Busiest month of each year (FTE)"), heads, rows, frozenset({1, 2, 3}))
        spoken = "; ".join(say("{year} need {need}, available {available}", year=r[0], need=r[1], available=r[2]) for r in rows)
        drawn = svg(canvas, f"{finding}. {spoken}.")
    told = say("The dashed line adds up all roles; as one role cannot stand in for another, people can be missing even below it.")
    return Figure(finding, drawn, told, data)


def grid_from_zero(axes: Axes, say: Say) -> None:
    """Horizontal lines, with numbers as the language writes them."""
    axes.set_ylim(0)
    axes.yaxis.set_major_formatter(lambda value, _: say.figure(round(value, 6)))
    axes.grid(axis="y", color=LINE, linewidth=0.6)
