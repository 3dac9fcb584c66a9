"""Compiled loops over draws of a plan that goes on after its last year: place what is promised, and add up what it costs."""

from __future__ import annotations

import numpy as np

from egov_model.model.compiled_disturbed import lengthen, move_windows, share_people
from egov_model.model.compiled_groups import place_draw
from egov_model.model.compiled_payments import price_activities
from egov_model.model.copied import copy_table
from egov_model.model.machine_code import borrowing, compiled


@borrowing
def change_amounts(base, lines, line_group, line_every, cost, running, amount):
    """Fill `amount` (lines, years) with whole rupiah of `base` times what happens: `cost` (groups, years of the plan) of what is paid once,
    after the plan the same over again, and `running` of the rest, which nobody counts after the plan: there `amount` stays as it is."""
    years = cost.shape[1]
    for n in range(len(lines)):
        line = lines[n]
        once = line_every[line] < 0
        before, after, factor = base[line], amount[line], cost[line_group[line]] if once else running[line_group[line]]
        for y in range(years):
            after[y] = np.int64(np.rint(before[y] * factor[y]))
        if once:
            for first in range(years, len(after), years):
                later, made = before[first : first + years], after[first : first + years]
                for y in range(len(later)):
                    made[y] = np.int64(np.rint(later[y] * factor[y]))


@compiled
def outlook_draws(
    first, stop, shape, order, lines, line_group, years, planned, durations, base, cost, running, ceilings, longer, gate_weeks, people,
    start, finish, live, by_year, by_group, need,
):  # fmt: skip
    """Fill draws first..stop of what `Outlook` holds: dates (activities,), `live` (groups,), `by_year` (years + 1,), `by_group` (groups,),
    `need` (funds, years) of each.

    `longer` (draws, activities, years of the plan) holds after the plan over again, all other arrays by year go on.
    `order` and `lines` are what is promised; `years` are the plan's, those of `base` (draws, lines, years) go on. `planned` are the
    payments on the plan's own dates, as `planned_payments` gives them.
    """
    activities, all_years, groups = durations.shape[1], base.shape[2], live.shape[1]
    amount, lasts = np.zeros(base.shape[1:], dtype=np.int64), np.empty((activities, all_years), dtype=np.int64)
    room, windows = np.empty_like(shape.capacity), shape.windows.item.copy()
    price, costs = np.empty((activities, all_years), dtype=np.int64), np.empty(activities, dtype=np.bool_)
    taken, due = np.empty((groups, all_years), dtype=np.int64), np.empty(all_years, dtype=np.int64)
    starts, lengths = np.zeros(activities, dtype=np.int64), np.zeros(activities, dtype=np.int64)
    waits = np.empty((3, activities), dtype=np.int64)
    weeks, status, concerns = np.empty(groups, dtype=np.int64), np.empty(groups, dtype=np.int64), np.empty(groups, dtype=np.int64)
    chain_at, chain, left = shape.chains.at, shape.chains.item, np.empty_like(ceilings[0])
    for d in range(first, stop):
        change_amounts(base[d], lines, line_group, shape.every, cost[d], running[d], amount)
        price_activities(shape.lines.at, shape.lines.item, shape.spends, amount, price, costs)
        share_people(shape.capacity, people[d], shape.year_ends, room)
        move_windows(shape.windows.item, shape.window_year, gate_weeks[d], windows)
        lengthen(durations[d], longer[d], lasts)
        copy_table(ceilings[d], left)
        weeks.fill(-1)
        read, write = (lasts, costs, amount, price), (starts, lengths, waits, weeks, status, concerns)
        place_draw(shape, windows, order, *read, room, left, *write, taken, due)
        for n in range(len(order)):
            g = order[n]
            live[d, g] = weeks[g]
            if weeks[g] < 0:  # no place even after the plan: as dear as in the last year
                for k in range(chain_at[g], chain_at[g + 1]):
                    by_year[d, years] += price[chain[k], all_years - 1]
                    by_group[d, g] += price[chain[k], all_years - 1]
                continue
            for k in range(chain_at[g], chain_at[g + 1]):
                a = chain[k]
                start[d, a], finish[d, a] = starts[a], starts[a] + lengths[a]
            for y in range(all_years):
                by_year[d, min(y, years)] += taken[g, y]
                by_group[d, g] += taken[g, y]
        for n in range(len(planned)):
            line, priced, fund, year, part, whole, sign = planned[n]
            money = amount[line, priced] * sign
            need[d, fund, year] += money if part == whole else amount[line, priced] * part // whole * sign
