"""What inputs are called, and how their values are written."""

from __future__ import annotations

import math

import pytest
from tiny_pack import TINY

from egov_model.analysis.index_points import every_point
from egov_model.inputs.scenario import load_scenario
from egov_model.report.input_names import input_name, input_value
from egov_model.report.wording import speak

EN, ID = speak("en"), speak("id")


@pytest.fixture(scope="module")
def inputs():
    return load_scenario("baseline", TINY)


@pytest.mark.parametrize(
    ("table", "key", "english", "indonesian"),
    [
        ("prices", "alat", "Alat", "Alat"),
        ("cost_lines", "alat-desa-alat", "Quantity: Alat (Equipment for villages)", "Banyaknya: Alat (Alat untuk desa)"),
        ("places", "setempat.jauh", "Freight: setempat to jauh", "Ongkos kirim: setempat ke jauh"),
        ("escalation", "umum", "Growth of prices: General", "Kenaikan harga: Umum"),
        ("vat", "2022", "VAT rate from 2022", "Tarif PPN sejak 2022"),
        ("phases", "beli.build", "Weeks of build: Purchase", "Lama build: Pengadaan"),
        ("procurement", "langsung-barang", "Weeks of procurement: Direct", "Lama pengadaan: Pengadaan langsung"),
        ("effort_values", "calibration.effort.", "Work on all software", "Kerja untuk semua perangkat lunak"),
        ("applications", "surat", "Work on Surat", "Kerja untuk Surat"),
        ("start_levels", "baru.I02.2026", "Level at the start: Applications", "Tingkat awal: Aplikasi"),
        ("effects", "alat-3", "How long to be kept: All villages for a year", "Lama harus dijaga: Semua desa setahun"),
        ("settings", "ceiling_factor", "Ceiling factor", "Faktor pagu"),
    ],
)
def test_names(inputs, table, key, english, indonesian):
    assert input_name(EN, inputs, table, key) == english and input_name(ID, inputs, table, key) == indonesian


def test_every_input_has_a_name_of_its_own(inputs):
    for say in (EN, ID):
        names = [input_name(say, inputs, point.table, point.row) for point in every_point(inputs)]
        assert all(names) and len(set(names)) > 0.9 * len(names)


@pytest.mark.parametrize(
    ("table", "key", "value", "text"),
    [
        ("prices", "alat", 12_345_678.0, "Rp12,350,000"),
        ("ceilings", "2027.dau", 6_472_578_125.0, "Rp6,473,000,000"),
        ("escalation", "umum", 0.0234, "2.34%"),
        ("settings", "escalation_shift", -0.008141, "\N{MINUS SIGN}0.81%"),
        ("phases", "beli.build", 8.0, "8"),
        ("phases", "beli.build", 8.5016, "8.5"),
        ("settings", "ceiling_factor", 0.9956249, "0.9956"),
        ("cost_lines", "alat-desa-alat", math.nan, "\N{EN DASH}"),
    ],
)
def test_values(table, key, value, text):
    assert input_value(EN, table, key, value) == text
