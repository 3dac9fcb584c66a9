"""What draws share, by hand on the tiny network."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tiny_pack import TINY

from egov_model.inputs.scenario import load_scenario
from egov_model.model.compiled_groups import opens
from egov_model.model.prepare import prepare
from egov_model.model.shape import Lists, shape_of
from egov_model.model.timeline import Window

ALAT_DESA = 1  # groups: internet, alat-desa (activities 0 to 2), aplikasi (3 to 5)


@pytest.fixture(scope="module")
def network():
    return prepare(load_scenario("baseline", TINY)).network


def plain(lists: Lists) -> list[list[int]]:
    return [lists.item[lists.at[n] : lists.at[n + 1]].tolist() for n in range(len(lists.at) - 1)]


def opened(shape, week: int, length: int) -> int:
    first, stop = shape.windows.at[ALAT_DESA : ALAT_DESA + 2]
    return opens(shape.windows.item, first, stop, bool(shape.multi_year[ALAT_DESA]), week, length, shape.capacity.shape[1])


def test_lines_needs_and_years(network):
    shape = shape_of(network, 2)
    assert plain(shape.lines) == [[], [], [1], [], [], [3]]
    assert plain(shape.running) == [[0], [2], []]
    assert plain(shape.needs) == [[0, 500], [], [0, 500]] * 2
    assert plain(shape.chains) == [[], [0, 1, 2], [3, 4, 5]]
    assert shape.year_weeks.tolist() == [53, 52] and shape.year_ends.tolist() == [53, 105]


@pytest.mark.parametrize(
    ("week", "length", "multi", "first"),
    [
        (0, 8, False, 6),  # DPA on 12 February, the first day of week 6
        (6, 8, False, 6),
        (7, 8, False, 7),
        (42, 8, False, 42),  # weeks 42 to 49 end before the close at week 50
        (43, 8, False, 58),  # one week later does not: DPA of 2028, 11 February, is 406 days on
        (43, 8, True, 43),  # a multi-year contract need not end
        (44, 8, True, 58),  # but may not start after 29 October, in week 43
        (44, 200, True, 58),  # how long it lasts is for others to say
        (100, 1, False, 106),  # no window any more: beyond the plan
    ],
)
def test_first_week_a_window_allows(network, week, length, multi, first):
    made = shape_of(replace(network, multi_year=np.full(3, multi)), 2)
    assert opened(made, week, length) == first


def test_of_two_windows_the_earlier_start_counts_whatever_their_order(network):
    late, soon = Window(0, 20, 30, 50, False), Window(0, 5, 25, 50, True)
    for pair in ((late, soon), (soon, late)):
        shape = shape_of(replace(network, windows=(pair,) * 3), 2)
        assert [opened(shape, week, 1) for week in (0, 5, 22, 26, 31)] == [5, 5, 22, 26, 106]


def test_an_activity_may_need_several_roles(network):
    two = np.vstack([network.role_demand.T, 7 * (network.role_demand.T > 0)]).T  # each role's need and 7 thousandths of another
    assert plain(shape_of(replace(network, role_demand=two), 2).needs) == [[0, 500, 1, 7], [], [0, 500, 1, 7]] * 2
