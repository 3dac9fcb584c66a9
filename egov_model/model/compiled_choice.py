"""Compiled search over which groups to place and in which order, for what a worth asks."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from egov_model.model.compiled_groups import place_draw
from egov_model.model.compiled_payments import price_activities
from egov_model.model.compiled_search import LATE, draw_below, move
from egov_model.model.copied import copy, copy_table
from egov_model.model.machine_code import compiled
from egov_model.model.shape import Lists

KINDS = 8  # of so many moves one takes an optional group out or puts it back, one changes the year before which a group does not begin
LACKING = 1 << 54  # a required group without a place is worse than anything but
TOO_LATE = 1 << 58  # a group live after its last week: what runs and would be switched off
FINER = 1 << 26  # what decides between equal worths stays below this
MOST = 1 << 27  # and worths below this
YEAR = 52  # weeks
KICK = 6  # moves kept whatever comes, when a tenth of all tries found nothing better and the search goes back to the best


class Flat(NamedTuple):
    """A worth as flat arrays. `need` and `part_group` hold (group, week) and groups one after another; `share` (least, by) of each share;
    `joint` (joints, weeks + 1); `start` (tables, weeks + 1) of the activities `start_at`."""

    value: np.ndarray  # (gains,)
    need: Lists  # by gain: group, week, group, week, ...
    shares: Lists  # shares by gain
    share: np.ndarray  # (shares, 2)
    parts: Lists  # parts by share
    count: np.ndarray  # (parts,)
    part_group: Lists  # groups by part
    joint_group: Lists  # groups by joint
    joint: np.ndarray
    start_at: np.ndarray
    start: np.ndarray


@compiled
def flat_worth(flat, group, starts, live):
    """What go-live weeks (groups,; negative: none) and start weeks (activities,) are worth, and how far gains are from being reached.

    `group` is that of each activity. The second number is weeks: of each gain that is missed, how late each of its needs is, at most YEAR
    and as much for one that never comes; of a share the part of YEAR that it lacks.
    """
    need_at, need = flat.need.at, flat.need.item
    total, short = 0, 0
    for n in range(len(flat.value)):
        before = short
        for m in range(need_at[n], need_at[n + 1], 2):
            week = live[need[m]]
            short += YEAR if week < 0 else min(max(week - need[m + 1], 0), YEAR)
        for k in range(flat.shares.at[n], flat.shares.at[n + 1]):
            s, counted = flat.shares.item[k], 0
            for q in range(flat.parts.at[s], flat.parts.at[s + 1]):
                part, done = flat.parts.item[q], True
                for m in range(flat.part_group.at[part], flat.part_group.at[part + 1]):
                    done &= 0 <= live[flat.part_group.item[m]] <= flat.share[s, 1]
                if done:
                    counted += flat.count[part]
            if counted < flat.share[s, 0]:
                short += max(1, YEAR * (flat.share[s, 0] - counted) // flat.share[s, 0])
        if short == before:
            total += flat.value[n]
    for n in range(len(flat.joint)):
        last, whole = 0, True
        for m in range(flat.joint_group.at[n], flat.joint_group.at[n + 1]):
            g = flat.joint_group.item[m]
            whole &= live[g] >= 0
            last = max(last, live[g])
        if whole:
            total += flat.joint[n, last]
    for n in range(len(flat.start_at)):
        a = flat.start_at[n]
        if live[group[a]] >= 0:
            total += flat.start[n, starts[a]]
    return total, short


@compiled
def take_out_or_back(now, size, required, moved, state):
    """Fill `moved` with `now`, of which the first `size` count, after one optional group is put behind or back; how many count then."""
    groups = len(now)
    at = draw_below(state, groups)
    g = now[at]
    if required[g]:
        return size
    copy(now, moved)
    if at < size:  # out: behind all that count
        for m in range(at, groups - 1):
            moved[m] = now[m + 1]
        moved[groups - 1] = g
        return size - 1
    for m in range(at, size, -1):  # back: the last of those that count
        moved[m] = now[m - 1]
    moved[size] = g
    return size + 1


@compiled
def search_choice(
    shape, order, size, duration, amount, ceiling, flat, group, finer, absent, required, latest, earliest, nearer, soft, tries, seed
):
    """The best order found in `tries` moves, how many of its groups count (those behind are left out), the week before which each group
    does not begin, and its value.

    Larger is better: first that no group is live after its week of `latest` (groups,), then that all groups are placed that are `required`
    (groups,; so many times as it says), then worth, then
    the least of `finer` (groups, weeks + 1) by go-live week and `absent` (groups,). `group` is that of each activity of the problem, also
    of those without length that stand for groups without activities. `earliest` (groups,) is where the search begins; that of `shape` is
    never undercut, and is used as scratch. On its way the search also likes to come nearer to gains it misses, at `nearer` a week; with
    `soft` the nearest counts as the best.
    """
    activities, groups, years = len(duration), len(order), amount.shape[1]
    room, left = np.empty_like(shape.capacity), np.empty_like(ceiling)
    costs, price = np.empty(activities, dtype=np.bool_), np.empty((activities, years), dtype=np.int64)
    price_activities(shape.lines.at, shape.lines.item, shape.spends, amount, price, costs)
    starts, waits = np.zeros(len(group), dtype=np.int64), np.empty((3, activities), dtype=np.int64)
    live, status, concerns = np.empty(groups, dtype=np.int64), np.empty(groups, dtype=np.int64), np.empty(groups, dtype=np.int64)
    taken, due = np.empty((groups, years), dtype=np.int64), np.empty(years, dtype=np.int64)
    lengths, windows, lasts = np.empty(activities, dtype=np.int64), shape.windows.item, duration.reshape(activities, 1)
    state = np.array([seed], dtype=np.uint64)
    now, moved, best = order.copy(), order.copy(), order.copy()
    least, moved_early = shape.earliest.copy(), shape.earliest  # the latter is what place_draw reads
    now_early, best_early = np.maximum(earliest, least), np.maximum(earliest, least)
    now_size = moved_size = best_size = size
    past = np.empty(LATE, dtype=np.int64)
    value = best_value = 0
    since = kicked = 0
    for k in range(tries + 1):
        since += 1
        if since > max(50, tries // 10):
            since, kicked, now_size = 0, KICK, best_size
            copy(best, now)
            copy(best_early, now_early)
        moved_size = now_size
        copy(now_early, moved_early)
        if k:
            kind = draw_below(state, KINDS)
            if kind == 0:
                moved_size = take_out_or_back(now, now_size, required, moved, state)
                if moved_size == now_size:
                    continue
            elif kind == 1:
                g, year = now[draw_below(state, max(1, now_size))], draw_below(state, years)
                moved_early[g] = max(least[g], shape.year_ends[year - 1] if year else 0)
                if moved_early[g] == now_early[g]:
                    continue
                copy(now, moved)
            else:
                if now_size < 2:
                    continue
                first, last = move(shape, now[:now_size], live, moved[:now_size], state)
                if first == last:
                    continue
                copy(now[now_size:], moved[now_size:])
        copy_table(shape.capacity, room)
        copy_table(ceiling, left)
        live.fill(-1)
        placing = moved[:moved_size]
        read, write = (lasts, costs, amount, price), (starts[:activities], lengths, waits, live, status, concerns)
        place_draw(shape, windows, placing, *read, room, left, *write, taken, due)
        for a in range(activities, len(group)):
            starts[a] = live[group[a]]
        earned, short = flat_worth(flat, group, starts, live)
        result = earned * FINER
        for g in range(groups):
            if 0 <= live[g] <= latest[g]:
                result -= finer[g, live[g]]
            elif live[g] >= 0:
                result -= TOO_LATE
            else:
                result -= absent[g]
                result -= LACKING * required[g]
        tried = result - nearer * short
        if soft:
            result = tried
        if k == 0:
            past.fill(tried)
            value, best_value = tried, result
            continue
        if kicked or tried >= value or tried >= past[k % LATE]:
            value, now_size = tried, moved_size
            copy(moved, now)
            copy(moved_early, now_early)
            if kicked:
                kicked -= 1
                past.fill(value)
            if result > best_value:
                since, best_value, best_size = 0, result, now_size
                copy(now, best)
                copy(now_early, best_early)
        past[k % LATE] = max(past[k % LATE], value)
    return best, best_size, best_early, best_value
