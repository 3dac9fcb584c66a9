"""Effort of the tiny pack's one application, step by step through the published formulas."""

from __future__ import annotations

import math

import pytest
from tiny_pack import TINY, with_changes

from egov_model.inputs.scenario import load_scenario
from egov_model.model.software import software_effort


def test_one_application_by_hand():
    """`surat`: 100 FP, integrate: equivalent size from the reuse model, then A x KSLOC^E x product of the multipliers."""
    inputs = load_scenario("baseline", TINY)
    made = software_effort(inputs)
    values, ratings, reuse = inputs.rows["effort_values"], inputs.rows["ratings"], inputs.rows["reuse"]
    dm, cm, im, su, unfm, aa = (
        reuse[f"integrate.{p}"].mode
        for p in ("design_modified", "code_modified", "integration_modified", "software_understanding", "unfamiliarity", "assessment")
    )
    aaf = 0.4 * dm + 0.3 * cm + 0.3 * im
    aam = (aa + aaf * (1 + 0.02 * su * unfm)) / 100 if aaf <= 50 else (aa + aaf + su * unfm) / 100
    ksloc = 100 * values["sloc_per_function_point.web."].mode / 1000 * aam
    chosen = {name: row.rating for name, row in ratings.items()}
    scale = sum(values[f"scale_factor.{n}.{chosen[n]}"].mode for n in ("PREC", "FLEX", "RESL", "TEAM", "PMAT"))
    multipliers = [v.mode for v in values.values() if v.kind == "effort_multiplier" and chosen[v.parameter] == v.rating]
    assert len(multipliers) == 17
    exponent = 0.91 + 0.01 * scale
    assert made.applications == ("surat",)
    assert made.equivalent_ksloc[0] == pytest.approx(ksloc)
    assert made.effort.mode[0] == pytest.approx(0.35 * 2.94 * ksloc**exponent * math.prod(multipliers))
    assert made.effort.low[0] <= made.effort.mode[0] <= made.effort.high[0]
    assert made.effort.low[0] <= made.effort.second[0] <= made.effort.high[0]


def test_what_is_kept_takes_no_effort(tmp_path):
    assert software_effort(with_changes(tmp_path, "set: {applications.surat.treatment: keep}")).applications == ()


def test_what_is_kept_does_not_stand_beside_what_is_worked_on(tmp_path):
    """The register of 50 FP belongs to the initiative too, and is kept as it is."""
    size = ", ".join(f"applications.warga.{field}: 50" for field in ("size_fp_low", "size_fp", "size_fp_high"))
    made = software_effort(with_changes(tmp_path, f"set: {{applications.warga.initiative: aplikasi, {size}}}"))
    alone = software_effort(load_scenario("baseline", TINY))
    assert made.applications == ("surat",)
    assert made.equivalent_ksloc.tolist() == alone.equivalent_ksloc.tolist() and made.effort.mode.tolist() == alone.effort.mode.tolist()


def test_twice_the_size_is_more_than_twice_the_work(tmp_path):
    (tmp_path / "a").mkdir()
    one = software_effort(load_scenario("baseline", TINY)).effort.mode[0]
    body = "set: {applications.surat.size_fp_low: 100, applications.surat.size_fp: 200, applications.surat.size_fp_high: 300}"
    assert software_effort(with_changes(tmp_path / "a", body)).effort.mode[0] > 2 * one


def test_a_package_leaves_a_third_of_the_work(tmp_path):
    """AAF = 0.4 x 5 + 0.3 x 15 + 0.3 x 60 = 24.5; AAM = (4 + 24.5 x (1 + 0.02 x 30 x 0.5)) / 100 = 0.3585; 100 FP x 41 SLOC."""
    inputs = with_changes(tmp_path, "set: {applications.surat.treatment: replace, applications.surat.package: y}")
    assert software_effort(inputs).equivalent_ksloc[0] == pytest.approx(4.1 * 0.3585)


def test_a_package_of_somebody_else_is_adopted_as_any(tmp_path):
    """An application that is adopted or integrated is not ours to change: the treatment's own shares hold."""
    inputs = with_changes(tmp_path, "set: {applications.surat.package: y}")
    assert software_effort(inputs).equivalent_ksloc[0] == pytest.approx(
        software_effort(load_scenario("baseline", TINY)).equivalent_ksloc[0]
    )


def test_local_calibration_shortens_effort_and_time(tmp_path):
    """Half of k_A halves the effort; time then falls with effort to the power D + 0.2 (E - B), and half of k_C halves it again."""
    one = software_effort(load_scenario("baseline", TINY))
    half = "set: {effort_values.calibration.effort..low: 0.1, effort_values.calibration.effort..mode: 0.175, "
    other = software_effort(
        with_changes(tmp_path, half + "effort_values.calibration.schedule..low: 0.2, effort_values.calibration.schedule..mode: 0.35}")
    )
    assert other.effort.mode[0] == pytest.approx(one.effort.mode[0] / 2)
    assert other.months[0] == pytest.approx(one.months[0] * 0.5**one.months_power / 2)


def test_time_and_second_method_by_hand(tmp_path):
    """`surat`, 100 FP with a pressed schedule (75 %): TDEV of the effort at a nominal schedule; use cases of a small application (120 FP):
    actors 3 x 3, use cases 4 x 5 + 3 x 10, so 59 points, x 100 / 120 x TCF 1.0 x ECF 1.01 x 20 h / 152 h x the reuse model."""
    inputs = with_changes(tmp_path, "set: {ratings.SCED.rating: very_low}")
    made, values, ratings = software_effort(inputs), inputs.rows["effort_values"], inputs.rows["ratings"]
    scale = sum(values[f"scale_factor.{n}.{ratings[n].rating}"].mode for n in ("PREC", "FLEX", "RESL", "TEAM", "PMAT"))
    multipliers = [
        v.mode for v in values.values()
        if v.kind == "effort_multiplier" and v.parameter != "SCED" and ratings[v.parameter].rating == v.rating
    ]  # fmt: skip
    ksloc, exponent = made.equivalent_ksloc[0], 0.91 + 0.01 * scale
    nominal = 0.35 * 2.94 * ksloc**exponent * math.prod(multipliers)
    assert made.effort.mode[0] == pytest.approx(1.43 * nominal)  # SCED very low
    power = 0.28 + 0.2 * (exponent - 0.91)
    assert made.months_power == pytest.approx(power)
    local = values["calibration.schedule."].mode
    assert made.months[0] == pytest.approx(local * 3.67 * nominal**power * 0.75)
    modifier = ksloc / (100 * values["sloc_per_function_point.web."].mode / 1000)
    assert made.effort.second[0] == pytest.approx(59 * 100 / 120 * 1.0 * 1.01 * 20 / 152 * modifier)
    assert made.function_points.tolist() == [100] and made.hours_per_person_month == 152


def test_a_package_is_adapted_where_one_is_built_as_well(tmp_path):
    inputs = with_changes(tmp_path, "set: {applications.surat.treatment: build, applications.surat.package: y}")
    assert software_effort(inputs).equivalent_ksloc[0] == pytest.approx(4.1 * 0.3585)


def test_an_application_without_size_or_of_a_single_point(tmp_path):
    one = "set: {applications.surat.size_fp_low: 0, applications.surat.size_fp: %d, applications.surat.size_fp_high: 9}"
    (tmp_path / "a").mkdir()
    assert software_effort(with_changes(tmp_path / "a", one % 1)).function_points.tolist() == [1]
    (tmp_path / "b").mkdir()
    assert software_effort(with_changes(tmp_path / "b", one % 0)).applications == ()
