"""The years after a plan's last, by hand on the made-up regency of 2027 and 2028."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest
from tiny_pack import TINY, with_changes

from egov_model.inputs.scenario import load_scenario
from egov_model.model.horizon import again, as_last, as_one_fund, budgeted_from, go_on, price_growth, weeks_alike, years_later
from egov_model.model.network import ONCE
from egov_model.model.plan import build_plan
from egov_model.model.prepare import prepare
from egov_model.model.timeline import Window


@pytest.fixture(scope="module")
def prepared():
    return prepare(load_scenario("baseline", TINY))


def test_a_budget_year_moves_all_its_dates():
    row = load_scenario("baseline", TINY).rows["fiscal_years"]["2028"]
    later = years_later(row, 3)
    assert (later.year, later.rkpd_cut_off, later.dpa_available) == (2031, date(2030, 6, 30), date(2031, 2, 11))
    assert (later.last_contract, later.revised_budget) == (date(2031, 10, 27), date(2031, 10, 2))
    assert (later.last_contract_revised, later.payment_close) == (date(2031, 11, 10), date(2031, 12, 15))
    assert later.evidence_cut_off == date(2031, 9, 15)


def test_only_the_last_day_of_a_leap_february_moves_to_the_day_before():
    days = {"dpa_available": date(2028, 2, 29), "rkpd_cut_off": date(2028, 2, 28), "revised_budget": date(2028, 9, 29)}
    later = years_later(load_scenario("baseline", TINY).rows["fiscal_years"]["2028"].model_copy(update=days), 1)
    assert (later.dpa_available, later.rkpd_cut_off, later.revised_budget) == (date(2029, 2, 28), date(2029, 2, 28), date(2029, 9, 29))


def test_the_last_day_of_a_leap_february_is_the_same_in_another_leap_year():
    row = load_scenario("baseline", TINY).rows["fiscal_years"]["2028"].model_copy(update={"dpa_available": date(2028, 2, 29)})
    assert [years_later(row, n).dpa_available for n in (3, 4, 5)] == [date(2031, 2, 28), date(2032, 2, 29), date(2033, 2, 28)]


def test_weeks_after_the_plan_are_like_those_of_its_last_year():
    """Two years of three and two weeks, then one of three: its third week is like the last of the second year."""
    assert weeks_alike(np.array([0, 0, 0, 1, 1, 2, 2, 2, 3]), 2).tolist() == [0, 1, 2, 3, 4, 3, 4, 4, 3]


def test_values_go_on_as_the_last():
    assert as_last(np.array([[1, 2, 3], [4, 5, 6]]), 2).tolist() == [[1, 2, 3, 3, 3], [4, 5, 6, 6, 6]]


def test_luck_begins_over_again():
    assert again(np.array([[1, 2, 3]]), 5).tolist() == [[1, 2, 3, 1, 2, 3, 1, 2]]


def test_after_the_plan_funds_are_one_that_grows_with_prices():
    """Two funds of 100 and 50 in the last year; half of the second is lost in the first year, and so again in the first year after."""
    left = np.array([[1.0, 1.0], [0.5, 1.0]])
    after = as_one_fund(np.array([[80, 100], [40, 50]]), left, 0.1, 3)
    assert after.tolist() == [[138, 182, 166], [0, 0, 0]]  # (100 + 25) x 1.1 = 137.5 to even, 150 x 1.21 = 181.5, 125 x 1.331 = 166.375


def test_growth_is_that_of_what_is_paid_once(prepared):
    """Only what the plan pays once counts: with all money on one such line, its class alone."""
    network, rows = prepared.network, prepared.inputs.rows
    line = next(n for n, every in enumerate(network.line_every.tolist()) if every < 0)
    paid = np.zeros((len(network.lines), 2), dtype=np.int64)
    assert price_growth(prepared.inputs, network, paid) == 0.0
    paid[line, 0] = 7
    item = rows["cost_lines"][network.lines[line]].item
    assert price_growth(prepared.inputs, network, paid) == rows["escalation"][rows["prices"][item].price_class].mode


def test_growth_is_weighted_by_the_money_of_all_years_and_follows_the_shift(prepared, tmp_path):
    """Three of four rupiah, over both years, on a line of one class, the fourth on one of another; running costs weigh nothing."""
    network, rows = prepared.network, prepared.inputs.rows
    classes = [rows["prices"][rows["cost_lines"][line].item].price_class for line in network.lines]
    once = [n for n, every in enumerate(network.line_every.tolist()) if every == ONCE]
    rates = [rows["escalation"][classes[n]].mode for n in once[:2]]
    paid = np.zeros((len(network.lines), 2), dtype=np.int64)
    paid[once[0]], paid[once[1]] = (10, 20), (4, 6)
    for n, every in enumerate(network.line_every.tolist()):
        if every != ONCE:
            paid[n] = (10**6, 10**6)
    assert price_growth(prepared.inputs, network, paid) == pytest.approx((30 * rates[0] + 10 * rates[1]) / 40)
    faster = with_changes(tmp_path, "set: {settings.escalation_shift: 0.02}")
    assert price_growth(faster, network, paid) == pytest.approx((30 * rates[0] + 10 * rates[1]) / 40 + 0.02)


def test_the_year_that_budgets_a_group_by_hand(prepared):
    """Two years of 53 and 52 weeks. A chain that begins in week 60 belongs to the second (week 53 on), one without work to the year it is
    live in, one whose own earliest week is later keeps it, and one without a place keeps its own."""
    network = prepared.network
    groups, chains = len(network.groups), network.chains
    start = np.zeros((1, len(network.activities)), dtype=np.int64)
    live = np.full((1, groups), 104, dtype=np.int64)
    for g, chain in enumerate(chains):
        if chain:
            start[0, list(chain)] = 60
        else:
            live[0, g] = 10
    schedule = SimpleNamespace(start=start, live=live)
    early = replace(network, earliest=np.full(groups, 3))
    assert budgeted_from(early, schedule).tolist() == [53 if chain else 3 for chain in chains]
    late = replace(network, earliest=np.full(groups, 70))
    assert budgeted_from(late, schedule).tolist() == [70] * groups
    nowhere = SimpleNamespace(start=start, live=np.full((1, groups), -1))
    assert budgeted_from(early, nowhere).tolist() == [3] * groups
    beyond = SimpleNamespace(start=start * 0 + 500, live=live * 0 + 500)  # the end of the plan belongs to its last year
    assert budgeted_from(early, beyond).tolist() == [53] * groups


def test_nothing_begins_before_the_year_that_budgets_it():
    plan = build_plan(load_scenario("baseline", TINY))
    made, network, first = budgeted_from(plan.network, plan.schedule), plan.network, [0, 53]
    for g, chain in enumerate(network.chains):
        begins = int(plan.schedule.start[0, chain[0]] if chain else plan.schedule.live[0, g])
        assert made[g] == max(network.earliest[g], first[network.week_year[begins]]) and made[g] <= begins


def test_the_plan_goes_on_with_its_last_ceiling_people_and_dates(prepared):
    """From 1 January 2027 to 31 December 2030 are 1,461 days, 209 weeks begun. The DPA of 11 February 2029 is there in week 111, the last
    contract of 27 October is signed by week 147, bills of the weeks to 153 are paid by 15 December."""
    longer = go_on(prepared, 2)
    network = longer.network
    assert longer.timeline.years == (2027, 2028, 2029, 2030) and network.week_year.tolist()[-1] == 3 and len(network.week_year) == 209
    assert network.ceiling_idr.tolist() == [[[10**9] * 4]]
    assert network.capacity.tolist() == [[1000] * 53 + [2000] * 156]
    assert [windows[2:] for windows in network.windows] == [(Window(2, 111, 147, 154, False), Window(3, 163, 199, 206, False))] * 3
    assert [windows[:2] for windows in network.windows] == [windows for windows in prepared.network.windows]
    assert longer.order.tolist() == prepared.order.tolist() and longer.inputs is prepared.inputs
    assert len(go_on(prepared).timeline.years) == 7  # five more when nothing else is said


def test_a_plan_of_a_single_year_goes_on_as_well(tmp_path):
    longer = go_on(prepare(with_changes(tmp_path, "set: {settings.last_year: 2027}")), 1)
    assert longer.timeline.years == longer.drivers.years == (2027, 2028)
    assert [windows[1] for windows in longer.network.windows] == [Window(1, 59, 95, 102, False)] * 3  # 12 February, 29 October, 17 December


def test_what_is_new_waits_for_the_revised_budget_in_every_year_and_what_runs_does_not(tmp_path):
    """Adopted long after the cut-offs: 2 October 2029 is week 144."""
    network = go_on(prepare(with_changes(tmp_path, "set: {settings.adopted_on: 2028-12-31}")), 1).network
    revised = {key: windows[-1].revised for key, windows in zip(network.groups, network.windows, strict=True)}
    assert revised == {"internet": False, "alat-desa": True, "aplikasi": True} and network.windows[1][-1].opens == 144


def test_counts_hold_still_after_the_last_year(tmp_path):
    """Seberang grows from 900 people in 2020 to 1,000 in 2023, so by 3.57 % a year until 2028."""
    drivers = go_on(prepare(with_changes(tmp_path, "set: {districts.99.01.02.population_2020: 900}")), 2).drivers
    far = [(1000 / 900) ** (n / 3) for n in (4, 5, 5, 5)]
    assert drivers.years == (2027, 2028, 2029, 2030)
    assert drivers.counts("population_thousands", "")[1].tolist() == pytest.approx(far)
    assert drivers.counts("link_sites", "alat-desa").tolist() == [[2] * 4, [1] * 4]
