"""Sampling and critical path in one loop, no people, gates or money: what drawing and dating cost when nothing else is asked.

Durations come from tables of quantiles by a keyed hash of (seed, activity, draw) and are never stored.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from egov_model.model.machine_code import compiled

BITS = 10
CELLS, BLOCK = 1 << BITS, 512  # quantiles of a table; draws at a time, so that finishes stay in the cache
STEP, ONE, TWO = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35)
HIGH, LOW, REST = np.uint32(16), np.uint32(13), np.uint32(32 - BITS)


@compiled
def _finish(first, stop, keys, tables, before_at, before, finish):
    """Fill finish[first:stop] with the end of the last activity of each draw; activities stand behind those they follow."""
    activities = len(keys)
    ends, start, last = np.empty((activities, BLOCK), np.float32), np.empty(BLOCK, np.float32), np.empty(BLOCK, np.float32)
    for begin in range(first, stop, BLOCK):
        count = min(BLOCK, stop - begin)
        last[:] = np.float32(0)
        for a in range(activities):
            start[:] = np.float32(0)
            for n in range(before_at[a], before_at[a + 1]):
                row = ends[before[n]]
                for j in range(count):
                    start[j] = max(start[j], row[j])
            key, table, row = keys[a], tables[a], ends[a]
            for j in range(count):
                x = np.uint32(np.uint32(np.uint32(begin + j) * STEP) ^ key)
                x = np.uint32(np.uint32(x ^ np.uint32(x >> HIGH)) * ONE)
                x = np.uint32(np.uint32(x ^ np.uint32(x >> LOW)) * TWO)
                x = np.uint32(x ^ np.uint32(x >> HIGH))
                row[j] = start[j] + table[np.uint32(x >> REST)]
                last[j] = max(last[j], row[j])
        for j in range(count):
            finish[begin + j] = last[j]


def finishes(keys: np.ndarray, tables: np.ndarray, before_at: np.ndarray, before: np.ndarray, draws: int, threads: int = 2) -> np.ndarray:
    """Finish of every draw, float32 (draws,); `keys` uint32 (activities,), `tables` float32 (activities, CELLS) of equally likely
    durations, predecessors of activity a before[before_at[a]:before_at[a + 1]], all smaller than a. The same for any threads."""
    made = np.empty(draws, dtype=np.float32)
    blocks = -(-draws // BLOCK)
    edges = [min(draws, BLOCK * (blocks * n // threads)) for n in range(threads + 1)]
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda n: _finish(edges[n], edges[n + 1], keys, tables, before_at, before, made), range(threads)))
    return made


def plain(keys: list[int], tables: list[list[float]], before: list[list[int]], draw: int) -> float:
    """The finish of one draw in plain Python."""
    ends: list[np.float32] = []
    for key, table, follows in zip(keys, tables, before, strict=True):
        x = (draw * int(STEP) & 0xFFFFFFFF) ^ key
        x = ((x ^ (x >> 16)) * int(ONE)) & 0xFFFFFFFF
        x = ((x ^ (x >> 13)) * int(TWO)) & 0xFFFFFFFF
        x ^= x >> 16
        start = max((ends[b] for b in follows), default=np.float32(0))
        ends.append(np.float32(start + np.float32(table[x >> (32 - BITS)])))
    return float(max(ends))
