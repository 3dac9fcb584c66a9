"""What a scenario does to the rows: set, drop with what hangs on it, add; and who is recorded for each change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from broken_packs import copy_of_tiny, edit, loaded, said, scenario

from egov_model.inputs.chain import KNOWN_KEY
from egov_model.inputs.errors import Problems
from egov_model.inputs.overrides import Change
from egov_model.inputs.pack import read_pack


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return copy_of_tiny(tmp_path)


@pytest.mark.parametrize(
    ("key", "text", "table", "row", "field", "value", "base"),
    [
        ("settings.ceiling_factor", "0.8", "settings", "ceiling_factor", "value", "0.8", "1"),
        ("settings.ceiling_factor.value", "0.8", "settings", "ceiling_factor", "value", "0.8", "1"),
        ("prices.alat.low", "9000000", "prices", "alat", "low", 9e6, "8000000"),
        ("ceilings.2028.dau.mode", "900000000", "ceilings", "2028.dau", "mode", 9e8, "1000000000"),
        ("sub_activities.internet.2028.code", "'2.10'", "sub_activities", "internet.2028", "code", "2.10", "2.16.03.2.02.0036"),
        ("initiatives.aplikasi.after", "[]", "initiatives", "aplikasi", "after", (), "alat-desa"),
        ("initiatives.aplikasi.after", "internet alat-desa", "initiatives", "aplikasi", "after", ("internet", "alat-desa"), "alat-desa"),
        ("initiatives.aplikasi.mandatory", "y", "initiatives", "aplikasi", "mandatory", True, "n"),
        ("initiatives.aplikasi.earliest", "2028-01-03", "initiatives", "aplikasi", "earliest", date(2028, 1, 3), "2027-01-01"),
        ("villages.99.01.02.2001.name", "NO", "villages", "99.01.02.2001", "name", "NO", "Tiga"),
        ("villages.99.01.02.2001.name", "1:30", "villages", "99.01.02.2001", "name", "1:30", "Tiga"),
        ("holidays.Tanpa libur.capacity", "0.5", "holidays", "Tanpa libur", "capacity", 0.5, "1"),
        ("fiscal_years.2027.dpa_available", "2027-03-01", "fiscal_years", "2027", "dpa_available", date(2027, 3, 1), "2027-02-12"),
    ],
)
def test_set_changes_one_field_and_is_recorded(pack: Path, key: str, text: str, table: str, row: str, field: str, value: object, base: str):
    scenario(pack, "coba", f"set:\n  {key}: {text}\n")
    inputs = loaded(pack, "coba")
    assert getattr(inputs.table(table)[row], field) == value
    (change,) = inputs.changes
    assert (change.key, change.base, change.set_by) == (f"{table}.{row}.{field}", base, "coba")


def test_set_leaves_the_pack_and_every_other_row_as_they_were(pack: Path):
    scenario(pack, "coba", "set:\n  prices.alat.low: 9000000\n")
    changed, base = loaded(pack, "coba"), loaded(pack)
    assert base.table("prices")["alat"].low == 8e6
    for name, rows in base.rows.items():
        assert list(changed.table(name)) == list(rows)
        assert {key for key in rows if changed.table(name)[key] != rows[key]} == ({"alat"} if name == "prices" else set())


def test_a_value_that_is_set_to_what_it_was_is_no_change(pack: Path):
    scenario(pack, "coba", "set:\n  prices.alat.low: 8000000.0\n")
    assert loaded(pack, "coba").changes == ()


def test_two_fields_of_one_row_are_checked_together(pack: Path):
    scenario(pack, "coba", "set:\n  prices.alat.low: 20000000\n  prices.alat.mode: 20000000\n  prices.alat.high: 20000000\n")
    price = loaded(pack, "coba").table("prices")["alat"]
    assert price.low == price.mode == price.high == 2e7


def test_a_child_overrides_its_parent_and_is_recorded_for_it(pack: Path):
    scenario(pack, "induk", "set:\n  prices.alat.low: 1\n  prices.alat.vat: included\n")
    scenario(pack, "anak", "extends: [induk]\nset:\n  prices.alat.low: 2\n")
    inputs = loaded(pack, "anak")
    assert inputs.table("prices")["alat"].low == 2
    assert inputs.changes == (Change("prices.alat.low", "8000000", "2", "anak"), Change("prices.alat.vat", "exempt", "included", "induk"))


def test_each_wrong_value_of_a_row_is_placed_in_the_file_that_set_it(pack: Path):
    scenario(pack, "induk", "set:\n  prices.alat.low: x\n")
    scenario(pack, "anak", "extends: [induk]\nset:\n  prices.alat.vat: y\n")
    assert [line.partition(": found")[0] for line in said(pack, "anak")] == [
        "tiny/scenarios/anak.yaml: line 8, field prices.alat.vat",
        "tiny/scenarios/induk.yaml: line 7, field prices.alat.low",
    ]


def test_the_command_line_overrides_the_chain(pack: Path):
    scenario(pack, "induk", "set:\n  settings.ceiling_factor: 0.8\n")
    scenario(pack, "anak", "extends: [induk]\nset:\n  settings.ceiling_factor: 0.9\n")
    inputs = loaded(pack, "anak", {"settings.ceiling_factor": "0.7"})
    assert inputs.settings.ceiling_factor == 0.7
    assert inputs.changes == (Change("settings.ceiling_factor.value", "1", "0.7", "--set"),)


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("settings.ceiling_facto", "1", "field settings.ceiling_facto: found no row 'ceiling_facto' in settings.csv"),
        ("settings.scope", "runing", "field settings.scope: found 'runing'; allowed: all | mandatory | running; did you mean 'running'?"),
        ("prices.alat.low", "20000000", "field prices.alat: low 20000000, mode 10000000, high 15000000: expected low <= mode <= high"),
        ("prices.alat.low", "2,5", "field prices.alat.low: found '2,5'; allowed: a number such as"),
        ("prices.alat.item", "x", "field prices.alat.item: found unknown field 'item'"),
        ("prices", "1", f"field prices: found a table without a row and a field; allowed: {KNOWN_KEY}, here prices.<item>.<field>"),
        ("initiatives.alat-desa.after", "alat-desa", "field after: found a cycle: alat-desa -> alat-desa"),
    ],
)
def test_the_command_line_is_checked_like_a_file(pack: Path, key: str, value: str, expected: str):
    (line,) = said(pack, overrides={key: value})
    assert line.startswith(f"--set: {expected}")


# drop


def test_drop_takes_cost_lines_and_mentions_with_it(pack: Path):
    edit(pack, "applications.csv", "150,n,warga,aplikasi,", "150,n,warga,alat-desa,")
    scenario(pack, "coba", "drop:\n  initiatives: [alat-desa]\n")
    inputs = loaded(pack, "coba")
    assert list(inputs.table("initiatives")) == ["internet", "aplikasi"]
    assert inputs.table("initiatives")["aplikasi"].after == ()
    assert list(inputs.table("cost_lines")) == ["internet-langganan", "aplikasi-barang"]
    assert inputs.table("applications")["surat"].initiative == ""
    assert inputs.changes == (Change("initiatives.alat-desa", "y", "n", "coba"),)


def test_drop_of_an_application_takes_it_out_of_interfaces(pack: Path):
    scenario(pack, "coba", "drop:\n  applications: warga\n")
    inputs = loaded(pack, "coba")
    assert list(inputs.table("applications")) == ["surat"]
    assert inputs.table("applications")["surat"].interfaces == ()


def test_drop_goes_as_far_as_references_go(pack: Path):
    scenario(pack, "coba", "drop:\n  agencies: [kec-seberang]\n")
    inputs = loaded(pack, "coba")
    assert "aplikasi" not in inputs.table("initiatives")  # it was the agency's
    assert "aplikasi-barang" not in inputs.table("cost_lines")  # and this was the initiative's
    assert "warga" not in inputs.table("applications")
    assert inputs.table("applications")["surat"].interfaces == ()


def test_drop_leaves_the_pack_alone(pack: Path):
    problems = Problems()
    before = {name: dict(rows) for name, rows in read_pack(pack, problems).rows.items()}
    scenario(pack, "coba", "drop:\n  initiatives: [alat-desa]\n")
    loaded(pack, "coba")
    assert {name: dict(rows) for name, rows in read_pack(pack, problems).rows.items()} == before


def test_a_parent_may_set_what_its_child_drops(pack: Path):
    scenario(pack, "induk", "set:\n  initiatives.alat-desa.priority: 3\n")
    scenario(pack, "anak", "extends: [induk]\ndrop:\n  initiatives: [alat-desa]\n")
    inputs = loaded(pack, "anak")
    assert "alat-desa" not in inputs.table("initiatives")
    assert [c.key for c in inputs.changes] == ["initiatives.alat-desa"]


def test_what_is_left_without_a_code_after_a_drop_is_named(pack: Path):
    scenario(pack, "coba", "drop:\n  accounts: [internet.2024]\n")
    expected = "field account: found 'internet'; allowed: the key of a row in codes/accounts.csv"
    assert said(pack, "coba") == [f"tiny/cost_lines.csv: row {row}, {expected}" for row in (2, 4)]


# add


def test_add_brings_rows_that_know_each_other(pack: Path):
    scenario(
        pack,
        "coba",
        """
