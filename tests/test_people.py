"""Supply of people by hand: attrition, formations, holidays."""

from __future__ import annotations

import numpy as np
import pytest
from tiny_pack import with_changes

from egov_model.model.people import by_month, project_capacity_milli_fte, supply_fte, working_share
from egov_model.model.timeline import make_timeline


def both(tmp_path, body=""):
    inputs = with_changes(tmp_path, body)
    return inputs, make_timeline(inputs.settings)


def test_one_analyst_then_two(tmp_path):
    supply = supply_fte(*both(tmp_path))[0]
    assert supply[:53].tolist() == [1.0] * 53  # the formation arrives on 1 January 2028, after week 52 began
    assert supply[53:].tolist() == [2.0] * 52


def test_a_late_formation_arrives_a_year_later(tmp_path):
    assert supply_fte(*both(tmp_path, "set: {settings.hiring_delay_years.value: 1}"))[0].max() == 1.0


def test_attrition_halves_in_a_year(tmp_path):
    supply = supply_fte(*both(tmp_path, "set: {roles.analis.attrition: 0.5}"))[0]
    assert supply[0] == 1.0
    assert supply[52] == pytest.approx(0.5 ** (364 / 365.25))
    assert supply[53] == pytest.approx(0.5 ** (371 / 365.25) + 1)


def test_a_holiday_takes_its_days_of_a_week(tmp_path):
    holiday = "{name: Libur, first: 2027-01-04, last: 2027-01-08, capacity: 0.3, unit: bagian, source: uji, evidence: assumption}"
    body = f"add: {{holidays: [{holiday}]}}"
    share = working_share(*both(tmp_path, body))
    assert share[0] == pytest.approx(1 - 0.7 * 4 / 7)  # Monday to Thursday of the week from Friday 1 January
    assert share[1] == pytest.approx(1 - 0.7 * 1 / 7)  # Friday 8 January
    assert share[2] == 1


def test_projects_get_their_share_in_whole_thousandths(tmp_path):
    capacity = project_capacity_milli_fte(*both(tmp_path, "set: {roles.analis.project_share: 0.333}"))
    assert capacity[0, 0] == 333 and capacity[0, 60] == 666 and capacity.dtype == np.int64


def test_mean_by_month(tmp_path):
    _, timeline = both(tmp_path)
    weekly = np.zeros(timeline.weeks)
    weekly[0] = 1.0
    assert by_month(weekly, timeline)[0] == pytest.approx(1 / 5)  # January 2027 has five Fridays
    assert by_month(np.ones(timeline.weeks), timeline).tolist() == [1.0] * 24
