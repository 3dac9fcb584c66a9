"""What the decision page says first: what is asked, six facts, the heaviest risks, what happens otherwise; formats, never computes."""

from __future__ import annotations

from egov_model.analysis import confidence, served
from egov_model.analysis.compare import Headline, headline
from egov_model.analysis.drawn import Outlook
from egov_model.analysis.index_levels import start_index
from egov_model.analysis.kept import kept
from egov_model.model.plan import Plan
from egov_model.report.fragments import Asked, Named
from egov_model.report.maturity_view import last, predicate_title
from egov_model.report.risk_register_view import ranks, response_of
from egov_model.report.risk_words import of_hundred, short_month_of
from egov_model.report.tables_view import DASH
from egov_model.report.wording import Say

RISKS = 3
Fact = tuple[str, str, str]  # label, value, note


def asked(say: Say, plan: Plan, outlook: Outlook) -> Asked:
    """What leadership is asked to approve: rupiah in figures and words, what it is for, how sure it is."""
    h, years = headline(plan), plan.timeline.years
    parts = say("{running} keeps alive what runs already, {new} is new.", running=say.money(h.running_idr), new=say.money(h.new_money_idr))
    half, most = (say.money(int(amount)) for amount in confidence.quantiles(outlook.total_idr, [0.5, 0.8]))
    sure = say("Of 100 possible outcomes, 50 stay within {half} (P50), 80 within {most} (P80).", half=half, most=most)
    label = say("Asked for: an indicative ceiling for {years}", years=say.years(years[0], years[-1]))
    return Asked(label, say.rupiah(h.total_idr), say.in_words(h.total_idr), f"{parts} {sure}")


def facts(say: Say, plan: Plan, outlook: Outlook) -> list[Fact]:
    """Six boxes: when, how sure, what it brings, whom it takes."""
    return [_finish(say, plan, outlook), _ceilings(say, plan, outlook), _index(say, plan), *_reach(say, plan), _people(say, plan)]


def _finish(say: Say, plan: Plan, outlook: Outlook) -> Fact:
    finish = headline(plan).finish
    if finish is None:
        return say("Finished"), DASH, say("nothing new is built")
    early, late = (short_month_of(say, plan, outlook, int(week)) for week in confidence.quantiles(outlook.finish_week, [0.5, 0.8]))
    return say("Finished"), say.month(finish), say("P50 {half}, P80 {most}", half=early, most=late)


def _ceilings(say: Say, plan: Plan, outlook: Outlook) -> Fact:
    tight = confidence.ceilings(plan, outlook)["holds_share"]
    note = say("tightest {year}: {chance}", year=tight.idxmin(), chance=of_hundred(say, float(tight.min())))
    return say("Chance that ceilings hold"), of_hundred(say, confidence.held(outlook)["ceilings"]), note


def _index(say: Say, plan: Plan) -> Fact:
    h, part = headline(plan), last(plan)
    if h.index is None or part is None:
        reached = say("{placed} of {all}", placed=say.number(h.placed), all=say.number(h.initiatives))
        return say("Initiatives reached"), reached, say("no scheme scores these years")
    word = predicate_title(say, plan, h.index_scheme, h.index_predicate)
    note = say("{word}; {start} at the start", word=word, start=say.number(start_index(part), 2))
    return say("Maturity index {year}", year=h.index_year), say.number(h.index, 2), note


def _reach(say: Say, plan: Plan) -> list[Fact]:
    """Villages and services in the plan's last year."""
    villages, services = reach(say, plan)
    hours, year = float(served.yearly_frame(plan).iloc[-1]["citizen_hours"]), plan.timeline.years[-1]
    saved = say("{hours} citizens' hours saved a year", hours=say.number(hours)) if hours >= 0.5 else say("saves citizens no time yet")
    return [
        (say("Villages connected"), villages, say("by the end of {year}", year=year)),
        (say("Digital services"), services, saved),
    ]


def _people(say: Say, plan: Plan) -> Fact:
    h, formations = headline(plan), plan.inputs.rows["formations"].values()
    gap = say("{n} still missing", n=say.number(h.hires_missing)) if h.hires_missing else say("nobody is missing")
    if not h.hires_planned:
        return say("People to hire"), say("none"), gap
    first = min(f.year for f in formations if f.hires) + plan.inputs.settings.hiring_delay_years
    posts = say.plural("{n} civil servant", "{n} civil servants", h.hires_planned)
    return say("People to hire"), posts, say("from {first}; {gap}", first=first, gap=gap)


def _counts(plan: Plan) -> tuple[tuple[int, int], tuple[int, int]]:
    """(connected, all) villages and (digital, all) services by the end of the plan."""
    islands, frame = served.island_frame(plan), kept(plan, served.service_frame)
    villages = int(islands["connected"].sum()), int(islands["villages"].sum())
    return villages, (int(frame["go_live"].notna().sum()), len(frame))


def reach(say: Say, plan: Plan) -> tuple[str, str]:
    """Villages connected and services digital by the end of the plan, each "so many of so many"."""
    villages, services = _counts(plan)
    return _of(say, villages), _of(say, services)


def _of(say: Say, counted: tuple[int, int]) -> str:
    return say("{placed} of {all}", placed=say.number(counted[0]), all=say.number(counted[1]))


def otherwise(say: Say, plan: Plan, without: Plan) -> str:
    """What happens without the plan, `without`: money, index, villages, services."""
    if without.inputs.scenario.name == plan.inputs.scenario.name:
        return say("This scenario is itself what happens without the plan.")
    h: Headline = headline(without)
    villages, services = reach(say, without)
    told = say(
        "{cost} is spent all the same on what runs; {villages} villages get connected and {services} services become digital.",
        cost=say.money(h.total_idr), villages=villages, services=services,
    )  # fmt: skip
    if h.index is None:
        return told
    return f"{told} " + say("The index is {index} in {year}.", index=say.number(h.index, 2), year=h.index_year)


def risks(say: Say, plan: Plan, outlook: Outlook) -> list[Named]:
    """The heaviest risks in short form: name, what each adds, who does what about it."""
    made = []
    for risk, adds, owner in _heaviest(say, plan, outlook):
        made.append(Named(f"{say.title(risk)}:", f"{adds}. {owner}: {response_of(say, risk)}."))
    return made


def _heaviest(say: Say, plan: Plan, outlook: Outlook) -> list[tuple[object, str, str]]:
    """(risk, what it adds, short name of its owner)."""
    made, agencies = [], plan.inputs.rows["agencies"]
    for r in ranks(plan, outlook).risks.head(RISKS).itertuples():
        risk = plan.inputs.rows["risks"][r.risk]
        made.append((risk, _adds(say, int(r.need_idr), int(r.finish_weeks)), agencies[risk.owner].short_name))
    return made


def _adds(say: Say, need_idr: int, weeks: int) -> str:
    """Money and weeks that a risk adds, those it adds."""
    parts = [say("{money} more needed", money=say.money(need_idr))] if need_idr > 0 else []
    parts += [say("{weeks} later", weeks=say.plural("{n} week", "{n} weeks", weeks))] if weeks > 0 else []
    return ", ".join(parts) or say("next to nothing")
