"""One parameter explained: the tiny plan, and every use found."""

from __future__ import annotations

import pytest
from tiny_pack import TINY, with_changes

from egov_model.analysis.explain import code_uses, explain
from egov_model.inputs.errors import InputError
from egov_model.inputs.scenario import load_scenario


@pytest.fixture(scope="module")
def inputs():
    return load_scenario("baseline", TINY)


def test_a_price(inputs):
    made = explain(inputs, "prices.alat")
    assert (made.key, made.value, made.range, made.unit, made.source, made.evidence) == (
        "prices.alat.mode",
        "10000000",
        "8000000 to 15000000",
        "unit",
        "uji",
        "low",
    )
    assert made.swing.startswith("total from Rp333,264,150 (P10) to Rp357,764,150 (P90): 7.2% of the total")  # 24.5 of 340.26 million
    assert made.data_uses == ("cost_lines.csv: alat-desa-alat (item)", "published.csv: alat-terbit (items)")
    assert any(use.startswith("model/factors.py:") and 'modes("prices")' in use for use in made.code_uses)


def test_a_setting_names_the_line_that_reads_it(inputs):
    made = explain(inputs, "settings.escalation_shift")
    assert made.value == "0" and made.swing == ""
    assert "model/factors.py" in [use.split(":")[0] for use in made.code_uses]


def test_a_changed_value_says_by_whom(tmp_path):
    made = explain(with_changes(tmp_path, "set: {prices.alat.mode: 9000000}"), "prices.alat.mode")
    assert (made.value, made.base, made.set_by) == ("9000000", "10000000", "case")


def test_a_row_that_others_follow(inputs):
    assert "initiatives.csv: aplikasi (after)" in explain(inputs, "initiatives.alat-desa.priority").data_uses


@pytest.mark.parametrize("key", ["prices.alt", "price.alat", "settings.escalation", "prices"])
def test_an_unknown_key_is_refused_with_a_hint(inputs, key):
    with pytest.raises(InputError, match=r"no parameter|did you mean"):
        explain(inputs, key)


def test_every_setting_is_used_somewhere():
    settings = load_scenario("baseline", TINY).rows["settings"]
    idle = [
        key
        for key in settings
        if key not in ("issued_on", "base_price_year", "personnel_limit_share", "lesson_hours_per_year", "first_year", "last_year")
        and not code_uses("settings", key, "value")
    ]
    assert idle == []
