"""The assumption book: every parameter with value, unit, source and evidence; formats, never computes."""

from __future__ import annotations

from datetime import date

from egov_model.analysis import summary
from egov_model.inputs.catalogue import TABLES as CATALOGUE
from egov_model.inputs.record import Record
from egov_model.model.plan import Plan
from egov_model.report import fragments
from egov_model.report.fragments import Html, Table
from egov_model.report.wording import Say
from egov_model.report.words import EVIDENCE, TABLES, named

PEDIGREE = ("unit", "source", "evidence")


def changes(say: Say, plan: Plan) -> Table:
    """What the scenario sets differently from the base."""
    yes_no = {"y": say("yes"), "n": say("no")}
    rows = tuple((c.key, yes_no.get(c.base, c.base), yes_no.get(c.value, c.value), c.set_by) for c in plan.inputs.changes)
    return Table(say("What this scenario changes"), (say("Parameter"), say("Base"), say("This scenario"), say("Set by")), rows, cards=True)


def evidence(say: Say, plan: Plan) -> Table:
    """Rows of every table by evidence."""
    frame = summary.evidence_counts(plan)
    rows = tuple((named(say, TABLES, name), *(say.number(int(v)) for v in row)) for name, row in zip(frame.index, frame.to_numpy(), strict=True))
    total = (say("Total"), *(say.number(int(v)) for v in frame.sum()))
    heads = (say("Table"), *(named(say, EVIDENCE, k) for k in frame.columns[:-1]), say("Total"))
    return Table(say("How well the parameters are known (rows by evidence)"), heads, (*rows, total), frozenset(range(1, 6)), frozenset([len(rows)]))


def settings(say: Say, plan: Plan) -> Table:
    """The levers of the model."""
    changed = {c.key.split(".")[1] for c in plan.inputs.changes if c.key.startswith("settings.")}
    rows = tuple(
        (say.title(s), s.value + (f" ({say('changed')})" if key in changed else ""), f"{s.low} \N{EN DASH} {s.high}" if s.low else "\N{EN DASH}", s.unit, named(say, EVIDENCE, s.evidence), s.source)
        for key, s in plan.inputs.rows["settings"].items()
    )
    return Table(say("Settings of the model"), (say("Setting"), say("Value"), say("Range"), say("Unit"), say("Evidence"), say("Source")), rows, cards=True)


def influence(say: Say, plan: Plan) -> Table:
    """Prices that are assumptions, the most influential first."""
    prices = plan.inputs.rows["prices"]
    frame = summary.cost_drivers(plan)
    frame = frame[[prices[i].evidence in ("assumption", "low") for i in frame["item"]]].head(12)
    rows = tuple((r.item_name, say.percent(r.share, 1), named(say, EVIDENCE, prices[r.item].evidence), prices[r.item].source) for r in frame.itertuples())
    return Table(say("Doubtful prices that weigh most"), (say("Item"), say("Share of cost"), say("Evidence"), say("Source")), rows, frozenset({1}), cards=True)


def register(say: Say, plan: Plan) -> Html:
    """Every table of the pack, closed until asked for."""
    made = []
    for name in TABLES:
        view = records(say, name, plan.inputs.rows[name])
        made.append(fragments.details(f"{view.caption} ({say.plural('{n} row', '{n} rows', len(view.rows))})", fragments.table(view)))
    return fragments.join(made)


def records(say: Say, name: str, rows: dict[str, Record]) -> Table:
    """One table of the pack as it was read, pedigree last; field names are those of the file, as that is where they are changed."""
    spec = CATALOGUE[name]
    fields = [f for f in spec.columns() if f not in PEDIGREE]
    shown = tuple((*(_text(say, getattr(row, f)) for f in fields), row.unit, row.source, named(say, EVIDENCE, row.evidence)) for row in rows.values())
    return Table(named(say, TABLES, name), (*fields, say("Unit"), say("Source"), say("Evidence")), shown)


def _text(say: Say, value: object) -> str:
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, float):
        return say.figure(value)
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(value) if isinstance(value, tuple) else str(value)
