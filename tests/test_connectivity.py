"""Links of sites: formulas against known values, choices by hand on the tiny regency, and what must hold for the project's own sites."""

from __future__ import annotations

import numpy as np
import numpy_financial
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from link_samples import ROUND, links_of_project, round_links, value
from pydantic import ValidationError
from tiny_pack import TINY

from egov_model.inputs.errors import InputError
from egov_model.inputs.links import LinkValue, missing_values
from egov_model.inputs.scenario import load_scenario
from egov_model.model.connectivity import POLICY, connect, site_frame
from egov_model.model.linkcost import annual_idr, annuity, battery_wh, distance_km, need_mbps, panel_wp, shortfall_hours

MILLION = 1_000_000


@pytest.fixture(scope="module")
def tiny():
    return load_scenario("baseline", TINY)


@pytest.fixture(scope="module")
def project():
    return load_scenario("baseline")


@pytest.fixture(scope="module")
def links():
    return links_of_project()


def chosen(inputs, links, **options):
    return site_frame(connect(inputs, links, **options)).set_index("id")


def drawn(links, draws: int) -> np.ndarray:
    """Values between P10 and P90, the same for every run."""
    low, high = (np.array([getattr(row, point) for row in links.values()]) for point in ("low", "high"))
    return low + (high - low) * np.random.default_rng(7).random((draws, len(links)))


# formulas


@pytest.mark.parametrize("rate", [0.0001, 0.05, 0.08, 0.12, 0.5])
@pytest.mark.parametrize("years", [1, 4.5, 8, 20, 40])
def test_annuity_against_numpy_financial(rate, years):
    assert annuity(rate, years) == pytest.approx(-numpy_financial.pmt(rate, years, 1), rel=1e-9)


def test_annuity_without_interest_and_broadcasting():
    assert annuity(0.0, 8).tolist() == pytest.approx(1 / 8)
    assert annuity(1e-15, 8).tolist() == pytest.approx(1 / 8)
    assert annuity(np.array([[0.0], [0.08]]), np.array([5, 10, 20])).shape == (2, 3)
    assert annual_idr(100, 7, 0, 10) == 17


def test_distance_by_hand():
    assert distance_km(0, 127, 0, 128) == pytest.approx(6371.0088 * np.pi / 180)  # a degree along the equator: 111.195 km
    assert distance_km(0, 0, 90, 0) == pytest.approx(6371.0088 * np.pi / 2)  # a quarter of the globe
    assert distance_km(0, 0, 0, 180) == pytest.approx(6371.0088 * np.pi)
    assert distance_km(-0.63, 127.48, -0.63, 127.48) == 0
    assert distance_km(60, 10, 60, 11) == pytest.approx(55.6, abs=0.01)  # half as far at 60 degrees, less a little for the shorter way


def test_distances_agree_with_those_of_the_districts_table(project):
    for d in project.rows["districts"].values():
        assert distance_km(-0.63100, 127.48379, d.lat, d.lon) == pytest.approx(d.sea_km, abs=1), d.name


def test_need_and_power_by_hand():
    assert need_mbps(np.array([0, 5, 20]), 0.2, 1.5, 2).tolist() == [2, 2, 6]
    assert shortfall_hours(24, np.array([6, 24, 30])).tolist() == [18, 0, 0]
    assert panel_wp(100, 18, 4, 0.5) == 900
    assert battery_wh(100, 18, 1.5, 0.5) == 5400


# the tiny regency by hand


