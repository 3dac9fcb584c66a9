"""Links, floats and the critical chain: a network of five worked by hand, and properties held by the plain check of schedules."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from egov_model.model.critical import AFTER, FREE, MONEY, RESOURCE, START, WINDOW, Link, chain, free_floats, latest_starts, links
from egov_model.model.problem import Payment, Precedence, Problem
from egov_model.model.verify import MAKESPAN, value_of, violations

A, B, C, D, E = range(5)


def in_year(amount: int, weeks: int = 20) -> np.ndarray:
    """What is paid by start week: all in the year of that week, years of ten weeks."""
    return np.array([[amount * (week < 10), amount * (week >= 10)] for week in range(weeks + 1)])


FIVE = Problem(
    names=("A", "B", "C", "D", "E"),
    duration=np.array([3, 2, 2, 3, 1]),
    weeks=20,
    precedences=(Precedence(A, C), Precedence(B, E), Precedence(D, E)),
    resources=("desk",),
    demand=np.array([[1], [1], [0], [0], [1]]),
    capacity=np.ones((1, 20), dtype=np.int64),
    starts=(((0, 20),), ((0, 20),), ((0, 1), (8, 12)), ((0, 20),), ((0, 20),)),
    funds=("dau",),
    years=("1", "2"),
    ceiling=np.array([[10, 10]]),
    payments=(Payment(C, 0, in_year(6)), Payment(D, 0, in_year(6))),
)
STARTS = np.array([0, 3, 8, 10, 13])


def test_the_five_are_a_schedule():
    assert violations(FIVE, STARTS) == []


def test_what_holds_each_of_the_five():
    a, b, c, d, e = links(FIVE, STARTS)
    assert (a.cause, a.before, a.wait) == (START, -1, 0)
    assert (b.cause, b.before, b.resource, b.ready, b.wait) == (RESOURCE, A, 0, 0, 0)  # the desk is free when A ends in week 3
    assert (c.cause, c.before, c.ready, c.wait, c.closed) == (WINDOW, A, 3, 5, 5)  # two weeks too late for week 1
    assert (d.cause, d.before, d.fund, d.year, d.wait, d.closed) == (MONEY, -1, 0, 0, 10, 0)  # 6 + 6 in the first year, 10 possible
    assert (e.cause, e.before, e.wait) == (AFTER, D, 0)


def test_the_chain_of_the_last_begins_with_the_ceiling():
    made = links(FIVE, STARTS)
    assert [link.activity for link in chain(made, E)] == [D, E]
    assert [link.activity for link in chain(made, C)] == [A, C]


def test_how_far_each_of_the_five_can_slip():
    """A is followed by B at the desk; B may go until E needs its end in week 13; C closes in week 12, but from week 10 on its money and
    that of D are 12 in the second year; D and E end the plan."""
    assert free_floats(FIVE, STARTS).tolist() == [0, 8, 1, 0, 0]


def test_everything_as_late_as_the_end_allows():
    """E and D stay; C one week; B right before E; A right before C, as B has left the desk."""
    assert latest_starts(FIVE, STARTS).tolist() == [6, 11, 9, 10, 13]


def one_more(**changes) -> Problem:
    """A holds the desk for three weeks, F wants it too."""
    base = {
        "names": ("A", "F"), "duration": np.array([3, 2]), "weeks": 12, "resources": ("desk",), "demand": np.array([[1], [1]]),
        "capacity": np.ones((1, 12), dtype=np.int64),
    }  # fmt: skip
    return Problem(**{**base, **changes})


def test_people_who_are_busy_make_work_miss_its_window():
    """F may start in weeks 0 to 2 or 7; the desk is free from week 3 on."""
    made = links(one_more(starts=(((0, 12),), ((0, 2), (7, 9)))), np.array([0, 7]))[1]
    assert (made.cause, made.before, made.wait, made.closed) == (RESOURCE, A, 4, 4)


def test_more_people_arrive():
    """Two at the desk from week 5 on: F, which needs both, waits for the second and not for A, which has long ended."""
    capacity = np.array([[1] * 5 + [2] * 7])
    made = links(one_more(demand=np.array([[1], [2]]), capacity=capacity), np.array([0, 5]))[1]
    assert (made.cause, made.before, made.ready, made.wait) == (RESOURCE, -1, 0, 5)


def test_an_end_that_more_people_make_needless_is_no_link():
    """The second arrives in the week A ends: F could have begun beside A."""
    capacity = np.array([[1] * 3 + [2] * 9])
    assert links(one_more(capacity=capacity), np.array([0, 3]))[1].before == -1


def test_a_first_window_that_is_still_to_come_begins_the_chain():
    made = links(one_more(starts=(((0, 12),), ((4, 9),))), np.array([0, 4]))[1]
    assert (made.cause, made.before, made.ready, made.wait, made.closed) == (WINDOW, -1, 0, 4, 4)


def test_what_only_the_order_holds():
    """F follows A, whose end is week 3, and starts in week 6 though the desk is free and its money is the ceiling to the rupiah."""
    money = {"funds": ("dau",), "years": ("1", "2"), "ceiling": np.array([[6, 6]]), "payments": (Payment(1, 0, in_year(6, 12)),)}
    problem = one_more(precedences=(Precedence(0, 1),), **money)
    assert links(problem, np.array([0, 6]))[1] == Link(1, FREE, before=-1, ready=3, wait=3, closed=0)


def test_the_first_of_all_may_be_what_others_wait_for():
    """A takes no time: F, which follows it, starts in the same first week and yet does not begin the chain."""
    made = links(one_more(duration=np.array([0, 2]), precedences=(Precedence(0, 1),)), np.array([0, 0]))
    assert [(link.cause, link.before) for link in made] == [(START, -1), (AFTER, A)]


def test_a_first_window_after_what_it_follows_begins_the_chain_too():
    """A ends in week 3, F may not start before week 8 whenever A ends."""
    made = links(one_more(starts=(((0, 12),), ((8, 12),)), precedences=(Precedence(0, 1),)), np.array([0, 8]))[1]
    assert made == Link(1, WINDOW, before=-1, ready=3, wait=5, closed=5)


def test_the_desk_is_taken_later_than_the_window_closes():
    """F takes weeks 2 to 4 when it starts in its last open week; A holds the desk in weeks 3 to 5, or in week 3 alone."""
    problem = one_more(duration=np.array([3, 3]), starts=(((0, 12),), ((0, 2), (7, 9))))
    assert links(problem, np.array([3, 7]))[1] == Link(1, RESOURCE, before=A, ready=0, wait=1, closed=4, resource=0)
    short = replace(problem, duration=np.array([1, 2]))
    assert links(short, np.array([3, 7]))[1] == Link(1, RESOURCE, before=A, ready=0, wait=3, closed=4, resource=0)


def test_of_two_that_end_together_and_hold_as_much_the_first_is_named():
    problem = Problem(
        names=("A", "B", "F"), duration=np.array([3, 3, 2]), weeks=12, resources=("desk",), demand=np.array([[1], [1], [2]]),
        capacity=np.full((1, 12), 2),
    )  # fmt: skip
    assert links(problem, np.array([0, 0, 3]))[2].before == A


def test_a_desk_that_is_closed_is_nobodys_end():
    """A ends in week 3, in which nobody is at the desk; F begins when it opens again and would have had to wait without A as well."""
    made = links(one_more(capacity=np.array([[1, 1, 1, 0] + [1] * 8])), np.array([0, 4]))[1]
    assert (made.cause, made.before) == (RESOURCE, -1)


def test_all_that_one_activity_pays_from_a_fund_counts_together():
    """Two payments of 3 beside A's 5 make 11 of 10; each alone would fit."""
    payments = tuple(Payment(a, 0, in_year(amount, 12)) for a, amount in ((0, 5), (1, 3), (1, 3)))
    money = {"funds": ("dau",), "years": ("1", "2"), "ceiling": np.array([[10, 10]]), "payments": payments}
    problem = one_more(demand=np.zeros((2, 1), dtype=int), **money)
    assert links(problem, np.array([0, 10]))[1] == Link(1, MONEY, before=-1, ready=0, wait=10, closed=0, fund=0, year=0)


