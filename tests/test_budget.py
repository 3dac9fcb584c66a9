"""Rows of the tiny plan's budget, every cell by hand."""

from __future__ import annotations

import pytest
from tiny_pack import TINY, copy_of_tiny

from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan

EQUIPMENT = {
    "initiative": "alat-desa", "title_id": "Alat untuk desa", "title_en": "Equipment for villages", "section": "infrastruktur",
    "agency": "kominfo", "fund": "dau", "program_code": "2.16.03", "kegiatan_code": "2.16.03.2.02",
    "sub_kegiatan_code": "2.16.03.2.02.0030", "sub_kegiatan": "Penyediaan Akses Internet", "account_code": "5.2.02.10.02.0004",
    "account": "Belanja Modal Peralatan Jaringan", "account_group": "modal", "item": "alat", "item_name": "Alat", "timing": "once",
    "line": "alat-desa-alat", "year": 2027, "units": 3.0, "amount_idr": 35_000_000, "rka_idr": 35_000_000,
}  # fmt: skip
SUBSCRIPTION = EQUIPMENT | {
    "account_code": "5.1.02.02.01.0063", "account": "Belanja Internet", "account_group": "barang_jasa", "item": "langganan",
    "item_name": "Langganan internet", "timing": "yearly", "line": "alat-desa-langganan", "units": 1.0,
}  # fmt: skip
LATER = {"year": 2028, "sub_kegiatan_code": "2.16.03.2.02.0036", "sub_kegiatan": "Penyediaan akses internet"}
OFFICES = {"initiative": "internet", "title_id": "Internet kantor", "title_en": "Office internet", "line": "internet-langganan"}
WHOLE = {"amount_idr": 52_000_000, "rka_idr": 52_000_000}
GOODS = {
    "initiative": "aplikasi", "title_id": "Aplikasi surat", "title_en": "Letter application", "section": "aplikasi",
    "agency": "kec-seberang", "program_code": "7.01.01", "kegiatan_code": "7.01.01.2.07", "sub_kegiatan_code": "7.01.01.2.07",
    "sub_kegiatan": "Pengadaan Barang Milik Daerah", "item": "barang-ppn", "item_name": "Barang kena PPN", "line": "aplikasi-barang",
    "units": 1.0, "amount_idr": 111_000_000, "rka_idr": 111_000_000,
}  # fmt: skip


@pytest.fixture(scope="module")
def rows():
    return build_plan(load_scenario("baseline", TINY)).budget.to_dict("records")


def test_each_line_in_each_year_it_is_paid(rows):
    part = {"amount_idr": 38_264_150, "rka_idr": 38_264_000}  # 39 of 53 weeks; the year's sum is 236,264 thousand
    expected = [SUBSCRIPTION | OFFICES | WHOLE, SUBSCRIPTION | OFFICES | WHOLE | LATER]
    expected += [EQUIPMENT, SUBSCRIPTION | part, SUBSCRIPTION | WHOLE | LATER, EQUIPMENT | GOODS]
    assert rows == expected
    assert [list(row) for row in rows] == [list(EQUIPMENT)] * 6  # columns in this order


@pytest.mark.parametrize("newest_first", [False, True])
def test_codes_are_those_valid_in_the_year_whatever_the_order_of_the_rows(tmp_path, newest_first):
    pack = copy_of_tiny(tmp_path)
    accounts, subs = pack / "codes" / "accounts.csv", pack / "codes" / "sub_activities.csv"
    text = accounts.read_text(encoding="utf-8").replace(
        "internet,5.1.02.02.01.0063,Belanja Internet,barang_jasa,2024,2031,,",
        "internet,5.1.02.02.01.0063,Belanja Internet,barang_jasa,2024,2027,,kode,uji,assumption\n"
        "internet,5.1.02.02.01.0064,Belanja Internet,barang_jasa,2028,2031,,",
    )
    for path, rows in ((accounts, text), (subs, subs.read_text(encoding="utf-8"))):
        head, *body = rows.splitlines()
        path.write_text("\n".join([head, *(reversed(body) if newest_first else body)]) + "\n", encoding="utf-8")
    budget = build_plan(load_scenario("baseline", pack)).budget
    paid = budget[budget["line"] == "internet-langganan"]
    assert paid[["year", "account_code", "sub_kegiatan_code"]].to_numpy().tolist() == [
        [2027, "5.1.02.02.01.0063", "2.16.03.2.02.0030"], [2028, "5.1.02.02.01.0064", "2.16.03.2.02.0036"],
    ]  # fmt: skip
