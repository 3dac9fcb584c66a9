"""The assumption book: every parameter with value, unit, source and evidence; formats, never computes."""

from __future__ import annotations

from datetime import date

from egov_model.analysis import summary
from egov_model.analysis.appraisal import comparable
from egov_model.analysis.compare import headline
from egov_model.inputs.catalogue import TABLES as CATALOGUE
from egov_model.inputs.priced import priced_items
from egov_model.inputs.record import Record
from egov_model.inputs.rules import Settings
from egov_model.model.plan import Plan
from egov_model.report import fragments
from egov_model.report.fragments import Html, Table
from egov_model.report.wording import Say
from egov_model.report.words import EVIDENCE, TABLES, named

PEDIGREE = ("unit", "source", "evidence")
CALENDAR_YEARS = ("year", "price_year", "valid_from", "valid_to")  # numbers that take no separator: 2027, not 2.027


def changes(say: Say, plan: Plan) -> Table:
    """What the scenario sets differently from the base."""
    rows = tuple((c.key, _as_page(say, c.key, c.base), _as_page(say, c.key, c.value), c.set_by) for c in plan.inputs.changes)
    return Table(say("What this scenario changes"), (say("Parameter"), say("Base"), say("This scenario"), say("Set by")), rows, cards=True)


def against_base(say: Say, plan: Plan, base: Plan | None) -> str:
    """What all changes together make: the total and the initiatives with a place, against those of the base scenario."""
    if base is None:
        return say("The data pack has no base scenario to compare with.")
    if plan.inputs.scenario.name == base.inputs.scenario.name:
        return say("This scenario is the base the others are compared with.")
    if not comparable(plan, base):
        return say("The base covers other years, so the two cannot be set against each other.")
    mine, other = headline(plan), headline(base)
    more = mine.total_idr - other.total_idr
    costs = {"cost": say.rupiah(mine.total_idr), "other": say.rupiah(other.total_idr)}
    told = {"difference": say.rupiah(abs(more)), "share": say.percent(abs(more) / max(1, other.total_idr), 1)}
    cost = say("All changes together: {cost} instead of {other} in the base", **costs)
    if more > 0:
        cost += say(", {difference} ({share}) more", **told)
    elif more < 0:
        cost += say(", {difference} ({share}) less", **told)
    else:
        cost += say(", no difference")
    placed = say("initiatives with a place: {placed} instead of {other}.", placed=say.number(mine.placed), other=say.number(other.placed))
    return f"{cost}; {placed}"


def _as_page(say: Say, key: str, value: str) -> str:
    """The text of a changed value written as elsewhere on the page; `key` (table.row.field) tells what kind of value it is."""
    if value in ("y", "n"):
        return say("yes") if value == "y" else say("no")
    table, _, rest = key.partition(".")
    row, _, field = rest.rpartition(".")
    record = Settings if table == "settings" else CATALOGUE[table].record
    known = record.model_fields.get(row if table == "settings" else field)
    return say.figure(float(value)) if known and known.annotation is float and value else value


def evidence(say: Say, plan: Plan) -> Table:
    """Rows of every table by evidence."""
    frame = summary.evidence_counts(plan)
    counts = zip(frame.index, frame.to_numpy().tolist(), strict=True)
    rows = tuple((named(say, TABLES, name), *(say.number(v) for v in row)) for name, row in counts)
    total = (say("Total"), *(say.number(int(v)) for v in frame.sum()))
    heads = (say("Table"), *(named(say, EVIDENCE, k) for k in frame.columns[:-1]), say("Total"))
    caption = say("How well the parameters are known (rows by evidence)")
    return Table(caption, heads, (*rows, total), frozenset(range(1, 6)), frozenset([len(rows)]))


def settings(say: Say, plan: Plan) -> Table:
    """The levers of the model."""
    changed = {c.key.split(".")[1] for c in plan.inputs.changes if c.key.startswith("settings.")}
    rows = []
    for key, row in plan.inputs.rows["settings"].items():
        value, low, high = (_as_page(say, f"settings.{key}.value", text) for text in (row.value, row.low, row.high))
        value = value or "\N{EN DASH}"
        shown = f"{value} ({say('changed')})" if key in changed else value
        between = f"{low} \N{EN DASH} {high}" if low else "\N{EN DASH}"
        rows.append((say.title(row), shown, between, row.unit, named(say, EVIDENCE, row.evidence), row.source))
    heads = (say("Setting"), say("Value"), say("Range"), say("Unit"), say("Evidence"), say("Source"))
    return Table(say("Settings of the model"), heads, tuple(rows), cards=True)


def influence(say: Say, plan: Plan) -> Table:
    """Prices that are assumptions, the most influential first."""
    prices = priced_items(plan.inputs.rows)
    frame = summary.cost_drivers(plan)
    frame = frame[frame["item"].isin([key for key, price in prices.items() if price.evidence in ("assumption", "low")])].head(12)
    behind = [(prices[item].evidence, prices[item].source) for item in frame["item"]]
    shares = zip(frame["item_name"], frame["share"], behind, strict=True)
    rows = tuple((item, say.percent(share, 1), named(say, EVIDENCE, how), source) for item, share, (how, source) in shares)
    heads = (say("Item"), say("Share of cost"), say("Evidence"), say("Source"))
    return Table(say("Doubtful prices that weigh most"), heads, rows, frozenset({1}), cards=True)


def register(say: Say, plan: Plan) -> Html:
    """Every table of the pack, closed until asked for."""
    made = []
    for name in TABLES:
        view = records(say, name, plan.inputs.rows[name])
        count = say.plural("{n} row", "{n} rows", len(view.rows))
        made.append(fragments.details(f"{view.caption} ({count})", fragments.table(view)))
    return fragments.join(made)


def records(say: Say, name: str, rows: dict[str, Record]) -> Table:
    """One table of the pack as it was read, pedigree last; field names are those of the file, as that is where they are changed."""
    spec = CATALOGUE[name]
    fields = [f for f in spec.columns() if f not in PEDIGREE]
    shown = []
    for row in rows.values():
        cells = [_text(say, getattr(row, f), f in CALENDAR_YEARS) for f in fields]
        shown.append((*cells, row.unit, row.source, named(say, EVIDENCE, row.evidence)))
    return Table(named(say, TABLES, name), (*fields, say("Unit"), say("Source"), say("Evidence")), tuple(shown))


def _text(say: Say, value: object, calendar_year: bool) -> str:
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, int | float):
        return str(value) if calendar_year else say.figure(value)
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(value) if isinstance(value, tuple) else str(value)
