"""Initiatives of a section on the screen: each in or out, and the year before which it does not begin."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from egov_model.inputs.programme import Initiative
from egov_model.report.wording import Say


class InitiativeBox:
    """The widgets of an initiative. `switched(id, on)` and `begun(id, year)` are called for what a person does alone."""

    def __init__(
        self, row: Initiative, years: tuple[int, ...], say: Say, switched: Callable[[str, bool], None], begun: Callable[[str, int], None]
    ):
        self._row, self.say, self._quiet = row, say, False
        tip = f"{row.id}. {row.source}"
        title = say.title(row) + (f" ({say('mandatory')})" if row.mandatory else "")
        self._on = widgets.Checkbox(True, description=title, indent=False, tooltip=tip)
        options = sorted({row.earliest.year, *years})
        self._year = widgets.Dropdown(options=[(str(year), year) for year in options], value=row.earliest.year,
                                      description=say("Not before"), tooltip=say("Not before {title}", title=title))  # fmt: skip
        self._on.observe(lambda change: None if self._quiet else switched(row.id, change["new"]), "value")
        self._year.observe(lambda change: None if self._quiet else begun(row.id, change["new"]), "value")
        self.view = widgets.HBox([self._on, self._year])
        for name in ("wi-lever", "wi-initiative"):
            self.view.add_class(name)

    def show(self, on: bool, year: int) -> None:
        """Have the widgets stand so; a year that is not among them is added."""
        self._quiet = True
        try:
            self._on.value, self._year.disabled = on, not on
            if year not in [value for _, value in self._year.options]:
                self._year.options = sorted([*self._year.options, (str(year), year)])
            self._year.value = year
        finally:
            self._quiet = False
        off = not on or year != self._row.earliest.year
        (self.view.add_class if off else self.view.remove_class)("wi-off")

    def close(self) -> None:
        """Give the widgets back."""
        for widget in (self._on, self._year, self.view):
            widget.close()
