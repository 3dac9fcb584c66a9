"""Running work by hand on the tiny plan: norms from go-live, the desk that answers in time, training, what falls due again."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_samples import project
from tiny_pack import TINY, with_changes

from egov_model.analysis.operations import desk_frame, refresh_frame, staff_lesson_hours, training_frame, work_by_role, work_frame
from egov_model.inputs.errors import InputError
from egov_model.inputs.norms import Desk, Norm
from egov_model.inputs.scenario import load_scenario
from egov_model.model.drivers import count_drivers
from egov_model.model.operations import desk_load, operate_need_fte, running_work, volume_year
from egov_model.model.plan import build_plan
from egov_model.model.training import trainer_days

INPUTS = load_scenario("baseline", TINY)
COUNTS = count_drivers(INPUTS)
PEDIGREE = "unit: x, source: uji, evidence: assumption"
CONTRACT = (
    "{id: bantuan, initiative: alat-desa, item: langganan, driver: one, timing: yearly, every_years: 0, phase: '', account: internet, "
    f"low: 0, mode: %s, high: 12, {PEDIGREE}}}"
)
NORM = (
    "{id: %s, title_id: X, title_en: X, role: analis, driver: %s, initiative: '%s', contract_line: '%s', periods_year: 1, minutes_low: 0, "
    f"minutes: %s, minutes_high: 90000, low: 1, mode: 1, high: 1, {PEDIGREE}}}"
)


@pytest.fixture(scope="module")
def plan():
    return build_plan(load_scenario("baseline", TINY))


def norm(**changes) -> Norm:
    cells = {"id": "x", "title_id": "X", "title_en": "X", "role": "analis", "driver": "users", "initiative": "", "periods_year": "12",
             "minutes_low": "5", "minutes": "10", "minutes_high": "20", "low": "0.5", "mode": "1", "high": "1.5"}  # fmt: skip
    return Norm.model_validate(cells | changes)


def need(plan) -> np.ndarray:
    return operate_need_fte(plan.inputs, plan.drivers, plan.network, plan.schedule)[0, 0]


def test_the_desk_by_hand(plan):
    desk, row = plan.inputs.rows["desks"]["meja"], plan.inputs.rows["norms"]["meja"]
    load = desk_load(desk, row, plan.drivers, 75_000)
    assert volume_year(row, plan.drivers).tolist() == [300, 300]  # 25 users x 12 months x 1 ticket
    assert load.arrivals_per_hour == pytest.approx([1.2, 1.2])  # 300 / 125 days x half of them wait x all in the one hour
    assert load.agents.tolist() == [2, 2]
    assert load.fte == pytest.approx([0.2, 0.2])  # 2 x 125 h x 60 / 75,000


def test_one_agent_fewer_and_one_more(plan):
    frame = desk_frame(plan)
    assert frame["agents"].tolist() == [1, 2, 3] and frame["needed"].tolist() == [False, True, False]
    one, two = 1 - 0.6 * math.exp(-0.4), 1 - 0.36 / 2.6 * math.exp(-1.4)  # 0.6 erlang: C = a for one agent, a^2 / (2 + a) for two
    assert frame["answered"].tolist()[:2] == pytest.approx([one, two]) and one < 0.8 < two
    assert frame["wait_minutes"].tolist()[:2] == pytest.approx([0.6 * 30 / 0.4, 0.36 / 2.6 * 30 / 1.4])
    assert frame["fte"].tolist() == pytest.approx([0.1, 0.2, 0.3])


def test_a_desk_takes_the_larger_of_norm_time_and_places(tmp_path, plan):
    assert running_work(plan.inputs, plan.drivers)[0].norm_fte == pytest.approx(300 * 30 / 75_000)  # 0.12 < 0.2
    busy = with_changes(tmp_path, "set: {desks.meja.low: 0.01, desks.meja.mode: 0.01}")  # hardly anybody waits: one agent, 0.1
    assert running_work(busy, count_drivers(busy))[0].fte == pytest.approx(0.12)


def test_the_older_working_year_takes_more_people(tmp_path):
    older = build_plan(with_changes(tmp_path, "set: {settings.asn_hours_per_year: 1200}"))
    assert need(older)[-1] == pytest.approx(0.21 * 1250 / 1200)


def test_without_an_initiative_work_begins_on_the_first_day(tmp_path):
    plan = build_plan(with_changes(tmp_path, f"add: {{norms: [{NORM % ('dasar', 'one', '', '', 750)}]}}"))
    assert need(plan)[0] == pytest.approx(0.01)
    frame = work_frame(plan).set_index("key")
    assert frame.loc["dasar", "begins"] == plan.timeline.start and frame.loc["dasar", "hours"] == pytest.approx(12.5)


def test_work_of_an_initiative_without_a_place_is_not_done(tmp_path):
    plan = build_plan(with_changes(tmp_path, "set: {settings.scope: running}"))
    assert not need(plan).any()
    frame = work_frame(plan)
    assert frame["begins"].isna().all() and not frame["own_fte"].any()


def test_dropping_an_initiative_drops_its_work(tmp_path):
    inputs = with_changes(tmp_path, "drop: {initiatives: [alat-desa]}")
    assert not inputs.rows["norms"] and not inputs.rows["desks"]  # it would else begin on the first day


def test_an_initiatives_own_outputs_may_drive_its_work(tmp_path):
    inputs = with_changes(tmp_path, f"add: {{norms: [{NORM % ('keluaran', 'target', 'alat-desa', '', 750)}]}}")
    work = {w.key: w for w in running_work(inputs, count_drivers(inputs))}
    assert work["keluaran"].fte == pytest.approx([0.03, 0.03])  # target 3


def test_contracted_people_take_work_over_once_and_no_more_than_there_is(tmp_path):
    rows = f"{NORM % ('satu', 'one', '', 'bantuan', 75000)}, {NORM % ('dua', 'one', '', 'bantuan', 37500)}"
    plan = build_plan(with_changes(tmp_path / "a", f"add: {{cost_lines: [{CONTRACT % 9}], norms: [{rows}]}}"))
    live = plan.schedule.live[0, 1]
    assert need(plan)[live - 1] == pytest.approx(1.5)  # 1 + 0.5 FTE; the contract comes with alat-desa
    assert need(plan)[live] == pytest.approx(1.5 - 9 / 12 + 0.2)  # nine person-months
    frame = work_frame(plan).set_index("key")
    assert frame.loc["satu", "own_fte"] == pytest.approx(0.5) and frame.loc["dua", "own_fte"] == pytest.approx(0.25)
    assert work_by_role(plan).loc["analis", "fte"] - work_by_role(plan).loc["analis", "own_fte"] == pytest.approx(0.75)


def test_contracted_people_without_enough_work_do_not_help_elsewhere(tmp_path):
    plan = build_plan(
        with_changes(tmp_path, f"add: {{cost_lines: [{CONTRACT % 12}], norms: [{NORM % ('satu', 'one', '', 'bantuan', 7500)}]}}")
    )
    assert need(plan)[-1] == pytest.approx(0.21)


def test_training_days_by_group_and_year(plan):
    frame = training_frame(plan).set_index(["group", "year"])
    assert plan.initiatives.set_index("initiative").loc["aplikasi", "start"].year == 2027
    assert frame.loc[("users", 2027), "participant_days"] == pytest.approx(10)  # 25 x 0.2 people, 16 lesson hours of 8 a day
    assert frame.loc[("users", 2027), "class_days"] == 4  # 5 people in classes of 4: two classes of two days
    assert frame.loc[("analis", 2027), "participant_days"] == pytest.approx(2)  # one on board, one formation
    assert frame.loc[("analis", 2027), "class_days"] == 0  # taught by the venue
    assert frame.loc[("villages", 2028), "participant_days"] == pytest.approx(3)
    live, weeks = int(plan.schedule.live[0, 2]), plan.timeline.year_weeks[0]
    assert frame.loc[("villages", 2027), "participant_days"] == pytest.approx(3 * (weeks - live) / weeks)
    assert ("users", 2028) not in frame.index


def test_class_days_of_trainers(plan):
    rows = plan.inputs.rows["training"]
    assert trainer_days(plan.inputs, rows["desa-surat"], plan.drivers.counts).tolist() == [2, 2]  # 3 people in classes of 2


def test_lesson_hours_of_own_staff(tmp_path):
    plan = build_plan(with_changes(tmp_path, "set: {training.analis-surat.timing: yearly}"))
    assert staff_lesson_hours(plan) == pytest.approx(8)
    assert staff_lesson_hours(build_plan(load_scenario("baseline", TINY))) == 0  # in 2028 nobody of them is taught


def test_a_training_line_buys_the_training_days(tmp_path):
    line = CONTRACT.replace("bantuan", "kelas").replace("alat-desa", "aplikasi").replace("driver: one", "driver: training_days_yearly")
    line %= 1
    plan = build_plan(with_changes(tmp_path, f"add: {{cost_lines: [{line}]}}"))
    paid = plan.budget[(plan.budget["line"] == "kelas") & (plan.budget["year"] == 2028)]
    assert paid["amount_idr"].tolist() == [2 * 52_000_000 + 78_000_000]  # two villages near, one far at 1.5 times the price


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("set: {training.desa-surat.group: desa}", "a role of roles.csv or a driver"),
        (f"add: {{cost_lines: [{(CONTRACT % 1).replace('driver: one', 'driver: training_days_yearly')}]}}", "taught at no venue"),
    ],
)
def test_training_that_cannot_be_counted_is_refused(tmp_path, change, says):
    with pytest.raises(InputError, match=says):
        with_changes(tmp_path, change)


def test_what_falls_due_again(tmp_path):
    line = (CONTRACT % 1).replace("timing: yearly, every_years: 0", "timing: refresh, every_years: %d")
    for every, due, after in ((1, (2028,), 2029), (3, (), 2030)):
        plan = build_plan(with_changes(tmp_path / str(every), f"add: {{cost_lines: [{line % every}]}}"))
        row = refresh_frame(plan).iloc[0]
        assert (row["due"], row["next_due"]) == (due, after) and row["units"] == len(due)
        assert row["amount_idr"] == len(due) * 52_000_000


def test_nothing_falls_due_without_refresh_lines(plan):
    assert refresh_frame(plan).empty


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"minutes": "30"}, "expected in rising order"),
        ({"driver": "target"}, "driver target counts what an initiative has"),
        ({"driver": "linked_interfaces"}, "driver linked_interfaces counts"),
        ({"driver": "training_days_once", "initiative": "aplikasi"}, "driver"),
        ({"periods_year": "0"}, "periods_year"),
        ({"minutes_low": "-1"}, "minutes_low"),
        ({"low": "2"}, "expected low <= mode <= high"),
        ({"role": ""}, "role"),
    ],
)
def test_a_norm_that_makes_no_sense_is_refused(changes, says):
    with pytest.raises(ValueError, match=says):
        norm(**changes)


@pytest.mark.parametrize(
    ("changes", "says"),
    [({"high": "1.2"}, "a share of 1 or less"), ({"target_share": "1"}, "target_share"), ({"open_hours_day": "0"}, "open_hours_day")],
)
def test_a_desk_that_makes_no_sense_is_refused(changes, says):
    cells = {"id": "x", "norm": "x", "busy_hour_share": "0.2", "open_hours_day": "7.5", "open_days_year": "240",
             "answer_within_minutes": "5", "target_share": "0.8", "low": "0.2", "mode": "0.4", "high": "0.6"}  # fmt: skip
    with pytest.raises(ValueError, match=says):
        Desk.model_validate(cells | changes)


@given(share=st.floats(0.01, 1), busy=st.floats(0.05, 1), more=st.floats(1, 5))
def test_a_busier_desk_never_takes_fewer_people(share, busy, more):
    drivers, row = COUNTS, INPUTS.rows["norms"]["meja"]
    desk = INPUTS.rows["desks"]["meja"].model_copy(update={"mode": share, "busy_hour_share": busy})
    longer = row.model_copy(update={"minutes": row.minutes * more})
    assert (desk_load(desk, longer, drivers, 75_000).fte >= desk_load(desk, row, drivers, 75_000).fte).all()


def test_every_role_of_the_regency_has_running_work():
    frame = work_by_role(project())
    assert (frame["fte"] > 0).all() and (frame["own_fte"] <= frame["fte"] + 1e-9).all()
    assert 5 < frame["own_fte"].sum() < 30  # 2,118 users: 120 users per IT worker in rich countries would be 18 (itfacts.biz, META)


def test_norms_of_the_regency_are_sourced_and_have_a_range():
    norms = project().inputs.rows["norms"].values()
    assert all(n.unit and n.source and n.evidence for n in norms)
    assert all(n.high > n.low or n.minutes_high > n.minutes_low for n in norms)


def test_every_training_line_is_bought_by_training_days():
    lines = [line for line in project().inputs.rows["cost_lines"].values() if line.item.startswith("pelatihan-")]
    assert len(lines) >= 30 and {line.driver for line in lines} == {"training_days_once", "training_days_yearly"}


def test_the_regencys_service_desk_meets_its_target_with_the_fewest():
    frame = desk_frame(project())
    target = project().inputs.rows["desks"]["meja"].target_share
    fewer, needed, more = frame["answered"]
    assert fewer < target <= needed < more


def test_every_piece_of_work_says_where_it_comes_from(tmp_path, plan):
    inputs = with_changes(tmp_path, f"set: {{settings.asn_hours_per_year: 1200}}\nadd: {{norms: [{NORM % ('dasar', 'one', '', '', 750)}]}}")
    works = {w.key: (w.source, w.fte.tolist(), w.norm_fte.tolist()) for w in running_work(inputs, count_drivers(inputs))}
    assert set(works) == {"meja", "dasar", "desa-surat"}
    assert works["meja"][0] == "desk" and works["dasar"] == ("norm", *(2 * [pytest.approx([750 / 72_000] * 2)]))
    assert works["desa-surat"] == ("training", *(2 * [pytest.approx([2 * 375 / 72_000] * 2)]))
    assert desk_load(plan.inputs.rows["desks"]["meja"], plan.inputs.rows["norms"]["meja"], plan.drivers, 75_000).minutes == 30


def test_work_of_what_lives_from_the_first_week_begins_there(tmp_path):
    assert need(build_plan(with_changes(tmp_path, f"add: {{norms: [{NORM % ('a', 'one', 'internet', '', 750)}]}}")))[0] == pytest.approx(
        0.01
    )


def test_a_contract_is_shared_by_the_work_that_is_live(tmp_path):
    """Two person-months for each of the three outputs: half a person from week 14, over one piece of work, from week 27 over two."""
    line = (CONTRACT % 2).replace("driver: one", "driver: target")
    norms = f"{NORM % ('a', 'one', '', 'bantuan', 75_000)}, {NORM % ('b', 'one', 'aplikasi', 'bantuan', 75_000)}"
    asked = need(build_plan(with_changes(tmp_path, f"add: {{cost_lines: [{line}], norms: [{norms}]}}")))
    assert asked[[0, 13, 20, 60]] == pytest.approx([1.0, 1.0, 0.2 + 0.5, 0.21 + 1.5])


def test_training_of_what_an_initiative_counts_itself(tmp_path):
    """Three outputs of alat-desa, one person each, 16 lesson hours: at 4 a day instead of 8 twice the days."""
    row = (
        "{id: alat, initiative: alat-desa, group: target, people: 1, timing: once, item: langganan, class_size: 4, trainer: '', "
        f"trainer_minutes: 0, low: 8, mode: 16, high: 20, {PEDIGREE}}}"
    )
    inputs = with_changes(tmp_path, f"set: {{settings.lesson_hours_per_day: 4}}\nadd: {{training: [{row}]}}")
    assert count_drivers(inputs).counts("training_days_once", "alat-desa").tolist() == [[12, 12], [0, 0]]
