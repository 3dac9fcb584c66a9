"""People that running operations need: norm times (ABK), a service desk that answers in time, training, renewal and upkeep."""

from __future__ import annotations

import numpy as np

EFFECTIVE_MINUTES = 75_000.0  # a year of one person: 1,250 h, PermenPANRB 1/2020
MOST_AGENTS = 100_000


def need_fte(volume_year, minutes_per_unit, effective_minutes_year=EFFECTIVE_MINUTES):
    r"""People needed by workload analysis [FTE]: all work of a year over the effective working time of one person.

    .. math:: n = \frac{\sum_i v_i \, t_i}{W}

    volume_year v [units of work a year] and minutes_per_unit t [min] with the services on the last axis, which is summed;
    effective_minutes_year W [min]. PermenPANRB 1/2020 (W = 75,000), method of KEP/75/M.PAN/7/2004.
    """
    work = np.asarray(volume_year, dtype=float) * np.asarray(minutes_per_unit, dtype=float)
    return np.atleast_1d(work).sum(axis=-1) / effective_minutes_year


def traffic_erlangs(arrivals_per_hour, mean_handle_minutes):
    """Work that arrives in an hour in hours of work, which is the least number of agents who keep up with it: a = λ h / 60."""
    with np.errstate(under="ignore"):
        return np.asarray(arrivals_per_hour, dtype=float) * np.asarray(mean_handle_minutes, dtype=float) / 60


def erlang_c(traffic_erlangs, agents):
    r"""Probability that who asks has to wait for one of `agents` (Erlang 1917; M/M/n queue without end or impatience).

    .. math:: B_0 = 1, \quad B_k = \frac{a B_{k-1}}{k + a B_{k-1}}, \quad C = \frac{n B_n}{n - a (1 - B_n)}

    traffic a [erlang], agents n [whole number]; numbers or arrays that broadcast. 1 where the traffic is as much as the agents or more,
    0 without traffic. The recursion over the Erlang B formula has no factorials, so it holds for thousands of agents (Jagerman 1974).
    """
    traffic, agents = np.broadcast_arrays(np.asarray(traffic_erlangs, dtype=float), np.asarray(agents))
    _not_negative(traffic=traffic, agents=agents)
    if (agents != np.floor(agents)).any():
        raise ValueError("agents must be whole numbers")
    blocked = np.ones(traffic.shape)
    with np.errstate(under="ignore"):
        for k in range(1, int(agents.max(initial=0)) + 1):
            blocked = np.where(k <= agents, _next_blocked(traffic, blocked, k), blocked)
        return _waits(traffic, agents, blocked)[()]


def service_level(arrivals_per_hour, mean_handle_minutes, agents, answer_within_minutes):
    r"""Share of requests that an agent takes up within the time: 1 - C exp(-(n - a) t / h); 0 where the desk cannot keep up.

    arrivals_per_hour [1/h], mean_handle_minutes h [min], agents n, answer_within_minutes t [min]; numbers or arrays that broadcast.
    """
    _not_negative(arrivals_per_hour=arrivals_per_hour, mean_handle_minutes=mean_handle_minutes, answer_within_minutes=answer_within_minutes)
    traffic = traffic_erlangs(arrivals_per_hour, mean_handle_minutes)
    waits = erlang_c(traffic, agents)
    return _answered(traffic, np.asarray(agents), waits, mean_handle_minutes, answer_within_minutes)[()]


def mean_wait_minutes(arrivals_per_hour, mean_handle_minutes, agents):
    """Mean time until an agent takes a request up, over all requests [min]: C h / (n - a); infinite where the desk cannot keep up."""
    _not_negative(arrivals_per_hour=arrivals_per_hour, mean_handle_minutes=mean_handle_minutes)
    traffic = traffic_erlangs(arrivals_per_hour, mean_handle_minutes)
    spare, waits = np.broadcast_arrays(np.asarray(agents) - traffic, erlang_c(traffic, agents))
    with np.errstate(under="ignore"):
        mean = waits * np.asarray(mean_handle_minutes, dtype=float) / np.where(spare > 0, spare, 1)
    return np.where(spare > 0, mean, np.where(waits > 0, np.inf, 0.0))[()]


