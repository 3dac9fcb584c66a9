"""The two records at which risk analysis meets: what is drawn (`Sample`), and what the plan becomes in each draw (`Outlook`)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from egov_model.model.factors import Factors


@dataclass(frozen=True)
class Sample:
    """Everything uncertain, drawn; row d is draw `first + d` of the streams of `seed`, whatever else is drawn beside it.

    `factors` are the three-point inputs. `names` are the continuous inputs as dotted keys and `rank` (draws, names), float32, the
    percentile in (0, 1) that each took. `happened` (draws, risks, years), bool, says which of `risks` came true in which year of the plan.
    What outside view and risks do to the plan, most likely values being 1 or 0:

    - `cost` (draws, groups, years): factor on the money of an initiative paid once in that year
    - `running` (draws, groups, years): factor on its running costs in that year
    - `weeks` (draws, groups): factor on the durations of its activities
    - `longer` (draws, activities, years), int64: weeks added to an activity that starts in that year
    - `gate_weeks` (draws, years), int64: weeks by which the budget documents of that year come later
    - `people` (draws, roles, years): share of a role's own people that is there
    - `ceiling` (draws, funds, years): share of a ceiling that is left
    - `response_idr` (funds, years), int64: what the responses that are switched on cost, the same in every draw; paid from the ceiling

    Groups are the initiatives in scope, activities and roles those of `Network`, years those of the plan.
    """

    seed: int
    first: int
    factors: Factors
    names: tuple[str, ...]
    rank: np.ndarray
    risks: tuple[str, ...]
    happened: np.ndarray
    cost: np.ndarray
    running: np.ndarray
    weeks: np.ndarray
    longer: np.ndarray
    gate_weeks: np.ndarray
    people: np.ndarray
    ceiling: np.ndarray
    response_idr: np.ndarray

    @property
    def draws(self) -> int:
        """Number of draws."""
        return len(self.rank)


@dataclass(frozen=True)
class Outlook:
    """What a scenario becomes in each draw, for the initiatives that its plan promises (`groups`: those placed at most likely values).

    Draws go on after the plan's last year (`years` are the plan's), so that what is pushed out still gets a date (see `model.horizon`);
    running costs count within the plan's years only.

    - `total_idr` (draws,), int64: all money of the promised initiatives, within the plan and after it
    - `by_year_idr` (draws, years + 1), int64: the same by year of payment, the last column what is paid after the plan
    - `by_group_idr` (draws, groups), int64
    - `need_idr`, `ceiling_idr` (draws, funds, years), int64: what the plan's own dates would cost in the draw, and what there is
    - `start`, `finish` (draws, activities) and `live` (draws, groups) weeks as in `Schedule`; -1: not even after the plan
    - `finish_week` (draws,): first week after all work; `never` where an initiative has no place at all
    - `within` (draws,), bool: every promised initiative is finished and paid within the plan's years
    - `index` (draws, years that are scored): maturity index of the whole scenario
    """

    scenario: str
    seed: int
    years: tuple[int, ...]
    groups: tuple[str, ...]
    activities: tuple[tuple[int, str], ...]
    funds: tuple[str, ...]
    never: int
    plan_total_idr: int
    plan_finish_week: int
    total_idr: np.ndarray
    by_year_idr: np.ndarray
    by_group_idr: np.ndarray
    need_idr: np.ndarray
    ceiling_idr: np.ndarray
    start: np.ndarray
    finish: np.ndarray
    live: np.ndarray
    finish_week: np.ndarray
    within: np.ndarray
    index: np.ndarray

    @property
    def draws(self) -> int:
        """Number of draws."""
        return len(self.total_idr)
