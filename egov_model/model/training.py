"""Training days by row of training.csv: people of a group times their lesson hours, and the class days that takes of trainers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from egov_model.inputs.scenario import PlanInputs
from egov_model.inputs.training import DRIVER, Training
from egov_model.model.workload import class_days, training_days

Counts = Callable[[str, str], np.ndarray]  # (driver, initiative) -> shape (zones, years)


def people_taught(inputs: PlanInputs, row: Training, counts: Counts) -> np.ndarray:
    """People of a row's group, shape (zones, years): those of a role (on board and every formation) stand at the capital, as `one` does."""
    role = inputs.rows["roles"].get(row.group)
    if role is None:
        return row.people * counts(row.group, row.initiative)
    hired = sum(f.hires for f in inputs.rows["formations"].values() if f.role == row.group)
    return row.people * (role.on_board + hired) * counts("one", "")


def participant_days(inputs: PlanInputs, row: Training, counts: Counts) -> np.ndarray:
    """Participant-days of a row if it is taught in that year, shape (zones, years)."""
    return training_days(people_taught(inputs, row, counts), row.mode, inputs.settings.lesson_hours_per_day)


def linked_days(inputs: PlanInputs, counts: Counts) -> Mapping[tuple[str, str], np.ndarray]:
    """Participant-days by driver (`training_days_once`, `training_days_yearly`) and initiative, each of shape (zones, years)."""
    made: dict[tuple[str, str], np.ndarray] = {}
    for row in inputs.rows["training"].values():
        key = (DRIVER + row.timing, row.initiative)
        made[key] = made.get(key, 0.0) + participant_days(inputs, row, counts)
    return made


def trainer_days(inputs: PlanInputs, row: Training, counts: Counts) -> np.ndarray:
    """Class days of a row if it is taught in that year, over the whole regency, shape (years,): whole classes times days each."""
    people = people_taught(inputs, row, counts).sum(axis=0)
    return class_days(people, row.mode / inputs.settings.lesson_hours_per_day, row.class_size)
