"""Who builds the software of each initiative, how long it takes, and how many own people it keeps busy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from egov_model.inputs.scenario import PlanInputs
from egov_model.model.effort import asn_person_months, calibration, split_delivery
from egov_model.model.software import Software, software_effort

BY_INTERFACE = "integrate"  # the treatment whose work is bought interface by interface
WEEKS_PER_MONTH = 365.25 / 12 / 7


@dataclass(frozen=True)
class Build:
    """Software of one initiative at most likely values.

    Person-months are COCOMO's (152 h); `weeks` of the phase that builds, `own_fte` people of the own staff during it. A vendor is paid
    person-months but for `integrate`, which is paid by interface. `parts` says which applications make the effort, `shares` by what
    part of all of it and `paid_shares` of what is paid by person-month; `weeks_power` how the weeks grow with effort.
    """

    delivery: str
    person_months: float
    vendor_person_months: float
    own_person_months: float
    weeks: float
    own_fte: float
    parts: np.ndarray  # columns of the applications
    shares: np.ndarray  # add up to 1
    paid_shares: np.ndarray  # add up to 1, or all 0
    weeks_power: float


def deliver(inputs: PlanInputs, software: Software | None = None) -> Mapping[str, Build]:
    r"""The builds of all initiatives that have software work, by initiative.

    A contract's applications are built side by side, so the largest sets the time; own people, of whom a project has a few, may take
    longer than that:

    .. math:: T = \max\left(\max_i TDEV_i,\ \frac{PM_{own,ASN}}{team}\right), \qquad FTE_{own} = \frac{PM_{own,ASN}}{T}
    """
    made = software or software_effort(inputs)
    rows, values = inputs.rows, inputs.rows["effort_values"]
    constants = calibration(values.values())
    vendor_share, oversight, team = (values[f"delivery.{name}."].mode for name in ("vendor_share", "oversight_share", "own_team_fte"))
    members: dict[str, list[int]] = {}
    for n, key in enumerate(made.applications):
        members.setdefault(rows["applications"][key].initiative, []).append(n)
    hows = [rows["initiatives"][key].delivery or inputs.settings.delivery for key in members]
    effort = made.effort.mode
    paid = effort * np.array([rows["applications"][key].treatment != BY_INTERFACE for key in made.applications], dtype=bool)
    totals, paid_totals = (np.array([of[parts].sum() for parts in members.values()]) for of in (effort, paid))
    own, vendor = np.zeros(len(hows)), np.zeros(len(hows))
    for how in set(hows):
        at = [n for n, other in enumerate(hows) if other == how]
        own[at] = split_delivery(totals[at], how, vendor_share, oversight).in_house_person_months
        vendor[at] = split_delivery(paid_totals[at], how, vendor_share, oversight).vendor_person_months
    asn = asn_person_months(own, constants, inputs.settings.asn_hours_per_year)
    builds = {}
    for n, (key, parts) in enumerate(members.items()):
        alone, months = float(made.months[parts].max()), float(asn[n]) / team
        time = max(alone, months)
        builds[key] = Build(
            hows[n], float(paid_totals[n]), float(vendor[n]), float(own[n]), time * WEEKS_PER_MONTH, float(asn[n]) / time,
            made.column[parts], effort[parts] / totals[n], paid[parts] / (paid_totals[n] or 1.0),
            1.0 if months > alone else made.months_power,
        )  # fmt: skip
    return builds


def effort_share(build: Build, effort: np.ndarray, shares: np.ndarray | None = None) -> np.ndarray:
    """How the build's effort in each draw compares with the most likely one, shape (draws,); effort (draws, applications) by 1.

    `shares`: of which part of the effort (None: all of it).
    """
    made = np.zeros(len(effort))
    for part, share in zip(build.parts, build.shares if shares is None else shares, strict=True):
        made += effort[:, part] * share  # in this order whatever the number of draws, which a matrix product does not promise
    return made
