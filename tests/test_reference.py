"""The outside view: quantiles of a class, its tail, and what it adds to what the inside view says already."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.special import ndtr, ndtri
from tiny_pack import TINY, copy_of_tiny, with_changes

from egov_model.analysis.inside import Inside
from egov_model.analysis.reference import draw_outside, make_outside, ratio_logs, residual_logs
from egov_model.analysis.sample import sampler
from egov_model.analysis.sample_points import SCORES
from egov_model.inputs.errors import InputError
from egov_model.inputs.reference import class_of_kind
from egov_model.inputs.scenario import load_scenario
from egov_model.model.prepare import prepare

GROUPS = ("alat-desa", "aplikasi", "internet")  # the first two of kind beli, which has a class
NOTHING = Inside(np.zeros((2, 3)), np.zeros((2, 3)))


@cache
def tiny():
    return load_scenario("baseline", TINY)


def row():
    return tiny().rows["reference_classes"]["pembelian"]


def viewed(tmp_path, **settings):
    body = ", ".join(f"settings.{key}: {value}" for key, value in settings.items())
    return with_changes(tmp_path, f"set: {{{body}}}")


def test_stated_quantiles_hold():
    logs = ratio_logs(row(), "cost", ndtri(np.array([0.1, 0.5, 0.8, 0.9])))
    assert np.exp(logs) == pytest.approx([0.8, 1.1, 1.5, 2.0])


def test_tail_is_pareto_up_to_the_cap():
    """Index 2: one in 40 is 2 sqrt(0.1 / 0.025) = 4 times or more, one in a thousand would be 20 but the cap is 6."""
    logs = ratio_logs(row(), "cost", ndtri(np.array([0.975, 0.999])))
    assert np.exp(logs) == pytest.approx([4.0, 6.0])


def test_below_p10_the_curve_goes_on():
    """In logarithms as far below P10 as P50 lies above it, at the normal score of 2 x P10."""
    logs = ratio_logs(row(), "cost", 2 * ndtri(np.array([0.1])))
    assert np.exp(logs) == pytest.approx([0.8**2 / 1.1])


def test_nothing_known_inside_leaves_the_class_as_it_is():
    logs = ratio_logs(row(), "cost", SCORES)
    assert residual_logs(logs, SCORES, 0.0, 0.0) == pytest.approx(logs)


def test_inside_and_what_is_added_have_the_spread_of_the_class():
    """Two normal errors: inside 0.2, class 0.5, so that what is left is sqrt(0.25 - 0.04); the class's median is higher by 0.1."""
    logs = 0.1 + 0.5 * SCORES
    made = residual_logs(logs, SCORES, 0.0, 0.2)
    body = ndtri(0.9) > SCORES
    assert made[body] == pytest.approx(0.1 + np.sqrt(0.21) * SCORES[body], abs=1e-4)


def test_a_class_narrower_than_the_inside_view_adds_its_tail_alone():
    logs = ratio_logs(row(), "cost", SCORES)
    made = residual_logs(logs, SCORES, 0.3, 2.0)
    assert (made[SCORES < 1.28] == 0).all()
    assert made[-1] == pytest.approx(np.log(6 / 2), abs=1e-3)


@cache
def outside(weight: float = 1.0):
    inputs = replace(tiny(), settings=tiny().settings.model_copy(update={"risk_view": "blend", "outside_weight": weight}))
    return make_outside(inputs, GROUPS, NOTHING)


def test_drawn_factors_have_the_quantiles_of_the_class():
    made, rank = draw_outside(outside(), 3, 20_000)
    assert outside().groups.tolist() == [0, 1] and made.shape == (2, 20_000, 2) and rank.shape == (20_000, 4)
    for what, wanted in enumerate(([0.8, 1.1, 1.5, 2.0], [0.9, 1.2, 1.6, 2.0])):
        assert np.quantile(made[what, :, 0], [0.1, 0.5, 0.8, 0.9]) == pytest.approx(wanted, rel=0.02)
    assert made[0].max() <= 6 + 1e-9
    assert np.abs((rank < 0.5).mean(axis=0) - 0.5).max() < 0.015


def test_cost_and_weeks_go_together_and_initiatives_share_a_part():
    """Scores of cost and weeks 0.3; of two initiatives' costs the common share 0.2; of cost and the other's weeks 0.3 x 0.2."""
    z = ndtri(np.minimum(draw_outside(outside(), 3, 20_000)[1].astype(float), 1 - 1e-7))
    assert np.corrcoef(z[:, 0], z[:, 2])[0, 1] == pytest.approx(0.3, abs=0.02)
    assert np.corrcoef(z[:, 0], z[:, 1])[0, 1] == pytest.approx(0.2, abs=0.02)
    assert np.corrcoef(z[:, 0], z[:, 3])[0, 1] == pytest.approx(0.06, abs=0.02)


def test_half_the_weight_is_half_the_logarithm():
    whole, half = (draw_outside(outside(w), 3, 500)[0] for w in (1.0, 0.5))
    assert half == pytest.approx(np.sqrt(whole), rel=1e-4)


def test_parts_are_the_whole():
    whole, rank = draw_outside(outside(), 3, 1100)
    made, part = draw_outside(outside(), 3, 300, 450)
    assert (made == whole[:, 450:750]).all() and (part == rank[450:750]).all()


def test_inside_view_has_no_factors(tmp_path):
    made = sampler(prepare(viewed(tmp_path, risk_view="inside", risks_off="potong tender"))).sample(1, 100)
    assert (made.cost == 1).all() and (made.weeks == 1).all() and not [n for n in made.names if n.startswith("reference.")]


def test_what_is_switched_off_does_not_change_the_outside_view(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with_risks = sampler(prepare(viewed(tmp_path / "a"))).sample(1, 100)
    without = sampler(prepare(viewed(tmp_path / "b", risks_off="potong tender"))).sample(1, 100)
    assert (with_risks.weeks == without.weeks).all() and (with_risks.cost >= without.cost).all()


def test_initiatives_take_the_class_of_their_kind():
    assert class_of_kind(tiny().rows["reference_classes"]) == {"beli": row()}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (",0.8,1.1,", ",1.2,1.1,", "cost_p10, p50, p80, p90, cap are 1.2, 1.1, 1.5, 2, 6: expected each more than the one before"),
        ("4,0.3,0.2", "4,1.3,0.2", "field correlation: found '1.3'; allowed: 1 or less"),
        ("4,0.3,0.2", "4,0.3,1.2", "field common_share: found '1.2'; allowed: 1 or less"),
        ("beli", "bali", "did you mean 'beli'?"),
        (",6,0.9", ",nol,0.9", "field cost_cap"),
    ],
)
def test_impossible_classes_are_refused(tmp_path, old, new, says):
    pack = copy_of_tiny(tmp_path)
    path = pack / "reference_classes.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario("baseline", pack)
    assert "tiny/reference_classes.csv" in str(caught.value) and says in str(caught.value)


def test_a_kind_in_two_classes_is_refused(tmp_path):
    pack = copy_of_tiny(tmp_path)
    path = pack / "reference_classes.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + text.splitlines()[1].replace("pembelian", "lain") + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="beli, which pembelian stands for already"):
        load_scenario("baseline", pack)


def test_percentiles_are_those_of_the_scores():
    made, rank = draw_outside(outside(), 9, 50)
    logs = np.log(made[0, :, 0])
    z = ndtri(rank[:, 0].astype(float))
    assert logs == pytest.approx(ratio_logs(row(), "cost", z), abs=2e-3)
    assert ndtr(z) == pytest.approx(rank[:, 0], abs=1e-6)
