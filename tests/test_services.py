"""Gates of services, adoption and values: what is refused, and in which words."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from broken_packs import copy_of_tiny, edit, loaded, said

from egov_model import cli

LETTER = "population_thousands,own,capital,none,aplikasi,warga"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return copy_of_tiny(tmp_path)


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("service_values.csv", "minutes_today,60,120,240", "minutes_today,-60,120,240",
         "row 2, field low: found '-60'; allowed: 0 or more"),
        ("service_values.csv", "digital_today,0.1,0.2,0.4", "digital_today,0.1,0.2,1.4",
         "row 15: high 1.4: digital_today is a share of 1 or less"),
        ("adoption.csv", "0.5,0.8,1,bagian", "0.5,0.8,1.2,bagian", "row 4: high 1.2: ceiling_share is a share of 1 or less"),
        ("adoption.csv", "0.02,0.05,0.1,", "0,0.05,0.1,", "row 2: low 0: innovation is more than 0"),
        ("benefit_values.csv", "0.25,0.5,1,bagian,uji,assumption\ntrip", "0.25,0.5,2,bagian,uji,assumption\ntrip",
         "row 10: high 2: errand_share is a share of 1 or less"),
        ("benefit_values.csv", "boats,2027,500", "boats,0,500", "row 4: idr_per_km is money: it needs a price_year"),
        ("benefit_values.csv", "boats,0,10,20,30", "boats,2027,10,20,30", "row 2: km_per_hour is not money: price_year is 0"),
        ("benefit_values.csv", "sea,km_per_hour", "sea,day_hours",
         "row 2: quantity 'day_hours' of 'sea': expected km_per_hour, wait_hours, idr_per_km, detour_factor"),
        ("services.csv", LETTER, LETTER.replace("aplikasi", "aplikassi"),
         "row 2, field initiatives: found 'aplikassi'; allowed: the id of a row in initiatives.csv; did you mean 'aplikasi'?"),
        ("services.csv", LETTER, LETTER.replace("aplikasi", ""), "row 2, field initiatives: found an empty cell; allowed: some text"),
        ("services.csv", LETTER, LETTER.replace("warga", "wagra"),
         "row 2, field adoption: found 'wagra'; allowed: warga, pegawai; did you mean 'warga'?"),
        ("services.csv", "Office letters,naskah", "Office letters,surat-warga",
         "row 3, field transaction: found 'surat-warga', already counted by surat-warga; allowed: each kind of transaction in one service"),
        ("services.csv", "agencies,own", "agencies,puskesmas",
         "row 3: driver agencies counts at offices, access 'puskesmas' is of villages: expected own or none"),
        ("service_values.csv", "naskah,trips_today,0.1,0.5,1,perjalanan,uji,assumption\n", "",
         ": found no row for naskah.trips_today; allowed: one row each"),
        ("service_values.csv", "naskah,trips_today", "naskha,trips_today",
         "row 13, field service: found 'naskha'; allowed: the id of a row in services.csv; did you mean 'naskah'?"),
        ("adoption.csv", "pegawai,imitation,Pegawai: q,Staff: q,0,0,0,per tahun,uji,assumption\n", "",
         ": found no row for pegawai.imitation; allowed: one row each"),
        ("settings.csv", "Digital skill of citizens,0.5", "Digital skill of citizens,1.5",
         "row 21, field value: found '1.5'; allowed: 1 or less"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_what_is_allowed(pack: Path, file: str, old: str, new: str, expected: str):
    edit(pack, file, old, new)
    assert expected in [line.partition(": ")[2] if not expected.startswith(": ") else f": {line.partition(': ')[2]}" for line in said(pack)]


def test_the_command_line_refuses_with_status_2_and_without_a_traceback(pack: Path, capsys, monkeypatch):
    edit(pack, "service_values.csv", "minutes_today,60,120,240", "minutes_today,-60,120,240")
    monkeypatch.setattr(sys, "argv", ["egov", "check", "--data", str(pack)])
    assert cli.main() == 2
    told = "".join(capsys.readouterr())
    assert "tiny/service_values.csv\n  - row 2, field low: found '-60'; allowed: 0 or more" in told and "Traceback" not in told


def test_values_of_a_service_that_did_not_pass_are_not_blamed(pack: Path):
    edit(pack, "services.csv", "kec-seberang,agencies", "kec-seberang,agencyes")
    assert [line.partition(":")[0] for line in said(pack)] == ["tiny/services.csv"]


def test_good_rows_pass(pack: Path):
    inputs = loaded(pack)
    assert list(inputs.rows["services"]) == ["surat-warga", "naskah"]
    assert inputs.rows["services"]["surat-warga"].initiatives == ("aplikasi",)
    assert inputs.rows["benefit_values"]["sea.idr_per_km"].money and not inputs.rows["benefit_values"]["sea.wait_hours"].money
