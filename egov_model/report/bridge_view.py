"""The bridge between two plans as a waterfall, a table and words; formats, never computes."""

from __future__ import annotations

import math
import textwrap

from egov_model.analysis.bridge import ORDER, TOGETHER, Bridge, Step
from egov_model.analysis.side_by_side import Comparison
from egov_model.inputs.catalogue import TABLES as CATALOGUE
from egov_model.model.plan import Plan
from egov_model.report.figures import BILLION, INK, LINE, PLAN, WARN, drawing, svg
from egov_model.report.fragments import Figure, Table
from egov_model.report.marks import plain
from egov_model.report.tables_view import DASH
from egov_model.report.wording import Say, marked
from egov_model.report.words import TABLES, named

LINE_LENGTH = 42  # letters of a label beside four inches of drawing
NAMED = 2  # steps named in a sentence
VALUES = {
    "all": marked("all initiatives"),
    "mandatory": marked("mandatory initiatives and what runs already"),
    "running": marked("what runs already"),
    "satellite-first": marked("satellite first"),
}
UNITS = {"weeks": (marked("{n} week"), "{n} weeks"), "years": (marked("{n} year"), "{n} years")}  # by the end of a setting's key
FIELDS = {
    "earliest": (marked("earliest start of {n} initiative"), "earliest start of {n} initiatives"),
    "fund": (marked("source of funds of {n} initiative"), "source of funds of {n} initiatives"),
    "priority": (marked("priority of {n} initiative"), "priority of {n} initiatives"),
    "after": (marked("what {n} initiative follows"), "what {n} initiatives follow"),
    "mandatory": (marked("whether {n} initiative is mandatory"), "whether {n} initiatives are mandatory"),
}


def title(say: Say, plan: Plan) -> str:
    """A scenario's title in the language."""
    scenario = plan.inputs.scenario
    return scenario.title if say.language == "id" else scenario.title_en


def signed(say: Say, amount_idr: int) -> str:
    """Rupiah in words of scale with its sign."""
    return ("+" if amount_idr > 0 else "") + say.money(amount_idr)


def label(say: Say, step: Step, base: Plan, plan: Plan, short: bool = False) -> str:
    """What a step changes, in words; `short`: without what was there before."""
    if step.theme == ORDER:
        return say("new order of initiatives")
    if step.theme == TOGETHER:
        return say("all changes together")
    table, _, rest = step.theme.partition(".")
    if table == "settings":
        ((_, before, after),) = step.cells[:1]
        row = plan.inputs.rows[table].get(rest) or base.inputs.rows[table][rest]
        told = {"setting": say.title(row), "after": value(say, after, rest), "before": value(say, before, rest)}
        return say("{setting}: {after}", **told) if short else say("{setting}: {after} instead of {before}", **told)
    if table == "initiatives":
        return _initiatives(say, rest, step, base, plan)
    if rest:
        row = _row(say, table, rest, base, plan)
        if rest not in plan.inputs.rows[table]:
            return say("left out: {row}", row=row)
        if rest not in base.inputs.rows[table]:
            return say("added: {row}", row=row)
        return say("{table}: {row}", table=named(say, TABLES, table), row=row)
    rows = len({key.rsplit(".", 1)[0] if before != "" != after else key for key, before, after in step.cells})
    return say.plural("{table} ({n} row)", "{table} ({n} rows)", rows, table=named(say, TABLES, table))


def value(say: Say, text: str, key: str = "") -> str:
    """A cell's text as a page shows it; with the unit that the key of its setting ends in."""
    if text in ("y", "n"):
        return say("yes") if text == "y" else say("no")
    if key.endswith("_year"):
        return text
    unit = UNITS.get(key.rpartition("_")[2])
    if unit and text.isdecimal():
        return say.plural(*unit, int(text))
    try:
        return say.figure(float(text))
    except ValueError:
        return named(say, VALUES, text) or say("none")


def _initiatives(say: Say, what: str, step: Step, base: Plan, plan: Plan) -> str:
    row, _, field = what.rpartition(".")
    mine = {key for key, _, _ in step.cells if key.startswith("initiatives.")}
    if row:
        rows = plan.inputs.rows["initiatives"]
        return say("{table}: {row}", table=say.title(rows.get(row) or base.inputs.rows["initiatives"][row]), row=_word(say, field, 1))
    return _word(say, field, len({key for key in mine if key.count(".") == 1} or mine))


