"""What the notebook over all scenarios calls: every method gives a finished piece of the page."""

from __future__ import annotations

from dataclasses import dataclass

from egov_model.analysis.side_by_side import Comparison
from egov_model.report import bridge_view, chances_view, comparison_view, fragments, sources_view
from egov_model.report.folding import shown
from egov_model.report.fragments import Html
from egov_model.report.traced import trace
from egov_model.report.wording import Say
from egov_model.report.years_figure import years_figure


@dataclass(frozen=True)
class ComparisonPage:
    """A page over several scenarios; parts that need draws say so when there are none."""

    found: Comparison
    say: Say

    def header(self) -> Html:
        """Top of the page: the plan's name, the answer as the one h1, what is compared."""
        region, settings = self.found.base.inputs.region, self.found.base.inputs.settings
        plan_title = region.plan_title_id if self.say.language == "id" else region.plan_title_en
        base = bridge_view.title(self.say, self.found.base)
        many = self.say.plural("{n} scenario", "{n} scenarios", len(self.found.plans))
        day = self.say.day(settings.issued_on)
        meta = self.say("{many} \N{MIDDLE DOT} base: {base} \N{MIDDLE DOT} issued {day}", many=many, base=base, day=day)
        answer = comparison_view.answer(self.say, self.found)
        return fragments.page_header(region.name, plan_title, answer, meta)

    def section(self, title: str) -> Html:
        """A heading."""
        return fragments.heading(self.say(title))

    def note(self, sentence: str) -> Html:
        """A method note."""
        return fragments.paragraph(self.say(sentence), "note")

    def table(self) -> Html:
        """Scenarios side by side, with who is worse in everything."""
        made = self._tables(comparison_view.costs, comparison_view.brings)
        made.append(fragments.paragraph(comparison_view.dominated(self.say, self.found)))
        for words in (comparison_view.without_words(self.say, self.found), comparison_view.left_out(self.say, self.found)):
            made += [fragments.paragraph(words, "note")] if words else []
        return fragments.join(made)

    def paragraphs(self) -> Html:
        """One paragraph per scenario, to be read aloud."""
        made = []
        for plan in self.found.plans:
            made.append(fragments.heading(bridge_view.title(self.say, plan), 3))
            made.append(fragments.paragraph(comparison_view.paragraph(self.say, self.found, plan)))
        return fragments.join(made)

    def years(self, measure: str) -> Html:
        """One measure by year, a panel a scenario."""
        return self._figure(years_figure(self.say, self.found, measure))

    def bridges(self) -> Html:
        """A waterfall for every scenario that differs from the base."""
        return fragments.join([self._figure(bridge_view.waterfall(self.say, self.found, one)) for one in self.found.bridges if one.steps])

    def ranges(self) -> Html:
        """Ranges over shared draws, and the differences to the base."""
        if not self.found.chances:
            return self._no_draws()
        views = (chances_view.ranges_table, chances_view.against_base)
        return fragments.join([self._figure(chances_view.ranges_figure(self.say, self.found)), *self._tables(*views[1:])])

    def regret(self) -> Html:
        """Which scenario is best where, and how far the others are."""
        if not self.found.chances:
            return self._no_draws()
        long = chances_view.regret(self.say, self.found)
        made = [*self._tables(chances_view.best), fragments.details(long.caption, fragments.table(long))]
        return fragments.join([*made, *self._tables(chances_view.often_worse)])

    def stability(self) -> Html:
        """How often each optional initiative is finished, and what comes of it."""
        if not self.found.chances:
            return self._no_draws()
        long = chances_view.stability(self.say, self.found)
        made = [fragments.paragraph(chances_view.stability_finding(self.say, self.found)), *self._tables(chances_view.brought)]
        few = self.say("Hours and travel saved are counted over the first {n} draws.", n=self.say.number(self.found.chances.benefit_draws))
        return fragments.join([*made, fragments.paragraph(few, "note"), fragments.details(long.caption, fragments.table(long))])

    def sources(self, *tables: str) -> Html:
        """Where the page's figures come from: tables of the data pack by name."""
        where = self.say("Every row names its own source and how well it is known; the report Assumptions shows them all.")
        return fragments.join([fragments.paragraph(where), shown(self.say, sources_view.sources(self.say, self.found.base, tables))])

    def footer(self) -> Html:
        """Which inputs made this page, and how to see the same figures as data."""
        chances = self.found.chances
        scenarios = ", ".join(self.found.scenarios)
        if chances is None:
            words = self.say("Scenarios {scenarios} \N{MIDDLE DOT} most likely values.", scenarios=scenarios)
        else:
            words = self.say(
                "Scenarios {scenarios} \N{MIDDLE DOT} {draws} shared draws of seed {seed}.",
                scenarios=scenarios, draws=self.say.number(chances.draws), seed=chances.seed,
            )  # fmt: skip
        return fragments.page_footer(words)

    def _figure(self, view: fragments.Figure) -> Html:
        return fragments.figure(view, self.say("Numbers behind the figure"))

    def _tables(self, *views) -> list[Html]:
        return [shown(self.say, view(self.say, self.found)) for view in views]

    def _no_draws(self) -> Html:
        return fragments.paragraph(self.say("No draws were made for this page."))


def comparison_page(found: Comparison, language: str = "id") -> ComparisonPage:
    """A report over several scenarios; raises `InputError` for a language without a catalogue."""
    return ComparisonPage(found, trace(language))
