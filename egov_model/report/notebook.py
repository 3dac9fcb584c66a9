"""What a notebook calls: a report in one language over a plan; every method gives a finished piece of the page."""

from __future__ import annotations

from dataclasses import dataclass

from egov_model.analysis.appraisal import comparable
from egov_model.analysis.compare import headline
from egov_model.analysis.critical_chain import activity_links
from egov_model.analysis.drawn import Outlook
from egov_model.analysis.focus_group import Outcome
from egov_model.analysis.issued import Since, since_last
from egov_model.analysis.omitted import omitted
from egov_model.inputs.errors import InputError, did_you_mean, listed
from egov_model.inputs.issues import Issue
from egov_model.inputs.overrides import COMMAND_LINE
from egov_model.model.plan import Plan
from egov_model.report import (
    assumptions_view,
    choice_view,
    decision_view,
    findings,
    fragments,
    gantt_figure,
    group_section,
    issue_view,
    scenario_view,
    schedule_view,
    services_view,
    sources_view,
    tables_view,
    value_view,
)
from egov_model.report.contents import DRAWN_FIGURES, DRAWN_FINDINGS, DRAWN_TABLES, FIGURES, FINDINGS, TABLES
from egov_model.report.folding import shown
from egov_model.report.fragments import Html
from egov_model.report.marks import plain
from egov_model.report.traced import trace
from egov_model.report.wording import Say, marked
from egov_model.report.words import SECTIONS

NO_ANYWAY = marked("The data pack has no scenario of what happens anyway.")
OTHER_YEARS = marked("What happens anyway is planned over other years, so the two cannot be set against each other.")

ISSUED = "settings.issued_on.value"  # set from outside for every build (SOURCE_DATE_EPOCH)


