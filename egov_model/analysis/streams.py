"""Streams of percentiles, each keyed by (seed, name, draw): what else is drawn, and in how many parts, changes none of them.

A stream is a Latin hypercube in batches of `BATCH` draws: in each batch every 500th part of (0, 1) is taken once, in a shuffled order.
"""

from __future__ import annotations

from hashlib import blake2b

import numpy as np

from egov_model.model.machine_code import compiled

BATCH = 500
GOLDEN, MIX_1, MIX_2 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
U30, U27, U31, U11, U32 = (np.uint64(n) for n in (30, 27, 31, 11, 32))
BELOW_ONE = 1 - 2.0**-53


def stream_keys(seed: int, names: tuple[str, ...]) -> np.ndarray:
    """One key a name, uint64: the first eight bytes of blake2b of seed and name."""
    digests = [blake2b(f"{seed}/{name}".encode(), digest_size=8).digest() for name in names]
    return np.array([int.from_bytes(d, "little") for d in digests], dtype=np.uint64)


@compiled
def mixed(state):
    """SplitMix64's finalizer (Steele, Lea, Flood 2014)."""
    z = (state ^ (state >> U30)) * MIX_1
    z = (z ^ (z >> U27)) * MIX_2
    return z ^ (z >> U31)


@compiled
def fill_batch(key, batch, out):
    """Percentiles of one batch of a stream, into `out` (BATCH,): parts shuffled by Fisher and Yates, then a point in each."""
    state = mixed(key + mixed(np.uint64(batch) + GOLDEN))
    for n in range(BATCH):
        out[n] = n
    for n in range(BATCH - 1, 0, -1):
        state += GOLDEN
        k = np.int64(((mixed(state) >> U32) * np.uint64(n + 1)) >> U32)
        out[n], out[k] = out[k], out[n]
    for n in range(BATCH):
        state += GOLDEN
        inside = (np.float64(np.int64(mixed(state) >> U11)) + 0.5) * 2.0**-53
        out[n] = min((out[n] + inside) / BATCH, BELOW_ONE)


@compiled
def counted(base, draw):
    """The percentile of one draw of a stream without parts, each draw by itself; `base` is the stream's key, mixed."""
    return (np.float64(np.int64(mixed(base + np.uint64(draw + 1) * GOLDEN) >> U11)) + 0.5) * 2.0**-53


@compiled
def unit(key, draw):
    """The same by the key itself."""
    return counted(mixed(key), draw)


@compiled
def _fill(keys, first, out):
    batch = np.empty(BATCH)
    for s in range(len(keys)):
        for b in range(first // BATCH, (first + out.shape[0] + BATCH - 1) // BATCH):
            fill_batch(keys[s], b, batch)
            for n in range(max(b * BATCH, first), min((b + 1) * BATCH, first + out.shape[0])):
                out[n - first, s] = batch[n - b * BATCH]


def percentiles(seed: int, names: tuple[str, ...], draws: int, first: int = 0) -> np.ndarray:
    """Percentiles in (0, 1) of the draws `first` to `first + draws` of the named streams, shape (draws, names)."""
    out = np.empty((draws, len(names)))
    _fill(stream_keys(seed, names), first, out)
    return out
