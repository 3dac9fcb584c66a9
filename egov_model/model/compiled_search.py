"""Compiled search over orders of groups: move one, place again what comes behind, keep what is worth it."""

from __future__ import annotations

import numpy as np

from egov_model.model.compiled_groups import place_draw
from egov_model.model.compiled_payments import price_activities
from egov_model.model.copied import copy, copy_table
from egov_model.model.machine_code import compiled

REACH = 15  # places a group is moved at most
LATE = 50  # a move is kept that is no worse than the order was so many moves ago (late acceptance, Burke and Bykov 2017)
BLOCK = 4  # groups placed between two states of people and money that are kept
MULTIPLIER, INCREMENT = np.uint64(6364136223846793005), np.uint64(1442695040888963407)  # Knuth's generator of 64 bits


@compiled
def draw_below(state, n):
    """A whole number below `n` from the generator whose state is state[0]: the same on every machine."""
    state[0] = state[0] * MULTIPLIER + INCREMENT
    return np.int64((state[0] >> np.uint64(33)) % np.uint64(n))


@compiled
def move(shape, order, live, moved, state):
    """Fill `moved` with `order` after one group is put elsewhere, up to the next it follows or that follows it; the first and the last
    place that differ, or one place twice when nothing does.

    A group without a place (`live` below 0) goes anywhere, any other at most `REACH` places away.
    """
    n = len(order)
    at = draw_below(state, n)
    group = order[at]
    reach = n if live[group] < 0 else REACH
    to = min(max(at + draw_below(state, 2 * reach + 1) - reach, 0), n - 1)
    step = 1 if to > at else -1
    copy(order, moved)
    k = at
    while k != to:
        other = order[k + step]
        one, two = (group, other) if step > 0 else (other, group)
        for m in range(shape.after.at[two], shape.after.at[two + 1]):
            if shape.after.item[m] == one:
                to = k
                break
        if k == to:
            break
        moved[k] = other
        k += step
    moved[k] = group
    return min(at, k), max(at, k)


@compiled
def worth(cost, absent, live, longest):
    """What a schedule is worth, smaller is better: sum, or with `longest` the largest, of cost[g, week it goes live], and of `absent`."""
    total, most = 0, 0
    for g in range(len(live)):
        if live[g] < 0:
            total += absent[g]
        elif longest:
            most = max(most, cost[g, live[g]])
        else:
            total += cost[g, live[g]]
    return total + most


@compiled
def as_before(shape, groups, starts, starts_before, live, live_before):
    """Whether these groups have the dates they had."""
    for g in groups:
        if live[g] != live_before[g]:
            return False
        for n in range(shape.chains.at[g], shape.chains.at[g + 1]):
            if live[g] >= 0 and starts[shape.chains.item[n]] != starts_before[shape.chains.item[n]]:
                return False
    return True


@compiled
def search(shape, order, duration, amount, ceiling, cost, absent, longest, tries, seed):
    """The best order found in `tries` moves, and what its schedule is worth; see `reorder.better_order`.

    A move leaves what is placed before it as it is, and all of the schedule when the groups it passes keep their dates. Only blocks of
    groups from there on are placed again, from the people and the money that those before left.
    """
    activities, groups, years = len(duration), len(order), amount.shape[1]
    blocks, room, left = (groups + BLOCK - 1) // BLOCK, shape.capacity.copy(), ceiling.copy()
    # what is free before each block, twice: of the order now and of the one that is tried; `mine` says which is which
    rooms, lefts = np.empty((2, blocks, *room.shape), dtype=np.int64), np.empty((2, blocks, *left.shape), dtype=np.int64)
    mine, costs = np.zeros(blocks, dtype=np.int64), np.empty(activities, dtype=np.bool_)
    price = np.empty((activities, years), dtype=np.int64)
    price_activities(shape.lines.at, shape.lines.item, shape.spends, amount, price, costs)
    starts, waits = np.full(activities, -1, dtype=np.int64), np.empty((3, activities), dtype=np.int64)
    live, status, concerns = (np.full(groups, -1, dtype=np.int64), np.empty(groups, dtype=np.int64), np.empty(groups, dtype=np.int64))
    lengths, windows, lasts = np.empty(activities, dtype=np.int64), shape.windows.item, duration.reshape(activities, 1)
    taken, due = np.empty((groups, years), dtype=np.int64), np.empty(years, dtype=np.int64)
    read, write = (lasts, costs, amount, price), (starts, lengths, waits, live, status, concerns)
    state = np.array([seed], dtype=np.uint64)
    now, moved, best, starts_now, live_now = order.copy(), order.copy(), order.copy(), starts.copy(), live.copy()
    past = np.empty(LATE, dtype=np.int64)
    value = best_value = 0
    for k in range(tries + 1):
        first, last = move(shape, now, live_now, moved, state) if k else (0, groups - 1)
        if k and first == last:
            continue
        begin, end, same = first // BLOCK, blocks, False
        if k:
            copy_table(rooms[mine[begin], begin], room)
            copy_table(lefts[mine[begin], begin], left)
        copy(starts_now, starts)
        copy(live_now, live)
        for b in range(begin, blocks):
            if b > begin or k == 0:
                copy_table(room, rooms[1 - mine[b], b])
                copy_table(left, lefts[1 - mine[b], b])
            place_draw(shape, windows, moved[b * BLOCK : (b + 1) * BLOCK], *read, room, left, *write, taken, due)
            if k and b == last // BLOCK and as_before(shape, moved[first : last + 1], starts, starts_now, live, live_now):
                same, end = True, b + 1
                break
        tried = value if same else worth(cost, absent, live, longest)
        if k == 0:
            past.fill(tried)
            value = best_value = tried
        if tried <= value or tried <= past[k % LATE]:
            value = tried
            copy(moved, now)
            copy(starts, starts_now)
            copy(live, live_now)
            for b in range(begin + (k > 0), end):
                mine[b] = 1 - mine[b]
            if value < best_value:
                best_value = value
                copy(now, best)
        past[k % LATE] = min(past[k % LATE], value)
    return best, best_value
