"""Compiled search over which groups to place and in which order, for what a worth asks."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from egov_model.model.compiled import OPTIONS
from egov_model.model.compiled_groups import place_draw, price_activities
from egov_model.model.compiled_search import LATE, draw_below, move
from egov_model.model.shape import Lists

TOGGLE = 4  # one move in so many takes an optional group out or puts it back
LACKING = 1 << 55  # a required group without a place is worse than anything else
FINER = 1 << 22  # what decides between equal worths stays below this


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


@njit(**OPTIONS)
def flat_worth(flat, group, starts, live):
    """What go-live weeks (groups,; negative: none) and start weeks (activities,) are worth; `group` is that of each activity."""
    need_at, need = flat.need.at, flat.need.item
    total = 0
    for n in range(len(flat.value)):
        reached = True
        for m in range(need_at[n], need_at[n + 1], 2):
            reached &= 0 <= live[need[m]] <= need[m + 1]
        for k in range(flat.shares.at[n], flat.shares.at[n + 1]):
            if not reached:
                break
            s, counted = flat.shares.item[k], 0
            for q in range(flat.parts.at[s], flat.parts.at[s + 1]):
                part, done = flat.parts.item[q], True
                for m in range(flat.part_group.at[part], flat.part_group.at[part + 1]):
                    done &= 0 <= live[flat.part_group.item[m]] <= flat.share[s, 1]
                if done:
                    counted += flat.count[part]
            reached &= counted >= flat.share[s, 0]
        if reached:
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
    return total


@njit(**OPTIONS)
def search_choice(shape, order, size, duration, amount, ceiling, flat, group, finer, absent, required, tries, seed):
    """The best order found in `tries` moves, how many of its groups count (those behind are left out), and its value.

    Larger is better: worth first, then the least of `finer` (groups, weeks + 1) by go-live week and `absent` (groups,). `group` is that of
    each activity of the problem, also of those without length that stand for groups without activities.
    """
    activities, groups, years = len(duration), len(order), amount.shape[1]
    room, left = np.empty_like(shape.capacity), np.empty_like(ceiling)
    costs, price = np.empty(activities, dtype=np.bool_), np.empty((activities, years), dtype=np.int64)
    price_activities(shape.lines.at, shape.lines.item, shape.spends, amount, price, costs)
    starts, waits = np.zeros(len(group), dtype=np.int64), np.empty((3, activities), dtype=np.int64)
    live, status, concerns = np.empty(groups, dtype=np.int64), np.empty(groups, dtype=np.int64), np.empty(groups, dtype=np.int64)
    spent, due = np.empty(years, dtype=np.int64), np.empty(years, dtype=np.int64)
    state = np.array([seed], dtype=np.uint64)
    now, moved, best = order.copy(), order.copy(), order.copy()
    now_size = moved_size = best_size = size
    past = np.empty(LATE, dtype=np.int64)
    value = best_value = 0
    for k in range(tries + 1):
        moved_size = now_size
        if k:
            if draw_below(state, TOGGLE) == 0:
                at = draw_below(state, groups)
                g = now[at]
                if required[g]:
                    continue
                moved[:] = now
                if at < now_size:  # out: behind all that are placed
                    for m in range(at, groups - 1):
                        moved[m] = now[m + 1]
                    moved[groups - 1] = g
                    moved_size = now_size - 1
                else:  # back in: the last of those that are placed
                    for m in range(at, now_size, -1):
                        moved[m] = now[m - 1]
                    moved[now_size] = g
                    moved_size = now_size + 1
            elif now_size < 2 or not move(shape, now[:now_size], moved[:now_size], state):
                continue
            else:
                moved[now_size:] = now[now_size:]
        room[:] = shape.capacity
        left[:] = ceiling
        live[:] = -1
        placing = moved[:moved_size]
        write = (starts[:activities], waits, live, status, concerns)
        place_draw(shape, placing, duration, costs, amount, price, room, left, *write, spent, due)
        for a in range(activities, len(group)):
            starts[a] = live[group[a]]
        tried = flat_worth(flat, group, starts, live) * FINER
        for g in range(groups):
            if live[g] >= 0:
                tried -= finer[g, live[g]]
            else:
                tried -= absent[g]
                if required[g]:
                    tried -= LACKING
        if k == 0:
            past[:] = tried
            value = best_value = tried
            continue
        if tried >= value or tried >= past[k % LATE]:
            value, now_size = tried, moved_size
            now[:] = moved
            if value > best_value:
                best_value, best_size = value, now_size
                best[:] = now
        past[k % LATE] = max(past[k % LATE], value)
    return best, best_size, best_value
