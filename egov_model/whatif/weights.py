"""A focus group heard on the spot: points of those present, checked as their files are, and what their weights choose."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from egov_model.analysis.focus_group import Outcome, hear
from egov_model.inputs.catalogue import make_record
from egov_model.inputs.errors import InputError, Problems
from egov_model.inputs.focus_gates import Sheet, check_points
from egov_model.inputs.focus_group import FOLDER, Group, Participant, Points, load_group
from egov_model.model.plan import Plan
from egov_model.whatif.session import Session

PRESENT = "FGD"
SOURCE = "Disampaikan langsung pada FGD"


def group_of(session: Session) -> Group | None:
    """The group in the data pack's folder, for its criteria and scores; None when there is none."""
    folder = session.data / FOLDER
    return load_group(folder, session.base.plan.inputs) if folder.is_dir() else None


def person(group: Group, name: str, given: Mapping[str, str]) -> tuple[Participant, dict[str, float]]:
    """A participant and the points by criterion as typed; raises `InputError` in the words of the check."""
    problems, rows = Problems(), {}
    key = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    cells = {"id": key, "title_id": name, "title_en": name, "example": "n", "unit": "satu suara", "source": SOURCE, "evidence": "high"}
    row = make_record(Participant, cells, f"{FOLDER}/participants.csv", 0, problems)
    file = f"{FOLDER}/participants/{key}.csv"
    for criterion, points in given.items():
        made = make_record(Points, {"criterion": criterion, "points": points or "0"}, file, 0, problems)
        if made is not None:
            rows[criterion] = made
    check_points(Sheet(file, rows, dict.fromkeys(rows, 0), whole=not problems.found), tuple(group.criteria), problems)
    problems.stop()
    return row, {criterion: made.points for criterion, made in rows.items()}


def present(group: Group, people: Mapping[str, tuple[Participant, Mapping[str, float]]]) -> Group:
    """The group of those who are here alone; the folder's own when nobody has said anything."""
    if not people:
        return group
    participants = MappingProxyType({key: row for key, (row, _) in people.items()})
    points = MappingProxyType({key: given for key, (_, given) in people.items()})
    return replace(group, name=PRESENT, participants=participants, pairs=MappingProxyType({}), points=points)


def heard(plan: Plan, group: Group) -> Outcome:
    """What the group makes of a plan; raises `InputError` when nothing is open to a choice."""
    outcome = hear(plan, group)
    if not outcome.initiatives:
        raise InputError("every initiative of this scenario is mandatory, or needed by one that is: there is nothing to weigh")
    return outcome


def choice(outcome: Outcome) -> dict[str, bool]:
    """Each open initiative, and whether it fits under the group's weights."""
    return {row.initiative: bool(row.in_group) for row in outcome.ranking.itertuples()}