add:
  initiatives:
    - {id: baru, title_id: Baru, title_en: New, section: layanan, owner: kominfo, kind: beli, sub_activity: internet, fund: dau,
       after: [alat-desa], earliest: 2027-02-01, mandatory: n, budget_status: new, contract: single, priority: 30, milestone: n,
       target: 1, unit: layanan, source: uji, evidence: assumption}
  cost_lines:
    - {id: baru-alat, initiative: baru, item: alat, driver: one, timing: once, every_years: 0, phase: build, account: jaringan,
       low: 1, mode: 2, high: 3, unit: unit, source: uji, evidence: assumption}
""",
    )
    inputs = loaded(pack, "coba")
    assert list(inputs.table("initiatives")) == ["internet", "alat-desa", "aplikasi", "baru"]
    assert inputs.table("initiatives")["baru"].after == ("alat-desa",)
    assert inputs.table("cost_lines")["baru-alat"].mode == 2
    assert inputs.changes == (Change("initiatives.baru", "n", "y", "coba"), Change("cost_lines.baru-alat", "n", "y", "coba"))


def test_added_rows_pass_the_second_gate_and_are_placed_where_they_stand(pack: Path):
    scenario(pack, "coba", "add:\n  formations:\n    - {role: analiss, year: 2027, arrives_month: 1, hires: 1}\n")
    expected = "line 8, field role: found 'analiss'; allowed: the id of a row in roles.csv; did you mean 'analis'?"
    assert said(pack, "coba") == [f"tiny/scenarios/coba.yaml: {expected}"]


def test_an_added_row_that_fails_is_not_also_missed_by_rows_that_name_it(pack: Path):
    scenario(
        pack,
        "coba",
        """add:
  funds:
    - {id: dak, title_id: Dana, title_en: 3}
  ceilings:
    - {year: 2027, fund: dak, low: 1, mode: 1, high: 1}
