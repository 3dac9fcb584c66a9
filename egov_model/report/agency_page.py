"""What the notebook of the sheets calls: a sheet for one agency in one language; every method gives a finished piece of the page."""

from __future__ import annotations

from dataclasses import dataclass

from egov_model.inputs.errors import InputError, did_you_mean, listed
from egov_model.model.plan import Plan
from egov_model.report import agency_tables, agency_view, fragments
from egov_model.report.agency_figure import agency_figure
from egov_model.report.folding import shown
from egov_model.report.fragments import Html
from egov_model.report.traced import trace
from egov_model.report.wording import Say

TABLES = {
    "initiatives": agency_tables.initiatives,
    "applications": agency_tables.applications,
    "from_others": agency_tables.from_others,
    "services": agency_tables.services,
    "risks": agency_tables.risks,
    "money": agency_tables.money,
    "whose_money": agency_tables.whose_money,
    "people": agency_tables.people,
    "dates": agency_tables.dates,
    "offices": agency_tables.offices,
    "to_confirm": agency_tables.to_confirm,
}


@dataclass(frozen=True)
class AgencyPage:
    """The sheet of one agency over `plan`."""

    plan: Plan
    agency: str
    say: Say

    def header(self) -> Html:
        """Top of the page: the plan's name, the answer as the one h1, the scenario and its issue date."""
        inputs = self.plan.inputs
        title = inputs.region.plan_title(self.say.language, inputs.settings.years)
        told = {"scenario": self._scenario(), "day": self.say.day(inputs.settings.issued_on)}
        meta = self.say("For the head of this agency \N{MIDDLE DOT} scenario {scenario} \N{MIDDLE DOT} issued {day}", **told)
        answer = agency_view.answer(self.say, self.plan, self.agency)
        return fragments.page_header(inputs.region.name, title, answer, meta)

    def facts(self) -> Html:
        """The boxes under the answer."""
        return fragments.facts(agency_view.facts(self.say, self.plan, self.agency))

    def duties(self) -> Html:
        """What the head of the agency has to see to."""
        return fragments.bullet_list(agency_view.duties(self.say, self.plan, self.agency))

    def section(self, title: str) -> Html:
        """A heading."""
        return fragments.heading(self.say(title))

    def note(self, sentence: str) -> Html:
        """A method note."""
        return fragments.paragraph(self.say(sentence), "note")

    def figure(self) -> Html:
        """When what happens; nothing has a date is said in a sentence."""
        drawn = agency_figure(self.plan, self.say, self.agency)
        if drawn is None:
            return fragments.paragraph(self.say("Nothing that concerns this agency has a date in this plan."))
        return fragments.figure(drawn, self.say("Numbers behind the figure"))

    def table(self, name: str) -> Html:
        """A table, a long one folded; nothing to list is said in a sentence. Raises InputError for a name there is none of."""
        if name not in TABLES:
            near = did_you_mean(name, TABLES)
            raise InputError(f"no table {name!r}; there are: {listed(TABLES, 30)}. {near}".rstrip())
        view = TABLES[name](self.say, self.plan, self.agency)
        if not view.rows:
            return fragments.paragraph(self.say("{table}: none.", table=view.caption))
        return shown(self.say, view)

    def staff(self) -> Html:
        """The people it has."""
        return fragments.paragraph(agency_view.staff(self.say, self.plan, self.agency))

    def confirm(self) -> Html:
        """What its survey form asks, with a link to the report that says whose form weighs most."""
        told = agency_view.confirm(self.say, self.plan, self.agency)
        suffix = "" if self.say.language == "id" else f".{self.say.language}"
        words = self.say("Whose form weighs most: Assumptions")
        return Html('<p>{}</p>\n<p><a href="../07-asumsi{}.html">{}</a></p>').format(told, suffix, words)

    def sources(self) -> Html:
        """What is known of the agency, the regulation that its duties stand on (the first legal basis), and where the others are."""
        about, first = "about_" + self.say.language, list(self.plan.inputs.rows["legal"].values())[:1]
        legal = [(row.title, getattr(row, about)) for row in first]
        others = self.say("All legal bases, values and their sources stand in the Assumptions report.")
        legal.append((self.say("Everything else"), others))
        return fragments.sources([agency_view.source(self.say, self.plan, self.agency), *legal])

    def footer(self) -> Html:
        """Which inputs and model made this page."""
        words = self.say(
            "Sheet {agency} \N{MIDDLE DOT} scenario {name} \N{MIDDLE DOT} most likely values, one calculation; ranges are in the "
            "report on risk.",
            agency=self.agency, name=self.plan.inputs.scenario.name,
        )  # fmt: skip
        return fragments.page_footer(words)

    def _scenario(self) -> str:
        scenario = self.plan.inputs.scenario
        return scenario.title if self.say.language == "id" else scenario.title_en


def agency_page(plan: Plan, agency: str = "", language: str = "id") -> AgencyPage:
    """The sheet of one agency (its id in agencies.csv; empty: the first); raises `InputError` for an unknown one or an unknown language."""
    known = plan.inputs.rows["agencies"]
    agency = agency or next(iter(known))
    if agency not in known:
        raise InputError(f"no agency {agency!r} in agencies.csv; there are: {listed(known)}. {did_you_mean(agency, known)}".rstrip())
    return AgencyPage(plan, agency, trace(language))