@dataclass(frozen=True)
class Report:
    """A page over `plan`; `without` is the plan of what happens anyway, `base` that of the base scenario, `group` what a focus group makes
    of it, when the data pack has them; `outlook` what the plan becomes in many draws; `issues` what was published of it,
    the oldest first."""

    plan: Plan
    say: Say
    without: Plan | None = None
    base: Plan | None = None
    group: Outcome | None = None
    outlook: Outlook | None = None
    issues: tuple[Issue, ...] = ()

    def header(self, finding: str) -> Html:
        """Top of the page: the plan's name, the finding as the one h1, the scenario and its issue date."""
        region, settings = self.plan.inputs.region, self.plan.inputs.settings
        plan_title = region.plan_title(self.say.language, settings.years)
        meta = self.say("Scenario {scenario} \N{MIDDLE DOT} issued {day}", scenario=self._scenario(), day=self.say.day(settings.issued_on))
        own = sum(change.set_by == COMMAND_LINE and change.key != ISSUED for change in self.plan.inputs.changes)
        if own:
            told = self.say.plural("{n} value changed beside the scenario", "{n} values changed beside the scenario", own)
            meta += f" \N{MIDDLE DOT} {told}"
        return fragments.page_header(region.name, plan_title, self._finding(finding), meta)

    def finding(self, name: str) -> str:
        """One sentence that states a result, as plain text."""
        return plain(self._finding(name))

    def _finding(self, name: str) -> str:
        if name in DRAWN_FINDINGS:
            return DRAWN_FINDINGS[name](self.say, self.plan, self._drawn(name))
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
        return fragments.paragraph(self._finding(finding).removesuffix(".") + ".")

    def decision(self) -> Html:
        """What a decision needs, in one piece: what is asked, six facts, the heaviest risks, and what happens otherwise."""
        drawn, say = (self.say, self.plan, self._drawn("decision")), self.say
        risks = say("The heaviest risks, and who deals with them"), decision_view.risks(*drawn)
        more = [
            fragments.Named(say("Without the plan"), self._otherwise()),
            fragments.Named(say("Since the last issue"), issue_view.short(say, self._since())),
        ]
        return fragments.decision(decision_view.asked(*drawn), decision_view.facts(*drawn), risks, more)

    def about(self) -> Html:
        """What the scenario stands for, in its author's words."""
        scenario = self.plan.inputs.scenario
        words = scenario.description if self.say.language == "id" else scenario.description_en
        return fragments.paragraph(self.say("This scenario: {description}", description=words), "note")

    def figure(self, name: str) -> Html:
        """A figure with its finding and its numbers."""
        if name in DRAWN_FIGURES:
            return self._figure(DRAWN_FIGURES[name](self.plan, self.say, self._drawn(name)))
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
        view = self._table(name)
        if view.rows:
            return shown(self.say, view)
        return fragments.paragraph(self.say("{table}: none.", table=view.caption))

    def folded(self, name: str) -> Html:
        """A long table, one tap away."""
        return fragments.details(self._table(name).caption, fragments.table(self._table(name)))

    def without_plan(self) -> Html:
        """What happens anyway, beside the plan."""
        if self.without is None:
            return fragments.paragraph(self.say(NO_ANYWAY))
        if not comparable(self.plan, self.without):
            return fragments.paragraph(self.say(OTHER_YEARS))
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
            return fragments.paragraph(self.say(NO_ANYWAY))
        if self.without.inputs.scenario.name == self.plan.inputs.scenario.name:
            return fragments.paragraph(self.say("This scenario is itself what happens without the plan."))
        if not comparable(self.plan, self.without):
            return fragments.paragraph(self.say(OTHER_YEARS))
        both = (self.say, self.plan, self.without)
        made = [fragments.paragraph(value_view.value_finding(*both).removesuffix(".") + ".")]
        made.append(fragments.paragraph(value_view.value_parts(*both)))
        made += [shown(self.say, view) for view in (value_view.horizons(*both), value_view.hangs_on(*both)) if view.rows]
        return fragments.join(made)

    def consequence(self) -> Html:
        """What the scenario changes against the base scenario, in one sentence; nothing on the page of the base itself."""
        if not comparable(self.plan, self.base) or self.base.inputs.scenario.name == self.plan.inputs.scenario.name:
            return Html("")
        return fragments.paragraph(scenario_view.consequence(self.say, self.plan, self.base))

    def choice(self) -> Html:
        """What the scenario keeps, puts off and leaves out against the base, and what that costs; nothing when nothing is."""
        found = omitted(self.plan, self.base) if comparable(self.plan, self.base) else None
        if found is None or self.base.inputs.scenario.name == self.plan.inputs.scenario.name:
            return Html("")
        both = (self.say, self.plan, self.base, found)
        words = fragments.paragraph(choice_view.sentences(*both))
        return fragments.join([self.section("What is kept, put off and left out?"), words, shown(self.say, choice_view.table(*both))])

    def against_base(self) -> Html:
        """What everything the scenario changes makes together, against the base scenario."""
        return fragments.paragraph(assumptions_view.against_base(self.say, self.plan, self.base))

    def focus_group(self) -> Html:
        """What a focus group's weights make of the plan: what is in under whose, weights, consistency."""
        return group_section.section(self.say, self.group)

    def register(self) -> Html:
        """Every table of the data pack with value, unit, source and evidence, one tap away each."""
        return assumptions_view.register(self.say, self.plan)

    def sources(self, *tables: str) -> Html:
        """Where the page's figures come from: tables of the data pack by name, and where each row's own source stands."""
        where = self.say("Every row names its own source and how well it is known; the report Assumptions shows them all.")
        return fragments.join([fragments.paragraph(where), shown(self.say, sources_view.sources(self.say, self.plan, tables))])

    def legal(self) -> Html:
        """The legal bases the plan stands on."""
        about = "about_" + self.say.language
        return fragments.sources([(row.title, getattr(row, about)) for row in self.plan.inputs.rows["legal"].values()])

    def footer(self) -> Html:
        """Which scenario made this page, and how; the hashes are written below it when the page is built (`report.traces`)."""
        name, drawn = self.plan.inputs.scenario.name, self.outlook
        if drawn is None:
            words = self.say(
                "Scenario {name} \N{MIDDLE DOT} most likely values, one calculation; ranges are in the report on risk. Every figure comes "
                "from the data pack; see the Assumptions report.",
                name=name,
            )  # fmt: skip
        else:
            words = self.say(
                "Scenario {name} \N{MIDDLE DOT} {draws} draws, seed {seed}. Every figure comes from the data pack; see the "
                "Assumptions report.",
                name=name, draws=self.say.number(drawn.draws), seed=drawn.seed,
            )  # fmt: skip
        return fragments.page_footer(words)

    def since_last(self) -> Html:
        """What moved since the last issue of the report, figure by figure, and which inputs changed."""
        since = self._since()
        made = [fragments.paragraph(issue_view.short(self.say, since))]
        if since is None or since.same:
            return made[0]
        made += [fragments.paragraph(self.say("It was issued with this note: {note}", note=since.issue.note))] if since.issue.note else []
        views = (issue_view.figures(self.say, since), issue_view.causes(self.say, self.plan.inputs, since))
        return fragments.join([*made, *(shown(self.say, view) for view in views if view.rows)])

    def _since(self) -> Since | None:
        return since_last(self.issues, self.plan, self._drawn("since_last"))

    def _otherwise(self) -> str:
        if self.without is None:
            return self.say(NO_ANYWAY)
        return decision_view.otherwise(self.say, self.plan, self.without) if comparable(self.plan, self.without) else self.say(OTHER_YEARS)

    def _table(self, name: str) -> fragments.Table:
        if name in DRAWN_TABLES:
            return DRAWN_TABLES[name](self.say, self.plan, self._drawn(name))
        return _known("table", TABLES, name)(self.say, self.plan)

    def _drawn(self, name: str) -> Outlook:
        if self.outlook is None:
            raise InputError(f"{name!r} needs draws: report_page(plan, language, outlook=build_outlook(plan))")
        return self.outlook

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
    plan: Plan,
    language: str = "id",
    without: Plan | None = None,
    base: Plan | None = None,
    group: Outcome | None = None,
    outlook: Outlook | None = None,
    issues: tuple[Issue, ...] = (),
) -> Report:
    """A report over a plan; raises `InputError` for a language without a catalogue."""
    return Report(plan, trace(language), without, base, group, outlook, issues)
