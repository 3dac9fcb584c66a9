"""Three-point inputs as drawn: quantiles, means, correlations, and sums whose answers are known."""

from __future__ import annotations

from dataclasses import fields
from functools import cache

import numpy as np
import pytest
from scipy.special import ndtr, ndtri
from tiny_pack import TINY, with_changes

from egov_model.analysis.distributions import fit
from egov_model.analysis.sample_points import SCORES, draw_points, factor_loadings, make_points
from egov_model.inputs.scenario import load_scenario
from egov_model.inputs.uncertainty import GROUPS, group_matrix
from egov_model.model.factors import Factors

DRAWS = 10_000


@cache
def drawn(setting: str, distribution: str = "double-triangular"):
    changes = {"settings.correlation": setting, "settings.distribution": distribution}
    points = make_points(load_scenario("baseline", overrides=changes))
    return points, *draw_points(points, 5, DRAWS)


@pytest.mark.parametrize("distribution", ["double-triangular", "lognormal", "pert"])
def test_tables_are_near_the_exact_quantiles(distribution):
    """At P10 and P90 and halfway between the entries, by the distance of P10 and P90 and, far out, of the mode."""
    points = drawn("group", distribution)[0]
    z = np.array([ndtri(0.1), ndtri(0.9), *(SCORES[100:900:7] + SCORES[101:901:7]) / 2])
    found = points.inputs
    exact = fit(distribution, found.low, found.mode, found.high).quantile(ndtr(z))
    looked = np.array([np.interp(z, SCORES, row) for row in points.tables])
    distance = np.maximum((found.high - found.low)[:, None], np.abs(exact - found.mode[:, None]))
    assert np.abs((looked - exact) / distance).max() < 5e-5


def test_every_input_has_its_stated_quantiles_and_mean():
    points, factors, rank = drawn("group")
    found = points.inputs
    mean, variance = fit("double-triangular", found.low, found.mode, found.high).moments()
    assert np.abs((rank < 0.1).mean(axis=0) - 0.1).max() < 0.012
    assert np.abs((rank > 0.9).mean(axis=0) - 0.1).max() < 0.012
    values = np.column_stack([getattr(factors, f).reshape(DRAWS, -1)[:, c] for f, c in zip(found.field, found.column, strict=True)])
    free = found.low > 0.2 * found.high  # nothing is cut off at zero
    assert np.abs((values.mean(axis=0) - mean) / np.sqrt(variance))[free].max() < 0.04
    assert np.abs((values < found.low).mean(axis=0) - 0.1)[found.low > 0].max() < 0.012
    assert (values >= found.floor).all()
    assert np.abs((values > found.high).mean(axis=0) - 0.1).max() < 0.012


@cache
def rank_correlations(setting: str) -> np.ndarray:
    """Of every input with every other."""
    return np.corrcoef(drawn(setting)[2].argsort(axis=0).argsort(axis=0).T)


def ranks_by_group(setting, a, b):
    """Mean rank correlation of inputs of two groups."""
    group = drawn(setting)[0].inputs.group
    at, other = np.flatnonzero(group == a), np.flatnonzero(group == b)
    cells = rank_correlations(setting)[np.ix_(at, other)]
    return cells[~np.eye(len(at), dtype=bool)].mean() if a == b else cells.mean()


def test_rank_correlations_are_reached():
    """Of every row of correlations.csv, and none where there is no row."""
    for row in load_scenario().rows["correlations"].values():
        a, b = GROUPS.index(row.group), GROUPS.index(row.other)
        assert ranks_by_group("group", a, b) == pytest.approx(row.mode, abs=0.02), f"{row.group} {row.other}"
    assert ranks_by_group("group", 0, GROUPS.index("ceilings")) == pytest.approx(0, abs=0.02)