""",
    )
    assert [line.partition(": found")[0] for line in said(pack, "coba")] == ["tiny/scenarios/coba.yaml: line 8, field title_en"]


def test_rows_added_by_siblings_and_by_grandparents_all_arrive(pack: Path):
    for name, year, base in [("a", 2027, ""), ("b", 2029, "extends: [a]\n"), ("c", 2030, "")]:
        scenario(pack, name, f"{base}add:\n  formations:\n    - {{role: analis, year: {year}, arrives_month: 1, hires: 1}}\n")
    scenario(pack, "coba", "extends: [b, c]\n")
    inputs = loaded(pack, "coba")
    assert set(inputs.table("formations")) == {"analis.2028", "analis.2027", "analis.2029", "analis.2030"}
    assert [(c.key, c.set_by) for c in inputs.changes] == [
        ("formations.analis.2027", "a"),
        ("formations.analis.2029", "b"),
        ("formations.analis.2030", "c"),
    ]


@pytest.mark.parametrize("name", ["NO", "1:30"])
def test_words_of_added_rows_stay_words(pack: Path, name: str):
    scenario(pack, "coba", f"add:\n  funds:\n    - {{id: dak, title_id: {name}, title_en: A}}\n")
    assert loaded(pack, "coba").table("funds")["dak"].title_id == name
