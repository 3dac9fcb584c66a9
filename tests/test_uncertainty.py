"""What the pack says of distributions and correlations, and the messages for what cannot be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from tiny_pack import copy_of_tiny, with_changes

from egov_model.inputs.errors import InputError
from egov_model.inputs.scenario import load_scenario
from egov_model.inputs.uncertainty import GROUPS, contradictory, definite, distribution_of, group_matrix, normal_correlation

HEAD = "group,other,low,mode,high,unit,source,evidence\n"


def broken(tmp_path, rows: str) -> str:
    pack = copy_of_tiny(tmp_path)
    (pack / "correlations.csv").write_text(HEAD + "".join(f"{row},k,uji,assumption\n" for row in rows.split()), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario("baseline", pack)
    return str(caught.value)


def test_correlation_beyond_one_is_refused(tmp_path):
    said = broken(tmp_path, "prices,prices,0.1,0.3,1.5")
    assert "tiny/correlations.csv" in said and "row 2, field high: found '1.5'; allowed: 1 or less" in said


def test_negative_correlation_within_a_group_is_refused(tmp_path):
    assert "-0.2 within prices" in broken(tmp_path, "prices,prices,-0.3,-0.2,-0.1")


def test_unknown_group_is_refused_with_the_nearest(tmp_path):
    said = broken(tmp_path, "price,prices,0,0.2,0.3")
    assert "field group" in said and "did you mean 'prices'?" in said


def test_pair_named_both_ways_is_refused(tmp_path):
    said = broken(tmp_path, "prices,prices,0,0.5,0.6 effort,effort,0,0.5,0.6 prices,effort,0,0.1,0.2 effort,prices,0,0.2,0.3")
    assert "row 5, field other: found effort with prices, also in the row prices.effort" in said


def test_groups_that_go_together_more_than_within_are_refused(tmp_path):
    """Normal scores within: 2 sin(pi 0.2 / 6) = 0.2091 and 2 sin(pi 0.3 / 6) = 0.3129; their root product 0.2558, as a rank 0.245."""
    said = broken(tmp_path, "prices,prices,0,0.2,0.3 effort,effort,0,0.3,0.4 prices,effort,0,0.4,0.5")
    assert "row 4, field mode: found '0.4'; allowed: at most 0.24 either way" in said


def test_correlations_that_contradict_each_other_are_refused(tmp_path):
    within = " ".join(f"{group},{group},0,0.3,0.4" for group in ("prices", "effort", "durations"))
    said = broken(tmp_path, f"{within} prices,effort,0,0.25,0.3 prices,durations,0,0.25,0.3 effort,durations,-0.3,-0.2,0")
    assert "correlations of prices, effort, durations that contradict each other (not positive definite)" in said


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("triangular", "'triangular' is not; did you mean 'double-triangular'?"),
        ("pert price=lognormal", "'price=lognormal' is not; did you mean 'prices'?"),
        ("prices=pert", "'prices=pert' is not"),
        ("pert lognormal", "'lognormal' is not"),
    ],
)
def test_unknown_distribution_is_refused(tmp_path, value, says):
    with pytest.raises(InputError, match="settings.distribution") as caught:
        with_changes(tmp_path, f"set: {{settings.distribution: {value}}}")
    assert says in str(caught.value)


def test_distribution_of_a_group_goes_before_that_of_all():
    words = ("pert", "prices=lognormal")
    assert [distribution_of(words, group) for group in ("prices", "effort")] == ["lognormal", "pert"]


def test_rank_correlation_as_normal_scores_have_it():
    """Pearson: 1/2 by rank is 2 sin(15 degrees) = 0.5176 of normal scores; 1 stays 1."""
    assert normal_correlation(0.5) == pytest.approx(0.517638)
    assert normal_correlation(1) == pytest.approx(1)


def test_matrices_of_the_settings(tmp_path):
    rows = with_changes(tmp_path, "").rows["correlations"]
    assert not np.any(group_matrix(rows, "independent"))
    assert group_matrix(rows)[0][0] == pytest.approx(normal_correlation(0.3))
    full = np.array(group_matrix(rows, "full"))
    assert (full[:-1, :-1] == 1).all() and full[-1, -1] == 1 and not full[-1, :-1].any() and GROUPS[-1] == "ceilings"
    assert group_matrix(rows, "half")[0][1] == pytest.approx(normal_correlation(0.5))
    assert np.linalg.eigvalsh(group_matrix(load_scenario().rows["correlations"])).min() > 0


def test_three_that_cannot_go_together():
    """a with b and b with c by 0.9, a against c by 0.9: a determinant of 1 - 3 x 0.81 - 2 x 0.729 < 0; any two of them can."""
    matrix = [[1.0, 0.9, -0.9, 0.0], [0.9, 1.0, 0.9, 0.0], [-0.9, 0.9, 1.0, 0.0], [0.0, 0.0, 0.0, 1.0]]
    assert contradictory(matrix) == [0, 1, 2]
    assert definite(matrix, [0, 1, 3]) and not definite(matrix, [0, 1, 2])
    assert contradictory([[0.0, 0.5], [0.5, 1.0]]) == [0, 1] and contradictory([[0.0, 0.0], [0.0, 1.0]]) == []


@given(arrays(float, (4, 4), elements=st.floats(-1, 1)))
def test_definite_as_its_eigenvalues_say(values):
    matrix = (values + values.T) / 2 + np.diag([0.5, 0.2, 0.1, 0.3])
    least = np.linalg.eigvalsh(matrix).min()
    if abs(least) > 1e-6:
        assert definite(matrix.tolist(), range(4)) == (least > 0)
