"""People for running operations: published Erlang C values, the ABK example, what must rise and fall."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from egov_model.model.workload import (
    EFFECTIVE_MINUTES,
    agents_needed,
    class_days,
    desk_fte,
    erlang_c,
    mean_wait_minutes,
    need_fte,
    service_level,
    traffic_erlangs,
    training_days,
)

load_st = st.floats(0.01, 60, allow_nan=False)

# 200 calls an hour of 3 minutes, answered within 20 seconds: agents, wait probability, service level, mean wait in seconds.
# Printed table of the R package ErlangC 0.1.0 (CRAN, README, `calculate_agents(...)$process`).
CRAN_TABLE = [
    (11, 0.6821182, 0.3896138, 122.78127684),
    (12, 0.4493882, 0.640158, 40.44494019),
    (13, 0.2852705, 0.7955948, 17.11622718),
    (14, 0.1741319, 0.88835, 7.83593701),
]
# Dunlop, Girma, Irvine: Digital Mobile Communications and the TETRA System (Wiley), A.4 Erlang C table and its worked example:
# agents, offered traffic in erlangs (cut to two decimals), share delayed
TETRA_TABLE = [(8, 3.87, 0.05), (10, 4.08, 0.01)]


@pytest.mark.parametrize(("agents", "waits", "answered", "seconds"), CRAN_TABLE)
def test_erlang_c_of_a_printed_table(agents, waits, answered, seconds):
    assert traffic_erlangs(200, 3) == 10
    assert erlang_c(10, agents) == pytest.approx(waits, abs=5e-8)
    assert service_level(200, 3, agents, 20 / 60) == pytest.approx(answered, abs=5e-8)
    assert mean_wait_minutes(200, 3, agents) * 60 == pytest.approx(seconds, abs=5e-9)


@pytest.mark.parametrize(("agents", "traffic", "waits"), TETRA_TABLE)
def test_erlang_c_of_a_textbook_table(agents, traffic, waits):
    assert erlang_c(traffic, agents) == pytest.approx(waits, rel=0.006)
    assert erlang_c(traffic - 0.01, agents) < waits < erlang_c(traffic + 0.01, agents)  # right to two decimals


def test_textbook_example_of_waits_longer_than_a_call():
    # same example: of those delayed, 1.6 % wait longer than a mean call with 8 channels at 3.87 erlangs, 0.22 % with 10
    for agents, share in ((8, 0.016), (10, 0.0022)):
        late = 1 - service_level(3.87, 60, agents, 60)
        assert late / erlang_c(3.87, agents) == pytest.approx(share, rel=0.02)


def test_three_tellers_of_the_hp_12c_handbook():
    # HP 12C Solutions Handbook p. 148, example 3: 1.2 customers a minute, 0.5 served a minute by each of 3 tellers:
    # mean wait 2.16 minutes, all idle 0.06
    assert mean_wait_minutes(72, 2, 3) == pytest.approx(2.16, abs=0.005)
    waits = erlang_c(2.4, 3)
    idle = waits / (2.4**3 / 6 / (1 - 0.8))  # C = a^n / n! / (1 - a/n) P0
    assert idle == pytest.approx(0.06, abs=0.005)


def test_without_desks_there_is_no_wait():
    assert erlang_c(np.zeros(0), np.zeros(0, dtype=int)).shape == (0,)


def test_one_agent_waits_as_often_as_it_is_busy():
    shares = np.array([0.1, 0.5, 0.9, 0.999])
    assert erlang_c(shares, 1) == pytest.approx(shares)  # M/M/1


def test_two_agents_have_a_closed_form():
    a = np.linspace(0.01, 1.99, 50)
    assert erlang_c(a, 2) == pytest.approx(a**2 / (2 + a))


@pytest.mark.parametrize("agents", [1, 2, 3, 8, 20, 55, 100])
def test_erlang_c_is_its_definition_with_factorials(agents):
    for a in np.array([0.05, 0.4, 0.8, 0.97]) * agents:
        top = a**agents / math.factorial(agents) * agents / (agents - a)
        assert erlang_c(a, agents) == pytest.approx(top / (top + sum(a**k / math.factorial(k) for k in range(agents))), rel=1e-12)


def test_corner_cases_of_the_desk():
    assert erlang_c([5, 5, 0, 0, 3], [5, 4, 3, 0, 0]) == pytest.approx([1, 1, 0, 0, 1])
    assert service_level(60, 5, 5, 10) == 0  # as much work as agents: the queue never ends
    assert service_level(0, 5, 0, 0) == 1
    assert service_level(60, 0, 1, 0) == 1
    assert service_level(60, 4, 5, 0) == pytest.approx(1 - erlang_c(4, 5))
    assert mean_wait_minutes(60, 5, 5) == np.inf
    assert mean_wait_minutes(0, 5, 0) == 0


def test_thousands_of_agents_and_next_to_no_traffic_stay_finite():
    values = erlang_c([4900, 4999.9, 1e-12, 30], [5000, 5000, 5000, 4000])
    assert np.isfinite(values).all()
    beta = 100 / math.sqrt(4900)  # close to the limit for many agents, 1 / (1 + b F(b) / f(b)) with the normal F and f (Halfin, Whitt 1981)
    below, density = (1 + math.erf(beta / math.sqrt(2))) / 2, math.exp(-(beta**2) / 2) / math.sqrt(2 * math.pi)
    assert values[0] == pytest.approx(1 / (1 + beta * below / density), rel=0.02)
    assert values[1] == pytest.approx(1, abs=0.01)
    assert list(values[2:]) == [0, 0]


def test_arrays_broadcast_like_single_numbers():
    calls, agents = np.array([[50.0], [120.0], [200.0]]), np.array([3, 8, 12, 20])
    table = service_level(calls, 3, agents, 1.0)
    assert table.shape == (3, 4)
    assert table.tolist() == [[service_level(c, 3, n, 1.0) for n in agents] for c in calls[:, 0]]
    assert isinstance(float(erlang_c(2, 3)), float)
    assert np.ndim(erlang_c(2, 3)) == 0


@given(a=load_st, n=st.integers(0, 80), more=st.floats(0.01, 5))
def test_more_traffic_waits_more_and_more_agents_less(a, n, more):
    here = erlang_c(a, n)
    assert 0 <= here <= 1
    assert erlang_c(a + more, n) >= here
    assert erlang_c(a, n + 1) <= here
    if n > a:
        assert erlang_c(a, n + 1) < here or here < 1e-300


@given(calls=st.floats(0.1, 300), handle=st.floats(0.5, 30), n=st.integers(1, 200), within=st.floats(0, 60))
def test_service_rises_with_agents_and_patience(calls, handle, n, within):
    here = service_level(calls, handle, n, within)
    assert 0 <= here <= 1
    assert service_level(calls, handle, n + 1, within) >= here
    assert service_level(calls, handle, n, within + 1) >= here
    assert service_level(calls * 1.1, handle, n, within) <= here + 1e-12


@given(calls=st.floats(0, 300), handle=st.floats(0, 30), within=st.floats(0, 30), target=st.floats(0, 0.999))
def test_agents_needed_are_the_fewest(calls, handle, within, target):
    needed = agents_needed(calls, handle, within, target)
    assert service_level(calls, handle, needed, within) >= target
    if needed:
        fewer = service_level(calls, handle, needed - 1, within)
        assert fewer < target or traffic_erlangs(calls, handle) >= needed - 1


def test_agents_needed_of_the_printed_table():
    # 80 % within 20 s takes 14 agents (13 reach 79.6 %), 60 % takes 12; nobody for no calls
    assert agents_needed([200, 200, 0], 3, 20 / 60, [0.8, 0.6, 0.99]).tolist() == [14, 12, 0]
    assert agents_needed(200, 3, 20 / 60, service_level(200, 3, 13, 20 / 60)) == 13  # a target just reached is reached


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: erlang_c(-1, 2), "traffic must be 0 or more"),
        (lambda: erlang_c(np.nan, 2), "traffic must be 0 or more"),
        (lambda: erlang_c(1, -2), "agents must be 0 or more"),
        (lambda: erlang_c(1, 2.5), "agents must be whole"),
        (lambda: service_level(1, 1, 2, -1), "answer_within_minutes must be 0 or more"),
        (lambda: service_level(-1, 1, 2, 1), "arrivals_per_hour must be 0 or more"),
        (lambda: service_level(1, -1, 2, 1), "mean_handle_minutes must be 0 or more"),
        (lambda: mean_wait_minutes(-1, 1, 2), "arrivals_per_hour must be 0 or more"),
        (lambda: mean_wait_minutes(1, -1, 2), "mean_handle_minutes must be 0 or more"),
        (lambda: agents_needed(1, -1, 1, 0.8), "mean_handle_minutes must be 0 or more"),
        (lambda: agents_needed(-1, 1, 1, 0.8), "arrivals_per_hour must be 0 or more"),
        (lambda: agents_needed(1, 1, -1, 0.8), "answer_within_minutes must be 0 or more"),
        (lambda: agents_needed(1, 1, 1, -0.1), "target_share must be 0 or more"),
        (lambda: agents_needed(60 * 100_000, 1, 1, 0.8), "traffic of 100000 erlangs: at most 100000 agents"),
        (lambda: agents_needed(1, 1, 1, [0.5, 1]), "target_share must be below 1"),
        (lambda: agents_needed(1e7, 60, 1, 0.8), r"traffic of 1e\+07 erlangs: at most 100000 agents"),
        (lambda: class_days(10, 1, 0), "class_size must be 1 or more"),
    ],
)
def test_what_makes_no_sense_is_refused(call, says):
    with pytest.raises(ValueError, match=f"^{says}"):
        call()


def test_no_target_still_asks_for_people_who_keep_up():
    assert agents_needed(60, 1, 0, 0) == 2  # one erlang: one agent is always behind


def test_next_to_nothing_is_no_error():
    assert mean_wait_minutes(6e-39, 1e-20, 5) < 1e-300  # a share of 8e-303 who wait, for 1e-20 minutes
    assert agents_needed([6e-299, 6000], 1, 1, 0.8).tolist()[0] == 1


def test_abk_example_of_7116_hours_is_six_people():
    assert EFFECTIVE_MINUTES == 1250 * 60
    need = need_fte(7116 * 60, 1)
    assert need == pytest.approx(5.6928)
    assert need_fte(7116, 60, 240 * 5 * 60) == pytest.approx(5.93)


def test_need_sums_all_services_of_a_role():
    volume, minutes = np.array([1000, 240, 12]), np.array([15, 60, 600])
    assert need_fte(volume, minutes) == pytest.approx((15_000 + 14_400 + 7_200) / 75_000)
    draws = need_fte(volume * np.array([[1], [2]]), minutes)
    assert draws == pytest.approx(np.array([1, 2]) * 36_600 / 75_000)


def test_a_desk_manned_all_day_takes_more_people_than_places():
    assert desk_fte(2, 250 * 7.5) == pytest.approx(3)  # 2 places x 1,875 h / 1,250 h


def test_training_days_of_roles_and_groups():
    assert training_days([10, 2000], [20, 8]).tolist() == [25, 2000]  # 20 lesson hours each: two and a half days of eight hours
    assert class_days([0, 25, 26, 60], 2, 25).tolist() == [0, 2, 4, 6]
    assert class_days(3, 2, 1) == 6  # one at a time


def test_one_agent_who_is_busy_most_of_the_time():
    """M/M/1 at 0.6 erlang: 0.6 wait, and of these exp(-0.4 x 10 / 30) longer than ten minutes; the same in half-minute calls."""
    assert service_level(1.2, 30, 1, 10) == pytest.approx(1 - 0.6 * math.exp(-0.4 / 3))
    assert service_level(72, 0.5, 1, 1 / 6) == pytest.approx(1 - 0.6 * math.exp(-0.4 / 3))
