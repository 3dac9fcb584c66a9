"""The focus group on the screen: points by person and criterion, the ranking they make, and taking it over."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import ipywidgets as widgets
from markupsafe import escape

from egov_model.analysis.focus_group import Outcome
from egov_model.inputs.errors import InputError
from egov_model.inputs.focus_group import Group, Participant
from egov_model.report.wording import Say
from egov_model.whatif.board import refused
from egov_model.whatif.session import Session
from egov_model.whatif.weights import choice, group_of, heard, person, present

SHOWN = 30  # initiatives of a ranking
Do = Callable[[Callable[[], object]], None]


class WeightsPanel:
    """Those present are entered one after another; until then the data pack's own group is heard."""

    def __init__(self, session: Session, say: Say, do: Do):
        self._session, self.say, self._do = session, say, do
        self._people: dict[str, tuple[Participant, Mapping[str, float]]] = {}
        self._outcome: Outcome | None = None
        self._group: Group | None = group_of(session)
        self._told = widgets.HTML()
        if self._group is None:
            self.view = widgets.VBox([widgets.HTML(f"<p>{escape(say('The data pack has no folder fgd with criteria.'))}</p>")])
            return
        self._name = widgets.Text(description=say("Name"), placeholder="Bappelitbangda")
        self._points = {key: widgets.Text("0", description=say.title(row)) for key, row in self._group.criteria.items()}
        add, rank, self._apply = (widgets.Button(description=words) for words in (say("Add"), say("Rank"), say("Take over the choice")))
        add.on_click(lambda _: self._add())
        rank.on_click(lambda _: self._rank())
        self._apply.on_click(lambda _: self._take_over())
        self._apply.disabled = True
        note = say("100 points per person over the criteria. Whoever is added here is heard instead of the people in the data pack.")
        buttons = widgets.HBox([add, rank, self._apply])
        self.view = widgets.VBox([widgets.HTML(f"<p>{escape(note)}</p>"), self._name, *self._points.values(), buttons, self._told])
        self.view.add_class("wi-weights")

    def show(self) -> None:
        """A ranking holds for the plan it was made for: after a move it has to be made again before it is taken over."""
        if self._group is not None and self._outcome is not None and self._outcome.plan is not self._session.result.plan:
            self._apply.disabled = True

    def close(self) -> None:
        """Give the widgets back."""
        for widget in (*self.view.children, self.view):
            widget.close()

    def _add(self) -> None:
        try:
            row, points = person(self._group, self._name.value.strip(), {key: field.value.strip() for key, field in self._points.items()})
        except InputError as error:
            self._told.value = refused(error)
            return
        self._people[row.id] = row, points
        self._name.value = ""
        for field in self._points.values():
            field.value = "0"
        names = self.say.listing([self.say.title(row) for row, _ in self._people.values()])
        self._told.value = f"<p>{escape(self.say('Heard: {names}.', names=names))}</p>"

    def _rank(self) -> None:
        say = self.say
        self._told.value = f"<p>{escape(say('Ranking ...'))}</p>"
        try:
            self._outcome = heard(self._session.result.plan, present(self._group, self._people))
        except InputError as error:
            self._told.value = refused(error)
            return
        self._apply.disabled = False
        rows = self._session.result.plan.inputs.rows["initiatives"]
        lines = [
            f'<tr><td>{r.rank}</td><th scope="row">{escape(say.title(rows[r.initiative]))}</th>'
            f"<td>{r.rank_min}\N{EN DASH}{r.rank_max}</td><td>{escape(say('in') if r.in_group else say('out'))}</td></tr>"
            for r in self._outcome.ranking.head(SHOWN).itertuples()
        ]
        heads = "".join(f'<th scope="col">{escape(text)}</th>' for text in (say("Rank"), say("Initiative"), say("Ranks"), say("Choice")))
        example = f"<p><b>{escape(say('These participants are made up, as an example.'))}</b></p>" if self._outcome.group.example else ""
        people = say.plural("Ranking of {n} person", "Ranking of {n} people", len(self._outcome.weights))
        table = f'<table class="wi-table"><caption>{escape(people)}</caption><tr>{heads}</tr>{"".join(lines)}</table>'
        self._told.value = example + table

    def _take_over(self) -> None:
        if self._outcome is not None:
            chosen = choice(self._outcome)
            self._do(lambda: self._session.choose(chosen))