@pytest.mark.parametrize(("setting", "wanted"), [("independent", 0.0), ("half", 0.5), ("full", 1.0)])
def test_correlation_settings(setting, wanted):
    prices, effort, ceilings = (GROUPS.index(g) for g in ("prices", "effort", "ceilings"))
    assert ranks_by_group(setting, prices, effort) == pytest.approx(wanted, abs=0.02)
    assert ranks_by_group(setting, ceilings, ceilings) == pytest.approx(wanted, abs=0.02)
    assert ranks_by_group(setting, prices, ceilings) == pytest.approx(0, abs=0.02)


def test_sum_of_independent_inputs_has_the_known_mean_and_spread():
    points, factors, _ = drawn("independent")
    found = points.inputs
    at = [n for n, field in enumerate(found.field) if field == "price_idr"]
    columns = found.column[at]
    mean, variance = fit("double-triangular", *(a[at] for a in (found.low, found.mode, found.high))).moments()
    total = factors.price_idr[:, columns].sum(axis=1)
    assert total.mean() == pytest.approx(mean.sum(), rel=0.001)
    assert total.std() == pytest.approx(np.sqrt(variance.sum()), rel=0.02)


def test_quantiles_of_inputs_that_move_as_one_add_up():
    points, factors, _ = drawn("full")
    found = points.inputs
    at = [n for n, field in enumerate(found.field) if field == "price_idr"]
    total = factors.price_idr[:, found.column[at]].sum(axis=1)
    spread = (found.high - found.low)[at].sum()
    assert np.quantile(total, 0.1) == pytest.approx(found.low[at].sum(), abs=0.01 * spread)
    assert np.quantile(total, 0.9) == pytest.approx(found.high[at].sum(), abs=0.01 * spread)


def test_loadings_of_groups_that_go_with_none():
    within, root = factor_loadings(np.diag([0.25, 0.0]))
    assert within == pytest.approx([0.5, 0.0]) and root == pytest.approx(np.eye(2))


def test_loadings_give_back_the_correlations():
    matrix = np.array(group_matrix(load_scenario().rows["correlations"]))
    within, root = factor_loadings(matrix)
    assert (root @ root.T) * np.outer(within, within) == pytest.approx(matrix, abs=1e-9)


def test_certain_inputs_stay_at_their_most_likely_value_in_every_draw():
    inputs = load_scenario("baseline", TINY)
    points = make_points(inputs)
    factors, _ = draw_points(points, 1, 50)
    drawn_at = {(f, int(c)) for f, c in zip(points.inputs.field, points.inputs.column, strict=True)}
    for field in fields(Factors):
        likely = getattr(points.likely, field.name)
        made = getattr(factors, field.name)
        assert made.shape == (50, *likely.shape[1:])
        for column in range(likely.shape[1] if likely.ndim == 2 else 1):
            if (field.name, column) not in drawn_at:
                assert (made.reshape(50, -1)[:, column] == likely.reshape(1, -1)[0, column]).all()


def test_a_pack_without_doubt_can_be_drawn(tmp_path):
    """Every three-point value made certain: no names, and the plan's own factors in each draw."""
    inputs = load_scenario("baseline", TINY)
    sets = []
    for table in ("prices", "cost_lines", "places", "escalation", "vat", "phases", "procurement", "ceilings"):
        sets += [f"{table}.{key}.{end}: {row.mode}" for key, row in inputs.rows[table].items() for end in ("low", "high")]
    sets += [f"technologies.{k}.{end}: {r.mode}" for k, r in inputs.rows["technologies"].items() for end in ("low", "high")]
    productivity = inputs.rows["effort_values"]["calibration.effort."].mode
    sets += [f"effort_values.calibration.effort..{end}: {productivity}" for end in ("low", "high")]
    points = make_points(with_changes(tmp_path, "set: {" + ", ".join(sets) + "}\ndrop: {applications: []}"))
    factors, rank = draw_points(points, 1, 3)
    assert rank.shape == (3, len(points.inputs.names))
    assert (factors.price_idr == points.likely.price_idr).all()
