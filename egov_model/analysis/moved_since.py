"""What has moved since an issue of a plan: dates and money of its initiatives, its totals, its forecast, and the data behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from egov_model.analysis.compare import headline
from egov_model.analysis.forecast import Forecast
from egov_model.analysis.issued import initiatives_of
from egov_model.inputs.errors import InputError, listed
from egov_model.inputs.issues import Issue, row_changes, row_hashes
from egov_model.model.plan import Plan

TOTAL, FINISH, FORECAST_FINISH, FORECAST_TOTAL, IN, OUT, STARTS, LIVE, COSTS, INPUT = (
    "total", "finish", "forecast_finish", "forecast_total", "in", "out", "starts", "live", "costs", "input",
)  # fmt: skip


@dataclass(frozen=True)
class Move:
    """One thing that an issue and today say differently: its kind, the initiative or table it is about, and both values (dates, rupiah;
    None: not known). Of a table `after` is how many of its rows differ."""

    kind: str
    about: str
    before: date | int | None
    after: date | int | None


def issue_at(issues: Sequence[Issue], scenario: str, day: date) -> Issue:
    """The last issue on or before a day; `issues` the oldest first. Raises InputError when there is none."""
    found = [one for one in issues if one.issued_on <= day]
    if not found:
        known = listed(str(one.issued_on) for one in issues) or "none; egov issue records one"
        raise InputError(f"--since {day}: no issue of {scenario} on or before it; recorded: {known}")
    return found[-1]


def moved_since(issue: Issue, plan: Plan, ahead: Forecast | None = None) -> list[Move]:
    """What has moved, the plan as a whole first, then initiatives, then tables of data.

    Initiatives of an issue that was recorded without their dates are left out.
    """
    now, told = headline(plan), issue.figures
    made = [Move(TOTAL, "", told.total_idr, now.total_idr), Move(FINISH, "", told.finish, now.finish)]
    if ahead is not None:
        week, total = (int(np.quantile(values, 0.8, method="inverted_cdf")) for values in (ahead.finish_week, ahead.total_idr))
        end = None if week >= ahead.never else plan.timeline.last_day(week)
        made += [Move(FORECAST_FINISH, "", told.finish_p80, end), Move(FORECAST_TOTAL, "", told.total_p80_idr, total)]
    old, new = issue.initiatives, initiatives_of(plan)
    if old:
        made += [Move(OUT, key, row.live, None) for key, row in old.items() if key not in new]
        made += [Move(IN, key, None, row.live) for key, row in new.items() if key not in old]
        for key, row in new.items():
            if key in old:
                before = old[key]
                made += [Move(STARTS, key, before.starts, row.starts), Move(LIVE, key, before.live, row.live)]
                made.append(Move(COSTS, key, before.total_idr, row.total_idr))
    made += [Move(INPUT, change.table, None, change.count) for change in row_changes(issue.rows, row_hashes(plan.inputs))]
    return [move for move in made if move.before != move.after]
