"""The left side of the screen: levers by theme, initiatives by section, any other key; made when first looked at."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets
from markupsafe import escape

from egov_model.inputs.errors import InputError
from egov_model.inputs.parameters import parameter
from egov_model.inputs.programme import SECTIONS
from egov_model.report.wording import Say, marked
from egov_model.report.words import EVIDENCE, named
from egov_model.report.words import SECTIONS as SECTION_WORDS
from egov_model.whatif import levers as of
from egov_model.whatif.board import refused
from egov_model.whatif.initiative_box import InitiativeBox
from egov_model.whatif.lever_box import LeverBox
from egov_model.whatif.levers import levers
from egov_model.whatif.session import Session

INITIATIVES, ANY_KEY = "initiatives", "any"
THEME_WORDS = {
    of.MONEY: marked("Money"),
    of.CALENDAR: marked("Calendar of the budget year (APBD)"),
    of.PEOPLE: marked("People"),
    of.WAYS: marked("Ways of building"),
    of.PRICES: marked("Prices"),
    of.GAINS: marked("Gains"),
    of.RISK: marked("Risk"),
    INITIATIVES: marked("Initiatives"),
    ANY_KEY: marked("Any key"),
}
Do = Callable[[Callable[[], object]], None]  # carries an action out, shows what came of it or why it was refused


class LeverPanel:
    """The levers of one theme."""

    def __init__(self, session: Session, say: Say, theme: str, moved: Callable[[str, str], None]):
        self._session = session
        self._boxes = [LeverBox(lever, say, moved) for lever in levers(session.base.plan, theme)]
        self.view = widgets.VBox([box.view for box in self._boxes])

    def show(self) -> None:
        """Have every lever stand where the session is."""
        said = dict(self._session.state.overrides)
        for box in self._boxes:
            box.show(said.get(box.lever.key, box.lever.parameter.value))

    def close(self) -> None:
        """Give the widgets back."""
        for box in self._boxes:
            box.close()
        self.view.close()


class InitiativePanel:
    """The initiatives of one section at a time."""

    def __init__(self, session: Session, say: Say, do: Do):
        self._session, self.say, self._do = session, say, do
        rows = session.base.plan.inputs.rows["initiatives"]
        here = [key for key in SECTIONS if any(row.section == key for row in rows.values())]
        self._section = widgets.Dropdown(options=[(named(say, SECTION_WORDS, key), key) for key in here], tooltip=say("Section"))
        self._section.observe(lambda _: self._fill(), "value")
        self._boxes: dict[str, InitiativeBox] = {}
        self._list = widgets.VBox([])
        head = say("Ticked: in the plan. The year: not before it. What is taken out takes its cost lines with it.")
        self.view = widgets.VBox([self._section, widgets.HTML(f"<p>{escape(head)}</p>"), self._list])
        self._fill()

    def show(self) -> None:
        """Have every initiative stand where the session is."""
        state, base = self._session.state, self._session.base.plan.inputs.rows["initiatives"]
        said = dict(state.overrides)
        for key, box in self._boxes.items():
            day = said.get(f"initiatives.{key}.earliest", base[key].earliest.isoformat())
            box.show(key not in state.drop, int(day[:4]))

    def close(self) -> None:
        """Give the widgets back."""
        for box in self._boxes.values():
            box.close()
        for widget in (self._section, *self.view.children, self.view):
            widget.close()

    def _fill(self) -> None:
        for box in self._boxes.values():
            box.close()
        session, years = self._session, self._session.base.plan.timeline.years
        rows = session.base.plan.inputs.rows["initiatives"]
        scope = set(session.base.plan.network.groups)
        self._boxes = {
            key: InitiativeBox(row, years, self.say, self._switched, self._begun)
            for key, row in rows.items()
            if row.section == self._section.value and key in scope
        }
        self.show()
        self._list.children = [box.view for box in self._boxes.values()]

    def _switched(self, key: str, on: bool) -> None:
        self._do(lambda: self._session.switch(key, on))

    def _begun(self, key: str, year: int) -> None:
        self._do(lambda: self._session.begin(key, year))


class KeyPanel:
    """Any parameter by its dotted key, as a scenario file and the command line name it."""

    def __init__(self, session: Session, say: Say, moved: Callable[[str, str], None]):
        self._session, self.say = session, say
        self._key = widgets.Text(placeholder="prices.server.mode", continuous_update=False, tooltip=say("Key: table.row.field"))
        self._value = widgets.Text(continuous_update=False, tooltip=say("Value"))
        self._told = widgets.HTML()
        go = widgets.Button(description=say("Set"), button_style="primary")
        back = widgets.Button(description=say("Back to the scenario's value"))
        self._key.observe(lambda _: self._look(), "value")
        go.on_click(lambda _: moved(self._key.value.strip(), self._value.value.strip()))
        back.on_click(lambda _: moved(self._key.value.strip(), self._own()))
        head = widgets.HTML(f"<p>{escape(say('Everything a scenario file may set: table.row.field.'))}</p>")
        self.view = widgets.VBox([head, self._key, self._told, self._value, widgets.HBox([go, back])])

    def show(self) -> None:
        """Tell the value that holds now."""
        self._look()

    def close(self) -> None:
        """Give the widgets back."""
        for widget in (*self.view.children, self.view):
            widget.close()

    def _own(self) -> str:
        try:
            return parameter(self._session.base.plan.inputs.rows, self._key.value.strip()).value
        except InputError:
            return ""

    def _look(self) -> None:
        key = self._key.value.strip()
        if not key:
            self._told.value = ""
            return
        try:
            known = parameter(self._session.inputs.rows, key)
        except InputError as error:
            self._told.value = refused(error)
            return
        title = known.title_id if self.say.language == "id" else known.title_en
        proof = named(self.say, EVIDENCE, known.evidence) if known.evidence else ""
        inside = "; ".join(filter(None, (known.unit, f"{known.low}\N{EN DASH}{known.high}" if known.low else "", proof)))
        self._told.value = f"<b>{escape(title)}</b> ({escape(inside)})<br>{escape(known.source)}"
        self._value.value = known.value
