"""What a notebook calls: a report in one language over a plan; every method gives a finished piece of the page."""

from __future__ import annotations

from dataclasses import dataclass

from egov_model.analysis.appraisal import comparable
from egov_model.analysis.compare import headline
from egov_model.analysis.critical_chain import activity_links
from egov_model.analysis.focus_group import Outcome
from egov_model.analysis.omitted import omitted
from egov_model.inputs.errors import InputError, did_you_mean, listed
from egov_model.model.plan import Plan
from egov_model.report import (
    apbd_view,
    assumptions_view,
    back_cast_view,
    calendar_figure,
    choice_view,
    crosscheck_view,
    deadlines_view,
    evidence_view,
    figures,
    findings,
    fragments,
    gantt_figure,
    group_section,
    growth_map,
    integration_view,
    islands_figure,
    limits_view,
    links_view,
    maturity_figure,
    maturity_view,
    operations_view,
    order_view,
    procurement_figure,
    published_view,
    scenario_view,
    schedule_view,
    services_view,
    staffing_figure,
    staffing_view,
    tables_view,
    value_view,
)
from egov_model.report.fragments import Html
from egov_model.report.wording import Say, speak
from egov_model.report.words import SECTIONS

TABLES = {
    "ceilings": tables_view.ceilings,
    "funds": tables_view.funds,
    "by_section": tables_view.by_section,
    "by_agency": tables_view.by_agency,
    "by_account_group": tables_view.by_account_group,
    "by_code": apbd_view.by_code,
    "rounding": apbd_view.rounding,
    "spending_kinds": apbd_view.spending_kinds,
    "burden": apbd_view.burden,
    "personnel_limit": limits_view.personnel,
    "packages": limits_view.packages,
    "splitting": limits_view.splitting,
    "by_initiative": tables_view.by_initiative,
    "cost_drivers": tables_view.cost_drivers,
    "milestones": tables_view.milestones,
    "not_placed": tables_view.not_placed,
    "dates": tables_view.dates,
    "procurement": tables_view.procurement,
    "critical_chain": schedule_view.critical_chain,
    "gate_misses": schedule_view.gate_table,
    "quarters": schedule_view.quarters,
    "deadlines": deadlines_view.table,
    "methods": schedule_view.methods,
    "roles": tables_view.roles,
    "own_staff": tables_view.own_staff,
    "decisions": staffing_view.decisions,
    "gaps": staffing_view.gaps,
    "mix": staffing_view.mix,
    "mix_cost": staffing_view.mix_cost,
    "staff_share": staffing_view.share,
    "procurement_desk": staffing_view.procurement_desk,
    "changes": assumptions_view.changes,
    "evidence": assumptions_view.evidence,
    "settings": assumptions_view.settings,
    "influence": assumptions_view.influence,
    "ranking": crosscheck_view.ranking,
    "software": crosscheck_view.software,
    "workload": operations_view.workload,
    "desk": operations_view.desk,
    "training": operations_view.training,
    "refresh": operations_view.refresh,
    "ratios": crosscheck_view.ratios,
    "integration": integration_view.integration,
    "duties": integration_view.duties,
    "undated": integration_view.undated,
    "evidence_money": evidence_view.evidence_money,
    "published": published_view.published,
    "index_path": maturity_view.path_table,
    "index_parts": maturity_view.part_table,
    "index_held": maturity_view.held_table,
    "index_worth": maturity_view.worth_table,
    "back_cast": back_cast_view.table,
    "past_events": back_cast_view.events,
    "services": services_view.services,
    "services_left": services_view.services_left,
    "gains": services_view.gains,
    "unpriced": services_view.unpriced,
}
FIGURES = {
    "budget_by_year": figures.budget_by_year,
    "spending_curve": figures.spending_curve,
    "staffing_by_month": figures.staffing_by_month,
    "need_by_role": staffing_figure.need_by_role,
    "connections": links_view.connection_figure,
    "growth": growth_map.growth_figure,
    "budget_years": calendar_figure.budget_years_figure,
    "procurement_load": procurement_figure.procurement_load_figure,
    "integration": integration_view.integration_figure,
    "index_path": maturity_figure.index_figure,
    "digital": services_view.digital_figure,
    "islands": islands_figure.islands_figure,
}
FINDINGS = {
    "answer": findings.answer,
    "budget": findings.budget_finding,
    "drivers": findings.drivers_finding,
    "staffing": findings.staffing_finding,
    "staff_answer": staffing_view.answer,
    "staff_cost": staffing_view.cost_finding,
    "staff_share": staffing_view.share_finding,
    "staff_open": staffing_view.open_finding,
    "procurement_desk": staffing_view.procurement_finding,
    "scarcest_role": findings.scarcest_role,
    "schedule": findings.whole_schedule,
    "timetable": schedule_view.timetable_answer,
    "chain": schedule_view.chain_sentence,
    "gates": schedule_view.gates_sentence,
    "deadlines": deadlines_view.finding,
    "files": deadlines_view.files,
    "waiting": findings.waiting,
    "order": order_view.order_finding,
    "first_year_gate": findings.first_year_gate,
    "personnel_share": findings.personnel_share,
    "personnel_limit": limits_view.personnel_finding,
    "packages": limits_view.packages_finding,
    "evidence": findings.evidence,
    "software": crosscheck_view.software_finding,
    "workload": operations_view.workload_finding,
    "desk": operations_view.desk_finding,
    "training": operations_view.training_finding,
    "integration": integration_view.integration_finding,
    "duties": integration_view.duties_finding,
    "quantities_too": evidence_view.quantities_too,
    "published": published_view.finding,
    "services": services_view.services_finding,
    "gains": services_view.gains_finding,
    "reached": services_view.reached,
    "islands": islands_figure.islands_finding,
    "who_pays": links_view.who_pays,
    "without_power": links_view.without_power,
    "index": maturity_view.finding,
    "index_scheme": maturity_view.scheme_note,
    "index_outside": maturity_view.outside,
    "index_held": maturity_view.held_finding,
    "index_worth": maturity_view.worth_finding,
    "index_speed": maturity_view.speed_finding,
    "index_delay": maturity_view.delay_finding,
    "back_cast": back_cast_view.finding,
}