def test_the_cheapest_by_hand(tiny):
    """Annual cost in millions is capex / 10 + opex, times 1.5 over the sea.

    kominfo, in town, 20 users, 4 Mbps: fibre 4+6 = 10, terrestrial 5+8, satellite 2+10, VSAT 3+40.
    Village Satu, 9.5 km out, 1 Mbps: fibre too far, terrestrial 5+2 = 7.
    Seberang, 65 km out, 1 Mbps, 18 hours without power: satellite 18, VSAT 19.5, both with solar for 100 W: 900 Wp and 3,600 Wh,
    (1 + 0.9) / 10 + 3.6 / 5 + 0.1 = 1.01, times 1.5 (a genset: 0.5 + 0.5 + 6.57, times 1.5).
    """
    made = chosen(tiny, round_links())
    want = {
        "kominfo": ("town-fibre", "grid", 40, 6, 10, "terrestrial:cost leo:cost vsat:cost"),
        "99.01.01.2001": ("terrestrial", "grid", 50, 2, 7, "town-fibre:distance leo:cost vsat:cost"),
        "kec-seberang": ("leo", "solar", 38.25, 15.15, 19.515, "town-fibre:distance terrestrial:distance vsat:cost"),
    }
    for key, (technology, power, capex, opex, annual, why) in want.items():
        row = made.loc[key]
        assert (row["technology"], row["power"], row["why"]) == (technology, power, why)
        assert (row["capex_idr"], row["opex_idr_year"], row["annual_idr"]) == (capex * MILLION, opex * MILLION, annual * MILLION)


def test_sites_of_the_tiny_regency(tiny):
    made = chosen(tiny, round_links())
    offices, villages = ["kominfo", "kec-seberang", "pkm-990101-1", "pkm-990102-1"], ["99.01.01.2001", "99.01.01.2002", "99.01.02.2001"]
    assert list(made.index) == [*offices, *villages]
    assert made["kind"].tolist() == ["office", "district-office", "puskesmas", "puskesmas", "village", "village", "village"]
    assert made["users"].tolist() == [20, 5, 10, 10, 5, 5, 5]
    assert made["need_mbps"].tolist() == [4, 1, 2, 2, 1, 1, 1]
    assert made.loc["pkm-990102-1", ["name", "district", "district_name", "island_group", "centre"]].tolist() == [
        "Puskesmas Seberang", "99.01.02", "Seberang", "Pulau Kecil", "Seberang",
    ]  # fmt: skip
    assert made.loc["99.01.02.2001", ["lat", "lon"]].tolist() == [-1.21, 127.61]


def test_distance_limits(tiny):
    assert chosen(tiny, round_links(town_fibre__reach_km=7)).loc["99.01.01.2001", "why"].startswith("town-fibre:distance")  # 2 + 7 km < 9.5
    near = chosen(tiny, round_links(town_fibre__reach_km=8, town_fibre__opex_idr_year=1))
    assert near.loc["99.01.01.2001", "technology"] == "town-fibre"
    assert chosen(tiny, round_links(terrestrial__reach_km=9)).loc["99.01.01.2001", "technology"] == "leo"
    assert chosen(tiny, round_links(), presence=["99.01.02"]).loc["99.01.02.2001", "technology"] == "terrestrial"


def test_bandwidth_limits(tiny):
    need_4 = chosen(tiny, round_links(town_fibre__bandwidth_mbps=4)).loc["kominfo"]
    assert need_4["technology"] == "town-fibre"  # just enough is enough
    less = chosen(tiny, round_links(town_fibre__bandwidth_mbps=3.9)).loc["kominfo"]
    assert (less["technology"], less["why"]) == ("leo", "town-fibre:bandwidth terrestrial:cost vsat:cost")
    made = chosen(tiny, round_links(need__active_share=1, need__mbps_per_active_user=30))
    assert set(made["technology"]) == {"none"}
    assert not made[["capex_idr", "opex_idr_year", "annual_idr"]].to_numpy().any()
    assert set(made["power"]) == {""}


def test_power_decides(tiny):
    hungry = chosen(tiny, round_links(leo__watts=1000, vsat__watts=10)).loc["kec-seberang"]
    assert (hungry["technology"], hungry["power"]) == ("vsat", "solar")
    assert chosen(tiny, round_links(leo__watts=1000, vsat__watts=10)).loc["kominfo", "power"] == "grid"  # lit round the clock
    motor = chosen(tiny, round_links(need__hours_needed_day=7, solar__kit_idr=50 * MILLION)).loc["kec-seberang"]
    assert (motor["power"], motor["annual_idr"]) == ("genset", 18 * MILLION + 1.5 * (500_000 + 500_000 + 365_000))
    enough = chosen(tiny, round_links(need__hours_needed_day=6)).loc["kec-seberang"]
    assert (enough["power"], enough["annual_idr"]) == ("grid", 18 * MILLION)
    assert chosen(tiny, round_links(leo__watts=0, vsat__watts=0)).loc["kec-seberang", "power"] == "grid"  # nothing to run


