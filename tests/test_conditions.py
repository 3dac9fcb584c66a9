"""Weeks in which shares are reached: worked by hand, and beside a count week by week."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_pack import TINY, with_changes

from egov_model.inputs.scenario import load_scenario
from egov_model.model.conditions import MISSING, NEVER, Things, done_week, live_weeks, make_conditions, share_at, share_week
from egov_model.model.prepare import prepare

GROUPS = ("internet", "alat-desa", "aplikasi")


def conditions_of(inputs, groups=GROUPS):
    made = prepare(inputs)
    return make_conditions(inputs, made.timeline, made.drivers, groups)


def test_no_place_and_no_group_never_come():
    weeks = live_weeks(np.array([[3, -1], [0, 7]]))
    assert weeks.tolist() == [[3, NEVER, NEVER], [0, 7, NEVER]]
    assert done_week(weeks, (0, 1)).tolist() == [NEVER, 7]
    assert done_week(weeks, (0, MISSING)).tolist() == [NEVER, NEVER]
    assert done_week(weeks, ()).tolist() == [0, 0]


def test_a_share_is_reached_when_enough_things_are_done():
    things = Things(((0,), (1,), (0, 2)), np.array([5, 3, 2]))  # ten things: week 10, week 20, week 30
    weeks = live_weeks(np.array([[10, 20, 30]]))
    found = {share: int(share_week(weeks, things, share)[0]) for share in (0.1, 0.5, 0.51, 0.8, 0.81, 1)}
    assert found == {0.1: 10, 0.5: 10, 0.51: 20, 0.8: 20, 0.81: 30, 1: 30}
    assert [float(share_at(weeks, things, week)[0]) for week in (9, 10, 29.5, 30)] == [0, 0.5, 0.8, 1]


def test_nothing_to_count_is_done():
    none = Things((), np.zeros(0))
    weeks = live_weeks(np.array([[4]]))
    assert share_week(weeks, none, 1).tolist() == [0] and share_at(weeks, none, 0).tolist() == [1]


@given(
    live=st.lists(st.lists(st.integers(-1, 30), min_size=4, max_size=4), min_size=1, max_size=4),
    things=st.lists(
        st.tuples(st.frozensets(st.sampled_from([0, 1, 2, 3, MISSING]), max_size=3), st.integers(1, 5)), min_size=1, max_size=5
    ),
    at_least=st.floats(0.01, 1),
)
@settings(max_examples=60)
def test_the_week_is_the_first_at_which_the_share_stands(live, things, at_least):
    made = Things(tuple(tuple(sorted(needs)) for needs, _ in things), np.array([count for _, count in things]))
    weeks = live_weeks(np.array(live))
    found = share_week(weeks, made, at_least)
    for draw in range(len(live)):
        by_week = [week for week in range(32) if share_at(weeks[draw : draw + 1], made, week)[0] >= at_least - 1e-9]
        assert (by_week[0] if by_week else NEVER) == found[draw]


def test_the_tiny_regency_counts_its_sites_applications_and_people():
    made = conditions_of(load_scenario("baseline", TINY))
    assert dict(zip(made.things["villages_connected"].groups, made.things["villages_connected"].count, strict=True)) == {(1,): 3}
    assert dict(zip(made.things["offices_connected"].groups, made.things["offices_connected"].count, strict=True)) == {(0,): 2}
    # one letter application to integrate, and the register it exchanges data with, to be adapted, which no initiative treats
    assert dict(zip(made.things["applications_treated"].groups, made.things["applications_treated"].count, strict=True)) == {
        (2,): 1,
        (MISSING,): 1,
    }
    agencies = dict(zip(made.things["agencies_integrated"].groups, made.things["agencies_integrated"].count, strict=True))
    assert agencies == {(2,): 1, (MISSING,): 1}
    assert made.staffed.min() == 1  # one analyst from the first day who does not leave
    assert made.covered == {"internet": 1, "alat-desa": 1.5, "aplikasi": 0.5}  # targets 2, 3 and 1 for two agencies


def test_a_role_that_nobody_holds_is_not_staffed(tmp_path):
    made = conditions_of(with_changes(tmp_path, "set:\n  roles.analis.on_board: 0\n"))
    assert made.staffed[0] == 0 and made.staffed[-1] == 1  # the post of January 2028
    assert made.staffed.argmax() in (52, 53)


def test_half_a_person_holds_a_role(tmp_path):
    """Nobody but the post of January 2028, who counts for half while they learn."""
    learn = "hiring.analis.asn.ramp_months: 6, hiring.analis.asn.ramp_high: 6, hiring.analis.asn.ramp_share: 0.5"
    made = conditions_of(with_changes(tmp_path, f"set: {{roles.analis.on_board: 0, {learn}}}"))
    assert made.staffed[53] == 1


def test_what_is_owed_follows_from_the_treatment_of_an_application_that_exchanges_nothing(tmp_path):
    made = conditions_of(with_changes(tmp_path, 'set: {applications.surat.interfaces: ""}'))
    assert made.things["applications_treated"].groups == ((2,),)  # the register is kept and owes nothing


def test_a_site_that_nobody_connects_is_never_connected(tmp_path):
    villages = conditions_of(with_changes(tmp_path, "set: {initiatives.alat-desa.target: 2}")).things["villages_connected"]
    assert dict(zip(villages.groups, villages.count, strict=True)) == {(1,): 2, (MISSING,): 1}


def test_one_agency_is_all_agencies():
    inputs = load_scenario("baseline", TINY)
    made, rows = prepare(inputs), {**inputs.rows, "agencies": {"kominfo": inputs.rows["agencies"]["kominfo"]}}
    assert make_conditions(replace(inputs, rows=rows), made.timeline, made.drivers, GROUPS).covered["aplikasi"] == 1


@pytest.mark.parametrize("groups", [("internet",), ()])
def test_what_the_plan_has_not_never_finishes_anything(groups):
    made = conditions_of(load_scenario("baseline", TINY), groups)
    assert made.things["villages_connected"].groups == ((MISSING,),)