@dataclass(frozen=True)
class Report:
    """A page over `plan`; `without` is the plan of what happens anyway, `base` that of the base scenario, `group` what a focus group makes
    of it, when the data pack has them."""

    plan: Plan
    say: Say
    without: Plan | None = None
    base: Plan | None = None
    group: Outcome | None = None

    def header(self, finding: str) -> Html:
        """Top of the page: the plan's name, the finding as the one h1, the scenario and its issue date."""
        region, settings = self.plan.inputs.region, self.plan.inputs.settings
        plan_title = region.plan_title_id if self.say.language == "id" else region.plan_title_en
        meta = self.say("Scenario {scenario} \N{MIDDLE DOT} issued {day}", scenario=self._scenario(), day=self.say.day(settings.issued_on))
        return fragments.page_header(f"{region.name} \N{MIDDLE DOT} {plan_title}", self.finding(finding), meta)

    def finding(self, name: str) -> str:
        """One sentence that states a result."""
        return _known("sentence", FINDINGS, name)(self.say, self.plan)

    def section(self, title: str) -> Html:
        """A heading."""
        return fragments.heading(self.say(title))

    def text(self, sentence: str) -> Html:
        """A paragraph of fixed words."""
        return fragments.paragraph(self.say(sentence))

    def note(self, sentence: str) -> Html:
        """A method note."""
        return fragments.paragraph(self.say(sentence), "note")

    def sentence(self, finding: str) -> Html:
        """A finding as a paragraph, with its full stop."""
        return fragments.paragraph(self.finding(finding).removesuffix(".") + ".")

    def ask(self) -> Html:
        """What leadership is asked to approve."""
        return fragments.paragraph(findings.ask(self.say, self.plan), "ask")

    def facts(self) -> Html:
        """The boxes of the decision page."""
        return fragments.facts(findings.facts(self.say, self.plan, headline(self.without) if self.without else None))

    def about(self) -> Html:
        """What the scenario stands for, in its author's words."""
        scenario = self.plan.inputs.scenario
        words = scenario.description if self.say.language == "id" else scenario.description_en
        return fragments.paragraph(self.say("This scenario: {description}", description=words), "note")

    def figure(self, name: str) -> Html:
        """A figure with its finding and its numbers."""
        return self._figure(_known("figure", FIGURES, name)(self.plan, self.say))

    def gantt(self) -> Html:
        """Bars of every section that has work, and under them its initiatives one by one, folded."""
        links, made = activity_links(self.plan), []
        for section in SECTIONS:
            drawn = gantt_figure.gantt(self.plan, self.say, section, links)
            if drawn is not None:
                made += [self._figure(drawn), schedule_view.initiative_details(self.say, self.plan, links, section)]
        return fragments.join(made)

    def table(self, name: str) -> Html:
        """A table; nothing to list is said in a sentence."""
        view = _known("table", TABLES, name)(self.say, self.plan)
        if view.rows:
            return fragments.table(view)
        return fragments.paragraph(self.say("{table}: nothing.", table=view.caption))

    def folded(self, name: str) -> Html:
        """A long table, one tap away."""
        view = _known("table", TABLES, name)(self.say, self.plan)
        return fragments.details(view.caption, self.table(name))

    def without_plan(self) -> Html:
        """What happens anyway, beside the plan."""
        if self.without is None:
            return fragments.paragraph(self.say("The data pack has no scenario of what happens anyway."))
        words = fragments.paragraph(findings.without_plan(self.say, self.plan, self.without))
        if self.without.inputs.scenario.name == self.plan.inputs.scenario.name:
            return words
        rows = [(self._scenario(), headline(self.plan)), (self._scenario(self.without), headline(self.without))]
        return fragments.join([words, fragments.table(tables_view.scenarios(self.say, rows))])

    def purpose(self) -> Html:
        """What comes of the purpose of 2017, point by point."""
        wanted = self.say(
            "The focus group of 2017 wanted services that are better, more effective and more efficient, and an end to idle (santai) "
            "working habits."
        )
        return fragments.join([fragments.paragraph(wanted), fragments.bullet_list(services_view.purpose_points(self.say, self.plan))])

    def appraisal(self) -> Html:
        """What the plan is worth against what happens anyway: the ratio, what it includes, longer times, what it hangs on."""
        if self.without is None:
            return fragments.paragraph(self.say("The data pack has no scenario of what happens anyway."))
        if self.without.inputs.scenario.name == self.plan.inputs.scenario.name:
            return fragments.paragraph(self.say("This scenario is itself what happens without the plan."))
        if not comparable(self.plan, self.without):
            return fragments.paragraph(
                self.say("What happens anyway is planned over other years, so the two cannot be set against each other.")
            )
        both = (self.say, self.plan, self.without)
        made = [fragments.paragraph(value_view.value_finding(*both).removesuffix(".") + ".")]
        made.append(fragments.paragraph(value_view.value_parts(*both)))
        made += [fragments.table(view) for view in (value_view.horizons(*both), value_view.hangs_on(*both)) if view.rows]
        return fragments.join(made)

    def consequence(self) -> Html:
        """What the scenario changes against the base scenario, in one sentence; nothing on the page of the base itself."""
        if self.base is None or self.base.inputs.scenario.name == self.plan.inputs.scenario.name:
            return Html("")
        return fragments.paragraph(scenario_view.consequence(self.say, self.plan, self.base))

    def choice(self) -> Html:
        """What the scenario keeps, puts off and leaves out against the base, and what that costs; nothing when nothing is."""
        found = omitted(self.plan, self.base) if self.base is not None else None
        if found is None or self.base.inputs.scenario.name == self.plan.inputs.scenario.name:
            return Html("")
        both = (self.say, self.plan, self.base, found)
        words = fragments.paragraph(choice_view.sentences(*both))
        return fragments.join([self.section("What is kept, put off and left out?"), words, fragments.table(choice_view.table(*both))])

    def against_base(self) -> Html:
        """What everything the scenario changes makes together, against the base scenario."""
        return fragments.paragraph(assumptions_view.against_base(self.say, self.plan, self.base))

    def focus_group(self) -> Html:
        """What a focus group's weights make of the plan: what is in under whose, weights, consistency."""
        return group_section.section(self.say, self.group)

    def register(self) -> Html:
        """Every table of the data pack with value, unit, source and evidence, one tap away each."""
        return assumptions_view.register(self.say, self.plan)

    def legal(self) -> Html:
        """The legal bases the plan stands on."""
        about = "about_" + self.say.language
        return fragments.sources([(row.title, getattr(row, about)) for row in self.plan.inputs.rows["legal"].values()])

    def footer(self) -> Html:
        """Which inputs and model made this page."""
        inputs = self.plan.inputs
        words = self.say(
            "Scenario {name} \N{MIDDLE DOT} data {data} \N{MIDDLE DOT} most likely values, one calculation; ranges are not computed yet. "
            "Every figure comes from the data pack; see the Assumptions report.",
            name=inputs.scenario.name, data=inputs.content_hash[:8],
        )  # fmt: skip
        return fragments.page_footer(words)

    def _scenario(self, plan: Plan | None = None) -> str:
        scenario = (plan or self.plan).inputs.scenario
        return scenario.title if self.say.language == "id" else scenario.title_en

    def _figure(self, view: fragments.Figure) -> Html:
        return fragments.figure(view, self.say("Numbers behind the figure"))


def _known(what: str, names: dict, name: str):
    """What a notebook asks for by name; raises `InputError` with the nearest name for one that is not there."""
    if name not in names:
        raise InputError(" ".join(filter(None, (f"no {what} {name!r}; there are: {listed(names, 30)}.", did_you_mean(name, names)))))
    return names[name]


def report_page(
    plan: Plan, language: str = "id", without: Plan | None = None, base: Plan | None = None, group: Outcome | None = None
) -> Report:
    """A report over a plan; raises `InputError` for a language without a catalogue."""
    return Report(plan, speak(language), without, base, group)