def test_one_rupiah_too_many_ends_the_float():
    payments = (Payment(C, 0, in_year(6)), Payment(D, 0, in_year(5)))  # 11 of 10
    assert free_floats(replace(FIVE, payments=payments), STARTS)[C] == 1


def test_a_lag_is_no_float():
    """A ends in week 3, two weeks pass, F starts in week 8."""
    problem = one_more(precedences=(Precedence(0, 1, 2),))
    assert free_floats(problem, np.array([0, 8])).tolist() == [3, 0]
    assert latest_starts(problem, np.array([0, 8])).tolist() == [3, 8]


def beside_the_end(duration: list[int], both_until: int) -> Problem:
    """X and Y at a desk of two until a week, of one from then on; E, which needs no desk, ends the plan after week 5."""
    return Problem(
        names=("X", "Y", "E"), duration=np.array([*duration, 6]), weeks=8, resources=("desk",), demand=np.array([[1], [1], [0]]),
        capacity=np.array([[2] * both_until + [1] * (8 - both_until)]),
    )  # fmt: skip


def test_of_those_that_end_together_the_last_to_start_is_put_late_first():
    """X takes weeks 0 to 2, Y week 2: Y moves to week 5, which leaves X weeks 2 to 4."""
    assert latest_starts(beside_the_end([3, 1], 3), np.array([0, 2, 0])).tolist() == [2, 5, 0]


