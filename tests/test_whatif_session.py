"""A what-if session without a screen: moves equal the loader's own answer, undo, search, saving, refusals in the loader's words."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_pack import TINY, copy_of_tiny

from egov_model.inputs.errors import InputError
from egov_model.inputs.scenario import load_scenario
from egov_model.inputs.scenario_text import Head
from egov_model.model.plan import build_plan
from egov_model.whatif import session as whatif
from egov_model.whatif.ranges import ranges
from egov_model.whatif.result import measure
from egov_model.whatif.session import Session, saved

HEAD = Head("Coba", "Trial", "uji", "test", "Bappeda")
FACTOR = "settings.ceiling_factor"


@pytest.fixture(autouse=True)
def without_kept_orders(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(whatif, "build_plan", build_plan)


@pytest.fixture
def session() -> Session:
    return Session("baseline", TINY)


def optional(session: Session) -> str:
    """An initiative with money that nobody must follow."""
    rows = session.inputs.rows["initiatives"]
    needed = {key for row in rows.values() for key in row.after}
    paid = {line.initiative for line in session.inputs.rows["cost_lines"].values()}
    return next(key for key, row in rows.items() if key in paid and key not in needed and not row.mandatory)


def test_it_begins_with_the_scenario_as_it_is(session):
    assert session.result.same_figures(measure(build_plan(load_scenario("baseline", TINY))))
    assert (session.state.changes, session.undoable, session.redoable) == (0, 0, 0)


def test_a_move_is_the_plan_of_those_inputs_in_the_order_of_the_scenario(session):
    moved = session.move(FACTOR, "0.7")
    inputs = load_scenario("baseline", TINY, {FACTOR: "0.7"})
    assert moved.same_figures(measure(build_plan(inputs, order=session.base.plan.order)))
    ceilings = [row.mode for row in inputs.rows["ceilings"].values()]
    assert moved.headline.ceiling_idr == pytest.approx(0.7 * sum(ceilings), rel=1e-9)


def test_the_scenarios_own_value_takes_a_change_back(session):
    session.move(FACTOR, "0.7")
    assert session.move(FACTOR, "1") is session.base
    assert session.state.changes == 0


def test_reset_takes_back_one_key_and_leaves_the_others(session):
    session.move(FACTOR, "0.7")
    session.move("settings.dpa_delay_weeks", "4")
    session.reset(FACTOR)
    assert session.state.overrides == (("settings.dpa_delay_weeks", "4"),)
    assert (session.value(FACTOR), session.value("settings.dpa_delay_weeks")) == ("1", "4")
    session.reset_all()
    assert session.result is session.base


def test_undo_and_redo_go_through_every_step(session):
    totals = [session.result.headline.ceiling_idr]
    for value in ("0.9", "0.8", "0.7"):
        totals.append(session.move(FACTOR, value).headline.ceiling_idr)
    back = [session.undo().headline.ceiling_idr for _ in range(3)]
    assert back == totals[2::-1]
    assert session.undo().headline.ceiling_idr == totals[0]
    assert [session.redo().headline.ceiling_idr for _ in range(4)] == [*totals[1:], totals[3]]
    session.undo()
    session.move(FACTOR, "1.1")
    assert session.redoable == 0


def test_parts_of_one_step_are_undone_together(session):
    session.move(FACTOR, "0.9")
    session.move(FACTOR, "0.85", merge=True)
    session.move(FACTOR, "0.8", merge=True)
    assert session.undoable == 1
    session.undo()
    assert session.state.changes == 0


def test_no_more_steps_are_kept_than_said(session, monkeypatch):
    monkeypatch.setattr(whatif, "MOST_STEPS", 3)
    for n in range(6):
        session.move("settings.dpa_delay_weeks", str(n + 1))
    assert session.undoable == 3


def test_what_is_out_of_range_is_refused_in_the_words_of_the_check(session, egov, tmp_path: Path):
    session.move("settings.dpa_delay_weeks", "2")
    before = session.state, session.result
    with pytest.raises(InputError) as caught:
        session.move(FACTOR, "11")
    words = str(caught.value.problems[0])
    assert words == f"field {FACTOR}: found '11'; allowed: 10 or less"
    assert (session.state, session.result) == before
    pack = copy_of_tiny(tmp_path)
    head = "title: A\ntitle_en: A\ndescription: A\ndescription_en: A\nowner: A\n"
    (pack / "scenarios" / "salah.yaml").write_text(f"{head}set:\n  {FACTOR}: 11\n", encoding="utf-8")
    status, _, err = egov("check", "salah", "--data", pack)
    assert status == 2
    assert words in err


@pytest.mark.parametrize(("key", "value"), [("settings.ceiling_facto", "1"), ("settings.scope", "al"), ("settings.dpa_delay_weeks", "1,5")])
def test_refusals_leave_everything_as_it_was(session, key, value):
    with pytest.raises(InputError):
        session.move(key, value)
    assert session.result is session.base
    assert session.undoable == 0


def test_an_initiative_is_taken_out_and_put_back_in_its_place(session):
    key = optional(session)
    without = session.switch(key, on=False)
    assert key not in set(without.plan.initiatives["initiative"])
    assert without.headline.total_idr < session.base.headline.total_idr
    back = session.switch(key, on=True)
    assert back.same_figures(session.base)


def test_one_put_back_while_something_else_is_changed_keeps_its_turn(session):
    key = optional(session)
    once = session.move("settings.dpa_delay_weeks", "3")
    session.switch(key, on=False)
    assert session.switch(key, on=True).same_figures(once)


def test_an_unknown_initiative_cannot_be_switched(session):
    with pytest.raises(InputError, match="not in scenario baseline"):
        session.switch("tiada", on=False)


def test_several_are_chosen_in_one_step(session):
    rows = list(session.inputs.rows["initiatives"])
    session.choose({rows[0]: False, rows[1]: True, rows[2]: False})
    assert (session.state.drop, session.undoable) == ((rows[0], rows[2]), 1)
    session.choose({rows[0]: True, rows[2]: False})
    assert session.state.drop == (rows[2],)


def test_an_initiative_that_waits_begins_in_that_year(session):
    key = optional(session)
    years = session.base.plan.timeline.years
    moved = session.begin(key, years[-1])
    start = moved.plan.initiatives.set_index("initiative").loc[key, "start"]
    assert start is None or start.year >= years[-1]
    own = session.base.plan.inputs.rows["initiatives"][key].earliest
    session.begin(key, own.year)
    assert session.result is session.base


def test_search_finds_what_the_plan_of_those_inputs_is(session):
    session.move(FACTOR, "0.6")
    found = session.search()
    assert found.same_figures(measure(build_plan(load_scenario("baseline", TINY, {FACTOR: "0.6"}))))
    assert session.state.searched
    assert session.search() is found
    session.undo()
    assert not session.state.searched


def test_another_way_of_scheduling_needs_no_search(session):
    moved = session.move("settings.scheduling", "priority")
    assert moved.same_figures(measure(build_plan(load_scenario("baseline", TINY, {"settings.scheduling": "priority"}))))
    assert session.state.searched


@pytest.mark.parametrize("keep_order", [False, True])
def test_a_saved_scenario_gives_the_figures_on_the_screen(keep_order, tmp_path: Path):
    session = Session("baseline", copy_of_tiny(tmp_path))
    key = optional(session)
    session.move(FACTOR, "0.6")
    session.begin(key, session.base.plan.timeline.years[-1])
    shown = session.switch(list(session.inputs.rows["initiatives"])[-1], on=False)
    path = session.save("coba", HEAD, keep_order)
    assert measure(build_plan(load_scenario("coba", session.data))).same_figures(session.result)
    assert session.result.same_figures(shown) or not keep_order
    assert saved(path.read_text(encoding="utf-8"), "lain", session.data).same_figures(session.result)
    assert session.scenario("coba").same_figures(session.result)
    assert "coba" in session.names


def test_a_scenario_is_saved_on_top_of_another(tmp_path: Path):
    session = Session("baseline", copy_of_tiny(tmp_path))
    session.move(FACTOR, "0.7")
    session.save("hemat", HEAD)
    session.start_from("hemat")
    assert (session.state.changes, session.value(FACTOR)) == (0, "0.7")
    session.move("settings.dpa_delay_weeks", "3")
    session.save("hemat-lambat", HEAD)
    made = load_scenario("hemat-lambat", session.data)
    assert (made.scenario.extends, made.settings.ceiling_factor, made.settings.dpa_delay_weeks) == (("hemat",), 0.7, 3)
    for _ in range(3):  # the search that saving asked for, the move, the other beginning
        session.undo()
    assert session.state.scenario == "baseline"


def test_nothing_is_saved_over_a_file_unasked(tmp_path: Path):
    session = Session("baseline", copy_of_tiny(tmp_path))
    session.move(FACTOR, "0.7")
    path = session.save("coba", HEAD)
    before = path.read_bytes()
    session.move(FACTOR, "0.8")
    with pytest.raises(InputError, match="is there already"):
        session.save("coba", HEAD)
    assert path.read_bytes() == before
    session.save("coba", HEAD, replace=True)
    assert load_scenario("coba", session.data).settings.ceiling_factor == 0.8


def test_ranges_are_the_same_draws_for_every_what_if(session):
    one, again = ranges(session.base.plan, 40), ranges(session.base.plan, 40)
    assert one.total_idr.tolist() == again.total_idr.tolist()
    assert (one.draws, one.year_idr.shape) == (40, (4, 2))
    assert list(one.total_idr) == sorted(one.total_idr)
    assert 0 <= one.holds_share <= 1
    more = ranges(session.move(FACTOR, "1.5").plan, 40)
    assert more.holds_share >= one.holds_share
