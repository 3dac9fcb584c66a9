"""Compiled loops of serial schedule generation: activities by list, every role of a week checked in one or a few machine words."""

from __future__ import annotations

import numpy as np

from egov_model.model.copied import copy
from egov_model.model.machine_code import compiled

FIELD, STEP, PER_WORD = 14, 16, 4  # bits of a role's free capacity, bits from one to the next, and roles in a word
GUARD = np.int64(sum(1 << (FIELD + STEP * k) for k in range(PER_WORD)))  # the bit above a field: gone when a demand exceeds what is free


@compiled
def serial(order, duration, ptr, before, lag, demand, room, gate, start):
    """Start every activity of `order` at its earliest week; fills `start` (-1: no place) and uses up `room` (weeks, words).

    `ptr`, `before`, `lag`: predecessors of activity a are before[ptr[a]:ptr[a+1]]. `gate` (activities, weeks + 1): the next week it may
    start, or an empty array when it may always. Returns the last finish, or -1 when something has no place.
    """
    weeks, words = room.shape
    end, fits = 0, True
    for k in range(len(order)):
        a = order[k]
        length = duration[a]
        at = 0
        possible = True
        for p in range(ptr[a], ptr[a + 1]):
            b = before[p]
            if start[b] < 0:
                possible = False
                break
            ready = start[b] + duration[b] + lag[p]
            if ready > at:
                at = ready
        last = weeks - length
        while possible:
            if gate.size and at <= last:
                at = gate[a, at]
            if at > last:
                possible = False
                break
            week = at + length - 1
            # from the last week backwards: a week without room rules out every start up to itself
            while week >= at:
                free = True
                for w in range(words):
                    if (room[week, w] - demand[a, w]) & GUARD != GUARD:
                        free = False
                        break
                if not free:
                    break
                week -= 1
            if week < at:
                break
            at = week + 1
        if not possible:
            start[a] = -1
            fits = False
            continue
        start[a] = at
        for week in range(at, at + length):
            for w in range(words):
                room[week, w] -= demand[a, w]
        end = max(end, at + length)
    return end if fits else -1


@compiled
def by_time(key, most, order, count):
    """Fill `order` with activities by rising `key` (0 to most), equal keys by number; `count` is scratch of most + 2."""
    for t in range(most + 2):
        count[t] = 0
    for a in range(len(key)):
        count[key[a] + 1] += 1
    for t in range(most + 1):
        count[t + 1] += count[t]
    for a in range(len(key)):
        order[count[key[a]]] = a
        count[key[a]] += 1


@compiled
def reverse_time(start, end, duration, n, mirrored):
    """Times of the same schedule seen from its end."""
    for a in range(n):
        mirrored[a] = end - start[a] - duration[a]


@compiled
def improve(start, end, duration, forward, backward, demand, capacity, order, count, room, mirrored, passes):
    """Forward-backward improvement: justify to the right, then to the left, while it shortens, `passes` times at most; returns the end.

    `forward` and `backward` are (ptr, before, lag) of the network and of the network turned round; capacity (words,) is that of every week.
    """
    none = np.empty((0, 0), dtype=np.int32)
    n = len(start)
    for _ in range(passes):
        reverse_time(start, end, duration, n, mirrored)
        by_time(mirrored, end, order, count)
        refill(room, capacity, end + 1)
        turned = serial(order, duration, backward[0], backward[1], backward[2], demand, room, none, mirrored)
        for a in range(n):
            mirrored[a] = turned - mirrored[a] - duration[a]
        by_time(mirrored, turned, order, count)
        refill(room, capacity, turned + 1)
        shorter = serial(order, duration, forward[0], forward[1], forward[2], demand, room, none, mirrored)
        if shorter >= end:
            if shorter == end:
                copy(mirrored, start)
            return end
        copy(mirrored, start)
        end = shorter
    return end


@compiled
def refill(room, capacity, weeks):
    for t in range(min(weeks, room.shape[0])):
        for w in range(room.shape[1]):
            room[t, w] = capacity[w]


@compiled
def list_by_priority(priority, ptr, before, follow_ptr, follow, order):
    """Fill `order` with the activities whose predecessors stand, the smallest (priority, number) first, by a binary heap."""
    n = len(priority)
    heap = np.empty(n, dtype=np.int32)
    waits = np.empty(n, dtype=np.int32)
    size, k = 0, 0
    for a in range(n):
        waits[a] = ptr[a + 1] - ptr[a]
        if waits[a] == 0:
            size = _push(heap, size, a, priority)
    while size:
        a = heap[0]
        size -= 1
        heap[0] = heap[size]
        _sink(heap, size, priority)
        order[k] = a
        k += 1
        for p in range(follow_ptr[a], follow_ptr[a + 1]):
            b = follow[p]
            waits[b] -= 1
            if waits[b] == 0:
                size = _push(heap, size, b, priority)


@compiled
def _less(a, b, priority):
    return priority[a] < priority[b] or (priority[a] == priority[b] and a < b)


@compiled
def _push(heap, size, a, priority):
    i = size
    heap[i] = a
    while i and _less(heap[i], heap[(i - 1) // 2], priority):
        heap[i], heap[(i - 1) // 2] = heap[(i - 1) // 2], heap[i]
        i = (i - 1) // 2
    return size + 1


@compiled
def _sink(heap, size, priority):
    i = 0
    while 2 * i + 1 < size:
        child = 2 * i + 1
        if child + 1 < size and _less(heap[child + 1], heap[child], priority):
            child += 1
        if not _less(heap[child], heap[i], priority):
            return
        heap[i], heap[child] = heap[child], heap[i]
        i = child


@compiled
def place_rows(first, stop, orders, priorities, duration, forward, backward, follow, demand, room, gate, passes, starts, ends):
    """Place draws first..stop: by `orders` (1 or draws, activities), or by `priorities` where orders is empty; improve `passes` times."""
    weeks, words = room.shape
    n = duration.shape[1]
    free = np.empty_like(room)
    order, scratch, mirrored = np.empty(n, dtype=np.int32), np.empty(n, dtype=np.int32), np.empty(n, dtype=np.int32)
    count = np.empty(weeks + 3, dtype=np.int32)
    for d in range(first, stop):
        for t in range(weeks):
            for w in range(words):
                free[t, w] = room[t, w]
        if orders.size:
            copy(orders[d if len(orders) > 1 else 0], order)
        else:
            list_by_priority(priorities[d], forward[0], forward[1], follow[0], follow[1], order)
        end = serial(order, duration[d], forward[0], forward[1], forward[2], demand, free, gate, starts[d])
        if passes and end > 0:
            end = improve(starts[d], end, duration[d], forward, backward, demand, room[0], scratch, count, free, mirrored, passes)
        ends[d] = end