def test_what_takes_no_time_is_put_late_before_what_it_follows():
    """X and Y take no time and start in week 0, Y after X: both move to the end of the plan, Y first, else X would have no room."""
    problem = replace(beside_the_end([0, 0], 8), precedences=(Precedence(0, 1),))
    assert latest_starts(problem, np.array([0, 0, 0])).tolist() == [6, 6, 0]


def test_as_late_as_possible_stays_within_its_window():
    """F may start in weeks 0 to 2 and from week 4 on: it is put off to week 2, although A, the end of the plan, leaves it until week 7."""
    problem = one_more(duration=np.array([9, 2]), demand=np.zeros((2, 1), dtype=int), starts=(((0, 12),), ((0, 2), (4, 9))))
    assert latest_starts(problem, np.array([0, 0])).tolist() == [0, 2]


def test_without_any_activity_there_is_no_latest_week():
    problem = one_more(groups=("a", "f"), group=np.array([0, 1]), required=np.array([False, False]))
    assert latest_starts(problem, np.array([-1, -1])).tolist() == [-1, -1] and links(problem, np.array([-1, -1])) == ()


def test_what_is_left_out_has_no_link():
    problem = one_more(groups=("a", "f"), group=np.array([0, 1]), required=np.array([True, False]))
    assert [link.activity for link in links(problem, np.array([0, -1]))] == [0]
    assert free_floats(problem, np.array([0, -1])).tolist() == [0, -1]
    assert latest_starts(problem, np.array([0, -1])).tolist() == [0, -1]


@st.composite
def placed(draw) -> tuple[Problem, np.ndarray]:
    """A small problem with windows, people and ceilings, and each of its activities at the first week that breaks nothing."""
    count, weeks = draw(st.integers(2, 7)), 24
    few = st.integers(0, 3)
    pairs = [(a, b) for b in range(count) for a in range(b)]
    ties = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=6))
    windows = st.sampled_from([((0, weeks),), ((2, 5), (11, 15)), ((0, 3), (8, 9), (16, 22))])
    problem = Problem(
        names=tuple(f"a{n}" for n in range(count)),
        duration=np.array(draw(st.lists(st.integers(0, 5), min_size=count, max_size=count))),
        weeks=weeks,
        precedences=tuple(Precedence(a, b, draw(st.integers(0, 2))) for a, b in ties),
        resources=("x", "y"),
        demand=np.array(draw(st.lists(st.tuples(few, few), min_size=count, max_size=count))),
        capacity=np.array([draw(st.lists(st.integers(2, 5), min_size=weeks, max_size=weeks)) for _ in range(2)]),
        starts=tuple(draw(windows) for _ in range(count)),
        groups=tuple(f"g{n}" for n in range(count)),
        group=np.arange(count),
        required=np.zeros(count, dtype=bool),
        funds=("dau",),
        years=("1", "2"),
        ceiling=np.array([[draw(st.integers(4, 9)), 9]]),
        payments=tuple(Payment(a, 0, in_year(draw(few), weeks)) for a in range(count)),
    )
    starts = np.full(count, -1)
    for a in range(count):
        if any(starts[p.before] < 0 for p in problem.precedences if p.after == a):
            continue
        for week in range(weeks + 1):
            starts[a] = week
            if not violations(problem, starts):
                break
        else:
            starts[a] = -1
    return problem, starts


