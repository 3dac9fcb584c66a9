"""The network said as a plain problem: what `place` makes is a schedule of it to the rupiah; what it allows keeps the rules."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_samples import edge
from test_schedule import WEEK_YEAR, WEEKS, money_by_fund, problems

from egov_model.inputs.errors import InputError
from egov_model.model.compiled_groups import PLACED
from egov_model.model.factors import most_likely
from egov_model.model.from_network import from_network, starts_of
from egov_model.model.network import durations_weeks
from egov_model.model.optimise import OPTIMAL, optimise
from egov_model.model.problem import check_problem
from egov_model.model.schedule import place, priority_order
from egov_model.model.verify import COMPLETION, OBJECTIVES, value_of, violations

DIGEST = "b1554377191016c6"


def spent(problem, starts):
    """Money by fund and year that a schedule takes."""
    made = np.zeros_like(problem.ceiling)
    for payment in problem.payments:
        if starts[payment.activity] >= 0:
            made[payment.fund] += payment.amount[starts[payment.activity]]
    return made


@settings(max_examples=120)
@given(problems())
def test_what_place_makes_is_a_schedule_of_the_problem_to_the_rupiah(made):
    network, duration, amount = made
    schedule = place(network, priority_order(network), duration[:1], amount[:1])
    problem = from_network(network, duration[0], amount[0])
    starts = starts_of(network, schedule)
    check_problem(problem)
    assert violations(problem, starts) == []
    assert (spent(problem, starts) == money_by_fund(network, schedule.paid_idr[0])).all()
    left_out = [(starts[problem.group == g] < 0).all() for g in range(len(network.groups))]
    assert left_out == (schedule.status[0] != PLACED).tolist()


@settings(max_examples=60)
@given(problems(), st.integers(0, 2**31))
def test_a_start_the_problem_allows_keeps_window_and_year_end(made, seed):
    network, duration, amount = made
    problem = from_network(network, duration[0], amount[0])
    rng = np.random.default_rng(seed)
    for a, (g, _) in enumerate(network.activities):
        allowed = np.flatnonzero(problem.allowed[a])
        if not (allowed.size and network.spends[a] and amount[0, network.line_activity == a].any()):
            continue
        start, end = (week := int(rng.choice(allowed))), week + int(duration[0, a])
        window = next(w for w in network.windows[g] if w.opens <= start <= w.last_start)
        assert start >= network.earliest[g] and end <= WEEKS
        assert network.multi_year[g] or end <= window.closes
        paid = next((p.amount[start] for p in problem.payments if p.activity == a), np.zeros(2, dtype=np.int64))
        once = amount[0, network.line_activity == a].sum(axis=0)[WEEK_YEAR[start]]
        is_last = network.chains[g][-1] == a
        assert paid.sum() >= once if is_last else paid.sum() == once


@settings(max_examples=12)
@given(problems())
def test_the_optimum_keeps_everything_and_is_never_worse_than_place(made):
    network, duration, amount = made
    problem = from_network(network, duration[0], amount[0])
    starts = starts_of(network, place(network, priority_order(network), duration[:1], amount[:1]))
    found = optimise(problem, COMPLETION, limit=1, hint=starts, workers=1)
    assert violations(problem, found.starts) == []
    assert found.bound <= found.value <= value_of(problem, starts, COMPLETION)


def test_weights_fall_with_the_rank_and_what_is_required_is_named():
    plan = edge("as it is")
    network = plan.network
    weeks = np.ones(len(network.activities), dtype=np.int64)
    problem = from_network(network, weeks, plan.estimate.amount_idr[0], required=network.groups[:1], due={network.groups[0]: 40})
    by_group = np.bincount(problem.group, problem.weight).astype(int)
    assert sorted(by_group.tolist()) == list(range(1, len(network.groups) + 1))
    assert int(np.argmax(by_group)) == int(np.argmin(network.priority))
    assert problem.required.tolist() == [True] + [False] * (len(network.groups) - 1)
    assert problem.due.max() == 40
    assert (problem.left_out == by_group * 2 * problem.weeks).all()


def test_a_required_group_without_a_window_is_refused():
    plan = edge("as it is")
    weeks = np.full(len(plan.network.activities), 10_000)
    with pytest.raises(InputError, match="no window leaves it a start week"):
        check_problem(from_network(plan.network, weeks, plan.estimate.amount_idr[0], required=plan.network.groups))


def test_the_optimised_schedule_of_a_plan_is_the_same_on_every_machine():
    """A stored digest: same problem, limit and seed, same start weeks."""
    plan = edge("new work does not fit")
    network = plan.network
    weeks = durations_weeks(plan.inputs, plan.drivers, network, plan.estimate, most_likely(plan.inputs))[0]
    problem = from_network(network, weeks, plan.estimate.amount_idr[0])
    found = optimise(problem, COMPLETION, limit=5, seed=1, hint=starts_of(network, plan.schedule), workers=4)
    assert found.status == OPTIMAL
    assert hashlib.sha256(found.starts.astype("<i8").tobytes()).hexdigest()[:16] == DIGEST


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_every_objective_keeps_the_plan_and_is_never_worse_than_place(objective):
    plan = edge("new work does not fit")
    due = {name: 60 for name in plan.network.groups}
    problem = from_network(plan.network, plan.duration_weeks[0], plan.estimate.amount_idr[0], due=due, timeline=plan.timeline)
    placed = starts_of(plan.network, plan.schedule)
    found = optimise(problem, objective, limit=2, hint=placed, workers=1)
    assert violations(problem, found.starts) == []
    assert found.bound <= found.value == value_of(problem, found.starts, objective) <= value_of(problem, placed, objective)


def test_weeks_years_and_people_have_names():
    plan = edge("as it is")
    problem = plan.problem
    assert problem.years == tuple(str(year) for year in plan.timeline.years)
    assert problem.week_names[0] == plan.timeline.start.isoformat() and len(problem.week_names) == problem.weeks + 1
    assert problem.parts == 1000
