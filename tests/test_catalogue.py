"""Gate one: a row of text becomes a record or is told, field by field, what was allowed."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_packs import TINY, copy_of_tiny, edit, said
from pydantic import ValidationError

from egov_model.inputs.catalogue import TABLES, make_record
from egov_model.inputs.errors import Problems
from egov_model.inputs.programme import Kind
from egov_model.inputs.tables import Scalar

A_NUMBER = "a number such as 1250000 or 0.35 (no thousands separators, a point for decimals, no Rp)"
PRICE = "setempat,exempt,umum,8000000,10000000,15000000"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return copy_of_tiny(tmp_path)


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("prices.csv", PRICE, PRICE.replace("8000000", "8.000.000"), f"row 2, field low: found '8.000.000'; allowed: {A_NUMBER}"),
        ("prices.csv", PRICE, PRICE.replace("8000000", '"8,5"'), f"row 2, field low: found '8,5'; allowed: {A_NUMBER}"),
        ("prices.csv", PRICE, PRICE.replace("8000000", "nan"), f"row 2, field low: found 'nan'; allowed: {A_NUMBER}"),
        ("prices.csv", PRICE, PRICE.replace("15000000", "inf"), f"row 2, field high: found 'inf'; allowed: {A_NUMBER}"),
        ("prices.csv", PRICE, PRICE.replace("15000000", "1e999"), "row 2, field high: found '1e999'; allowed: a finite number"),
        ("prices.csv", PRICE, PRICE.replace("8000000", "-8000000"), "row 2, field low: found '-8000000'; allowed: 0 or more"),
        ("prices.csv", PRICE, PRICE.replace("8000000", ""), f"row 2, field low: found an empty cell; allowed: {A_NUMBER}"),
        (
            "prices.csv",
            PRICE,
            PRICE.replace("8000000", "12500000"),
            "row 2: low 12500000, mode 10000000, high 15000000: expected low <= mode <= high",
        ),
        (
            "prices.csv",
            ",2027,setempat,exempt,langganan,4",
            ",1927,setempat,exempt,langganan,4",
            "row 3, field price_year: found '1927'; allowed: 2000 or more",
        ),
        ("agencies.csv", "99.01.01,20,2", "99.01.01,20.5,2", "row 2, field users: found '20.5'; allowed: a whole number"),
        (
            "agencies.csv",
            "dinas,2.16",
            "dians,2.16",
            "row 2, field kind: found 'dians'; "
            "allowed: sekretariat | inspektorat | dinas | badan | satuan | rsud | bagian | kecamatan; did you mean 'dinas'?",
        ),
        ("districts.csv", "80,6,1", "80,25,1", "row 3, field electricity_hours: found '25'; allowed: 24 or less"),
        ("districts.csv", "99.01.01,Kota,", "99.01.01,,", "row 2, field name: found an empty cell; allowed: some text"),
        (
            "initiatives.csv",
            "beli,penunjang,dau,alat-desa,2027-01-01",
            "beli,penunjang,dau,alat-desa,01/01/2027",
            "row 4, field earliest: found '01/01/2027'; allowed: a date such as 2027-02-15",
        ),
        ("initiatives.csv", "2027-01-01,y,running", "2027-01-01,perlu,running", "row 2, field mandatory: found 'perlu'; allowed: y or n"),
        (
            "kinds.csv",
            "Own work,services",
            "Own work,servces",
            "row 3, field procurement: found 'servces'; allowed: goods | services | consultancy; did you mean 'services'?",
        ),
        (
            "codes/accounts.csv",
            "5.2.02.10.02.0004",
            "5.2.02.10.02.",
            "row 3, field code: found '5.2.02.10.02.'; "
            "allowed: a code of digits and dots such as 2.16.03 (X.XX where the owner's urusan stands)",
        ),
        (
            "funds.csv",
            "dau,",
            "DAU,",
            "row 2, field id: found 'DAU'; allowed: a short name of small letters, digits, '-', '_' and '.'",
        ),
        (
            "funds.csv",
            "uji,assumption",
            "uji,sangat yakin",
            "row 2, field evidence: found 'sangat yakin'; allowed: high | medium | low | assumption",
        ),
        (
            "applications.csv",
            "50,100,150",
            "150,100,50",
            "row 2: size_fp_low 150, size_fp 100, size_fp_high 50: expected in rising order",
        ),
        (
            "cost_lines.csv",
            "once,0,build,jaringan,1,1,1",
            "once,0,,jaringan,1,1,1",
            "row 5: phase is empty; a cost paid once names the phase that pays it",
        ),
        (
            "cost_lines.csv",
            "once,0,build,jaringan,1,1,1",
            "refresh,0,,jaringan,1,1,1",
            "row 5: every_years is 0; a refresh names its interval in years",
        ),
        (
            "calendar.yaml",
            "dpa_available: 2028-02-11",
            "dpa_available: 2028-12-01",
            "line 3: dpa_available 2028-12-01 is after last_contract 2028-10-27",
        ),
        ("calendar.yaml", "capacity: 1,", "capacity: 1.5,", "line 5, field capacity: found '1.5'; allowed: 1 or less"),
        ("calendar.yaml", "capacity: 1,", "capacity: '1',", "line 5, field capacity: found '1'; allowed: a number, without quotes"),
        (
            "calendar.yaml",
            "name: Tanpa libur",
            "name: 17",
            "line 5, field name: found '17'; allowed: text in quotes: '17'; unquoted, YAML reads it as a number and may change it",
        ),
    ],
)
def test_a_wrong_cell_is_named_with_what_is_allowed(pack: Path, file: str, old: str, new: str, expected: str):
    edit(pack, file, old, new)
    assert said(pack) == [f"tiny/{file}: {expected}"]


def test_every_wrong_cell_of_a_row_is_named(pack: Path):
    edit(pack, "roles.csv", "asn,1,1,0.2,0,n,,2027", "asn,satu,2,0.2,-1,n,,2027")
    assert said(pack) == [
        "tiny/roles.csv: row 2, field attrition: found '-1'; allowed: 0 or more",
        f"tiny/roles.csv: row 2, field on_board: found 'satu'; allowed: {A_NUMBER}",
        "tiny/roles.csv: row 2, field project_share: found '2'; allowed: 1 or less",
    ]


def test_rows_that_name_a_wrong_row_are_not_blamed_for_it(pack: Path):
    edit(pack, "agencies.csv", "99.01.01,20,2", "99.01.01,dua puluh,2")  # four rows name this agency
    assert [line.partition(":")[0] for line in said(pack)] == ["tiny/agencies.csv"]


def test_missing_and_unknown_keys_of_a_yaml_row(pack: Path):
    edit(pack, "calendar.yaml", "name: Tanpa libur", "nama: Tanpa libur")
    assert said(pack) == [
        "tiny/calendar.yaml: line 5, field nama: found an unknown key; "
        "allowed: unit, source, evidence, name, first, last, capacity; did you mean 'name'?",
        "tiny/calendar.yaml: line 5, field name: found nothing; allowed: a value",
    ]


def test_a_value_in_yaml_is_placed_on_its_own_line():
    problems = Problems()
    cells = {"id": Scalar("a", 7), "title_id": Scalar("A", 8), "title_en": Scalar("1", 9, "int"), "procurement": Scalar("goods", 10)}
    assert make_record(Kind, cells, "a.yaml", 6, problems) is None
    assert [str(p) for p in problems.found] == [
        "line 9, field title_en: found '1'; allowed: text in quotes: '1'; unquoted, YAML reads it as a number and may change it"
    ]


def test_codes_keep_their_last_zero_and_words_stay_words(pack: Path):
    from egov_model.inputs.scenario import load_scenario

    edit(pack, "agencies.csv", "kecamatan,7.01,7.01 Kecamatan", "kecamatan,2.20,NO")
    agency = load_scenario("baseline", pack).table("agencies")["kec-seberang"]
    assert (agency.urusan, agency.urusan_all) == ("2.20", "NO")


def test_records_cannot_be_changed_after_the_gate():
    kind = make_record(Kind, {"id": "a", "title_id": "A", "title_en": "A", "procurement": "goods"}, "a.csv", 2, Problems())
    with pytest.raises(ValidationError, match="frozen"):
        kind.id = "b"


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)
def test_keys_and_references_of_the_catalogue_name_real_fields_and_tables(table):
    fields = set(table.columns())
    assert set(table.key) | set(table.refers) <= fields
    assert set(table.refers.values()) <= set(TABLES)
    assert all(len(TABLES[target].key) == 1 for target in table.refers.values())
    assert {name for name, _ in table.references()} <= fields and {target for _, target in table.references()} <= set(TABLES)
    assert (TINY / table.path).is_file()
    assert (table.record.__doc__ or "").strip()