def test_solar_and_genset_that_cost_the_same_give_solar(tiny):
    free = round_links(solar__kit_idr=0, solar__panel_idr_wp=0, solar__battery_idr_wh=0, solar__opex_idr_year=0, genset__capex_idr=0,
                       genset__opex_idr_year=0, genset__fuel_idr_hour=0)  # fmt: skip
    assert chosen(tiny, free).loc["kec-seberang", "power"] == "solar"


def test_ties_go_to_the_first_in_the_table(tiny):
    cost = {"vsat__capex_idr": 20 * MILLION, "vsat__opex_idr_mbps_year": None, "vsat__opex_idr_year": 10 * MILLION}
    same = round_links(vsat__bandwidth_mbps=20, **cost)
    assert chosen(tiny, same).loc["kec-seberang", "technology"] == "leo"
    turned = dict(sorted(same.items(), reverse=True))
    assert chosen(tiny, turned).loc["kec-seberang", "technology"] == "vsat"


def test_prices_grow_to_the_base_year_and_take_vat_and_transport(tiny):
    links = round_links() | {"leo.opex_idr_year": value("leo.opex_idr_year", 10 * MILLION, price_year=2025, vat="excluded")}
    made = site_frame(connect(tiny, links, escalation_rate=np.array([[0.1, 0.0]]), policy=["village=leo"])).set_index("id")
    assert made.loc["99.01.01.2001", "opex_idr_year"] == 13_431_000  # 10 million x 1.1^2 x 1.11
    taxed = connect(tiny, links, escalation_rate=np.array([[0.1, 0.0]]), vat_rate=np.array([[0.1, 0.2]]), policy=["village=leo"])
    assert site_frame(taxed).set_index("id").loc["99.01.01.2001", "opex_idr_year"] == 14_520_000  # 10 million x 1.1^2 x 1.2
    places = connect(tiny, round_links(), place=np.array([[1.0, 1.5], [2.0, 3.0]]))
    assert places.annual_idr[1].tolist() == (2 * places.annual_idr[0]).tolist()


def test_interest_and_the_least_any_site_needs(tiny):
    """Satellite in the village of the sea: 20 million over 10 years at 10 % is 0.16274539 of it a year."""
    made = chosen(tiny, round_links(need__discount_rate=0.1, leo__watts=0), policy=["village=leo"]).loc["99.01.01.2001"]
    assert made["annual_idr"] == pytest.approx(20_000_000 * 0.16274539 + 10_000_000, abs=1)
    assert chosen(tiny, round_links(need__least_mbps=3))["need_mbps"].tolist() == [4, 3, 3, 3, 3, 3, 3]


def test_within_the_ring_fibre_needs_no_reach(tiny):
    made = chosen(tiny, round_links(town_fibre__reach_km=0))
    assert made.loc["kominfo", "technology"] == "town-fibre" and made.loc["99.01.01.2001", "why"].startswith("town-fibre:distance")


def test_one_site_served_and_another_not(tiny):
    fibre = {key: row for key, row in round_links().items() if row.technology in ("town-fibre", "need", "solar", "genset")}
    made = chosen(tiny, fibre)
    assert made.loc[["kominfo", "kec-seberang"], "technology"].tolist() == ["town-fibre", "none"]
    assert made.loc["kec-seberang", ["capex_idr", "power"]].tolist() == [0, ""]


