"""Many schedules at once: each as one made by hand in plain Python, kept, and the same whatever the threads."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from brute_force import best_by_trying_all, random_problem
from hypothesis import given, settings
from hypothesis import strategies as st

from egov_model.model.evolve import shortest
from egov_model.model.makespan import heads_and_tails, is_plain, least_length
from egov_model.model.place_many import pack, place_many
from egov_model.model.problem import Precedence, Problem
from egov_model.model.verify import MAKESPAN, value_of, violations


def plain_problem(seed: int, constant: bool = False, small: bool = False) -> Problem:
    """A random problem that `place_many` takes: no money, nothing to leave out; 6 roles to need more than one word."""
    rng = np.random.default_rng(seed)
    count, weeks = (int(rng.integers(1, 6)), 12) if small else (int(rng.integers(1, 25)), 300)
    roles = 6
    base = random_problem(seed, plain=True)
    return replace(
        base,
        names=tuple(f"a{n}" for n in range(count)),
        duration=rng.integers(0, 3 if small else 8, count),
        weeks=weeks,
        precedences=tuple(
            Precedence(i, j, 0 if constant else int(rng.integers(-1, 3)))
            for j in range(count)
            for i in range(j)
            if rng.random() < 2 / count
        ),
        resources=tuple(f"r{n}" for n in range(roles)),
        demand=rng.integers(0, 4, (count, roles)) * 500,
        capacity=np.repeat(rng.integers(3, 6, (roles, 1)) * 500, weeks, axis=1)
        + (0 if constant else 500 * (rng.random((roles, weeks)) < 0.4)),
        starts=(((0, weeks),),) * count
        if constant
        else tuple(((int(rng.integers(0, 9)), 40), (60, weeks)) if rng.random() < 0.4 else ((0, weeks),) for _ in range(count)),
        finishes=(None,) * count,
        weight=np.ones(count, dtype=np.int64),
        due=np.full(count, -1),
        groups=("all",),
        group=np.zeros(count, dtype=np.int64),
        required=np.ones(1, dtype=bool),
        left_out=np.zeros(1, dtype=np.int64),
        funds=(),
        years=(),
        ceiling=np.zeros((0, 0), dtype=np.int64),
    )


def one_by_hand(problem: Problem, duration: np.ndarray, order: list[int]) -> list[int]:
    """Serial schedule generation in the plainest Python: the earliest week at which everything fits."""
    starts = [-1] * len(order)
    room = problem.capacity.astype(int).tolist()
    for a in order:
        before = [p for p in problem.precedences if p.after == a]
        if any(starts[p.before] < 0 for p in before):
            continue
        ready = max([0, *(starts[p.before] + int(duration[p.before]) + p.lag for p in before)])
        for week in range(ready, problem.weeks - int(duration[a]) + 1):
            weeks = range(week, week + int(duration[a]))
            if any(f <= week <= t for f, t in problem.starts[a]) and all(
                room[r][t] >= problem.demand[a, r] for t in weeks for r in range(len(room))
            ):
                starts[a] = week
                for t in weeks:
                    for r in range(len(room)):
                        room[r][t] -= int(problem.demand[a, r])
                break
    return starts


@settings(max_examples=80)
@given(st.integers(0, 2**31))
def test_every_draw_is_the_schedule_made_by_hand(seed):
    problem = plain_problem(seed)
    rng = np.random.default_rng(seed)
    duration = rng.integers(0, 9, (3, len(problem.names)))
    starts, ends = place_many(pack(problem), duration, order=problem.order)
    for d in range(3):
        assert starts[d].tolist() == one_by_hand(problem, duration[d], problem.order.tolist())
        broken = violations(replace(problem, duration=duration[d]), starts[d])
        assert (broken == []) == (ends[d] >= 0)
        if ends[d] >= 0:
            assert ends[d] == (starts[d] + duration[d]).max()


@settings(max_examples=30)
@given(st.integers(0, 2**31), st.booleans())
def test_threads_and_company_do_not_change_a_draw(seed, better):
    problem = plain_problem(seed, constant=True)
    rng = np.random.default_rng(seed)
    duration, priority = rng.integers(0, 9, (7, len(problem.names))), rng.random((7, len(problem.names)))
    packed = pack(problem)
    one, two = (place_many(packed, duration, priority=priority, improve=2 * better, threads=t) for t in (1, 3))
    alone = place_many(packed, duration[4:5], priority=priority[4:5], improve=2 * better)
    assert (one[0] == two[0]).all() and (one[1] == two[1]).all() and (alone[0][0] == one[0][4]).all()


@settings(max_examples=60)
@given(st.integers(0, 2**31))
def test_improvement_keeps_everything_and_never_lengthens(seed):
    problem = plain_problem(seed, constant=True)
    priority = np.random.default_rng(seed).random((5, len(problem.names)))
    duration = np.repeat(problem.duration[None], 5, axis=0)
    _, plain = place_many(pack(problem), duration, priority=priority)
    starts, better = place_many(pack(problem), duration, priority=priority, improve=3)
    assert (better <= plain).all()
    assert all(violations(problem, row) == [] for row in starts)
    assert [value_of(problem, row, MAKESPAN) for row in starts] == better.tolist()


@settings(max_examples=40)
@given(st.integers(0, 2**31))
def test_evolution_stands_between_the_bound_and_the_best_there_is(seed):
    problem = plain_problem(seed, constant=True, small=True)
    assert is_plain(problem)
    best = best_by_trying_all(problem, MAKESPAN)
    packed = pack(problem)
    starts, end = shortest(packed, 200, seed)
    assert violations(problem, starts) == []
    assert end == value_of(problem, starts, MAKESPAN) >= best >= least_length(problem, packed)
    assert end == best  # two hundred improved schedules of five activities
    head, tail = heads_and_tails(problem)
    assert (starts >= head).all() and (starts <= end - tail).all()


def test_evolution_is_the_same_on_every_run():
    problem = plain_problem(3, constant=True)
    one, two = (shortest(pack(problem), 500, 9) for _ in range(2))
    assert (one[0] == two[0]).all() and one[1] == two[1]


def test_what_it_cannot_take_is_said():
    problem = plain_problem(5)
    with pytest.raises(ValueError, match="groups to leave out"):
        pack(replace(problem, required=np.zeros(1, dtype=bool)))
    with pytest.raises(ValueError, match="whole steps"):
        pack(replace(problem, demand=np.ones_like(problem.demand), capacity=np.full_like(problem.capacity, 1 << 14)))
    with pytest.raises(ValueError, match="same capacity in every week"):
        place_many(pack(problem), problem.duration[None], improve=3)
