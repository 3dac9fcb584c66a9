"""Compiled serial schedule generation of groups: gates, people and yearly ceilings of one draw, to the rupiah.

Loops take the arrays they read one by one: handing a whole record down costs more than the loops themselves.
"""

from __future__ import annotations

import numpy as np

from egov_model.model.compiled_disturbed import lengthen, move_windows, share_people
from egov_model.model.compiled_payments import price_activities, spread, upkeep
from egov_model.model.copied import copy_table
from egov_model.model.machine_code import borrowing, compiled

# why a group has no place (Schedule.status); PLACED is the good answer
PLACED, NO_WINDOW, NO_PEOPLE, NO_MONEY, NO_UPKEEP, WAITS_FOR = range(6)


@borrowing
def opens(windows, first, stop, multi_year, week, length, weeks):
    """First week from `week` on in which a window of windows[first:stop] lets a contract start; a single-year one must also end before its
    year closes. Beyond the plan's `weeks` when no window does."""
    found, mine = weeks + 1, windows[first:stop]
    for w in range(0, len(mine), 3):
        last = mine[w + 1]
        if not multi_year:
            last = min(last, mine[w + 2] - length)
        start = max(mine[w], week)
        if start <= last and start < found:
            found = start
    return found


@borrowing
def length_at(a, week, lasts, week_year):
    """Weeks that an activity lasts when it starts in `week`; `lasts` (activities, years; or 1, whatever the year)."""
    return lasts[a, week_year[min(week, len(week_year) - 1)] if lasts.shape[1] > 1 else 0]


@borrowing
def next_start(windows, first, stop, gated, multi_year, week, a, lasts, signed, week_year, year_ends):
    """First week from `week` on in which an activity may start, by its windows if it is `gated`, and still end with the last year; beyond
    all weeks when none. What must end before its year closes is the work as it was signed (weeks by activity), where that is given."""
    if not gated and week + length_at(a, week, lasts, week_year) <= len(week_year):
        return week
    return next_gate(windows, first, stop, gated, multi_year, week, a, lasts, signed, week_year, year_ends)


@borrowing
def next_gate(windows, first, stop, gated, multi_year, week, a, lasts, signed, week_year, year_ends):
    """The same, year by year, as an activity may last longer in one than in another."""
    weeks, fixed = len(week_year), lasts.shape[1] == 1
    found = weeks + 1
    while week <= weeks:
        length, year_end = length_at(a, week, lasts, week_year), year_ends[week_year[min(week, weeks - 1)]]
        start = opens(windows, first, stop, multi_year, week, signed[a] if len(signed) else length, weeks) if gated else week
        within = fixed or start < year_end or start == week  # else a start in a later year, of another length
        if within and start + length <= weeks:
            return start
        if fixed:
            return found
        week = max(year_end, week + 1)
    return found


@borrowing
def lacking_in(needs, first, stop, room, begin, end):
    """Last week from `begin` to before `end` in which a role of needs[first:stop] lacks; begin - 1 when none does."""
    lacking = begin - 1
    for n in range(first, stop, 2):
        free, need = room[needs[n]], needs[n + 1]
        # from the last week backwards: a week without people rules out every start up to itself
        t = np.uint64(end)
        while np.int64(t) > lacking + 1 and free[t - np.uint64(1)] >= need:
            t -= np.uint64(1)
        lacking = np.int64(t) - 1
    return lacking


@borrowing
def scarcest(needs, first, stop, room):
    """The role of needs[first:stop] that lacks in most weeks; the first of equals."""
    worst, most = 0, -1
    for n in range(first, stop, 2):
        lacking, free, need = 0, room[needs[n]], needs[n + 1]
        for t in range(len(free)):
            lacking += free[t] < need
        if lacking > most:
            worst, most = needs[n], lacking
    return worst