def test_what_runs_the_link_without_the_grid_by_hand(tiny):
    """Seberang, 100 W for 18 hours: 1,800 Wh a day; 4 hours of sun at half efficiency, a day of store of which half may be used."""
    made = connect(tiny, round_links())
    at = {key: n for n, key in enumerate(made.sites.id)}
    sea, town = at["kec-seberang"], at["kominfo"]
    assert (made.panel_wp[0, sea], made.battery_wh[0, sea], made.genset_hours_year[0, sea]) == (900, 3600, 0)
    assert (made.power_capex_idr[0, sea], made.power_opex_idr_year[0, sea]) == (8_250_000, 150_000)  # (1 + 0.9 + 3.6) x 1.5; 0.1 x 1.5
    for part in (made.panel_wp, made.battery_wh, made.genset_hours_year, made.power_capex_idr, made.power_opex_idr_year):
        assert part[0, town] == 0
    motor = connect(tiny, round_links(need__hours_needed_day=7, solar__kit_idr=50 * MILLION))
    assert (motor.panel_wp[0, sea], motor.battery_wh[0, sea], motor.genset_hours_year[0, sea]) == (0, 0, 365)
    assert (motor.power_capex_idr[0, sea], motor.power_opex_idr_year[0, sea]) == (7_500_000, 1_297_500)  # 5; 0.5 + 0.365; x 1.5
    small = chosen(tiny, round_links(leo__watts=1, vsat__watts=1))
    assert small.loc["kec-seberang", "power"] == "solar"  # a watt has to come from somewhere


# policy


def test_satellite_first(tiny):
    made = chosen(tiny, round_links(), policy=["satellite-first"])
    assert set(made["technology"]) == {"leo"}
    assert made.loc["kominfo", "why"] == "town-fibre:policy terrestrial:policy vsat:cost"
    weak = chosen(tiny, round_links(leo__bandwidth_mbps=3, vsat__bandwidth_mbps=3), policy=["satellite-first"])
    assert weak.loc["kominfo", "technology"] == "town-fibre"  # no satellite serves it, so the rule is passed over


def test_fibre_in_labuha_only(tiny):
    cheap = round_links(town_fibre__reach_km=100, town_fibre__opex_idr_year=None)
    assert set(chosen(tiny, cheap)["technology"]) == {"town-fibre"}
    made = chosen(tiny, cheap, policy=["fibre-in-labuha-only"])
    assert made.loc[made["technology"] == "town-fibre", "district"].unique().tolist() == ["99.01.01"]
    assert made.loc["kec-seberang", ["technology", "why"]].tolist() == ["leo", "town-fibre:policy terrestrial:distance vsat:cost"]


def test_a_technology_for_a_kind_of_site(tiny):
    made = chosen(tiny, round_links(), policy=["puskesmas=vsat", "village=terrestrial"])
    assert set(made.loc[made["kind"] == "puskesmas", "technology"]) == {"vsat"}
    assert made.loc["99.01.02.2001", "technology"] == "leo"  # out of reach of the forced one: the cheapest that serves
    assert made.loc["kominfo", "technology"] == "town-fibre"


def test_the_first_rule_weighs_most(tiny):
    assert chosen(tiny, round_links(), policy=["office=terrestrial", "satellite-first"]).loc["kominfo", "technology"] == "terrestrial"
    assert chosen(tiny, round_links(), policy=["satellite-first", "office=terrestrial"]).loc["kominfo", "technology"] == "leo"


@pytest.mark.parametrize("rule", ["satelit-first", "village=fibre", "desa=leo", ""])
def test_an_unknown_rule(tiny, rule):
    with pytest.raises(InputError, match="allowed are fibre-in-labuha-only, satellite-first, office=town-fibre"):
        connect(tiny, round_links(), policy=[rule])


def test_a_rule_for_a_technology_that_is_not_on_offer(tiny):
    without = {key: row for key, row in round_links().items() if row.technology != "vsat"}
    assert set(chosen(tiny, without)["technology"]) <= {"town-fibre", "terrestrial", "leo"}
    with pytest.raises(InputError, match="policy 'puskesmas=vsat'"):
        connect(tiny, without, policy=["puskesmas=vsat"])


