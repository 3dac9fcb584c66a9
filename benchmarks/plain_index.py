"""The maturity index of one draw in plain Python: what `outcomes.index_path` is measured against and must equal."""

from __future__ import annotations

from egov_model.model.conditions import NEVER, Conditions, Things, make_conditions
from egov_model.model.maturity import Need
from egov_model.model.outcomes import WEEKS_PER_YEAR
from egov_model.model.plan import Plan


class PlainIndex:
    """The schemes that score the years of a plan, with what every draw shares."""

    def __init__(self, plan: Plan):
        self.parts, self.most = plan.maturity, plan.inputs.settings.index_levels_per_year
        self.conditions = make_conditions(plan.inputs, plan.timeline, plan.drivers, plan.network.groups)
        self.staffed = {n.at_least: staffed_from(self.conditions, n.at_least) for part in self.parts for n in part.rules.needs}

    def index(self, live: list[int]) -> list[float]:
        """Index of every scored year when the groups of the plan go live in these weeks (-1: no place)."""
        weeks, made = [NEVER if week < 0 else week for week in live] + [NEVER], []
        for part in self.parts:
            rules = part.rules
            steps = range(rules.low + 1, rules.high + 1)
            asked: list[list[float]] = [[-1.0] * len(steps) for _ in rules.indicators]
            for need, stay in zip(rules.needs, rules.stay_years.tolist(), strict=True):
                begun = self._begun(need, weeks)
                met = NEVER if begun >= NEVER else begun + stay * WEEKS_PER_YEAR
                asked[need.indicator][need.level - steps[0]] = max(asked[need.indicator][need.level - steps[0]], met)
            outside, weights = rules.outside.tolist(), rules.weight.tolist()
            start = [level if kept else float(round(level)) for level, kept in zip(rules.start.tolist(), outside, strict=True)]
            reached = [self._climbed(asked[j], steps, level) for j, level in enumerate(start)]
            level = start
            for cut_off in part.cut_off.tolist():
                could = [rules.low + sum(week <= cut_off for week in of) for of in reached]
                level = [
                    begin if kept else min(max(now, before), before + self.most)
                    for begin, kept, now, before in zip(start, outside, could, level, strict=True)
                ]
                made.append(sum(weight * one for weight, one in zip(weights, level, strict=True)))
        return made

    @staticmethod
    def _climbed(asked: list[float], steps: range, start: float) -> list[float]:
        """Week in which each level is reached, one after another."""
        made, before = [], -1.0
        for step, week in zip(steps, asked, strict=True):
            if step > start:
                before = max(before, NEVER if week < 0 else week)
            made.append(before)
        return made

    def _begun(self, need: Need, weeks: list[int]) -> int:
        """First week in which a need is met, before any stay."""
        begun, conditions = max((weeks[g] for g in need.groups), default=0), self.conditions
        if need.condition in conditions.things:
            return max(begun, share_week(weeks, conditions.things[need.condition], need.at_least))
        if need.condition == "roles_on_board":
            return max(begun, self.staffed[need.at_least])
        if need.condition == "agencies_covered" and min(conditions.covered.get(i, 0) for i in need.initiatives) < need.at_least - 1e-9:
            return NEVER
        return begun


def staffed_from(conditions: Conditions, at_least: float) -> int:
    """First week in which so many of the roles are there."""
    return next((week for week, share in enumerate(conditions.staffed.tolist()) if share >= at_least - 1e-9), NEVER)


def share_week(weeks: list[int], things: Things, at_least: float) -> int:
    """First week in which `at_least` of the things are done."""
    done = sorted((max((weeks[g] for g in groups), default=0), n) for n, groups in enumerate(things.groups))
    there, wanted = 0, at_least * int(things.count.sum()) - 1e-9
    for week, n in done:
        there += int(things.count[n])
        if there >= wanted:
            return week
    return 0