def agents_needed(arrivals_per_hour, mean_handle_minutes, answer_within_minutes, target_share):
    """Fewest agents who take up at least the target share of requests within the time; none where nothing arrives.

    target_share from 0 to below 1; numbers or arrays that broadcast. One pass over the agents serves all cells. Raises `ValueError`.
    """
    _not_negative(
        arrivals_per_hour=arrivals_per_hour, mean_handle_minutes=mean_handle_minutes,
        answer_within_minutes=answer_within_minutes, target_share=target_share,
    )  # fmt: skip
    if (np.asarray(target_share) >= 1).any():
        raise ValueError("target_share must be below 1: no number of agents answers every request in time for sure")
    cells = (traffic_erlangs(arrivals_per_hour, mean_handle_minutes), mean_handle_minutes, answer_within_minutes, target_share)
    traffic, handle, within, target = np.broadcast_arrays(*(np.asarray(c, dtype=float) for c in cells))
    if (traffic >= MOST_AGENTS).any():
        raise ValueError(f"traffic of {traffic.max():g} erlangs: at most {MOST_AGENTS} agents")
    needed, blocked, k = np.full(traffic.shape, -1, dtype=np.int64), np.ones(traffic.shape), 0
    with np.errstate(under="ignore"):
        while True:
            agents = np.full(traffic.shape, k)
            answered = _answered(traffic, agents, _waits(traffic, agents, blocked), handle, within)
            keeps_up = (traffic < k) | (traffic == 0)
            needed = np.where((needed < 0) & keeps_up & (answered >= target), k, needed)
            if (needed >= 0).all():
                return needed[()]
            k += 1
            blocked = _next_blocked(traffic, blocked, k)


def desk_fte(agents, open_hours_year, effective_minutes_year=EFFECTIVE_MINUTES):
    """People [FTE] who keep `agents` places manned for all hours the desk is open in a year [h]."""
    return np.asarray(agents) * np.asarray(open_hours_year, dtype=float) * 60 / effective_minutes_year


def training_days(people, lesson_hours_each, hours_per_day=8.0):
    """Participant-days a year by role or user group: people x lesson hours each [h] / lesson hours a day [h]."""
    return np.asarray(people) * np.asarray(lesson_hours_each, dtype=float) / hours_per_day


def class_days(people, days_each, class_size):
    """Days a trainer teaches: whole classes of at most `class_size` people, each for `days_each` days."""
    if (np.asarray(class_size) < 1).any():
        raise ValueError("class_size must be 1 or more")
    return np.ceil(np.asarray(people) / np.asarray(class_size)) * np.asarray(days_each, dtype=float)


def _next_blocked(traffic: np.ndarray, blocked: np.ndarray, k: int) -> np.ndarray:
    """Erlang B with one agent more."""
    offered = traffic * blocked
    return offered / (k + offered)


def _waits(traffic: np.ndarray, agents: np.ndarray, blocked: np.ndarray) -> np.ndarray:
    """Erlang C from Erlang B."""
    keeps_up = traffic < agents
    spare = np.where(keeps_up, agents - traffic * (1 - blocked), 1.0)
    return np.where(traffic == 0, 0.0, np.where(keeps_up, agents * blocked / spare, 1.0))


def _answered(traffic, agents, waits, handle_minutes, within_minutes):
    """Share answered in time; without traffic there is nobody who could wait."""
    handle = np.asarray(handle_minutes, dtype=float)
    with np.errstate(under="ignore", over="ignore"):  # a wait of very many handling times is never
        spare = np.maximum(agents - traffic, 0.0) * np.asarray(within_minutes, dtype=float)
        late = waits * np.exp(-spare / np.where(handle > 0, handle, 1.0))
    return np.where(traffic == 0, 1.0, np.where(traffic < agents, 1.0 - late, 0.0))


def _not_negative(**values) -> None:
    for name, value in values.items():
        if not (np.asarray(value) >= 0).all():
            raise ValueError(f"{name} must be 0 or more")