def test_no_technology_on_offer(tiny):
    bare = {key: row for key, row in round_links().items() if row.technology in ("need", "solar", "genset")}
    with pytest.raises(InputError, match="no technology; allowed: town-fibre, terrestrial, leo, vsat"):
        connect(tiny, bare)


@pytest.mark.parametrize("gone", ["terrestrial", "town-fibre"])
def test_a_technology_that_is_not_on_offer_is_not_taken(tiny, gone):
    some = {key: row for key, row in round_links().items() if row.technology != gone}
    assert gone not in set(chosen(tiny, some)["technology"])


# the table


@pytest.mark.parametrize(
    ("key", "changes", "wrong"),
    [
        ("leo.ring_km", {}, "quantity 'ring_km' of 'leo': expected"),
        ("leo.capex_idr", {"price_year": 0}, "capex_idr is money"),
        ("leo.capex_idr", {"vat": ""}, "capex_idr is money"),
        ("leo.capex_idr", {"place_basis": ""}, "capex_idr is money"),
        ("solar.panel_idr_wp", {"price_year": 0}, "panel_idr_wp is money"),
        ("leo.watts", {"price_year": 2026}, "watts is not money"),
        ("leo.watts", {"vat": "included"}, "watts is not money"),
    ],
)
def test_rows_that_do_not_fit(key, changes, wrong):
    with pytest.raises(ValidationError, match=wrong):
        value(key, 1, **changes)


@pytest.mark.parametrize("key", ["leo.life_years", "solar.battery_life_years", "solar.sun_hours_day", "solar.efficiency_share"])
def test_what_is_divided_by_is_not_zero(key):
    with pytest.raises(ValidationError, match="is more than 0"):
        value(key, 0)


@pytest.mark.parametrize("gone", ["leo.life_years", "town-fibre.ring_km", "need.active_share", "solar.sun_hours_day", "genset.life_years"])
def test_a_quantity_the_model_needs(tiny, gone):
    some = {key: row for key, row in round_links().items() if key != gone}
    assert missing_values(some.values()) == (gone,)
    with pytest.raises(InputError, match=f"technologies.csv: no row for {gone}"):
        connect(tiny, some)


def test_every_quantity_that_is_missing_is_named(tiny):
    some = {key: row for key, row in round_links().items() if row.technology in ("leo", "genset") and row.quantity == "capex_idr"}
    missing = missing_values(some.values())
    assert 12 < len(missing) <= 30
    with pytest.raises(InputError) as refused:
        connect(tiny, some)
    assert str(refused.value) == f"technologies.csv: no row for {', '.join(missing)}"


def test_a_place_basis_without_factors(tiny):
    with pytest.raises(InputError, match="place_basis of leo.capex_idr is 'bulan'; allowed: setempat"):
        connect(tiny, round_links() | {"leo.capex_idr": value("leo.capex_idr", 1, place_basis="bulan")})


def test_a_point_of_presence_that_is_no_district(tiny):
    with pytest.raises(InputError, match="point of presence '99.01.03': no district has this code"):
        connect(tiny, round_links(), presence=["99.01.03"])


def test_the_projects_table(links):
    assert not missing_values(links.values())
    assert {row.technology for row in links.values()} == {key.split(".")[0] for key in ROUND}
    for key, row in links.items():
        assert isinstance(row, LinkValue)
        assert row.unit and row.source and row.evidence, key
        assert row.source.startswith("Asumsi") or row.evidence != "assumption", key


# the project's own sites


POLICIES = [(), ("fibre-in-labuha-only",), ("satellite-first",), ("puskesmas=vsat",), ("district-office=terrestrial", "village=leo")]


