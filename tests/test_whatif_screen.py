"""The what-if's widgets without a browser: what a person does moves the session, what the session does never moves it again."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import ipywidgets as widgets
import pytest
from broken_packs import edit
from tiny_pack import TINY, copy_of_tiny

from egov_model.inputs.scenario import load_scenario
from egov_model.inputs.scenario_text import Head
from egov_model.model.plan import build_plan
from egov_model.report.wording import speak
from egov_model.whatif import board, later, screen
from egov_model.whatif import session as whatif
from egov_model.whatif.lever_box import LeverBox, stops
from egov_model.whatif.levers import MONEY, levers
from egov_model.whatif.panels import ANY_KEY, INITIATIVES
from egov_model.whatif.ranges import ranges
from egov_model.whatif.result import measure
from egov_model.whatif.screen import PANEL_WORDS, SAVE, WEIGHTS, Screen, what_if
from egov_model.whatif.session import Session

FACTOR = "settings.ceiling_factor"
EN = speak("en")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(whatif, "build_plan", build_plan)
    monkeypatch.setattr(later, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(screen, "ranges", lambda plan: ranges(plan, 20))


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    monkeypatch.setattr(later.Later, "ask", lambda self, question: None)  # no loop runs here
    yield Screen(Session("baseline", TINY), EN)


def every(widget: widgets.Widget) -> Iterator[widgets.Widget]:
    yield widget
    for child in getattr(widget, "children", ()):
        yield from every(child)


def found(shown: Screen, kind: type, description: str):
    return next(w for w in every(shown.view) if isinstance(w, kind) and w.description == description)


def text_of(html: str) -> str:
    return re.sub(r"<[^>]*>", " ", html)


def go_to(shown: Screen, panel: str) -> None:
    next(w for w in every(shown.view) if isinstance(w, widgets.ToggleButtons)).value = panel


def board_of(shown: Screen) -> str:
    return next(w.value for w in every(shown.view) if isinstance(w, widgets.HTML) and w.value.startswith("<div lang="))


def test_a_slider_moves_the_plan(shown):
    slider = found(shown, widgets.SelectionSlider, "Ceiling factor")
    before = board_of(shown)
    slider.value = slider.options[0]
    assert shown.session.state.overrides == ((FACTOR, "0.5"),)
    assert board_of(shown) != before
    assert EN.money(shown.session.result.headline.ceiling_idr) in text_of(board_of(shown))


def test_entry_slider_and_colour_go_together(shown):
    entry, slider = found(shown, widgets.Text, "Ceiling factor"), found(shown, widgets.SelectionSlider, "Ceiling factor")
    box = next(w for w in every(shown.view) if "wi-lever" in w._dom_classes and entry in list(every(w)))
    entry.value = "0.77"
    assert (slider.value, shown.session.state.overrides) == ("0.77", ((FACTOR, "0.77"),))
    assert "wi-off" in box._dom_classes
    assert "changed" in text_of(box.children[0].value)
    next(w for w in every(box) if isinstance(w, widgets.Button)).click()
    assert (entry.value, slider.value, shown.session.state.changes) == ("1", "1", 0)
    assert "wi-off" not in box._dom_classes


def test_a_refused_value_is_told_and_the_lever_goes_back(shown):
    entry = found(shown, widgets.Text, "Ceiling factor")
    entry.value = "11"
    told = [w.value for w in every(shown.view) if isinstance(w, widgets.HTML) and 'role="alert"' in w.value]
    assert len(told) == 1
    assert text_of(told[0]).strip() == "field settings.ceiling_factor: found &#39;11&#39;; allowed: 10 or less"
    assert (entry.value, shown.session.state.changes) == ("1", 0)


def test_undo_redo_and_reset_move_the_levers_and_nothing_else(shown):
    entry = found(shown, widgets.Text, "Ceiling factor")
    entry.value = "0.7"
    shown.move("settings.dpa_delay_weeks", "3")
    for name, expected in (("Undo", ("0.7", 1)), ("Undo", ("1", 0)), ("Redo", ("0.7", 1)), ("Reset all", ("1", 0)), ("Undo", ("0.7", 1))):
        found(shown, widgets.Button, name).click()
        assert (entry.value, shown.session.state.changes) == expected
    assert shown.session.undoable == 1


def test_dragging_is_one_step_and_two_levers_are_two(shown):
    for value in ("0.9", "0.8", "0.7"):
        shown.move(FACTOR, value)
    assert shown.session.undoable == 1
    shown.move("settings.dpa_delay_weeks", "3")
    assert shown.session.undoable == 2


def test_every_panel_opens_and_follows(shown):
    for panel in PANEL_WORDS:
        go_to(shown, panel)
        shown.move(FACTOR, "0.9")
        shown.move(FACTOR, "1")
    assert shown.session.state.changes == 0


def test_an_initiative_is_taken_out_and_moved_by_its_widgets(shown):
    go_to(shown, INITIATIVES)
    box = next(w for w in every(shown.view) if "wi-initiative" in w._dom_classes)
    tick, year = box.children
    tick.value = False
    assert len(shown.session.state.drop) == 1
    assert year.disabled
    found(shown, widgets.Button, "Undo").click()
    assert (tick.value, year.disabled) == (True, False)
    year.value = 2028
    assert shown.session.state.overrides[0][1] == "2028-01-01"


def test_any_key_can_be_set(shown):
    go_to(shown, ANY_KEY)
    key, value = (w for w in every(shown.view) if isinstance(w, widgets.Text) and not w.description)
    key.value = "settings.dpa_delay_weeks"
    assert value.value == "0"
    value.value = "5"
    found(shown, widgets.Button, "Set").click()
    assert shown.session.state.overrides == (("settings.dpa_delay_weeks", "5"),)


def test_saving_asks_before_it_replaces(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(later.Later, "ask", lambda self, question: None)
    shown = Screen(Session("baseline", copy_of_tiny(tmp_path)), EN)
    shown.move(FACTOR, "0.6")
    go_to(shown, SAVE)
    name = next(w for w in every(shown.view) if isinstance(w, widgets.Text) and "pagu-turun" in w.placeholder)
    save, replace = (found(shown, widgets.Button, words) for words in ("Save as scenario", "Replace the file that is there"))
    name.value, before = "coba", shown.session.result
    save.click()
    assert shown.session.result is before
    assert load_scenario("coba", shown.session.data).settings.ceiling_factor == 0.6
    assert "coba" in [value for _, value in found(shown, widgets.Dropdown, "Begin with").options]
    assert measure(build_plan(load_scenario("coba", shown.session.data))).same_figures(shown.session.result)
    assert replace.layout.display == "none"
    shown.move(FACTOR, "0.8")
    save.click()
    assert load_scenario("coba", shown.session.data).settings.ceiling_factor == 0.6
    assert replace.layout.display == ""
    replace.click()
    assert load_scenario("coba", shown.session.data).settings.ceiling_factor == 0.8


def test_an_order_that_is_not_kept_is_looked_for_and_told(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(later.Later, "ask", lambda self, question: None)
    shown = Screen(Session("baseline", copy_of_tiny(tmp_path)), EN)
    shown.move(FACTOR, "0.3")
    go_to(shown, SAVE)
    next(w for w in every(shown.view) if isinstance(w, widgets.Text) and "pagu-turun" in w.placeholder).value = "coba"
    found(shown, widgets.Checkbox, "Keep the order of initiatives on the screen").value = False
    found(shown, widgets.Button, "Save as scenario").click()
    told = [w.value for w in every(shown.view) if isinstance(w, widgets.HTML) and w.value.startswith("The ")]
    assert len(told) == 1
    assert "scheduling" not in (shown.session.data / "scenarios" / "coba.yaml").read_text(encoding="utf-8")
    assert shown.session.state.searched


def test_a_search_tells_what_it_changes(shown):
    shown.move(FACTOR, "0.3")
    found(shown, widgets.Button, "Search the order again").click()
    assert any(w.value.startswith("The ") for w in every(shown.view) if isinstance(w, widgets.HTML))
    told = board.search_told(EN, shown.session.base, shown.session.result)
    assert EN.money(shown.session.result.headline.total_idr) in told
    assert board.search_told(EN, shown.session.base, shown.session.base) == "The search finds the same dates."


def test_another_beginning_makes_other_levers(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(later.Later, "ask", lambda self, question: None)
    session = Session("baseline", copy_of_tiny(tmp_path))
    session.move(FACTOR, "0.6")
    session.save("hemat", Head("a", "a", "a", "a", "a"))
    shown = Screen(Session("baseline", session.data), EN)
    found(shown, widgets.Dropdown, "Begin with").value = "hemat"
    entry = found(shown, widgets.Text, "Ceiling factor")
    assert entry.value == "0.6"
    assert shown.session.state.scenario == "hemat"
    entry.value = "1"
    assert shown.session.state.overrides == ((FACTOR, "1"),)
    found(shown, widgets.Dropdown, "Compare with").value = "baseline"
    more = next(w for w in every(shown.view) if isinstance(w, widgets.Accordion))
    more.selected_index = 1
    assert more.children[1].value.count('<th scope="col">') == 3


def test_ranges_come_later_and_only_for_what_is_on_the_screen():
    async def live() -> tuple[str, str, str]:
        shown = Screen(Session("baseline", TINY), EN)
        at_once = board_of(shown)
        shown.move(FACTOR, "0.9")
        shown.move("settings.dpa_delay_weeks", "2")
        for _ in range(200):
            await asyncio.sleep(0.02)
            if "range follows" not in board_of(shown):
                break
        ranged = board_of(shown)
        shown.session.undo()
        shown._ranged((shown.session.base, None))  # an answer to an older question
        return at_once, ranged, board_of(shown)

    at_once, ranged, after = asyncio.run(asyncio.wait_for(live(), 120))  # what is compiled the first time takes long
    assert "range follows" in at_once
    assert "P10\N{EN DASH}P90" in ranged
    assert after == ranged


def test_a_broken_pack_is_told_instead_of_shown(tmp_path: Path):
    pack = copy_of_tiny(tmp_path)
    edit(pack, "settings.csv", "ceiling_factor,Faktor pagu,Ceiling factor,1,", "ceiling_factor,Faktor pagu,Ceiling factor,satu,")
    told = what_if("baseline", pack).value
    assert "tiny/settings.csv\n  - row 8, field value: found &#39;satu&#39;" in told


def test_names_of_the_data_are_never_markup(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(later.Later, "ask", lambda self, question: None)
    pack = copy_of_tiny(tmp_path)
    edit(pack, "settings.csv", "Faktor pagu,Ceiling factor", "<img src=x onerror=alert(1)>,<script>alert(2)</script>")
    title = load_scenario("baseline", pack).rows["initiatives"]
    first = next(iter(title.values()))
    edit(pack, "initiatives.csv", first.title_en, "<b onclick=x>&</b>")
    shown = Screen(Session("baseline", pack), EN)
    shown.move(FACTOR, "0.01")  # everything falls out and is named
    shown.session.switch(first.id, on=False)
    pieces = [w.value for w in every(shown.view) if isinstance(w, widgets.HTML)] + [board.changes(EN, shown.session)]
    assert not re.search(r"<(script|img|b onclick)", "".join(pieces))


def test_without_a_group_the_panel_says_so(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(later.Later, "ask", lambda self, question: None)
    pack = copy_of_tiny(tmp_path)
    shutil.rmtree(pack / "fgd")
    shown = Screen(Session("baseline", pack), EN)
    go_to(shown, WEIGHTS)
    assert any("no folder fgd" in w.value for w in every(shown.view) if isinstance(w, widgets.HTML))


def test_points_of_those_present_are_ranked_and_taken_over(shown):
    go_to(shown, WEIGHTS)
    criteria = [w for w in every(shown.view) if isinstance(w, widgets.Text) and w.value == "0"]
    name = next(w for w in every(shown.view) if isinstance(w, widgets.Text) and w.placeholder == "Bappelitbangda")
    name.value, criteria[0].value = "Camat", "60"
    found(shown, widgets.Button, "Add").click()
    assert any("60 in all; allowed: 100; 40 are left to give" in text_of(w.value) for w in every(shown.view) if isinstance(w, widgets.HTML))
    name.value, criteria[0].value = "Camat", "100"
    found(shown, widgets.Button, "Add").click()
    found(shown, widgets.Button, "Rank").click()
    table = next(w.value for w in every(shown.view) if isinstance(w, widgets.HTML) and "Ranking of 1 person" in w.value)
    out = table.count("<td>out</td>")
    take = found(shown, widgets.Button, "Take over the choice")
    assert not take.disabled
    take.click()
    assert len(shown.session.state.drop) == out


# a lever's stops


def test_stops_are_exact_and_hold_every_value_in_use():
    plan = build_plan(load_scenario("baseline", TINY))
    lever = next(one for one in levers(plan, MONEY) if one.key == FACTOR)
    made = stops(lever, "0.777")
    assert made[:3] == ("0.5", "0.55", "0.6")
    assert {"1", "0.777", "1.5"} <= set(made)
    assert list(made) == sorted(made, key=float)
    assert len(made) == len({float(stop) for stop in made})


def test_what_is_shown_moves_nothing():
    plan = build_plan(load_scenario("baseline", TINY))
    moved = []
    for lever in levers(plan, MONEY):
        LeverBox(lever, EN, lambda *one: moved.append(one)).show(lever.parameter.value)
    assert moved == []
