"""A dated schedule's payments as a table: by hand, and against what placing pays."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from test_schedule import hand, problems

from egov_model.model.network import YEARLY
from egov_model.model.planned_payments import planned_payments
from egov_model.model.schedule import place, priority_order


def table_of(*chains, **changes):
    network, duration, amount = hand(*chains, **changes)
    return planned_payments(network, place(network, np.arange(len(chains)), duration, amount)).tolist()


def test_a_contract_of_one_year_is_paid_whole_in_it():
    assert table_of([(5, 60)], opens=2, ceiling=(0, 60)) == [[0, 1, 0, 1, 1, 1, 1]]


def test_a_contract_over_years_is_paid_by_the_weeks_until_each_ends():
    """120 weeks from week 20: 32 by the end of year 0, 84 by that of year 1; each year what is due by its end less what was by the last."""
    made = table_of([(120, 300)], multi=True, earliest=np.array([20]), weeks=156, ceiling=(999,) * 3)
    assert made == [
        [0, 0, 0, 0, 32, 120, 1], [0, 0, 0, 1, 32, 120, -1], [0, 0, 0, 1, 84, 120, 1], [0, 0, 0, 2, 84, 120, -1], [0, 0, 0, 2, 1, 1, 1],
    ]  # fmt: skip


def test_running_costs_from_the_week_of_going_live_and_renewal_every_so_many_years():
    """Live from week 78: 26 of the 52 weeks of year 1, then whole years; the renewal a year after year 1."""
    made = table_of([(78, None)], weeks=156, ceiling=(999,) * 3, upkeep=((0, 104, YEARLY), (0, 30, 1)))
    assert made == [[0, 1, 0, 1, 26, 52, 1], [0, 2, 0, 2, 1, 1, 1], [1, 2, 0, 2, 1, 1, 1]]


def test_what_has_no_place_pays_nothing():
    assert planned_payments(*_dated([(5, 60)], ceiling=(59, 59))).shape == (0, 7)


def test_what_goes_live_with_the_end_of_the_plan_runs_in_none_of_its_years():
    assert table_of([(104, None)], upkeep=((0, 52, YEARLY),)) == []


def _dated(*chains, **changes):
    network, duration, amount = hand(*chains, **changes)
    return network, place(network, np.arange(len(chains)), duration, amount)


@settings(max_examples=60)
@given(problems())
def test_the_rows_of_every_line_add_up_to_what_placing_pays(made):
    network, duration, amount = made
    schedule = place(network, priority_order(network), duration, amount)
    for draw in range(2):
        paid = np.zeros(amount.shape[1:], dtype=np.int64)
        for line, priced, fund, year, part, whole, sign in planned_payments(network, schedule, draw).tolist():
            assert fund == network.fund[network.line_group[line]]
            paid[line, year] += sign * (int(amount[draw, line, priced]) * part // whole)
        assert paid.tolist() == schedule.paid_idr[draw].tolist()
