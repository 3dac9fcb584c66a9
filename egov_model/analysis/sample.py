"""Everything uncertain of a scenario, drawn: `sampler` makes ready what all draws share, `sample` draws some of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from egov_model.analysis.drawn import Sample
from egov_model.analysis.sample_points import Points, draw_points, make_points
from egov_model.model.prepare import Prepared


@dataclass(frozen=True)
class Sampler:
    """What every draw of a scenario shares; made once, whatever the number of parts."""

    prepared: Prepared
    points: Points

    def sample(self, seed: int, draws: int, first: int = 0) -> Sample:
        """The draws `first` to `first + draws` of the streams of `seed`; the same numbers whatever the parts."""
        if draws < 1 or first < 0:
            raise ValueError(f"draws {draws}, first {first}: expected at least one draw, from 0 on")
        network, years = self.prepared.network, len(self.prepared.timeline.years)
        factors, rank = draw_points(self.points, seed, draws, first)
        groups = len(network.groups)
        return Sample(
            seed=seed,
            first=first,
            factors=factors,
            names=self.points.inputs.names,
            rank=rank,
            risks=(),
            happened=np.zeros((draws, 0, years), dtype=bool),
            cost=np.ones((draws, groups, years)),
            running=np.ones((draws, groups, years)),
            weeks=np.ones((draws, groups)),
            longer=np.zeros((draws, len(network.activities), years), dtype=np.int64),
            gate_weeks=np.zeros((draws, years), dtype=np.int64),
            people=np.ones((draws, len(network.roles), years)),
            ceiling=np.ones((draws, len(network.funds), years)),
            response_idr=np.zeros((len(network.funds), years), dtype=np.int64),
        )


def sampler(prepared: Prepared) -> Sampler:
    """Distributions, correlations, reference classes and risks of a scenario, ready to be drawn from."""
    return Sampler(prepared, make_points(prepared.inputs))


def sample(prepared: Prepared, seed: int, draws: int, first: int = 0) -> Sample:
    """Draws `first` to `first + draws` of everything uncertain; who draws in parts makes one `sampler` and asks that."""
    return sampler(prepared).sample(seed, draws, first)