@borrowing
def place_draw(shape, windows, order, lasts, costs, amount, price, room, left, starts, lengths, waits, live, status, concerns, taken, due):
    """Place the groups of one draw in `order`: each with its running costs or not at all, tried again from the next fiscal year when
    these do not fit; or, when the shape's groups are promises, whatever their running costs.

    `windows` are those of the shape, or the same as the draw moves them; `lasts` (activities, years; or 1) the weeks of an activity that
    starts in that year. Takes people from `room` (roles, weeks) and money from `left` (funds, years). Fills `starts` and `lengths`
    (activities,), `waits` (3, activities: gate, people, money), `live`, `status` and `concerns` (groups,) and `taken` (groups, years), the
    money of each by year of payment; `due` (years,) is scratch. Of a group without a place live is -1, and what its activities and its
    money hold is of no use.
    """
    chain_at, chain, after_at, after = shape.chains.at, shape.chains.item, shape.after.at, shape.after.item
    window_at, needs_at, needs = shape.windows.at, shape.needs.at, shape.needs.item
    line_at, lines, run_at, running = shape.lines.at, shape.lines.item, shape.running.at, shape.running.item
    every, week_year, year_ends, year_weeks = shape.every, shape.week_year, shape.year_ends, shape.year_weeks
    earliest, multi_years, funds = shape.earliest, shape.multi_year, shape.fund
    own_years, committed, signed = shape.own_years, shape.committed != 0, shape.signed_weeks
    weeks, years = room.shape[1], len(due)
    for place in range(len(order)):
        g = order[place]
        multi_year, fund, first_gate, last_gate = multi_years[g] != 0, funds[g], window_at[g], window_at[g + 1]
        ready, live[g], status[g], concerns[g] = earliest[g], -1, NO_WINDOW, 0
        spent = taken[g]
        for m in range(after_at[g], after_at[g + 1]):
            if live[after[m]] < 0:
                status[g], concerns[g] = WAITS_FOR, after[m]
                break
            ready = max(ready, live[after[m]])
        while ready < weeks and status[g] != WAITS_FOR and live[g] < 0:
            at = began = ready
            refusal, about = PLACED, 0
            for y in range(years):
                spent[y] = 0
            for n in range(chain_at[g], chain_at[g + 1]):
                a = chain[n]
                length, first, stop = 0, needs_at[a], needs_at[a + 1]
                opened = next_start(windows, first_gate, last_gate, costs[a], multi_year, at, a, lasts, signed, week_year, year_ends)
                if opened > weeks:
                    refusal = NO_WINDOW
                    break
                start, staffed, fits, checked = opened, -1, False, opened
                while start <= weeks:
                    length = length_at(a, start, lasts, week_year)
                    year = week_year[min(start, weeks - 1)]
                    # what was looked at before and comes after the last week that lacked is free
                    begin, end = max(start, checked), min(start + length, weeks)
                    lacking = lacking_in(needs, first, stop, room, begin, end) if end > begin else begin - 1
                    checked = max(begin, end)
                    if lacking >= begin:
                        start = lacking + 1
                        if lasts.shape[1] > 1 and start > year_ends[year]:  # next year it may be shorter
                            start = checked = year_ends[year]
                    else:
                        if staffed < 0:
                            staffed = start
                        if multi_year:  # each line is rounded for itself
                            fits = True
                            for y in range(years):
                                due[y] = 0
                            spread(amount, lines, line_at[a], line_at[a + 1], start, length, multi_year, week_year, year_ends, due)
                            for y in range(years):
                                fits &= due[y] <= 0 or due[y] <= left[fund if y < own_years else 0, y] - spent[y]
                        else:  # all in this year; what a chain has taken of other years did fit
                            fits = price[a, year] <= left[fund if year < own_years else 0, year] - spent[year]
                        if fits or not costs[a]:
                            fits = True
                            break
                        # a single-year contract costs the same all year
                        start = start + 1 if multi_year else max(start + 1, year_ends[year])
                    if start <= weeks:
                        start = next_start(
                            windows, first_gate, last_gate, costs[a], multi_year, start, a, lasts, signed, week_year, year_ends
                        )
                if not fits:
                    refusal, about = NO_MONEY, week_year[min(staffed, weeks - 1)]
                    if staffed < 0:
                        refusal, about = NO_PEOPLE, scarcest(needs, first, stop, room)
                    break
                if multi_year:
                    for y in range(years):
                        spent[y] += due[y]
                else:
                    spent[year] += price[a, year]
                starts[a], lengths[a] = start, length
                waits[0, a], waits[1, a], waits[2, a] = opened - at, staffed - opened, start - staffed
                at = start + length
                if n == chain_at[g]:
                    began = start
            if refusal != PLACED:
                if status[g] != NO_UPKEEP:
                    status[g], concerns[g] = refusal, about
                break
            upkeep(amount, running, run_at[g], run_at[g + 1], every, at, week_year, year_ends, year_weeks, spent)
            short = -1
            for y in range(years - 1, -1, -1):
                if not committed and spent[y] > left[fund, y]:
                    short = y
            if short >= 0:
                if status[g] != NO_UPKEEP:
                    status[g], concerns[g] = NO_UPKEEP, short
                ready = year_ends[week_year[min(began, weeks - 1)]]
                continue
            live[g], status[g], concerns[g] = at, PLACED, 0
            for y in range(years):
                left[fund if y < own_years else 0, y] -= spent[y]
            for n in range(chain_at[g], chain_at[g + 1]):
                a = chain[n]
                for m in range(needs_at[a], needs_at[a + 1], 2):
                    busy, need = room[needs[m], starts[a] : starts[a] + lengths[a]], needs[m + 1]
                    for t in range(len(busy)):
                        busy[t] -= need


