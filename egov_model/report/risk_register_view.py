"""Risks, responses and what drives the draws, as sentences and tables; formats, never computes."""

from __future__ import annotations

import pandas as pd

from egov_model.analysis.alone import together_in
from egov_model.analysis.drawn import Outlook
from egov_model.analysis.kept import kept
from egov_model.analysis.risk_drivers import activity_drivers, input_shares
from egov_model.analysis.risk_ranking import Ranked, ranked
from egov_model.model.plan import Plan
from egov_model.report.fragments import Table
from egov_model.report.input_names import input_name
from egov_model.report.remembered import remembered
from egov_model.report.risk_words import of_hundred
from egov_model.report.tables_view import DASH
from egov_model.report.wording import Say
from egov_model.report.words import PHASES, named

DRAWS, ROWS = 500, 12  # draws behind each risk's rank; rows that a person reads


def ranks(plan: Plan, outlook: Outlook) -> Ranked:
    """The ranks behind these views, worked out once for a plan."""
    return remembered(plan, ranked, Ranked, outlook.seed, min(DRAWS, outlook.draws))


def ranking_finding(say: Say, plan: Plan, outlook: Outlook) -> str:
    """The risk that weighs most, and by how much."""
    frame, risks = ranks(plan, outlook).risks, plan.inputs.rows["risks"]
    if frame.empty or frame["need_idr"].iloc[0] <= 0:
        return say("No risk of the register changes what is needed in 80 of 100 possible outcomes")
    first = frame.iloc[0]
    told = say(
        "Of {n} risks, this one weighs most: {risk}. Without it {money} less would be needed at the plan's dates in 80 of 100 possible "
        "outcomes",
        n=say.number(len(frame)), risk=say.title(risks[first["risk"]]), money=say.money(int(first["need_idr"])),
    )  # fmt: skip
    late = frame.sort_values("finish_weeks", ascending=False, kind="stable").iloc[0]
    if late["finish_weeks"] <= 0:
        return told
    return told + say(
        "; the end suffers most from: {risk} ({weeks})", risk=say.title(risks[late["risk"]]),
        weeks=say.plural("{n} week", "{n} weeks", int(late["finish_weeks"])),
    )  # fmt: skip


def ranking_table(say: Say, plan: Plan, outlook: Outlook) -> Table:
    """Every risk with its owner, chance, weight and response, the costliest first."""
    rows, risks, agencies = [], plan.inputs.rows["risks"], plan.inputs.rows["agencies"]
    made = ranks(plan, outlook)
    for number, r in enumerate(made.risks.itertuples(), 1):
        risk = risks[r.risk]
        rows.append((
            f"{number}. {say.title(risk)}", agencies[risk.owner].short_name, say.percent(risk.mode), say.rupiah(r.need_idr),
            say.number(r.finish_weeks), response_of(say, risk), say.rupiah(risk.response_idr) if risk.response_idr else DASH,
        ))  # fmt: skip
    heads = (
        say("Risk"), say("Owner"), say("Chance per year"), say("Without it, less is needed (P80)"), say("Without it, weeks sooner (P80)"),
        say("Response"), say("Response costs per year"),
    )  # fmt: skip
    caption = say("The risk register, by what each risk adds; {n} draws with and without it", n=say.number(made.draws))
    return Table(caption, heads, tuple(rows), frozenset({2, 3, 4, 6}), cards=True)


def map_table(say: Say, plan: Plan, outlook: Outlook) -> Table:
    """What the map of risks shows: number, chance and weight of each."""
    rows, risks = [], plan.inputs.rows["risks"]
    for number, r in enumerate(ranks(plan, outlook).risks.itertuples(), 1):
        risk = risks[r.risk]
        rows.append((f"{number}. {say.title(risk)}", say.percent(risk.mode), say.rupiah(r.need_idr)))
    heads = (say("Risk"), say("Chance per year"), say("Without it, less is needed (P80)"))
    return Table(say("Chance and weight of every risk"), heads, tuple(rows), frozenset({1, 2}))


def response_of(say: Say, risk: object) -> str:
    """What is done about a risk, in this language."""
    return str(risk.response_id if say.language == "id" else risk.response_en)


def responses_finding(say: Say, plan: Plan, outlook: Outlook) -> str:
    """How many responses save more than they cost, and the best of them."""
    frame, risks = ranks(plan, outlook).responses, plan.inputs.rows["risks"]
    good = frame[frame["saved_need_idr"] > 0]
    if good.empty:
        return say("No response saves more than it costs in 80 of 100 possible outcomes")
    best = good.iloc[0]
    return say(
        "{good} of {all} responses save more than they cost; the best is: {response}. It costs {cost} over the plan and lowers the P80 of "
        "what is needed by {saved}, its own cost counted",
        good=say.number(len(good)), all=say.number(len(frame)), response=response_of(say, risks[best["risk"]]),
        cost=say.money(int(best["response_idr"])), saved=say.money(int(best["saved_need_idr"])),
    )  # fmt: skip


def responses_table(say: Say, plan: Plan, outlook: Outlook) -> Table:
    """What each response costs and saves."""
    frame, risks = ranks(plan, outlook).responses, plan.inputs.rows["risks"]
    rows = [
        (
            response_of(say, risks[r.risk]), say.title(risks[r.risk]), say.rupiah(r.response_idr), say.rupiah(r.saved_need_idr),
            say.number(r.saved_weeks),
        )
        for r in frame.itertuples()
    ]  # fmt: skip
    heads = (say("Response"), say("Risk"), say("Costs over the plan"), say("Saves (P80, its cost counted)"), say("Weeks sooner (P80)"))
    return Table(say("What each response brings by itself"), heads, tuple(rows), frozenset({2, 3, 4}), cards=True)


