"""Gate two: what only the whole plan can know, each problem at the row that can be mended."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_packs import copy_of_tiny, edit, loaded, said, scenario

DESA = "alat-desa,Alat untuk desa,Equipment for villages,infrastruktur,kominfo,beli,internet,dau,,"
SURAT = "aplikasi,Aplikasi surat,Letter application,aplikasi,kec-seberang,beli,penunjang,dau,alat-desa,"
KANTOR = "internet,Internet kantor,Office internet,infrastruktur,kominfo,operasi,internet,dau,,"
CYCLE = "allowed: initiatives that do not wait for each other; take one of these out of 'after'"
RAN_OUT = " (5.1.02.02.01.0063 is valid until 2027)"
METHOD = "a method with max_value_idr of 1000000000000 or more in procurement.csv"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return copy_of_tiny(tmp_path)


def test_the_good_pack_passes(pack: Path):
    assert loaded(pack).settings.years == (2027, 2028)


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            "initiatives.csv",
            "dau,alat-desa,",
            "dau,alat-dessa,",
            "row 4, field after: found 'alat-dessa'; allowed: the id of a row in initiatives.csv; did you mean 'alat-desa'?",
        ),
        (
            "initiatives.csv",
            "aplikasi,kec-seberang",
            "aplikasi,kec-sebrang",
            "row 4, field owner: found 'kec-sebrang'; allowed: the id of a row in agencies.csv; did you mean 'kec-seberang'?",
        ),
        (
            "applications.csv",
            "150,n,warga,",
            "150,n,wagra,",
            "row 2, field interfaces: found 'wagra'; allowed: the id of a row in applications.csv; did you mean 'warga'?",
        ),
        (
            "villages.csv",
            "Tiga,99.01.02",
            "Tiga,99.01.03",
            "row 4, field district: found '99.01.03'; allowed: the code of a row in districts.csv; did you mean '99.01.02'?",
        ),
        (
            "cost_lines.csv",
            "internet,langganan,",
            "internet,zzz,",
            "row 2, field item: found 'zzz'; "
            "allowed: the item of a row in prices.csv, or technology.quantity of a row in technologies.csv that is money",
        ),
        (
            "cost_lines.csv",
            "internet,langganan,",
            "internet,leo.capex,",
            "row 2, field item: found 'leo.capex'; allowed: the item of a row in prices.csv, or technology.quantity of a row in "
            "technologies.csv that is money; did you mean 'leo.capex_idr'?",
        ),
        (
            "cost_lines.csv",
            "alat-desa,alat,villages",
            "alat-desa,leo.watts,villages",
            "row 3, field item: found 'leo.watts'; allowed: the item of a row in prices.csv, or technology.quantity of a row in "
            "technologies.csv that is money",
        ),
        # links and the sites they reach
        (
            "technologies.csv",
            "leo capex_idr,2027,setempat",
            "leo capex_idr,2027,setempt",
            "row 18, field place_basis: found 'setempt'; allowed: setempat; did you mean 'setempat'?",
        ),
        (
            "technologies.csv",
            "leo,life_years,leo life_years,0,,,,10,10,10,uji,uji: menurut arti,assumption\n",
            "",
            "found no row for leo.life_years; allowed: one row each",
        ),
        (
            "settings.csv",
            "Policy for links,,",
            "Policy for links,satelite-first,",
            "row 14, field value: found 'satelite-first'; allowed: fibre-in-labuha-only, satellite-first, office=town-fibre, "
            "office=terrestrial, office=leo, office=vsat, district-office=town-fibre, district-office=terrestrial, district-office=leo, "
            "district-office=vsat, puskesmas=town-fibre, puskesmas=terrestrial, puskesmas=leo, puskesmas=vsat, village=town-fibre, "
            "village=terrestrial, village=leo, village=vsat; did you mean 'satellite-first'?",
        ),
        (
            "cost_lines.csv",
            "aplikasi,barang-ppn,one,",
            "aplikasi,barang-ppn,link_leo,",
            "row 5, field driver: found 'link_leo'; allowed: a driver other than link_*, or a row of reach.csv for aplikasi",
        ),
        (
            "reach.csv",
            "alat-desa,village",
            "alat-dsa,village",
            "row 4, field initiative: found 'alat-dsa'; allowed: the id of a row in initiatives.csv; did you mean 'alat-desa'?",
        ),
        (
            "cost_lines.csv",
            "build,jaringan,1,1,2",
            "build,jarigan,1,1,2",
            "row 3, field account: found 'jarigan'; allowed: the key of a row in codes/accounts.csv; did you mean 'jaringan'?",
        ),
        (
            "initiatives.csv",
            "beli,penunjang,",
            "beli,penunjan,",
            "row 4, field sub_activity: found 'penunjan'; allowed: the key of a row in codes/sub_activities.csv; did you mean 'penunjang'?",
        ),
        # phases
        (
            "cost_lines.csv",
            "villages,once,0,build,",
            "villages,once,0,prepare,",
            "row 3, field phase: found 'prepare'; allowed: a phase of kind beli that spends: build",
        ),
        (
            "cost_lines.csv",
            "villages,once,0,build,",
            "villages,once,0,biuld,",
            "row 3, field phase: found 'biuld'; allowed: a phase of kind beli that spends: build; did you mean 'build'?",
        ),
        (
            "phase_roles.csv",
            "rapat,prepare",
            "rapat,prepar",
            "row 4, field phase: found 'prepar'; allowed: prepare; did you mean 'prepare'?",
        ),
        (
            "phases.csv",
            "beli,procure,2",
            "beli,procure,1",
            "row 3, field order: found 1, also the order of beli.prepare; allowed: one phase at a time within a kind",
        ),
        # places
        (
            "places.csv",
            "setempat,jauh,1.1,1.5,2,faktor,uji,assumption\n",
            "",
            "field zone: found no factor of setempat for zone jauh; allowed: one row per place_basis and zone",
        ),
        (
            "prices.csv",
            "2026,setempat",
            "2026,setempt",
            "row 4, field place_basis: found 'setempt'; allowed: setempat; did you mean 'setempat'?",
        ),
        # money and calendar
        (
            "ceilings.csv",
            "2028,dau,800000000,1000000000,1100000000,rupiah,uji,assumption\n",
            "",
            "field year, fund: found no ceiling for 2028 dau; allowed: one row per plan year and fund in use",
        ),
        (
            "calendar.yaml",
            "payment_close: 2028-12-15",
            "payment_close: 2029-12-15",
            "line 3, field payment_close: found 2029-12-15; allowed: a day of 2028",
        ),
        (
            "calendar.yaml",
            "evidence_cut_off: 2028-09-15",
            "evidence_cut_off: 2027-09-15",
            "line 3, field evidence_cut_off: found 2027-09-15; allowed: a day of 2028",
        ),
        (
            "calendar.yaml",
            "rkpd_cut_off: 2027-06-30",
            "rkpd_cut_off: 2028-01-01",
            "line 3, field rkpd_cut_off: found 2028-01-01; allowed: a day before 2028, as the RKPD is closed in the year before",
        ),
        (
            "calendar.yaml",
            "first: 2027-01-01",
            "first: 2027-02-01",
            "line 5, field first: found 2027-02-01 after last 2027-01-01; allowed: first on or before last",
        ),
    ],
)
def test_a_row_that_does_not_fit_the_others(pack: Path, file: str, old: str, new: str, expected: str):
    edit(pack, file, old, new)
    assert said(pack) == [f"tiny/{file}: {expected}"]


def test_one_key_in_both_tables_of_prices(pack: Path):
    edit(pack, "prices.csv", "alat,Alat,2027", "leo.capex_idr,Alat,2027")
    edit(pack, "cost_lines.csv", "alat-desa,alat,villages", "alat-desa,leo.capex_idr,villages")
    edit(pack, "published.csv", "2027,alat,", "2027,leo.capex_idr,")
    found = "found 'leo.capex_idr', also a row of technologies.csv; allowed: each key once"
    assert said(pack) == [f"tiny/prices.csv: row 2, field item: {found}"]


def test_a_wrong_policy_of_a_scenario_is_named_with_its_line(pack: Path):
    scenario(pack, "coba", "set:\n  settings.connectivity_policy: puskesmas=vast\n")
    assert [line.partition("; allowed")[0] for line in said(pack, "coba")] == [
        "tiny/scenarios/coba.yaml: line 7, field settings.connectivity_policy: found 'puskesmas=vast'"
    ]


def test_only_a_technology_has_a_life_of_its_own(pack: Path):
    edit(pack, "cost_lines.csv", "aplikasi,barang-ppn,one,once,0,build", "aplikasi,barang.ppn,one,refresh,0,")
    edit(pack, "prices.csv", "barang-ppn,", "barang.ppn,")
    assert said(pack) == [
        "tiny/cost_lines.csv: row 5, field every_years: found 0; allowed: an interval in years (0 only for an item of technologies.csv)"
    ]


def test_a_new_zone_needs_factors(pack: Path):
    edit(pack, "districts.csv", "Seberang,jauh,", "Seberang,pelosok,")
    told = "field zone: found no factor of setempat for zone pelosok; allowed: one row per place_basis and zone"
    assert said(pack) == [f"tiny/places.csv: {told}"]


def test_a_kind_needs_a_method_for_large_contracts(pack: Path):
    edit(pack, "procurement.csv", "Tender,goods,1000000000000", "Tender,goods,900000000")
    told = f"row 2, field procurement: found no goods method for large contracts; allowed: {METHOD}"
    assert said(pack) == [f"tiny/kinds.csv: {told}"]


def test_a_cycle_of_one(pack: Path):
    edit(pack, "initiatives.csv", DESA, DESA[:-1] + "alat-desa,")
    assert said(pack) == [f"tiny/initiatives.csv: row 3, field after: found a cycle: alat-desa -> alat-desa; {CYCLE}"]


def test_a_long_cycle_names_the_way_round(pack: Path):
    edit(pack, "initiatives.csv", KANTOR, KANTOR[:-1] + "aplikasi,")
    edit(pack, "initiatives.csv", DESA, DESA[:-1] + "internet,")
    way = "internet -> aplikasi -> alat-desa -> internet"
    assert said(pack) == [f"tiny/initiatives.csv: row 3, field after: found a cycle: {way}; {CYCLE}"]


def test_two_cycles_are_both_named(pack: Path):
    edit(pack, "initiatives.csv", KANTOR, KANTOR[:-1] + "internet,")
    edit(pack, "initiatives.csv", DESA, DESA[:-1] + "aplikasi,")
    assert said(pack) == [
        f"tiny/initiatives.csv: row 2, field after: found a cycle: internet -> internet; {CYCLE}",
        f"tiny/initiatives.csv: row 4, field after: found a cycle: alat-desa -> aplikasi -> alat-desa; {CYCLE}",
    ]


def test_a_chain_of_thousands_is_no_cycle_and_no_crash(pack: Path):
    row = (pack / "initiatives.csv").read_text(encoding="utf-8").splitlines()[2]
    rows = [row.replace(DESA, DESA[:-1] + f"i{n - 1},").replace("alat-desa,", f"i{n},", 1) for n in range(1, 2500)]
    with (pack / "initiatives.csv").open("a", encoding="utf-8", newline="\n") as file:
        file.write("\n".join([row.replace("alat-desa,", "i0,", 1), *rows]) + "\n")
    assert len(loaded(pack).table("initiatives")) == 3 + 2500


@pytest.mark.parametrize(
    ("old", "new", "bare", "until"),
    [
        ("Belanja Internet,barang_jasa,2024,2031", "Belanja Internet,barang_jasa,2024,2027", "2028", RAN_OUT),
        ("Belanja Internet,barang_jasa,2024,2031", "Belanja Internet,barang_jasa,2029,2031", "2027, 2028", ""),
    ],
)
def test_a_code_without_validity_in_a_plan_year(pack: Path, old: str, new: str, bare: str, until: str):
    edit(pack, "codes/accounts.csv", old, new)
    allowed = "allowed: a key with a code for every year of the plan in codes/accounts.csv"
    assert said(pack) == [
        f"tiny/cost_lines.csv: row {row}, field account: found 'internet', which has no valid code in {bare}{until}; {allowed}"
        for row in (2, 4)
    ]


def test_a_gap_between_two_validities_is_seen(pack: Path):
    edit(pack, "codes/sub_activities.csv", "2028,2031", "2029,2031")
    allowed = "allowed: a key with a code for every year of the plan in codes/sub_activities.csv"
    assert said(pack) == [
        f"tiny/initiatives.csv: row {row}, field sub_activity: found 'internet', which has no valid code in 2028 "
        f"(2.16.03.2.02.0030 is valid until 2027); {allowed}"
        for row in (2, 3)
    ]


def test_overlapping_validity_names_both_rows(pack: Path):
    edit(pack, "codes/sub_activities.csv", "2028,2031", "2027,2031")
    allowed = "allowed: validity years in order that do not overlap for one key"
    assert said(pack) == [
        f"tiny/codes/sub_activities.csv: row 2, field valid_from: found 2024 to 2027 of 'internet'; {allowed}",
        f"tiny/codes/sub_activities.csv: row 3, field valid_from: found 2027 to 2031 of 'internet'; {allowed}",
    ]


def test_validity_that_ends_before_it_begins(pack: Path):
    edit(pack, "codes/sub_activities.csv", "kegiatan,2024,2031", "kegiatan,2031,2024", times=1)
    assert any("row 4, field valid_from: found 2031 to 2024 of 'penunjang'" in line for line in said(pack))


def test_a_fiscal_year_without_dates(pack: Path):
    lines = (pack / "calendar.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
    (pack / "calendar.yaml").write_text("".join(lines[:2] + lines[3:]), encoding="utf-8", newline="\n")
    assert said(pack) == ["tiny/calendar.yaml: field fiscal_years: found no dates for 2028; allowed: every year of the plan"]


def test_every_missing_year_is_named(pack: Path):
    edit(pack, "settings.csv", "Last year,2028", "Last year,2029")
    assert said(pack) == [
        "tiny/calendar.yaml: field fiscal_years: found no dates for 2029; allowed: every year of the plan",
        "tiny/ceilings.csv: field year, fund: found no ceiling for 2029 dau; allowed: one row per plan year and fund in use",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("codes/accounts.csv", "5.1.02.02.01.0063", "5,1"),
        ("ceilings.csv", "2028,dau,8", "2028,dau,-8"),
        ("places.csv", "jauh,1.1,", "jauh,x,"),
        ("phases.csv", "beli,build,3,y", "beli,build,3,q"),
        ("calendar.yaml", "dpa_available: 2028-02-11", "dpa_available: besok"),
        ("procurement.csv", "goods,1000000000000", "goods,1.000.000.000.000"),
        ("prices.csv", "alat,Alat,2027", "alat,Alat,tahun ini"),
        ("districts.csv", "-1.2,127.6,50", "-1.2,227.6,50"),
        ("roles.csv", "asn,1,1", "pns,1,1"),
    ],
)
def test_a_row_with_a_problem_of_its_own_is_not_also_missed_elsewhere(pack: Path, file: str, old: str, new: str):
    edit(pack, file, old, new)
    assert {line.split(":")[0] for line in said(pack)} == {f"tiny/{file}"}


def test_other_problems_between_rows_are_still_found_beside_a_broken_row(pack: Path):
    edit(pack, "agencies.csv", "99.01.01,20,2", "99.01.01,dua puluh,2")
    edit(pack, "initiatives.csv", "aplikasi,kec-seberang", "aplikasi,kec-sebrang")
    assert [line.split(":")[0] for line in said(pack)] == ["tiny/agencies.csv", "tiny/initiatives.csv"]


def test_integration_needs_its_parameters_and_the_price_of_an_interface(pack: Path):
    edit(pack, "integration.csv", "upkeep_share,0.1,0.2,0.3,bagian,uji,assumption\n", "")
    edit(pack, "prices.csv", "antarmuka,Antarmuka,2027,setempat,exempt,umum,9000000,10000000,20000000,antarmuka,uji,assumption\n", "")
    assert said(pack) == [
        "tiny/integration.csv: found no row for upkeep_share; allowed: one row each",
        "tiny/prices.csv: found no row for antarmuka; allowed: one row each",
    ]


def test_a_misspelt_architecture_is_answered_with_the_nearest(pack: Path):
    edit(pack, "settings.csv", "Integration,hub,", "Integration,point-to-pint,")
    assert said(pack) == [
        "tiny/settings.csv: row 15, field value: found 'point-to-pint'; allowed: hub | point-to-point; did you mean 'point-to-point'?"
    ]
