"""Sobol indices: known answers, SALib's own order of samples, and the same numbers for the same seed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import qmc

from egov_model.analysis.sobol import block_groups, indices, mixed

BASE = 4096


def of_model(model, columns: int, group, base: int = BASE, seed: int = 7) -> pd.DataFrame:
    """Indices of a model of uniform inputs on (0, 1), from a scrambled Sobol sequence."""
    group, points = np.asarray(group), qmc.Sobol(2 * columns, seed=seed).random(base)
    groups = int(group.max()) + 1
    outputs = [model(mixed(points[:, :columns], points[:, columns:], group, block, groups)) for block in range(groups + 2)]
    return indices(np.array(outputs), [f"g{n}" for n in range(groups)])


def ishigami(u: np.ndarray) -> np.ndarray:
    """Ishigami and Homma 1990, a = 7, b = 0.1, inputs uniform on (-pi, pi)."""
    x = (2 * u - 1) * np.pi
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def ishigami_answer() -> tuple[list[float], list[float]]:
    """V1 = (1 + b pi^4 / 5)^2 / 2, V2 = a^2 / 8, V13 = b^2 pi^8 (1/18 - 1/50)."""
    a, b = 7.0, 0.1
    v1, v2, v13 = (1 + b * np.pi**4 / 5) ** 2 / 2, a**2 / 8, b**2 * np.pi**8 * (1 / 18 - 1 / 50)
    total = v1 + v2 + v13
    return [v1 / total, v2 / total, 0.0], [(v1 + v13) / total, v2 / total, v13 / total]


def test_ishigami():
    """Published: first 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437."""
    first, total = ishigami_answer()
    assert first == pytest.approx([0.3139, 0.4424, 0], abs=1e-4) and total == pytest.approx([0.5576, 0.4424, 0.2437], abs=1e-4)
    made = of_model(ishigami, 3, [0, 1, 2])
    assert made["first"].tolist() == pytest.approx(first, abs=0.01) and made["total"].tolist() == pytest.approx(total, abs=0.01)
    assert (np.abs(made["first"] - first) <= made["first_half"]).all() and (np.abs(made["total"] - total) <= made["total_half"]).all()


def test_ishigami_in_groups():
    """The first and the third input together make all but the second one's share, and nothing goes between the two groups."""
    (_, second, _), _ = ishigami_answer()
    made = of_model(ishigami, 3, [0, 1, 0])
    for name in ("first", "total"):
        assert made[name].tolist() == pytest.approx([1 - second, second], abs=0.01)


def test_an_additive_model_has_its_shares_of_variance():
    """4, 2 and 1 times uniform inputs: variances as 16 to 4 to 1; first and total are the same and add up to one."""
    made = of_model(lambda u: u @ np.array([4.0, 2.0, 1.0]), 3, [0, 1, 2])
    expected = [16 / 21, 4 / 21, 1 / 21]
    assert made["first"].tolist() == pytest.approx(expected, abs=0.002) and made["total"].tolist() == pytest.approx(expected, abs=0.002)


@pytest.mark.parametrize("shift", [0.0, 5e10])
def test_large_amounts_keep_their_indices(shift):
    made = of_model(lambda u: shift + 1e9 * (u @ np.array([4.0, 2.0, 1.0])), 3, [0, 1, 2])
    assert made["first"].tolist() == pytest.approx([16 / 21, 4 / 21, 1 / 21], abs=0.002)


def test_only_one_group_moves_the_model():
    made = of_model(lambda u: u[:, 1] ** 2, 3, [0, 1, 2], base=256)
    assert made["total"].tolist() == pytest.approx([0, 1, 0], abs=0.05) and made["first"].iloc[[0, 2]].abs().max() < 1e-12


def test_a_model_that_never_moves():
    made = indices(np.full((4, 8), 3.0), ["a", "b"])
    assert made["group"].tolist() == ["a", "b"] and not made.drop(columns="group").to_numpy().any()


def test_a_model_that_moves_only_between_the_samples():
    outputs = np.full((4, 8), 3.0)
    outputs[1, 2] = 5.0
    assert not indices(outputs, ["a", "b"]).drop(columns="group").to_numpy().any()


def test_samples_are_those_of_salib():
    from SALib.sample import sobol

    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0, 1]] * 3, "groups": ["x", "y", "x"]}
    theirs = sobol.sample(problem, 16, calc_second_order=False, seed=3)
    points = qmc.Sobol(6, seed=3).random(16)
    mine = np.array([mixed(points[:, :3], points[:, 3:], np.array([0, 1, 0]), block, 2) for block in range(4)])
    assert np.array_equal(mine.transpose(1, 0, 2).reshape(-1, 3), theirs)


@pytest.mark.parametrize(("block", "expected"), [(0, set()), (1, {0}), (2, {1}), (3, {0, 1})])
def test_who_takes_the_second_sample(block, expected):
    assert block_groups(block, 2) == expected


def test_a_wrong_number_of_blocks():
    with pytest.raises(ValueError, match="expected 4"):
        indices(np.zeros((3, 8)), ["a", "b"])


@pytest.mark.parametrize("seed", [0, 1, 99])
def test_the_same_seed_gives_the_same_bytes(seed):
    outputs = np.random.default_rng(5).normal(size=(4, 64))
    one, two = (indices(outputs, ["a", "b"], seed).to_csv() for _ in range(2))
    assert one == two and one != indices(outputs, ["a", "b"], seed + 1).to_csv()
