"""Everything uncertain of a scenario, drawn: `sampler` makes ready what all draws share, `sample` draws some of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from egov_model.analysis.drawn import Sample
from egov_model.analysis.inside import inside_view
from egov_model.analysis.reference import Outside, draw_outside, make_outside
from egov_model.analysis.sample_events import Events, draw_events, make_events
from egov_model.analysis.sample_points import Points, draw_points, make_points
from egov_model.analysis.streams import BATCH
from egov_model.model.prepare import Prepared

PILOT_SEED, PILOT_DRAWS = 0, BATCH  # draws by which the inside view is measured, the same whatever the seed


@dataclass(frozen=True)
class Sampler:
    """What every draw of a scenario shares; made once, whatever the number of parts."""

    prepared: Prepared
    points: Points
    events: Events
    outside: Outside

    def sample(self, seed: int, draws: int, first: int = 0) -> Sample:
        """The draws `first` to `first + draws` of the streams of `seed`; the same numbers whatever the parts."""
        if draws < 1 or first < 0:
            raise ValueError(f"draws {draws}, first {first}: expected at least one draw, from 0 on")
        factors, point_rank = draw_points(self.points, seed, draws, first)
        happened = draw_events(self.events, seed, draws, first)
        overruns, outside_rank = draw_outside(self.outside, seed, draws, first)
        weeks = np.ones((draws, len(self.prepared.network.groups)))
        weeks[:, self.outside.groups] = overruns[1]
        cost = happened.cost
        cost[:, self.outside.groups] *= overruns[0][:, :, None]
        return Sample(
            seed=seed,
            first=first,
            factors=factors,
            names=self.points.inputs.names + self.outside.names,
            rank=np.hstack([point_rank, outside_rank]),
            risks=self.events.risks,
            happened=happened.happened,
            cost=cost,
            running=happened.running,
            weeks=weeks,
            longer=happened.longer,
            gate_weeks=happened.gate_weeks,
            people=happened.people,
            ceiling=happened.ceiling,
            response_idr=self.events.response_idr,
        )


def sampler(prepared: Prepared) -> Sampler:
    """Distributions, correlations, reference classes and risks of a scenario, ready to be drawn from."""
    inputs, of_plan = prepared.inputs, (prepared.inputs, prepared.timeline, prepared.network)
    points = make_points(inputs)
    # the whole register as it stands: what the outside view adds must not depend on which risks are switched off or answered
    pilot = draw_points(points, PILOT_SEED, PILOT_DRAWS)[0], draw_events(make_events(*of_plan), PILOT_SEED, PILOT_DRAWS)
    outside = make_outside(inputs, prepared.network.groups, inside_view(prepared, *pilot))
    return Sampler(prepared, points, make_events(*of_plan, inputs.settings.risks_off, inputs.settings.risk_responses), outside)


def sample(prepared: Prepared, seed: int, draws: int, first: int = 0) -> Sample:
    """Draws `first` to `first + draws` of everything uncertain; who draws in parts makes one `sampler` and asks that."""
    return sampler(prepared).sample(seed, draws, first)
