"""Calibration of the outside view: fits worked by hand, coverage that theory gives, and files that cannot be used."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.calibration import OVERRUNS, coverage, fit, main, read_ratios
from egov_model.inputs.scenario import load_scenario


def test_fit_of_known_ratios():
    """1 to 101: P10 11, P50 51, P80 81, P90 91; the ten largest over the eleventh, 91."""
    made = fit(np.arange(1.0, 102.0))
    assert (made.p10, made.p50, made.p80, made.p90, made.largest) == pytest.approx((11, 51, 81, 91, 101))
    assert made.tail == pytest.approx(10 / sum(np.log(x / 91) for x in range(92, 102)))


def test_hill_finds_the_index_of_a_pareto_law():
    ratios = np.random.default_rng(2).pareto(2.0, 20_000) + 1
    assert fit(ratios).tail == pytest.approx(2.0, abs=0.15)


def test_an_interval_of_four_fifths_covers_four_fifths():
    share, low, high = coverage(np.random.default_rng(3).lognormal(0, 0.5, 2000), halvings=20)
    assert share == pytest.approx(0.8, abs=0.01) and low < share < high


def test_other_projects_are_not_covered():
    """Fitted on a narrow set, a wide one falls outside: the bar can be missed."""
    rng = np.random.default_rng(4)
    narrow, wide = fit(rng.lognormal(0, 0.1, 500)), rng.lognormal(0, 1.0, 500)
    assert np.mean((wide >= narrow.p10) & (wide <= narrow.p90)) < 0.3


def test_the_projects_own_data_pass(capsys):
    assert main(["--check"]) == 0
    printed = capsys.readouterr().out
    assert all(path.stem in printed for path in OVERRUNS.glob("*.csv"))


@pytest.mark.parametrize(
    ("file", "reference", "what"),
    [
        ("canada_dollars", "proyek-ti-kanada", "cost"),
        ("kitchenham_hours", "satu-penyedia", "cost"),
        ("kitchenham_days", "satu-penyedia", "weeks"),
    ],
)
def test_classes_of_the_pack_are_those_of_their_data(file, reference, what):
    row, ratios = load_scenario().rows["reference_classes"][reference], read_ratios(OVERRUNS / f"{file}.csv")
    assert row.quantiles(what) == pytest.approx(np.quantile(ratios, [0.1, 0.5, 0.8, 0.9]), abs=0.006)
    assert getattr(row, f"{what}_tail") == pytest.approx(fit(ratios).tail, abs=0.06)
    assert row.projects in (len(ratios), 145)


def test_data_that_change_between_halves_miss_the_bar(tmp_path, capsys):
    path = tmp_path / "flat.csv"
    path.write_text("id,planned,actual\n" + "".join(f"{n},10,10\n" for n in range(40)), encoding="utf-8")
    assert main([str(path), "--check"]) == 1  # every ratio is 1: the interval covers all
    assert "missed: coverage of flat" in capsys.readouterr().err


def test_ratios_are_actual_over_planned(tmp_path):
    path = tmp_path / "some.csv"
    path.write_text("id,planned,actual\n" + "".join(f"{n},4,{n}\n" for n in range(1, 11)), encoding="utf-8")
    assert read_ratios(path).tolist() == [n / 4 for n in range(1, 11)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id,plan,actual\n1,2,3\n", "no column planned"),
        ("id,planned,actual\n", "no column id, planned, actual"),
        ("id,planned,actual\n1,0,3\n2,x,3\n3,2,\n", "row 2, field planned: found '0'; allowed: a number above 0"),
        ("id,planned,actual\n1,2,3\n", "1 projects; at least 10 are needed"),
    ],
)
def test_files_that_cannot_be_used(tmp_path, capsys, text, says):
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    assert main([str(path)]) == 2
    assert says in capsys.readouterr().err


def test_a_file_that_is_not_there(tmp_path, capsys):
    assert main([str(tmp_path / "none.csv")]) == 2
    assert "none.csv" in capsys.readouterr().err