def moved(starts: np.ndarray, a: int, week: int) -> np.ndarray:
    return np.array([week if n == a else start for n, start in enumerate(starts)])


@settings(max_examples=150)
@given(placed())
def test_every_link_is_tight_and_names_what_breaks(made: tuple[Problem, np.ndarray]):
    problem, starts = made
    for link in links(problem, starts):
        start, name = int(starts[link.activity]), problem.names[link.activity]
        broken = [violations(problem, moved(starts, link.activity, week)) for week in range(start)]
        assert all(broken) and link.cause != FREE  # nothing can start earlier while all others stay
        waits = [f"{name}: does not wait for"]
        assert all(any(v.startswith(waits[0]) for v in said) for said in broken[: link.ready])
        free = broken[link.ready :]
        assert not any(v.startswith(waits[0]) for said in free for v in said)
        closed = [any("outside its windows" in v or "behind the plan" in v for v in said) for said in free]
        assert link.closed == sum(closed)
        if link.before >= 0:
            end = int(starts[link.before] + problem.duration[link.before])
            assert link.wait == start - end >= 0
        else:
            assert link.wait == start - link.ready
        if link.cause in (START, AFTER):
            assert start == link.ready
        elif link.cause == WINDOW:
            assert all(closed)
        else:
            why = [said for said, shut in zip(free, closed, strict=True) if not shut][-1]
            said_by = problem.resources[link.resource] if link.cause == RESOURCE else f"dau {problem.years[link.year]}"
            assert any(v.startswith(f"{said_by}: ") for v in why)
            if link.cause == RESOURCE and link.before >= 0:
                assert problem.demand[link.before, link.resource] > 0


@settings(max_examples=100)
@given(placed())
def test_float_ends_where_something_breaks(made: tuple[Problem, np.ndarray]):
    problem, starts = made
    assume((starts[2:] >= 0).all() or (starts[2:] < 0).all())  # the third group, all but the first two, is placed as a whole
    problem = replace(problem, group=np.minimum(problem.group, 2))
    floats = free_floats(problem, starts)
    for a in np.flatnonzero(starts >= 0):
        mates = (problem.group == problem.group[a]) & (starts >= 0)
        for slip in range(1, int(floats[a]) + 2):
            late = moved(starts, a, starts[a] + slip)
            fine = late[a] <= problem.weeks and not violations(problem, late)
            same_end = (late + problem.duration)[mates].max() == (starts + problem.duration)[mates].max()
            assert (fine and same_end) == (slip <= floats[a])


@settings(max_examples=100)
@given(placed())
def test_as_late_as_possible_is_a_schedule_with_the_same_end(made: tuple[Problem, np.ndarray]):
    problem, starts = made
    late = latest_starts(problem, starts)
    assert violations(problem, late) == [] and (late >= starts).all()
    assert value_of(problem, late, MAKESPAN) == value_of(problem, starts, MAKESPAN)
    for a in np.flatnonzero(starts >= 0):
        assert problem.windows_allow[a, starts[a] : late[a] + 1].all()  # within one window
    assert (late[starts < 0] == -1).all()


@settings(max_examples=100)
@given(placed())
def test_a_chain_runs_from_a_cause_to_the_end_without_a_gap(made: tuple[Problem, np.ndarray]):
    problem, starts = made
    told = links(problem, starts)
    assume(told)
    finish = np.where(starts >= 0, starts + problem.duration, -1)
    path = chain(told, int(finish.argmax()))
    assert path[0].before == -1 and path[-1].activity == int(finish.argmax())
    for one, other in zip(path, path[1:], strict=False):
        assert other.before == one.activity
        assert starts[other.activity] == finish[one.activity] + other.wait


def test_the_generated_problems_meet_every_cause():
    """Else the properties above would hold of nothing."""
    seen = set()

    @settings(max_examples=80, database=None, derandomize=True)
    @given(placed())
    def look(made: tuple[Problem, np.ndarray]) -> None:
        seen.update(link.cause for link in links(*made))

    look()
    assert seen == {START, AFTER, WINDOW, RESOURCE, MONEY}
