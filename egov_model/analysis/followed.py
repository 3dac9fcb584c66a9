"""Everything that is said of a plan under way on one day, worked out together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from egov_model.analysis.early_warnings import Warned, early_warnings
from egov_model.analysis.forecast import Forecast, forecast
from egov_model.analysis.local_class import LOCAL, closed, with_local_class
from egov_model.analysis.standing import last_reported
from egov_model.analysis.tracking import Tracked, by_initiative, curve, quarters, track
from egov_model.model.plan import Plan


@dataclass(frozen=True)
class Followed:
    """A plan on a day (`as_of` None: nothing is reported, and `tracked`, `ahead` are None): tables as `tracking` makes them, the forecast,
    warnings, finished initiatives (`closed`), and whether these make a reference class of their own (`local`)."""

    as_of: date | None
    tracked: Tracked | None
    initiatives: pd.DataFrame
    curve: pd.DataFrame
    quarters: pd.DataFrame
    ahead: Forecast | None
    warnings: tuple[Warned, ...]
    closed: pd.DataFrame
    local: bool


def follow(
    plan: Plan, as_of: date | None = None, draws: int = 0, seed: int | None = None, progress: Callable[[int, int], None] | None = None
) -> Followed:
    """A plan on a day (the end of the last reported month when none is given), forecast over so many draws (none: no forecast).

    Raises InputError for a day outside the plan and for draws that cannot be.
    """
    day = last_reported(plan, as_of)
    table = quarters(plan, day)
    if day is None:
        return Followed(None, None, pd.DataFrame(), curve(plan, None), table, None, (), pd.DataFrame(), False)
    tracked = track(plan, day)
    frame = by_initiative(plan, tracked.reached)
    done = closed(plan, tracked.reached, frame) if len(frame) else pd.DataFrame()
    inputs = with_local_class(plan.inputs, done) if len(done) else plan.inputs
    ahead = forecast(replace(plan, inputs=inputs), day, draws, seed, progress) if draws else None
    warnings = tuple(early_warnings(plan, frame, table, day, ahead)) if len(frame) else ()
    return Followed(day, tracked, frame, curve(plan, day), table, ahead, warnings, done, LOCAL in inputs.rows["reference_classes"])