def factors(plan: Plan, outlook: Outlook) -> pd.DataFrame:
    """Shares of variance by input, worked out once for a plan and its draws."""
    return kept(plan, _Shares(outlook))


class _Shares:
    """`input_shares` of an outlook as something that can be kept by (seed, draws)."""

    def __init__(self, outlook: Outlook):
        self.outlook, self.key = outlook, (outlook.seed, outlook.draws)

    def __call__(self, plan: Plan) -> pd.DataFrame:
        return input_shares(plan, self.outlook)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Shares) and self.key == other.key


def factors_finding(say: Say, plan: Plan, outlook: Outlook) -> str:
    """What the spread of money follows most, and what that of the finish."""
    frame = factors(plan, outlook)
    if frame.empty or frame["cost_share"].iloc[0] <= 0:
        return say("No single input makes the money uncertain")
    cost, finish = frame.iloc[0], frame.sort_values("finish_share", ascending=False, kind="stable").iloc[0]
    return say(
        "The spread of money follows most: {cost} ({first}); that of the end: {finish} ({second})",
        cost=factor_name(say, plan, cost["input"]), first=say.percent(float(cost["cost_share"])),
        finish=factor_name(say, plan, finish["input"]), second=say.percent(float(finish["finish_share"])),
    )  # fmt: skip


def factors_table(say: Say, plan: Plan, outlook: Outlook) -> Table:
    """The inputs and risks that the results follow most."""
    frame = factors(plan, outlook)
    frame = frame.assign(most=frame[["cost_share", "finish_share"]].max(axis=1))
    most = frame.sort_values("most", ascending=False, kind="stable").head(ROWS)
    rows = [(factor_name(say, plan, r.input), say.percent(r.cost_share, 1), say.percent(r.finish_share, 1)) for r in most.itertuples()]
    heads = (say("Input or risk"), say("Share of the spread of money"), say("Share of the spread of the end"))
    return Table(say("What the results follow most; inputs drawn together share what they explain"), heads, tuple(rows), frozenset({1, 2}))


def factor_name(say: Say, plan: Plan, name: str) -> str:
    """A drawn input in a few words, from its dotted key."""
    table, _, rest = name.partition(".")
    if table == "risks":
        return say("Risk: {risk}", risk=say.title(plan.inputs.rows["risks"][rest]))
    if table == "reference":
        kind, _, key = rest.partition(".")
        title = say.title(plan.inputs.rows["initiatives"][key])
        if kind == "cost":
            return say("Overrun of money as of comparable projects: {initiative}", initiative=title)
        return say("Overrun of time as of comparable projects: {initiative}", initiative=title)
    key = rest.rpartition(".")[0]
    if key not in plan.inputs.rows[table]:  # technologies.<id>.<column>.mode
        key = rest.partition(".")[0]
    return input_name(say, plan.inputs, table, key)


def criticality_finding(say: Say, plan: Plan, outlook: Outlook) -> str:
    """The work that most often sets the end."""
    frame = activity_drivers(plan, outlook)
    if frame.empty or frame["criticality_share"].iloc[0] <= 0:
        return say("No work is scheduled that could set the end")
    first = frame.iloc[0]
    return say(
        "The work that most often sets the end: {phase} of {initiative}, in {share} possible outcomes",
        phase=named(say, PHASES, first["phase"]).lower(), initiative=say.title(plan.inputs.rows["initiatives"][first["initiative"]]),
        share=of_hundred(say, float(first["criticality_share"])),
    )  # fmt: skip


def criticality_table(say: Say, plan: Plan, outlook: Outlook) -> Table:
    """Work by how often it sets the end, and how closely the end follows its duration."""
    frame, initiatives = activity_drivers(plan, outlook).head(ROWS), plan.inputs.rows["initiatives"]
    rows = [
        (
            say.title(initiatives[r.initiative]), named(say, PHASES, r.phase), of_hundred(say, r.criticality_share),
            say.number(r.cruciality, 2),
        )
        for r in frame.itertuples()
    ]  # fmt: skip
    heads = (say("Initiative"), say("Phase"), say("Sets the end in"), say("Correlation of its duration with the end"))
    return Table(say("Work that sets the end"), heads, tuple(rows), frozenset({2, 3}), cards=True)


def together_finding(say: Say, plan: Plan, outlook: Outlook) -> str:
    """How far money and time of one initiative go together, beside that of real projects."""
    made = sorted(kept(plan, together_in, outlook.seed, min(DRAWS, outlook.draws)).values())
    real = sorted(row.correlation for row in plan.inputs.rows["reference_classes"].values())
    if not made or not real:
        return say("No initiative has both money and time that are uncertain")
    return say(
        "Of a single initiative money and time correlate by {mean} on average, from {low} to {high}; of the projects it is compared with "
        "by {least} to {most}. The plan's money and end correlate more, as one ceiling holds up all",
        mean=say.number(sum(made) / len(made), 2), low=say.number(made[0], 2), high=say.number(made[-1], 2),
        least=say.number(real[0], 2), most=say.number(real[-1], 2),
    )  # fmt: skip
