"""The draws of a scenario one at a time in plain Python: what `Sampler.sample` is measured against and must equal.

`plain_sample(ready, seed, draw)` gives one draw as a `Sample` of its own, for `plain_risk.PlainDraws.draw(sample, 0)`; who wants
many makes one `PlainSamples(ready, seed)` and asks its `draw`, so that each batch of a stream is shuffled once. `ready` is a `Sampler`.
"""

from __future__ import annotations

import math
from dataclasses import fields

import numpy as np
from scipy.special import ndtr

from egov_model.analysis.compiled_points import CELLS, CELLS_U, FAR, LAST_CELL, MIDDLE, NEAR, OUTER, RANK_MOST, Z_MOST
from egov_model.analysis.drawn import Sample
from egov_model.analysis.sample import Sampler
from egov_model.analysis.sample_points import BY_PERCENTILE, SCORES
from egov_model.analysis.streams import BATCH, BELOW_ONE, stream_keys
from egov_model.inputs.risks import IMPACTS
from egov_model.inputs.uncertainty import GROUPS
from egov_model.model.factors import Factors

WHOLE, GOLDEN = (1 << 64) - 1, 0x9E3779B97F4A7C15
NEAR_MIDDLE_FAR = [[list(map(float, row)) for row in table] for table in (NEAR, MIDDLE, FAR)]


def mixed(state: int) -> int:
    """SplitMix64's finalizer."""
    z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 & WHOLE
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & WHOLE
    return z ^ (z >> 31)


def batch_of(key: int, batch: int) -> list[float]:
    """Percentiles of one batch of a stream."""
    state = mixed((key + mixed((batch + GOLDEN) & WHOLE)) & WHOLE)
    made: list[float] = list(range(BATCH))
    for n in range(BATCH - 1, 0, -1):
        state = (state + GOLDEN) & WHOLE
        k = (mixed(state) >> 32) * (n + 1) >> 32
        made[n], made[k] = made[k], made[n]
    for n in range(BATCH):
        state = (state + GOLDEN) & WHOLE
        made[n] = min((made[n] + ((mixed(state) >> 11) + 0.5) * 2.0**-53) / BATCH, BELOW_ONE)
    return made


def unit(key: int, draw: int) -> float:
    """The percentile of one draw by itself."""
    return ((mixed((mixed(key) + (draw + 1) * GOLDEN) & WHOLE) >> 11) + 0.5) * 2.0**-53


def _ratio(table: list[list[float]], x: float) -> float:
    above, below = table[0][7], table[1][7]
    for n in range(6, -1, -1):
        above, below = above * x + table[0][n], below * x + table[1][n]
    return above / below


def score(u: float, scores: list[float]) -> float:
    """Normal score of a percentile."""
    k = int(u * CELLS_U)
    if OUTER <= k < CELLS_U - OUTER:
        return scores[k] + (u * CELLS_U - k) * (scores[k + 1] - scores[k])
    near, middle, far = NEAR_MIDDLE_FAR
    q = u - 0.5
    if abs(q) <= 0.425:
        return q * _ratio(near, 0.180625 - q * q)
    r = math.sqrt(-math.log(min(u, 1.0 - u)))
    z = _ratio(middle, r - 1.6) if r <= 5.0 else _ratio(far, r - 5.0)
    return -z if q < 0 else z


def value(table: list[float], at: float) -> float:
    """A table at a place counted in its steps, straight between them."""
    k = int(at)
    return table[k] + (at - k) * (table[k + 1] - table[k])


