"""One lever on the screen: name and value, slider, entry, reset; it says what was asked and is told what holds."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import ipywidgets as widgets
from markupsafe import escape

from egov_model.report.wording import Say, marked
from egov_model.report.words import EVIDENCE, named
from egov_model.whatif.levers import CHOICE, FLAG, NUMBER, WHOLE, Lever

MONEY_TABLES = ("ceilings", "prices", "technologies")
CHOICES = {
    "": marked("cheapest for each site"),
    "fibre-in-labuha-only": marked("fibre in the capital alone"),
    "satellite-first": marked("satellite first"),
    "hub": marked("over the hub"),
    "point-to-point": marked("point to point"),
    "in_house": marked("own staff"),
    "vendor": marked("vendor"),
    "mixed": marked("mixed"),
    "inside": marked("own ranges alone"),
    "outside": marked("as comparable projects went"),
    "blend": marked("both"),
    "group": marked("by group"),
    "independent": marked("independent"),
    "half": marked("half"),
    "full": marked("full"),
    "none": marked("none"),
    "all": marked("all of them"),
    "y": marked("yes"),
    "n": marked("no"),
}
Moved = Callable[[str, str], None]


class LeverBox:
    """The widgets of a lever. `moved(key, typed value)` is called for what a person does, never for what `show` sets."""

    def __init__(self, lever: Lever, say: Say, moved: Moved):
        self.lever, self.say, self._moved, self._quiet = lever, say, moved, False
        known = lever.parameter
        self._title = known.title_id if say.language == "id" else known.title_en
        self._name = widgets.HTML(tooltip=told(say, lever))
        self._name.add_class("wi-name")
        self._entries = self._made()
        for entry in self._entries:
            entry.observe(self._entered, "value")
        self._reset = widgets.Button(description="\N{ANTICLOCKWISE OPEN CIRCLE ARROW}", tooltip=say("Back to the scenario's value"))
        self._reset.on_click(lambda _: self._moved(known.key, known.value))
        row = widgets.HBox([*self._entries, self._reset])
        row.add_class("wi-row")
        self.view = widgets.VBox([self._name, row])
        self.view.add_class("wi-lever")
        self.show(known.value)

    def show(self, value: str) -> None:
        """Have the widgets stand at a value as typed."""
        known, say = self.lever.parameter, self.say
        off = value != known.value
        mark = f" <b>({escape(say('changed'))})</b>" if off else ""
        spoken = self._spoken(value)
        self._name.value = f"{escape(self._title)}" + (f": {escape(spoken)}" if spoken else "") + mark
        (self.view.add_class if off else self.view.remove_class)("wi-off")
        self._reset.disabled = not off
        self._quiet = True
        try:
            for entry in self._entries:
                if isinstance(entry, widgets.SelectionSlider):
                    self._slide(entry, value)
                elif isinstance(entry, widgets.Dropdown) and value not in [word for _, word in entry.options]:
                    entry.options = [*entry.options, (value, value)]
                    entry.value = value
                else:
                    entry.value = value
        finally:
            self._quiet = False

    def close(self) -> None:
        """Give the widgets back."""
        for widget in (*self._entries, self._reset, self._name, *self.view.children, self.view):
            widget.close()

    def _made(self) -> tuple[widgets.Widget, ...]:
        lever, say, label = self.lever, self.say, self._title
        tip = told(say, lever)
        if lever.kind in (CHOICE, FLAG):
            words = [*lever.choices] if lever.kind == CHOICE else ["y", "n"]
            options = [(named(say, CHOICES, word), word) for word in words]
            return (widgets.Dropdown(options=options, value=lever.parameter.value, description=label, tooltip=tip),)
        entry = widgets.Text(lever.parameter.value, continuous_update=False, description=label, tooltip=tip)
        if lever.low is None:
            return (entry,)
        slider = widgets.SelectionSlider(
            options=stops(lever, lever.parameter.value), value=lever.parameter.value, readout=False, description=label, tooltip=tip
        )
        return (slider, entry)

    def _slide(self, slider: widgets.SelectionSlider, value: str) -> None:
        """Have the slider stand at a value, which becomes one of its stops where it is none."""
        at = next((stop for stop in slider.options if Decimal(stop) == Decimal(value)), None)
        if at is None:
            slider.options, at = stops(self.lever, value), value
        slider.value = at

    def _entered(self, change: dict) -> None:
        if not self._quiet:
            self._moved(self.lever.key, str(change["new"]).strip())

    def _spoken(self, value: str) -> str:
        """The value as people say it, where it is typed otherwise."""
        known, say = self.lever.parameter, self.say
        try:
            if known.table in MONEY_TABLES:
                return say.money(round(float(value)))
            if self.lever.kind in (NUMBER, WHOLE):
                return say.figure(float(value))
        except ValueError:
            pass
        return ""


def stops(lever: Lever, value: str) -> tuple[str, ...]:
    """The values a slider stops at, as typed: from the low end by steps to the high one, with the scenario's own and `value` among them.

    They are text, so that what is saved is what was seen, and a value between two stops stays as it is.
    """
    low, high, step = (Decimal(str(number)) for number in (lever.low, lever.high, lever.step))
    found = {low + step * n for n in range(int((high - low) / step) + 1)} | {high}
    known = {format(number.normalize(), "f"): number for number in found}
    for text in (lever.parameter.value, value):
        if Decimal(text) not in known.values():
            known[text] = Decimal(text)
    known[lever.parameter.value] = Decimal(lever.parameter.value)
    return tuple(sorted({number: text for text, number in known.items()}.values(), key=Decimal))


def told(say: Say, lever: Lever) -> str:
    """Unit, range, evidence and source of a lever, for its tooltip."""
    known = lever.parameter
    parts = [known.unit, say("range {low} to {high}", low=known.low, high=known.high) if known.low else ""]
    parts.append(named(say, EVIDENCE, known.evidence) if known.evidence else "")
    return "; ".join(filter(None, parts)) + (f". {known.source}" if known.source else "")
