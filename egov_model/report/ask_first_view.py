"""Which office to ask first: a table and a sentence; formats, never computes."""

from __future__ import annotations

from egov_model.analysis.ask_first import ask_first, settled_share
from egov_model.inputs.priced import priced_items
from egov_model.model.plan import Plan
from egov_model.report.fragments import Table
from egov_model.report.tables_view import DASH
from egov_model.report.wording import Say

MOST_OF_IT = 0.9  # the offices named in the finding hold this share of what forms can settle


def table(say: Say, plan: Plan) -> Table:
    """Agencies whose form settles rupiah, and in one row all whose form settles other things."""
    frame, agencies = ask_first(plan), plan.inputs.rows["agencies"]
    cost, other = frame[frame["swing_idr"] > 0], frame[frame["swing_idr"] == 0]
    rows = [
        (
            agencies[r.agency].name, say.number(r.assumptions), say.number(r.moving), say.money(r.swing_idr), say.percent(r.share, 1),
            _named(say, plan, r.table, r.row),
        )
        for r in cost.itertuples()
    ]  # fmt: skip
    if len(other):
        count = say.plural("{n} other agency", "{n} other agencies", len(other))
        rows.append((count, say.number(int(other["assumptions"].sum())), say.number(0), say.money(0), say.percent(0.0, 1), DASH))
    sums = (say.number(int(frame[c].sum())) for c in ("assumptions", "moving"))
    total = int(frame["swing_idr"].sum())
    rows.append((say("Total"), *sums, say.money(total), say.percent(1.0 if total else 0.0, 1), DASH))
    heads = (
        say("Agency"), say("Assumptions in its form"), say("of them moving cost"), say("Swing between P10 and P90"), say("Share"),
        say("What weighs most"),
    )  # fmt: skip
    caption = say("Whom to ask first: what the survey form of each agency can settle")
    return Table(caption, heads, tuple(rows), frozenset({1, 2, 3, 4}), frozenset([len(rows) - 1]), cards=True)


def finding(say: Say, plan: Plan) -> str:
    """Whom to ask first, how few offices hold most of it, and what no form can settle."""
    frame, agencies = ask_first(plan), plan.inputs.rows["agencies"]
    if not len(frame) or not frame["swing_idr"].iloc[0]:
        return say("No assumption that an agency could settle by its form moves the cost.")
    first = frame.iloc[0]
    few = int((frame["share"].cumsum() < MOST_OF_IT - 1e-9).sum()) + 1
    told = say(
        "Ask {agency} first: {moving} assumptions in its form move the total by {money} between their P10 and P90, each on its own and "
        "added up; that is {share} of what all forms can settle.",
        agency=agencies[first["agency"]].name, moving=say.number(int(first["moving"])), money=say.money(int(first["swing_idr"])),
        share=say.percent(float(first["share"])),
    )  # fmt: skip
    held = say.plural(
        "{n} of {all} agencies holds {most} of it.", "{n} of {all} agencies hold {most} of it.", few,
        all=say.number(len(frame)), most=say.percent(float(frame["share"].head(few).sum())),
    )  # fmt: skip
    rest = say(
        "Forms settle {part} of the swing of all assumptions; the rest lies in prices, growth, technology and rates that no form asks for.",
        part=say.percent(settled_share(plan)),
    )  # fmt: skip
    return f"{told} {held} {rest}"


def _named(say: Say, plan: Plan, name: str, key: str) -> str:
    """A row of a form as people call it."""
    rows = plan.inputs.rows
    row = rows[name][key]
    if name == "cost_lines":
        return f"{say.title(rows['initiatives'][row.initiative])}: {priced_items(rows)[row.item].name}"
    return row.name if name == "applications" else key