def _word(say: Say, field: str, n: int) -> str:
    if field == "dropped":
        return say.plural("{n} initiative left out", "{n} initiatives left out", n)
    if field == "added":
        return say.plural("{n} initiative added", "{n} initiatives added", n)
    if field in FIELDS:
        return say.plural(*FIELDS[field], n)
    return say.plural("{field} of {n} initiative", "{field} of {n} initiatives", n, field=field)


def _row(say: Say, table: str, key: str, base: Plan, plan: Plan) -> str:
    """A row by its title or name, or by the titles of the rows that make up its key."""
    record = plan.inputs.rows[table].get(key) or base.inputs.rows[table].get(key)
    if hasattr(record, "title_id"):
        return say.title(record)
    if hasattr(record, "name"):
        return record.name
    parts = []
    for field in CATALOGUE[table].key:
        target = CATALOGUE[table].refers.get(field)
        named_row = plan.inputs.rows[target].get(getattr(record, field)) if target else None
        parts.append(say.title(named_row) if hasattr(named_row, "title_id") else str(getattr(record, field)))
    return " ".join(parts)


def sentence(say: Say, found: Comparison, one: Bridge) -> str:
    """What a scenario costs more or less, and which changes move it most."""
    base, plan = _plans(found, one)
    names = {"scenario": title(say, plan), "base": title(say, base)}
    less = one.total_idr - one.base_total_idr
    if not less:
        told = say("{scenario} costs as much as {base}", **names)
    else:
        money = say.money(abs(less))
        more = say("{scenario} costs {money} more than {base}", money=money, **names)
        told = more if less > 0 else say("{scenario} costs {money} less than {base}", money=money, **names)
    moving = [step for step in one.steps if step.total_idr][:NAMED]
    if not moving:
        return told
    steps = [say("{change} ({money})", change=label(say, s, base, plan), money=signed(say, s.total_idr)) for s in moving]
    return say("{difference}; what moves it most: {steps}", difference=told, steps=say.listing(steps))


def table(say: Say, found: Comparison, one: Bridge) -> Table:
    """Every step with what it moves, and the total."""
    base, plan = _plans(found, one)
    rows = [
        (
            _capital(label(say, step, base, plan)),
            _signed_rupiah(say, step.total_idr),
            DASH if step.finish_days is None else _plus(say, step.finish_days, 0),
            DASH if step.index is None else _plus(say, step.index, 2),
            "; ".join(say("{key}: {before} to {after}", key=k, before=b or DASH, after=a or DASH) for k, b, a in step.cells) or DASH,
        )
        for step in one.steps
    ]
    finish = [step.finish_days for step in one.steps]
    index = [step.index for step in one.steps]
    total = (
        say("Total"), _signed_rupiah(say, one.total_idr - one.base_total_idr),
        DASH if None in finish else _plus(say, sum(finish), 0), DASH if None in index else _plus(say, sum(index), 2), "",
    )  # fmt: skip
    heads = (say("Change"), say("Cost"), say("Finish (days)"), say("Index"), say("What was changed"))
    caption = say("From {base} to {scenario}", base=title(say, base), scenario=title(say, plan))
    return Table(caption, heads, (*rows, total), frozenset({1, 2, 3}), frozenset([len(rows)]), cards=True)


