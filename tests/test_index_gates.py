"""What must hold between rows of maturity indices, each problem told at the row that can be mended."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_packs import copy_of_tiny, edit, loaded, said, scenario

SCALE = "allowed: a whole level from 1 to 5"
CASES = [
    # weights that do not add up, at each level
    (
        "parts.csv",
        "Perangkat,Equipment,50",
        "Perangkat,Equipment,40",
        [
            "parts.csv: row 2, field weight_pct: found weights that add to 65 in D1 of baru; allowed: 75",
            "parts.csv: row 3, field weight_pct: found weights that add to 50 in A1 of baru; allowed: 40",
        ],
    ),
    (
        "parts.csv",
        "D2,,Data,Data,25",
        "D2,,Data,Data,24",
        [
            "parts.csv: field weight_pct: found weights that add to 99 in top parts of baru; allowed: 100",
            "parts.csv: row 5, field weight_pct: found weights that add to 25 in D2 of baru; allowed: 24",
        ],
    ),
    (
        "indicators.csv",
        "I02,A2,Aplikasi,Applications,25",
        "I02,A2,Aplikasi,Applications,25.1",
        [
            "indicators.csv: field weight_pct: found weights that add to 100.1 in indicators of baru; allowed: 100",
            "parts.csv: row 4, field weight_pct: found weights that add to 25.1 in A2 of baru; allowed: 25",
        ],
    ),
    ("indicators.csv", "lama,I01,D1", "lama,I01,D9", ["indicators.csv: row 5, field part: found 'D9'; allowed: D1", "in D1 of lama"]),
    ("parts.csv", "A1,D1,", "A1,D7,", ["parts.csv: row 3, field within: found 'D7'; allowed: D1, A2, D2", "in D1 of baru"]),
    (
        "parts.csv",
        "baru,D1,,",
        "baru,D1,A1,",
        [
            "parts.csv: row 2, field within: found a ring: D1 -> A1 -> D1",
            "row 3, field within: found a ring: A1 -> D1 -> A1",
            "top parts",
            "in A1 of baru",
        ],
    ),
    # names
    (
        "effects.csv",
        "aplikasi-3,baru,I02",
        "aplikasi-3,baru,I04",
        ["effects.csv: row 4, field indicator: found 'I04'; allowed: I01, I02, I03; did you mean 'I03'?"],
    ),
    (
        "effects.csv",
        "I02,3,aplikasi,",
        "I02,3,aplikas,",
        ["effects.csv: row 4, field initiatives: found 'aplikas'; allowed: the id of a row in initiatives.csv; did you mean 'aplikasi'?"],
    ),
    (
        "effects.csv",
        "aplikasi-3,baru",
        "aplikasi-3,bru",
        ["effects.csv: row 4, field scheme: found 'bru'; allowed: the id of a row in indices/schemes.csv; did you mean 'baru'?"],
    ),
    (
        "effects.csv",
        "baru,I02,3",
        "baru,I03,3",
        ["effects.csv: row 4, field indicator: found 'I03', which Badan Luar scores; allowed: an indicator that local work can move"],
    ),
    (
        "start_levels.csv",
        "lama,I01,2024,1,1,2,tingkat,uji,assumption\nlama,I01,2020,1,1,2,tingkat,uji,assumption\n",
        "",
        ["start_levels.csv: found no row for lama.I01; allowed: a row for each indicator"],
    ),
    # levels and indices on the scale
    ("effects.csv", "I02,3,aplikasi", "I02,6,aplikasi", ["effects.csv: row 4, field level: found 6; allowed: a whole level from 2 to 5"]),
    ("effects.csv", "I02,3,aplikasi", "I02,1,aplikasi", ["effects.csv: row 4, field level: found 1; allowed: a whole level from 2 to 5"]),
    ("start_levels.csv", "I01,2026,1,1,2", "I01,2026,0,1,2", [f"start_levels.csv: row 2, field low: found 0; {SCALE}"]),
    ("start_levels.csv", "I02,2026,1,2,3", "I02,2026,1,1.5,3", [f"start_levels.csv: row 3, field mode: found 1.5; {SCALE}"]),
    ("start_levels.csv", "I03,2026,1,1.5,2", "I03,2026,1,1.5,6", ["start_levels.csv: row 4, field high: found 6; allowed: from 1 to 5"]),
    (
        "targets.csv",
        "2028,1.5,2.5,3",
        "2028,1.5,2.5,5.5",
        ["targets.csv: row 3, field low, high: found 1.5 to 5.5; allowed: an index from 1 to 5"],
    ),
    (
        "predicates.csv",
        "lama,kurang,1,",
        "lama,kurang,2,",
        ["predicates.csv: field index_from: found predicates of lama from 2; allowed: different ones, the first from 1"],
    ),
    (
        "predicates.csv",
        "baru,baik,2.6",
        "baru,baik,1.8",
        ["predicates.csv: field index_from: found predicates of baru from 1, 1.8, 1.8; allowed: different ones"],
    ),
    (
        "known.csv",
        "lama,2023,2.2,3",
        "lama,2023,0.2,3",
        ["known.csv: row 2, field index_low, index_high: found 0.2 to 3; allowed: an index from 1 to 5"],
    ),
    ("known.csv", "lama,2023,2.2,3", "lama,2023,3.2,3", ["index_low 3.2 is above index_high 3"]),
    ("history.csv", "internet,2022", "internt,2022", ["history.csv: row 2, field initiative: found 'internt'"]),
    # years
    (
        "schemes.csv",
        "New index,2026",
        "New index,2025",
        ["schemes.csv: row 2, field valid_from: found 2025, when lama is valid until 2025; allowed: years of one scheme at a time"],
    ),
]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return copy_of_tiny(tmp_path)


@pytest.mark.parametrize(("file", "old", "new", "expected"), CASES)
def test_what_does_not_hold_is_told(pack: Path, file: str, old: str, new: str, expected: list[str]):
    edit(pack, f"indices/{file}", old, new)
    found = said(pack)
    assert len(found) == len(expected)
    for line in expected:
        assert [f for f in found if line in f], (line, found)


def test_a_setting_for_a_scheme_nobody_knows(pack: Path):
    expected = "tiny/settings.csv: row {}, field value: found 'bru'; allowed: empty, or baru, lama; did you mean 'baru'?"
    edit(pack, "settings.csv", "Maturity scheme,,", "Maturity scheme,bru,")
    row = 1 + [line.split(",")[0] for line in (pack / "settings.csv").read_text(encoding="utf-8").splitlines()].index("index_scheme")
    assert said(pack) == [expected.format(row)]
    assert said(copy_of_tiny(pack.parent / "other"), "baseline", {"settings.index_scheme": "bru"})[0].startswith(
        "--set: field settings.index_scheme: "
    )


def test_what_asks_for_a_dropped_initiative_stays_and_cannot_be_met(pack: Path):
    scenario(pack, "coba", "drop:\n  initiatives: [aplikasi]\n")
    effects = loaded(pack, "coba").rows["effects"]
    assert effects["aplikasi-3"].initiatives == ("aplikasi",)


def test_a_broken_table_of_schemes_is_not_blamed_on_others(pack: Path):
    edit(pack, "indices/schemes.csv", "New index,2026", "New index,dua ribu")
    assert [line.split(":")[0] for line in said(pack)] == ["tiny/indices/schemes.csv"]
