"""What moved since the last issue of a plan's reports, and which inputs changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from egov_model.analysis import confidence, served
from egov_model.analysis.compare import headline
from egov_model.analysis.drawn import Outlook
from egov_model.inputs.issues import Issue, IssuedFigures, IssuedInitiative, TableChange, row_changes, row_hashes
from egov_model.model.plan import Plan


@dataclass(frozen=True)
class Since:
    """An issue, what its figures are now, and the inputs that changed."""

    issue: Issue
    now: IssuedFigures
    changes: tuple[TableChange, ...]

    @property
    def same(self) -> bool:
        """Whether nothing moved and nothing changed."""
        return self.now == self.issue.figures and not self.changes


def figures(plan: Plan, outlook: Outlook) -> IssuedFigures:
    """What is published of a plan."""
    h, half_most = headline(plan), confidence.quantiles(outlook.total_idr, [0.5, 0.8])
    late = int(confidence.quantiles(outlook.finish_week, [0.8])[0])
    return IssuedFigures(
        total_idr=h.total_idr,
        total_p50_idr=int(half_most[0]),
        total_p80_idr=int(half_most[1]),
        finish=h.finish,
        finish_p80=None if h.finish is None or late >= outlook.never else plan.timeline.last_day(late),
        ceilings_hold_share=round(float(confidence.held(outlook)["ceilings"]), 4),
        placed=h.placed,
        villages=int(served.island_frame(plan)["connected"].sum()),
        services=int(served.service_frame(plan)["go_live"].notna().sum()),
        hires=h.hires_planned,
        index=h.index,
    )


def initiatives_of(plan: Plan) -> dict[str, IssuedInitiative]:
    """Dates and money of every initiative that a plan promises."""
    schedule, network, day = plan.schedule, plan.network, plan.timeline.day
    money = np.zeros(len(network.groups), dtype=np.int64)
    np.add.at(money, network.line_group, schedule.paid_idr[0].sum(axis=1))
    made = {}
    for g, key in enumerate(network.groups):
        live = int(schedule.live[0, g])
        if live >= 0:
            begin = int(schedule.start[0, network.chains[g][0]]) if network.chains[g] else live
            made[key] = IssuedInitiative(starts=day(begin), live=day(live), total_idr=int(money[g]))
    return made


def issue_of(plan: Plan, outlook: Outlook, note: str = "") -> Issue:
    """A plan as it is published on its date of issue."""
    inputs = plan.inputs
    name, day = inputs.scenario.name, inputs.settings.issued_on
    told = {"figures": figures(plan, outlook), "rows": row_hashes(inputs), "initiatives": initiatives_of(plan)}
    return Issue(scenario=name, issued_on=day, note=note, data=inputs.model_hash[:16], **told)


def since_last(issues: Sequence[Issue], plan: Plan, outlook: Outlook) -> Since | None:
    """What moved since the last issue up to the plan's own date of issue; None when there is none but the plan's own.

    issues: the oldest first. One that was recorded on the plan's own date and tells the same is the plan's own.
    """
    now, rows, day = figures(plan, outlook), row_hashes(plan.inputs), plan.inputs.settings.issued_on
    for issue in reversed([each for each in issues if each.issued_on <= day]):
        found = Since(issue, now, row_changes(issue.rows, rows))
        if issue.issued_on < day or not found.same:
            return found
    return None