def waterfall(say: Say, found: Comparison, one: Bridge) -> Figure:
    """From the base's total to the scenario's, one bar a change; the axis is cut so that the steps show."""
    base, plan = _plans(found, one)
    steps = [step for step in one.steps if step.total_idr]
    ends = [(title(say, base), one.base_total_idr), (title(say, plan), one.total_idr)]
    running, at = [], one.base_total_idr
    for step in steps:
        running.append((at, at + step.total_idr))
        at += step.total_idr
    seen = [x / BILLION for pair in running for x in pair] + [x / BILLION for _, x in ends]
    low, high = min(seen), max(seen)
    width = (high - low) or 1.0
    names = [plain(_capital(label(say, step, base, plan, short=True))) for step in steps]  # marks of figures take no room
    labels = [textwrap.shorten(name, LINE_LENGTH, placeholder=" \N{HORIZONTAL ELLIPSIS}") for name in names]
    with drawing(f"bridge-{one.scenario}", 0.75 + 0.52 * (len(steps) + 2)) as canvas:
        axes = canvas.add_subplot()
        letters = {"fontsize": 8.5, "parse_math": False, "in_layout": False, "clip_on": False}
        for n, (name, amount) in enumerate(ends):
            y = -n * (len(steps) + 1)
            axes.plot([amount / BILLION] * 2, [y - 0.32, y + 0.12], color=INK, linewidth=2.4)
            axes.text(low - width * 0.02, y + 0.17, name, ha="left", va="bottom", fontweight="bold", **letters)
            axes.text(high + width * 0.02, y + 0.17, say.money(amount), ha="right", va="bottom", fontweight="bold", **letters)
        for n, (step, (before, after)) in enumerate(zip(steps, running, strict=True)):
            y, (left, right) = -(n + 1), sorted((before / BILLION, after / BILLION))
            more = step.total_idr > 0
            look = {"color": WARN, "hatch": "///", "edgecolor": "white", "linewidth": 0} if more else {"color": PLAN, "linewidth": 0}
            axes.barh(y - 0.1, right - left, left=left, height=0.4, **look)
            axes.plot([after / BILLION] * 2, [y - 0.3, y - 0.9], color=LINE, linewidth=0.9, zorder=0)
            axes.text(low - width * 0.02, y + 0.17, labels[n], ha="left", va="bottom", **letters)
            axes.text(high + width * 0.02, y + 0.17, signed(say, step.total_idr), ha="right", va="bottom", **letters)
        axes.set_xlim(low - width * 0.02, high + width * 0.02)
        axes.set_ylim(-(len(steps) + 1) - 0.5, 0.75)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="x", color=LINE)
        axes.xaxis.set_major_formatter(lambda x, _: say.figure(round(x, 6)))
        axes.set_xlabel(say("Rp billion; the axis does not begin at zero"), fontsize=8)
        finding = sentence(say, found, one)
        spoken = "; ".join(f"{label(say, s, base, plan)} {signed(say, s.total_idr)}" for s in steps)
        drawn = svg(canvas, f"{finding}. {ends[0][0]} {say.money(ends[0][1])}; {spoken}; {ends[1][0]} {say.money(ends[1][1])}.")
    return Figure(finding, drawn, reading(say, found, one), table(say, found, one))


def reading(say: Say, found: Comparison, one: Bridge) -> str:
    """What the same changes do to the finish and the index, and which moves the finish most."""
    base, plan = _plans(found, one)
    told = [say("Hatched bars add cost, plain ones take it away.")]
    if all(step.index is not None for step in one.steps):
        told.append(say("Together they move the index by {index}.", index=_plus(say, sum(step.index for step in one.steps), 2)))
    if not one.exact:
        error = say.money(round(max(step.error_idr for step in one.steps)))
        told.append(say("The shares are sampled over random orders; their standard error is at most {money}.", money=error))
    known = [step for step in one.steps if step.finish_days is not None and _days(step)]
    if known:
        most = max(known, key=lambda step: (abs(step.finish_days), step.theme))
        days = say.plural("{n} day", "{n} days", _days(most))
        parts = {"change": label(say, most, base, plan), "days": days}
        later = say("What moves the finish most: {change} ({days} later).", **parts)
        told.append(later if most.finish_days > 0 else say("What moves the finish most: {change} ({days} earlier).", **parts))
    return " ".join(told)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _days(step: Step) -> int:
    """Whole days, halves rounded up as in the table."""
    return math.floor(abs(step.finish_days) + 0.5)


def _plans(found: Comparison, one: Bridge) -> tuple[Plan, Plan]:
    by_name = dict(zip(found.scenarios, found.plans, strict=True))
    return by_name[one.base], by_name[one.scenario]


def _plus(say: Say, number: float, decimals: int) -> str:
    told = say.number(number, decimals)
    return f"+{told}" if number > 0 and plain(told).strip("0.,") else told


def _signed_rupiah(say: Say, amount_idr: int) -> str:
    return ("+" if amount_idr > 0 else "") + say.rupiah(amount_idr)
