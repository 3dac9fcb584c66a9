"""Codes outside their years: who used one is told until when it is valid and what succeeds it."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_packs import copy_of_tiny, edit, said

from egov_model.inputs.scenario import load_scenario

SUBS = "allowed: the key of a row in codes/sub_activities.csv"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return copy_of_tiny(tmp_path)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "2.16.03.2.02.0030",
            "found '2.16.03.2.02.0030', a code and not a key (2.16.03.2.02.0030 is valid until 2027); " + SUBS
            + "; its successor is 'internet', code 2.16.03.2.02.0036 from 2028",
        ),
        ("2.16.03.2.02.0036", "found '2.16.03.2.02.0036', a code and not a key (2.16.03.2.02.0036 is valid until 2031); " + SUBS
            + "; write its key 'internet'"),
        ("2.16.01.2.07", "found '2.16.01.2.07', a code and not a key (X.XX.01.2.07 is valid until 2031); " + SUBS
            + "; write its key 'penunjang'"),
        ("2.16.03.2.02.0099", "found '2.16.03.2.02.0099'; " + SUBS),
    ],
)  # fmt: skip
def test_a_code_in_place_of_its_key(pack: Path, code: str, expected: str):
    edit(pack, "initiatives.csv", "beli,internet,dau", f"beli,{code},dau")
    assert said(pack) == [f"tiny/initiatives.csv: row 3, field sub_activity: {expected}"]


def test_a_key_that_ran_out_names_its_successor(pack: Path):
    edit(pack, "codes/accounts.csv", "barang_jasa,2024,2031,,", "barang_jasa,2024,2027,internet-baru,")
    row = "internet-baru,5.1.02.02.01.0099,Belanja Internet,barang_jasa,2028,2031,,kode,uji,assumption"
    edit(pack, "codes/accounts.csv", "jaringan,5.2", f"{row}\njaringan,5.2")
    expected = (
        "found 'internet', which has no valid code in 2028 (5.1.02.02.01.0063 is valid until 2027); "
        "allowed: a key with a code for every year of the plan in codes/accounts.csv; "
        "its successor is 'internet-baru', code 5.1.02.02.01.0099 from 2028"
    )
    assert said(pack) == [f"tiny/cost_lines.csv: row {row}, field account: {expected}" for row in (2, 4)]


def test_a_successor_that_is_not_there(pack: Path):
    edit(pack, "codes/accounts.csv", "barang_jasa,2024,2031,,", "barang_jasa,2024,2031,jaringa,")
    allowed = "allowed: the key of another row in codes/accounts.csv; did you mean 'jaringan'?"
    assert said(pack) == [f"tiny/codes/accounts.csv: row 2, field successor: found 'jaringa'; {allowed}"]


def test_keys_that_succeed_each_other_end(pack: Path):
    edit(pack, "codes/accounts.csv", "barang_jasa,2024,2031,,", "barang_jasa,2024,2027,jaringan,")
    edit(pack, "codes/accounts.csv", "modal,2024,2031,,", "modal,2024,2027,internet,")
    assert len(said(pack)) == 4 and not any("successor" in line for line in said(pack))


def test_a_year_of_payment_without_a_rate_names_file_and_year(pack: Path):
    edit(pack, "vat.csv", "2022,2040", "2022,2027")
    assert said(pack) == ["tiny/vat.csv: field valid_from: found no rate for 2028; allowed: a rate for every year of payment"]


def test_a_price_with_vat_of_a_year_without_a_rate(pack: Path):
    edit(pack, "vat.csv", "2000,2021", "2020,2021")
    edit(pack, "prices.csv", "2026,setempat,excluded", "2019,setempat,included")
    allowed = "allowed: a year with a rate, as this price includes VAT"
    assert said(pack) == [f"tiny/prices.csv: row 4, field price_year: found 2019, a year without a rate in vat.csv; {allowed}"]


def test_rates_of_one_year_twice(pack: Path):
    edit(pack, "vat.csv", "2000,2021", "2000,2022")
    assert [line.split(":")[0] for line in said(pack)] == ["tiny/vat.csv"] * 2


UNKNOWN = "tidak-diketahui"


def with_account_of_the_past(pack: Path, valid_to: int, evidence: str) -> None:
    row = f"internet,{UNKNOWN},Belanja Internet,barang_jasa,2018,{valid_to},,kode,uji,{evidence}"
    edit(pack, "codes/accounts.csv", "jaringan,5.2", f"{row}\njaringan,5.2")


def test_a_code_of_a_past_year_may_be_unknown_as_an_assumption(pack: Path):
    with_account_of_the_past(pack, 2020, "assumption")
    assert load_scenario("baseline", pack).table("accounts")["internet.2018"].code == UNKNOWN


@pytest.mark.parametrize(("valid_to", "evidence"), [(2020, "medium"), (2026, "assumption")])
def test_nobody_budgets_under_an_unknown_code_nor_calls_it_known(pack: Path, valid_to: int, evidence: str):
    edit(pack, "codes/accounts.csv", "barang_jasa,2024,2031,,", "barang_jasa,2027,2031,,")
    with_account_of_the_past(pack, valid_to, evidence)
    expected = f"found '{UNKNOWN}' until {valid_to} ({evidence}); allowed: a code, or an assumption about years before 2026"
    assert said(pack) == [f"tiny/codes/accounts.csv: row 3, field code: {expected}"]
