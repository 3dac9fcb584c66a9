"""Compiled loops over draws of a plan that goes on after its last year: place what is promised, and add up what it costs."""

from __future__ import annotations

import numpy as np
from numba import njit

from egov_model.model.compiled import OPTIONS
from egov_model.model.compiled_groups import move_windows, place_draw, price_activities, share_people, spread, upkeep


@njit(**OPTIONS)
def change_amounts(base, lines, line_group, line_every, cost, running, years, amount):
    """Fill `amount` (lines, years) with whole rupiah of `base` times what happens: `cost` (groups, years) of what is paid once, after the
    plan as in its last year, and `running` of the rest, which nobody counts after the plan."""
    for n in range(len(lines)):
        line = lines[n]
        g = line_group[line]
        if line_every[line] < 0:
            for y in range(amount.shape[1]):
                amount[line, y] = np.int64(np.rint(base[line, y] * cost[g, min(y, years - 1)]))
            continue
        for y in range(years):
            amount[line, y] = np.int64(np.rint(base[line, y] * running[g, y]))
        amount[line, years:] = 0


@njit(**OPTIONS)
def add_up(shape, g, amount, starts, lengths, live, due):
    """Add to `due` (years,) the money of a placed group by year of payment."""
    for n in range(shape.chains.at[g], shape.chains.at[g + 1]):
        a = shape.chains.item[n]
        for m in range(shape.lines.at[a], shape.lines.at[a + 1]):
            line = shape.lines.item[m]
            spread(amount, line, starts[a], lengths[a], shape.multi_year[g] != 0, shape.week_year, shape.year_ends, due)
    for n in range(shape.running.at[g], shape.running.at[g + 1]):
        line = shape.running.item[n]
        upkeep(amount, line, shape.every[line], live[g], shape.week_year, shape.year_ends, shape.year_weeks, due)


@njit(**OPTIONS)
def outlook_draws(
    first, stop, shape, order, lines, line_group, years, planned, durations, base, cost, running, ceilings, longer, gate_weeks, people,
    start, finish, live, by_year, by_group, need,
):  # fmt: skip
    """Fill draws first..stop of what `Outlook` holds: dates (activities,), `live` (groups,), `by_year` (years + 1,), `by_group` (groups,),
    `need` (funds, years) of each.

    `order` and `lines` are what is promised; `years` are the plan's, those of `base` (draws, lines, years) go on. `planned`: start and
    length of every activity and go-live week of every group as the plan has them.
    """
    activities, all_years, groups = durations.shape[1], base.shape[2], live.shape[1]
    amount = np.zeros(base.shape[1:], dtype=np.int64)
    room, windows = np.empty_like(shape.capacity), shape.windows.item.copy()
    price, costs = np.empty((activities, all_years), dtype=np.int64), np.empty(activities, dtype=np.bool_)
    spent, due, lengths = np.empty(all_years, dtype=np.int64), np.empty(all_years, dtype=np.int64), np.zeros(activities, dtype=np.int64)
    starts, waits = np.zeros(activities, dtype=np.int64), np.empty((3, activities), dtype=np.int64)
    weeks, status, concerns = np.empty(groups, dtype=np.int64), np.empty(groups, dtype=np.int64), np.empty(groups, dtype=np.int64)
    plan_starts, plan_lengths, plan_live = planned
    for d in range(first, stop):
        change_amounts(base[d], lines, line_group, shape.every, cost[d], running[d], years, amount)
        price_activities(shape.lines.at, shape.lines.item, shape.spends, amount, price, costs)
        share_people(shape.capacity, people[d], shape.week_year, room)
        move_windows(shape.windows.item, shape.window_year, gate_weeks[d], windows)
        left = ceilings[d].copy()
        weeks[:] = -1
        read, write = (durations[d], longer[d], costs, amount, price), (starts, lengths, waits, weeks, status, concerns)
        place_draw(shape, windows, order, *read, room, left, *write, spent, due)
        for n in range(len(order)):
            g = order[n]
            live[d, g] = weeks[g]
            due[:] = 0
            if weeks[g] >= 0:
                add_up(shape, g, amount, starts, lengths, weeks, due)
            for k in range(shape.chains.at[g], shape.chains.at[g + 1]):
                a = shape.chains.item[k]
                if weeks[g] >= 0:
                    start[d, a], finish[d, a] = starts[a], starts[a] + lengths[a]
                else:  # no place even after the plan: as dear as in the last year
                    for m in range(shape.lines.at[a], shape.lines.at[a + 1]):
                        due[all_years - 1] += amount[shape.lines.item[m], all_years - 1]
            for y in range(all_years):
                by_year[d, min(y, years)] += due[y]
                by_group[d, g] += due[y]
            due[:] = 0
            add_up(shape, g, amount, plan_starts, plan_lengths, plan_live, due)
            for y in range(years):
                need[d, shape.fund[g], y] += due[y]
