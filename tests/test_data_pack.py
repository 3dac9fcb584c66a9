"""The data pack of Halmahera Selatan: complete, sourced, and good in every scenario."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from egov_model.inputs.integration import INTERFACE_ITEM
from egov_model.inputs.pack import PROJECT_DATA
from egov_model.inputs.programme import SECTIONS
from egov_model.inputs.scenario import PlanInputs, load_scenarios, scenario_names, strict_problems
from egov_model.inputs.scenario_schema import FILE, MODELINE
from egov_model.inputs.tables import data_files

SCENARIOS = [
    "baseline", "accelerated", "do-minimum", "fewer-procurement", "formation-refused-2027", "late-dpa", "late-staff", "lean",
    "rencana-induk-2018", "satellite-first",
]  # fmt: skip
VILLAGES = {  # Kemendagri: desa by kecamatan 82.04.NN
    1: 15, 2: 14, 3: 12, 4: 10, 5: 8, 6: 9, 7: 10, 8: 14, 9: 7, 10: 7, 11: 4, 12: 6, 13: 6, 14: 8, 15: 10,
    16: 8, 17: 10, 18: 8, 19: 6, 20: 6, 21: 7, 22: 7, 23: 8, 24: 12, 25: 7, 26: 5, 27: 8, 28: 6, 29: 4, 30: 7,
}  # fmt: skip
NATIONAL = ["SIPD-RI", "SRIKANDI", "SPSE", "SP4N-LAPOR!", "SIAK", "OSS-RBA", "SIMRS", "Dapodik", "SIASN", "e-Kinerja", "JDIH", "Satu Data"]
LOCAL_PATH = re.compile(r"(?<![\w.-])/(work|tmp|root|home|usr|mnt)/|reference/|\\\\|[A-Z]:\\|\.\./|file:")


@pytest.fixture(scope="module")
def loaded() -> dict[str, PlanInputs]:
    return dict(zip(SCENARIOS, load_scenarios(SCENARIOS), strict=True))


@pytest.fixture(scope="module")
def base(loaded: dict[str, PlanInputs]) -> PlanInputs:
    return loaded["baseline"]


def test_these_scenarios_and_no_other():
    assert scenario_names() == SCENARIOS


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_row_of_every_scenario_has_unit_source_and_evidence(loaded: dict[str, PlanInputs], name: str):
    assert [f"{p.file}: {p}" for p in strict_problems(loaded[name])] == []


@pytest.mark.parametrize("name", SCENARIOS[1:])
def test_every_scenario_builds_on_baseline_and_changes_something(loaded: dict[str, PlanInputs], name: str):
    inputs = loaded[name]
    assert inputs.scenario.extends == ("baseline",)
    assert inputs.changes
    assert {c.set_by for c in inputs.changes} == {name}


def test_baseline_changes_nothing(base: PlanInputs):
    assert base.changes == ()


def test_what_each_scenario_is_about(loaded: dict[str, PlanInputs]):
    assert loaded["do-minimum"].settings.scope == "running"
    assert loaded["lean"].settings.ceiling_factor == 0.8
    assert loaded["accelerated"].settings.ceiling_factor > 1
    assert loaded["late-dpa"].settings.dpa_delay_weeks == 8
    base, refused, fewer = (loaded[name] for name in ("baseline", "formation-refused-2027", "fewer-procurement"))
    gone = set(base.table("formations")) - set(refused.table("formations"))
    assert gone == {key for key, row in base.table("formations").items() if row.year == 2027} and gone
    assert fewer.table("roles")["pengadaan"].on_board == base.table("roles")["pengadaan"].on_board - 1
    assert loaded["late-staff"].settings.hiring_delay_years == 1
    assert loaded["satellite-first"].settings.connectivity_policy == ("satellite-first",)


def test_thirty_districts_and_their_villages_as_kemendagri_counts_them(base: PlanInputs):
    expected = {f"82.04.{n:02d}": count for n, count in VILLAGES.items()}
    assert sum(expected.values()) == 249
    assert set(base.table("districts")) == set(expected)
    assert Counter(v.district for v in base.table("villages").values()) == expected
    assert all(code.startswith(v.district + ".") for code, v in base.table("villages").items())


def test_places_lie_in_the_regency(base: PlanInputs):
    for table in ("districts", "villages"):
        outside = [k for k, p in base.table(table).items() if not (-2.2 < p.lat < 1 and 126.5 < p.lon < 129.5)]
        assert outside == []


def test_agencies_and_a_kecamatan_office_in_every_district(base: PlanInputs):
    agencies = base.table("agencies").values()
    offices = [a for a in agencies if a.kind == "kecamatan"]
    assert (len(agencies), len(offices)) == (61, 30)
    assert {a.district for a in offices} == set(base.table("districts"))
    assert [a.id for a in agencies if a.users <= 0] == []
    assert len({a.name for a in agencies}) == 61


def test_the_inventory_covers_every_agency(base: PlanInputs):
    applications = base.table("applications").values()
    assert len(applications) >= 90
    assert set(base.table("agencies")) - {a.agency for a in applications} == set()
    assert len({a.name for a in applications if a.agency in base.table("agencies")}) >= 90


@pytest.mark.parametrize("name", NATIONAL)
def test_applications_carry_their_real_names(base: PlanInputs, name: str):
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    assert [a.name for a in base.table("applications").values() if word.search(a.name)]


def test_treatments_fit_the_scope(base: PlanInputs):
    wrong = [a.id for a in base.table("applications").values() if a.treatment == "adopt" and a.scope == "regency"]
    assert wrong == []  # what is adopted is a national application


def test_initiatives_in_all_seven_sections(base: PlanInputs):
    initiatives = base.table("initiatives").values()
    assert len(initiatives) >= 45
    assert {i.section for i in initiatives} == set(SECTIONS)
    assert {i.budget_status for i in initiatives} == {"running", "new"}


def test_every_initiative_has_a_cost_line(base: PlanInputs):
    costed = {line.initiative for line in base.table("cost_lines").values()}
    assert sorted(set(base.table("initiatives")) - costed) == []


def test_every_phase_of_a_kind_that_is_used_has_people(base: PlanInputs):
    used = {i.kind for i in base.table("initiatives").values()}
    phased = {p.kind for p in base.table("phases").values()}
    assert used - phased == {"operasi"}  # what runs already has running work only
    assert sorted(phased & used - {r.kind for r in base.table("phase_roles").values()}) == []


def test_prices_roles_and_funds_are_all_used(base: PlanInputs):
    assert sorted(set(base.table("roles")) - {r.role for r in base.table("phase_roles").values()}) == []
    assert sorted(set(base.table("roles")) - {n.role for n in base.table("norms").values()}) == []
    assert sorted(set(base.table("funds")) - {i.fund for i in base.table("initiatives").values()}) == []


def test_every_price_is_bought_by_some_line(loaded: dict[str, PlanInputs]):
    bought = {line.item for inputs in loaded.values() for line in inputs.table("cost_lines").values()}
    assert sorted(set(loaded["baseline"].table("prices")) - bought) == []


def test_who_reaches_which_sites(base: PlanInputs):
    """31 offices, 30 kecamatan, 32 puskesmas and 249 desa, each by one initiative whose target they are."""
    linking = {r.initiative: r.site_kind for r in base.table("reach").values() if r.gives == "link"}
    reached = Counter()
    for key, kind in linking.items():
        reached[kind] += base.table("initiatives")[key].target
    assert reached == {"office": 31, "district-office": 30, "puskesmas": 32, "village": 249}


def test_ceilings_and_dates_for_the_five_years(base: PlanInputs):
    assert base.settings.years == (2027, 2028, 2029, 2030, 2031)
    assert {c.year for c in base.table("ceilings").values()} == set(base.settings.years)
    assert all(c.mode > 0 for c in base.table("ceilings").values())
    assert {y.year for y in base.table("fiscal_years").values()} == set(base.settings.years)


def test_the_working_year_has_its_fasting_month_its_feast_and_the_national_holidays(base: PlanInputs):
    """Dates known without a calendar of ours: fixed days of the civil year, and Good Friday (26 March 2027, 30 March 2029)."""
    closed = {h.first for h in base.table("holidays").values() if h.capacity == 0 and h.first == h.last}
    for year in base.settings.years:
        assert {date(year, 1, 1), date(year, 5, 1), date(year, 6, 1), date(year, 8, 17), date(year, 12, 25)} <= closed
        assert 16 <= sum(day.year == year for day in closed) <= 18  # Keppres 8/2024 counts 17 days; a lunar one may come twice or slip
        names = [h.name for h in base.table("holidays").values() if h.first.year == year and h.first != h.last]
        assert any(name.startswith("Ramadan") for name in names) and any(name.startswith("Idul Fitri") for name in names)
    assert {date(2027, 3, 26), date(2029, 3, 30)} <= closed


def test_the_legal_frame_is_there(base: PlanInputs):
    titles = " | ".join(b.title for b in base.table("legal").values())
    assert re.search(r"18.*2017", titles)
    assert re.search(r"95.*2018", titles)
    assert re.search(r"8.*2026", titles)


@pytest.mark.parametrize("path", list(data_files(PROJECT_DATA)), ids=lambda p: p.name)
def test_no_file_names_a_path_of_somebodys_machine(path: Path):
    text = re.sub(r"https?://[^\s,;)\"]+", "", path.read_text(encoding="utf-8").replace(MODELINE, ""))
    if path.name == FILE:  # patterns of keys are full of backslashes
        text = " ".join(told["description"] for told in json.loads(text)["properties"]["set"]["properties"].values())
    assert [text[max(0, m.start() - 40) : m.end() + 40] for m in LOCAL_PATH.finditer(text)] == []


def test_sources_are_more_than_a_word(base: PlanInputs):
    short = [(name, key) for name, rows in base.rows.items() for key, row in rows.items() if len(row.source) < 8]
    assert short == []


def test_upkeep_and_work_of_interfaces_are_those_of_the_integration_table(base: PlanInputs):
    values = base.table("integration")
    lines = [line for line in base.table("cost_lines").values() if line.driver == "linked_connectors"]
    assert {line.timing for line in lines} == {"once", "yearly"} and {line.item for line in lines} == {INTERFACE_ITEM}
    for line in lines:
        wanted = values["upkeep_share" if line.timing == "yearly" else "connector_effort"]
        assert (line.low, line.mode, line.high) == (wanted.low, wanted.mode, wanted.high), line.id
    built = {line.initiative for line in lines if line.timing == "once"}
    assert built == {line.initiative for line in lines if line.timing == "yearly"}  # who builds keeps alive


def test_services_of_the_regulation_and_those_that_islands_wait_for(base: PlanInputs):
    """The ten of administration and the six public ones of the 47 indicators, and permits, village letters and more."""
    services = base.table("services")
    assert len(services) >= 16
    administration = {key for key, s in services.items() if s.category == "administration"}
    assert administration == {
        "perencanaan", "penganggaran", "keuangan", "pengadaan", "kepegawaian", "kearsipan", "barang-daerah", "pengawasan", "akuntabilitas",
        "kinerja-pegawai",
    }  # fmt: skip
    assert {"pengaduan", "data-terbuka", "jdih", "adminduk", "kesehatan", "murid-baru", "perizinan", "surat-desa"} <= set(services)
    assert all(s.unpriced_id and s.unpriced_en for s in services.values())


def test_transactions_of_citizens_stay_within_what_was_counted_elsewhere(base: PlanInputs):
    """5 to 20 transactions per person and year in Latin America (IDB), for all levels of government; the regency is one of them."""
    per_thousand = sum(s.mode for s in base.table("services").values() if s.driver == "population_thousands")
    assert per_thousand / 1000 < 5


def test_every_role_can_be_filled_and_services_are_kept_from_what_only_civil_servants_do(base: PlanInputs):
    roles, ways = base.table("roles"), base.table("hiring").values()
    assert {way.role for way in ways} == set(roles)
    assert {key for key, role in roles.items() if role.asn_only} == {"keamanan-siber", "pengadaan"}
    assert all("UU 20/2023" in role.source for role in roles.values() if role.asn_only)
    assert all(bool(role.contract_item) != role.asn_only for role in roles.values())
    own = {way.role for way in ways if way.form == roles[way.role].employment}
    assert set(roles) - own == {"manajer-program"}  # its level is not open to new civil servants
    assert all(roles[row.from_role].employment == roles[row.to_role].employment == "asn" for row in base.table("retraining").values())


def test_what_may_be_bought_or_wait(base: PlanInputs):
    norms = base.table("norms").values()
    assert {n.wait_months for n in norms if n.id in {d.norm for d in base.table("desks").values()}} == {0}  # a desk answers at once
    assert [n.id for n in norms if n.contractable and base.table("roles")[n.role].asn_only] == []
    assert any(n.contractable for n in norms) and any(n.wait_months for n in norms)
