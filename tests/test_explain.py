"""One parameter explained: the tiny plan, and every use found."""

from __future__ import annotations

import re

import pytest
from tiny_pack import TINY, with_changes

from egov_model.analysis.explain import explain
from egov_model.analysis.uses import code_uses
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
    assert (made.value, made.swing) == ("0", "")
    assert "model/factors.py" in [use.split(":")[0] for use in made.code_uses]


# Kinds of parameter: key, full key, range, unit, a row that uses it, a module that reads it, begin of what the plan says again.
KINDS = [
    ("cost_lines.alat-desa-alat", ".mode", "", "", "model/factors.py", "total from "),
    ("technologies.town-fibre.ring_km", ".mode", "2 to 2", "", "model/connectivity.py", "total stays "),
    ("norms.meja", ".mode", "0.5 to 2", "", "model/operations.py", "total stays "),
    ("norms.meja.minutes", "", "20 to 60", "", "model/operations.py", "total stays "),
    ("effort_values.constant.A", "..mode", "2.94 to 2.94", "", "model/effort.py", "total stays "),
    ("effort_values.calibration.effort", "..mode", "", "", "model/software.py", "total "),
    ("applications.surat.size_fp", "", "50 to 150", "", "model/appsize.py", "total "),
    ("applications.warga", ".size_fp", "0 to 0", "applications.csv: surat (interfaces)", "model/duties.py", "total stays "),
    ("roles.analis", ".mode", "4000000 to 7000000", "norms.csv: meja (role)", "model/staffing.py", "total stays "),
    ("roles.analis.on_board", "", "", "norms.csv: meja (role)", "model/people.py", ""),
    ("formations.analis.2028", ".hires", "", "", "model/people.py", ""),
    ("ratings.PREC", ".rating", "", "", "model/effort.py", ""),
    ("ceilings.2027.dau", ".mode", "", "", "model/factors.py", "total "),
    ("integration.connector_effort", ".mode", "", "", "model/integration.py", "total "),
    (
        "services.surat-warga",
        ".mode",
        "50 to 200",
        "service_values.csv: surat-warga.trips_today (service)",
        "model/benefits.py",
        "total stays ",
    ),
    ("service_values.naskah.user_minutes_today", ".mode", "30 to 120", "", "model/benefits.py", "total stays "),
    ("adoption.warga.innovation", ".mode", "0.02 to 0.1", "", "model/benefits.py", "total stays "),
    ("benefit_values.sea.km_per_hour", ".mode", "10 to 30", "", "model/benefits.py", "total stays "),
]


@pytest.mark.parametrize(("key", "end", "between", "row", "module", "again"), KINDS)
def test_every_kind_of_parameter_says_what_it_is_and_who_reads_it(inputs, key, end, between, row, module, again):
    made = explain(inputs, key)
    assert made.key == key + end
    assert made.value and made.source and made.evidence
    assert not between or made.range == between
    assert not row or row in made.data_uses
    assert module in [use.split(":")[0] for use in made.code_uses]
    assert made.planned_again.startswith(again) and bool(made.planned_again) == bool(again)


def test_a_unit_is_told_only_of_the_value_it_belongs_to(inputs):
    assert explain(inputs, "roles.analis.mode").unit == "rupiah/bulan"
    assert explain(inputs, "roles.analis.on_board").unit == ""  # people, not rupiah a month


def test_pay_moves_no_cost_but_the_pay_of_own_staff(inputs):
    """Pay is in proportion to its rate: from 4 to 7 million."""
    told = explain(inputs, "roles.analis").planned_again
    low, high = (int(part.replace(",", "")) for part in re.search(r"pay of own staff Rp([\d,]+) to Rp([\d,]+)", told).groups())
    assert low * 7 == high * 4 > 0


def test_a_field_of_a_row_whose_key_ends_empty_may_be_named_in_short(inputs):
    assert explain(inputs, "effort_values.constant.A.mode") == explain(inputs, "effort_values.constant.A..mode")


def test_a_lower_ceiling_is_planned_again(tmp_path):
    """Of 1,000 million a year the small plan needs less than half, so half is enough; a tenth is not."""
    body = "set: {settings.ceiling_factor.value: 1, settings.ceiling_factor.low: 0.1}"
    told = explain(with_changes(tmp_path, body), "settings.ceiling_factor").planned_again
    low, high = (int(part.replace(",", "")) for part in re.match(r"total from Rp([\d,]+) \(P10\) to Rp([\d,]+) \(P90\)", told).groups())
    assert low < high == 340_264_150
    assert "initiatives placed" in told


def test_a_line_that_reads_another_row_is_not_named(inputs):
    """The price of the interface is read where the costs of integration are worked out; that of a laptop is not."""
    assert not [use for use in explain(inputs, "prices.alat").code_uses if use.startswith("model/integration.py")]


def test_a_changed_value_says_by_whom(tmp_path):
    made = explain(with_changes(tmp_path, "set: {prices.alat.mode: 9000000}"), "prices.alat.mode")
    assert (made.value, made.base, made.set_by) == ("9000000", "10000000", "case")


def test_a_row_without_a_value_of_its_own_asks_for_a_field(inputs):
    with pytest.raises(InputError, match="'initiatives.alat-desa' is a row; name one of its fields: .*priority"):
        explain(inputs, "initiatives.alat-desa")


def test_a_row_that_others_follow(inputs):
    assert "initiatives.csv: aplikasi (after)" in explain(inputs, "initiatives.alat-desa.priority").data_uses


@pytest.mark.parametrize("key", ["prices.alt", "price.alat", "settings.escalation", "prices"])
def test_an_unknown_key_is_refused_with_a_hint(inputs, key):
    with pytest.raises(InputError, match=r"no parameter|did you mean"):
        explain(inputs, key)


def test_every_setting_is_used_somewhere(inputs):
    settings = inputs.rows["settings"]
    idle = [
        key
        for key in settings
        if key not in ("issued_on", "base_price_year", "personnel_limit_share", "lesson_hours_per_year", "first_year", "last_year")
        and not code_uses(inputs, "settings", key, "value")
    ]
    assert idle == []