class PlainSamples:
    """Draws of a scenario with what all of them share."""

    def __init__(self, ready: Sampler, seed: int):
        self.ready, self.seed = ready, seed
        self.batches: dict[tuple[str, int], list[float]] = {}
        self.scores, self.ranks = BY_PERCENTILE.tolist(), ndtr(SCORES).tolist()
        points, outside, events = ready.points, ready.outside, ready.events
        self.tables, self.root = points.tables.tolist(), points.root.tolist()
        self.common, self.own, self.floor = (a.tolist() for a in (points.common, points.own, points.inputs.floor))
        self.group, self.factors = points.inputs.group.tolist(), outside.tables.tolist()
        self.chances, self.sizes = events.chances.tolist(), events.sizes.tolist()
        self.keys = {name: self._key(name) for name in events.names}
        self.impact_keys = [int(key) for key in stream_keys(0, events.impact_names)]

    def _key(self, name: str) -> int:
        return int(stream_keys(self.seed, (name,))[0])

    def percentile(self, name: str, draw: int) -> float:
        """That of a stream in batches."""
        batch, place = divmod(draw, BATCH)
        if (name, batch) not in self.batches:
            self.batches[name, batch] = batch_of(self._key(name), batch)
        return self.batches[name, batch][place]

    def draw(self, draw: int) -> Sample:
        """One draw."""
        factors, ranks = self._points(draw)
        made, happened = self._events(draw)
        weeks = [1.0] * len(made["cost"])
        cost_ranks, weeks_ranks = [], []
        for n, (by, longer, of_cost, of_weeks) in enumerate(self._outside(draw)):
            group = int(self.ready.outside.groups[n])
            made["cost"][group] = [one * by for one in made["cost"][group]]
            weeks[group] = longer
            cost_ranks.append(of_cost)
            weeks_ranks.append(of_weeks)
        whole = {"longer", "gate_weeks"}
        arrays = {name: np.array([rows], dtype=np.int64 if name in whole else float) for name, rows in made.items()}
        return Sample(
            seed=self.seed,
            first=draw,
            factors=factors,
            names=self.ready.points.inputs.names + self.ready.outside.names,
            rank=np.array([ranks + cost_ranks + weeks_ranks], dtype=np.float32),
            risks=self.ready.events.risks,
            happened=np.array([happened], dtype=bool),
            weeks=np.array([weeks]),
            response_idr=self.ready.events.response_idr,
            **arrays,
        )

    def _looked_up(self, table: list[float], z: float) -> tuple[float, float]:
        """Value and percentile at a normal score."""
        at = min(max((z + Z_MOST) * (CELLS / (2 * Z_MOST)), 0.0), LAST_CELL)
        return value(table, at), min(value(self.ranks, at), RANK_MOST)

    def _score(self, name: str, draw: int) -> float:
        return score(self.percentile(name, draw), self.scores)

    def _points(self, draw: int) -> tuple[Factors, list[float]]:
        points = self.ready.points
        z = [self._score(f"common.{group}", draw) for group in GROUPS]
        common = [sum(r * one for r, one in zip(row, z, strict=True)) for row in self.root]
        made = {field.name: getattr(points.likely, field.name).copy() for field in fields(Factors)}
        ranks = []
        for j, name in enumerate(points.inputs.names):
            at = self.common[j] * common[self.group[j]]
            if self.own[j] > 0:
                at += self.own[j] * self._score(name, draw)
            drawn, rank = self._looked_up(self.tables[j], at)
            ranks.append(rank)
            array = made[points.inputs.field[j]]
            array[(0, points.inputs.column[j]) if array.ndim == 2 else 0] = max(drawn, self.floor[j])
        return Factors(**made), ranks

    def _outside(self, draw: int) -> list[tuple[float, float, float, float]]:
        """Factors on cost and weeks and their percentiles, by initiative with a class."""
        outside, made = self.ready.outside, []
        count = len(outside.groups)
        common = [self._score(f"common.reference.{what}", draw) for what in ("cost", "weeks")]
        for n in range(count):
            shared, together = float(outside.shared[n]), float(outside.together[n])
            alone, apart = math.sqrt(1.0 - shared * shared), math.sqrt(1.0 - together * together)
            z = [shared * common[w] + alone * self._score(outside.names[w * count + n], draw) for w in (0, 1)]
            z[1] = together * z[0] + apart * z[1]
            (cost, of_cost), (weeks, of_weeks) = (self._looked_up(self.factors[w][n], z[w]) for w in (0, 1))
            made.append((cost, weeks, of_cost, of_weeks))
        return made

    def _events(self, draw: int) -> tuple[dict[str, list], list[list[bool]]]:
        events, kinds = self.ready.events, tuple(IMPACTS)
        groups, activities, roles, funds, years = events.shape
        made: dict[str, list] = {
            "cost": [[1.0] * years for _ in range(groups)], "running": [[1.0] * years for _ in range(groups)],
            "longer": [[0] * years for _ in range(activities)], "gate_weeks": [0] * years,
            "people": [[1.0] * years for _ in range(roles)], "ceiling": [[1.0] * years for _ in range(funds)],
        }  # fmt: skip
        happened = [[False] * years for _ in events.risks]
        chance = [self._share(f"risks.{key}.probability", draw, table) for key, table in zip(events.risks, self.chances, strict=True)]
        for e, name in enumerate(events.names):
            risk, case, year = int(events.risk[e]), int(events.case[e]), int(events.year[e])
            if (unit(self.keys[name], draw) if events.alone[e] else self.percentile(name, draw)) >= chance[risk]:
                continue
            happened[risk][year] = True
            for i in range(int(events.impact_ptr[case]), int(events.impact_ptr[case + 1])):
                table = self.sizes[int(events.impact_size[i])]
                size = value(table, unit(self.keys[name] ^ self.impact_keys[i], draw) * (len(table) - 1))
                kind = kinds[int(events.impact_kind[i])]
                for t in range(year, min(year + int(events.impact_felt[i]), years)):
                    if kind == "gate_weeks":
                        made[kind][t] += round(size)
                    for k in events.target[events.target_ptr[i] : events.target_ptr[i + 1]].tolist():
                        if kind == "weeks":
                            made["longer"][k][t] += round(size)
                        else:
                            made[kind][k][t] *= 1.0 - size if kind in ("people", "ceiling") else 1.0 + size
        return made, happened

    def _share(self, name: str, draw: int, table: list[float]) -> float:
        at = self.percentile(name, draw) * (len(table) - 1)
        return value(table, min(at, len(table) - 1 - 1e-9))


def plain_sample(ready: Sampler, seed: int, draw: int) -> Sample:
    """One draw of a scenario."""
    return PlainSamples(ready, seed).draw(draw)
