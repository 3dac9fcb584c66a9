"""The decision page's boxes and its heaviest risks, with ranges; formats, never computes."""

from __future__ import annotations

from egov_model.analysis import confidence
from egov_model.analysis.compare import Headline, headline
from egov_model.analysis.drawn import Outlook
from egov_model.model.plan import Plan
from egov_model.report.fragments import Table
from egov_model.report.risk_register_view import ranks, response_of
from egov_model.report.risk_words import month_of, of_hundred
from egov_model.report.tables_view import DASH
from egov_model.report.wording import Say

RISKS = 3


def facts(say: Say, plan: Plan, outlook: Outlook, without: Headline | None) -> list[tuple[str, str, str]]:
    """Boxes of label, value and note: the plan's own figure, and under it how sure it is."""
    h, held = headline(plan), confidence.held(outlook)
    half, most = (say.money(int(amount)) for amount in confidence.quantiles(outlook.total_idr, [0.5, 0.8]))
    early, late = (month_of(say, plan, outlook, int(week)) for week in confidence.quantiles(outlook.finish_week, [0.5, 0.8]))
    unfit = say("every mandatory one fits")
    if h.not_placed_mandatory:
        unfit = say.plural("{n} mandatory one does not fit", "{n} mandatory ones do not fit", h.not_placed_mandatory)
    gap = say("{n} more would close every gap", n=say.number(h.hires_missing)) if h.hires_missing else say("no gap is left")
    reached = say("{placed} of {all}", placed=say.number(h.placed), all=say.number(h.initiatives))
    tight = confidence.ceilings(plan, outlook)["holds_share"]
    made = [
        (say("Cost of the plan"), say.money(h.total_idr), say("50 of 100: {half}; 80 of 100: {most}", half=half, most=most)),
        (say("Finished"), say.month(h.finish) if h.finish else DASH, say("50 of 100: {half}; 80 of 100: {most}", half=early, most=late)),
        (
            say("Ceilings enough every year"), of_hundred(say, held["ceilings"]),
            say("tightest {year}: {chance}", year=tight.idxmin(), chance=of_hundred(say, float(tight.min()))),
        ),
        (say("Initiatives reached"), reached, unfit),
        (say("People"), say.plural("{n} new post", "{n} new posts", h.hires_planned), gap),
    ]  # fmt: skip
    if h.index is not None:
        made.append((say("Maturity index {year}", year=h.index_year), say.number(h.index, 2), h.index_predicate))
    if without is not None:
        made.append((say("Without the plan"), say.money(without.total_idr), say("is spent all the same on what runs")))
    return made


def top_risks(say: Say, plan: Plan, outlook: Outlook) -> Table:
    """The heaviest risks: what each adds, what is done about it and by whom."""
    rows, risks, agencies = [], plan.inputs.rows["risks"], plan.inputs.rows["agencies"]
    for r in ranks(plan, outlook).risks.head(RISKS).itertuples():
        risk = risks[r.risk]
        adds = say(
            "{money} more needed, {weeks} later", money=say.money(max(0, r.need_idr)),
            weeks=say.plural("{n} week", "{n} weeks", max(0, int(r.finish_weeks))),
        )  # fmt: skip
        rows.append((say.title(risk), adds, response_of(say, risk), agencies[risk.owner].short_name))
    heads = (say("Risk"), say("Adds to the P80"), say("Response"), say("Owner"))
    return Table(say("The heaviest risks, and who deals with them"), heads, tuple(rows), cards=True)