@compiled
def place_draws(
    first, stop, shape, orders, durations, amounts, ceilings, longer, gate_weeks, people,
    start, finish, live, waits, status, concerns, paid,
):  # fmt: skip
    """Place draws first..stop; orders and ceilings may have one row for all draws, `longer`, `gate_weeks` and `people` none.
    `waits` (3, draws, activities)."""
    activities, years = durations.shape[1], amounts.shape[2]
    room, left = np.empty_like(shape.capacity), np.empty_like(ceilings[0])
    price, costs = np.empty((activities, years), dtype=np.int64), np.empty(activities, dtype=np.bool_)
    taken, due = np.empty((live.shape[1], years), dtype=np.int64), np.empty(years, dtype=np.int64)
    lengths, waited = np.empty(activities, dtype=np.int64), np.empty((3, activities), dtype=np.int64)
    windows, lasts = shape.windows.item.copy(), np.empty((activities, years if len(longer) else 1), dtype=np.int64)
    chain_at, chain, line_at, lines = shape.chains.at, shape.chains.item, shape.lines.at, shape.lines.item
    run_at, running, every = shape.running.at, shape.running.item, shape.every
    week_year, year_ends, year_weeks = shape.week_year, shape.year_ends, shape.year_weeks
    for d in range(first, stop):
        if len(people):
            share_people(shape.capacity, people[d], shape.year_ends, room)
        else:
            copy_table(shape.capacity, room)
        if len(gate_weeks):
            move_windows(shape.windows.item, shape.window_year, gate_weeks[d], windows)
        if len(longer):
            lengthen(durations[d], longer[d], lasts)
        else:
            for a in range(activities):
                lasts[a, 0] = durations[d, a]
        copy_table(ceilings[d if len(ceilings) > 1 else 0], left)
        order, amount = orders[d if len(orders) > 1 else 0], amounts[d]
        price_activities(line_at, lines, shape.spends, amount, price, costs)
        read, write = (lasts, costs, amount, price), (start[d], lengths, waited, live[d], status[d], concerns[d])
        place_draw(shape, windows, order, *read, room, left, *write, taken, due)
        for g in range(live.shape[1]):
            multi_year = shape.multi_year[g] != 0
            for n in range(chain_at[g], chain_at[g + 1]):
                a = chain[n]
                if live[d, g] < 0:
                    start[d, a] = -1
                    continue
                finish[d, a] = start[d, a] + lengths[a]
                for cause in range(3):
                    waits[cause, d, a] = waited[cause, a]
                for m in range(line_at[a], line_at[a + 1]):
                    paid_line = paid[d, lines[m]]
                    spread(amount, lines, m, m + 1, start[d, a], lengths[a], multi_year, week_year, year_ends, paid_line)
            if live[d, g] >= 0:
                for m in range(run_at[g], run_at[g + 1]):
                    upkeep(amount, running, m, m + 1, every, live[d, g], week_year, year_ends, year_weeks, paid[d, running[m]])
