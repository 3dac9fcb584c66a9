"""Saving on the screen: what the scenario is called, whether its order is kept, and the question before a file is replaced."""

from __future__ import annotations

import re
from collections.abc import Callable

import ipywidgets as widgets
from markupsafe import escape

from egov_model.inputs.errors import InputError
from egov_model.inputs.scenario_text import Head
from egov_model.report.wording import Say
from egov_model.whatif.board import refused
from egov_model.whatif.result import Result
from egov_model.whatif.session import Session


class SavePanel:
    """`saved(result before)` is called once a file is written."""

    def __init__(self, session: Session, say: Say, saved: Callable[[Result], None]):
        self._session, self.say, self._saved = session, say, saved
        words = {
            "name": say("File name, such as pagu-turun"),
            "title": say("Title"),
            "title_en": say("Title in English (empty: the same)"),
            "description": say("What it is for"),
            "description_en": say("The same in English (empty: the same)"),
            "owner": say("Who answers for it"),
        }
        self._fields = {key: widgets.Text(placeholder=text, tooltip=text) for key, text in words.items()}
        labelled = []
        for key, text in words.items():
            labelled += [widgets.HTML(f"<b>{escape(text)}</b>"), self._fields[key]]
        self._order = widgets.Checkbox(True, indent=False, description=say("Keep the order of initiatives on the screen"))
        note = say(
            "Kept, the file gives the figures on the screen. Not kept, it holds nothing but your changes, the order is looked for once "
            "more, as it will be for every report, and the screen then shows what that gives."
        )
        self._go = widgets.Button(description=say("Save as scenario"), button_style="primary")
        self._replace = widgets.Button(description=say("Replace the file that is there"), button_style="danger")
        self._replace.layout.display = "none"
        self._go.on_click(lambda _: self._save(replace=False))
        self._replace.on_click(lambda _: self._save(replace=True))
        self._told = widgets.HTML()
        self._fields["name"].observe(lambda _: self._hide(), "value")
        buttons = widgets.HBox([self._go, self._replace])
        self.view = widgets.VBox([*labelled, self._order, widgets.HTML(f"<p>{escape(note)}</p>"), buttons, self._told])

    def show(self) -> None:
        """Nothing here follows a move, but for a question that is no longer asked."""
        self._hide()

    def close(self) -> None:
        """Give the widgets back."""
        for widget in (*self.view.children, self._go, self._replace, self.view):
            widget.close()

    def _hide(self) -> None:
        self._replace.layout.display = "none"

    def _save(self, replace: bool) -> None:
        say, name = self.say, self._fields["name"].value.strip()
        self._told.value = f"<p>{escape(say('Saving ...'))}</p>"
        before = self._session.result
        try:
            path = self._session.save(name, self._head(), self._order.value, replace)
        except InputError as error:
            self._told.value = refused(error)
            there = (self._session.data / "scenarios" / f"{name}.yaml").is_file() if re.fullmatch(r"[\w.-]+", name) else False
            self._replace.layout.display = "" if there and not replace else "none"
            return
        self._hide()
        text = path.read_text(encoding="utf-8")
        done = say("Saved: {file}. Build its reports with: make report-{name}", file=f"scenarios/{path.name}", name=name)
        self._told.value = f'<p role="status"><b>{escape(done)}</b></p><pre style="white-space:pre-wrap">{escape(text)}</pre>'
        self._saved(before)

    def _head(self) -> Head:
        given = {key: field.value.strip() for key, field in self._fields.items()}
        title = given["title"] or given["name"]
        description = given["description"] or f"Bagaimana jika, dari skenario {self._session.state.scenario}"
        english = given["description_en"] or given["description"] or f"What if, from scenario {self._session.state.scenario}"
        return Head(title, given["title_en"] or title, description, english, given["owner"] or self._session.inputs.scenario.owner)
