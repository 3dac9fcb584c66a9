"""What scenarios are judged by, side by side: which is best, how far the others are from it, and which are worse in everything."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from egov_model.analysis.compare import headline
from egov_model.analysis.measures import reached
from egov_model.model.plan import Plan

LESS, MORE = -1, 1
CRITERIA = {"total_idr": LESS, "finish": LESS, "index": MORE, "initiatives": MORE, "services": MORE, "villages": MORE}


def criteria(plan: Plan) -> dict[str, object]:
    """A plan's value by each of CRITERIA: rupiah, last day of work (None: nothing is finished), index of the last scored year (None
    without one), initiatives with a place, services and villages reached by the end of the plan."""
    h, brought = headline(plan), reached(plan, plan.schedule.live[:1], plan.timeline.years[-1]).iloc[0]
    counts = {name: int(brought[name]) for name in ("services", "villages")}
    return {"total_idr": h.total_idr, "finish": h.finish, "index": h.index, "initiatives": h.placed, **counts}


@dataclass(frozen=True)
class Scores:
    """`values` (draws, scenarios, criteria) of CRITERIA; NaN where there is none, infinite for a finish that never comes."""

    scenarios: tuple[str, ...]
    values: np.ndarray

    @property
    def signed(self) -> np.ndarray:
        """Values of which more is better."""
        return self.values * np.array(list(CRITERIA.values()), dtype=float)


def scores(made: dict[str, dict[str, object]]) -> Scores:
    """The one draw of most likely values, from `criteria` by scenario; dates as day numbers."""

    def number(value: object) -> float:
        return float("nan") if value is None else float(value.toordinal() if hasattr(value, "toordinal") else value)

    return Scores(tuple(made), np.array([[[number(row[name]) for name in CRITERIA] for row in made.values()]]))


def dominated(found: Scores) -> np.ndarray:
    """Whether scenario b is no better than a by any criterion and worse by one, (draws, b, a); one without a value is set against none."""
    less, more = found.signed[:, :, None, :], found.signed[:, None, :, :]
    no_better = (more >= less) | (np.isnan(more) & np.isnan(less))
    return no_better.all(axis=3) & (more > less).any(axis=3)


def regret(found: Scores) -> np.ndarray:
    """How far each scenario is from the best of its draw by each criterion, (draws, scenarios, criteria); NaN without a value, infinite
    where it never comes to what another does."""
    signed = found.signed
    best = np.where(np.isnan(signed), -np.inf, signed).max(axis=1, keepdims=True)
    return less(np.broadcast_to(best, signed.shape), signed)


def less(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """One minus the other; two that are equal, be they infinite, differ by nothing."""
    same = one == other
    return np.where(same, 0.0, np.where(same, 0.0, one) - np.where(same, 0.0, other))


def regret_frame(found: Scores) -> pd.DataFrame:
    """One row per criterion and scenario: best_share (of draws in which none is better), regret_mean, regret_p90, regret_max (None where
    infinite), and minimax: whether no other scenario has a smaller largest regret, where that is finite. Regret in the criterion's unit,
    days for the finish."""
    far, rows = regret(found), []
    for c, name in enumerate(CRITERIA):
        known = [s for s in range(len(found.scenarios)) if not np.isnan(far[:, s, c]).any()]
        most = {s: float(far[:, s, c].max()) for s in known}
        for s in known:
            mine = far[:, s, c]
            p90 = float(np.quantile(mine, 0.9, method="inverted_cdf"))
            best, least = float((mine == 0).mean()), np.isfinite(most[s]) and most[s] == min(most.values())
            rows.append((name, found.scenarios[s], best, *(finite(x) for x in (mine.mean(), p90, most[s])), bool(least)))
    columns = ["criterion", "scenario", "best_share", "regret_mean", "regret_p90", "regret_max", "minimax"]
    return pd.DataFrame(rows, columns=columns)


def finite(number: float) -> float | None:
    """The number, or None for one that is not."""
    return float(number) if np.isfinite(number) else None
