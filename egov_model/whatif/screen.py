"""The what-if on the screen: levers on the left, what follows on the right; all state is in one object per screen."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import ipywidgets as widgets
from markupsafe import escape

from egov_model.inputs.errors import InputError
from egov_model.inputs.scenario import BASE
from egov_model.report.wording import Say, marked, speak
from egov_model.whatif import board
from egov_model.whatif.later import Later
from egov_model.whatif.levers import THEMES
from egov_model.whatif.panels import ANY_KEY, INITIATIVES, THEME_WORDS, InitiativePanel, KeyPanel, LeverPanel
from egov_model.whatif.ranges import Ranges, ranges
from egov_model.whatif.result import Result
from egov_model.whatif.save_box import SavePanel
from egov_model.whatif.session import Session
from egov_model.whatif.weights_box import WeightsPanel

STYLE = Path(__file__).with_name("style.css")
SAVE, WEIGHTS = "save", "weights"
PANEL_WORDS = {**THEME_WORDS, WEIGHTS: marked("Focus group"), SAVE: marked("Save")}
ONE_STEP_SECONDS = 1.0  # moves of one lever that follow each other sooner are undone together


Panel = LeverPanel | InitiativePanel | KeyPanel | SavePanel | WeightsPanel


class Screen:
    """A session and the widgets that show it."""

    def __init__(self, session: Session, say: Say):
        self.session, self.say = session, say
        self._sure: tuple[Result, Ranges] | None = None
        self._last = ("", 0.0)
        self._quiet = False
        self._answers = 0  # shown so far: an answer that equals the one before is an answer too
        self._made_for = session.state.scenario  # levers are made from its values
        self._panels: dict[str, Panel] = {}
        self._later = Later(lambda result: (result, ranges(result.plan)), self._ranged, self._not_ranged)
        region = session.inputs.region
        self._board, self._status = widgets.HTML(), widgets.HTML()
        self._status.add_class("wi-status")
        self._changes, self._compared = widgets.HTML(), widgets.HTML()
        titles = self._titles()
        self._start = widgets.Dropdown(options=titles, value=session.state.scenario, description=say("Begin with"))
        self._other = widgets.Dropdown(options=self._others(titles), value="", description=say("Compare with"))
        self._start.observe(lambda change: self._unless_quiet(lambda: self.do(lambda: session.start_from(change["new"]))), "value")
        self._other.observe(lambda _: self._unless_quiet(self._compare), "value")
        self._undo = self._button(say("Undo"), session.undo)
        self._redo = self._button(say("Redo"), session.redo)
        self._all = self._button(say("Reset all"), session.reset_all)
        self._search = widgets.Button(description=say("Search the order again"))
        self._search.on_click(lambda _: self._look_for_order())
        heading = widgets.HTML(f"<h1>{escape(say('What if'))}: {escape(region.short_name)}</h1>")
        top = widgets.HBox([heading, self._start, self._other, self._undo, self._redo, self._all, self._search])
        top.add_class("wi-top")
        names = [*THEMES, INITIATIVES, WEIGHTS, ANY_KEY, SAVE]
        self._themes = widgets.ToggleButtons(options=[(say(PANEL_WORDS[name]), name) for name in names], tooltips=[])
        self._themes.add_class("wi-themes")
        self._themes.observe(lambda _: self._turn(), "value")
        self._panel = widgets.VBox([])
        left = widgets.VBox([self._themes, self._panel])
        left.add_class("wi-left")
        self._more = widgets.Accordion([self._changes, self._compared], titles=(say("What is changed"), say("Side by side")))
        self._more.observe(lambda _: self._tell_more(), "selected_index")
        right = widgets.VBox([self._board, self._more])
        right.add_class("wi-right")
        body = widgets.Box([left, right])
        body.add_class("wi-body")
        self.view = widgets.VBox([widgets.HTML(f"<style>{STYLE.read_text(encoding='utf-8')}</style>"), top, self._status, body])
        self.view.add_class("wi")
        self._turn()
        self._show()

    def do(self, action: Callable[[], object]) -> None:
        """Carry an action out and show what came of it, or why it was refused."""
        try:
            action()
        except InputError as error:
            self._show_state()
            self._status.value = board.refused(error)
            return
        self._status.value = ""
        self._show()

    def move(self, key: str, value: str) -> None:
        """A lever was moved."""
        now, (last, when) = time.monotonic(), self._last
        self.do(lambda: self.session.move(key, value, merge=key == last and now - when < ONE_STEP_SECONDS))
        self._last = key, now

    def _button(self, words: str, action: Callable[[], object]) -> widgets.Button:
        made = widgets.Button(description=words)

        def clicked(_: object) -> None:
            self._last = ("", 0.0)
            self.do(action)

        made.on_click(clicked)
        return made

    def _show(self) -> None:
        """All that follows from the session's result, the ranges a moment later."""
        result = self.session.result
        known = self._sure[1] if self._sure and self._sure[0] is result else None
        self._answers += 1
        self._draw(known, waiting=known is None)
        self._show_state()
        self._tell_more()
        if known is None:
            self._later.ask(result)
        else:
            self._later.forget()

    def _show_state(self) -> None:
        session = self.session
        self._undo.disabled, self._redo.disabled = not session.undoable, not session.redoable
        self._all.disabled, self._search.disabled = not session.state.changes, session.state.searched
        if self._made_for != session.state.scenario:
            self._made_for = session.state.scenario
            self._quietly(self._start, session.state.scenario)
            self._begin_anew()
        self._panels[self._themes.value].show()

    def _tell_more(self) -> None:
        if self._more.selected_index == 0:
            self._changes.value = board.changes(self.say, self.session)
        elif self._more.selected_index == 1:
            say, session = self.say, self.session
            columns = [(say("What if"), session.result), (say("Beginning"), session.base)]
            if self._other.value:
                columns.append((self._other.label, self._reference()))
            self._compared.value = board.comparison(say, columns)

    def _ranged(self, answer: tuple[Result, Ranges]) -> None:
        result, _ = answer
        if result is self.session.result:
            self._sure = answer
            self._draw(answer[1], waiting=False)

    def _not_ranged(self, error: Exception) -> None:
        self._status.value = str(escape(self.say("No ranges: {why}", why=error)))
        self._draw(None, waiting=False)

    def _draw(self, sure: Ranges | None, waiting: bool) -> None:
        made = board.board(self.say, self.session.result, self._reference(), sure, waiting)
        about = f'lang="{self.say.language}" data-answer="{self._answers}" data-waiting="{str(waiting).lower()}"'
        self._board.value = f"<div {about}>{made}</div>"

    def _reference(self) -> Result:
        return self.session.scenario(self._other.value) if self._other.value else self.session.base

    def _compare(self) -> None:
        name = self._other.value
        if name and self.session.scenario(name).plan.timeline.years != self.session.base.plan.timeline.years:
            self._quietly(self._other, "")
            self._status.value = str(escape(self.say("{name} plans other years and cannot be compared.", name=name)))
        self._show()

    def _turn(self) -> None:
        name, say, session = self._themes.value, self.say, self.session
        if name not in self._panels:
            if name in THEMES:
                self._panels[name] = LeverPanel(session, say, name, self.move)
            elif name == WEIGHTS:
                self._panels[name] = WeightsPanel(session, say, self.do)
            elif name == INITIATIVES:
                self._panels[name] = InitiativePanel(session, say, self.do)
            elif name == ANY_KEY:
                self._panels[name] = KeyPanel(session, say, self.move)
            else:
                self._panels[name] = SavePanel(session, say, self._saved)
        self._panels[name].show()
        self._panel.children = [self._panels[name].view]

    def _begin_anew(self) -> None:
        """Make every panel again."""
        old, self._panels = self._panels, {}
        self._turn()
        for panel in old.values():
            panel.close()

    def _look_for_order(self) -> None:
        self._status.value = str(escape(self.say("Looking for the best order ...")))
        before, self._last = self.session.result, ("", 0.0)
        self.do(self.session.search)
        self._status.value = str(escape(board.search_told(self.say, before, self.session.result)))

    def _saved(self, before: Result) -> None:
        self._quiet = True
        try:
            titles = self._titles()
            for box, options in ((self._start, titles), (self._other, self._others(titles))):
                kept = box.value
                box.options = options
                box.value = kept
        finally:
            self._quiet = False
        self._show()
        told = "" if self.session.result is before else board.search_told(self.say, before, self.session.result)
        self._status.value = str(escape(told))

    def _titles(self) -> list[tuple[str, str]]:
        return [(title, name) for name, title in self.session.titles(self.say.language).items()]

    def _others(self, titles: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return [(self.say("the beginning"), ""), *titles]

    def _quietly(self, box: widgets.Dropdown, value: str) -> None:
        self._quiet = True
        try:
            box.value = value
        finally:
            self._quiet = False

    def _unless_quiet(self, action: Callable[[], object]) -> None:
        if not self._quiet:
            action()


def what_if(scenario: str = BASE, data: Path | str = "", language: str = "id") -> widgets.Widget:
    """A what-if over a data pack, beginning with a scenario, as a widget to be shown; what is wrong with the data is told instead."""
    try:
        return Screen(Session(scenario, data), speak(language)).view
    except InputError as error:
        return widgets.HTML(f'<pre role="alert">{escape(error)}</pre>')