@pytest.mark.parametrize("policy", POLICIES)
def test_every_site_of_the_project_gets_one_technology(project, links, policy):
    made = site_frame(connect(project, links, policy=policy))
    assert len(made) == 342 and made["id"].is_unique
    assert made["kind"].value_counts().to_dict() == {"village": 249, "puskesmas": 32, "office": 31, "district-office": 30}
    assert set(made["technology"]) <= {"town-fibre", "terrestrial", "leo", "vsat"}
    assert (made["annual_idr"] > made["opex_idr_year"]).all() and (made["capex_idr"] > 0).all()
    for technology, why in zip(made["technology"], made["why"], strict=True):
        named = [part.split(":")[0] for part in why.split()]
        assert sorted([technology, *named]) == sorted({"town-fibre", "terrestrial", "leo", "vsat"})


def test_no_fibre_over_the_sea(project, links):
    made = site_frame(connect(project, links, policy=["village=town-fibre", "puskesmas=town-fibre", "office=town-fibre"]))
    fibre = made[made["technology"] == "town-fibre"]
    assert fibre["km_capital"].max() <= 4 and set(fibre["island_group"]) == {"Pulau Bacan"}


def test_policy_never_saves_money(project, links):
    free = connect(project, links).annual_idr
    for policy in POLICIES:
        assert (connect(project, links, policy=policy).annual_idr >= free).all()


def test_zero_prices_cost_nothing_and_the_first_that_serves_is_taken(project, links):
    values = np.array([[0.0 if row.money else row.mode for row in links.values()]])
    made = connect(project, links, values=values)
    assert not made.annual_idr.any() and not made.capex_idr.any() and not made.opex_idr_year.any()
    frame = site_frame(made)
    able = made.blocked[0] == 0
    assert frame["technology"].tolist() == [made.technologies[n] for n in able.argmax(axis=1)]


def test_an_array_of_draws_equals_draw_by_draw(project, links):
    rng = np.random.default_rng(3)
    values, rates = drawn(links, 6), rng.uniform(0.02, 0.06, (6, len(project.rows["escalation"])))
    place = np.array([[row.mode for row in project.rows["places"].values()]]) * rng.uniform(0.9, 1.2, (6, 1))
    together = connect(project, links, values=values, place=place, escalation_rate=rates)
    assert together.choice.shape == together.annual_idr.shape == (6, 342)
    for n in range(6):
        alone = connect(project, links, values=values[[n]], place=place[[n]], escalation_rate=rates[[n]])
        for name in ("users", "need_mbps", "choice", "power", "capex_idr", "opex_idr_year", "annual_idr", "options_idr", "blocked"):
            assert np.array_equal(getattr(together, name)[n], getattr(alone, name)[0]), name
        assert site_frame(together, n).equals(site_frame(alone))


def test_the_same_again(project, links):
    values = drawn(links, 4)
    first, second = (connect(project, links, values=values, policy=["satellite-first"]) for _ in range(2))
    assert np.array_equal(first.choice, second.choice) and np.array_equal(first.annual_idr, second.annual_idr)
    assert site_frame(first, 3).equals(site_frame(second, 3))


@settings(max_examples=25, derandomize=True)
@given(
    scale=st.lists(st.floats(0.05, 20), min_size=60, max_size=60),
    policy=st.sampled_from(POLICIES),
    times=st.floats(1, 50),
)
def test_a_dearer_satellite_never_wins_sites(project, links, scale, policy, times):
    values = np.array([[row.mode * (scale[n] if row.money else 1) for n, row in enumerate(links.values())]])
    subscription = list(links).index("leo.opex_idr_year")
    dearer = values.copy()
    dearer[0, subscription] *= 2 * times
    before, after = (connect(project, links, values=v, policy=policy) for v in (values, dearer))
    leo = before.technologies.index("leo")
    assert not ((after.choice == leo) & (before.choice != leo)).any()
    assert (after.choice == leo).sum() <= (before.choice == leo).sum()
    assert (after.annual_idr >= before.annual_idr).all()


def test_what_a_rule_excludes_stays_excluded(project, links):
    made = connect(project, links, policy=["satellite-first"])
    served = (made.blocked == 0).any(axis=-1)
    assert served.all()
    assert (made.blocked[..., 0][made.choice == made.technologies.index("leo")] != 0).all()
    assert (made.blocked == POLICY).any()
